"""Reads the tables of a set back into what they were made of. Every error is a `ValueError` that tells the line."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Final, TextIO, TypeAlias, TypeVar

import numpy as np

from monitor.judgement.assessment import State
from monitor.tiltlog.export import COLUMNS, SliceTable, kind_of
from monitor.tiltlog.line import BASES, MEASURES, STATES, VIEWS, Codes, Floats, TimeLine
from monitor.tiltlog.packing import STEPS
from monitor.tiltlog.records import (
    NOT_OBSERVED,
    Bout,
    GivenWarning,
    Note,
    PositionChange,
    SessionInfo,
    tick_s,
)

OFFSET_COLUMNS: Final = ("since_utc", "offset_s")
BATCH: Final = 500
"""So many samples are read at once: what they take still lies in the processor's cache, and they repeat one another."""
LONGEST_TEXT: Final = 2**24
_MOST: Final = 2.0**30
_DERIVED: Final = frozenset({"duration_s", "seat", "profile"})
"""Columns of the bouts that other tables tell as well."""

_T = TypeVar("_T")
Row: TypeAlias = Mapping[str, str]
Numbered: TypeAlias = tuple[int, list[str]]


def read_offsets(file: TextIO) -> Iterator[tuple[float, int]]:
    """The offsets of local time, seconds, each with the time from which on it held."""
    return _records(file, OFFSET_COLUMNS, lambda row: (_utc_s(row["since_utc"]), int(row["offset_s"])))


def read_sessions(file: TextIO) -> Iterator[SessionInfo]:
    """The sessions."""
    return _records(file, needed("sessions"), _session)


def read_bouts(file: TextIO) -> Iterator[Bout]:
    """The bouts."""
    return _records(file, needed("bouts"), _bout)


def read_warnings(file: TextIO) -> Iterator[GivenWarning]:
    """The warnings."""
    return _records(file, needed("warnings"), _warning)


def read_changes(file: TextIO) -> Iterator[PositionChange]:
    """The changes of position."""
    return _records(
        file,
        needed("position_changes"),
        lambda row: PositionChange(int(row["session_id"]), _utc_s(row["t_utc"])),
    )


def read_notes(file: TextIO) -> Iterator[Note]:
    """The notes; their numbers are not kept."""
    return _records(file, needed("notes"), lambda row: Note(0, _utc_s(row["t_utc"]), _text(row["text"])))


def read_lines(file: TextIO, without: Collection[int] = ()) -> Iterator[TimeLine]:
    """The samples, many at once; those of the sessions ``without`` are left out."""
    rows, places = _rows(file, needed("samples"))
    while some := list(islice(rows, BATCH)):
        yield _made(some, lambda cells: _line(cells, places, without))


def needed(table: SliceTable) -> tuple[str, ...]:
    """The columns without which a table cannot be read; local times and what other tables tell are not looked at."""
    derived = _DERIVED if table == "bouts" else frozenset()
    return tuple(column for column in COLUMNS[table] if kind_of(column) != "local" and column not in derived)


def _session(row: Row) -> SessionInfo:
    kind = row["source_kind"]
    if kind not in ("live", "recording"):
        raise ValueError(f"source_kind is {kind}")
    if not row["uid"]:
        raise ValueError("uid is empty")
    return SessionInfo(
        id=int(row["session_id"]),
        started_utc_s=_utc_s(row["started_utc"]),
        ended_utc_s=_utc_s(row["ended_utc"]) if row["ended_utc"] else None,
        profile=_text(row["profile"]),
        source=_text(row["source"]),
        source_kind="live" if kind == "live" else "recording",
        tilt_model=_text(row["tilt_model"]),
        program_version=_text(row["program_version"]),
        seat=_text(row["seat"]),
        uid=_text(row["uid"]),
        enter_deg=_number(row["enter_deg"]),
        leave_deg=_number(row["leave_deg"]),
        slump_deg=_number(row["slump_deg"]),
    )


def _bout(row: Row) -> Bout:
    state = row["state"]
    return Bout(
        session_id=int(row["session_id"]),
        state=NOT_OBSERVED if state == NOT_OBSERVED else State(state),
        reason=_text(row["reason"]),
        start_utc_s=_utc_s(row["start_utc"]),
        end_utc_s=_utc_s(row["end_utc"]),
        cause=_text(row["cause"]),
    )


def _warning(row: Row) -> GivenWarning:
    return GivenWarning(
        id=int(row["id"]),
        session_id=int(row["session_id"]),
        t_utc_s=_utc_s(row["t_utc"]),
        kind=_text(row["kind"]),
        cause=_text(row["cause"]),
        text=_text(row["text"]),
        answered_s=float(row["answered_s"]) if row["answered_s"] else None,
    )


def _line(rows: Sequence[Sequence[str]], places: Mapping[str, int], without: Collection[int]) -> TimeLine:
    if without:
        place = places["session_id"]
        rows = [row for row in rows if int(row[place]) not in without]
    if not rows:
        return TimeLine.of(())
    columns = list(zip(*rows, strict=True))
    told = {name: columns[place] for name, place in places.items()}
    reasons: dict[str, int] = {}
    reason = _each(told["reason"], lambda text: reasons.setdefault(_text(text), len(reasons)))
    return TimeLine(
        np.array(_each(told["session_id"], int), dtype=np.int64),
        np.array(_times(told["t_utc"])),
        _codes("state", told["state"], STATES),
        _codes("view", told["view"], VIEWS),
        _codes("basis", told["basis"], BASES),
        {name: _measure(name, told[name]) for name in MEASURES},
        np.array(reason, dtype=np.int64),
        tuple(reasons),
    )


def _each(texts: Sequence[str], read: Callable[[str], _T]) -> list[_T]:
    """Each of the texts read; of those that repeat, as most do, only one is."""
    values = {text: read(text) for text in dict.fromkeys(texts)}
    return [values[text] for text in texts]


def _codes(column: str, texts: Sequence[str], names: Sequence[str]) -> Codes:
    codes = {str(name): code for code, name in enumerate(names)}
    unknown = set(texts) - codes.keys()
    if unknown:
        raise ValueError(f"{column} is {min(unknown)}")
    return np.array([codes[text] for text in texts], dtype=np.int64)


def _measure(name: str, texts: Sequence[str]) -> Floats:
    """A measure on its steps, as the log keeps it."""
    values = np.array(_each(texts, lambda text: float(text) if text else math.nan))
    rounded: Floats = np.clip(np.rint(values * STEPS[name]), -_MOST, _MOST) / STEPS[name]
    return np.where(np.isfinite(values), rounded, math.nan)


def _records(file: TextIO, columns: Sequence[str], make: Callable[[Row], _T]) -> Iterator[_T]:
    rows, places = _rows(file, columns)
    for row in rows:
        yield _made([row], lambda cells: make({name: cells[0][place] for name, place in places.items()}))


def _rows(file: TextIO, columns: Sequence[str]) -> tuple[Iterator[Numbered], dict[str, int]]:
    """The rows after the header, each with its line, and where the columns are."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_TEXT))
    reader = csv.reader(file)
    header = next(reader, [])
    missing = [column for column in columns if column not in header]
    if missing:
        raise ValueError(f"there is no column {missing[0]}")
    return ((reader.line_num, row) for row in reader if row), {column: header.index(column) for column in columns}


def _made(rows: Sequence[Numbered], make: Callable[[Sequence[Sequence[str]]], _T]) -> _T:
    """What ``make`` makes of some rows. Raises ValueError with the line of the first one that cannot be read."""
    try:
        return make([cells for _, cells in rows])
    except (ValueError, IndexError, OverflowError) as error:
        if len(rows) == 1:
            raise ValueError(f"line {rows[0][0]}: {error}") from error
        for row in rows:
            _made([row], make)
        raise


def _utc_s(text: str) -> float:
    return _times((text,))[0]


def _times(texts: Sequence[str]) -> list[float]:
    moments = [datetime.fromisoformat(text) for text in texts]
    naive = [text for text, moment in zip(texts, moments, strict=True) if moment.tzinfo is None]
    if naive:
        raise ValueError(f"the time {naive[0]} has no offset")
    return [tick_s(moment.timestamp()) for moment in moments]


def _number(text: str) -> float:
    value = float(text) if text else math.nan
    return value if math.isfinite(value) else math.nan


def _text(text: str) -> str:
    """A text without the ' that guards it from being taken for a formula."""
    return text.removeprefix("'")
