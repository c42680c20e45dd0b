"""A connection that only reads a log, whoever is writing it and wherever it lies."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Final

from monitor.errors import LogError

WAIT_S: Final = 2.0
"""The longest wait for a file that is being changed as a whole."""


def connect_to_read(path: Path) -> sqlite3.Connection:
    """A read-only connection, for any thread but one at a time. Raises sqlite3.Error when the file cannot be read.

    In a folder that may not be written there is no place for SQLite's own files beside the log. When there are none,
    nobody is writing, and the log can be read as it is.
    """
    connection = read_only(path)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if path.with_name(f"{path.name}-wal").exists():
            raise
        return read_only(path, unchanged=True)
    except BaseException:
        connection.close()
        raise
    return connection


def read_only(path: Path, *, unchanged: bool = False) -> sqlite3.Connection:
    """A connection that makes and changes nothing; with ``unchanged`` to a file that nobody writes."""
    how = "mode=ro&immutable=1" if unchanged else "mode=ro"
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, timeout=WAIT_S, isolation_level=None, check_same_thread=False
    )


def no_log_yet() -> LogError:
    """The LogError where there is no log."""
    return LogError("No log yet: run `saddle watch`.")
