"""The range hour by hour, day by day or week by week, as a table. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable

from monitor.day_words import pct_words
from monitor.reports.dates import day_month, short_day
from monitor.reports.parts import Table
from monitor.tiltlog.periods import Days, Period, Point, Sitting
from monitor.tiltlog.reader import DayPart, HourPart
from monitor.words import duration_words

COLUMNS = ("Seated", "Could be judged", "Tipped back", "Position changes")


def by_hours(hours: Iterable[HourPart], period: Period) -> Table | None:
    """The hours of a day in which somebody sat; None without any."""
    changes: dict[int, int] = {}
    for part in hours:
        if part.day == period.days.first:
            changes[part.hour] = changes.get(part.hour, 0) + part.changes
    rows = []
    for hour, (sitting,) in zip(period.heat.hours, period.heat.cells, strict=True):
        if sitting.seated + sitting.unknown:
            number = str(changes.get(hour, 0)) if sitting.has_share else "–"
            rows.append((f"{hour:02d}:00 to {hour + 1:02d}:00", *_sitting(sitting, sitting.tipped_pct), number))
    return Table(("Hour", *COLUMNS), tuple(rows)) if rows else None


def by_days(parts: Iterable[DayPart], period: Period) -> Table | None:
    """The days, or the median days of the weeks, on which somebody sat; None without any."""
    given: dict[Days, int] = {}
    columns = {day: point.days for point in period.trend.points for day in point.days.all}
    for part in parts:
        if part.day in columns:
            given[columns[part.day]] = given.get(columns[part.day], 0) + part.totals.given
    rows = []
    for point in period.trend.points:
        if point.sitting.seated + point.sitting.unknown:
            changes = "–" if math.isnan(point.changes_per_hour) else f"{point.changes_per_hour:.0f} an hour"
            cells = _sitting(point.sitting, point.tipped_pct)
            rows.append((_label(point), *cells, changes, str(given.get(point.days, 0))))
    if not rows:
        return None
    weekly = len(period.trend.points) < len(period.days.all)
    return Table(("Week (median day)" if weekly else "Day", *COLUMNS, "Warnings"), tuple(rows))


def _sitting(sitting: Sitting, tipped_pct: float) -> tuple[str, str, str]:
    return duration_words(sitting.seated_s), pct_words(sitting.coverage_pct), pct_words(tipped_pct)


def _label(point: Point) -> str:
    days = point.days
    return short_day(days.first) if days.is_day else f"{day_month(days.first)} to {day_month(days.last)}"
