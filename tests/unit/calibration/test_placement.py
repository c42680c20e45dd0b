"""Advice on the placement of the camera, from looks made by hand."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from calibration_samples import MODEL, NAN, NEUTRAL, SETUP, SLUMP
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.evaluate import Recording, Sample, evaluate
from calibration.placement import (
    ADVICE_WORDS,
    BLOCKING,
    Advice,
    Look,
    PlacementMoment,
    PlacementState,
    advise,
    step,
)
from calibration.stretch import MAX_YAW_DEG, view_problem
from models.measures import Measures

GOOD = Look(NEUTRAL, 120.0, 480, low_back=1.0, high_back=1.0)
NOBODY = Look(Measures(), 120.0, 480, person=False)
KNEE_HIDDEN = replace(
    GOOD, knee_seen=False, measures=replace(NEUTRAL, thigh_px=NAN, thigh_angle_deg=NAN, knee_rise_px=NAN)
)
HIP_UNSEEN = replace(GOOD, hip_seen=False, measures=Measures(), low_back=NAN, high_back=NAN)
UNCLEAR = replace(GOOD, measures=replace(NEUTRAL, contour_edge_pct=3.0))


def seen_from(yaw_deg: float) -> Look:
    return replace(GOOD, measures=replace(NEUTRAL, view_yaw_deg=yaw_deg))


def sized(trunk_px: float, height_px: int = 480) -> Look:
    return replace(GOOD, measures=replace(NEUTRAL, trunk_px=trunk_px), height_px=height_px)


def watch(parts: Sequence[tuple[float, Look]], rate_hz: float = 10.0) -> list[tuple[float, PlacementMoment]]:
    """Looks held for so many seconds each."""
    state, diary, t_s, end_s = PlacementState(), [], 0.0, 0.0
    for seconds, look in parts:
        end_s += seconds
        while t_s < end_s - 1e-9:
            state, now = step(state, t_s, look)
            diary.append((t_s, now))
            t_s = len(diary) / rate_hz
    return diary


def settled(look: Look) -> PlacementMoment:
    return watch([(5.0, look)])[-1][1]


@pytest.mark.parametrize(
    ("look", "advice"),
    [
        (GOOD, set()),
        (NOBODY, {Advice.NOBODY}),
        (replace(GOOD, brightness=29.0), {Advice.TOO_DARK}),
        (replace(GOOD, brightness=230.0), {Advice.TOO_BRIGHT}),
        (replace(NOBODY, brightness=10.0), {Advice.TOO_DARK, Advice.NOBODY}),
        (replace(KNEE_HIDDEN, cut_off=True), {Advice.CUT_OFF}),
        (KNEE_HIDDEN, {Advice.KNEE_HIDDEN}),
        (replace(GOOD, head_seen=False), {Advice.HEAD_HIDDEN}),
        (replace(HIP_UNSEEN, hip_seen=True, shoulder_seen=False), {Advice.HEAD_HIDDEN}),
        (HIP_UNSEEN, {Advice.HIP_HIDDEN}),
        (replace(UNCLEAR, low_back=0.4, high_back=0.9), {Advice.HIP_HIDDEN}),
        (replace(UNCLEAR, low_back=0.4, high_back=0.4), {Advice.BACK_UNCLEAR}),
        (UNCLEAR, {Advice.BACK_UNCLEAR}),
        (replace(GOOD, measures=replace(NEUTRAL, contour_residual_pct=NAN)), {Advice.BACK_UNCLEAR}),
        (sized(59.0, 240), {Advice.TOO_FAR}),
        (sized(95.0), {Advice.TOO_FAR}),
        (sized(97.0), set()),
        (sized(239.0), set()),
        (sized(241.0), {Advice.TOO_NEAR}),
        (seen_from(14.9), set()),
        (seen_from(15.0), {Advice.TURN_TO_BACK}),
        (seen_from(-40.0), {Advice.TURN_TO_FRONT}),
        (seen_from(70.0), {Advice.FRONT_VIEW}),
        (replace(HIP_UNSEEN, cut_off=True, frontal=True), {Advice.FRONT_VIEW, Advice.CUT_OFF}),
        (replace(GOOD, frontal=True), set()),
    ],
)
def test_one_look_by_itself(look: Look, advice: set[Advice]) -> None:
    assert advise(look) == advice


@pytest.mark.parametrize("advice", list(Advice))
def test_every_advice_is_one_sentence_that_says_what_to_do(advice: Advice) -> None:
    assert re.fullmatch(r"[A-Z][^.:]*: [^:]+\.", ADVICE_WORDS[advice])


@pytest.mark.parametrize(("yaw_deg", "degrees"), [(16.0, 15), (-28.0, 30), (44.0, 45)])
def test_the_turn_is_said_in_degrees_rounded_to_five(yaw_deg: float, degrees: int) -> None:
    now = settled(seen_from(yaw_deg))
    (advice,) = now.advice
    assert advice is (Advice.TURN_TO_BACK if yaw_deg > 0 else Advice.TURN_TO_FRONT)
    assert f"about {degrees} degrees too far" in now.words(advice)
    assert now.words(Advice.TOO_DARK) == ADVICE_WORDS[Advice.TOO_DARK]


def test_a_good_view_is_fine_after_a_second_and_says_for_how_long() -> None:
    diary = watch([(4.0, GOOD)])
    assert next(t_s for t_s, now in diary if now.ok) == 1.0
    assert diary[30][1].ok_for_s == pytest.approx(3.0)
    assert all(now.ok_for_s == 0.0 for _, now in diary if not now.ok)
    assert not any(now.advice for _, now in diary)
    assert (diary[-1][1].yaw_deg, diary[-1][1].size_pct) == (0.0, pytest.approx(100 * 200 / 480))


def test_numbers_are_medians_of_the_last_second_and_a_half_and_nan_when_nobody_is_there() -> None:
    diary = dict(watch([(2.0, seen_from(4.0)), (2.0, seen_from(10.0)), (2.0, NOBODY)]))
    assert (diary[2.5].yaw_deg, diary[3.5].yaw_deg) == (4.0, 10.0)
    assert diary[5.0].yaw_deg == 10.0
    assert math.isnan(diary[5.9].yaw_deg)
    assert math.isnan(diary[5.9].size_pct)


def test_an_advice_shows_after_a_second_and_goes_a_second_after_its_cause() -> None:
    # of the looks of the last 1.5 s more than half are unclear from 3.8 s on, and no more than half from 6.7 s on
    diary = watch([(3.0, GOOD), (3.0, UNCLEAR), (4.0, GOOD)])
    shown = [t_s for t_s, now in diary if now.advice]
    assert shown[0] == pytest.approx(4.8, abs=0.11)
    assert shown[-1] == pytest.approx(7.7, abs=0.11)
    assert len(shown) == round(10 * (shown[-1] - shown[0])) + 1


def test_a_short_glance_changes_no_words() -> None:
    diary = watch([(3.0, GOOD), (0.4, NOBODY), (3.0, GOOD), (0.4, UNCLEAR), (3.0, GOOD)])
    assert not any(now.advice for _, now in diary)


def test_the_two_most_basic_ones_are_shown() -> None:
    many = replace(KNEE_HIDDEN, brightness=10.0, measures=replace(KNEE_HIDDEN.measures, view_yaw_deg=20.0))
    assert settled(many).advice == (Advice.TOO_DARK, Advice.KNEE_HIDDEN)


@pytest.mark.parametrize("look", [seen_from(20.0), UNCLEAR, sized(250.0), sized(95.0), replace(GOOD, brightness=230.0)])
def test_hints_leave_the_placement_fine(look: Look) -> None:
    now = settled(look)
    assert now.ok
    assert len(now.advice) == 1


@pytest.mark.parametrize(
    "look",
    [
        *(NOBODY, KNEE_HIDDEN, HIP_UNSEEN, seen_from(31.0), seen_from(-31.0), seen_from(80.0), sized(55.0)),
        *(replace(GOOD, brightness=20.0), replace(GOOD, cut_off=True), replace(GOOD, head_seen=False)),
    ],
)
def test_what_a_calibration_would_be_refused_for_is_not_fine_and_is_said(look: Look) -> None:
    now = settled(look)
    assert not now.ok
    assert len(now.advice) == 1


def test_a_part_that_is_hidden_in_two_fifths_of_the_frames_is_said() -> None:
    now = watch([(0.3, GOOD), (0.2, KNEE_HIDDEN)] * 20)[-1][1]
    assert now.advice == (Advice.KNEE_HIDDEN,)
    assert not now.ok


def test_after_a_long_pause_it_has_to_be_seen_anew() -> None:
    state = PlacementState()
    for i in range(30):
        state, now = step(state, i / 10, GOOD)
    assert now.ok
    state, now = step(state, 60.0, GOOD)
    assert not now.ok


@given(st.sampled_from([0.0, 12.0, -20.0, 29.0]), st.floats(60.0, 400.0), st.floats(30.0, 255.0))
@settings(deadline=None, max_examples=50)
def test_a_fine_placement_is_one_that_the_calibration_accepts(yaw_deg: float, trunk_px: float, light: float) -> None:
    seen = {"view_yaw_deg": yaw_deg, "trunk_px": trunk_px}
    if settled(replace(GOOD, measures=replace(NEUTRAL, **seen), brightness=light)).ok:
        held = [tuple(Sample(replace(m, view_yaw_deg=yaw_deg), light) for _ in range(20)) for m in (NEUTRAL, SLUMP)]
        assert evaluate(Recording((held[0],), (held[1],)), SETUP, MODEL).profile is not None


any_look = st.builds(
    replace,
    st.sampled_from([GOOD, NOBODY, KNEE_HIDDEN, HIP_UNSEEN, UNCLEAR, seen_from(20.0), seen_from(-35.0), sized(40.0)]),
    brightness=st.floats(0.0, 255.0),
    cut_off=st.booleans(),
    frontal=st.booleans(),
)


@given(st.lists(st.tuples(st.floats(0.1, 3.0), any_look), min_size=1, max_size=8), st.sampled_from([1.0, 5.0, 30.0]))
@settings(deadline=None, max_examples=60)
def test_it_is_never_fine_with_an_advice_that_blocks(parts: list[tuple[float, Look]], rate_hz: float) -> None:
    diary = [now for _, now in watch(parts, rate_hz)]
    for now in diary:
        assert len(now.advice) <= 2
        assert list(now.advice) == [a for a in Advice if a in now.advice]
        assert now.ok == (now.ok_for_s > 0.0)
        if now.ok:
            assert not BLOCKING & set(now.advice)
            assert abs(now.yaw_deg) <= MAX_YAW_DEG
    assert all(b.ok_for_s > a.ok_for_s or not b.ok for a, b in pairwise(diary))


def test_the_limits_are_those_of_a_calibration() -> None:
    assert view_problem("sit", [Sample(GOOD.measures, 120.0)]) == ""
    assert "too dark" in view_problem("sit", [Sample(GOOD.measures, 29.0)])
