from __future__ import annotations

import math
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiltlog_days import frame, session, start

from monitor.judgement.assessment import State
from monitor.tiltlog.hours import COLUMNS, UNKNOWN_TILT, Minutes
from monitor.tiltlog.periods import (
    DAYS_AS_COLUMNS,
    Days,
    Period,
    Point,
    Sitting,
    columns_of,
    heat_map,
    period_of,
    stand_out,
    trend,
    weeks_of,
)
from monitor.tiltlog.reader import DayPart, HourPart, LogReader
from monitor.tiltlog.records import NOT_OBSERVED
from monitor.tiltlog.store import TiltLog
from monitor.tiltlog.totals import Totals

MONDAY = date(2026, 10, 5)
WEEK = Days(MONDAY, date(2026, 10, 11))
NO_MINUTES = Minutes(np.zeros((60, len(COLUMNS)), dtype=np.int64), np.full(60, UNKNOWN_TILT))
MIN = 60.0


def day(number: int) -> date:
    """A day counted from that Monday."""
    return MONDAY + timedelta(days=number)


def hour(number: int, at: int, session_id: int = 1, **state_s: float) -> HourPart:
    state_ticks = {state: round(10 * seconds) for state, seconds in state_s.items()}
    return HourPart(day(number), at, session_id, state_ticks, 0, NO_MINUTES)


def part(number: int, *, changes: int = 0, placed: int = 1, **state_s: float) -> DayPart:
    state_ticks = {state: round(10 * seconds) for state, seconds in state_s.items()}
    return DayPart(day(number), session(1), Totals(state_ticks=state_ticks, changes=changes, placed=placed))


def sat(number: int, minutes: float, tipped_pct: float, **more: int) -> DayPart:
    """A day with so many minutes seated."""
    tipped_s = minutes * MIN * tipped_pct / 100
    return part(number, tipped=tipped_s, upright=minutes * MIN - tipped_s, **more)


def test_a_cell_is_the_share_of_what_was_judged_in_that_hour() -> None:
    heat = heat_map([hour(1, 10, tipped=600, upright=1200, leaning=600, unknown=600, away=600)], WEEK)
    assert heat.hours == (10,)
    assert [column.first for column in heat.columns] == [day(n) for n in range(7)]
    cell = heat.cells[0][1]
    assert cell.seated_s == 2400
    assert cell.tipped_pct == 25
    assert cell.coverage_pct == 80


def test_sessions_of_the_same_hour_count_together() -> None:
    heat = heat_map([hour(0, 9, 1, tipped=300, upright=300), hour(0, 9, 2, reclined=600)], WEEK)
    assert heat.cells[0][0].tipped_pct == 25


@pytest.mark.parametrize(("seated_s", "is_known"), [(119.9, False), (120.0, True)])
def test_under_two_minutes_tell_no_share(seated_s: float, is_known: bool) -> None:
    cell = heat_map([hour(0, 9, tipped=60, upright=seated_s - 60)], WEEK).cells[0][0]
    assert math.isfinite(cell.tipped_pct) is is_known
    assert cell.coverage_pct == 100


def test_hours_without_sitting_in_between_stay_and_those_around_do_not() -> None:
    heat = heat_map([hour(0, 7, away=3600), hour(0, 9, upright=900), hour(3, 12, unknown=60)], WEEK)
    assert heat.hours == (9, 10, 11, 12)
    assert math.isnan(heat.cells[1][0].tipped_pct)
    assert math.isnan(heat.cells[1][0].coverage_pct)
    assert heat.cells[3][3].coverage_pct == 0


def test_what_kept_a_cell_empty_is_told_apart() -> None:
    cells = heat_map([hour(0, 9, upright=900), hour(1, 9, away=900), hour(2, 9, **{NOT_OBSERVED: 900})], WEEK).cells[0]
    assert (cells[1].elsewhere, cells[1].is_observed) == (9000, True)
    assert (cells[2].unseen, cells[2].is_observed) == (9000, False)
    assert cells[3] == Sitting()


def test_six_weeks_have_days_as_columns_and_more_have_weeks() -> None:
    assert len(columns_of(Days(day(0), day(DAYS_AS_COLUMNS - 1)))) == 42
    assert len(columns_of(Days(day(0), day(DAYS_AS_COLUMNS)))) == 7


def test_weeks_are_iso_weeks_cut_to_the_span() -> None:
    weeks = weeks_of(Days(date(2027, 1, 1), date(2027, 1, 12)))
    assert [(week.first.day, week.last.day) for week in weeks] == [(1, 3), (4, 10), (11, 12)]
    assert [week.first.isocalendar().week for week in weeks] == [53, 1, 2]


def test_the_busiest_day_of_a_week_stands_for_a_cell() -> None:
    heat = heat_map([hour(0, 9, upright=600), hour(2, 9, upright=500, unknown=200)], Days(day(0), day(60)))
    assert heat.busiest[0][0] == day(2)
    assert heat.busiest[0][1] is None


def test_the_median_day_of_an_odd_number_is_one_of_them() -> None:
    (week,) = trend([sat(0, 60, 10), sat(1, 400, 50), sat(2, 60, 20)], WEEK).weeks
    assert week.tipped_pct == 20
    assert week.middle == (day(2),)
    assert week.counted == 3


def test_the_median_day_of_an_even_number_lies_between_two() -> None:
    (week,) = trend([sat(0, 60, 10), sat(1, 60, 50), sat(2, 60, 20), sat(4, 60, 30)], WEEK).weeks
    assert week.tipped_pct == 25
    assert week.middle == (day(2), day(4))


def test_days_under_half_an_hour_do_not_count_for_the_median_day() -> None:
    found = trend([sat(0, 29.9, 90), sat(1, 30, 10)], WEEK)
    assert found.weeks[0].tipped_pct == 10
    assert found.weeks[0].sitting.seated_s == 30 * MIN
    assert [point.counted for point in found.points] == [0, 1, 0, 0, 0, 0, 0]
    assert found.points[0].tipped_pct == pytest.approx(90)


def test_a_week_without_a_day_that_counts_is_not_known() -> None:
    (week,) = trend([sat(0, 10, 40)], WEEK).weeks
    assert math.isnan(week.tipped_pct)
    assert week.sitting.seated_s == 600
    assert week.middle == ()


def test_the_parts_of_a_day_count_together() -> None:
    found = trend([sat(0, 20, 0, changes=3), sat(0, 20, 50, changes=5)], WEEK)
    assert found.points[0].tipped_pct == 25
    assert found.points[0].changes_per_hour == pytest.approx(12)


def test_position_changes_of_a_week_are_those_of_its_median_day() -> None:
    found = trend([sat(0, 60, 1, changes=30), sat(1, 60, 2, changes=10), sat(2, 120, 3, changes=24)], WEEK)
    assert [point.changes_per_hour for point in found.points[:3]] == [30, 10, 12]
    assert found.weeks[0].changes_per_hour == 12


def test_position_changes_are_not_known_where_no_position_is() -> None:
    found = trend([sat(0, 60, 1, placed=0)], WEEK)
    assert math.isnan(found.points[0].changes_per_hour)
    assert math.isnan(found.weeks[0].changes_per_hour)
    assert found.weeks[0].tipped_pct == pytest.approx(1)


def test_the_coverage_of_a_week_is_that_of_the_days_that_count() -> None:
    (week,) = trend([part(0, upright=3000, unknown=1000), part(1, upright=60, unknown=9000)], WEEK).weeks
    assert week.sitting.coverage_pct == 75


def test_a_long_span_has_a_point_for_each_week() -> None:
    found = trend([sat(0, 60, 10), sat(8, 60, 30)], Days(day(0), day(50)))
    assert found.points == found.weeks
    assert [point.tipped_pct for point in found.points[:2]] == [10, 30]
    assert math.isnan(found.points[2].tipped_pct)


def test_a_span_with_gaps_says_how_many_days_have_nothing() -> None:
    parts = [sat(1, 60, 10), part(2, away=100), part(3, **{NOT_OBSERVED: 100}), sat(5, 60, 30)]
    found = period_of(parts, (), WEEK)
    assert (found.first_day, found.last_day, found.empty_days) == (day(1), day(5), 2)
    assert found.seated_days == 2
    assert found.whole.seated_s == 7200
    assert found.whole.tipped_pct == 20


def test_a_span_without_anything_is_not_known() -> None:
    found = period_of((), (), WEEK)
    assert found.heat.hours == ()
    assert len(found.heat.columns) == 7
    assert math.isnan(found.whole.tipped_pct)
    assert (found.first_day, found.last_day, found.empty_days, found.seated_days) == (None, None, 0, 0)
    assert found.trend.points == tuple(Point(Days(each, each)) for each in WEEK.all)


def test_other_days_are_left_out() -> None:
    found = period_of([sat(-1, 60, 90), sat(7, 60, 90)], [hour(-1, 9, upright=900), hour(7, 9, upright=900)], WEEK)
    assert found == period_of((), (), WEEK)


def test_what_stands_out_is_where_most_of_the_far_tipped_time_is() -> None:
    rows = ((9.0,) * 6, (8.0,) * 6, (7.0,) * 6, (0, 1, 0, 4, 0, 0), (0, 0, 0, 2, 3, 0))
    found = stand_out(rows)
    assert found.far_pct == 10
    assert found.column == 3
    assert found.column_pct == 60


def test_nothing_stands_out_without_far_tipped_time() -> None:
    found = stand_out(((9.0,) * 6, (1.0,) * 6, (0.0,) * 6, (0.0,) * 6, (0.0,) * 6))
    assert found.far_pct == 0
    assert math.isnan(found.column_pct)


def test_a_log_gives_hours_that_add_up_to_its_days(tmp_path: Path) -> None:
    path = tmp_path / "tilt.sqlite"
    with TiltLog.open(path, lambda _: 3600) as log:
        for number, tipped_s in ((0, 300), (1, 200)):
            begin = datetime(2026, 10, 5 + number, 8, 55, tzinfo=UTC)
            written = start(log, begin)
            for second in range(600):
                state = State.TIPPED if second < tipped_s else State.UPRIGHT
                written.record(frame(float(second), state, tilt_pct=10.0, tilt_deg=1.0))
            written.end(600.0)
    with LogReader.open(path) as reader:
        found = period_of(reader.totals(WEEK.first, WEEK.last), reader.hours(WEEK.first, WEEK.last), WEEK)
    assert found.heat.hours == (9, 10)  # 9:55 local time
    assert [row[0].tipped_pct for row in found.heat.cells] == [100, 0]
    assert found.heat.cells[0][1].tipped_pct == pytest.approx(200 / 3)
    _adds_up(found)


days_of_hours = st.dictionaries(
    st.tuples(st.integers(0, 90), st.integers(0, 23)),
    st.dictionaries(st.sampled_from(COLUMNS), st.integers(1, 6000), max_size=4),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(days_of_hours, st.integers(0, 90))
def test_the_cells_add_up_to_the_days(by_hour: dict[tuple[int, int], dict[str, int]], last: int) -> None:
    totals: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    hours = []
    for (number, at), state_ticks in by_hour.items():
        hours.append(hour(number, at, **{state: ticks / 10 for state, ticks in state_ticks.items()}))
        for state, ticks in state_ticks.items():
            totals[number][state] += ticks
    parts = [DayPart(day(n), session(1), Totals(state_ticks=dict(ticks), placed=1)) for n, ticks in totals.items()]
    found = period_of(parts, hours, Days(day(0), day(last)))
    _adds_up(found)
    assert [each for column in found.heat.columns for each in column.all] == list(found.days.all)
    assert [each for week in found.trend.weeks for each in week.days.all] == list(found.days.all)


@given(st.lists(st.tuples(st.integers(1, 600), st.integers(0, 100)), min_size=1, max_size=7))
def test_the_median_day_lies_within_the_days_that_count(days: list[tuple[int, int]]) -> None:
    found = trend([sat(number, minutes, share) for number, (minutes, share) in enumerate(days)], WEEK)
    counted = [point.tipped_pct for point in found.points if point.counted]
    (week,) = found.weeks
    assert week.counted == len(counted) == sum(minutes >= 30 for minutes, _ in days)
    assert math.isnan(week.tipped_pct) if not counted else week.tipped_pct == pytest.approx(np.median(counted))
    shares = [point.tipped_pct for point in found.points if point.days.first in week.middle]
    assert not counted or week.tipped_pct == pytest.approx(sum(shares) / len(shares))


def _adds_up(found: Period) -> None:
    """Sitting is in cells of its own; hours without any are beside the map."""
    cells = sum((cell for row in found.heat.cells for cell in row), Sitting())
    assert (cells.seated, cells.tipped, cells.unknown) == (found.whole.seated, found.whole.tipped, found.whole.unknown)
    assert cells.elsewhere <= found.whole.elsewhere
