"""`saddle export` and `saddle import`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from rich.console import Console
from rich.progress import Progress

from monitor.commands.common import make_context, say
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
from monitor.transfer.csv_set import export_set, is_set, log_of
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

    @property
    def is_of_all(self) -> bool:
        """True when no day or range was typed."""
        return self.day is None and self.begin is None and self.end is None


def run_export(console: Console, request: ExportRequest, data_dir: Path | None) -> None:
    """Write the log, or the day or range asked for, in the format asked for; or back it up.

    A zip and a backup of the whole log hold all that it holds, also what lies outside the days logged.

    Raises:
        LogError: as `saddle report`.
        OutputError: the file cannot be written, or the format or table is not known.
    """
    folder = make_context(data_dir).folder
    refuse_own(folder, request.path)
    form = _form(request)
    if form == "backup":
        if not request.is_of_all:
            raise OutputError("A backup is of the whole log: leave out the day and range, or choose another format.")
        with console.status("Backing up…"):
            backup(folder.log, request.path)
    else:
        _export_tables(console, request, form, folder.log)
    said: dict[str, Any] = {"written": str(request.path), "format": form, "bytes": request.path.stat().st_size}
    if form in ("csv", "parquet"):
        said["table"] = request.table
    what = WORDS.get(form, request.table.capitalize().replace("_", " "))
    say(console, request.as_json, said, f"{what} written to {request.path}")


def _export_tables(console: Console, request: ExportRequest, form: Form, log_path: Path) -> None:
    table = _table(request.table)
    with LogReader.open(log_path) as log:
        start, stop = asked_range(log, request.day, request.begin, request.end, last_day=False)
        span = Stretch(utc_s(start), utc_s(stop))
        kind = kind_in(log, span.start_utc_s, span.end_utc_s)
    with _progress(console, request.as_json, "Writing") as on_progress:
        if form == "zip" and request.is_of_all:
            export_set(log_path, request.path, on_progress=on_progress)
        else:
            export_span(log_path, request.path, span, form=form, table=table, source_kind=kind, on_progress=on_progress)


def run_import(console: Console, path: Path, replace: bool, as_json: bool, data_dir: Path | None) -> None:
    """Bring the sessions and notes of another log into this one; with ``replace`` put a backup in its place.

    Raises:
        LogError: the file is no log or set of tables, or another Saddle is writing the log.
    """
    log_path = make_context(data_dir).folder.log
    if not path.exists():
        raise LogError(f"There is no file {path}: check the name.")
    if replace:
        _replace(console, path, log_path, as_json)
        return
    with TiltLog.open(log_path) as log, ExitStack() as stack:
        with _progress(console, as_json, "Reading") as on_progress:
            source = stack.enter_context(log_of(path, log_path, on_progress=on_progress))
        with console.status("Bringing it in…"):
            merged = log.merge(source)
    said = {"sessions": merged.sessions, "notes": merged.notes, "already_there": merged.already_there}
    words = f"{merged.sessions} sessions and {merged.notes} notes imported; {merged.already_there} sessions were there."
    say(console, as_json, said, words)


def _replace(console: Console, path: Path, log_path: Path, as_json: bool) -> None:
    if is_set(path):
        raise LogError(
            f"{path} holds tables, and --replace needs a backup (.sqlite): leave --replace out, and what the tables "
            "tell is added to the log."
        )
    with console.status("Putting the backup in its place…"):
        aside = restore(path, log_path)
    kept = f" The log that was there is kept as {aside.name}." if aside else ""
    said = {"restored": str(path), "set_aside": str(aside) if aside else None}
    say(console, as_json, said, f"The backup {path} is in the place of the log.{kept}")


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
def _progress(console: Console, is_quiet: bool, doing: str) -> Iterator[OnProgress | None]:
    if is_quiet or not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task(doing, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
