"""The figures of a range as JSON: as a whole, for each local day, and for each seat."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from monitor.errors import OutputError
from monitor.files import whole_file
from monitor.tiltlog.keeping import count_day
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import SourceKind
from monitor.tiltlog.summary import summary_of
from monitor.tiltlog.timeline import Stretch
from monitor.tiltlog.totals import Totals, added
from monitor.transfer.tables import day_slices


def summary_figures(log: LogReader, span: Stretch, source_kind: SourceKind = "live") -> dict[str, Any]:
    """The figures of the span, ready for JSON, under the names of `saddle report --json`; not known is None.

    `days` has those of each local day on which a session ran, `seats` those of each seat, None for untagged. Days at
    the ends are cut to the span.
    """
    clock = log.clock
    by_day: defaultdict[date, list[Totals]] = defaultdict(list)
    by_seat: defaultdict[str, list[Totals]] = defaultdict(list)
    for day, seat, totals in _parts(log, clock, span, source_kind):
        by_day[day].append(totals)
        by_seat[seat].append(totals)
    bounds = span.start_utc_s, span.end_utc_s
    return {
        "from": clock.local(span.start_utc_s).isoformat(),
        "to": clock.local(span.end_utc_s).isoformat(),
        "source_kind": source_kind,
        **_figures([each for parts in by_day.values() for each in parts], *bounds),
        "days": [
            {"day": day.isoformat(), **_figures(by_day[day], *_cut(clock.bounds(day, day), span))}
            for day in sorted(by_day)
        ],
        "seats": [{"seat": seat or None, **_figures(by_seat[seat], *bounds)} for seat in sorted(by_seat)],
    }


def export_summary(log: LogReader, out: Path, span: Stretch, *, source_kind: SourceKind = "live") -> None:
    """Write the figures of the span as a JSON file; see `summary_figures`.

    Raises LogError or OutputError; then ``out`` is as it was.
    """
    write_json(out, summary_figures(log, span, source_kind))


def write_json(out: Path, content: object) -> None:
    """Write a JSON file, whole or not at all. Raises OutputError."""
    try:
        with whole_file(out) as partial, partial.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, allow_nan=False, indent=1)
            file.write("\n")
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error.strerror or error}): choose another place.") from error


def _parts(
    log: LogReader, clock: LocalClock, span: Stretch, source_kind: SourceKind
) -> Iterable[tuple[date, str, Totals]]:
    """Day, seat and totals of each session on each day; of whole days those that are kept."""
    first, last = clock.day_of(span.start_utc_s), clock.day_of(span.end_utc_s - 0.1)
    cut_days = {day for day in (first, last) if any(_cut(part, span) != part for part in _edges(clock, day))}
    for part in log.totals(first, last, source_kind):
        if part.day not in cut_days:
            yield part.day, part.session.seat, part.totals
    for day in cut_days:
        for edges in _edges(clock, day):
            start, end = _cut(edges, span)
            if start < end:
                for log_part in day_slices(log, Stretch(start, end), source_kind):
                    for counted in count_day(log_part, clock):
                        yield day, counted.session.seat, counted.totals


def _edges(clock: LocalClock, day: date) -> list[tuple[float, float]]:
    return [(part.start_utc_s, part.end_utc_s) for part in clock.stretches(day)]


def _cut(bounds: tuple[float, float], span: Stretch) -> tuple[float, float]:
    return max(bounds[0], span.start_utc_s), min(bounds[1], span.end_utc_s)


def _figures(parts: Iterable[Totals], start_utc_s: float, end_utc_s: float) -> dict[str, Any]:
    return summary_of(added(parts), start_utc_s, end_utc_s).as_dict()
