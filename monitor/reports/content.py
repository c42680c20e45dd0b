"""Gathers from the log all that a report says and draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from monitor.day_words import pct_words, summary_rows, unjudged_words
from monitor.errors import LogError
from monitor.judgement.assessment import State
from monitor.reports.compared import compared
from monitor.reports.dates import day_and_time, range_words
from monitor.reports.look import NAMED_COLUMNS
from monitor.reports.parts import DayRow, DayStrip, NoteLine, Plot, Report, Table
from monitor.reports.sentences import cause_words, coverage_words, exposure, summary_sentences, warned
from monitor.reports.setups import setups
from monitor.reports.steps import by_days, by_hours
from monitor.reports.strips import day_rows, day_strip
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.periods import DAYS_AS_COLUMNS, Days, Period, period_of
from monitor.tiltlog.reader import DayPart, HourPart, LogReader
from monitor.tiltlog.records import NOT_OBSERVED, GivenWarning, LogSlice, Note, SourceKind
from monitor.tiltlog.summary import Summary, summary_of
from monitor.tiltlog.totals import HINT_KINDS, added
from monitor.words import STATE_WORDS, duration_words

MOST_WARNINGS: Final = 40
"""More warnings than this are counted, not listed."""
SHARES: Final = ("% of seated time", "% of the time")
"""A value with such words is a share, and says how much could be judged."""
STATE_ORDER: Final = (
    *(State.UPRIGHT, State.LEANING, State.RECLINED, State.TIPPED),
    *(State.STANDING, State.AWAY, State.UNKNOWN),
)
KIND_WORDS: Final = {"live": "", "recording": " (recordings)", None: " (camera and recordings)"}


def gather(
    log: LogReader, first: date, last: date, kind: SourceKind | None = "live", *, made: datetime | None = None
) -> Report:
    """The report of the local days from first to last (included); ``made`` is now unless given.

    Raises:
        LogError: the log cannot be read, or the last day lies before the first.
    """
    if last < first:
        raise LogError("The last day of the report must not lie before the first: swap them.")
    clock = log.clock
    parts, hours = log.totals(first, last, kind), log.hours(first, last, kind)
    period = _observed_period(parts, hours, Days(first, last))
    seen = log.day(first, kind) if first == last else _without_samples(log, clock, first, last, kind)
    strip, rows = _drawn(log, clock, period, hours, seen, kind)
    totals = added(part.totals for part in parts)
    summary = summary_of(totals, seen.start_utc_s, seen.end_utc_s)
    is_day = strip is not None
    return Report(
        title=range_words(first, last) + KIND_WORDS[kind],
        first=first,
        last=last,
        made=made or datetime.now().astimezone(),
        version=_version(),
        sentences=summary_sentences(summary, period, Days(first, last)),
        summary=summary,
        numbers=_numbers(summary),
        unjudged=unjudged_words(summary),
        states=_states(summary),
        plots=_plots(period, summary, strip, rows) if period else (),
        steps_title=_steps_title(period),
        steps=_steps(period, parts, hours) if period else None,
        exposure=exposure(summary.eva_pct, summary.coverage_pct),
        compared=compared(parts),
        warned=warned(totals, _each_warning(seen.warnings, clock, with_day=not is_day)),
        notes=_notes(seen.notes, clock, with_day=first != last),
        setups=setups(parts, seen, clock) if period else None,
        period=period,
        day=strip,
        day_rows=rows,
    )


def _observed_period(parts: Sequence[DayPart], hours: Sequence[HourPart], days: Days) -> Period | None:
    """What was observed of these days, from the first to the last one that has anything."""
    period = period_of(parts, hours, days)
    if period.first_day is None or period.last_day is None:
        return None
    return period_of(parts, hours, Days(period.first_day, period.last_day))


def _without_samples(log: LogReader, clock: LocalClock, first: date, last: date, kind: SourceKind | None) -> LogSlice:
    while first < last and not clock.stretches(first):  # a day that a flight over the date line left out
        first += timedelta(days=1)
    while first < last and not clock.stretches(last):
        last -= timedelta(days=1)
    if first == last:
        return log.day(first, kind, with_samples=False)
    bounds = clock.local(clock.bounds(first, last)[0]), clock.local(clock.bounds(first, last)[1])
    return log.between(*bounds, kind, with_samples=False)


def _drawn(
    log: LogReader,
    clock: LocalClock,
    period: Period | None,
    hours: Sequence[HourPart],
    seen: LogSlice,
    kind: SourceKind | None,
) -> tuple[DayStrip | None, tuple[DayRow, ...]]:
    """The line of a day, or the rows of several."""
    if period is None:
        return None, ()
    if not period.days.is_day:
        if len(period.days.all) > DAYS_AS_COLUMNS:
            return None, ()
        return None, day_rows(hours, period.days, clock, _tilt_warnings(seen.warnings), seen.notes)
    day = log.day(period.days.first, kind)
    numbers = {note.id: number for number, note in enumerate(seen.notes, 1)}
    return day_strip(day, _tilt_warnings(day.warnings), numbers, clock), ()


def _tilt_warnings(warnings: Sequence[GivenWarning]) -> tuple[GivenWarning, ...]:
    return tuple(each for each in warnings if each.kind not in HINT_KINDS)


def _numbers(summary: Summary) -> Table:
    coverage = coverage_words(summary.coverage_pct)
    rows = []
    for label, value in summary_rows(summary):
        is_share = any(words in value for words in SHARES) and math.isfinite(summary.coverage_pct)
        rows.append((_capital(label), f"{value} ({coverage})" if is_share else value))
    return Table(("Figure", "Value"), tuple(rows))


def _states(summary: Summary) -> Table:
    shown = [(STATE_WORDS[state], summary.state_s.get(state, 0.0)) for state in STATE_ORDER]
    shown.append((NOT_OBSERVED, summary.state_s.get(NOT_OBSERVED, 0.0)))
    return Table(
        ("State", "Time"), tuple((_capital(words), duration_words(time_s)) for words, time_s in shown if time_s > 0)
    )


def _plots(period: Period, summary: Summary, strip: DayStrip | None, rows: tuple[DayRow, ...]) -> tuple[Plot, ...]:
    """The plots that there is anything to draw for."""
    coverage = coverage_words(summary.coverage_pct)
    share = f"Hips tipped back for {pct_words(summary.tipped_pct)} of the seated time; {coverage}."
    if strip is not None:
        point = "second" if strip.bin_s == 1 else f"{strip.bin_s:.0f} s"
        caption = (
            f"Tilt from your neutral in degrees, tipped back is up: the mean of each {point}, with its 90 % interval. "
            "Hatched: not observed. Triangles: warnings. Numbers: your notes."
        )
        return (Plot("day", "The day as a line", caption, f"Tilt and state along the day. {share}"),)
    plots = []
    if rows:
        caption = (
            "One row a day; each minute shows the state that took most of it, tipped back over the full height. "
            "Hatched: not observed. Triangles: warnings. Numbers: your notes."
        )
        plots.append(Plot("rows", "The days, row by row", caption, f"States along each day. {share}"))
    each = "day" if len(period.heat.columns) == len(period.days.all) else "week"
    if any(cell.has_share for row in period.heat.cells for cell in row):
        caption = (
            f"Share of the seated time tipped back, in percent, by hour and {each}; below, how much of the sitting "
            "could be judged. A dot: less than half of that sitting could be judged. Hatched: too little sitting for "
            "a share."
        )
        plots.append(Plot("heat", "When the hips were tipped back", caption, f"Share by hour of the day. {share}"))
    if any(math.isfinite(point.tipped_pct) for point in period.trend.points):
        caption = _trend_caption(each, len(period.trend.points))
        plots.append(Plot("trend", f"{each.capitalize()} by {each}", caption, f"The trend. {share}"))
    return tuple(plots)


def _trend_caption(each: str, number: int) -> str:
    words = (
        "Share of the seated time tipped back, how much of the sitting could be judged, and position changes an hour."
    )
    if each == "week":
        return f"{words} Each bar is the median day of its week, from days with at least half an hour of sitting."
    if number > NAMED_COLUMNS:
        return f"{words} A dashed line is the median day of its week, from days with at least half an hour of sitting."
    return words


def _steps_title(period: Period | None) -> str:
    if period is None:
        return ""
    if period.days.is_day:
        return "Hour by hour"
    return "Day by day" if len(period.trend.points) == len(period.days.all) else "Week by week"


def _steps(period: Period, parts: Sequence[DayPart], hours: Sequence[HourPart]) -> Table | None:
    return by_hours(hours, period) if period.days.is_day else by_days(parts, period)


def _each_warning(warnings: Sequence[GivenWarning], clock: LocalClock, *, with_day: bool) -> Table | None:
    given = _tilt_warnings(warnings)
    if not given or len(given) > MOST_WARNINGS:
        return None
    rows = (
        (
            day_and_time(clock.local(each.t_utc_s), with_day=with_day),
            cause_words(each.cause),
            "not answered" if each.answered_s is None else f"after {duration_words(each.answered_s)}",
        )
        for each in given
    )
    return Table(("When", "What stood out", "Moved"), tuple(rows))


def _notes(notes: Sequence[Note], clock: LocalClock, *, with_day: bool) -> tuple[NoteLine, ...]:
    return tuple(
        NoteLine(number, day_and_time(clock.local(note.t_utc_s), with_day=with_day), note.text)
        for number, note in enumerate(notes, 1)
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _version() -> str:
    try:
        return version("saddle")
    except PackageNotFoundError:
        return ""
