"""The start weights on measures that can be worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from known_sitter import NEUTRAL, SLUMP, moved, scaled, sitting

from bench.start_weights import LinearTiltModel, features
from models.tilt import Basis, TiltEstimate, TiltReference

NAN = math.nan
MODEL = LinearTiltModel()

# The table of start weights in the biomechanics brief, section 2.5; lengths per %, angles per degree.
BRIEF = {
    Basis.CONTOUR: {"c": 0.39, "tau": -0.16, "e": 0.21, "p": 0.25, "s": 0.24, "k": 1.00, "l": -0.55},
    Basis.SKELETON: {"c": 0.62, "tau": -0.62, "e": 0.35, "p": 0.18},
}
CHANGES = [7.0, 2.0, 10.0, 8.0, 8.0, 3.0, 4.0]
CONTOUR_INDEX = 0.39 * 7 - 0.16 * 2 + 0.21 * 10 + 0.25 * 8 + 0.24 * 8 + 1.00 * 3 - 0.55 * 4
SKELETON_INDEX = 0.62 * 7 - 0.62 * 2 + 0.35 * 10 + 0.18 * 8
REFERENCE = TiltReference(NEUTRAL, SLUMP, NAN, contour_trusted=True, skeleton_trusted=True)


def assert_unknown(estimate: TiltEstimate) -> None:
    assert estimate.basis is Basis.NONE
    assert estimate.reason
    assert all(math.isnan(v) for v in (estimate.tilt_deg, estimate.low_deg, estimate.high_deg, estimate.pct))


def width(estimate: TiltEstimate) -> float:
    return estimate.high_deg - estimate.low_deg


def test_the_features_of_both_poses_are_those_worked_out_by_hand() -> None:
    assert features(NEUTRAL, NEUTRAL) == pytest.approx(np.zeros(7))
    assert features(SLUMP, NEUTRAL) == pytest.approx(CHANGES)


@pytest.mark.parametrize(
    ("number", "name", "value"),
    [
        *((0, "trunk_px", 190.0), (1, "trunk_inclination_deg", 9.0), (2, "ear_rise_px", 250.0)),
        *((3, "ear_forward_px", 20.0), (4, "sacral_slope_deg", 10.0), (5, "lumbar_bulge_px", 4.0)),
        (6, "back_slope_deg", 2.0),
    ],
)
def test_each_feature_grows_in_its_own_direction_and_leaves_the_others(number: int, name: str, value: float) -> None:
    expected = np.zeros(7)
    expected[number] = 5.0
    assert features(replace(NEUTRAL, **{name: value}), NEUTRAL) == pytest.approx(expected)


@pytest.mark.parametrize("basis", BRIEF)
def test_the_weights_are_those_of_the_brief(basis: Basis) -> None:
    one_unit = {
        "c": {"trunk_px": 198.0},
        "tau": {"trunk_inclination_deg": 5.0},
        "e": {"ear_rise_px": 258.0},
        "p": {"ear_forward_px": 12.0},
        "s": {"sacral_slope_deg": 14.0},
        "k": {"lumbar_bulge_px": -4.0},
        "l": {"back_slope_deg": -2.0},
    }
    found = {name: MODEL.index(replace(NEUTRAL, **change), NEUTRAL, basis) for name, change in one_unit.items()}
    assert found == pytest.approx(dict.fromkeys(one_unit, 0.0) | BRIEF[basis], abs=1e-9)


@pytest.mark.parametrize(("basis", "index"), [(Basis.CONTOUR, CONTOUR_INDEX), (Basis.SKELETON, SKELETON_INDEX)])
def test_the_index_of_the_slump_is_the_weighted_sum(basis: Basis, index: float) -> None:
    assert MODEL.index(SLUMP, NEUTRAL, basis) == pytest.approx(index)
    assert MODEL.index(NEUTRAL, NEUTRAL, basis) == 0.0


def test_neutral_is_no_tilt_and_the_slump_is_all_of_it() -> None:
    rest, slumped = MODEL.estimate(NEUTRAL, REFERENCE), MODEL.estimate(SLUMP, REFERENCE)
    assert (rest.tilt_deg, rest.pct) == (0.0, 0.0)
    assert slumped.pct == pytest.approx(100.0)
    assert slumped.tilt_deg > 5.0


@pytest.mark.parametrize("oblique", [False, True])
@given(st.floats(-0.45, 1.45))
@settings(deadline=None)
def test_the_share_grows_in_a_straight_line(oblique: bool, share: float) -> None:
    assert MODEL.estimate(sitting(share), REFERENCE, oblique=oblique).pct == pytest.approx(100.0 * share, abs=1e-6)


@pytest.mark.parametrize(("share", "pct"), [(2.5, 150.0), (-1.5, -50.0)])
def test_the_share_is_limited(share: float, pct: float) -> None:
    estimate = MODEL.estimate(sitting(share), REFERENCE)
    assert estimate.pct == pct
    assert estimate.tilt_deg == pytest.approx(pct / 100.0 * MODEL.estimate(SLUMP, REFERENCE).tilt_deg)


def test_a_straight_backed_lean_is_not_taken_for_a_slump() -> None:
    leaning = replace(NEUTRAL, trunk_inclination_deg=14.0)
    assert MODEL.estimate(leaning, REFERENCE).pct <= 0.0


@pytest.mark.parametrize("factor", [0.97, 1.03])
@given(share=st.floats(0.0, 1.4))
@settings(deadline=None)
def test_the_scale_factor_undoes_a_change_of_distance(factor: float, share: float) -> None:
    nearer = scaled(sitting(share), factor)
    undone = MODEL.estimate(nearer, REFERENCE, scale=1.0 / factor)
    assert undone.pct == pytest.approx(100.0 * share, abs=1e-6)
    assert abs(MODEL.estimate(nearer, REFERENCE).pct - 100.0 * share) > 5.0


@given(st.floats(0.3, 3.0), st.floats(0.0, 1.4), st.floats(-500, 500), st.floats(-500, 500))
@settings(deadline=None)
def test_size_and_place_in_the_picture_do_not_change_the_tilt(
    factor: float, share: float, right: float, down: float
) -> None:
    elsewhere = moved(scaled(sitting(share), factor), right, down)
    plain = MODEL.estimate(sitting(share), REFERENCE)
    assert MODEL.estimate(elsewhere, REFERENCE, scale=1.0 / factor).tilt_deg == pytest.approx(plain.tilt_deg, abs=1e-6)


def test_the_contour_is_preferred_unless_it_was_not_trusted_at_calibration() -> None:
    assert MODEL.estimate(SLUMP, REFERENCE).basis is Basis.CONTOUR
    assert MODEL.estimate(SLUMP, replace(REFERENCE, contour_trusted=False)).basis is Basis.SKELETON


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("contour_valid", 0.79), ("contour_residual_pct", 1.21), ("contour_edge_pct", 2.01)),
        *((name, NAN) for name in ("contour_valid", "contour_edge_pct", "sacral_slope_deg")),
    ],
)
def test_an_unclear_back_edge_leaves_the_skeleton(name: str, value: float) -> None:
    assert MODEL.estimate(replace(SLUMP, **{name: value}), REFERENCE).basis is Basis.SKELETON


def test_without_contour_and_skeleton_there_is_no_estimate_but_a_reason() -> None:
    untrusted = replace(REFERENCE, skeleton_trusted=False)
    unclear = replace(SLUMP, contour_valid=0.2)
    for estimate in (MODEL.estimate(unclear, untrusted), MODEL.estimate(SLUMP, untrusted, oblique=True)):
        assert_unknown(estimate)
        assert "edge of the back" in estimate.reason


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"trunk_px": NAN, "trunk_inclination_deg": NAN, "ear_forward_px": NAN}, "hip or shoulder"),
        ({"ear_rise_px": NAN, "ear_forward_px": NAN}, "head"),
    ],
)
def test_a_missing_body_part_gives_no_estimate_and_is_named(missing: dict[str, float], reason: str) -> None:
    estimate = MODEL.estimate(replace(SLUMP, **missing), REFERENCE)
    assert_unknown(estimate)
    assert reason in estimate.reason


def test_an_oblique_view_uses_the_skeleton_with_a_wider_interval() -> None:
    skeleton_only = replace(REFERENCE, contour_trusted=False)
    oblique, square = MODEL.estimate(SLUMP, REFERENCE, oblique=True), MODEL.estimate(SLUMP, skeleton_only)
    assert oblique.basis is Basis.SKELETON
    assert oblique.tilt_deg == pytest.approx(square.tilt_deg)
    assert width(oblique) > width(square)


@given(st.floats(-2.0, 3.0), st.sampled_from([NAN, 8.0, 15.0]), st.booleans())
@settings(deadline=None)
def test_the_interval_contains_the_estimate(share: float, slump_deg: float, oblique: bool) -> None:
    estimate = MODEL.estimate(sitting(share), replace(REFERENCE, slump_deg=slump_deg), oblique=oblique)
    assert estimate.low_deg < estimate.tilt_deg < estimate.high_deg
    assert estimate.tilt_deg - estimate.low_deg == pytest.approx(estimate.high_deg - estimate.tilt_deg)


def test_the_interval_is_that_of_the_simulated_error() -> None:
    rest = MODEL.estimate(NEUTRAL, REFERENCE)
    skeleton = MODEL.estimate(NEUTRAL, replace(REFERENCE, contour_trusted=False))
    assert rest.high_deg == pytest.approx(1.645 * 4.2)
    assert skeleton.high_deg == pytest.approx(1.645 * 5.0)


@pytest.mark.parametrize("slump_deg", [3.0, 9.0, 17.0, 26.0])
def test_a_measured_slump_is_used_exactly(slump_deg: float) -> None:
    measured = replace(REFERENCE, slump_deg=slump_deg)
    assert MODEL.estimate(SLUMP, measured).tilt_deg == pytest.approx(slump_deg)
    assert MODEL.estimate(sitting(0.5), measured).tilt_deg == pytest.approx(slump_deg / 2.0)


def test_a_slump_that_was_not_measured_widens_the_interval() -> None:
    assumed = MODEL.estimate(SLUMP, REFERENCE)
    measured = MODEL.estimate(SLUMP, replace(REFERENCE, slump_deg=assumed.tilt_deg))
    assert measured.tilt_deg == pytest.approx(assumed.tilt_deg)
    assert width(assumed) > width(measured)
    assert width(MODEL.estimate(NEUTRAL, REFERENCE)) == pytest.approx(width(measured))


@pytest.mark.parametrize(("share", "limit_deg"), [(0.1, 5.0), (5.0, 20.0)])
def test_a_slump_that_was_not_measured_stays_between_5_and_20_degrees(share: float, limit_deg: float) -> None:
    odd = replace(REFERENCE, slump=sitting(share))
    assert MODEL.slump_deg(odd, Basis.CONTOUR) == limit_deg
    assert MODEL.slump_deg(odd, Basis.SKELETON) == limit_deg


def test_without_a_slump_the_start_weights_cannot_be_used() -> None:
    with pytest.raises(ValueError, match="need a slump"):
        MODEL.estimate(NEUTRAL, replace(REFERENCE, slump=None))
