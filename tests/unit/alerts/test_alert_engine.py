"""When the engine speaks about a long tipped stretch, and when it holds its tongue."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from alert_diary import HOUR, MINUTE, SILENT, Diary, Stretch, away, standing, tipped, unknown, upright

from monitor.alerts import AlertSettings, AlertState, Cause, SilentCue, SitBreak, Warn, acknowledge, step
from monitor.judgement.assessment import Assessment, State


def test_upright_is_left_in_peace() -> None:
    assert Diary().live(upright(2 * HOUR)).entries == []


def test_a_short_slump_gives_only_the_silent_cue() -> None:
    diary = Diary().live(upright(60), tipped(100), upright(60))
    assert diary.cues == [(70.0, True), (160.0, False)]
    assert diary.warned == []


def test_two_minutes_tipped_give_one_warning() -> None:
    diary = Diary().live(upright(60), tipped(5 * MINUTE), upright(60))
    assert diary.warned == [(180.0, "dwell")]


def test_the_warning_says_what_and_what_to_do() -> None:
    diary = Diary(causes=(Cause.KNEES_ABOVE_HIPS, Cause.HEAD_FORWARD)).live(tipped(3 * MINUTE))
    ((_, warning),) = diary.said(Warn)
    assert (warning.t_s, warning.number, warning.cause) == (120.0, 1, Cause.KNEES_ABOVE_HIPS)
    line, action = warning.text.split("\n")
    assert "tipped back for 2 min" in line
    assert "knees" in line
    assert "Raise the seat" in action


def test_without_a_cause_it_says_the_plain_words() -> None:
    ((_, warning),) = Diary().live(tipped(3 * MINUTE)).said(Warn)
    assert warning.cause is Cause.PLAIN
    assert warning.text.startswith(
        "There is no single right way to sit. Your hips have been tipped back for 2 min - a change may feel good.\n"
    )


@pytest.mark.parametrize("between", [upright(20), standing(20), away(20), Stretch(State.RECLINED, 20, 80.0)])
def test_two_slumps_do_not_add_up_to_one(between: Stretch) -> None:
    assert Diary(SILENT).live(tipped(110), between, tipped(110), upright(10)).warned == []


# Unknown


def test_a_short_unknown_pauses_the_stretch() -> None:
    diary = Diary().live(tipped(100), unknown(8), tipped(60))
    assert diary.warned_at == [128.0]
    assert diary.cues == [(10.0, True)]


def test_unknown_is_never_counted_as_tipped() -> None:
    assert Diary().live(tipped(100), *[unknown(9), tipped(1)] * 15, upright(1)).warned == []


def test_a_long_unknown_ends_the_stretch() -> None:
    diary = Diary().live(tipped(100), unknown(30), tipped(130))
    assert diary.warned_at == [250.0]
    assert diary.cues == [(10.0, True), (110.5, False), (140.0, True)]


def test_nobody_is_warned_while_unknown() -> None:
    assert Diary().live(tipped(119), unknown(60)).warned == []


def test_a_long_unknown_leaves_a_warning_without_an_answer() -> None:
    diary = Diary().live(tipped(130), unknown(20), upright(60))
    assert diary.warned_at == [120.0]
    assert diary.answers == []
    assert diary.state.ignored_in_row == 0


# Gaps


def test_a_gap_in_time_is_not_tipped_time() -> None:
    diary = Diary().live(tipped(100)).sleep(HOUR).live(tipped(100))
    assert diary.warned == []
    diary.live(tipped(30))
    assert diary.warned_at == [HOUR + 220.0]


def test_a_gap_lets_the_dose_drain() -> None:
    diary = Diary().live(tipped(4 * MINUTE, 100))
    before = diary.state.dose
    diary.sleep(30 * MINUTE).live(tipped(1))
    assert before > 0.3
    assert diary.state.dose < 0.001


def test_slow_frames_are_no_gap() -> None:
    assert Diary(fps=0.2).live(tipped(3 * MINUTE)).warned_at == [120.0]


@pytest.mark.parametrize("t_s", [9.0, float("nan"), float("inf")])
def test_time_that_goes_back_is_an_error(t_s: float) -> None:
    state, _ = step(AlertState(), Assessment(10.0, State.UPRIGHT), AlertSettings())
    with pytest.raises(ValueError, match="time must not go back"):
        step(state, Assessment(t_s, State.UPRIGHT), AlertSettings())


def test_the_same_time_twice_changes_nothing() -> None:
    state, _ = step(AlertState(), Assessment(10.0, State.TIPPED, tilt_pct=80.0), AlertSettings())
    again, effects = step(state, Assessment(10.0, State.TIPPED, tilt_pct=80.0), AlertSettings())
    assert (repr(again), effects) == (repr(state), ())  # by their texts: NaN is not equal to NaN


# Cool-down, hourly maximum, back-off


def test_a_stretch_that_goes_on_is_named_again_after_the_cool_down() -> None:
    assert Diary(SILENT).live(tipped(15 * MINUTE)).warned_at == [120.0, 720.0]


def test_a_new_slump_within_the_cool_down_is_left_alone() -> None:
    diary = Diary(SILENT).live(tipped(130), upright(60), tipped(5 * MINUTE), upright(60))
    assert diary.warned_at == [120.0]
    assert diary.cues[-2:] == [(200.0, True), (490.0, False)]


def test_at_most_four_warnings_in_any_hour() -> None:
    slump_and_answer = (tipped(130), upright(8 * MINUTE))
    warned = Diary(SILENT).live(*slump_and_answer * 30).warned_at
    assert len(warned) >= 16
    for at_s in warned:
        assert sum(at_s <= other < at_s + HOUR for other in warned) <= 4


def test_three_ignored_in_a_row_lengthen_the_cool_down_and_three_more_again() -> None:
    warned = Diary(AlertSettings(dose_warning=False, max_per_hour=20)).live(tipped(4 * HOUR)).warned_at
    pauses = [(b - a) / MINUTE for a, b in pairwise(warned)]
    assert pauses[:8] == [10, 10, 20, 20, 20, 40, 40, 40]


def test_an_answer_in_time_ends_the_back_off() -> None:
    settings = AlertSettings(dose_warning=False, max_per_hour=20)
    diary = Diary(settings).live(tipped(42 * MINUTE))
    assert diary.warned_at == [2 * MINUTE, 12 * MINUTE, 22 * MINUTE]
    assert diary.state.ignored_in_row == 3
    diary.live(tipped(30), upright(60))  # the fourth warning, 20 min after the third, is answered after 30 s
    assert diary.warned_at[-1] == 42 * MINUTE
    assert diary.answers == [(4, 30.0)]
    assert diary.state.ignored_in_row == 0
    diary.live(tipped(20 * MINUTE))
    assert diary.warned_at[-1] - diary.warned_at[-2] == 10 * MINUTE


# Answers


@pytest.mark.parametrize("move", [upright(30), standing(30), away(30), Stretch(State.LEANING, 30, 0.0)])
def test_moving_is_an_answer(move: Stretch) -> None:
    diary = Diary().live(tipped(135), move)
    assert diary.answers == [(1, 15.0)]
    assert diary.state.open is None


def test_a_late_answer_is_told_but_the_warning_stays_ignored() -> None:
    diary = Diary().live(tipped(5 * MINUTE), upright(30))
    assert diary.answers == [(1, 180.0)]
    assert diary.state.ignored_in_row == 1


def test_each_warning_is_answered_once() -> None:
    assert len(Diary().live(tipped(135), upright(30), tipped(30), upright(30)).answers) == 1


# Quiet, an answer by hand, and the sitting break


def test_quiet_keeps_the_engine_silent_but_for_the_cue() -> None:
    diary = Diary()
    diary.live(tipped(29 * MINUTE), quiet=True)
    assert [type(effect) for _, effect in diary.entries] == [SilentCue]
    assert diary.live(tipped(2 * MINUTE)).warned_at == [29 * MINUTE]


def test_saying_that_one_moved_answers_the_warning_and_counts_anew() -> None:
    diary = Diary().live(tipped(130))
    diary.state = acknowledge(diary.state)
    assert diary.live(tipped(5 * MINUTE)).state.ignored_in_row == 0
    assert diary.state.tipped_s == 5 * MINUTE


def test_the_sitting_break_is_off_until_asked_for() -> None:
    assert Diary().live(upright(2 * HOUR)).said(SitBreak) == []


def test_the_sitting_break_comes_once_per_sitting() -> None:
    diary = Diary(AlertSettings(sit_break=True))
    diary.live(upright(40 * MINUTE), unknown(5 * MINUTE), upright(40 * MINUTE), standing(MINUTE), upright(31 * MINUTE))
    assert [t_s / MINUTE for t_s, _ in diary.said(SitBreak)] == [30, 116]


# A day


def test_a_workday_in_milliseconds() -> None:
    """Quarters with ten calm minutes, a slump of three, a stretch; an hour of lunch; no camera for a while."""
    quarter = (upright(10 * MINUTE), tipped(3 * MINUTE, 70.0), standing(100), unknown(20))
    diary = Diary(fps=1)
    began = time.perf_counter()
    diary.live(*quarter * 16).live(away(HOUR)).sleep(10 * MINUTE).live(*quarter * 12)
    took_s = time.perf_counter() - began
    assert [kind for _, kind in diary.warned] == ["dwell"] * 28
    assert diary.answers == [(number, 60.0) for number in range(1, 29)]
    assert len(diary.cues) == 2 * 28
    assert took_s / diary.t_s < 1e-3  # a second of the day takes less than a millisecond
