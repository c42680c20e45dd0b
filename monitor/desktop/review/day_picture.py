"""What the picture of a day shows: the states that fill it, the thresholds in force, and how far it reaches. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from monitor.desktop.review.day_axis import Seen, hour_begin
from monitor.desktop.review.day_line import TiltLine
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.records import NOT_OBSERVED, BoutState, LogSlice, SessionInfo

_LOWEST_DEG, _HIGHEST_DEG = -40.0, 70.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the day with one state. Time in no session at all is not observed."""

    state: BoutState
    start_utc_s: float
    end_utc_s: float
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The thresholds in force from one moment to another, degrees from neutral; NaN not known."""

    start_utc_s: float
    end_utc_s: float
    enter_deg: float
    leave_deg: float
    slump_deg: float


@dataclass(frozen=True, eq=False)
class DayPicture:
    """All that is drawn of a day.

    Attributes:
        limits: the whole day; nobody can move out of it.
        hours: the hours of the day in which there is anything, which are shown first.
        range_deg: the least and the greatest tilt on the picture.
        pieces: tile the limits.
    """

    clock: LocalClock
    limits: Seen
    hours: Seen
    range_deg: tuple[float, float]
    pieces: tuple[Piece, ...]
    line: TiltLine
    thresholds: tuple[Thresholds, ...]


def picture_of(log: LogSlice, clock: LocalClock) -> DayPicture:
    """The picture of a day."""
    samples = log.samples if isinstance(log.samples, TimeLine) else TimeLine.of(log.samples)
    line, pieces, thresholds = TiltLine.of(samples), pieces_of(log), thresholds_of(log)
    return DayPicture(
        clock,
        Seen(log.start_utc_s, log.end_utc_s),
        hours_of(log, clock),
        range_deg(line, thresholds),
        pieces,
        line,
        thresholds,
    )


def is_observed(log: LogSlice) -> bool:
    """Whether a camera looked at any time."""
    return any(bout.state != NOT_OBSERVED for bout in log.bouts)


def pieces_of(log: LogSlice) -> tuple[Piece, ...]:
    """The bouts of a slice and what lies between them; neighbours that look the same are one."""
    pieces: list[Piece] = []
    at_utc_s = log.start_utc_s
    for bout in log.bouts:
        if bout.start_utc_s > at_utc_s:
            _add(pieces, Piece(NOT_OBSERVED, at_utc_s, bout.start_utc_s))
        _add(pieces, Piece(bout.state, bout.start_utc_s, bout.end_utc_s, bout.cause))
        at_utc_s = bout.end_utc_s
    if at_utc_s < log.end_utc_s:
        _add(pieces, Piece(NOT_OBSERVED, at_utc_s, log.end_utc_s))
    return tuple(pieces)


def thresholds_of(log: LogSlice) -> tuple[Thresholds, ...]:
    """The thresholds along a slice: a new entry for each session that has others than the one before."""
    sessions = {session.id: session for session in log.sessions}
    found: list[Thresholds] = []
    for bout in log.bouts:
        session = sessions.get(bout.session_id)
        if session is None:
            continue
        limits = _limits(session)
        if found and _same(limits, (found[-1].enter_deg, found[-1].leave_deg, found[-1].slump_deg)):
            found[-1] = replace(found[-1], end_utc_s=bout.end_utc_s)
        else:
            found.append(Thresholds(bout.start_utc_s, bout.end_utc_s, *limits))
    return tuple(found)


def hours_of(log: LogSlice, clock: LocalClock) -> Seen:
    """From the first to the last local hour in which anything was observed or noted; the whole slice without any."""
    observed = [bout for bout in log.bouts if bout.state != NOT_OBSERVED]
    noted = [note.t_utc_s for note in log.notes]
    starts = [bout.start_utc_s for bout in observed] + noted
    # An end belongs to the time before it, so that one at ten does not show the hour from ten.
    ends = [bout.end_utc_s - 0.05 for bout in observed] + noted
    if not starts:
        return Seen(log.start_utc_s, log.end_utc_s)
    first, last = hour_begin(clock, min(starts)), hour_begin(clock, max(ends)) + 3600.0
    # Before a change of clocks that hour had another name.
    changed = max((t for t, _ in clock.changes[1:] if t <= min(starts)), default=log.start_utc_s)
    return Seen(max(first, changed, log.start_utc_s), min(last, log.end_utc_s))


def range_deg(line: TiltLine, thresholds: Iterable[Thresholds]) -> tuple[float, float]:
    """The tilts that the picture has room for, in steps of 5 degrees: the thresholds, and nearly all of the day."""
    lows, highs = [-3.0], [12.0]
    for each in thresholds:
        known = [value for value in (each.enter_deg, each.leave_deg, each.slump_deg) if math.isfinite(value)]
        lows += [value - 2.0 for value in known]
        highs += [value + 3.0 for value in known]
    if len(line.t_utc_s):
        lows += [float(np.percentile(line.low_deg, 1)), float(np.percentile(line.tilt_deg, 0.2)) - 0.5]
        highs += [float(np.percentile(line.high_deg, 99)), float(np.percentile(line.tilt_deg, 99.8)) + 0.5]
    low, high = 5.0 * math.floor(min(lows) / 5.0), 5.0 * math.ceil(max(highs) / 5.0)
    return max(low, _LOWEST_DEG), min(high, _HIGHEST_DEG)


def _limits(session: SessionInfo) -> tuple[float, float, float]:
    return session.enter_deg, session.leave_deg, session.slump_deg


def _add(pieces: list[Piece], piece: Piece) -> None:
    last = pieces[-1] if pieces else None
    if last is not None and (last.state, last.cause, last.end_utc_s) == (piece.state, piece.cause, piece.start_utc_s):
        pieces[-1] = replace(last, end_utc_s=piece.end_utc_s)
    else:
        pieces.append(piece)


def _same(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(one, other, strict=True))
