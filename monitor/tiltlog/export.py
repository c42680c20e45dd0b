"""Puts the tilt log into tables and writes them as CSV for a spreadsheet; `monitor.transfer.tables` does so for years.

UTF-8, commas, a header line. Times are ISO 8601 with their offset, once in UTC and once in the local time that held
where the log was written; days and hours are local too. What is not known is an empty cell. Where sessions overlap,
only the newest one counts. Columns, with the unit as the end of the name:

    samples   t_utc t_local session_id state tilt_deg tilt_low_deg tilt_high_deg tilt_pct trunk_inclination_deg
              thigh_elevation_deg knee_above_hip_cm view basis confidence reason
    bouts     start_utc start_local end_utc end_local duration_s session_id state reason cause seat profile
    warnings  t_utc t_local id session_id kind cause text answered_s
    sessions  started_utc started_local ended_utc ended_local session_id profile seat source source_kind tilt_model
              program_version enter_deg leave_deg slump_deg uid
    position_changes  t_utc t_local session_id
    notes     t_utc t_local text
    days      day observed_s seated_observed_s coverage_pct tipped_pct tilt_median_pct tilt_p90_pct longest_tipped_s
              peak_dose_pct tipped_bouts_over_2_min tipped_bouts_over_5_min tipped_bouts_over_20_min position_changes
              position_changes_per_hour sit_bouts_over_30_min knee_above_hip_median_cm knee_above_hip_pct
              thigh_elevation_median_deg warnings_given warnings_answered upright_s leaning_s reclined_s tipped_s
              unknown_s standing_s away_s not_observed_s
    hours     day hour observed_s seated_observed_s coverage_pct tipped_pct position_changes upright_s leaning_s
              reclined_s tipped_s unknown_s standing_s away_s not_observed_s

The tilt in percent is that of the person's own slump. The share that was tipped is one of the observed seated time; the
coverage before it tells how much of the sitting time could be judged at all. `answered_s` is how long after a warning
the person moved out of tipped.

A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a line end) gets a ' in front.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TextIO, TypeAlias

import numpy as np
from numpy.typing import NDArray

from monitor.errors import OutputError
from monitor.files import whole_file
from monitor.tiltlog.line import BASES, MEASURES, STATES, VIEWS, TimeLine
from monitor.tiltlog.local_days import LocalClock, system_offset_s
from monitor.tiltlog.records import Bout, LogSlice, SessionInfo

SliceTable: TypeAlias = Literal["samples", "bouts", "warnings", "sessions", "position_changes", "notes"]
Table: TypeAlias = Literal[SliceTable, "days", "hours"]

_STATE_S: Final = (
    *("upright_s", "leaning_s", "reclined_s", "tipped_s", "unknown_s"),
    *("standing_s", "away_s", "not_observed_s"),
)
SHARES: Final = ("observed_s", "seated_observed_s", "coverage_pct", "tipped_pct")

COLUMNS: Final[Mapping[Table, tuple[str, ...]]] = {
    "samples": (
        *("t_utc", "t_local", "session_id", "state", "tilt_deg", "tilt_low_deg", "tilt_high_deg", "tilt_pct"),
        *("trunk_inclination_deg", "thigh_elevation_deg", "knee_above_hip_cm"),
        *("view", "basis", "confidence", "reason"),
    ),
    "bouts": (
        *("start_utc", "start_local", "end_utc", "end_local", "duration_s", "session_id", "state", "reason"),
        *("cause", "seat", "profile"),
    ),
    "warnings": ("t_utc", "t_local", "id", "session_id", "kind", "cause", "text", "answered_s"),
    "sessions": (
        *("started_utc", "started_local", "ended_utc", "ended_local", "session_id", "profile", "seat", "source"),
        *("source_kind", "tilt_model", "program_version", "enter_deg", "leave_deg", "slump_deg", "uid"),
    ),
    "position_changes": ("t_utc", "t_local", "session_id"),
    "notes": ("t_utc", "t_local", "text"),
    "days": (
        *("day", *SHARES, "tilt_median_pct", "tilt_p90_pct", "longest_tipped_s", "peak_dose_pct"),
        *("tipped_bouts_over_2_min", "tipped_bouts_over_5_min", "tipped_bouts_over_20_min"),
        *("position_changes", "position_changes_per_hour", "sit_bouts_over_30_min"),
        *("knee_above_hip_median_cm", "knee_above_hip_pct", "thigh_elevation_median_deg"),
        *("warnings_given", "warnings_answered", *_STATE_S),
    ),
    "hours": ("day", "hour", *SHARES, "position_changes", *_STATE_S),
}
_COUNTS = frozenset(
    {"session_id", "id", "hour", "position_changes", "warnings_given", "warnings_answered", "sit_bouts_over_30_min"}
    | {f"tipped_bouts_over_{minutes}_min" for minutes in (2, 5, 20)}
)
_WORDS = frozenset(
    {"state", "view", "basis", "reason", "cause", "seat", "profile", "kind", "text", "uid"}
    | {"source", "source_kind", "tilt_model", "program_version"}
)
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
DECIMALS: Final = 3
QUARTER_S: Final = 900
"""No zone changes its clocks within a quarter of an hour."""


@dataclass(frozen=True, eq=False)
class Words:
    """A column of texts: places in ``names``."""

    codes: NDArray[np.int64]
    names: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Words:
        """These texts."""
        names: dict[str, int] = {}
        codes = [names.setdefault(str(text), len(names)) for text in texts]
        return cls(np.array(codes, dtype=np.int64), tuple(names))


Block: TypeAlias = Mapping[str, Any]
"""Rows of a table by the names of its columns but those of local time: `Words`, lists of days or of whole numbers (None
not known), else arrays; a time is in seconds UTC."""


def kind_of(column: str) -> Literal["utc", "local", "day", "words", "count", "number"]:
    """What a column holds."""
    name, _, last = column.rpartition("_")
    if name and last == "utc":
        return "utc"
    if name and last == "local":
        return "local"
    if column == "day":
        return "day"
    return "words" if column in _WORDS else "count" if column in _COUNTS else "number"


def slice_block(log: LogSlice, table: SliceTable) -> Block:
    """A table of a slice."""
    if table == "samples":
        return line_block(log.samples if isinstance(log.samples, TimeLine) else TimeLine.of(log.samples))
    sessions = {session.id: session for session in log.sessions}
    records: Sequence[object] = log.changes if table == "position_changes" else getattr(log, table)
    return block_of(table, [{column: _told(row, column, sessions) for column in COLUMNS[table]} for row in records])


def line_block(line: TimeLine) -> Block:
    """Samples as a table."""
    return {
        "t_utc": line.t_utc_s,
        "session_id": line.session_id.tolist(),
        "state": Words(line.state, tuple(map(str, STATES))),
        **{name: line.measures[name] for name in MEASURES},
        "view": Words(line.view, tuple(map(str, VIEWS))),
        "basis": Words(line.basis, tuple(map(str, BASES))),
        "reason": Words(line.reason, line.reasons),
    }


def _told(record: object, column: str, sessions: Mapping[int, SessionInfo]) -> object:
    """What a record says for a column."""
    kind = kind_of(column)
    if kind == "local":
        return None
    if isinstance(record, Bout) and column in ("seat", "profile"):
        return getattr(sessions.get(record.session_id), column, "")
    if isinstance(record, SessionInfo) and column == "session_id":
        return record.id
    return getattr(record, f"{column}_s" if kind == "utc" else column)


def block_of(table: Table, rows: Sequence[Mapping[str, Any]]) -> Block:
    """Rows with a value for each column as a table; None is not known."""
    block: dict[str, Any] = {}
    for column in COLUMNS[table]:
        kind, values = kind_of(column), [row[column] for row in rows]
        if kind in ("utc", "number"):
            block[column] = np.array([math.nan if value is None else value for value in values], dtype=np.float64)
        elif kind != "local":
            block[column] = Words.of(values) if kind == "words" else values
    return block


def export_csv(
    log: LogSlice, out: Path | TextIO, table: SliceTable = "samples", clock: LocalClock | None = None
) -> None:
    """Write one table of a slice; local times are those of ``clock``, None for this computer's.

    A path is written beside its place first and then put there, so that it holds all or what it held before; its
    folder must exist. Raises OutputError when it cannot be written. An open text file should be opened with
    newline="".
    """
    write_csv(out, table, [slice_block(log, table)], clock)


def write_csv(out: Path | TextIO, table: Table, blocks: Iterable[Block], clock: LocalClock | None = None) -> None:
    """Write a table piece by piece, as `export_csv`."""
    try:
        if isinstance(out, Path):
            with whole_file(out) as partial, partial.open("w", encoding="utf-8", newline="") as file:
                _write(file, table, blocks, clock)
        else:
            _write(out, table, blocks, clock)
    except OSError as error:
        where = out if isinstance(out, Path) else "The output"
        raise OutputError(f"{where} cannot be written ({error.strerror or error}): choose another place.") from error


def csv_rows(table: Table, block: Block, clock: LocalClock | None, *, exact: bool = False) -> Iterator[tuple[Any, ...]]:
    """The rows of a block as they stand in the file.

    With ``exact`` numbers are not rounded, and a ' at the start of a text is doubled, so that nothing is lost.
    """
    return zip(*(_cells(column, block, clock, exact) for column in COLUMNS[table]), strict=True)


def _write(file: TextIO, table: Table, blocks: Iterable[Block], clock: LocalClock | None) -> None:
    writer = csv.writer(file)
    writer.writerow(COLUMNS[table])
    for block in blocks:
        writer.writerows(csv_rows(table, block, clock))


def _cells(column: str, block: Block, clock: LocalClock | None, exact: bool) -> Sequence[object]:
    kind = kind_of(column)
    if kind == "utc":
        return _time_texts(block[column], np.zeros(len(block[column])))
    if kind == "local":
        t_utc_s = block[column.removesuffix("local") + "utc"]
        return _time_texts(t_utc_s, _offsets_s(t_utc_s, clock))
    if kind == "words":
        starts = (*FORMULA_STARTS, "'") if exact else FORMULA_STARTS
        guarded = [f"'{name}" if name.startswith(starts) else name for name in block[column].names]
        return [guarded[code] for code in block[column].codes.tolist()]
    if kind == "number":
        values = block[column] if exact else np.around(block[column], DECIMALS)
        return ["" if value != value else value for value in np.asarray(values).tolist()]
    return ["" if value is None else value for value in block[column]]


def _offsets_s(t_utc_s: NDArray[np.float64], clock: LocalClock | None) -> NDArray[np.float64]:
    """How far local time was ahead of UTC at each time, seconds."""
    if clock is not None:
        return clock.offsets_s(t_utc_s)
    quarters, places = np.unique(np.floor(np.nan_to_num(t_utc_s) / QUARTER_S), return_inverse=True)
    return np.array([system_offset_s(quarter * QUARTER_S) for quarter in quarters.tolist()])[places]


def _time_texts(t_utc_s: NDArray[np.float64], offsets_s: NDArray[np.float64]) -> Sequence[str]:
    """Times as ISO 8601 with their offset; what is not known is empty."""
    shown_ms = np.rint(np.nan_to_num(t_utc_s + offsets_s) * 1000).astype(np.int64).astype("datetime64[ms]")
    ends = {offset_s: _offset_text(int(offset_s)) for offset_s in np.unique(offsets_s).tolist()}
    texts = np.datetime_as_string(shown_ms, unit="ms").tolist()
    known = np.isfinite(t_utc_s).tolist()
    return [
        f"{text}{ends[offset_s]}" if is_known else ""
        for text, offset_s, is_known in zip(texts, offsets_s.tolist(), known, strict=True)
    ]


def _offset_text(offset_s: int) -> str:
    minutes, seconds = divmod(abs(offset_s), 60)
    text = f"{'-' if offset_s < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
    return f"{text}:{seconds:02d}" if seconds else text
