"""Keeps the summaries of days and hours as the log grows. Raises what sqlite3 raises.

A day is always counted whole, from all its sessions of a kind, so that time in which sessions overlap counts once.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from monitor.tiltlog.hours import Hour, count_hours
from monitor.tiltlog.kept_totals import totals_blob
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.local_days import LocalClock, day_number
from monitor.tiltlog.packing import pack
from monitor.tiltlog.records import NOT_OBSERVED, LogSlice, SessionInfo, SourceKind
from monitor.tiltlog.rows import CHUNK_S, LOOSE, read_day, sample_of
from monitor.tiltlog.totals import Totals, count

KEEP_DAY: Final = "INSERT INTO session_days (day, session_id, source_kind, observed, totals) VALUES (?, ?, ?, ?, ?)"
KEEP_HOUR: Final = (
    "INSERT INTO session_hours (hour, session_id, away, standing, unknown, upright, leaning, reclined, tipped,"
    " not_observed, changes, minutes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
UNSUMMED_SESSIONS: Final = """
    SELECT id, source_kind, started_utc, coalesce(summed_utc, started_utc),
    coalesce(ended_utc, (SELECT max(end_utc) FROM bouts WHERE session_id = id), started_utc)
    FROM sessions WHERE ended_utc IS NULL OR summed_utc IS NOT ended_utc"""


@dataclass(frozen=True)
class SessionDay:
    """A session's part of a local day, with its totals and its hours."""

    session: SessionInfo
    totals: Totals
    hours: tuple[Hour, ...]


def count_day(log: LogSlice, clock: LocalClock) -> Iterator[SessionDay]:
    """The totals of each session of a day; ``log`` is that day, of one kind of source."""
    line = log.samples if isinstance(log.samples, TimeLine) else TimeLine.of(log.samples)
    for session in log.sessions:
        part = replace(
            log,
            sessions=(session,),
            samples=line.chosen(line.session_id == session.id),
            bouts=tuple(row for row in log.bouts if row.session_id == session.id),
            warnings=tuple(row for row in log.warnings if row.session_id == session.id),
            changes=tuple(row for row in log.changes if row.session_id == session.id),
            notes=(),
        )
        yield SessionDay(session, count(part), tuple(count_hours(part, clock)))


def keep_days(connection: sqlite3.Connection, clock: LocalClock, kind: SourceKind, days: Iterable[date]) -> None:
    """Count these local days anew and keep what they come to. Belongs into a transaction."""
    for day in days:
        number = day_number(day)
        counted = tuple(count_day(read_day(connection, clock, day, kind), clock))
        connection.execute("DELETE FROM session_days WHERE day = ? AND source_kind = ?", (number, kind))
        connection.execute(
            "DELETE FROM session_hours WHERE hour BETWEEN ? AND ?"
            " AND session_id IN (SELECT id FROM sessions WHERE source_kind = ?)",
            (24 * number, 24 * number + 23, kind),
        )
        for part in counted:
            session_id, totals = part.session.id, part.totals
            observed = sum(ticks for state, ticks in totals.state_ticks.items() if state != NOT_OBSERVED)
            connection.execute(KEEP_DAY, (number, session_id, kind, observed, totals_blob(totals)))
            for hour in part.hours:
                about = (*hour.state_ticks.tolist(), hour.changes, hour.minutes.packed())
                connection.execute(KEEP_HOUR, (hour.hour, session_id, *about))


def sum_up(connection: sqlite3.Connection, clock: LocalClock, session_id: int | None = None) -> None:
    """Bring the days of every session that has grown up to date, or of one. Belongs into a transaction."""
    grown = connection.execute(UNSUMMED_SESSIONS).fetchall()
    days: dict[SourceKind, set[date]] = {}
    for each, kind, started_utc, summed_utc, last_utc in grown:
        if session_id in (None, each):
            days.setdefault(kind, set()).update(days_between(clock, max(started_utc, summed_utc), last_utc))
    for kind, which in days.items():
        keep_days(connection, clock, kind, sorted(which))
    for each, _, _, _, last_utc in grown:
        if session_id in (None, each):
            connection.execute("UPDATE sessions SET summed_utc = ? WHERE id = ?", (last_utc, each))


def pack_session(connection: sqlite3.Connection, session_id: int, started_utc_s: float, until_utc_s: float) -> None:
    """Pack the loose samples of a session from before a moment, hour by hour. Belongs into a transaction."""
    rows = connection.execute(LOOSE, (started_utc_s - 1.0, until_utc_s, session_id)).fetchall()
    pieces: dict[int, list[Any]] = {}
    for row in rows:
        pieces.setdefault(int((row[1] - started_utc_s) // CHUNK_S), []).append(row)
    for piece in pieces.values():
        line = TimeLine.of(map(sample_of, piece))
        connection.execute(
            "INSERT OR REPLACE INTO chunks (session_id, start_utc, data) VALUES (?, ?, ?)",
            (session_id, float(line.t_utc_s[0]), pack(line)),
        )
    connection.execute("DELETE FROM samples WHERE session_id = ? AND t_utc < ?", (session_id, until_utc_s))


def insert_session(connection: sqlite3.Connection, about: SessionInfo) -> int:
    """Write a session and return its number; the number in ``about`` does not count. Belongs into a transaction."""
    limits = (about.enter_deg, about.leave_deg, about.slump_deg)
    texts = (
        about.profile,
        about.source,
        about.source_kind,
        about.tilt_model,
        about.program_version,
        about.seat,
        about.uid,
    )
    connection.execute(
        "INSERT INTO sessions (started_utc, ended_utc, profile, source, source_kind, tilt_model, program_version, seat,"
        " uid, enter_deg, leave_deg, slump_deg) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (about.started_utc_s, about.ended_utc_s, *texts, *(v if math.isfinite(v) else None for v in limits)),
    )
    (session_id,) = connection.execute("SELECT last_insert_rowid()").fetchone()
    return int(session_id)


def days_between(clock: LocalClock, start_utc_s: float, end_utc_s: float) -> set[date]:
    """Every local day that has a moment from start to end, both included."""
    moments = [start_utc_s, end_utc_s, *(t for t, _ in clock.changes if start_utc_s <= t <= end_utc_s)]
    days = {clock.day_of(t) for t in moments} | {clock.day_of(t - 0.1) for t in moments[2:]}
    first, last = min(days), max(days)
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}
