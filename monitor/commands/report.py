"""`saddle report`."""

from __future__ import annotations

import os
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from monitor.commands.common import make_context, print_json
from monitor.commands.log_range import asked_range, clock_of
from monitor.commands.ranges import parse_day
from monitor.compare_words import all_notes, as_dict, figure_rows, group_name, has_figures
from monitor.errors import LogError, OutputError
from monitor.folder import DataFolder
from monitor.terminal.report import print_report, range_title
from monitor.tiltlog.compare import Choice, Comparison, What, compare, sentence
from monitor.tiltlog.figures import figures, kind_in
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.reader import DayPart, LogReader
from monitor.tiltlog.records import SourceKind, utc_s
from monitor.words import DISCLAIMER

GROUP_FORMS = "seat:NAME, profile:NAME or days as 2026-09-01..2026-09-30"


@dataclass(frozen=True)
class ReportRequest:
    """What was typed; ``groups`` are the two that are to be compared."""

    day: str | None = None
    begin: str | None = None
    end: str | None = None
    as_json: bool = False
    html: Path | None = None
    pdf: Path | None = None
    groups: tuple[str, str] | None = None

    @property
    def outputs(self) -> tuple[Path, ...]:
        """The files to write."""
        return tuple(path for path in (self.html, self.pdf) if path is not None)


def run_report(console: Console, request: ReportRequest, data_dir: Path | None) -> None:
    """Print the report of a day or range, or write it as a page or PDF; without a range, of the last day logged.

    With two groups of days these are compared, without a range within the whole log.

    Raises:
        LogError: there is no log, it cannot be read, or the day, range or group makes no sense.
        OutputError: a file cannot be written.
    """
    folder = make_context(data_dir).folder
    _check_outputs(folder, request)
    with LogReader.open(folder.log) as log:
        if request.groups is not None:
            _compare(console, log, request, request.groups)
        else:
            _report(console, log, request)


def _real(path: Path) -> str:
    return os.path.realpath(path)


def refuse_own(folder: DataFolder, path: Path) -> None:
    """Raise OutputError for one of Saddle's own files: nothing may be written over it."""
    if folder.owns(path):
        raise OutputError(f"{path} is one of Saddle's own files: choose another name.")


def parse_group(text: str, parts: Sequence[DayPart], today: date) -> Choice:
    """A group of days as typed: seat:NAME (seat: for no tag), profile:NAME or 2026-09-01..2026-09-30.

    Raises:
        LogError: it is none of these, or these parts of days know no such seat or profile.
    """
    by, colon, name = text.partition(":")
    if colon and by in (What.SEAT, What.PROFILE):
        what = What(by)
        name = " ".join(name.split()) if what is What.SEAT else name
        names = {part.session.seat if what is What.SEAT else part.session.profile for part in parts}
        if name not in names:
            raise LogError(f"There is no {what} '{name}' in what was observed: {_choose(what, names)}.")
        return Choice(what, name)
    first_text, dots, last_text = text.partition("..")
    if not dots:
        raise LogError(f"'{text}' is not a group that can be compared: write it as {GROUP_FORMS}.")
    first, last = parse_day(first_text, today), parse_day(last_text, today)
    if last < first:
        raise LogError(f"The days {text} run backwards: swap them.")
    return Choice(What.RANGE, "", first, last)


def _choose(what: What, names: Set[str]) -> str:
    if names == {""}:
        return "no seat is tagged there, so tag one with `saddle tag` first"
    known = [f"{what}:{name}" if name else f"{what}: (no tag)" for name in sorted(names)]
    return f"choose {' or '.join(known)}"


def _check_outputs(folder: DataFolder, request: ReportRequest) -> None:
    if request.outputs and request.groups is not None:
        raise OutputError(
            "A comparison is printed, not written: leave out --html and --pdf, whose pages have their own."
        )
    for path in request.outputs:
        refuse_own(folder, path)
    if request.html is not None and request.pdf is not None and _real(request.html) == _real(request.pdf):
        raise OutputError(f"--html and --pdf name the same file, {request.pdf}: give each a name of its own.")


def _report(console: Console, log: LogReader, request: ReportRequest) -> None:
    start, stop = asked_range(log, request.day, request.begin, request.end, last_day=True)
    clock, start_utc_s, stop_utc_s = clock_of(log), utc_s(start), utc_s(stop)
    start, stop = clock.local(start_utc_s), clock.local(stop_utc_s)
    kind = kind_in(log, start_utc_s, stop_utc_s)
    if request.outputs:
        first, last = _whole_days(clock, request, start_utc_s, stop_utc_s, "A page or PDF tells of whole days")
        with console.status("Making the report…"):
            _write(log, first, last, kind, request)
    summary = figures(log, start_utc_s, stop_utc_s, kind)
    if request.as_json:
        about = {"from": start.isoformat(), "to": stop.isoformat(), "source_kind": kind}
        written = {"written": [str(path) for path in request.outputs]} if request.outputs else {}
        print_json(console, {**about, **summary.as_dict(), **written})
    elif request.outputs:
        for path in request.outputs:
            console.print(f"Report of {_days(first, last)} written to {path}", highlight=False, soft_wrap=True)
    else:
        title = range_title(start, stop, whole_day=request.begin is None and request.end is None)
        print_report(console, f"{title} (recordings)" if kind == "recording" else title, summary)


def _compare(console: Console, log: LogReader, request: ReportRequest, groups: tuple[str, str]) -> None:
    start, stop = asked_range(log, request.day, request.begin, request.end, last_day=False)
    clock, start_utc_s, stop_utc_s = clock_of(log), utc_s(start), utc_s(stop)
    first, last = _whole_days(clock, request, start_utc_s, stop_utc_s, "Whole days are compared")
    kind = kind_in(log, start_utc_s, stop_utc_s)
    parts = log.totals(first, last, kind)
    if not parts:
        raise LogError("Nothing was observed in this time: choose another day or range.")
    today = clock.local(datetime.now(UTC).timestamp()).date()
    a, b = (parse_group(text, parts, today) for text in groups)
    found = compare(parts, a, b)
    if request.as_json:
        bounds = [clock.local(each).isoformat() for each in (start_utc_s, stop_utc_s)]
        print_json(console, {"from": bounds[0], "to": bounds[1], "source_kind": kind, **as_dict(found)})
    else:
        _print_comparison(console, found, kind)


def _print_comparison(console: Console, found: Comparison, kind: SourceKind) -> None:
    names = [group_name(side.choice) for side in (found.a, found.b)]
    shown: list[Table | Text] = [Text(sentence(found))]
    if has_figures(found):
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
        table.add_column(style="dim")
        for name in (*names, "Difference"):
            table.add_column(Text(name), overflow="fold")
        for row in figure_rows(found):
            table.add_row(*map(Text, row))
        shown += [Text(""), table]
    notes = "\n".join((*all_notes(found), DISCLAIMER))
    shown += [Text(""), Text(notes, style="dim")]
    title = f"{names[0]} and {names[1]} compared{' (recordings)' if kind == 'recording' else ''}"
    console.print(Panel(Group(*shown), title=Text(title), width=min(console.width, 100)))


def _whole_days(
    clock: LocalClock, request: ReportRequest, start_utc_s: float, stop_utc_s: float, why: str
) -> tuple[date, date]:
    """The first and the last day of a range without times of day. Raises LogError for one with them."""
    first, last = clock.day_of(start_utc_s), clock.day_of(stop_utc_s - 0.1)
    has_times = any(text and len(text) > len("2026-11-21") for text in (request.begin, request.end))
    if has_times and clock.bounds(first, last) != (start_utc_s, stop_utc_s):
        raise LogError(f"{why}, from midnight to midnight: leave the times of day out of --from and --to.")
    return first, last


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
