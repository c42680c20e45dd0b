"""Weeks, months and years from `LogReader.totals` and `.hours`: shares along hours and days, the median day. Pure.

Weeks are ISO weeks, from Monday on, cut to the span.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from monitor.judgement.assessment import SEATED_STATES, State
from monitor.tiltlog.eva import ROW_EDGES_PCT, EvaMatrix
from monitor.tiltlog.reader import DayPart, HourPart
from monitor.tiltlog.records import NOT_OBSERVED, TICKS_PER_S
from monitor.tiltlog.totals import Totals

DAYS_AS_COLUMNS: Final = 42
"""Up to six weeks every day has a column of its own; a longer span has one for each week."""
MIN_SHARE_S: Final = 2 * 60.0
"""Less seated time than this tells no share."""
MIN_DAY_S: Final = 30 * 60.0
"""A day with less seated time than this does not count for the median day."""
FAR_PCT: Final = 50.0
"""From this tilt on, in percent of the person's own slump, an exposure matrix is asked what stands out."""
_SEATED = tuple(map(str, SEATED_STATES))
_TIPPED, _UNKNOWN, _STANDING, _AWAY = map(str, (State.TIPPED, State.UNKNOWN, State.STANDING, State.AWAY))
"""As plain text: a look-up by a member of `State` takes several times as long, and a year has thousands."""


@dataclass(frozen=True, slots=True)
class Days:
    """Local days, from first to last (included)."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """True for a single day."""
        return self.first == self.last

    @property
    def all(self) -> tuple[date, ...]:
        """Each of them."""
        return tuple(map(date.fromordinal, range(self.first.toordinal(), self.last.toordinal() + 1)))


@dataclass(frozen=True, slots=True)
class Sitting:
    """What was seen in some stretch of time. Times are in ticks, tenths of a second, so that sums are exact.

    Attributes:
        seated: judged as seated, tipped included.
        unknown: somebody was there and could not be judged.
        elsewhere: standing or away.
        unseen: not observed.
    """

    seated: int = 0
    tipped: int = 0
    unknown: int = 0
    elsewhere: int = 0
    unseen: int = 0

    @classmethod
    def of(cls, state_ticks: Mapping[str, int]) -> Sitting:
        """From the time in each state."""
        return cls(*_counts(state_ticks))

    @property
    def seated_s(self) -> float:
        """Observed seated time, seconds."""
        return self.seated / TICKS_PER_S

    @property
    def has_share(self) -> bool:
        """Whether there was enough seated time to tell a share."""
        return self.seated_s >= MIN_SHARE_S

    @property
    def tipped_pct(self) -> float:
        """Share of the observed seated time that was tipped; NaN where there is too little of it."""
        return 100.0 * self.tipped / self.seated if self.has_share else math.nan

    @property
    def coverage_pct(self) -> float:
        """Share of sitting time that could be judged; NaN without any."""
        sat = self.seated + self.unknown
        return 100.0 * self.seated / sat if sat else math.nan

    @property
    def is_observed(self) -> bool:
        """Whether a camera looked at all."""
        return self.seated + self.unknown + self.elsewhere > 0

    def __add__(self, other: Sitting) -> Sitting:
        tipped, unknown = self.tipped + other.tipped, self.unknown + other.unknown
        elsewhere, unseen = self.elsewhere + other.elsewhere, self.unseen + other.unseen
        return Sitting(self.seated + other.seated, tipped, unknown, elsewhere, unseen)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The sitting in each hour of the day (rows), by days or weeks (columns).

    Attributes:
        hours: hours of the day from the first to the last in which somebody sat, 0 to 23.
        cells: rows by columns.
        busiest: for each cell the day with most sitting in it; None where nobody sat.
    """

    columns: tuple[Days, ...]
    hours: tuple[int, ...]
    cells: tuple[tuple[Sitting, ...], ...]
    busiest: tuple[tuple[date | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A day, or the median day of a week.

    Attributes:
        sitting: all of these days; of a week, those that count.
        tipped_pct, changes_per_hour: of the day, or the medians over the days that count; NaN not known.
        counted: how many days count: those with at least `MIN_DAY_S` seated.
        middle: the day that has the median share; two for an even number of days.
    """

    days: Days
    sitting: Sitting = Sitting()
    tipped_pct: float = math.nan
    changes_per_hour: float = math.nan
    counted: int = 0
    middle: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Trend:
    """A point for each column of the heat map, and one for each week."""

    points: tuple[Point, ...]
    weeks: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """All that the review shows of a span.

    Attributes:
        whole: the sitting of all its days.
        seated_days: on how many days somebody was seen sitting.
        first_day, last_day: the first and last day on which a camera looked; None without any.
        empty_days: how many days between those two have nothing.
    """

    days: Days
    heat: HeatMap
    trend: Trend
    whole: Sitting
    seated_days: int
    first_day: date | None
    last_day: date | None
    empty_days: int


@dataclass(frozen=True, slots=True)
class StandOut:
    """In which stretches the far tipped time came.

    Attributes:
        far_pct: share of the observed seated time that was tipped by `FAR_PCT` or more.
        column: the column of the matrix that holds most of it; the later one of two that hold the same.
        column_pct: which share of it that column holds; NaN without any.
    """

    far_pct: float
    column: int
    column_pct: float


def weeks_of(days: Days) -> tuple[Days, ...]:
    """The ISO weeks of a span; the first and the last are cut to it."""
    weeks, first = [], days.first
    while first <= days.last:
        last = min(first + timedelta(days=6 - first.weekday()), days.last)
        weeks.append(Days(first, last))
        first = last + timedelta(days=1)
    return tuple(weeks)


def columns_of(days: Days) -> tuple[Days, ...]:
    """Each day of a short span, or each week of a long one."""
    if (days.last - days.first).days < DAYS_AS_COLUMNS:
        return tuple(Days(day, day) for day in days.all)
    return weeks_of(days)


def heat_map(hours: Iterable[HourPart], days: Days) -> HeatMap:
    """The heat map of a span; hours of other days are left out."""
    columns = columns_of(days)
    place = {day: index for index, column in enumerate(columns) for day in column.all}
    parts: defaultdict[tuple[int, int], defaultdict[date, list[tuple[int, ...]]]]
    parts = defaultdict(lambda: defaultdict(list))
    for hour in hours:
        column = place.get(hour.day)
        if column is not None:
            parts[hour.hour, column][hour.day].append(_counts(hour.state_ticks))
    sums = {
        key: Sitting(*map(sum, zip(*(each for day in by_day.values() for each in day), strict=True)))
        for key, by_day in parts.items()
    }
    sat = [hour for (hour, _), cell in sums.items() if cell.seated + cell.unknown]
    rows, nothing = tuple(range(min(sat), max(sat) + 1)) if sat else (), Sitting()
    return HeatMap(
        columns,
        rows,
        tuple(tuple(sums.get((hour, index), nothing) for index in range(len(columns))) for hour in rows),
        tuple(tuple(_busiest(parts.get((hour, index), {})) for index in range(len(columns))) for hour in rows),
    )


def trend(parts: Iterable[DayPart], days: Days) -> Trend:
    """The trend of a span; other days are left out."""
    totals: defaultdict[date, list[Totals]] = defaultdict(list)
    for part in parts:
        totals[part.day].append(part.totals)
    points = tuple(_day(day, totals[day]) if day in totals else Point(Days(day, day)) for day in days.all)
    by_day = dict(zip(days.all, points, strict=True))
    weeks = tuple(_week(week, [by_day[day] for day in week.all]) for week in weeks_of(days))
    return Trend(points if len(columns_of(days)) == len(points) else weeks, weeks)


def period_of(parts: Iterable[DayPart], hours: Iterable[HourPart], days: Days) -> Period:
    """All that the review shows of a span."""
    parts = [part for part in parts if days.first <= part.day <= days.last]
    by_day: defaultdict[date, Sitting] = defaultdict(Sitting)
    for part in parts:
        by_day[part.day] += Sitting.of(part.totals.state_ticks)
    observed = sorted(day for day, sitting in by_day.items() if sitting.is_observed)
    return Period(
        days,
        heat_map(hours, days),
        trend(parts, days),
        _sum(by_day.values()),
        sum(sitting.seated + sitting.unknown > 0 for sitting in by_day.values()),
        observed[0] if observed else None,
        observed[-1] if observed else None,
        (observed[-1] - observed[0]).days + 1 - len(observed) if observed else 0,
    )


def stand_out(matrix: EvaMatrix) -> StandOut:
    """In which stretches the far tipped time of an exposure matrix came."""
    far = [row for row, low in zip(matrix[1:], ROW_EDGES_PCT, strict=True) if low >= FAR_PCT]
    columns = [math.fsum(column) for column in zip(*far, strict=True)]
    far_pct, most = math.fsum(columns), max(range(len(columns)), key=lambda index: (columns[index], index))
    return StandOut(far_pct, most, 100.0 * columns[most] / far_pct if far_pct > 0 else math.nan)


def _sum(parts: Iterable[Sitting]) -> Sitting:
    whole, *others = tuple(parts) or (Sitting(),)
    for other in others:
        whole += other
    return whole


def _counts(state_ticks: Mapping[str, int]) -> tuple[int, int, int, int, int]:
    """The fields of a `Sitting`."""
    known = state_ticks.get
    elsewhere = known(_STANDING, 0) + known(_AWAY, 0)
    return sum([known(s, 0) for s in _SEATED]), known(_TIPPED, 0), known(_UNKNOWN, 0), elsewhere, known(NOT_OBSERVED, 0)


def _busiest(by_day: Mapping[date, list[tuple[int, ...]]]) -> date | None:
    sat = {day: sum(seated + unknown for seated, _, unknown, *_ in counts) for day, counts in by_day.items()}
    return max((day for day in sat if sat[day]), key=lambda day: (sat[day], day), default=None)


def _day(day: date, totals: list[Totals]) -> Point:
    sitting = _sum(Sitting.of(each.state_ticks) for each in totals)
    is_known = sitting.has_share and any(each.placed for each in totals)
    per_hour = 3600.0 * sum(each.changes for each in totals) / sitting.seated_s if is_known else math.nan
    counted = int(sitting.seated_s >= MIN_DAY_S)
    return Point(Days(day, day), sitting, sitting.tipped_pct, per_hour, counted, (day,) if counted else ())


def _week(week: Days, points: list[Point]) -> Point:
    # Sorting keeps days of the same share in order.
    counted = sorted((point for point in points if point.counted), key=lambda point: point.tipped_pct)
    if not counted:
        return Point(week, _sum(point.sitting for point in points))
    middle = counted[(len(counted) - 1) // 2 : len(counted) // 2 + 1]
    changes = [point.changes_per_hour for point in counted if math.isfinite(point.changes_per_hour)]
    return Point(
        week,
        _sum(point.sitting for point in counted),
        median(point.tipped_pct for point in counted),
        median(changes) if changes else math.nan,
        len(counted),
        tuple(point.days.first for point in middle),
    )
