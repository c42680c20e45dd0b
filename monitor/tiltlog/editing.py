"""Changes what the log already holds: forgets stretches of time and tags seats. Raises what sqlite3 raises."""

from __future__ import annotations

import math
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

from monitor.tiltlog.keeping import insert_session, sum_up
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.packing import pack, unpack
from monitor.tiltlog.records import tick_s
from monitor.tiltlog.rows import ALL_SESSIONS, CHUNK_S, read_clock, session_of
from monitor.tiltlog.schema import transaction

WORTH_PAGES: Final = 0.2
"""Space is given back without being asked once so large a share of the file is empty."""

FORGET_OFFSETS: Final = """
    DELETE FROM local_offsets
    WHERE NOT EXISTS (SELECT 1 FROM sessions) AND NOT EXISTS (SELECT 1 FROM notes)"""
"""Of an empty log not even where its user was and when is left."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was forgotten.

    Attributes:
        sessions, bouts, warnings, notes: how many, counting those that were only cut.
        freed_bytes: how much smaller the file has become.
    """

    sessions: int
    bouts: int
    warnings: int
    notes: int
    freed_bytes: int


def forget(
    connection: sqlite3.Connection, start_utc_s: float, end_utc_s: float, *, worth_it: bool = False
) -> Forgotten:
    """Forget all from start up to end, in one transaction, and give the space back; see `TiltLog.forget`.

    With ``worth_it`` the space is given back only when there is much of it.
    """
    before = _size(connection)
    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is overwritten
    start, end = _bound(start_utc_s), _bound(end_utc_s)
    with transaction(connection):
        clock, touched = read_clock(connection), _sessions_in(connection, start, end)
        within = {"start": start, "end": end}
        found = connection.execute("SELECT count(*) FROM bouts WHERE end_utc > :start AND start_utc < :end", within)
        (bouts,) = found.fetchone()
        warnings, notes = (_delete_moments(connection, table, within) for table in ("warnings", "notes"))
        for table in ("samples", "position_changes"):
            _delete_moments(connection, table, within)
        _cut_bouts(connection, within)
        _cut_chunks(connection, start, end)
        _end_cut_sessions(connection, touched)
        _recount(connection, clock, touched)
        connection.execute(FORGET_OFFSETS)
    (free,), (pages,) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("freelist_count", "page_count"))
    with suppress(sqlite3.OperationalError):  # forgotten it is; a disk without room for the smaller file gets it later
        if not worth_it or free > WORTH_PAGES * pages:
            connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Forgotten(len(touched), bouts, warnings, notes, max(0, before - _size(connection)))


def tag(connection: sqlite3.Connection, start_utc_s: float, end_utc_s: float, seat: str) -> int:
    """Give all from start up to end this seat, cutting sessions that reach beyond, in one transaction."""
    start, end = _bound(start_utc_s), _bound(end_utc_s)
    with transaction(connection):
        clock = read_clock(connection)
        touched = []
        for session_id in _sessions_in(connection, start, end):
            inside = _split(connection, session_id, start)
            rest = _split(connection, inside, end)
            connection.execute("UPDATE sessions SET seat = ? WHERE id = ?", (seat, inside))
            touched += sorted({session_id, inside, rest})
        _recount(connection, clock, touched)
        tagged = _sessions_in(connection, start, end)
    return len(tagged)


def _bound(t_utc_s: float) -> float:
    return tick_s(t_utc_s) if math.isfinite(t_utc_s) else math.copysign(1e12, t_utc_s)


def _size(connection: sqlite3.Connection) -> int:
    (pages,), (size,) = (connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    return int(pages * size)


def _sessions_in(connection: sqlite3.Connection, start: float, end: float) -> list[int]:
    """The sessions that have any time in a range; also those of no length that lie in it."""
    rows = connection.execute(
        "SELECT id FROM sessions WHERE started_utc < :end AND (ended_utc > :start"
        " OR (started_utc = ended_utc AND started_utc >= :start)) ORDER BY started_utc, id",
        {"start": start, "end": end},
    )
    return [session_id for (session_id,) in rows]


_DELETE_MOMENTS: Final = {
    "warnings": "DELETE FROM warnings WHERE t_utc >= :start AND t_utc < :end",
    "notes": "DELETE FROM notes WHERE t_utc >= :start AND t_utc < :end",
    "samples": "DELETE FROM samples WHERE t_utc >= :start AND t_utc < :end",
    "position_changes": "DELETE FROM position_changes WHERE t_utc >= :start AND t_utc < :end",
}


def _delete_moments(connection: sqlite3.Connection, table: str, within: dict[str, float]) -> int:
    return connection.execute(_DELETE_MOMENTS[table], within).rowcount


def _cut_bouts(connection: sqlite3.Connection, within: dict[str, float]) -> None:
    connection.execute(
        "INSERT INTO bouts (session_id, state, reason, start_utc, end_utc, cause)"
        " SELECT session_id, state, reason, :end, end_utc, cause FROM bouts WHERE start_utc < :end AND end_utc > :end"
        " AND NOT EXISTS (SELECT 1 FROM bouts AS there WHERE there.session_id = bouts.session_id"
        " AND there.start_utc = :end)",
        within,
    )
    connection.execute("DELETE FROM bouts WHERE start_utc >= :start AND start_utc < :end", within)
    connection.execute("UPDATE bouts SET end_utc = :start WHERE start_utc < :start AND end_utc > :start", within)


def _cut_chunks(connection: sqlite3.Connection, start: float, end: float) -> None:
    rows = connection.execute(
        "SELECT id, session_id, data FROM chunks WHERE start_utc > ? AND start_utc < ?", (start - CHUNK_S - 1.0, end)
    )
    for chunk_id, session_id, data in rows.fetchall():
        line = unpack(data, session_id)
        outside = (line.t_utc_s < start) | (line.t_utc_s >= end)
        if outside.all():
            continue
        connection.execute("DELETE FROM chunks WHERE id = ?", (chunk_id,))
        for part in (line.chosen(outside & (line.t_utc_s < start)), line.chosen(outside & (line.t_utc_s >= end))):
            if len(part):
                _insert_chunk(connection, session_id, float(part.t_utc_s[0]), pack(part))


def _insert_chunk(connection: sqlite3.Connection, session_id: int, start_utc_s: float, data: bytes) -> None:
    connection.execute(
        "INSERT INTO chunks (session_id, start_utc, data) VALUES (?, ?, ?)", (session_id, start_utc_s, data)
    )


def _end_cut_sessions(connection: sqlite3.Connection, touched: list[int]) -> None:
    """Let each session begin and end with what is left of it; one of which nothing is left goes."""
    for session_id in touched:
        first, last = connection.execute(
            "SELECT min(start_utc), max(end_utc) FROM bouts WHERE session_id = ?", (session_id,)
        ).fetchone()
        if first is None:
            connection.execute("DELETE FROM sessions WHERE id = ?", (session_id,))
        else:
            connection.execute(
                "UPDATE sessions SET started_utc = ?, ended_utc = ? WHERE id = ?", (first, last, session_id)
            )


def _recount(connection: sqlite3.Connection, clock: LocalClock, touched: list[int]) -> None:
    """Sum up anew the days of these sessions, and the days that they were on before."""
    for session_id in touched:
        connection.execute("DELETE FROM session_days WHERE session_id = ?", (session_id,))
        connection.execute("DELETE FROM session_hours WHERE session_id = ?", (session_id,))
        connection.execute("UPDATE sessions SET summed_utc = NULL WHERE id = ?", (session_id,))
    sum_up(connection, clock)


def _split(connection: sqlite3.Connection, session_id: int, t_utc_s: float) -> int:
    """Cut a session in two at a moment; returns the second part, which is the session itself when it begins later."""
    rows = connection.execute(ALL_SESSIONS, (None,))
    session = next(each for each in map(session_of, rows) if each.id == session_id)
    if session.ended_utc_s is None or not session.started_utc_s < t_utc_s < session.ended_utc_s:
        return session_id
    second = insert_session(connection, replace(session, started_utc_s=t_utc_s, uid=uuid4().hex))
    connection.execute("UPDATE sessions SET ended_utc = ? WHERE id = ?", (t_utc_s, session_id))
    parts = {"old": session_id, "new": second, "t": t_utc_s}
    connection.execute(
        "INSERT INTO bouts (session_id, state, reason, start_utc, end_utc, cause)"
        " SELECT :new, state, reason, :t, end_utc, cause FROM bouts"
        " WHERE session_id = :old AND start_utc < :t AND end_utc > :t",
        parts,
    )
    connection.execute("UPDATE bouts SET session_id = :new WHERE session_id = :old AND start_utc >= :t", parts)
    connection.execute("UPDATE bouts SET end_utc = :t WHERE session_id = :old AND end_utc > :t", parts)
    for statement in (
        "UPDATE samples SET session_id = :new WHERE session_id = :old AND t_utc >= :t",
        "UPDATE warnings SET session_id = :new WHERE session_id = :old AND t_utc >= :t",
        "UPDATE position_changes SET session_id = :new WHERE session_id = :old AND t_utc >= :t",
    ):
        connection.execute(statement, parts)
    for chunk_id, data in connection.execute(
        "SELECT id, data FROM chunks WHERE session_id = ? AND start_utc > ?", (session_id, t_utc_s - CHUNK_S - 1.0)
    ).fetchall():
        line = unpack(data, session_id)
        connection.execute("DELETE FROM chunks WHERE id = ?", (chunk_id,))
        for owner, part in ((session_id, line.t_utc_s < t_utc_s), (second, line.t_utc_s >= t_utc_s)):
            if part.any():
                chosen = line.chosen(part)
                _insert_chunk(connection, owner, float(chosen.t_utc_s[0]), pack(chosen))
    return second
