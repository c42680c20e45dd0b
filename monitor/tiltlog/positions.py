"""Counts how often somebody changed position. Pure.

The rule, on the time line of at most one sample a second:

- A sample has *moved* from another when tilt differs by 25 % or more of the person's own slump, or by 3 degrees or
  more, or the trunk's inclination by 5 degrees or more. What is not known in either sample does not count as moved.
- Within an unbroken seated stretch, the position starts as the first sample. It has changed once a later sample has
  moved from it and the samples for 5 s or more after that stay moved from it and have not moved from each other's
  first. That counts once, however many measures took part, and becomes the new position.
- Time away, unknown, not observed, and more than 10 s without a sample start again from a new first sample.
- Seated time directly followed by standing, and standing directly followed by seated time, count as one change each.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, TypeAlias

from monitor.judgement.assessment import GAP_S, SEATED_STATES, State
from monitor.tiltlog.records import Bout, BoutState, Sample
from monitor.tiltlog.timeline import SEAM_S, stretches

Position: TypeAlias = tuple[float, float, float]
"""Tilt in percent, tilt in degrees, trunk inclination in degrees; NaN not known."""

UNKNOWN: Final[Position] = (math.nan, math.nan, math.nan)
STEPS: Position = (25.0, 3.0, 5.0)
HELD_S = 5.0


@dataclass(frozen=True, slots=True)
class Rest:
    """Where somebody sits: the position held, and the one they may be moving to.

    Attributes:
        position: all NaN before the first sample that tells one.
        candidate, since_utc_s: the new position and when it began; NaN while nothing is on the move.
        last_utc_s: the last sample that was looked at.
    """

    position: Position = UNKNOWN
    candidate: Position = UNKNOWN
    since_utc_s: float = math.nan
    last_utc_s: float = math.nan


def step(rest: Rest, sample: Sample) -> tuple[Rest, bool]:
    """Take in the next seated sample of a session; true when the position has changed with it.

    Whoever was not seated in between begins again with `Rest()`.
    """
    if sample.t_utc_s - rest.last_utc_s > GAP_S:
        rest = Rest()
    here, t_utc_s = _position(sample), sample.t_utc_s
    rest = replace(rest, last_utc_s=t_utc_s)
    if not _is_known(here):
        return rest, False
    rest = replace(rest, position=_filled(rest.position, here))
    if not _moved(rest.position, here):
        if all(not math.isnan(here[measure]) for measure in _moved(rest.position, rest.candidate)):
            rest = replace(rest, candidate=UNKNOWN, since_utc_s=math.nan)  # back again
    elif math.isnan(rest.since_utc_s) or _moved(rest.candidate, here):
        rest = replace(rest, candidate=here, since_utc_s=t_utc_s)
    elif t_utc_s - rest.since_utc_s >= HELD_S:
        return Rest(here, last_utc_s=t_utc_s), True
    return rest, False


def change_times(samples: Iterable[Sample], bouts: Sequence[Bout]) -> list[float]:
    """When the position changed in a session, seconds UTC, in order; samples and bouts are those of the session."""
    times = [
        after.start_utc_s
        for before, after in pairwise(bouts)
        if after.start_utc_s - before.end_utc_s <= SEAM_S and is_up_or_down(before.state, after.state)
    ]
    seats = stretches(bouts, SEATED_STATES)
    rest, place = Rest(), 0
    for sample in samples:
        while place < len(seats) and seats[place].end_utc_s <= sample.t_utc_s:
            rest, place = Rest(), place + 1
        if place < len(seats) and seats[place].start_utc_s <= sample.t_utc_s and sample.state in SEATED_STATES:
            rest, changed = step(rest, sample)
            times += [sample.t_utc_s] if changed else []
    return sorted(times)


def is_up_or_down(before: BoutState, after: BoutState) -> bool:
    """True where somebody who was seated stands up, or who stood sits down."""
    return {before in SEATED_STATES, after in SEATED_STATES} == {True, False} and State.STANDING in {before, after}


def _position(sample: Sample) -> Position:
    return sample.tilt_pct, sample.tilt_deg, sample.trunk_inclination_deg


def _is_known(position: Position) -> bool:
    return not all(map(math.isnan, position))


def _filled(position: Position, here: Position) -> Position:
    """The position, with what it did not know yet taken from here."""
    pct, deg, trunk_deg = (new if math.isnan(old) else old for old, new in zip(position, here, strict=True))
    return pct, deg, trunk_deg


def _moved(one: Position, other: Position) -> list[int]:
    """The measures in which two positions differ by a step or more."""
    return [index for index, step in enumerate(STEPS) if abs(one[index] - other[index]) >= step]
