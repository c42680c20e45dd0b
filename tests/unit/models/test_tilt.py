"""The program's tilt model on a known sitter, with a network whose answers can be worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hand_network import linear
from hypothesis import given, settings
from hypothesis import strategies as st
from known_sitter import NEUTRAL, SLUMP, moved, scaled, sitting

from models import tilt
from models.measures import N_WINDOWS, Measures
from models.tilt import (
    MAX_HALF_WIDTH_DEG,
    MIN_WINDOWS,
    USUAL_SLUMP_DEG,
    Basis,
    NetworkTiltModel,
    TiltEstimate,
    TiltReference,
    contour_usable,
)

NAN = math.nan
MODEL = NetworkTiltModel()
REFERENCE = TiltReference(NEUTRAL, SLUMP, NAN, contour_trusted=True, skeleton_trusted=True)
SKELETON = replace(REFERENCE, contour_trusted=False)
NO_SLUMP = TiltReference(NEUTRAL, None, NAN, contour_trusted=True, skeleton_trusted=False)
BOTH = pytest.mark.parametrize("reference", [REFERENCE, SKELETON], ids=["contour", "skeleton"])
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
CONTOUR_DEG, SKELETON_DEG = 7.0 + 0.5 * 8.0, 7.0
"""What the network answers for the slump: 7 % shorter, the lowest window of the back 8 degrees further back."""
CONTOUR_SD, SKELETON_SD = (1.1 * 10.0 * math.exp(-1.6), 1.2 * 10.0 * math.exp(-1.6 + 0.5 * math.tanh(math.tanh(1.0))))

HIDDEN = {
    "shoulder": ({"trunk_px": NAN, "trunk_inclination_deg": NAN, "ear_forward_px": NAN}, (0, 1, 6, 7)),
    "head": ({"ear_rise_px": NAN, "ear_forward_px": NAN}, (2, 3, 12, 13)),
    "knee": ({"thigh_px": NAN, "thigh_angle_deg": NAN, "knee_rise_px": NAN}, (4, 5, 10, 11)),
}
"""What is missing when a part is hidden: measures and numbers of the marks."""


@pytest.fixture(autouse=True, scope="module")
def by_hand() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tilt, "tilt_network", linear)
        yield


def without(part: str, measures: Measures) -> Measures:
    gone, marks = HIDDEN[part]
    left = tuple(NAN if i in marks else value for i, value in enumerate(measures.marks_px))
    return replace(measures, marks_px=left, **gone)


def with_gap(measures: Measures, *windows: int) -> Measures:
    """The back not known in some windows."""
    slopes, depths = (
        tuple(NAN if i in windows else value for i, value in enumerate(values))
        for values in (measures.back_slopes_deg, measures.back_depths_px)
    )
    return replace(measures, back_slopes_deg=slopes, back_depths_px=depths)


def assert_unknown(estimate: TiltEstimate) -> None:
    assert estimate.basis is Basis.NONE
    assert estimate.reason
    assert all(math.isnan(v) for v in (estimate.tilt_deg, estimate.low_deg, estimate.high_deg, estimate.pct))


def width(estimate: TiltEstimate) -> float:
    return estimate.high_deg - estimate.low_deg


@pytest.mark.parametrize(
    ("reference", "slump_deg", "sd"),
    [(REFERENCE, CONTOUR_DEG, CONTOUR_SD), (SKELETON, SKELETON_DEG, SKELETON_SD)],
    ids=["contour", "skeleton"],
)
@given(share=st.floats(-1.0, 2.0))
@settings(deadline=None)
def test_the_answers_of_the_network_are_given_with_90_percent_of_a_normal_error_with_its_coverage(
    reference: TiltReference, slump_deg: float, sd: float, share: float
) -> None:
    estimate = MODEL.estimate(sitting(share), reference)
    assert estimate.tilt_deg == pytest.approx(share * slump_deg, abs=1e-9)
    assert estimate.pct == pytest.approx(np.clip(100.0 * share, -50.0, 150.0), abs=1e-9)
    assert estimate.low_deg == pytest.approx(share * slump_deg - 1.645 * sd)
    assert estimate.high_deg == pytest.approx(share * slump_deg + 1.645 * sd)


@BOTH
@given(factor=st.floats(0.3, 3.0), share=st.floats(0.0, 1.4), right=st.floats(-500, 500), down=st.floats(-500, 500))
@settings(deadline=None)
def test_size_and_place_in_the_picture_do_not_change_the_tilt(
    reference: TiltReference, factor: float, share: float, right: float, down: float
) -> None:
    plain = MODEL.estimate(sitting(share), reference)
    assert reference.slump is not None
    elsewhere = replace(
        reference,
        neutral=moved(scaled(reference.neutral, factor), right, down),
        slump=moved(scaled(reference.slump, factor), right, down),
    )
    found = MODEL.estimate(moved(scaled(sitting(share), factor), right, down), elsewhere)
    expected = (plain.tilt_deg, plain.low_deg, plain.pct)
    assert (found.tilt_deg, found.low_deg, found.pct) == pytest.approx(expected, abs=1e-9)


@BOTH
@pytest.mark.parametrize("factor", [0.97, 1.03])
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_scale_factor_undoes_a_change_of_distance(reference: TiltReference, factor: float, share: float) -> None:
    plain, nearer = MODEL.estimate(sitting(share), reference), scaled(sitting(share), factor)
    undone = MODEL.estimate(nearer, reference, scale=1.0 / factor)
    assert (undone.tilt_deg, width(undone)) == pytest.approx((plain.tilt_deg, width(plain)), abs=1e-9)
    assert abs(MODEL.estimate(nearer, reference).tilt_deg - plain.tilt_deg) > 2.0


@given(st.floats(-2.0, 3.0), st.sampled_from([NAN, 8.0, 15.0]), st.booleans(), st.booleans())
@settings(deadline=None)
def test_the_interval_contains_the_estimate(share: float, slump_deg: float, oblique: bool, contour: bool) -> None:
    reference = replace(REFERENCE, slump_deg=slump_deg, contour_trusted=contour)
    estimate = MODEL.estimate(sitting(share), reference, oblique=oblique)
    assert estimate.low_deg < estimate.tilt_deg < estimate.high_deg
    assert estimate.tilt_deg - estimate.low_deg == pytest.approx(estimate.high_deg - estimate.tilt_deg)


def test_a_contour_that_was_not_trusted_leaves_the_skeleton_with_wider_intervals() -> None:
    told = [(MODEL.estimate(sitting(s), REFERENCE), MODEL.estimate(sitting(s), SKELETON)) for s in SHARES]
    assert {with_back.basis for with_back, _ in told} == {Basis.CONTOUR}
    assert {without_back.basis for _, without_back in told} == {Basis.SKELETON}
    assert all(width(without_back) > width(with_back) for with_back, without_back in told)


@BOTH
def test_an_oblique_view_keeps_the_estimate_with_a_wider_interval(reference: TiltReference) -> None:
    square, oblique = MODEL.estimate(SLUMP, reference), MODEL.estimate(SLUMP, reference, oblique=True)
    assert (oblique.tilt_deg, oblique.basis) == (square.tilt_deg, square.basis)
    assert width(oblique) == pytest.approx(1.1 * width(square))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("contour_valid", 0.79), ("contour_residual_pct", 1.21), ("contour_edge_pct", 2.01)),
        *((name, NAN) for name in ("contour_valid", "contour_residual_pct", "contour_edge_pct")),
    ],
)
def test_an_unclear_back_edge_leaves_the_skeleton(name: str, value: float) -> None:
    unclear = MODEL.estimate(replace(SLUMP, **{name: value}), REFERENCE)
    assert unclear == MODEL.estimate(SLUMP, SKELETON)
    assert unclear.basis is Basis.SKELETON


def test_the_limits_of_a_clear_back_edge_are_those_of_the_brief() -> None:
    at_the_limit = replace(NEUTRAL, contour_valid=0.8, contour_residual_pct=1.2, contour_edge_pct=2.0)
    assert contour_usable(at_the_limit)
    assert not contour_usable(Measures())


def test_without_contour_and_skeleton_there_is_no_estimate_but_a_reason() -> None:
    estimate = MODEL.estimate(replace(SLUMP, contour_valid=0.2), replace(REFERENCE, skeleton_trusted=False))
    assert_unknown(estimate)
    assert "edge of the back" in estimate.reason


@BOTH
@pytest.mark.parametrize("part", HIDDEN)
def test_a_missing_body_part_gives_no_estimate_and_is_named(part: str, reference: TiltReference) -> None:
    estimate = MODEL.estimate(without(part, SLUMP), reference)
    assert_unknown(estimate)
    assert part in estimate.reason


@pytest.mark.parametrize("gap", [(0,), (9,), (3, 4, 5), (0, 1, 8, 9)])
def test_a_gap_in_the_back_still_gives_an_answer_from_what_is_left_of_it(gap: tuple[int, ...]) -> None:
    whole, estimate = MODEL.estimate(SLUMP, REFERENCE), MODEL.estimate(with_gap(SLUMP, *gap), REFERENCE)
    assert estimate.basis is Basis.CONTOUR
    assert estimate.tilt_deg == pytest.approx(SKELETON_DEG if 0 in gap else CONTOUR_DEG)
    assert width(estimate) > width(whole)
    assert math.isfinite(MODEL.index(with_gap(SLUMP, *gap), NEUTRAL, Basis.CONTOUR))


def test_with_fewer_than_six_windows_the_tilt_is_one_from_the_landmarks() -> None:
    holey = with_gap(SLUMP, *range(N_WINDOWS - MIN_WINDOWS + 1))
    assert MODEL.estimate(holey, REFERENCE).basis is Basis.SKELETON
    assert math.isnan(MODEL.index(holey, NEUTRAL, Basis.CONTOUR))
    assert_unknown(MODEL.estimate(holey, replace(REFERENCE, skeleton_trusted=False)))


@pytest.mark.parametrize(
    "strange", [scaled(NEUTRAL, 3.0), sitting(40.0), replace(NEUTRAL, trunk_inclination_deg=150.0)]
)
def test_a_posture_unlike_any_sitting_has_no_tilt_but_a_reason(strange: Measures) -> None:
    estimate = MODEL.estimate(strange, REFERENCE)
    assert_unknown(estimate)
    assert "unlike any sitting" in estimate.reason


def test_a_rather_strange_posture_is_less_sure() -> None:
    # only the inclination has changed, by so much that the mean change of the 17 is 13
    leaning = replace(NEUTRAL, trunk_inclination_deg=4.0 + 13.0 * math.sqrt(17.0))
    assert width(MODEL.estimate(leaning, REFERENCE)) == pytest.approx(1.3 * width(MODEL.estimate(NEUTRAL, REFERENCE)))


@pytest.mark.parametrize(
    ("reference", "reason"),
    [(REFERENCE, "back and landmarks do not fit together"), (SKELETON, "edge of the back is not clear")],
    ids=["contour", "skeleton"],
)
def test_an_answer_that_is_too_unsure_is_none(
    reference: TiltReference, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wider = math.log(2.0 * MAX_HALF_WIDTH_DEG / width(MODEL.estimate(SLUMP, reference)))
    monkeypatch.setattr(tilt, "tilt_network", lambda: linear(-1.6 + wider - 0.001))
    assert width(MODEL.estimate(SLUMP, reference)) == pytest.approx(2.0 * MAX_HALF_WIDTH_DEG, rel=0.01)
    unsure = MODEL.estimate(SLUMP, reference, oblique=True)
    assert_unknown(unsure)
    assert reason in unsure.reason
    monkeypatch.setattr(tilt, "tilt_network", lambda: linear(-1.6 + wider + 0.001))
    assert_unknown(MODEL.estimate(SLUMP, reference))


@BOTH
@pytest.mark.parametrize("slump_deg", [3.0, 9.0, 17.0, 40.0])
def test_a_measured_slump_is_used_exactly(reference: TiltReference, slump_deg: float) -> None:
    measured = MODEL.estimate(SLUMP, replace(reference, slump_deg=slump_deg))
    assert measured.tilt_deg == pytest.approx(slump_deg)
    assert measured.pct == pytest.approx(100.0)


@BOTH
def test_a_measured_slump_stretches_all_degrees_and_leaves_the_shares(reference: TiltReference) -> None:
    stretched = replace(reference, slump_deg=2.0 * MODEL.estimate(SLUMP, reference).tilt_deg)
    for share in SHARES:
        told, doubled = MODEL.estimate(sitting(share), reference), MODEL.estimate(sitting(share), stretched)
        assert (doubled.tilt_deg, width(doubled)) == pytest.approx((2.0 * told.tilt_deg, 2.0 * width(told)), abs=1e-9)
        assert doubled.pct == pytest.approx(told.pct, abs=1e-9)


@given(st.floats(-1.0, 2.0))
@settings(deadline=None)
def test_without_a_slump_the_share_is_that_of_a_usual_one(share: float) -> None:
    estimate = MODEL.estimate(sitting(share), NO_SLUMP)
    assert estimate.basis is Basis.CONTOUR
    assert USUAL_SLUMP_DEG == 10.0
    assert estimate.pct == pytest.approx(np.clip(10.0 * estimate.tilt_deg, -50.0, 150.0))
    assert estimate.tilt_deg == pytest.approx(share * CONTOUR_DEG, abs=1e-9)


def test_a_slump_in_which_the_ear_was_hidden_counts_as_none() -> None:
    hidden = replace(REFERENCE, slump=without("head", SLUMP))
    assert MODEL.estimate(sitting(0.5), hidden) == MODEL.estimate(sitting(0.5), replace(REFERENCE, slump=None))


@pytest.mark.parametrize(("basis", "slump_deg"), [(Basis.CONTOUR, CONTOUR_DEG), (Basis.SKELETON, SKELETON_DEG)])
def test_the_index_is_the_answer_in_degrees_without_regard_to_the_slump(basis: Basis, slump_deg: float) -> None:
    expected = [share * slump_deg for share in SHARES]
    assert [MODEL.index(sitting(share), NEUTRAL, basis) for share in SHARES] == pytest.approx(expected, abs=1e-9)
    assert math.isnan(MODEL.index(without("knee", SLUMP), NEUTRAL, basis))


@pytest.mark.parametrize(("share", "limit_deg"), [(0.1, 5.0), (5.0, 30.0)])
def test_a_slump_that_was_not_measured_stays_between_5_and_30_degrees(share: float, limit_deg: float) -> None:
    estimate = MODEL.estimate(sitting(0.2), replace(REFERENCE, slump=sitting(share)))
    assert estimate.tilt_deg == pytest.approx(0.2 * CONTOUR_DEG)
    assert estimate.pct == pytest.approx(100.0 * 0.2 * CONTOUR_DEG / limit_deg)


def test_the_index_of_the_skeleton_does_not_look_at_the_back() -> None:
    blind = with_gap(SLUMP, *range(N_WINDOWS))
    assert MODEL.index(SLUMP, NEUTRAL, Basis.SKELETON) == MODEL.index(blind, NEUTRAL, Basis.SKELETON)


def test_all_numbers_of_an_estimate_are_plain_floats() -> None:
    estimate = MODEL.estimate(SLUMP, REFERENCE)
    assert {type(v) for v in (estimate.tilt_deg, estimate.low_deg, estimate.high_deg, estimate.pct)} == {float}
