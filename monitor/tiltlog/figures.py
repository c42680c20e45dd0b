"""The figures of any range of the log, without reading the time line of more than the days at its ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import SourceKind
from monitor.tiltlog.summary import Summary, summary_of, totals_in
from monitor.tiltlog.totals import Totals, added


def figures(log: LogReader, start_utc_s: float, end_utc_s: float, kind: SourceKind | None) -> Summary:
    """The figures of all from start up to end; whole local days are taken from what is kept of them.

    What is uninterrupted ends with its session and its day.
    """
    clock = log.clock
    first, last = clock.day_of(start_utc_s), clock.day_of(end_utc_s - 0.1)
    totals: list[Totals] = []
    whole: list[date] = []
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        parts = clock.stretches(day)
        if all(start_utc_s <= part.start_utc_s and part.end_utc_s <= end_utc_s for part in parts):
            whole.append(day)
            continue
        for part in parts:
            begin, end = max(part.start_utc_s, start_utc_s), min(part.end_utc_s, end_utc_s)
            if begin < end:
                start, stop = datetime.fromtimestamp(begin, UTC), datetime.fromtimestamp(end, UTC)
                totals.append(totals_in(log.between(start, stop, kind)))
    if whole:
        kept = set(whole)
        totals += [part.totals for part in log.totals(whole[0], whole[-1], kind) if part.day in kept]
    return summary_of(added(totals), start_utc_s, end_utc_s)


def kind_in(log: LogReader, start_utc_s: float, end_utc_s: float) -> SourceKind:
    """Live where a camera watched in the range or nothing was logged at all; recording where only recordings were.

    A recording is logged as if it had just ended: it must not mix with what the camera saw at that time.
    """
    if _any(log, start_utc_s, end_utc_s, "live") or not _any(log, start_utc_s, end_utc_s, "recording"):
        return "live"
    return "recording"


def _any(log: LogReader, start_utc_s: float, end_utc_s: float, kind: SourceKind) -> bool:
    clock = log.clock
    parts = log.totals(clock.day_of(start_utc_s), clock.day_of(end_utc_s - 0.1), kind)
    return any(
        part.session.started_utc_s < end_utc_s
        and (part.session.ended_utc_s is None or part.session.ended_utc_s >= start_utc_s)
        for part in parts
    )
