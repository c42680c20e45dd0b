"""Takes a log apart as a whole, makes a log of such parts, and brings one log into another."""

from __future__ import annotations

import math
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

import numpy as np

from monitor.errors import LogError
from monitor.tiltlog.backup import NOT_UNDERSTOOD, current_log, damaged
from monitor.tiltlog.keeping import insert_session, pack_session, sum_up
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.logfile import LogFile
from monitor.tiltlog.overlap import covers, merged
from monitor.tiltlog.packing import pack, unpack
from monitor.tiltlog.records import TICKS_PER_S, Bout, GivenWarning, Note, PositionChange, SessionInfo
from monitor.tiltlog.rows import CHUNK_S, bout_of, read_clock, read_lines, session_of
from monitor.tiltlog.schema import explain, migrate, transaction

_T = TypeVar("_T")
Span: TypeAlias = tuple[float, float]

SESSIONS: Final = """
    SELECT id, started_utc, ended_utc, profile, source, source_kind, tilt_model, program_version, seat, uid,
    enter_deg, leave_deg, slump_deg FROM sessions ORDER BY id"""
LAST_SEEN: Final = "SELECT coalesce(max(end_utc), ?) FROM bouts WHERE session_id = ?"
BOUTS: Final = "SELECT session_id, state, reason, start_utc, end_utc, cause FROM bouts ORDER BY session_id, start_utc"
WARNINGS: Final = "SELECT id, session_id, t_utc, kind, cause, text, answered_s FROM warnings ORDER BY id"
CHANGES: Final = "SELECT session_id, t_utc FROM position_changes ORDER BY t_utc, session_id"
NOTES: Final = "SELECT id, t_utc, text FROM notes ORDER BY id"

INSERT_CHUNK: Final = "INSERT INTO chunks (session_id, start_utc, data) VALUES (?, ?, ?)"
INSERT_BOUT: Final = (
    "INSERT INTO bouts (session_id, state, reason, start_utc, end_utc, cause) VALUES (?, ?, ?, ?, ?, ?)"
)
INSERT_WARNING: Final = (
    "INSERT INTO warnings (id, session_id, t_utc, kind, cause, text, answered_s) VALUES (?, ?, ?, ?, ?, ?, ?)"
)
INSERT_CHANGE: Final = "INSERT INTO position_changes (session_id, t_utc) VALUES (?, ?)"
INSERT_NOTE: Final = "INSERT INTO notes (t_utc, text) VALUES (?, ?)"
INSERT_OFFSET: Final = "INSERT INTO local_offsets (since_utc, offset_s) VALUES (?, ?)"

CHUNKS: Final = "SELECT start_utc, data FROM chunks WHERE session_id = ?"
# What is copied as it is, session by session.
COPIES: Final = (
    (CHUNKS, INSERT_CHUNK),
    (
        "SELECT t_utc, state, tilt_deg, tilt_low_deg, tilt_high_deg, tilt_pct, trunk_inclination_deg,"
        " thigh_elevation_deg, knee_above_hip_cm, view, basis, confidence, reason FROM samples WHERE session_id = ?",
        "INSERT INTO samples (session_id, t_utc, state, tilt_deg, tilt_low_deg, tilt_high_deg, tilt_pct,"
        " trunk_inclination_deg, thigh_elevation_deg, knee_above_hip_cm, view, basis, confidence, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    ),
    ("SELECT state, reason, start_utc, end_utc, cause FROM bouts WHERE session_id = ?", INSERT_BOUT),
    ("SELECT t_utc FROM position_changes WHERE session_id = ?", INSERT_CHANGE),
)
AHEAD: Final = 16
"""So many pieces of the time line may wait to be packed."""
_OF_THE_CONTENT: Final = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH})


@dataclass(frozen=True, slots=True)
class Merged:
    """What was brought into a log.

    Attributes:
        sessions: how many are new.
        notes: how many are new.
        already_there: how many sessions the log had before.
    """

    sessions: int
    notes: int
    already_there: int


@dataclass(frozen=True, slots=True)
class Whole:
    """All that a log holds, as it is kept: nothing is cut, and sessions that overlap are all there.

    Everything can be gone through once, in this order. `lines` are pieces of the time lines, each in order of time.
    """

    clock: LocalClock
    sessions: Iterable[SessionInfo]
    lines: Iterable[TimeLine]
    bouts: Iterable[Bout]
    warnings: Iterable[GivenWarning]
    changes: Iterable[PositionChange]
    notes: Iterable[Note]


@contextmanager
def whole_log(path: Path) -> Iterator[Whole]:
    """All of a log as it is at one moment, also while it is written. Raises LogError, also while it is gone through."""
    with current_log(path, in_use=True) as (connection, _):
        sessions = [session_of(row) for row in connection.execute(SESSIONS)]
        lines = (line for each in sessions for line in read_lines(connection, each.id, -math.inf, math.inf))
        yield Whole(
            read_clock(connection),
            sessions,
            _understood(path, lines),
            _understood(path, (bout_of(*row) for row in connection.execute(BOUTS))),
            _understood(path, (GivenWarning(*row) for row in connection.execute(WARNINGS))),
            _understood(path, (PositionChange(*row) for row in connection.execute(CHANGES))),
            _understood(path, (Note(*row) for row in connection.execute(NOTES))),
        )


def write_whole(path: Path, whole: Whole, source: Path) -> None:
    """Make a log of all this, to be merged: it is not summed up.

    Raises LogError, which names ``source``, when it does not hang together.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            migrate(connection, 0)
            with transaction(connection):
                _write_whole(connection, whole)
        except sqlite3.Error as error:
            raise _why(error, source, path) from error
        except NOT_UNDERSTOOD as error:
            raise damaged(source) from error


def _write_whole(connection: sqlite3.Connection, whole: Whole) -> None:
    connection.executemany(INSERT_OFFSET, whole.clock.changes)
    started: dict[int, float] = {}
    for session in whole.sessions:
        written = insert_session(connection, session)
        connection.execute("UPDATE sessions SET id = ? WHERE id = ?", (session.id, written))
        started[session.id] = session.started_utc_s
    for line, data in _packed(_by_hour(whole.lines, started)):
        connection.execute(INSERT_CHUNK, (int(line.session_id[0]), float(line.t_utc_s[0]), data))
    connection.executemany(
        INSERT_BOUT, ((b.session_id, b.state, b.reason, b.start_utc_s, b.end_utc_s, b.cause) for b in whole.bouts)
    )
    connection.executemany(
        INSERT_WARNING,
        ((w.id, w.session_id, w.t_utc_s, w.kind, w.cause, w.text, w.answered_s) for w in whole.warnings),
    )
    connection.executemany(INSERT_CHANGE, ((change.session_id, change.t_utc_s) for change in whole.changes))
    connection.executemany(INSERT_NOTE, ((note.t_utc_s, note.text) for note in whole.notes))


def _by_hour(lines: Iterable[TimeLine], started: Mapping[int, float]) -> Iterator[TimeLine]:
    """The same samples in pieces of one session and one hour each, as they are packed."""
    waiting: list[TimeLine] = []
    key = (-1, -1)
    for line in lines:
        sessions, places = np.unique(line.session_id, return_inverse=True)
        begun = np.array([started.get(each, math.nan) for each in sessions.tolist()])[places]
        if np.isnan(begun).any():
            raise ValueError("samples without a session")
        hours = np.floor((line.t_utc_s - begun) / CHUNK_S).astype(np.int64)
        edges = (np.flatnonzero((np.diff(line.session_id) != 0) | (np.diff(hours) != 0)) + 1).tolist()
        for first, last in pairwise([0, *edges, len(line)] if len(line) else []):
            if waiting and key != (line.session_id[first], hours[first]):
                yield TimeLine.joined(waiting)
                waiting = []
            key = (int(line.session_id[first]), int(hours[first]))
            waiting.append(line.chosen(slice(first, last)))
    if waiting:
        yield TimeLine.joined(waiting)


def _packed(lines: Iterable[TimeLine]) -> Iterator[tuple[TimeLine, bytes]]:
    """Each piece with its bytes, in order. They are packed by other threads, while the next ones are read."""
    waiting: deque[tuple[TimeLine, Future[bytes]]] = deque()
    with ThreadPoolExecutor() as pool:
        for line in lines:
            waiting.append((line, pool.submit(pack, line)))
            if len(waiting) > AHEAD:
                done, data = waiting.popleft()
                yield done, data.result()
        for done, data in waiting:
            yield done, data.result()


def merge_into(file: LogFile, source: Path) -> Merged:
    """Bring what another log holds into this one: the sessions and notes that it does not have yet. In one transaction.

    Sessions are told by their `uid`, so that a second time nothing comes. What comes is summed up together with the
    sessions that it overlaps: some tenths of a second for each new day. Where both logs tell the local time, the one of
    ``file`` holds. Raises LogError when ``source`` is no log, damaged or of a newer Saddle, and when the log cannot be
    written; then nothing is changed.
    """
    with current_log(source) as (other, is_old):
        try:
            with transaction(file.connection) as own:
                return _merge(file, own, other, is_old=is_old)
        except sqlite3.Error as error:
            raise _why(error, source, file.path) from error
        except NOT_UNDERSTOOD as error:
            raise damaged(source) from error


def _merge(file: LogFile, own: sqlite3.Connection, other: sqlite3.Connection, *, is_old: bool) -> Merged:
    there = [session_of(row) for row in own.execute(SESSIONS).fetchall()]
    offered = [session_of(row) for row in other.execute(SESSIONS).fetchall()]
    key = _what if is_old else _uid
    known = {key(session) for session in there}
    new = [session for session in offered if key(session) not in known]
    numbers = {session.id: _copy_session(own, other, session) for session in new}
    for _, session_id, *about in other.execute(WARNINGS):
        if session_id in numbers:
            own.execute(INSERT_WARNING, (file.next_warning_id(), numbers[session_id], *about))
    notes = _copy_notes(own, other)
    clock = read_clock(own)
    if new or not there:
        clock = merged_clock(clock, _spans(there), read_clock(other), _spans(new))
        own.execute("DELETE FROM local_offsets")
        own.executemany(INSERT_OFFSET, clock.changes)
    sum_up(own, clock)
    return Merged(len(new), notes, len(offered) - len(new))


def _uid(session: SessionInfo) -> object:
    if not session.uid:
        raise ValueError("a session without a uid")
    return session.uid


def _what(session: SessionInfo) -> object:
    """What tells a session of an older log, which had no uid."""
    return session.started_utc_s, session.profile, session.source, session.source_kind, session.tilt_model


def _copy_session(own: sqlite3.Connection, other: sqlite3.Connection, session: SessionInfo) -> int:
    """Copy a session as it is and return its new number. One that still ran is ended where it was last seen."""
    ended_utc_s = session.ended_utc_s
    if ended_utc_s is None:
        (ended_utc_s,) = other.execute(LAST_SEEN, (session.started_utc_s, session.id)).fetchone()
    number = insert_session(own, replace(session, ended_utc_s=ended_utc_s))
    for _, data in other.execute(CHUNKS, (session.id,)):
        _check_piece(data, number)
    for select, insert in COPIES:
        own.executemany(insert, ((number, *row) for row in other.execute(select, (session.id,))))
    pack_session(own, number, session.started_utc_s, math.inf)
    return number


def _check_piece(data: bytes, number: int) -> None:
    try:
        unpack(data, number)
    except LogError as error:
        raise ValueError(str(error)) from error


def _copy_notes(own: sqlite3.Connection, other: sqlite3.Connection) -> int:
    there = {(round(t_utc_s * TICKS_PER_S), text) for _, t_utc_s, text in own.execute(NOTES)}
    new = [note[1:] for note in other.execute(NOTES) if (round(note[1] * TICKS_PER_S), note[2]) not in there]
    own.executemany(INSERT_NOTE, new)
    return len(new)


def merged_clock(
    own: LocalClock, own_spans: Sequence[Span], other: LocalClock, other_spans: Sequence[Span]
) -> LocalClock:
    """One local time for two logs, told by the spans in which each was written; ``own`` holds where both were.

    Between the spans the clock that was heard of last goes on.
    """
    if not own.changes:
        return other
    ours, theirs = merged(list(own_spans)), merged(list(other_spans))
    own_at, other_at = ({t_utc_s for t_utc_s, _ in clock.changes} for clock in (own, other))
    edges = {edge for span in (*ours, *theirs) for edge in span if math.isfinite(edge)}
    result: list[tuple[float, int]] = []
    holds = own
    for t_utc_s in sorted(own_at | other_at | edges):
        if covers(ours, t_utc_s):
            holds = own
        elif covers(theirs, t_utc_s):
            holds = other
        elif t_utc_s in own_at or t_utc_s in other_at:
            holds = own if t_utc_s in own_at else other
        offset_s = holds.offset_s(t_utc_s)
        if not result or result[-1][1] != offset_s:
            result.append((t_utc_s, offset_s))
    return LocalClock(tuple(result))


def _spans(sessions: Iterable[SessionInfo]) -> list[Span]:
    """When sessions ran, with the tick in which each ended."""
    return [
        (each.started_utc_s, math.inf if each.ended_utc_s is None else each.ended_utc_s + 1 / TICKS_PER_S)
        for each in sessions
    ]


def _understood(path: Path, rows: Iterable[_T]) -> Iterator[_T]:
    """The same rows; what goes wrong is put into words."""
    try:
        yield from rows
    except sqlite3.Error as error:
        raise explain(error, path) from error
    except NOT_UNDERSTOOD as error:
        raise LogError(f"The tilt log {path} holds an entry that is not understood: {error}.") from error


def _why(error: sqlite3.Error, source: Path, log: Path) -> LogError:
    """What an error means while rows of a source are written into a log."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_THE_CONTENT:
        return damaged(source)
    return explain(error, log)
