"""The file of the tilt log, opened for writing, with the lock that makes its writer the only one."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from monitor.errors import LogError
from monitor.tiltlog.carrying import note_offset
from monitor.tiltlog.keeping import UNSUMMED_SESSIONS, pack_session, sum_up
from monitor.tiltlog.local_days import LocalClock, system_offset_s
from monitor.tiltlog.rows import read_clock
from monitor.tiltlog.schema import explain, migrate, transaction, version_of

BUSY_S = 0.25
"""The longest wait for another program that holds the file."""


@dataclass(frozen=True, slots=True)
class LogFile:
    """An open log, shared by its `TiltLog` and the sessions: the lock is held for as long as any of them is there.

    ``offset_of`` tells how far local time is ahead of UTC at a moment, in seconds.
    """

    path: Path
    connection: sqlite3.Connection
    lock: FileLock
    warning_ids: Iterator[int]
    offset_of: Callable[[float], int]

    @classmethod
    def open(cls, path: Path, offset_of: Callable[[float], int] = system_offset_s) -> LogFile:
        """Lock and open the log, as `TiltLog.open` says. Raises LogError."""
        lock = _lock_beside(path)
        try:
            connection = _connect(path)
        except BaseException:
            lock.release()
            raise
        (last_warning_id,) = connection.execute("SELECT coalesce(max(id), 0) FROM warnings").fetchone()
        return cls(path, connection, lock, count(last_warning_id + 1), offset_of)

    def keep_offset(self, t_utc_s: float) -> None:
        """Keep how far local time is ahead of UTC from now on, where that has changed. Belongs into a transaction."""
        note_offset(self.connection, t_utc_s, self.offset_of(t_utc_s))

    def clock(self) -> LocalClock:
        """The local time of the log."""
        return read_clock(self.connection)

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
        _end_what_a_crash_left(connection)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise explain(error, path) from error
        raise
    return connection


def _end_what_a_crash_left(connection: sqlite3.Connection) -> None:
    """End the sessions that are still open at their last heartbeat, pack them and sum them up."""
    with transaction(connection):  # also where nothing is left: a file that may not be written is found now
        connection.execute(
            "UPDATE sessions SET ended_utc = coalesce("
            "(SELECT max(end_utc) FROM bouts WHERE session_id = sessions.id), started_utc) WHERE ended_utc IS NULL"
        )
        for session_id, _, started_utc_s, _, _ in connection.execute(UNSUMMED_SESSIONS).fetchall():
            pack_session(connection, session_id, started_utc_s, math.inf)
        sum_up(connection, read_clock(connection))
