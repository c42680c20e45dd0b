"""The file of the tilt log, opened for writing, with the lock that makes its writer the only one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from monitor.errors import LogError
from monitor.tiltlog.schema import explain, migrate, transaction, version_of

BUSY_S = 0.25
"""The longest wait for another program that holds the file."""


@dataclass(frozen=True, slots=True)
class LogFile:
    """An open log, shared by its `TiltLog` and the sessions: the lock is held for as long as any of them is there."""

    path: Path
    connection: sqlite3.Connection
    lock: FileLock
    warning_ids: Iterator[int]

    @classmethod
    def open(cls, path: Path) -> LogFile:
        """Lock and open the log, as `TiltLog.open` says. Raises LogError."""
        lock = _lock_beside(path)
        try:
            connection = _connect(path)
        except BaseException:
            lock.release()
            raise
        (last_warning_id,) = connection.execute("SELECT coalesce(max(id), 0) FROM warnings").fetchone()
        return cls(path, connection, lock, count(last_warning_id + 1))

    def close(self) -> None:
        """Let go of the file and the lock; a second call does nothing."""
        self.connection.close()
        self.lock.release()


def _lock_beside(path: Path) -> FileLock:
    """Take the lock file beside the log, without waiting. The system frees it when the program dies."""
    lock = FileLock(path.with_name(path.name + ".lock"), thread_local=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(blocking=False)
    except Timeout as error:
        raise LogError(f"Another Saddle is already writing the tilt log {path}: close it first.") from error
    except OSError as error:
        raise LogError(f"The tilt log {path} cannot be written ({error.strerror}): choose another folder.") from error
    return lock


def _connect(path: Path) -> sqlite3.Connection:
    """The writing connection to a log that is up to date and has no session left open."""
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        found = version_of(connection, path)  # before anything that writes: a file of another program stays as it is
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection, found)
        with transaction(connection):
            connection.execute(
                "UPDATE sessions SET ended_utc = coalesce("
                "(SELECT max(end_utc) FROM bouts WHERE session_id = sessions.id), started_utc) WHERE ended_utc IS NULL"
            )
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise explain(error, path) from error
        raise
    return connection
