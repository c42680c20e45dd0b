"""Writes a range of days of the log in the format that was asked for, or that the name of the file tells."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final, Literal, TypeAlias

from monitor.errors import OutputError
from monitor.tiltlog.export import Table
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import SourceKind
from monitor.tiltlog.timeline import Stretch
from monitor.transfer.activitywatch import export_activitywatch
from monitor.transfer.csv_set import export_set
from monitor.transfer.parquet import export_parquet
from monitor.transfer.summary_json import export_summary
from monitor.transfer.tables import OnProgress, export_table

Form: TypeAlias = Literal["csv", "zip", "parquet", "json", "activitywatch"]

_ENDS: Final[tuple[tuple[str, Form], ...]] = (
    (".aw.json", "activitywatch"),
    (".json", "json"),
    (".csv", "csv"),
    (".zip", "zip"),
    (".parquet", "parquet"),
)


def form_of(out: Path) -> Form:
    """The format that the end of a name tells. Raises OutputError when it tells none."""
    for end, form in _ENDS:
        if out.name.lower().endswith(end):
            return form
    raise OutputError(f"{out} does not tell the format: end it with {', '.join(end for end, _ in _ENDS)}.")


def export_range(
    log: Path,
    out: Path,
    first: date,
    last: date,
    *,
    form: Form | None = None,
    table: Table = "samples",
    source_kind: SourceKind = "live",
    on_progress: OnProgress | None = None,
) -> None:
    """Write the local days from first to last (included); see `export_span`."""
    with LogReader.open(log) as reader:
        span = Stretch(*reader.clock.bounds(first, last))
    export_span(log, out, span, form=form, table=table, source_kind=source_kind, on_progress=on_progress)


def export_span(
    log: Path,
    out: Path,
    span: Stretch,
    *,
    form: Form | None = None,
    table: Table = "samples",
    source_kind: SourceKind = "live",
    on_progress: OnProgress | None = None,
) -> None:
    """Write what lies in the span; without ``form`` the end of the name decides.

    ``table`` counts for CSV and Parquet. A zip holds whole sessions, recordings among them. Raises LogError or
    OutputError; then ``out`` is as it was.
    """
    form = form or form_of(out)
    if form == "zip":
        export_set(log, out, span, on_progress=on_progress)
        return
    with LogReader.open(log) as reader:
        if form == "csv":
            export_table(reader, out, table, span, source_kind=source_kind, on_progress=on_progress)
        elif form == "parquet":
            export_parquet(reader, out, table, span, source_kind=source_kind, on_progress=on_progress)
        elif form == "json":
            export_summary(reader, out, span, source_kind=source_kind)
        else:
            export_activitywatch(reader, out, span, source_kind=source_kind, on_progress=on_progress)
