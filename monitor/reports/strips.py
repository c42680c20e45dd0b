"""A day as a line over time, and days as rows of minutes: what the plots draw. Pure."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from monitor.reports.parts import DayRow, DayStrip, Limits
from monitor.tiltlog.hours import COLUMNS
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.overlap import free, merged
from monitor.tiltlog.periods import Days
from monitor.tiltlog.reader import HourPart
from monitor.tiltlog.records import NOT_OBSERVED, Bout, GivenWarning, LogSlice, Note, SessionInfo

MOST_POINTS = 1500
"""More points than this in a line are neither seen nor printed."""
BINS_S = (1, 2, 5, 10, 15, 20, 30, 60)
MOST_TICKS = 12
TICKS_MIN = (1, 2, 5, 10, 15, 30, 60, 120, 180)
DAY_MIN = 1440


def day_strip(
    log: LogSlice, warnings: Iterable[GivenWarning], note_numbers: Mapping[int, int], clock: LocalClock
) -> DayStrip:
    """The line of a day on which something was observed; ``note_numbers`` by the id of the note."""
    seen = [bout for bout in log.bouts if bout.state != NOT_OBSERVED]
    start_utc_s, end_utc_s, ticks = _axis(seen[0].start_utc_s, max(bout.end_utc_s for bout in seen), clock)
    looked = merged([(bout.start_utc_s, bout.end_utc_s) for bout in seen])
    line = log.samples if isinstance(log.samples, TimeLine) else TimeLine.of(log.samples)
    bin_s = next((each for each in BINS_S if (end_utc_s - start_utc_s) / each <= MOST_POINTS), BINS_S[-1])
    number = math.ceil((end_utc_s - start_utc_s) / bin_s)
    places = ((line.t_utc_s - start_utc_s) // bin_s).astype(np.int64)
    points_utc_s = np.asarray(start_utc_s + bin_s * (np.arange(number) + 0.5), dtype=np.float64)
    tilt, low, high = (
        _means(places, line.measures[name], number) for name in ("tilt_deg", "tilt_low_deg", "tilt_high_deg")
    )
    return DayStrip(
        start_utc_s,
        end_utc_s,
        ticks,
        float(bin_s),
        points_utc_s,
        tilt,
        low,
        high,
        _limits(log.sessions, seen),
        _spans(seen),
        tuple((start, end - start) for start, end in free(start_utc_s, end_utc_s, looked)),
        tuple(warning.t_utc_s for warning in warnings),
        tuple((note.t_utc_s, note_numbers[note.id]) for note in log.notes if note.id in note_numbers),
    )


def day_rows(
    hours: Iterable[HourPart], days: Days, clock: LocalClock, warnings: Iterable[GivenWarning], notes: Sequence[Note]
) -> tuple[DayRow, ...]:
    """A row for each day; what lies on other days is left out."""
    ticks: defaultdict[date, NDArray[np.int64]] = defaultdict(lambda: np.zeros((DAY_MIN, len(COLUMNS)), dtype=np.int64))
    for part in hours:
        ticks[part.day][60 * part.hour : 60 * part.hour + 60] += part.minutes.state_ticks
    warned: defaultdict[date, list[int]] = defaultdict(list)
    for warning in warnings:
        warned[clock.day_of(warning.t_utc_s)].append(minute_of_day(warning.t_utc_s, clock))
    noted: defaultdict[date, list[tuple[int, int]]] = defaultdict(list)
    for number, note in enumerate(notes, 1):
        noted[clock.day_of(note.t_utc_s)].append((minute_of_day(note.t_utc_s, clock), number))
    return tuple(DayRow(day, _most(ticks.get(day)), tuple(warned[day]), tuple(noted[day])) for day in days.all)


def minute_of_day(t_utc_s: float, clock: LocalClock) -> int:
    """The local minute of the day of a moment, 0 to 1439."""
    local = clock.local(t_utc_s)
    return 60 * local.hour + local.minute


def runs(states: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """What is the same without a break: state, start and length, in places of the array."""
    starts = np.flatnonzero(np.diff(states, prepend=-2))
    lengths = np.diff(starts, append=len(states))
    return list(zip(states[starts].tolist(), starts.tolist(), lengths.tolist(), strict=True))


def _axis(
    first_utc_s: float, last_utc_s: float, clock: LocalClock
) -> tuple[float, float, tuple[tuple[float, str], ...]]:
    """From where to where an axis of time goes, on steps of local time, with the steps in words."""
    offset_s = clock.offset_s(first_utc_s)
    for step_min in TICKS_MIN:
        step_s = 60 * step_min
        start = math.floor((first_utc_s + offset_s) / step_s) * step_s - offset_s
        end = max(math.ceil((last_utc_s + offset_s) / step_s) * step_s - offset_s, start + step_s)
        if (end - start) / step_s <= MOST_TICKS:
            break
    return start, end, tuple((float(t), f"{clock.local(t):%H:%M}") for t in range(start, end + 1, step_s))


def _means(places: NDArray[np.int64], values: NDArray[np.float64], number: int) -> NDArray[np.float64]:
    """The mean of what is known in each place; NaN where nothing is."""
    known = np.isfinite(values) & (places >= 0) & (places < number)
    counts = np.bincount(places[known], minlength=number)
    sums = np.bincount(places[known], weights=values[known], minlength=number)
    return np.asarray(np.where(counts > 0, sums / np.maximum(counts, 1), np.nan), dtype=np.float64)


def _limits(sessions: Iterable[SessionInfo], seen: Iterable[Bout]) -> tuple[Limits, ...]:
    """The thresholds of each session for as long as it looked."""
    times: dict[int, tuple[float, float]] = {}
    for bout in seen:
        start, end = times.get(bout.session_id, (bout.start_utc_s, bout.end_utc_s))
        times[bout.session_id] = (min(start, bout.start_utc_s), max(end, bout.end_utc_s))
    return tuple(
        Limits(*times[each.id], each.enter_deg, each.leave_deg, each.slump_deg) for each in sessions if each.id in times
    )


def _spans(seen: Iterable[Bout]) -> dict[str, tuple[tuple[float, float], ...]]:
    spans: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
    for bout in seen:
        spans[str(bout.state)].append((bout.start_utc_s, bout.duration_s))
    return {state: tuple(each) for state, each in spans.items()}


def _most(ticks: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """The state that took most of each minute; -1 where there is nothing."""
    if ticks is None:
        return np.full(DAY_MIN, -1, dtype=np.int64)
    return np.where(ticks.any(axis=1), ticks.argmax(axis=1), -1)
