"""The leaky dose: slumps with breaks too short to recover in."""

from __future__ import annotations

import math

import pytest
from alert_diary import MINUTE, Diary, Stretch, away, standing, tipped, unknown, upright

from monitor.alerts import AlertSettings, Warn
from monitor.alerts.dose import dose_after, drained, is_loading
from monitor.judgement.assessment import NAN, Assessment, State

SETTINGS = AlertSettings()
NO_DWELL = AlertSettings(dwell_s=3600)


def frame(state: State, pct: float) -> Assessment:
    return Assessment(0.0, state, tilt_pct=pct)


@pytest.mark.parametrize(("pct", "minutes"), [(60.0, 13.0), (75.0, 8.6), (100.0, 5.6)])
def test_the_times_of_the_brief(pct: float, minutes: float) -> None:
    diary = Diary(NO_DWELL).live(tipped(15 * MINUTE, pct))
    at_s, kind = diary.warned[0]
    assert kind == "dose"
    assert at_s / MINUTE == pytest.approx(minutes, abs=0.06)


def test_a_tilt_below_the_limit_never_adds_up_to_it() -> None:
    assert Diary().live(upright(480 * MINUTE, 44.0)).warned == []


def test_just_below_tipped_adds_up_in_the_end() -> None:
    assert Diary().live(upright(30 * MINUTE, 49.0)).warned[0][1] == "dose"


def test_many_slumps_with_short_breaks() -> None:
    diary = Diary().live(*(tipped(110, 90.0), upright(15)) * 8)
    assert [kind for _, kind in diary.warned] == ["dose"]
    ((_, warning),) = diary.said(Warn)
    assert "on and off" in warning.text


def test_many_slumps_with_breaks_long_enough() -> None:
    assert Diary().live(*(tipped(90, 90.0), upright(4 * MINUTE)) * 20).warned == []


def test_it_can_be_switched_off() -> None:
    assert Diary(AlertSettings(dwell_s=3600, dose_warning=False)).live(tipped(40 * MINUTE, 100.0)).warned == []


def test_a_dwell_warning_silences_the_dose_within_the_cool_down() -> None:
    assert Diary().live(tipped(11 * MINUTE, 100.0)).warned == [(120.0, "dwell")]


def test_a_dose_warning_is_answered_by_tilting_less() -> None:
    diary = Diary().live(upright(27 * MINUTE, 49.0), upright(MINUTE, 10.0))
    ((number, after_s),) = diary.answers
    assert number == 1
    assert after_s > 0.5  # not at the next frame, though the state was upright all the time


@pytest.mark.parametrize(
    "rest", [upright(174, 0.0), standing(174), away(174), Stretch(State.RECLINED, 174, 80.0), upright(174, 24.9)]
)
def test_recovery_takes_the_time_constant(rest: Stretch) -> None:
    diary = Diary(NO_DWELL).live(tipped(4 * MINUTE, 100.0), upright(0.5, 0.0))
    before = diary.state.dose
    diary.live(rest)
    assert diary.state.dose == pytest.approx(before / math.e, rel=0.005)


@pytest.mark.parametrize("blind", [unknown(300), Stretch(State.TIPPED, 300, NAN), Stretch(State.UPRIGHT, 300, NAN)])
def test_what_is_not_known_neither_adds_nor_drains(blind: Stretch) -> None:
    diary = Diary(NO_DWELL).live(tipped(4 * MINUTE, 100.0), unknown(0.5))
    before = diary.state.dose
    diary.live(blind)
    assert diary.state.dose == before


def test_half_is_gone_after_two_minutes() -> None:
    assert drained(1.0, 2 * MINUTE, SETTINGS) == pytest.approx(0.5, abs=0.005)


@pytest.mark.parametrize("pct", [25.0, 60.0, 100.0, 400.0])
def test_one_step_or_many_are_the_same(pct: float) -> None:
    whole = dose_after(0.1, frame(State.TIPPED, pct), 300.0, SETTINGS)
    parts = 0.1
    for _ in range(3000):
        parts = dose_after(parts, frame(State.TIPPED, pct), 0.1, SETTINGS)
    assert parts == pytest.approx(whole, rel=1e-9)
    assert 0 <= whole <= 1


@pytest.mark.parametrize(
    ("state", "pct", "loading"),
    [
        (State.TIPPED, 60.0, True),
        (State.UPRIGHT, 25.0, True),
        (State.UPRIGHT, 24.0, False),
        (State.TIPPED, NAN, False),
        (State.RECLINED, 90.0, False),
        (State.LEANING, 90.0, False),
        (State.UNKNOWN, 90.0, False),
        (State.AWAY, 90.0, False),
    ],
)
def test_which_postures_load(state: State, pct: float, loading: bool) -> None:
    assert is_loading(frame(state, pct), SETTINGS) is loading
