"""Brings the rows of a log of version 1 into the form of version 2."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from uuid import uuid4

from monitor.tiltlog.keeping import pack_session, sum_up
from monitor.tiltlog.local_days import HOUR_S, system_offset_s
from monitor.tiltlog.packing import rounded
from monitor.tiltlog.positions import change_times
from monitor.tiltlog.records import Sample, tick_s
from monitor.tiltlog.rows import LOOSE, bout_of, read_clock, sample_of

INSERT_SAMPLE = (
    "INSERT OR IGNORE INTO samples (session_id, t_utc, state, tilt_deg, tilt_low_deg, tilt_high_deg, tilt_pct,"
    " trunk_inclination_deg, thigh_elevation_deg, knee_above_hip_cm, view, basis, confidence, reason)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

SESSION_BOUTS = """
    SELECT session_id, state, reason, start_utc, end_utc, cause FROM bouts WHERE session_id = ? ORDER BY start_utc"""


def carry_to_version_2(connection: sqlite3.Connection, offset_of: Callable[[float], int] = system_offset_s) -> None:
    """Round times and measures, pack the time line, find the changes of position and sum up days and hours.

    Local time was not kept before: it is taken to have been this computer's.
    """
    connection.create_function("tick", 1, lambda t_s: None if t_s is None else tick_s(t_s), deterministic=True)
    connection.execute("DELETE FROM bouts WHERE tick(end_utc) <= tick(start_utc)")
    connection.execute("UPDATE bouts SET start_utc = tick(start_utc), end_utc = tick(end_utc)")
    connection.execute("UPDATE warnings SET t_utc = tick(t_utc)")
    connection.execute("UPDATE sessions SET started_utc = tick(started_utc), ended_utc = tick(ended_utc)")
    for session_id, started_utc_s, ended_utc_s in connection.execute(
        "SELECT id, started_utc, coalesce(ended_utc, started_utc) FROM sessions ORDER BY started_utc"
    ).fetchall():
        connection.execute("UPDATE sessions SET uid = ? WHERE id = ?", (uuid4().hex, session_id))
        rows = connection.execute(LOOSE, (-math.inf, math.inf, session_id)).fetchall()
        samples = [rounded(sample_of(row)) for row in rows]
        connection.execute("DELETE FROM samples WHERE session_id = ?", (session_id,))
        connection.executemany(INSERT_SAMPLE, map(sample_row, samples))
        bouts = [bout_of(*row) for row in connection.execute(SESSION_BOUTS, (session_id,))]
        connection.executemany(
            "INSERT OR IGNORE INTO position_changes (session_id, t_utc) VALUES (?, ?)",
            [(session_id, t_utc_s) for t_utc_s in change_times(samples, bouts)],
        )
        pack_session(connection, session_id, started_utc_s, math.inf)
        hour_s = started_utc_s
        while hour_s <= ended_utc_s + HOUR_S:
            note_offset(connection, hour_s, offset_of(hour_s))
            hour_s += HOUR_S
    sum_up(connection, read_clock(connection))


def note_offset(connection: sqlite3.Connection, t_utc_s: float, offset_s: int) -> None:
    """Keep that local time was so far ahead of UTC, where the log does not say so already."""
    last = connection.execute("SELECT since_utc, offset_s FROM local_offsets ORDER BY since_utc DESC").fetchone()
    if last is None or (t_utc_s > last[0] and offset_s != last[1]):
        connection.execute("INSERT OR REPLACE INTO local_offsets VALUES (?, ?)", (t_utc_s, offset_s))


def sample_row(sample: Sample) -> tuple[object, ...]:
    """A sample as a row of the table samples; what is not known is NULL."""
    measures = (
        sample.tilt_deg,
        sample.tilt_low_deg,
        sample.tilt_high_deg,
        sample.tilt_pct,
        sample.trunk_inclination_deg,
        sample.thigh_elevation_deg,
        sample.knee_above_hip_cm,
    )
    return (
        *(sample.session_id, sample.t_utc_s, str(sample.state)),
        *map(null_unless_finite, measures),
        *(str(sample.view), str(sample.basis), null_unless_finite(sample.confidence), sample.reason),
    )


def null_unless_finite(value: float) -> float | None:
    """A number as SQLite is to hold it."""
    return float(value) if math.isfinite(value) else None
