"""What is summed up for each hour of a session: time in each state, changes of position, and its minutes. Pure."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from monitor.tiltlog.line import STATES, TimeLine
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.records import NOT_OBSERVED, TICKS_PER_S, LogSlice

COLUMNS: Final = (*map(str, STATES), NOT_OBSERVED)
"""The states in the order of the columns of hours and minutes; the table session_hours has them in this order, too."""

UNKNOWN_TILT: Final = -32768


@dataclass(frozen=True, eq=False)
class Minutes:
    """The 60 minutes of a local hour.

    Attributes:
        state_ticks: shape (60, states of `COLUMNS`), tenths of a second.
        tilt_ddeg: shape (60,), mean tilt over the samples that know it, tenths of a degree; `UNKNOWN_TILT` without any.
    """

    state_ticks: NDArray[np.int64]
    tilt_ddeg: NDArray[np.int64]

    def packed(self) -> bytes:
        """As bytes for `unpacked`."""
        numbers = np.column_stack([np.minimum(self.state_ticks, 32767), np.clip(self.tilt_ddeg, -32768, 32767)])
        return zlib.compress(numbers.astype("<i2").T.tobytes(), 9)

    @classmethod
    def unpacked(cls, data: bytes) -> Minutes:
        """The minutes that `packed` wrote. Raises ValueError or zlib.error for other bytes."""
        numbers = np.frombuffer(zlib.decompress(data), "<i2").reshape(len(COLUMNS) + 1, 60).T.astype(np.int64)
        return cls(numbers[:, :-1], numbers[:, -1])


@dataclass(frozen=True, eq=False)
class Hour:
    """One local hour of one session; ``hour`` as `LocalClock.hour_of` counts them.

    Attributes:
        state_ticks: shape (states of `COLUMNS`,), tenths of a second.
        changes: changes of position.
    """

    hour: int
    state_ticks: NDArray[np.int64]
    changes: int
    minutes: Minutes


def count_hours(log: LogSlice, clock: LocalClock) -> Iterator[Hour]:
    """The local hours in which a slice of one session has anything, in order."""
    first, ticks = _minute_ticks(log, clock)
    if not len(ticks):
        return
    line = log.samples if isinstance(log.samples, TimeLine) else TimeLine.of(log.samples)
    sums, counts = np.zeros(len(ticks)), np.zeros(len(ticks), dtype=np.int64)
    tilt_deg = line.measures["tilt_deg"]
    known = np.isfinite(tilt_deg)
    places = _minute_of(line.t_utc_s[known], clock) - first
    inside = (places >= 0) & (places < len(ticks))
    np.add.at(sums, places[inside], tilt_deg[known][inside])
    np.add.at(counts, places[inside], 1)
    means = np.where(counts > 0, np.rint(10.0 * sums / np.maximum(counts, 1)), UNKNOWN_TILT).astype(np.int64)
    changed = np.zeros(len(ticks), dtype=np.int64)
    moments = _minute_of(np.array([change.t_utc_s for change in log.changes]), clock) - first
    np.add.at(changed, moments[(moments >= 0) & (moments < len(ticks))], 1)
    for start in range(0, len(ticks), 60):
        part = slice(start, start + 60)
        if ticks[part].any() or changed[part].any():
            minutes = Minutes(ticks[part], means[part])
            yield Hour((first + start) // 60, ticks[part].sum(axis=0), int(changed[part].sum()), minutes)


def _minute_ticks(log: LogSlice, clock: LocalClock) -> tuple[int, NDArray[np.int64]]:
    """The first local minute, a full hour, and the time in each state in every minute from there to a full hour."""
    if not log.bouts:
        return 0, np.zeros((0, len(COLUMNS)), dtype=np.int64)
    pieces = []
    for bout in log.bouts:
        column = COLUMNS.index(str(bout.state))
        edges = np.array(clock.minute_edges(bout.start_utc_s, bout.end_utc_s))
        lengths = np.rint(np.diff(edges) * TICKS_PER_S).astype(np.int64)
        pieces.append((_minute_of(edges[:-1], clock), lengths, column))
    first = 60 * (min(int(minutes.min()) for minutes, _, _ in pieces) // 60)
    last = 60 * (max(int(minutes.max()) for minutes, _, _ in pieces) // 60) + 60
    ticks = np.zeros((last - first, len(COLUMNS)), dtype=np.int64)
    for minutes, lengths, column in pieces:
        np.add.at(ticks[:, column], minutes - first, lengths)
    return first, ticks


def _minute_of(t_utc_s: NDArray[np.float64], clock: LocalClock) -> NDArray[np.int64]:
    """The local minutes of moments, counted like the hours."""
    return np.floor((t_utc_s + clock.offsets_s(t_utc_s)) / 60.0 + 1e-6).astype(np.int64)
