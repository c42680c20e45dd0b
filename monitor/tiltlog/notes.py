"""Notes that the user puts on a time. They are written beside a running watch, which they do not disturb."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from monitor.errors import LogError
from monitor.tiltlog.reading import no_log_yet
from monitor.tiltlog.records import Note, tick_s, utc_s
from monitor.tiltlog.schema import MIGRATIONS, explain, transaction, version_of

LONGEST: Final = 500
"""Letters in a note."""

WAIT_S: Final = 2.0


def add_note(path: Path, moment: datetime, text: str) -> Note:
    """Put a note on a moment (aware). Blocks for one commit. Raises LogError when there is no log or no text."""
    words = _checked(text)
    t_utc_s = tick_s(utc_s(moment))
    with _writing(path) as connection:
        cursor = connection.execute("INSERT INTO notes (t_utc, text) VALUES (?, ?)", (t_utc_s, words))
        return Note(int(cursor.lastrowid or 0), t_utc_s, words)


def change_note(path: Path, note_id: int, text: str) -> None:
    """Give a note another text. Raises LogError, also when it is not there."""
    words = _checked(text)
    with _writing(path) as connection:
        _found(connection.execute("UPDATE notes SET text = ? WHERE id = ?", (words, note_id)).rowcount, note_id)


def delete_note(path: Path, note_id: int) -> None:
    """Delete a note for good. Raises LogError, also when it is not there."""
    with _writing(path) as connection:
        _found(connection.execute("DELETE FROM notes WHERE id = ?", (note_id,)).rowcount, note_id)


def _checked(text: str) -> str:
    words = " ".join(text.encode("utf-8", "replace").decode("utf-8").split())
    if not words:
        raise LogError("The note is empty: write some words.")
    if len(words) > LONGEST:
        raise LogError(f"The note is too long ({len(words)} letters): keep it to {LONGEST}.")
    return words


def _found(rows: int, note_id: int) -> None:
    if rows == 0:
        raise LogError(f"There is no note {note_id}: see `saddle note --list`.")


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection for one change beside the writer."""
    if not path.exists():
        raise no_log_yet()
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(path, timeout=WAIT_S, isolation_level=None)
        if version_of(connection, path) != len(MIGRATIONS):
            raise LogError(f"The tilt log {path} is of an older Saddle: run saddle watch once to bring it up to date.")
        with transaction(connection):
            yield connection
    except sqlite3.Error as error:
        raise explain(error, path) from error
    finally:
        if connection is not None:
            connection.close()
