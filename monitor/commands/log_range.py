"""Which part of the log was asked for, as typed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from monitor.commands.ranges import parse_day, parse_moment
from monitor.errors import LogError
from monitor.tiltlog.reader import LogReader


def day_bounds(log: LogReader, day: date) -> tuple[datetime, datetime]:
    """The first moment of a local day of the log, and of the next one."""
    first, last = (datetime.fromtimestamp(t_utc_s, UTC) for t_utc_s in log.clock.bounds(day, day))
    return first, last


def asked_range(
    log: LogReader, day: str | None, begin: str | None, end: str | None, *, last_day: bool
) -> tuple[datetime, datetime]:
    """The day or range that was typed; with nothing typed all that is logged, or with ``last_day`` its last day.

    Raises:
        LogError: it makes no sense, or nothing is logged.
    """
    clock = log.clock
    now = clock.local(datetime.now(UTC).timestamp())
    if day is not None:
        if begin is not None or end is not None:
            raise LogError("--day and --from or --to exclude each other: give one or the other.")
        return day_bounds(log, parse_day(day, now.date()))
    days = log.days()
    if not days:
        raise LogError("The log holds nothing yet: run `saddle watch` first.")
    if begin is None and end is None and last_day:
        return day_bounds(log, days[-1])
    start = parse_moment(begin, now, clock, is_end=False) if begin else day_bounds(log, days[0])[0]
    stop = parse_moment(end, now, clock, is_end=True) if end else day_bounds(log, max(days[-1], now.date()))[1]
    if start > now:
        raise LogError(f"--from {begin} lies in the future: choose an earlier time.")
    if not start < stop:
        raise LogError("--from must lie before --to: swap them.")
    return start, stop
