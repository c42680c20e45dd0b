"""`saddle report`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from monitor.commands.common import make_context
from monitor.commands.log_range import asked_range
from monitor.errors import OutputError
from monitor.folder import DataFolder
from monitor.terminal.report import print_report, range_title
from monitor.tiltlog.figures import figures, kind_in
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import SourceKind, utc_s


@dataclass(frozen=True)
class ReportRequest:
    """What was typed."""

    day: str | None = None
    begin: str | None = None
    end: str | None = None
    as_json: bool = False
    html: Path | None = None
    pdf: Path | None = None


def run_report(console: Console, request: ReportRequest, data_dir: Path | None) -> None:
    """Print the report of a day or range, or write it as a page or PDF; without a range, of the last day logged.

    Raises:
        LogError: there is no log, it cannot be read, or the day or range makes no sense.
        OutputError: a file cannot be written.
    """
    folder = make_context(data_dir).folder
    outputs = [path for path in (request.html, request.pdf) if path is not None]
    for path in outputs:
        refuse_own(folder, path)
    with LogReader.open(folder.log) as log:
        start, stop = asked_range(log, request.day, request.begin, request.end, last_day=True)
        start_utc_s, stop_utc_s = utc_s(start), utc_s(stop)
        start, stop = log.clock.local(start_utc_s), log.clock.local(stop_utc_s)
        kind = kind_in(log, start_utc_s, stop_utc_s)
        if outputs:
            first, last = log.clock.day_of(start_utc_s), log.clock.day_of(stop_utc_s - 0.1)
            with console.status("Making the report…"):
                _write(log, first, last, kind, request)
        summary = figures(log, start_utc_s, stop_utc_s, kind)
    if request.as_json:
        about = {"from": start.isoformat(), "to": stop.isoformat(), "source_kind": kind}
        written = {"written": [str(path) for path in outputs]} if outputs else {}
        console.print_json(json.dumps({**about, **summary.as_dict(), **written}))
    elif outputs:
        for path in outputs:
            console.print(f"Report of {_days(first, last)} written to {path}", highlight=False, soft_wrap=True)
    else:
        title = range_title(start, stop, whole_day=request.begin is None and request.end is None)
        print_report(console, f"{title} (recordings)" if kind == "recording" else title, summary)


def refuse_own(folder: DataFolder, path: Path) -> None:
    """Raise OutputError for one of Saddle's own files: nothing may be written over it."""
    if folder.owns(path):
        raise OutputError(f"{path} is one of Saddle's own files: choose another name.")


def _write(log: LogReader, first: date, last: date, kind: SourceKind, request: ReportRequest) -> None:
    from monitor.reports.content import gather
    from monitor.reports.html import write_html
    from monitor.reports.pdf import write_pdf

    report = gather(log, first, last, kind)
    if request.html is not None:
        write_html(report, request.html)
    if request.pdf is not None:
        write_pdf(report, request.pdf)


def _days(first: date, last: date) -> str:
    return str(first) if first == last else f"{first} to {last}"
