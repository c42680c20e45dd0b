"""Which part of the log was asked for, as typed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from monitor.commands.ranges import parse_day, parse_moment
from monitor.errors import LogError
from monitor.tiltlog.local_days import LocalClock, system_offset_s
from monitor.tiltlog.reader import LogReader


def clock_of(log: LogReader) -> LocalClock:
    """The local clock of the log; where it knows none yet, that of this computer."""
    clock = log.clock
    if clock.changes:
        return clock
    now_s = datetime.now(UTC).timestamp()
    return LocalClock(((now_s, system_offset_s(now_s)),))


def day_bounds(clock: LocalClock, day: date) -> tuple[datetime, datetime]:
    """The first moment of a local day, and of the next one."""
    first, last = (datetime.fromtimestamp(t_utc_s, UTC) for t_utc_s in clock.bounds(day, day))
    return first, last


def asked_range(
    log: LogReader, day: str | None, begin: str | None, end: str | None, *, last_day: bool
) -> tuple[datetime, datetime]:
    """The day or range that was typed; an end left out is where the log ends, or today.

    With nothing typed it is all that the log holds, or with ``last_day`` the last day observed. With ``last_day`` only
    days observed count, else also those of notes and of sessions that saw nothing.

    Raises:
        LogError: it makes no sense, or nothing is logged.
    """
    clock = clock_of(log)
    now = clock.local(datetime.now(UTC).timestamp())
    if day is not None:
        if begin is not None or end is not None:
            raise LogError("--day and --from or --to exclude each other: give one or the other.")
        return day_bounds(clock, parse_day(day, now.date()))
    days = log.days() if last_day else _all_days(log, clock)
    if not days:
        raise LogError("The log holds nothing yet: run `saddle watch` first.")
    if begin is None and end is None and last_day:
        return day_bounds(clock, max(days))
    start = parse_moment(begin, now, clock, is_end=False) if begin is not None else day_bounds(clock, min(days))[0]
    last = max(*days, now.date())
    stop = parse_moment(end, now, clock, is_end=True) if end is not None else day_bounds(clock, last)[1]
    if start > now and begin is not None:
        raise LogError(f"--from {begin} lies in the future: choose an earlier time.")
    if not start < stop and begin is None:
        raise LogError(f"--to {end} lies before the log begins, on {min(days)}: choose a later time.")
    if not start < stop:
        raise LogError("--from must lie before --to: swap them.")
    return start, stop


def _all_days(log: LogReader, clock: LocalClock) -> tuple[date, ...]:
    """The days on which anything in the log begins."""
    began = [note.t_utc_s for note in log.all_notes()] + [each.started_utc_s for each in log.sessions(None)]
    return tuple(sorted({*log.days(), *map(clock.day_of, began)}))
