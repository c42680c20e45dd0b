"""The summaries that are kept as the log grows equal a slow scan, whatever the days, gaps, clocks and zones."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_sessions import MIDNIGHT, MIDNIGHT_S, OFFSETS_S, check, runs, write

from monitor.judgement.assessment import State
from monitor.tiltlog.local_days import LocalClock, day_number
from monitor.tiltlog.reader import LogReader


def seconds_by_day(log: LogReader, clock: LocalClock) -> Counter[tuple[int, int, str]]:
    """Second by second, by local day and hour; every time in these logs is a whole second."""
    found: Counter[tuple[int, int, str]] = Counter()
    for bout in log.between(MIDNIGHT - timedelta(days=3), MIDNIGHT + timedelta(days=3), "live").bouts:
        for second in range(round(bout.start_utc_s), round(bout.end_utc_s)):
            local_s = second + clock.offset_s(second)
            found[local_s // 86400, local_s // 3600 % 24, str(bout.state)] += 1
    return found


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(sorted(OFFSETS_S)), st.lists(runs, min_size=1, max_size=3))
def test_kept_summaries_equal_a_slow_scan(zone: str, sessions: list[tuple[int, list[tuple], bool]]) -> None:
    first, last = date(2026, 3, 27), date(2026, 3, 31)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tilt.sqlite"
        log = write(path, OFFSETS_S[zone], sessions)
        with LogReader.open(path) as reader:
            running = reader.totals(first, last)
            check(reader, running)
            hours_running = reader.hours(first, last)
        log.close()
        with LogReader.open(path) as reader:
            kept = reader.totals(first, last)
            check(reader, kept)
            assert [(part.day, part.session.id, part.totals) for part in kept] == [
                (part.day, part.session.id, part.totals) for part in running
            ]
            hours = reader.hours(first, last)
            assert [(h.day, h.hour, h.state_ticks, h.changes) for h in hours] == [
                (h.day, h.hour, h.state_ticks, h.changes) for h in hours_running
            ]
            expected = seconds_by_day(reader, reader.clock)
    by_hour: defaultdict[tuple[int, int, str], float] = defaultdict(float)
    for hour in hours:
        for state, ticks in hour.state_ticks.items():
            by_hour[day_number(hour.day), hour.hour, state] += ticks / 10
        assert hour.minutes.state_ticks.sum() == sum(hour.state_ticks.values())
    assert by_hour == pytest.approx(expected)
    by_day: Counter[int] = Counter()
    for part in kept:
        by_day[day_number(part.day)] += sum(part.totals.state_ticks.values())
    days: Counter[int] = Counter()
    for (number, _, _), seconds in expected.items():
        days[number] += 10 * seconds
    assert +by_day == +days
    assert sum(part.totals.changes for part in kept) == sum(hour.changes for hour in hours)


@pytest.mark.parametrize("zone", sorted(OFFSETS_S))
def test_a_change_of_local_time_is_noticed_within_two_seconds(tmp_path: Path, zone: str) -> None:
    offset_of = OFFSETS_S[zone]
    parts = [(State.UPRIGHT, 7200, 1.0, 10, 0)]
    write(tmp_path / "tilt.sqlite", offset_of, [(0, parts, True)]).close()
    with LogReader.open(tmp_path / "tilt.sqlite") as reader:
        clock = reader.clock
    moments = [MIDNIGHT_S + t for t in (0, 1799, 1803, 3599, 3603, 7199)]
    assert [clock.offset_s(t) for t in moments] == [offset_of(t) for t in moments]


def test_a_flight_to_the_west_gives_back_the_day_that_was_left() -> None:
    clock = LocalClock(((0.0, 32400), (MIDNIGHT_S + 1800, -28800)))  # at 09:30 it becomes 16:30 of the day before
    before, same_day = date(2026, 3, 28), date(2026, 3, 29)
    assert clock.day_of(MIDNIGHT_S) == same_day
    assert clock.day_of(MIDNIGHT_S + 1800) == before
    assert [(s.start_utc_s - MIDNIGHT_S, s.end_utc_s - MIDNIGHT_S) for s in clock.stretches(before)] == [
        (-33 * 3600, -9 * 3600),
        (1800, 8 * 3600),
    ]
    assert sum(s.duration_s for s in clock.stretches(same_day)) == 9.5 * 3600 + 24 * 3600


@pytest.mark.parametrize(("offset_after_s", "hours"), [(7200, 23), (0, 25)])
def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is(offset_after_s: int, hours: int) -> None:
    clock = LocalClock(((0.0, 3600), (MIDNIGHT_S + 3600, offset_after_s)))
    (day,) = clock.stretches(date(2026, 3, 29))
    assert day.duration_s == hours * 3600
    assert clock.local(day.start_utc_s).isoformat() == "2026-03-29T00:00:00+01:00"


def test_a_day_begins_at_local_midnight_also_before_the_first_and_after_the_last_entry() -> None:
    clock = LocalClock(((MIDNIGHT_S, 32400),))
    for days in (-400, 0, 400):
        day = MIDNIGHT.date() + timedelta(days=days)
        assert clock.bounds(day, day)[0] == MIDNIGHT_S + days * 86400 - 32400


@given(st.integers(0, 10**11).map(lambda ticks: ticks / 10), st.sampled_from(sorted(OFFSETS_S)))
def test_every_moment_lies_in_its_own_day_and_hour(t_utc_s: float, zone: str) -> None:
    offset_of = OFFSETS_S[zone]
    clock = LocalClock(((MIDNIGHT_S - 1e9, offset_of(0)), (MIDNIGHT_S + 1800, offset_of(math.inf))))
    day, hour = clock.day_of(t_utc_s), clock.hour_of(t_utc_s)
    assert sum(s.start_utc_s <= t_utc_s < s.end_utc_s for s in clock.stretches(day)) == 1
    assert sum(s.start_utc_s <= t_utc_s < s.end_utc_s for s in clock.hour_stretches(hour)) == 1
    assert clock.local(t_utc_s).date() == day
    assert clock.local(t_utc_s).hour == hour % 24


def test_a_time_on_the_wall_is_the_first_moment_at_which_the_clock_showed_it() -> None:
    clock = LocalClock(((0.0, 7200), (MIDNIGHT_S + 3600, 3600)))  # at 03:00 it becomes 02:00
    wall = datetime(2026, 3, 29, 9, 0)  # noqa: DTZ001 - of a wall
    assert clock.utc_of(wall) == MIDNIGHT_S + 8 * 3600
    assert clock.utc_of(wall.replace(hour=2, minute=30)) == MIDNIGHT_S + 1800
    forward = LocalClock(((0.0, 3600), (MIDNIGHT_S + 3600, 7200)))  # at 02:00 it becomes 03:00
    assert clock.local(clock.utc_of(wall)).replace(tzinfo=None) == wall
    assert forward.utc_of(wall.replace(hour=2, minute=30)) == MIDNIGHT_S + 3600 + 1800
