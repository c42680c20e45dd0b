"""Packs an hour of the time line into about five kilobytes. Pure.

Samples are rounded to the steps of `STEPS` before they are kept at all, so packing loses nothing. The interval of the
tilt is rounded outward. Columns that follow others are kept as what is left over: the interval as its distance from
the tilt, the tilt in percent as what a straight line through the tilt in degrees leaves, the knee likewise from the
thigh. What is left is kept as differences from one second to the next, byte by byte, compressed.
"""

from __future__ import annotations

import json
import lzma
import math
import struct
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from monitor.errors import LogError
from monitor.tiltlog.line import BASES, MEASURES, STATES, VIEWS, Codes, Floats, TimeLine
from monitor.tiltlog.records import TICKS_PER_S, Sample, tick_s

STEPS: Final[Mapping[str, int]] = {
    "tilt_deg": 10,
    "tilt_low_deg": 2,
    "tilt_high_deg": 2,
    "tilt_pct": 1,
    "trunk_inclination_deg": 5,
    "thigh_elevation_deg": 2,
    "knee_above_hip_cm": 2,
    "confidence": 10,
}
"""How many steps each measure has in one of its units: the tilt is kept to 0.1 degrees, its interval to 0.5."""

FORMAT: Final = 1
FILTERS: Final = ({"id": lzma.FILTER_LZMA2, "preset": 9, "dict_size": 2**18, "lc": 0, "lp": 0, "pb": 0},)
_FOLLOWS: Final = {"tilt_pct": "tilt_deg", "knee_above_hip_cm": "thigh_elevation_deg"}
_HEAD: Final = struct.Struct("<BHdII")  # format, samples, time of the first, length of texts, of columns
_MOST: Final = 1e6


def rounded(sample: Sample) -> Sample:
    """The sample as the log keeps it: time and measures on their steps; what is not finite is NaN."""
    values = {name: _on_step(name, getattr(sample, name)) for name in MEASURES}
    return replace(sample, t_utc_s=tick_s(sample.t_utc_s), **values)  # type: ignore[arg-type]  # numbers by name


def _on_step(name: str, value: float) -> float:
    if not math.isfinite(value):
        return math.nan
    steps = max(-_MOST, min(_MOST, value)) * STEPS[name]
    if name == "tilt_low_deg":
        whole = math.floor(steps + 1e-9)
    elif name == "tilt_high_deg":
        whole = math.ceil(steps - 1e-9)
    else:
        whole = round(steps)
    return whole / STEPS[name]


def pack(line: TimeLine) -> bytes:
    """Samples of one session as bytes; they must be as `rounded` gives them, and 65,535 at most."""
    ticks = np.rint(line.t_utc_s * TICKS_PER_S).astype(np.int64)
    columns: list[Codes] = [np.diff(ticks, prepend=ticks[:1]), line.state, line.view, line.basis, line.reason]
    whole = {name: _whole(line.measures[name], STEPS[name]) for name in MEASURES}
    slopes = []
    for name in MEASURES:
        known = np.isfinite(line.measures[name])
        columns.append((~known).astype(np.int64))
        values, slope = whole[name], 0.0
        if name in ("tilt_low_deg", "tilt_high_deg"):
            values = values - _nearest(whole["tilt_deg"], STEPS[name] / STEPS["tilt_deg"])
        elif name in _FOLLOWS:
            base = whole[_FOLLOWS[name]]
            slope = _slope(base, values, known & np.isfinite(line.measures[_FOLLOWS[name]]))
            values = values - _nearest(base, slope)
        slopes.append(slope)
        columns.append(np.diff(_held(values, known), prepend=0))
    planes = b"".join(_planes(column) for column in columns)
    data = lzma.compress(struct.pack(f"<{len(slopes)}d", *slopes) + planes, lzma.FORMAT_RAW, filters=FILTERS)
    texts = json.dumps(line.reasons, ensure_ascii=False, separators=(",", ":")).encode() if any(line.reasons) else b""
    first_s = float(ticks[0]) / TICKS_PER_S if len(ticks) else 0.0
    return _HEAD.pack(FORMAT, len(line), first_s, len(texts), len(data)) + texts + data


def unpack(blob: bytes, session_id: int) -> TimeLine:
    """The samples that `pack` was given, as samples of this session. Raises LogError for other bytes."""
    try:
        form, count, first_s, text_size, size = _HEAD.unpack_from(blob)
        if form != FORMAT or len(blob) != _HEAD.size + text_size + size:
            raise ValueError(f"format {form}")
        texts = blob[_HEAD.size : _HEAD.size + text_size]
        reasons = tuple(json.loads(texts)) if texts else ("",)
        data = lzma.decompress(blob[_HEAD.size + text_size :], lzma.FORMAT_RAW, filters=FILTERS)
        slopes = struct.unpack_from(f"<{len(MEASURES)}d", data)
        numbers = _columns(data[8 * len(MEASURES) :], count)
        times = round(first_s * TICKS_PER_S) + np.cumsum(next(numbers))
        state, view, basis, reason = (next(numbers) for _ in range(4))
        whole: dict[str, Codes] = {}
        measures: dict[str, Floats] = {}
        for name, slope in zip(MEASURES, slopes, strict=True):
            unknown, values = next(numbers).astype(bool), np.cumsum(next(numbers))
            if name in ("tilt_low_deg", "tilt_high_deg"):
                values = values + _nearest(whole["tilt_deg"], STEPS[name] / STEPS["tilt_deg"])
            elif name in _FOLLOWS:
                values = values + _nearest(whole[_FOLLOWS[name]], slope)
            whole[name] = np.where(unknown, 0, values)
            measures[name] = np.where(unknown, np.nan, values / STEPS[name])
        places = ((state, STATES), (view, VIEWS), (basis, BASES), (reason, reasons))
        if any(len(column) and not 0 <= column.min() <= column.max() < len(names) for column, names in places):
            raise ValueError("an unknown word")
    except (ValueError, struct.error, lzma.LZMAError, IndexError, StopIteration) as error:
        raise LogError(f"A piece of the time line is not readable ({error}): restore the log from a backup.") from error
    return TimeLine(np.full(count, session_id), times / TICKS_PER_S, state, view, basis, measures, reason, reasons)


def _whole(column: Floats, steps: int) -> Codes:
    return np.rint(np.nan_to_num(column) * steps).astype(np.int64)


def _nearest(base: Codes, slope: float) -> Codes:
    nearest: Codes = np.floor(base * slope + 0.5).astype(np.int64)
    return nearest


def _slope(base: Codes, values: Codes, known: NDArray[np.bool_]) -> float:
    """The slope of the straight line through the origin, rounded so that it is the same when read back."""
    square = float((base[known].astype(np.float64) ** 2).sum())
    slope = float((base[known] * values[known]).sum()) / square if square > 0 else 0.0
    return round(slope, 6) if abs(slope) < 1e6 else 0.0


def _held(values: Codes, known: NDArray[np.bool_]) -> Codes:
    """The values, with the last known one where there is none."""
    places = np.maximum.accumulate(np.where(known, np.arange(len(values)), -1))
    held: Codes = np.where(places >= 0, values[np.maximum(places, 0)], 0)
    return held


def _planes(column: Codes) -> bytes:
    """A column as bytes: how many bytes a number needs, then the lowest byte of every number, then the next."""
    folded = np.where(column >= 0, 2 * column, -2 * column - 1).astype("<u8")  # small numbers of either sign stay small
    width = max(1, (int(folded.max(initial=0)).bit_length() + 7) // 8)
    return bytes([width]) + folded.view(np.uint8).reshape(-1, 8)[:, :width].T.tobytes()


def _columns(data: bytes, count: int) -> Iterator[Codes]:
    """The columns that `_planes` laid down, one after the other."""
    at = 0
    while at < len(data):
        width = data[at]
        planes = np.frombuffer(data, np.uint8, width * count, at + 1).reshape(width, count)
        at += 1 + width * count
        folded = (planes.astype(np.int64) << (8 * np.arange(width, dtype=np.int64)[:, None])).sum(axis=0)
        yield np.where(folded % 2 == 0, folded // 2, -(folded + 1) // 2)
