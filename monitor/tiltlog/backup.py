"""Keeps the log safe: a copy of it in one file, and a log put back from such a copy. Both are done whole or not at all.

Also opens a log that the user has chosen, to take from it; such a file is never changed.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from monitor.errors import LogError, OutputError
from monitor.files import real_place
from monitor.tiltlog.logfile import LogFile, lock_beside
from monitor.tiltlog.reading import connect_to_read, no_log_yet, read_only
from monitor.tiltlog.schema import APPLICATION_ID, MIGRATIONS, explain, version_of
from monitor.tiltlog.set_aside import BESIDE, set_aside

NOT_UNDERSTOOD: Final = (TypeError, ValueError, OverflowError, zlib.error)
"""What reading an entry raises that makes no sense."""

_TABLES: Final = """
    SELECT count(*) FROM sqlite_master
    WHERE type = 'table' AND name IN ('sessions', 'samples', 'bouts', 'warnings')"""
_OF_THE_DISK: Final = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
)


def backup(log: Path, out: Path) -> None:
    """Write a copy of the log as one file that only its user may read; also while a watch is writing the log.

    What was forgotten is in no corner of it. ``out`` takes its place when the copy is whole and checked; what was there
    before is gone then. Blocks for about a second for a year. Raises LogError when there is no log or it cannot be
    read, OutputError when the copy cannot be written.
    """
    if not log.exists():
        raise no_log_yet()
    if Path(os.path.realpath(out)) in {log.resolve().with_name(log.name + end) for end in (*BESIDE, ".lock")}:
        raise OutputError(f"{out} is the tilt log itself: choose another name for the backup.")
    try:
        with closing(connect_to_read(log)) as connection:
            if version_of(connection, log) == 0:
                raise no_log_yet()
            with _private_file(out) as partial:
                _copy(connection, partial)
                if not is_sound(partial):
                    raise LogError(f"The tilt log {log} could not be copied whole: try again, or check the disk.")
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _OF_THE_DISK and _can_be_read(log):
            raise OutputError(f"{out} cannot be written ({error}): choose another place.") from error
        raise explain(error, log) from error
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error.strerror or error}): choose another place.") from error


def restore(source: Path, log: Path) -> Path | None:
    """Put a backup in the place of the log, and return where the log of before is kept; None when there was none.

    The backup stays as it is; one of an older Saddle is brought up to date when the log is next opened for writing.
    Raises LogError when another Saddle is writing the log, when the backup is no log, damaged or of a newer Saddle, and
    when it cannot be put in its place; the log is then as it was.
    """
    lock = lock_beside(log)
    try:
        with (
            closing(open_chosen(source)) as connection,
            tempfile.TemporaryDirectory(prefix=f".{log.name}-", dir=log.parent, ignore_cleanup_errors=True) as folder,
        ):
            staged = Path(folder) / log.name
            _copy(connection, staged)
            _finish(staged)
            if not is_sound(staged):
                raise damaged(source)
            return _exchange(staged, log)
    except sqlite3.Error as error:
        raise explain(error, log) from error
    except OSError as error:
        raise LogError(
            f"The tilt log {log} cannot be replaced ({error.strerror or error}): check its folder."
        ) from error
    finally:
        lock.release()


def open_chosen(source: Path, *, in_use: bool = False) -> sqlite3.Connection:
    """A read-only connection to a log that the user has chosen, of this version or an older one, checked throughout.

    With ``in_use`` it may begin to be written at any time. Raises LogError when it is not there, no log, damaged, or of
    a newer Saddle.
    """
    if not source.exists():
        raise LogError(f"There is no file {source}: choose a backup.")
    connection: sqlite3.Connection | None = None
    try:
        connection = connect_to_read(source) if in_use else _chosen(source)
        (application_id,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if application_id != APPLICATION_ID or version < 1:
            raise LogError(f"{source} is no tilt log: choose a backup that Saddle has made.")
        if version > len(MIGRATIONS):
            raise LogError(f"{source} was written by a newer Saddle: update Saddle to use it.")
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise damaged(source)
        if connection.execute(_TABLES).fetchone() != (4,):
            raise damaged(source)
    except BaseException as error:
        if connection is not None:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise _unreadable(source, error) from error
        raise
    return connection


@contextmanager
def current_log(source: Path, *, in_use: bool = False) -> Iterator[tuple[sqlite3.Connection, bool]]:
    """A log as `open_chosen`, at one moment; one of an older version as a copy brought up to date, which is told."""
    with closing(open_chosen(source, in_use=in_use)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == len(MIGRATIONS):
            connection.execute("BEGIN")
            yield connection, False
            return
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            copy = Path(folder) / source.name
            try:
                _copy(connection, copy)
                LogFile(copy).close()
            except sqlite3.Error as error:
                raise LogError(
                    f"{source} cannot be brought up to date ({error}): make some room on the disk."
                ) from error
            except (LogError, *NOT_UNDERSTOOD) as error:
                raise damaged(source) from error
            with closing(open_chosen(copy)) as brought:
                yield brought, True


def damaged(source: Path) -> LogError:
    """The LogError for a file that is not what it was."""
    return LogError(f"{source} is damaged: choose another backup.")


def is_sound(path: Path) -> bool:
    """Whether SQLite finds nothing wrong with a file. Raises sqlite3.Error when it cannot be read at all."""
    with closing(connect_to_read(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


def _chosen(source: Path) -> sqlite3.Connection:
    """A read-only connection that leaves nothing beside a file that nobody has open."""
    alone = not any(source.with_name(source.name + end).exists() for end in ("-wal", "-journal"))
    return read_only(source, unchanged=True) if alone else connect_to_read(source)


def _can_be_read(path: Path) -> bool:
    try:
        return is_sound(path)
    except sqlite3.Error:
        return False


def _unreadable(source: Path, error: sqlite3.Error) -> LogError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return LogError(f"{source} is no tilt log: choose a backup that Saddle has made.")
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR}:
        return damaged(source)
    return LogError(f"{source} cannot be read ({error}): check that it is a file and that you may read it.")


def _copy(connection: sqlite3.Connection, place: Path) -> None:
    """A whole copy of what the connection reads, as it was at one moment, without the space of what was deleted.

    The place is told as an address, since SQLite takes no name that is not UTF-8.
    """
    connection.execute("VACUUM INTO ?", (place.absolute().as_uri(),))


def _finish(path: Path) -> None:
    """Let nobody but the user read a file, and see it to the disk."""
    path.chmod(0o600)
    with path.open("rb") as written:
        os.fsync(written.fileno())


@contextmanager
def _private_file(path: Path) -> Iterator[Path]:
    """A place for a file that nobody else may read at any time; when all went well it takes that of ``path``.

    Where ``path`` is a link it takes the place of what that leads to.
    """
    place = real_place(path)
    with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=place.parent, ignore_cleanup_errors=True) as folder:
        partial = Path(folder) / path.name
        yield partial
        _finish(partial)
        partial.replace(place)


def _exchange(staged: Path, log: Path) -> Path | None:
    """Set the log aside and put the staged file in its place. Raises LogError or OSError; then all is as it was."""
    was_there = log.exists()
    aside = set_aside(log, "before-restore")
    try:
        staged.rename(log)
    except OSError:
        for end in BESIDE:
            kept = aside.with_name(aside.name + end)
            if kept.exists():
                kept.rename(log.with_name(log.name + end))
        raise
    return aside if was_there else None
