"""All that a log holds as a zip of CSV tables, and a log made of them again: nothing is lost on the way.

The tables have the columns of `monitor.tiltlog.export`, and one more holds the local time. Other than in a single
table, nothing is cut or left out where sessions overlap, numbers are not rounded, and a text that begins with ' gets
another one in front.
"""

from __future__ import annotations

import csv
import io
import json
import math
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final, TextIO, TypeVar

from monitor.errors import LogError, OutputError
from monitor.files import whole_file
from monitor.tiltlog.backup import damaged
from monitor.tiltlog.export import COLUMNS, Block, SliceTable, csv_rows, line_block, slice_block
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.merging import Whole, whole_log, write_whole
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.reading import no_log_yet
from monitor.tiltlog.records import Bout, GivenWarning, LogSlice, PositionChange, SessionInfo
from monitor.tiltlog.timeline import Stretch
from monitor.transfer import csv_reading as reading
from monitor.transfer.tables import OnProgress

FORM: Final = "Saddle tables"
VERSION: Final = 1
README: Final = """\
All that Saddle has kept of your sitting, as tables: UTF-8, commas, a header line.

sessions.csv           each run of the camera: profile, seat, thresholds
samples.csv            the time line, at most one row a second
bouts.csv              stretches of one state
warnings.csv           the warnings that were given
position_changes.csv   when you changed position
notes.csv              what you wrote down
local_offsets.csv      how far local time was ahead of UTC, from when on

Units are the end of a column's name; what is not known is empty. "saddle import" brings all of it into a log again.
This is an estimate from a camera, not a measurement of your pelvis and not medical advice.
"""
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, csv.Error, NotImplementedError, RuntimeError)

TABLES: Final[tuple[SliceTable, ...]] = ("sessions", "samples", "bouts", "warnings", "position_changes", "notes")

_T = TypeVar("_T")
_Row = TypeVar("_Row", Bout, GivenWarning, PositionChange)


def export_set(log: Path, out: Path, span: Stretch | None = None, *, on_progress: OnProgress | None = None) -> None:
    """Write all of a log as a zip of tables, also while a watch is writing it.

    With a span only the sessions that have any time in it, each as a whole, and its notes. Raises LogError when there
    is no log or it cannot be read, OutputError when the zip cannot be written; then ``out`` is as it was.
    """
    if not log.exists():
        raise no_log_yet()
    try:
        with (
            whole_log(log) as whole,
            whole_file(out) as partial,
            zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            _write_set(archive, whole, span, on_progress)
    except OSError as error:
        raise OutputError(f"{out} cannot be written ({error.strerror or error}): choose another place.") from error


def is_set(source: Path) -> bool:
    """Whether a file is a zip, as a set of tables. Raises LogError when it cannot be read."""
    try:
        return zipfile.is_zipfile(source)
    except OSError as error:
        raise LogError(f"{source} cannot be read ({error.strerror or error}): check that you may read it.") from error


@contextmanager
def log_of(source: Path, into: Path | None = None, *, on_progress: OnProgress | None = None) -> Iterator[Path]:
    """A log to merge from what the user has chosen: a log as it is, of a set of tables the log that they make.

    Of the sessions that the log ``into`` has already it holds nothing but that they are: reading them again would take
    as long as reading new ones. Raises LogError when the tables or that log cannot be read.
    """
    if not is_set(source):
        yield source
        return
    known: frozenset[str] = frozenset()
    if into is not None:
        with LogReader.open(into) as log:
            known = frozenset(session.uid for session in log.sessions(None))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        made = Path(folder) / source.name
        _read_set(source, made, known, on_progress)
        yield made


def _write_set(archive: zipfile.ZipFile, whole: Whole, span: Stretch | None, on_progress: OnProgress | None) -> None:
    sessions = tuple(each for each in whole.sessions if span is None or _touches(each, span))
    ids = {session.id for session in sessions}
    part = LogSlice(
        *(0.0, 0.0, sessions),
        bouts=tuple(row for row in whole.bouts if row.session_id in ids),
        warnings=tuple(row for row in whole.warnings if row.session_id in ids),
        changes=tuple(row for row in whole.changes if row.session_id in ids),
        notes=tuple(row for row in whole.notes if span is None or span.start_utc_s <= row.t_utc_s < span.end_utc_s),
    )
    archive.writestr("README.txt", README)
    archive.writestr("set.json", json.dumps({"form": FORM, "version": VERSION}))
    _write_rows(archive, "local_offsets", reading.OFFSET_COLUMNS, _offset_rows(whole.clock))
    for table in TABLES:
        blocks: Iterable[Block] = [slice_block(part, table)]
        if table == "samples":
            blocks = map(line_block, _told(whole.lines, ids, on_progress))
        rows = (row for block in blocks for row in csv_rows(table, block, whole.clock, exact=True))
        _write_rows(archive, table, COLUMNS[table], rows)


def _write_rows(archive: zipfile.ZipFile, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (
        archive.open(f"{name}.csv", "w", force_zip64=True) as entry,
        io.TextIOWrapper(entry, encoding="utf-8", newline="") as file,
    ):
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _offset_rows(clock: LocalClock) -> Iterator[tuple[str, int]]:
    for since_utc_s, offset_s in clock.changes:
        yield datetime.fromtimestamp(since_utc_s, UTC).isoformat(timespec="milliseconds"), offset_s


def _touches(session: SessionInfo, span: Stretch) -> bool:
    ended_utc_s = math.inf if session.ended_utc_s is None else session.ended_utc_s
    begins_inside = span.start_utc_s <= session.started_utc_s < span.end_utc_s
    return begins_inside or session.started_utc_s < span.start_utc_s < ended_utc_s


def _told(lines: Iterable[TimeLine], ids: Collection[int], on_progress: OnProgress | None) -> Iterator[TimeLine]:
    """The lines of these sessions; it is told how many sessions are done."""
    done: set[int] = set()
    for line in lines:
        session_id = int(line.session_id[0]) if len(line) else -1
        if session_id in ids:
            done.add(session_id)
            yield line
            if on_progress is not None:
                on_progress(len(done), len(ids))


def _read_set(source: Path, made: Path, known: Collection[str], on_progress: OnProgress | None) -> None:
    """Make the log of a set; of the sessions known only the rows of their table are read."""
    try:
        with zipfile.ZipFile(source) as archive, ExitStack() as stack:
            _check_form(source, archive)

            def rows(table: str, read: Callable[[TextIO], Iterator[_T]]) -> Iterator[_T]:
                file = stack.enter_context(archive.open(f"{table}.csv"))
                told = _worded(source, table, read(io.TextIOWrapper(file, encoding="utf-8-sig", newline="")))
                if table != "samples" or on_progress is None:
                    return told
                return _with_progress(told, file, archive.getinfo(f"{table}.csv").file_size, on_progress)

            sessions = tuple(rows("sessions", reading.read_sessions))
            old = {session.id for session in sessions if session.uid in known}
            whole = Whole(
                LocalClock(tuple(sorted(rows("local_offsets", reading.read_offsets)))),
                sessions,
                rows("samples", lambda file: reading.read_lines(file, old)),
                _without(old, rows("bouts", reading.read_bouts)),
                _without(old, rows("warnings", reading.read_warnings)),
                _without(old, rows("position_changes", reading.read_changes)),
                rows("notes", reading.read_notes),
            )
            if len(old) == len(sessions):  # but for its notes
                whole = replace(whole, lines=(), bouts=(), warnings=(), changes=())
            write_whole(made, whole, source)
    except OSError as error:
        raise LogError(f"{source} cannot be read ({error.strerror or error}): check the disk.") from error
    except _BROKEN as error:
        raise damaged(source) from error


def _without(sessions: Collection[int], rows: Iterable[_Row]) -> Iterator[_Row]:
    return (row for row in rows if row.session_id not in sessions)


def _with_progress(lines: Iterator[_T], file: IO[bytes], size: int, on_progress: OnProgress) -> Iterator[_T]:
    """The same lines; it is told how much of the file is read."""
    for line in lines:
        yield line
        on_progress(file.tell(), size)


def _check_form(source: Path, archive: zipfile.ZipFile) -> None:
    try:
        about = json.loads(archive.read("set.json"))
        form, version = about["form"], int(about["version"])
    except (KeyError, TypeError, ValueError):
        form, version = "", 0
    if form != FORM:
        raise LogError(f"{source} holds no set of Saddle's tables: choose a zip that Saddle has exported.")
    if version > VERSION:
        raise LogError(f"{source} was written by a newer Saddle: update Saddle to use it.")


def _worded(source: Path, table: str, rows: Iterator[_T]) -> Iterator[_T]:
    """The same rows; what cannot be read is put into words."""
    try:
        yield from rows
    except ValueError as error:
        raise LogError(f"{source} cannot be read ({table}.csv, {error}): export it again.") from error
