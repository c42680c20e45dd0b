"""`saddle export` and `saddle import`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from rich.console import Console
from rich.progress import Progress

from monitor.commands.common import make_context
from monitor.commands.log_range import asked_range
from monitor.commands.report import refuse_own
from monitor.errors import LogError, OutputError
from monitor.tiltlog.backup import backup, restore
from monitor.tiltlog.export import Table
from monitor.tiltlog.figures import kind_in
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import utc_s
from monitor.tiltlog.store import TiltLog
from monitor.tiltlog.timeline import Stretch
from monitor.transfer.csv_set import log_of
from monitor.transfer.exporting import Form, export_span, form_of
from monitor.transfer.tables import OnProgress

WORDS = {
    "zip": "All tables",
    "json": "Summary",
    "activitywatch": "Buckets for ActivityWatch",
    "backup": "Backup",
}
BACKUP_ENDS = (".sqlite", ".db", ".backup")


@dataclass(frozen=True)
class ExportRequest:
    """What was typed."""

    path: Path
    form: str | None = None
    table: str = "samples"
    day: str | None = None
    begin: str | None = None
    end: str | None = None
    as_json: bool = False


def run_export(console: Console, request: ExportRequest, data_dir: Path | None) -> None:
    """Write the log, or the day or range asked for, in the format asked for; or back it up.

    Raises:
        LogError: as `saddle report`.
        OutputError: the file cannot be written, or the format or table is not known.
    """
    folder = make_context(data_dir).folder
    refuse_own(folder, request.path)
    form = _form(request)
    if form == "backup":
        if (request.day, request.begin, request.end) != (None, None, None):
            raise OutputError("A backup is of the whole log: leave out the day and range, or choose another format.")
        with console.status("Backing up…"):
            backup(folder.log, request.path)
    else:
        table = _table(request.table)
        with LogReader.open(folder.log) as log:
            start, stop = asked_range(log, request.day, request.begin, request.end, last_day=False)
            span = Stretch(utc_s(start), utc_s(stop))
            kind = kind_in(log, span.start_utc_s, span.end_utc_s)
        with _progress(console, request.as_json) as on_progress:
            export_span(
                folder.log, request.path, span, form=form, table=table, source_kind=kind, on_progress=on_progress
            )
    said: dict[str, Any] = {"written": str(request.path), "format": form, "bytes": request.path.stat().st_size}
    if form in ("csv", "parquet"):
        said["table"] = request.table
    what = WORDS.get(form, request.table.capitalize().replace("_", " "))
    _say(console, request.as_json, said, f"{what} written to {request.path}")


def run_import(console: Console, path: Path, replace: bool, as_json: bool, data_dir: Path | None) -> None:
    """Bring the sessions and notes of another log into this one; with ``replace`` put a backup in its place.

    Raises:
        LogError: the file is no log or set of tables, or another Saddle is writing the log.
    """
    log_path = make_context(data_dir).folder.log
    if not path.exists():
        raise LogError(f"There is no file {path}: check the name.")
    if replace:
        with console.status("Putting the backup in its place…"):
            aside = restore(path, log_path)
        kept = f" The log that was there is kept as {aside.name}." if aside else ""
        said: dict[str, Any] = {"restored": str(path), "set_aside": str(aside) if aside else None}
        _say(console, as_json, said, f"The backup {path} is in the place of the log.{kept}")
        return
    with console.status("Importing…"), log_of(path) as source, TiltLog.open(log_path) as log:
        merged = log.merge(source)
    said = {"sessions": merged.sessions, "notes": merged.notes, "already_there": merged.already_there}
    words = f"{merged.sessions} sessions and {merged.notes} notes imported; {merged.already_there} sessions were there."
    _say(console, as_json, said, words)


def _form(request: ExportRequest) -> Form | Any:
    known = (*get_args(Form), "backup")
    if request.form is None:
        return "backup" if request.path.suffix.lower() in BACKUP_ENDS else form_of(request.path)
    if request.form not in known:
        raise OutputError(f"The format '{request.form}' is not known: choose one of {', '.join(known)}.")
    return request.form


def _table(name: str) -> Table | Any:
    known = _flat(Table)
    if name not in known:
        raise OutputError(f"The table '{name}' is not known: choose one of {', '.join(known)}.")
    return name


def _flat(names: Any) -> tuple[str, ...]:
    """All words of nested literals."""
    return tuple(word for each in get_args(names) for word in (_flat(each) or (each,)))


@contextmanager
def _progress(console: Console, is_quiet: bool) -> Iterator[OnProgress | None]:
    if is_quiet or not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Writing", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _say(console: Console, as_json: bool, said: dict[str, Any], words: str) -> None:
    if as_json:
        console.print_json(json.dumps(said))
    else:
        console.print(words, highlight=False, soft_wrap=True)
