"""The axis of a day: hours and minutes of the log's local time, and which part of the day is seen. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from monitor.tiltlog.local_days import LocalClock

LEAST_SEEN_S: Final = 180.0
"""One cannot zoom in further than this."""

_STEPS_S: Final = (
    *((60, 60), (120, 60), (300, 60), (600, 300), (900, 300), (1800, 600)),
    *((3600, 900), (7200, 3600), (10800, 3600), (21600, 3600)),
)
"""The distance of the ticks with a time beside them, and of the small ones between, seconds."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The part of the day that is seen, seconds UTC."""

    start_utc_s: float
    end_utc_s: float

    @property
    def length_s(self) -> float:
        """How long it is, seconds."""
        return self.end_utc_s - self.start_utc_s

    def is_about(self, other: Seen) -> bool:
        """Whether they are the same to half a second."""
        ends_s = self.start_utc_s - other.start_utc_s, self.end_utc_s - other.end_utc_s
        return all(abs(each_s) < 0.5 for each_s in ends_s)

    def within(self, limits: Seen) -> Seen:
        """As near to this as the limits allow: not shorter than `LEAST_SEEN_S`, not longer than the limits."""
        length_s = min(max(self.length_s, LEAST_SEEN_S), limits.length_s)
        middle_utc_s = (self.start_utc_s + self.end_utc_s) / 2
        start_utc_s = min(max(middle_utc_s - length_s / 2, limits.start_utc_s), limits.end_utc_s - length_s)
        return Seen(start_utc_s, start_utc_s + length_s)

    def zoomed(self, factor: float, about_utc_s: float | None) -> Seen:
        """So many times shorter, with the moment at the same place when it is seen, else about the middle."""
        if about_utc_s is None or not self.start_utc_s <= about_utc_s <= self.end_utc_s:
            about_utc_s = (self.start_utc_s + self.end_utc_s) / 2
        before_s, after_s = about_utc_s - self.start_utc_s, self.end_utc_s - about_utc_s
        return Seen(about_utc_s - before_s / factor, about_utc_s + after_s / factor)

    def moved(self, by_s: float) -> Seen:
        """The same length, later by so much."""
        return Seen(self.start_utc_s + by_s, self.end_utc_s + by_s)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Where the axis has ticks: (seconds UTC, "hh:mm") for those with a time beside them; the small ones without."""

    timed: tuple[tuple[float, str], ...]
    small: tuple[float, ...]


def ticks(clock: LocalClock, seen: Seen, most: int) -> Ticks:
    """Ticks at whole local times, at most about ``most`` with a time.

    When clocks are set back an hour is passed twice and its times stand there twice; one that is left out has none.
    """
    fits = (steps for steps in _STEPS_S if seen.length_s / steps[0] <= max(most, 1))
    timed_s, small_s = next(fits, _STEPS_S[-1])
    timed = tuple(_multiples(clock, seen, timed_s))
    at = set(timed)
    return Ticks(
        tuple((t_utc_s, time_words(clock, t_utc_s)) for t_utc_s in timed),
        tuple(t_utc_s for t_utc_s in _multiples(clock, seen, small_s) if t_utc_s not in at),
    )


def time_words(clock: LocalClock, t_utc_s: float, *, seconds: bool = False) -> str:
    """The local time of a moment, "10:42" or "10:42:10"."""
    local = clock.local(t_utc_s)
    return f"{local:%H:%M:%S}" if seconds else f"{local:%H:%M}"


def hour_begin(clock: LocalClock, t_utc_s: float) -> float:
    """When the local hour of a moment began, seconds UTC."""
    offset_s = clock.offset_s(t_utc_s)
    return 3600.0 * math.floor((t_utc_s + offset_s) / 3600.0) - offset_s


def minute_of(clock: LocalClock, t_utc_s: float) -> Seen:
    """The local minute of a moment."""
    offset_s = clock.offset_s(t_utc_s)
    start_utc_s = 60.0 * math.floor((t_utc_s + offset_s) / 60.0) - offset_s
    return Seen(start_utc_s, start_utc_s + 60.0)


def _multiples(clock: LocalClock, seen: Seen, step_s: int) -> list[float]:
    """The moments at which the local time is a multiple of a step, seconds UTC."""
    until_utc_s = seen.end_utc_s + 1e-3  # the end is seen as well
    changes = [t for t, _ in clock.changes[1:] if seen.start_utc_s < t < until_utc_s]
    found = []
    for start_utc_s, end_utc_s in zip((seen.start_utc_s, *changes), (*changes, until_utc_s), strict=True):
        offset_s = clock.offset_s(start_utc_s)
        first, last = (math.ceil((t + offset_s) / step_s) for t in (start_utc_s, end_utc_s))
        found += [step_s * number - float(offset_s) for number in range(first, last)]
    return found
