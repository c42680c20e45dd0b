"""Tables of any stretch of the log, piece by piece, and their CSV: a year takes no more memory than a day."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import TextIO, TypeAlias

from monitor.tiltlog.export import SHARES, Block, Table, block_of, slice_block, write_csv
from monitor.tiltlog.hours import COLUMNS as STATES
from monitor.tiltlog.keeping import days_between
from monitor.tiltlog.reader import DayPart, HourPart, LogReader
from monitor.tiltlog.records import LogSlice, SourceKind
from monitor.tiltlog.summary import summary_of
from monitor.tiltlog.timeline import Stretch
from monitor.tiltlog.totals import Totals, added

OnProgress: TypeAlias = Callable[[int, int], None]
"""Told how many parts are done, of how many. What it raises ends the export, and nothing is written."""


def export_table(
    log: LogReader,
    out: Path | TextIO,
    table: Table,
    span: Stretch,
    *,
    source_kind: SourceKind | None = "live",
    on_progress: OnProgress | None = None,
) -> None:
    """Write a table of what lies in the span as CSV, in the local time of the log; see `blocks` and `write_csv`.

    Raises LogError or OutputError; then ``out`` is as it was.
    """
    write_csv(out, table, blocks(log, table, span, source_kind, on_progress), log.clock)


def blocks(
    log: LogReader,
    table: Table,
    span: Stretch,
    source_kind: SourceKind | None = "live",
    on_progress: OnProgress | None = None,
) -> Iterator[Block]:
    """A table of the log, piece by piece: the samples day by day, so that a year takes no more memory than a day.

    Bouts are cut to the span. Days and hours are those that the span touches, as a whole.
    """
    if table == "samples":
        for part in day_slices(log, span, source_kind, on_progress):
            yield slice_block(part, table)
        return
    clock = log.clock
    days = clock.day_of(span.start_utc_s), clock.day_of(span.end_utc_s - 0.1)
    if table == "days":
        yield block_of(table, _day_rows(log.totals(*days, source_kind)))
    elif table == "hours":
        yield block_of(table, _hour_rows(log.hours(*days, source_kind)))
    else:
        yield slice_block(log.between(*moments(span), source_kind, with_samples=False), table)
    if on_progress is not None:
        on_progress(1, 1)


def day_slices(
    log: LogReader, span: Stretch, source_kind: SourceKind | None = "live", on_progress: OnProgress | None = None
) -> Iterator[LogSlice]:
    """The log, one local day after the other, in order of time; days on which no session ran are left out."""
    clock = log.clock
    days: set[date] = set()
    for session in log.sessions(source_kind):
        end_utc_s = session.ended_utc_s
        if end_utc_s is None:  # it runs: up to the last day on which anything was seen
            last = log.last_day(source_kind)
            end_utc_s = clock.bounds(last, last)[1] - 0.1 if last is not None else session.started_utc_s
        start_utc_s, end_utc_s = max(session.started_utc_s, span.start_utc_s), min(end_utc_s, span.end_utc_s)
        if start_utc_s <= end_utc_s:
            days |= days_between(clock, start_utc_s, end_utc_s)
    whole = sorted((part.start_utc_s, part.end_utc_s) for day in days for part in clock.stretches(day))
    cut = [Stretch(max(start, span.start_utc_s), min(end, span.end_utc_s)) for start, end in whole]
    parts = [part for part in cut if part.duration_s > 0]
    for number, part in enumerate(parts, start=1):
        yield log.between(*moments(part), source_kind)
        if on_progress is not None:
            on_progress(number, len(parts))


def _day_rows(parts: Iterable[DayPart]) -> list[dict[str, object]]:
    rows = []
    for day, of_day in groupby(parts, key=lambda part: part.day):
        totals = added(part.totals for part in of_day)
        summary = summary_of(totals, math.nan, math.nan)
        over = {f"tipped_bouts_over_{n}_min": getattr(summary, f"tipped_over_{n}_min") for n in (2, 5, 20)}
        rows.append({**_states(totals), **summary.as_dict(), **over, "day": day})
    return rows


def _hour_rows(parts: Iterable[HourPart]) -> list[dict[str, object]]:
    rows = []
    for (day, hour), of_hour in groupby(parts, key=lambda part: (part.day, part.hour)):
        totals = added(Totals(part.state_ticks, changes=part.changes) for part in of_hour)
        summary = summary_of(totals, math.nan, math.nan)
        shares = {name: getattr(summary, name) for name in SHARES}
        rows.append({**_states(totals), **shares, "position_changes": totals.changes, "day": day, "hour": hour})
    return rows


def _states(totals: Totals) -> dict[str, float]:
    return {f"{state.replace(' ', '_')}_s": totals.state_s(state) for state in STATES}


def moments(span: Stretch) -> tuple[datetime, datetime]:
    """Its begin and end as aware times."""
    return datetime.fromtimestamp(span.start_utc_s, UTC), datetime.fromtimestamp(span.end_utc_s, UTC)
