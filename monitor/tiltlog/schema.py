"""The tables of the tilt log, their versions, and what an SQLite error means to the user."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from monitor.errors import LogError, UnusableLogError
from monitor.tiltlog.carrying import carry_to_version_2

APPLICATION_ID = 0x5341444C  # "SADL": tells a tilt log from any other SQLite file

UNSUMMED = "ended_utc IS NULL OR summed_utc IS NOT ended_utc"
"""Which sessions still have days and hours to be summed up."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a version of the tables to the next; its version is its place in `MIGRATIONS`, from 1.

    What no statement can say about rows that are there already, `carry` does after the statements.
    """

    name: str
    statements: tuple[str, ...]
    carry: Callable[[sqlite3.Connection], None] | None = None


# Times are REAL seconds since 1970-01-01 UTC; NULL in a measure means "not known".
MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        "sessions, samples, bouts and warnings",
        (
            """CREATE TABLE sessions (
                id INTEGER PRIMARY KEY,
                started_utc REAL NOT NULL,
                ended_utc REAL,
                profile TEXT NOT NULL,
                source TEXT NOT NULL,
                source_kind TEXT NOT NULL CHECK (source_kind IN ('live', 'recording')),
                tilt_model TEXT NOT NULL,
                program_version TEXT NOT NULL
            )""",
            """CREATE TABLE samples (
                session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                t_utc REAL NOT NULL,
                state TEXT NOT NULL,
                tilt_deg REAL,
                tilt_low_deg REAL,
                tilt_high_deg REAL,
                tilt_pct REAL,
                trunk_inclination_deg REAL,
                thigh_elevation_deg REAL,
                knee_above_hip_cm REAL,
                view TEXT NOT NULL,
                basis TEXT NOT NULL,
                confidence REAL,
                reason TEXT NOT NULL,
                PRIMARY KEY (t_utc, session_id)
            ) WITHOUT ROWID""",
            """CREATE TABLE bouts (
                session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                state TEXT NOT NULL,
                reason TEXT NOT NULL,
                start_utc REAL NOT NULL,
                end_utc REAL NOT NULL CHECK (end_utc > start_utc),
                PRIMARY KEY (session_id, start_utc)
            ) WITHOUT ROWID""",
            "CREATE INDEX bouts_by_end ON bouts (end_utc)",
            """CREATE TABLE warnings (
                id INTEGER PRIMARY KEY,
                session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                t_utc REAL NOT NULL,
                kind TEXT NOT NULL,
                cause TEXT NOT NULL,
                text TEXT NOT NULL,
                answered_s REAL
            )""",
            "CREATE INDEX warnings_by_time ON warnings (t_utc)",
        ),
    ),
    # From here on times are whole tenths of a second, and measures on the steps of `packing`.
    Migration(
        "packed time line, summaries, seats, causes, notes and local time",
        (
            "ALTER TABLE sessions ADD COLUMN seat TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE sessions ADD COLUMN uid TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE sessions ADD COLUMN enter_deg REAL",
            "ALTER TABLE sessions ADD COLUMN leave_deg REAL",
            "ALTER TABLE sessions ADD COLUMN slump_deg REAL",
            # Up to when its days and hours are summed up; the same as ended_utc when nothing is left to do.
            "ALTER TABLE sessions ADD COLUMN summed_utc REAL",
            f"CREATE INDEX unsummed_sessions ON sessions (id) WHERE {UNSUMMED}",
            "ALTER TABLE bouts ADD COLUMN cause TEXT NOT NULL DEFAULT ''",
            "DROP INDEX bouts_by_end",
            # Ten minutes of samples each; the table samples holds those that are not packed yet.
            """CREATE TABLE chunks (
                id INTEGER PRIMARY KEY,
                session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                start_utc REAL NOT NULL,
                data BLOB NOT NULL,
                UNIQUE (session_id, start_utc)
            )""",
            """CREATE TABLE position_changes (
                session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                t_utc REAL NOT NULL,
                PRIMARY KEY (t_utc, session_id)
            ) WITHOUT ROWID""",
            """CREATE TABLE notes (
                id INTEGER PRIMARY KEY,
                t_utc REAL NOT NULL,
                text TEXT NOT NULL
            )""",
            "CREATE INDEX notes_by_time ON notes (t_utc)",
            """CREATE TABLE local_offsets (
                since_utc REAL PRIMARY KEY,
                offset_s INTEGER NOT NULL
            ) WITHOUT ROWID""",
            # Days and hours are counted from 1970-01-01 00:00 of the local clock; times are tenths of a second.
            """CREATE TABLE session_days (
                day INTEGER NOT NULL,
                session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                source_kind TEXT NOT NULL,
                observed INTEGER NOT NULL,
                totals BLOB NOT NULL,
                PRIMARY KEY (day, session_id)
            ) WITHOUT ROWID""",
            """CREATE TABLE session_hours (
                hour INTEGER NOT NULL,
                session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
                away INTEGER NOT NULL,
                standing INTEGER NOT NULL,
                unknown INTEGER NOT NULL,
                upright INTEGER NOT NULL,
                leaning INTEGER NOT NULL,
                reclined INTEGER NOT NULL,
                tipped INTEGER NOT NULL,
                not_observed INTEGER NOT NULL,
                changes INTEGER NOT NULL,
                minutes BLOB NOT NULL,
                PRIMARY KEY (hour, session_id)
            ) WITHOUT ROWID""",
        ),
        carry_to_version_2,
    ),
)


def version_of(connection: sqlite3.Connection, path: Path, latest: int = len(MIGRATIONS)) -> int:
    """The version of the tables, 0 for an empty file. Only reads.

    Raises LogError for an SQLite file of another program and for a log of a newer Saddle.
    """
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (table_count,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application_id != APPLICATION_ID:
        if application_id or version or table_count:
            raise UnusableLogError(
                f"{path} belongs to another program: move it away, or choose another place for the log."
            )
        return 0
    if version > latest:
        raise UnusableLogError(
            f"The tilt log {path} was written by a newer Saddle: update Saddle, or move the log away."
        )
    return int(version)


def migrate(connection: sqlite3.Connection, version: int, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring the tables from `version` up to date, each step in one transaction together with its own record."""
    for number, migration in enumerate(migrations[version:], start=version + 1):
        with transaction(connection):
            connection.execute(
                "CREATE TABLE IF NOT EXISTS migrations "
                "(version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_utc REAL NOT NULL)"
            )
            for statement in migration.statements:
                connection.execute(statement)
            if migration.carry is not None:
                migration.carry(connection)
            connection.execute(
                "INSERT INTO migrations VALUES (?, ?, CAST(strftime('%s', 'now') AS REAL))", (number, migration.name)
            )
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All of the block is written, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back on a full disk
            connection.execute("ROLLBACK")
        raise


def explain(error: sqlite3.Error, path: Path) -> LogError:
    """The LogError that tells the user what an SQLite error on the log means and what to do."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest the detail
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return UnusableLogError(
            f"The tilt log {path} is not readable as a log: move it away and a new one will be started."
        )
    if code == sqlite3.SQLITE_FULL:
        return LogError(f"The disk is full, so the tilt log {path} cannot grow: make some room on it.")
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return LogError(f"The tilt log {path} cannot be opened or written: check that its folder and file allow it.")
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return LogError(f"The tilt log {path} is held by another program: close that program.")
    return LogError(f"The tilt log {path} cannot be used ({error}): check the disk, or choose another place for it.")
