"""Reads the tilt log, also while another thread or program writes it."""

from __future__ import annotations

import math
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from monitor.errors import LogError
from monitor.tiltlog.hours import COLUMNS, Minutes
from monitor.tiltlog.keeping import UNSUMMED_SESSIONS, SessionDay, count_day, days_between
from monitor.tiltlog.kept_totals import totals_of
from monitor.tiltlog.local_days import LocalClock, day_number, day_of_hour
from monitor.tiltlog.reading import connect_to_read, no_log_yet
from monitor.tiltlog.records import NOT_OBSERVED, LogSlice, Note, SessionInfo, SourceKind, utc_s
from monitor.tiltlog.rows import ALL_SESSIONS, NOTES, read_between, read_clock, read_day, session_of
from monitor.tiltlog.schema import MIGRATIONS, explain, version_of
from monitor.tiltlog.totals import Totals

_FIRST_BEFORE = """
    SELECT max(day) FROM session_days
    WHERE observed > 0 AND source_kind = coalesce(?, source_kind) AND day < ?"""
_FIRST_AFTER = """
    SELECT min(day) FROM session_days
    WHERE observed > 0 AND source_kind = coalesce(?, source_kind) AND day > ?"""
_DAYS = """
    SELECT day, session_id, totals FROM session_days
    WHERE day BETWEEN :first AND :last AND source_kind = coalesce(:kind, source_kind)"""
_HOURS = """
    SELECT hour, session_id, away, standing, unknown, upright, leaning, reclined, tipped, not_observed, changes, minutes
    FROM session_hours WHERE hour BETWEEN :first AND :last
    AND EXISTS (SELECT 1 FROM sessions WHERE id = session_id AND source_kind = coalesce(:kind, source_kind))"""
_SESSIONS_OF_DAYS = """
    SELECT id, started_utc, ended_utc, profile, source, source_kind, tilt_model, program_version, seat, uid,
    enter_deg, leave_deg, slump_deg FROM sessions
    WHERE id IN (SELECT session_id FROM session_days WHERE day BETWEEN :first AND :last)"""
_NEVER = 2**31


@dataclass(frozen=True, slots=True)
class DayPart:
    """A session's part of a local day."""

    day: date
    session: SessionInfo
    totals: Totals


@dataclass(frozen=True, slots=True)
class HourPart:
    """A session's part of an hour of a local day.

    Attributes:
        hour: 0 to 23; an hour that clocks pass twice is one.
        state_ticks: tenths of a second in each state that occurred, "not observed" among them.
        changes: changes of position.
        packed_minutes: its 60 minutes as bytes.
    """

    day: date
    hour: int
    session_id: int
    state_ticks: Mapping[str, int]
    changes: int
    packed_minutes: bytes

    @property
    def minutes(self) -> Minutes:
        """Its 60 minutes."""
        return Minutes.unpacked(self.packed_minutes)


class LogReader:
    """A read-only connection of its own to a tilt log, closed by `with`. Used from one thread at a time.

    Every method may block for as long as reading takes (a day about a tenth of a second), never holds up the writer,
    and raises LogError when the file cannot be read.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> LogReader:
        """Open the log for reading; makes and changes nothing. Raises LogError when there is none or it is no log."""
        if not path.exists():
            raise no_log_yet()
        try:
            return cls(path, _connect(path))
        except sqlite3.Error as error:
            raise explain(error, path) from error

    @property
    def clock(self) -> LocalClock:
        """The local time that held where the log was written."""
        with self._reading():
            return read_clock(self._connection)

    def between(
        self,
        start: datetime,
        end: datetime,
        source_kind: SourceKind | None = None,
        *,
        with_samples: bool = True,
    ) -> LogSlice:
        """All that is known from `start` up to `end` (aware), bouts cut to that range, overlapping time counted once.

        With a `source_kind`, only live sessions or only recordings. The time of a running session reaches to its last
        write, about two seconds ago. Without samples it takes milliseconds also for months. ValueError for a naive
        time.
        """
        with self._reading():
            clock = read_clock(self._connection)
            bounds = utc_s(start), utc_s(end)
            return read_between(self._connection, clock, *bounds, source_kind, with_samples=with_samples)

    def day(self, day: date, source_kind: SourceKind | None = None, *, with_samples: bool = True) -> LogSlice:
        """All that is known of one local day, as `between`."""
        with self._reading():
            clock = read_clock(self._connection)
            return read_day(self._connection, clock, day, source_kind, with_samples=with_samples)

    def days(self, source_kind: SourceKind | None = None) -> tuple[date, ...]:
        """The local days on which something was observed, in order."""
        with self._reading():
            rows = self._connection.execute(
                "SELECT DISTINCT day FROM session_days WHERE observed > 0 AND source_kind = coalesce(?, source_kind)",
                (source_kind,),
            )
            days = {day_of_hour(24 * number) for (number,) in rows}
            days |= {part.day for part in self._growing(source_kind) if _is_observed(part.totals)}
        return tuple(sorted(days))

    def last_day(self, source_kind: SourceKind | None = None) -> date | None:
        """The last local day on which something was observed; None when there is none."""
        return self._edge(_FIRST_BEFORE, _NEVER, source_kind, max)

    def day_before(self, day: date, source_kind: SourceKind | None = None) -> date | None:
        """The observed day before this one; None when there is none."""
        return self._edge(_FIRST_BEFORE, day_number(day), source_kind, max, lambda other: other < day)

    def day_after(self, day: date, source_kind: SourceKind | None = None) -> date | None:
        """The observed day after this one; None when there is none."""
        return self._edge(_FIRST_AFTER, day_number(day), source_kind, min, lambda other: other > day)

    def totals(self, first: date, last: date, source_kind: SourceKind | None = "live") -> tuple[DayPart, ...]:
        """The totals of each session on each local day, from first to last (included), in order of time.

        They are kept as the log grows: a year takes some hundredths of a second. What a running session has added since
        is counted now, for at most its last day.
        """
        bounds = {"first": day_number(first), "last": day_number(last), "kind": source_kind}
        with self._reading():
            growing = {
                (part.day, part.session.id): part for part in self._growing(source_kind) if first <= part.day <= last
            }
            rows = self._connection.execute(_SESSIONS_OF_DAYS, {"first": bounds["first"], "last": bounds["last"]})
            sessions = {session.id: session for session in map(session_of, rows)}
            for number, session_id, totals in self._connection.execute(_DAYS, bounds):
                day = day_of_hour(24 * number)
                growing.setdefault((day, session_id), DayPart(day, sessions[session_id], totals_of(totals)))
        return tuple(sorted(growing.values(), key=lambda each: (each.day, each.session.started_utc_s, each.session.id)))

    def hours(self, first: date, last: date, source_kind: SourceKind | None = "live") -> tuple[HourPart, ...]:
        """The hours of each session on the local days from first to last (included), as `totals`."""
        first_hour, last_hour = 24 * day_number(first), 24 * day_number(last) + 23
        bounds = {"first": first_hour, "last": last_hour, "kind": source_kind}
        with self._reading():
            growing = tuple(self._growing_days(source_kind))
            counted = [
                (each.hour, day.session.id, *each.state_ticks.tolist(), each.changes, each.minutes.packed())
                for _, day in growing
                for each in day.hours
                if first_hour <= each.hour <= last_hour
            ]
            grown = {(day, part.session.id) for day, part in growing}
            kept = self._connection.execute(_HOURS, bounds).fetchall()
            if grown:
                kept = [row for row in kept if (day_of_hour(row[0]), row[1]) not in grown]
        return tuple(_hour_part(row) for row in sorted([*kept, *counted], key=lambda row: row[:2]))

    def sessions(self, source_kind: SourceKind | None = "live") -> tuple[SessionInfo, ...]:
        """Every session, in the order in which they started."""
        with self._reading():
            rows = self._connection.execute(ALL_SESSIONS, (source_kind,))
            return tuple(session_of(row) for row in rows)

    def seats(self) -> tuple[str, ...]:
        """The tags of seats in use, in order of the alphabet."""
        with self._reading():
            rows = self._connection.execute("SELECT DISTINCT seat FROM sessions WHERE seat != '' ORDER BY seat")
            return tuple(seat for (seat,) in rows)

    def notes(self, first: date, last: date) -> tuple[Note, ...]:
        """The notes on the local days from first to last (included)."""
        with self._reading():
            start_utc_s, end_utc_s = read_clock(self._connection).bounds(first, last)
            rows = self._connection.execute(NOTES, {"start": start_utc_s, "end": end_utc_s})
            return tuple(Note(*row) for row in rows)

    def all_notes(self) -> tuple[Note, ...]:
        """Every note, in order of time."""
        with self._reading():
            return tuple(Note(*row) for row in self._connection.execute(NOTES, {"start": -math.inf, "end": math.inf}))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> LogReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _growing_days(self, source_kind: SourceKind | None) -> Iterator[tuple[date, SessionDay]]:
        """The days, or last days, of the sessions whose summaries are not up to date: they are running."""
        clock = read_clock(self._connection)
        days: dict[SourceKind, set[date]] = {}
        for _, kind, started_utc_s, summed_utc_s, last_utc_s in self._connection.execute(UNSUMMED_SESSIONS).fetchall():
            if source_kind in (None, kind):
                days.setdefault(kind, set()).update(days_between(clock, max(started_utc_s, summed_utc_s), last_utc_s))
        for kind, which in days.items():
            for day in sorted(which):
                for part in count_day(read_day(self._connection, clock, day, kind), clock):
                    yield day, part

    def _growing(self, source_kind: SourceKind | None) -> Iterator[DayPart]:
        for day, part in self._growing_days(source_kind):
            yield DayPart(day, part.session, part.totals)

    def _edge(
        self,
        query: str,
        number: int,
        source_kind: SourceKind | None,
        choose: Callable[[Iterable[date]], date],
        fits: Callable[[date], bool] = lambda _: True,
    ) -> date | None:
        with self._reading():
            (found,) = self._connection.execute(query, (source_kind, number)).fetchone()
            days = {part.day for part in self._growing(source_kind) if _is_observed(part.totals) and fits(part.day)}
        if found is not None:
            days.add(day_of_hour(24 * found))
        return choose(days) if days else None

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Everything inside sees the log as it was at one moment."""
        try:
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        except (TypeError, ValueError, zlib.error) as error:
            raise LogError(f"The tilt log {self.path} holds an entry that is not understood: {error}.") from error


def _connect(path: Path) -> sqlite3.Connection:
    """A connection to a log of this version. Raises LogError, or sqlite3.Error as it comes."""
    connection = connect_to_read(path)
    try:
        found = version_of(connection, path)
        if found == 0:
            raise no_log_yet()
        if found < len(MIGRATIONS):
            raise LogError(f"The tilt log {path} is of an older Saddle: run saddle watch once to bring it up to date.")
    except BaseException:
        connection.close()
        raise
    return connection


def _hour_part(row: tuple[Any, ...]) -> HourPart:
    hour, session_id, *ticks, changes, minutes = row
    state_ticks = {name: each for name, each in zip(COLUMNS, ticks, strict=True) if each}
    return HourPart(day_of_hour(hour), hour % 24, session_id, state_ticks, changes, minutes)


def _is_observed(totals: Totals) -> bool:
    return any(ticks for state, ticks in totals.state_ticks.items() if state != NOT_OBSERVED)
