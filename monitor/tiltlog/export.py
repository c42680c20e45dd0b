"""Writes a slice of the tilt log as CSV for a spreadsheet.

UTF-8, commas, a header line. Times are ISO 8601 with their offset, once in UTC and once in local time. What is not
known is an empty cell. Columns, with the unit as the end of the name:

    samples   t_utc t_local session_id state tilt_deg tilt_low_deg tilt_high_deg tilt_pct trunk_inclination_deg
              thigh_elevation_deg knee_above_hip_cm view basis confidence reason
    bouts     start_utc start_local end_utc end_local duration_s session_id state reason
    warnings  t_utc t_local id session_id kind cause text answered_s

A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) gets a ' in front.
"""

from __future__ import annotations

import csv
import math
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Literal, TextIO, TypeAlias

from monitor.errors import OutputError
from monitor.files import whole_file
from monitor.tiltlog.records import LogSlice, local_time

Table: TypeAlias = Literal["samples", "bouts", "warnings"]

COLUMNS: dict[Table, tuple[str, ...]] = {
    "samples": (
        *("t_utc", "t_local", "session_id", "state", "tilt_deg", "tilt_low_deg", "tilt_high_deg", "tilt_pct"),
        *("trunk_inclination_deg", "thigh_elevation_deg", "knee_above_hip_cm"),
        *("view", "basis", "confidence", "reason"),
    ),
    "bouts": ("start_utc", "start_local", "end_utc", "end_local", "duration_s", "session_id", "state", "reason"),
    "warnings": ("t_utc", "t_local", "id", "session_id", "kind", "cause", "text", "answered_s"),
}
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
DECIMALS = 3


def export_csv(log: LogSlice, out: Path | TextIO, table: Table = "samples", zone: tzinfo | None = None) -> None:
    """Write one table of a slice; local times are in `zone`, None for this computer's.

    A path is written beside its place first and then put there, so that it holds all or what it held before; its
    folder must exist. Raises OutputError when it cannot be written. An open text file should be opened with
    newline="".
    """
    try:
        if isinstance(out, Path):
            with whole_file(out) as partial, partial.open("w", encoding="utf-8", newline="") as file:
                _write(log, file, table, zone)
        else:
            _write(log, out, table, zone)
    except OSError as error:
        where = out if isinstance(out, Path) else "The output"
        raise OutputError(f"{where} cannot be written ({error.strerror or error}): choose another place.") from error


def _write(log: LogSlice, file: TextIO, table: Table, zone: tzinfo | None) -> None:
    columns = COLUMNS[table]
    writer = csv.writer(file)
    writer.writerow(columns)
    for record in getattr(log, table):
        writer.writerow([_cell(record, column, zone) for column in columns])


def _cell(record: object, column: str, zone: tzinfo | None) -> str | float:
    name, _, kind = column.rpartition("_")
    if kind in {"utc", "local"}:
        moment = local_time(getattr(record, f"{name}_utc_s"), UTC if kind == "utc" else zone)
        return moment.isoformat(timespec="milliseconds")
    value: str | float | None = getattr(record, column)
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_STARTS) else str(value)
    if value is None or math.isnan(value):
        return ""
    return round(value, DECIMALS)
