"""Which local day and hour a moment belongs to: by the clock that hung where the log was written. Pure.

The log keeps the offset from UTC whenever it changes. So a day stays the day that the user lived, also after clocks
were changed or a flight, and wherever the log is read.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

import numpy as np
from numpy.typing import NDArray

from monitor.tiltlog.overlap import merged
from monitor.tiltlog.timeline import Stretch

HOUR_S: Final = 3600
DAY_S: Final = 86400
_EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class LocalClock:
    """The offsets of local time from UTC.

    Attributes:
        changes: (from when, seconds UTC; offset in seconds, east positive), in order. The first one holds before its
            time as well; without any, local time is UTC.
    """

    changes: tuple[tuple[float, int], ...] = ()

    def offset_s(self, t_utc_s: float) -> int:
        """How far local time was ahead of UTC, seconds."""
        if not self.changes:
            return 0
        index = bisect_right(self.changes, (t_utc_s, math.inf)) - 1
        return self.changes[max(index, 0)][1]

    def offsets_s(self, t_utc_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same for many moments, shape (n,)."""
        if not self.changes:
            return np.zeros(len(t_utc_s))
        starts, offsets = (np.array(column, dtype=np.float64) for column in zip(*self.changes, strict=True))
        return np.asarray(offsets[np.maximum(np.searchsorted(starts, t_utc_s, side="right") - 1, 0)])

    def local(self, t_utc_s: float) -> datetime:
        """The local time of a moment, aware."""
        return datetime.fromtimestamp(t_utc_s, timezone(timedelta(seconds=self.offset_s(t_utc_s))))

    def utc_of(self, wall: datetime) -> float:
        """When the local clock showed this (naive) time, seconds UTC: the first time if it did so twice.

        A time that a change of clocks left out is the one an hour later.
        """
        wall_s = (wall - datetime(1970, 1, 1)).total_seconds()  # noqa: DTZ001 - of the wall, as is `wall`
        offsets = {offset_s for _, offset_s in self.changes} or {0}
        showed = [wall_s - offset_s for offset_s in offsets if self.offset_s(wall_s - offset_s) == offset_s]
        return min(showed, default=wall_s - min(offsets))

    def day_of(self, t_utc_s: float) -> date:
        """The local day of a moment."""
        return day_of_hour(self.hour_of(t_utc_s))

    def hour_of(self, t_utc_s: float) -> int:
        """The local hour of a moment, counted from 1970-01-01 00:00 local time: 24 of them make a day."""
        return math.floor((t_utc_s + self.offset_s(t_utc_s)) / HOUR_S)

    def stretches(self, day: date) -> tuple[Stretch, ...]:
        """The time of a local day: 24 hours mostly, 23 or 25 when clocks change, two stretches after some flights."""
        return self._local_span(hour_of_day(day) * HOUR_S, DAY_S)

    def hour_stretches(self, hour: int) -> tuple[Stretch, ...]:
        """The time of a local hour, as `hour_of` counts them; empty for one that a change of clocks left out."""
        return self._local_span(hour * HOUR_S, HOUR_S)

    def bounds(self, first: date, last: date) -> tuple[float, float]:
        """From the first moment of a day up to the end of another, seconds UTC."""
        starts, ends = self.stretches(first), self.stretches(last)
        if not starts or not ends:  # a day that a flight over the date line left out
            offset_s = self.changes[-1][1] if self.changes else 0
            start_utc_s, end_utc_s = (hour_of_day(day) * HOUR_S - offset_s for day in (first, last))
            return float(start_utc_s), float(end_utc_s + DAY_S)
        return starts[0].start_utc_s, ends[-1].end_utc_s

    def minute_edges(self, start_utc_s: float, end_utc_s: float) -> list[float]:
        """Where the local minute changes between two moments, both included, seconds UTC."""
        edges = [start_utc_s]
        for stretch, offset_s in self._constant(start_utc_s, end_utc_s):
            first = math.floor((stretch.start_utc_s + offset_s) / 60) + 1
            last = math.ceil((stretch.end_utc_s + offset_s) / 60)
            edges += [minute * 60.0 - offset_s for minute in range(first, last)]
            edges.append(stretch.end_utc_s)
        return edges

    def _constant(self, start_utc_s: float, end_utc_s: float) -> Iterable[tuple[Stretch, int]]:
        """The parts of a stretch in which the offset is the same."""
        inside = [t for t, _ in self.changes[1:] if start_utc_s < t < end_utc_s]
        starts = [start_utc_s, *inside]
        for start, end in zip(starts, [*inside, end_utc_s], strict=True):
            yield Stretch(start, end), self.offset_s(start)

    def _local_span(self, start_local_s: float, length_s: float) -> tuple[Stretch, ...]:
        """The time in which the local clock shows `length_s` from `start_local_s` on, both as if they were UTC."""
        changes = self.changes or ((0.0, 0),)
        parts = []
        for index, (since_utc_s, offset_s) in enumerate(changes):
            since = -math.inf if index == 0 else since_utc_s
            until = changes[index + 1][0] if index + 1 < len(changes) else math.inf
            start, end = max(start_local_s - offset_s, since), min(start_local_s + length_s - offset_s, until)
            if start < end:
                parts.append((start, end))
        return tuple(Stretch(start, end) for start, end in merged(parts))


def hour_of_day(day: date) -> int:
    """The first local hour of a day, as `LocalClock.hour_of` counts them."""
    return (day.toordinal() - _EPOCH_ORDINAL) * 24


def day_of_hour(hour: int) -> date:
    """The day of a local hour."""
    return date.fromordinal(hour // 24 + _EPOCH_ORDINAL)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH_ORDINAL


def system_offset_s(t_utc_s: float) -> int:
    """How far this computer's local time is ahead of UTC at a moment, seconds; follows a computer that travels."""
    if hasattr(time, "tzset"):
        time.tzset()  # else a running program keeps the zone in which it was started
    offset = datetime.fromtimestamp(t_utc_s, UTC).astimezone().utcoffset()
    return 0 if offset is None else round(offset.total_seconds())
