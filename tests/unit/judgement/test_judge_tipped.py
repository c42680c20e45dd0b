"""Tipped: from which share on, until when, and never from frames in which nothing was seen."""

from __future__ import annotations

import pytest
from judgement_diary import (
    KNEE_HIDDEN,
    LEANS,
    NAN,
    NOBODY,
    QUICK,
    RECLINES,
    STANDS,
    Stretch,
    began_s,
    judge,
    one,
    play,
    sits,
    states,
)

from calibration.thresholds import personal_thresholds
from models.tilt import Basis
from monitor.judgement.assessment import State
from monitor.judgement.parameters import JudgementSettings

A, U, T, L, R, X, S = (
    State.AWAY,
    State.UPRIGHT,
    State.TIPPED,
    State.LEANING,
    State.RECLINED,
    State.UNKNOWN,
    State.STANDING,
)
EDGE_HIDDEN = {"contour_valid": 0.3}


@pytest.mark.parametrize(("pct", "state"), [(0.0, U), (49.0, U), (51.0, T), (100.0, T), (-40.0, U)])
def test_tipped_begins_at_half_of_the_own_slump(pct: float, state: State) -> None:
    assert states(play([Stretch(sits(0), 5), Stretch(sits(pct), 10)]))[-1] is state


@pytest.mark.parametrize(("pct", "state"), [(55.0, U), (59.0, U), (61.0, T)])
def test_without_the_back_edge_tipped_begins_at_60_percent(pct: float, state: State) -> None:
    course = [Stretch(sits(0), 5), Stretch(sits(pct, **EDGE_HIDDEN), 10)]
    out = play(course)
    assert out[-1].basis is Basis.SKELETON
    assert out[-1].tilt_pct == pytest.approx(pct)
    assert states(out)[-1] is state


def test_tipped_ends_only_after_five_seconds_at_or_below_30_percent() -> None:
    out = play([Stretch(sits(80), 10), Stretch(sits(29), 15)])
    assert states(out) == [X, T, U]
    ended_s = began_s([a for a in out if a.t_s > 10.0], U)
    assert ended_s == pytest.approx(10.0 + 5.0 + QUICK.settle_s, abs=0.5)


@pytest.mark.parametrize("pct", [31.0, 45.0])
def test_between_the_thresholds_tipped_stays(pct: float) -> None:
    assert states(play([Stretch(sits(80), 10), Stretch(sits(pct), 60)]))[-1] is T


def test_sitting_up_for_less_than_five_seconds_does_not_end_tipped() -> None:
    dip = [Stretch(sits(20), 4), Stretch(sits(40), 1)]
    assert states(play([Stretch(sits(80), 10), *dip * 8])) == [X, T]


def test_between_the_thresholds_upright_stays() -> None:
    assert states(play([Stretch(sits(0), 5), Stretch(sits(45), 60)])) == [U]


def test_a_moment_of_tipping_is_not_a_state() -> None:
    assert states(play([Stretch(sits(0), 5), Stretch(sits(90), 0.7), Stretch(sits(0), 5)])) == [U]


def test_the_first_frames_of_somebody_who_comes_tipped_are_unknown_with_a_reason() -> None:
    out = play([Stretch(NOBODY, 3), Stretch(sits(90), 6)])
    assert states(out) == [A, X, T]
    assert began_s(out, T) == pytest.approx(3.0 + 2.0 * QUICK.settle_s, abs=0.11)
    assert all(a.reason == "just came into view" for a in out if a.state is X)


def test_time_without_sight_of_the_knee_is_never_tipped() -> None:
    out = play([Stretch(sits(90), 10), Stretch(KNEE_HIDDEN, 60)])
    assert states(out) == [X, T, X]
    assert began_s([a for a in out if a.t_s > 5.0], X) == pytest.approx(9.9 + QUICK.lost_s, abs=0.11)


@pytest.mark.parametrize("name", ["trunk_px", "trunk_inclination_deg", "ear_rise_px", "ear_forward_px", "thigh_px"])
def test_a_measure_that_is_missing_is_never_counted_as_upright_or_tipped(name: str) -> None:
    for pct in (0.0, 90.0):
        judged = one(sits(pct, **{name: NAN}))
        assert judged.state is X
        assert judged.reason
        assert judged.confidence == 0.0


def test_one_missed_frame_in_a_fast_stream_leaves_tipped_with_its_reason() -> None:
    course = [Stretch(sits(90), 10), Stretch(KNEE_HIDDEN, 1 / 15), Stretch(sits(90), 10)]
    out = play(course, fps=15.0)
    assert states(out) == [X, T]
    assert out[150].reason == "your knee is hidden"


def test_a_recline_without_shortening_is_not_tipped() -> None:
    assert states(play([Stretch(sits(0), 5), Stretch(RECLINES, 10)])) == [U, R]


def test_a_deep_slump_against_a_backward_trunk_is_tipped_and_not_reclined() -> None:
    backward = {"trunk_px": 198.0, "trunk_inclination_deg": -10.0}
    slumped, reclined = one(sits(100.0, **backward)), one(sits(30.0, **backward))
    assert slumped.tilt_pct > 60.0 > reclined.tilt_pct
    assert (slumped.state, reclined.state) == (T, R)


def test_a_backward_trunk_that_has_shortened_is_a_slump_and_not_a_recline() -> None:
    slid_down = sits(100, trunk_inclination_deg=-10.0)
    assert states(play([Stretch(sits(0), 5), Stretch(slid_down, 10)])) == [U, T]


@pytest.mark.parametrize(("trunk_px", "state"), [(197.0, R), (195.0, U)])
def test_a_recline_has_shortened_by_less_than_two_percent(trunk_px: float, state: State) -> None:
    back = sits(0, trunk_inclination_deg=-8.0, trunk_px=trunk_px)
    assert states(play([Stretch(sits(0), 5), Stretch(back, 10)]))[-1] is state


@pytest.mark.parametrize(("trunk_deg", "state"), [(4.0 + 8.5, L), (4.0 + 7.5, U), (4.0 - 9.5, U), (4.0 - 10.5, R)])
def test_leaning_and_reclined_begin_against_the_own_neutral(trunk_deg: float, state: State) -> None:
    course = [Stretch(sits(0), 5), Stretch(sits(0, trunk_inclination_deg=trunk_deg), 10)]
    assert states(play(course))[-1] is state


@pytest.mark.parametrize(("begin", "held_deg", "left_deg"), [(LEANS, 4 + 5.5, 4 + 4.5), (RECLINES, 4 - 7.5, 4 - 6.5)])
def test_leaning_and_reclined_end_three_degrees_earlier(begin: object, held_deg: float, left_deg: float) -> None:
    course = [Stretch(sits(0), 5), Stretch(begin, 5)]  # type: ignore[arg-type]
    held = play([*course, Stretch(sits(0, trunk_inclination_deg=held_deg), 10)])
    left = play([*course, Stretch(sits(0, trunk_inclination_deg=left_deg), 10)])
    assert len(states(held)) == 2
    assert states(left)[-1] is U


def test_tipped_counts_before_leaning() -> None:
    assert states(play([Stretch(sits(0), 5), Stretch(sits(120, trunk_inclination_deg=14.0), 10)]))[-1] is T


def test_standing_ends_tipped_after_the_settling_time() -> None:
    out = play([Stretch(sits(90), 10), Stretch(STANDS, 5)])
    assert states(out) == [X, T, S]
    assert began_s(out, S) == pytest.approx(10.0 + QUICK.settle_s, abs=0.5)


def test_a_scattered_neutral_sit_moves_the_entry_up_but_not_the_leaving() -> None:
    course = [Stretch(sits(0), 5), Stretch(sits(62), 10)]
    assert states(play(course))[-1] is T
    assert states(play(course, by=judge(neutral_spread_pct=12.0)))[-1] is U
    assert judge(neutral_spread_pct=12.0).thresholds == personal_thresholds(
        enter_pct=50.0, enter_skeleton_pct=60.0, leave_pct=30.0, neutral_spread_pct=12.0
    )


def test_the_default_numbers_are_those_of_the_brief() -> None:
    numbers = JudgementSettings()
    assert (numbers.enter_pct, numbers.enter_skeleton_pct) == (50.0, 60.0)
    assert (numbers.leave_pct, numbers.leave_s, numbers.smoothing_s) == (30.0, 5.0, 3.0)
    assert (numbers.standing_deg, numbers.side_max_deg, numbers.front_min_deg) == (35.0, 20.0, 40.0)
