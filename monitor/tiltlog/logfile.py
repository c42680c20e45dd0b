"""The file of the tilt log, opened for writing, with the lock that makes its writer the only one."""

from __future__ import annotations

import math
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from monitor.errors import LogError, UnusableLogError
from monitor.tiltlog.carrying import note_offset
from monitor.tiltlog.keeping import UNSUMMED_SESSIONS, pack_session, sum_up
from monitor.tiltlog.local_days import LocalClock, system_offset_s
from monitor.tiltlog.rows import read_clock
from monitor.tiltlog.schema import explain, migrate, transaction, version_of
from monitor.tiltlog.set_aside import set_aside

BUSY_S = 0.25
"""The longest wait for another program that holds the file."""


class LogFile:
    """An open log, shared by its `TiltLog` and the sessions: the lock is held for as long as any of them is there.

    Used from one thread at a time. With ``rescue`` a file that cannot be used as a log is set aside and a new one is
    begun, and a log that cannot be opened just now is tried again when it is next used.

    Attributes:
        path: where it is.
        notice: what the user should know about how it was opened; empty when all is well.
    """

    def __init__(
        self, path: Path, offset_of: Callable[[float], int] = system_offset_s, *, rescue: bool = False
    ) -> None:
        """Lock the log and open it, as `TiltLog.open` says. Raises LogError."""
        self.path = path
        self.notice = ""
        self._offset_of = offset_of
        self._rescue = rescue
        self._connection: sqlite3.Connection | None = None
        self._warning_ids: Iterator[int] = count(1)
        self._lock = lock_beside(path)
        try:
            self.connection  # noqa: B018 - opens it
        except LogError as error:
            if not rescue:
                self._lock.release()
                raise
            self.notice = f"{error} What is seen is kept in memory until then."
        except BaseException:
            self._lock.release()
            raise

    @property
    def connection(self) -> sqlite3.Connection:
        """The writing connection; opened when it is not yet, or no more. Raises LogError."""
        if self._connection is None:
            try:
                self._connection = _connect(self.path)
            except UnusableLogError as error:
                if not self._rescue:
                    raise
                self._set_aside(error)
                self._connection = _connect(self.path)
            (last,) = self._connection.execute("SELECT coalesce(max(id), 0) FROM warnings").fetchone()
            self._warning_ids = count(max(last + 1, next(self._warning_ids)))
        return self._connection

    def next_warning_id(self) -> int:
        """A number that no warning has yet."""
        return next(self._warning_ids)

    def give_up(self, error: sqlite3.Error) -> bool:
        """Set a log aside that turned out to be damaged, where that is wanted; true when a new one can be begun."""
        why = explain(error, self.path)
        if not (self._rescue and isinstance(why, UnusableLogError)):
            return False
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._set_aside(why)
        return True

    def keep_offset(self, t_utc_s: float) -> None:
        """Keep how far local time is ahead of UTC from now on, where that has changed. Belongs into a transaction."""
        note_offset(self.connection, t_utc_s, self._offset_of(t_utc_s))

    def clock(self) -> LocalClock:
        """The local time of the log."""
        return read_clock(self.connection)

    def close(self) -> None:
        """Let go of the file and the lock; a second call does nothing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self._lock.release()

    def _set_aside(self, why: LogError) -> None:
        place = set_aside(self.path)
        what = str(why).split(":", 1)[0]
        self.notice = f"{what}; it was set aside as {place.name} and a new log was begun."


def is_being_written(path: Path) -> bool:
    """Whether a watch is writing this log just now."""
    if not path.exists():
        return False
    try:
        lock_beside(path).release()
    except LogError:
        return True
    return False


def lock_beside(path: Path) -> FileLock:
    """Take the lock file beside the log, without waiting. The system frees it when the program dies."""
    lock = FileLock(path.with_name(path.name + ".lock"), thread_local=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
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
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # nobody else's business
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
        found = version_of(connection, path)  # before anything that writes: a file of another program stays as it is
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection, found)
        _keep_private(path)
        _end_what_a_crash_left(connection)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise explain(error, path) from error
        if isinstance(error, OSError):
            raise LogError(f"The tilt log {path} cannot be made ({error.strerror}): choose another folder.") from error
        raise
    return connection


def _keep_private(path: Path) -> None:
    """Let nobody but the user read the log and what SQLite keeps beside it."""
    for each in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
        with suppress(OSError):  # not there, another user's, or on a disk that knows no rights
            if each.stat().st_mode & 0o077:
                each.chmod(0o600)


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
