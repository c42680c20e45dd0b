"""`saddle report` and `saddle export`."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from rich.console import Console

from monitor.commands.common import make_context
from monitor.commands.ranges import parse_day, parse_moment
from monitor.errors import LogError, OutputError
from monitor.terminal.report import print_report, range_title
from monitor.tiltlog.export import export_csv
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import LogSlice
from monitor.tiltlog.summary import summarize


def run_report(
    console: Console, day: str | None, begin: str | None, end: str | None, as_json: bool, data_dir: Path | None
) -> None:
    """Print the report of a day or range; without one, of the last day logged.

    Raises:
        LogError: there is no log, it cannot be read, or the day or range makes no sense.
    """
    with LogReader.open(make_context(data_dir).folder.log) as log:
        start, stop = _range(log, day, begin, end, last_day=True)
        part, recorded = _live_first(log, start, stop)
    summary = summarize(part)
    if as_json:
        kind = "recording" if recorded else "live"
        figures = {"from": start.isoformat(), "to": stop.isoformat(), "source_kind": kind, **summary.as_dict()}
        console.print_json(json.dumps(figures))
    else:
        title = range_title(start, stop, whole_day=begin is None and end is None)
        print_report(console, f"{title} (recordings)" if recorded else title, summary)


def run_export(
    console: Console,
    csv: Path,
    table: Literal["samples", "bouts", "warnings"],
    day: str | None,
    begin: str | None,
    end: str | None,
    data_dir: Path | None,
) -> None:
    """Write one table of the log as CSV; all days when no day or range is given.

    Raises:
        LogError: as `run_report`.
        OutputError: the file cannot be written.
    """
    folder = make_context(data_dir).folder
    if folder.owns(csv):
        raise OutputError(f"{csv} is one of Saddle's own files: choose another name for the table.")
    with LogReader.open(folder.log) as log:
        start, stop = _range(log, day, begin, end, last_day=False)
        part, _ = _live_first(log, start, stop)
    export_csv(part, csv, table)
    rows = {"samples": part.samples, "bouts": part.bouts, "warnings": part.warnings}[table]
    console.print(f"{len(rows)} {table} written to {csv}", highlight=False, soft_wrap=True)


def _live_first(log: LogReader, start: datetime, stop: datetime) -> tuple[LogSlice, bool]:
    """What the camera saw in the range; the recordings watched in it only when there was no camera.

    A recording is logged as if it had just ended: it must not mix with what the camera saw at that time.
    """
    live = log.between(start, stop, source_kind="live")
    if live.sessions:
        return live, False
    recorded = log.between(start, stop, source_kind="recording")
    return recorded, bool(recorded.sessions)


def _bounds(log: LogReader, day: date) -> tuple[datetime, datetime]:
    first, last = (datetime.fromtimestamp(t_utc_s, UTC) for t_utc_s in log.clock.bounds(day, day))
    return first, last


def _range(
    log: LogReader, day: str | None, begin: str | None, end: str | None, *, last_day: bool
) -> tuple[datetime, datetime]:
    now = datetime.now().astimezone()
    if day is not None:
        if begin is not None or end is not None:
            raise LogError("--day and --from or --to exclude each other: give one or the other.")
        return _bounds(log, parse_day(day, now.date()))
    days = log.days()
    if not days:
        raise LogError("The log holds nothing yet: run `saddle watch` first.")
    if begin is None and end is None and last_day:
        return _bounds(log, days[-1])
    start = parse_moment(begin, now, is_end=False) if begin else _bounds(log, days[0])[0]
    stop = parse_moment(end, now, is_end=True) if end else _bounds(log, max(days[-1], now.date()))[1]
    if start > now:
        raise LogError(f"--from {begin} lies in the future: choose an earlier time.")
    if not start < stop:
        raise LogError("--from must lie before --to: swap them.")
    return start, stop
