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
from itertools import pairwise
from typing import TypeAlias

from monitor.judgement.assessment import SEATED_STATES, State
from monitor.tiltlog.records import Bout, Sample
from monitor.tiltlog.timeline import SEAM_S, Held

Position: TypeAlias = tuple[float, float, float]
"""Tilt in percent, tilt in degrees, trunk inclination in degrees; NaN not known."""

STEPS: Position = (25.0, 3.0, 5.0)
HELD_S = 5.0


def position_changes(runs: Sequence[Sequence[Held]], bouts: Iterable[Bout]) -> int | None:
    """The number of changes of position, by the rule above; None when no sample tells a position.

    `runs` are the seated runs of the time line, `bouts` all bouts in order.
    """
    samples = [[held.sample for held in run if _is_known(_position(held.sample))] for run in runs]
    if not any(samples):
        return None
    return sum(map(_seated_changes, samples)) + _ups_and_downs(bouts)


def _seated_changes(samples: Sequence[Sample]) -> int:
    changes = 0
    rest = candidate = (math.nan,) * 3
    candidate_since_utc_s = math.nan  # NaN: nothing is on the move
    for sample in samples:
        here = _position(sample)
        rest = _filled(rest, here)
        if not _moved(rest, here):
            if all(not math.isnan(here[measure]) for measure in _moved(rest, candidate)):
                candidate, candidate_since_utc_s = rest, math.nan  # back again
        elif math.isnan(candidate_since_utc_s) or _moved(candidate, here):
            candidate, candidate_since_utc_s = here, sample.t_utc_s
        elif sample.t_utc_s - candidate_since_utc_s >= HELD_S:
            changes += 1
            rest, candidate, candidate_since_utc_s = here, here, math.nan
    return changes


def _ups_and_downs(bouts: Iterable[Bout]) -> int:
    return sum(
        {before.state in SEATED_STATES, after.state in SEATED_STATES} == {True, False}
        and State.STANDING in {before.state, after.state}
        and after.start_utc_s - before.end_utc_s <= SEAM_S
        for before, after in pairwise(bouts)
    )


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
