"""Reads the tilt log, also while another thread or program writes it."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from types import TracebackType
from typing import Any

from monitor.errors import LogError
from monitor.judgement.assessment import Basis, State, View
from monitor.tiltlog.overlap import newest_wins
from monitor.tiltlog.records import (
    NOT_OBSERVED,
    Bout,
    GivenWarning,
    LogSlice,
    Sample,
    SessionInfo,
    SourceKind,
    day_bounds,
    local_time,
    utc_s,
)
from monitor.tiltlog.schema import MIGRATIONS, explain, version_of

WAIT_S = 2.0
"""The longest wait for a file that is being changed as a whole."""

SESSIONS = """
    SELECT id, started_utc, ended_utc, profile, source, source_kind, tilt_model, program_version FROM sessions
    WHERE started_utc < :end AND source_kind = coalesce(:source_kind, source_kind)
    AND coalesce(ended_utc, (SELECT max(end_utc) FROM bouts WHERE session_id = id), started_utc) >= :start
    ORDER BY started_utc, id"""
SAMPLES = """
    SELECT session_id, t_utc, state, tilt_deg, tilt_low_deg, tilt_high_deg, tilt_pct, trunk_inclination_deg,
    thigh_elevation_deg, knee_above_hip_cm, view, basis, confidence, reason FROM samples
    WHERE t_utc >= :start AND t_utc < :end ORDER BY t_utc"""
BOUTS = """
    SELECT session_id, state, reason, start_utc, end_utc FROM bouts
    WHERE end_utc > :start AND start_utc < :end ORDER BY start_utc"""
WARNINGS = """
    SELECT id, session_id, t_utc, kind, cause, text, answered_s FROM warnings
    WHERE t_utc >= :start AND t_utc < :end ORDER BY t_utc"""
OBSERVED = """
    SELECT start_utc, end_utc FROM bouts JOIN sessions ON sessions.id = session_id
    WHERE state != :not_observed AND source_kind = coalesce(:source_kind, source_kind)"""


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
            raise _no_log_yet()
        try:
            try:
                return cls(path, _connect(path, "mode=ro"))
            except sqlite3.Error:
                # In a folder that may not be written there is no place for SQLite's own files beside the log. When
                # there are none, nobody is writing, and the log can be read as it is.
                if path.with_name(f"{path.name}-wal").exists():
                    raise
                return cls(path, _connect(path, "mode=ro&immutable=1"))
        except sqlite3.Error as error:
            raise explain(error, path) from error

    def between(self, start: datetime, end: datetime, source_kind: SourceKind | None = None) -> LogSlice:
        """All that is known from `start` up to `end` (aware), bouts cut to that range, overlapping time counted once.

        With a `source_kind`, only live sessions or only recordings. The time of a running session reaches to its last
        write, about two seconds ago. ValueError for a naive time.
        """
        bounds = {"start": utc_s(start), "end": utc_s(end)}
        with self._reading():
            about = self._connection.execute(SESSIONS, {**bounds, "source_kind": source_kind})
            sessions = tuple(SessionInfo(*row) for row in about)
            samples = tuple(_sample(row) for row in self._connection.execute(SAMPLES, bounds))
            bouts = tuple(_bout(*row) for row in self._connection.execute(BOUTS, bounds))
            warnings = tuple(GivenWarning(*row) for row in self._connection.execute(WARNINGS, bounds))
        return newest_wins(LogSlice(bounds["start"], bounds["end"], sessions, samples, bouts, warnings))

    def day(self, day: date, zone: tzinfo | None = None, source_kind: SourceKind | None = None) -> LogSlice:
        """All that is known of one local day, as `between`; a zone of None is the zone of this computer."""
        return self.between(*day_bounds(day, zone), source_kind)

    def days(self, zone: tzinfo | None = None, source_kind: SourceKind | None = None) -> tuple[date, ...]:
        """The local days on which something was observed, in order; a zone of None is the zone of this computer."""
        days: set[date] = set()
        with self._reading():
            which = {"not_observed": NOT_OBSERVED, "source_kind": source_kind}
            for start_utc_s, end_utc_s in self._connection.execute(OBSERVED, which):
                day = local_time(start_utc_s, zone).date()
                last_day = local_time(math.nextafter(end_utc_s, -math.inf), zone).date()
                while day <= last_day:
                    days.add(day)
                    day += timedelta(days=1)
        return tuple(sorted(days))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> LogReader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

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
        except (TypeError, ValueError) as error:
            raise LogError(f"The tilt log {self.path} holds an entry that is not understood: {error}.") from error


def _connect(path: Path, how: str) -> sqlite3.Connection:
    """A connection to a log of this version. Raises LogError, or sqlite3.Error as it comes."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=WAIT_S, isolation_level=None, check_same_thread=False
    )
    try:
        found = version_of(connection, path)
        if found == 0:
            raise _no_log_yet()
        if found < len(MIGRATIONS):
            raise LogError(f"The tilt log {path} is of an older Saddle: run saddle watch once to bring it up to date.")
    except BaseException:
        connection.close()
        raise
    return connection


def _no_log_yet() -> LogError:
    return LogError("No log yet: run `saddle watch`.")


def _bout(session_id: int, state: str, reason: str, start_utc: float, end_utc: float) -> Bout:
    return Bout(session_id, NOT_OBSERVED if state == NOT_OBSERVED else State(state), reason, start_utc, end_utc)


def _sample(row: tuple[Any, ...]) -> Sample:
    session_id, t_utc, state, *measures, view, basis, confidence, reason = row
    tilt_deg, low_deg, high_deg, tilt_pct, trunk_deg, thigh_deg, knee_cm = (
        math.nan if value is None else value for value in measures
    )
    return Sample(
        *(session_id, t_utc, State(state), tilt_deg, low_deg, high_deg, tilt_pct, trunk_deg, thigh_deg, knee_cm),
        *(View(view), Basis(basis), confidence or 0.0, reason),
    )
