"""Reads the tables of the tilt log into values. Raises what sqlite3 raises; its callers put that into words."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from monitor.judgement.assessment import Basis, State, View
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.local_days import LocalClock, day_number
from monitor.tiltlog.overlap import newest_wins
from monitor.tiltlog.packing import unpack
from monitor.tiltlog.records import (
    NOT_OBSERVED,
    Bout,
    BoutState,
    GivenWarning,
    LogSlice,
    Note,
    PositionChange,
    Sample,
    SessionInfo,
    SourceKind,
)

CHUNK_S: Final = 3600
"""No packed piece of the time line spans more."""

# By their days, so that a log of ten years is asked as quickly as one of a week; and what is not summed up yet.
SESSIONS: Final = """
    SELECT id, started_utc, ended_utc, profile, source, source_kind, tilt_model, program_version, seat, uid,
    enter_deg, leave_deg, slump_deg FROM sessions WHERE id IN (
        SELECT session_id FROM session_days WHERE day BETWEEN :first AND :last
        UNION SELECT id FROM sessions WHERE ended_utc IS NULL OR summed_utc IS NOT ended_utc)
    AND started_utc < :end AND source_kind = coalesce(:source_kind, source_kind)
    AND coalesce(ended_utc, (SELECT max(end_utc) FROM bouts WHERE session_id = id), started_utc) >= :start
    ORDER BY started_utc, id"""
ALL_SESSIONS: Final = """
    SELECT id, started_utc, ended_utc, profile, source, source_kind, tilt_model, program_version, seat, uid,
    enter_deg, leave_deg, slump_deg FROM sessions WHERE source_kind = coalesce(?, source_kind)
    ORDER BY started_utc, id"""
LOOSE: Final = """
    SELECT session_id, t_utc, state, tilt_deg, tilt_low_deg, tilt_high_deg, tilt_pct, trunk_inclination_deg,
    thigh_elevation_deg, knee_above_hip_cm, view, basis, confidence, reason FROM samples
    WHERE t_utc >= ? AND t_utc < ? AND session_id = ? ORDER BY t_utc"""
CHUNKS: Final = """
    SELECT data FROM chunks WHERE start_utc > ? AND start_utc < ? AND session_id = ? ORDER BY start_utc"""
# The bouts of a session follow one another, so that the one at the start is the last one that began before it.
BOUTS: Final = """
    SELECT session_id, state, reason, start_utc, end_utc, cause FROM bouts
    WHERE session_id = :id AND start_utc < :end AND end_utc > :start AND start_utc >= coalesce(
        (SELECT max(start_utc) FROM bouts WHERE session_id = :id AND start_utc <= :start), :start)
    ORDER BY start_utc"""
WARNINGS: Final = """
    SELECT id, session_id, t_utc, kind, cause, text, answered_s FROM warnings
    WHERE t_utc >= :start AND t_utc < :end ORDER BY t_utc"""
CHANGES: Final = "SELECT session_id, t_utc FROM position_changes WHERE t_utc >= :start AND t_utc < :end ORDER BY t_utc"
NOTES: Final = "SELECT id, t_utc, text FROM notes WHERE t_utc >= :start AND t_utc < :end ORDER BY t_utc"


def read_clock(connection: sqlite3.Connection) -> LocalClock:
    """The local time of the log."""
    return LocalClock(tuple(connection.execute("SELECT since_utc, offset_s FROM local_offsets ORDER BY since_utc")))


def read_sessions(
    connection: sqlite3.Connection, clock: LocalClock, start_utc_s: float, end_utc_s: float, kind: SourceKind | None
) -> tuple[SessionInfo, ...]:
    """The sessions that have anything in a range, in the order in which they started."""
    first, last = clock.day_of(start_utc_s) - timedelta(days=1), clock.day_of(end_utc_s) + timedelta(days=1)
    which = {"start": start_utc_s, "end": end_utc_s, "source_kind": kind}
    rows = connection.execute(SESSIONS, {**which, "first": day_number(first), "last": day_number(last)})
    return tuple(session_of(row) for row in rows)


def read_between(
    connection: sqlite3.Connection,
    clock: LocalClock,
    start_utc_s: float,
    end_utc_s: float,
    kind: SourceKind | None,
    *,
    with_samples: bool = True,
) -> LogSlice:
    """All that is known of a range, bouts cut to it, overlapping time only in the newest session."""
    bounds = {"start": start_utc_s, "end": end_utc_s}
    sessions = read_sessions(connection, clock, start_utc_s, end_utc_s, kind)
    bouts = [bout_of(*row) for each in sessions for row in connection.execute(BOUTS, {**bounds, "id": each.id})]
    samples: Sequence[Sample] = ()
    if with_samples:
        lines = [line for each in sessions for line in read_lines(connection, each.id, start_utc_s, end_utc_s)]
        samples = TimeLine.joined(lines).cut(start_utc_s, end_utc_s)
    return newest_wins(
        LogSlice(
            start_utc_s,
            end_utc_s,
            sessions,
            samples,
            tuple(bouts),
            tuple(GivenWarning(*row) for row in connection.execute(WARNINGS, bounds)),
            tuple(PositionChange(*row) for row in connection.execute(CHANGES, bounds)),
            tuple(Note(*row) for row in connection.execute(NOTES, bounds)),
        )
    )


def read_day(
    connection: sqlite3.Connection, clock: LocalClock, day: date, kind: SourceKind | None, *, with_samples: bool = True
) -> LogSlice:
    """All that is known of a local day; the parts of a day that a flight has cut in two are put together."""
    parts = [
        read_between(connection, clock, part.start_utc_s, part.end_utc_s, kind, with_samples=with_samples)
        for part in clock.stretches(day)
    ]
    if len(parts) == 1:
        return parts[0]
    if not parts:  # a day that a flight over the date line left out
        return LogSlice(*clock.bounds(day - timedelta(days=1), day - timedelta(days=1)))
    sessions = {session.id: session for part in parts for session in part.sessions}
    return LogSlice(
        parts[0].start_utc_s,
        parts[-1].end_utc_s,
        tuple(sorted(sessions.values(), key=lambda each: (each.started_utc_s, each.id))),
        TimeLine.joined([part.samples for part in parts if isinstance(part.samples, TimeLine)]),
        tuple(row for part in parts for row in part.bouts),
        tuple(row for part in parts for row in part.warnings),
        tuple(row for part in parts for row in part.changes),
        tuple(row for part in parts for row in part.notes),
    )


def read_lines(
    connection: sqlite3.Connection, session_id: int, start_utc_s: float, end_utc_s: float
) -> Iterable[TimeLine]:
    """The pieces of a session's time line that reach into a range, packed ones first."""
    for (data,) in connection.execute(CHUNKS, (start_utc_s - CHUNK_S - 1.0, end_utc_s, session_id)):
        yield unpack(data, session_id)
    loose = connection.execute(LOOSE, (start_utc_s, end_utc_s, session_id)).fetchall()
    if loose:
        yield TimeLine.of(map(sample_of, loose))


def session_of(row: tuple[Any, ...]) -> SessionInfo:
    """A session from its row, as in `SESSIONS`."""
    *about, enter_deg, leave_deg, slump_deg = row
    limits = (math.nan if value is None else float(value) for value in (enter_deg, leave_deg, slump_deg))
    return SessionInfo(*about, *limits)


def sample_of(row: tuple[Any, ...]) -> Sample:
    """A sample from its row, as in `LOOSE`."""
    session_id, t_utc, state, *measures, view, basis, confidence, reason = row
    tilt_deg, low_deg, high_deg, tilt_pct, trunk_deg, thigh_deg, knee_cm = (
        math.nan if value is None else value for value in measures
    )
    return Sample(
        *(session_id, t_utc, State(state), tilt_deg, low_deg, high_deg, tilt_pct, trunk_deg, thigh_deg, knee_cm),
        *(View(view), Basis(basis), math.nan if confidence is None else confidence, reason),
    )


def bout_of(session_id: int, state: str, reason: str, start_utc: float, end_utc: float, cause: str) -> Bout:
    """A bout from its row."""
    told: BoutState = NOT_OBSERVED if state == NOT_OBSERVED else State(state)
    return Bout(session_id, told, reason, start_utc, end_utc, cause)
