from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from monitor.judgement.assessment import State
from monitor.reports.strips import MOST_POINTS, day_rows, day_strip, runs
from monitor.tiltlog.hours import COLUMNS, UNKNOWN_TILT, Minutes
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.periods import Days
from monitor.tiltlog.reader import HourPart
from monitor.tiltlog.records import NOT_OBSERVED, Bout, BoutState, GivenWarning, LogSlice, Note, Sample, SessionInfo

NINE_S = datetime(2026, 3, 2, 9, 0, tzinfo=UTC).timestamp()
DAY = datetime(2026, 3, 2, tzinfo=UTC).date()
HERE = LocalClock()


def session(session_id: int = 1, **limits: float) -> SessionInfo:
    return SessionInfo(session_id, NINE_S, None, "desk", "camera 0", "live", "network", "0", **limits)


def bout(state: BoutState, start_s: float, end_s: float, session_id: int = 1) -> Bout:
    return Bout(session_id, state, "", NINE_S + start_s, NINE_S + end_s)


def slice_of(bouts: list[Bout], samples: list[Sample] | None = None, **about: object) -> LogSlice:
    line = TimeLine.of(samples or [])
    sessions = about.pop("sessions", (session(),))
    return LogSlice(NINE_S, NINE_S + 86400, sessions, line, tuple(bouts), **about)


def test_time_between_and_around_what_was_observed_is_unseen() -> None:
    bouts = [bout(State.UPRIGHT, 600, 1200), bout(NOT_OBSERVED, 1200, 1800), bout(State.TIPPED, 1800, 6000)]
    strip = day_strip(slice_of(bouts), (), {}, HERE)
    assert (strip.start_utc_s, strip.end_utc_s) == (NINE_S + 600, NINE_S + 6000)
    assert strip.unseen == ((NINE_S + 1200, 600.0),)
    assert strip.spans == {"upright": ((NINE_S + 600, 600.0),), "tipped": ((NINE_S + 1800, 4200.0),)}


def test_a_point_is_the_mean_of_what_is_known_around_it() -> None:
    known = [Sample(1, NINE_S + t, State.UPRIGHT, tilt_deg=float(t % 10), tilt_low_deg=-1.0) for t in range(40)]
    known += [Sample(1, NINE_S + t, State.UNKNOWN) for t in range(40, 7200)]
    strip = day_strip(slice_of([bout(State.UPRIGHT, 0, 7200)], known), (), {}, HERE)
    assert strip.bin_s == 5.0
    assert strip.tilt_deg[:8].tolist() == [2.0, 7.0] * 4
    assert strip.low_deg[:8].tolist() == [-1.0] * 8
    assert np.isnan(strip.tilt_deg[8:]).all()
    assert np.isnan(strip.high_deg).all()


@pytest.mark.parametrize("hours", [0.05, 1, 8, 24])
def test_an_axis_has_few_ticks_and_a_line_few_points(hours: float) -> None:
    strip = day_strip(slice_of([bout(State.UPRIGHT, 0, 3600 * hours)]), (), {}, HERE)
    assert 2 <= len(strip.ticks) <= 13
    assert len(strip.t_utc_s) <= MOST_POINTS
    assert strip.start_utc_s <= NINE_S
    assert strip.end_utc_s >= NINE_S + 3600 * hours


def test_times_are_those_of_the_place_where_the_log_was_written() -> None:
    strip = day_strip(slice_of([bout(State.UPRIGHT, 0, 1200)]), (), {}, LocalClock(((0.0, 5 * 3600 + 1800),)))
    assert strip.ticks[0] == (NINE_S, "14:30")


def test_clocks_that_change_change_the_ticks() -> None:
    clock = LocalClock(((0.0, 3600), (NINE_S + 3600, 7200)))
    strip = day_strip(slice_of([bout(State.UPRIGHT, 0, 3 * 3600)]), (), {}, clock)
    assert [words for _, words in strip.ticks[::4]] == ["10:00", "12:00", "13:00", "14:00"]


def test_thresholds_stand_while_their_session_looked() -> None:
    sessions = (session(1, enter_deg=6.0), session(2, enter_deg=8.0), session(3, enter_deg=9.0))
    bouts = [bout(State.UPRIGHT, 0, 60), bout(State.UPRIGHT, 60, 90), bout(State.UPRIGHT, 120, 180, 2)]
    strip = day_strip(slice_of(bouts, sessions=sessions), (), {}, HERE)
    told = [(each.start_utc_s - NINE_S, each.end_utc_s - NINE_S, each.enter_deg) for each in strip.limits]
    assert told == [(0.0, 90.0, 6.0), (120.0, 180.0, 8.0)]


def hour_part(hour: int, ticks_of_minutes: dict[int, dict[str, int]], session_id: int = 1) -> HourPart:
    ticks = np.zeros((60, len(COLUMNS)), dtype=np.int64)
    for minute, states in ticks_of_minutes.items():
        for state, number in states.items():
            ticks[minute, COLUMNS.index(state)] = number
    return HourPart(DAY, hour, session_id, {}, 0, Minutes(ticks, np.full(60, UNKNOWN_TILT)).packed())


def test_a_minute_shows_the_state_that_took_most_of_it_over_all_sessions() -> None:
    parts = [
        hour_part(9, {0: {"tipped": 250}, 1: {"upright": 600}}),
        hour_part(9, {0: {"upright": 200, "tipped": 0}, 2: {NOT_OBSERVED: 600}}, 2),
        hour_part(9, {0: {"upright": 100}}, 3),
    ]
    warning = GivenWarning(1, 1, NINE_S + 75, "dwell", "", "")
    (row,) = day_rows(parts, Days(DAY, DAY), HERE, [warning], [Note(7, NINE_S + 120, "")])
    assert [COLUMNS[code] for code in row.states[540:543]] == ["upright", "upright", NOT_OBSERVED]
    assert set(row.states[:540].tolist()) == {-1} == set(row.states[543:].tolist())
    assert (row.warnings_min, row.notes) == ((541,), ((542, 1),))


def test_runs_hold_together_what_is_the_same() -> None:
    assert runs(np.array([-1, -1, 3, 3, 3, 0])) == [(-1, 0, 2), (3, 2, 3), (0, 5, 1)]
