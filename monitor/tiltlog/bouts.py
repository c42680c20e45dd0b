"""Merges judged frames into bouts: stretches of one state that tile the time of a session. Pure.

A frame's state holds until the next frame. `step` keeps one open bout, which grows; what it closes comes back
as the effect. Times are `t_s`, seconds on the source's monotonic clock.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from monitor.judgement.assessment import GAP_S, Assessment, State
from monitor.tiltlog.records import NOT_OBSERVED, BoutState

STARTING = "starting"
NO_FRAMES = "no frames"


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said at one time: the state from `t_s` on."""

    t_s: float
    state: BoutState
    reason: str = ""

    @classmethod
    def of(cls, assessment: Assessment) -> Mark:
        """The mark of a judged frame. Only unknown time keeps its reason, and is split by it."""
        reason = assessment.reason if assessment.state is State.UNKNOWN else ""
        return cls(assessment.t_s, assessment.state, reason)


@dataclass(frozen=True, slots=True)
class Span:
    """A bout on the source's clock, from `start_s` up to `end_s`."""

    state: BoutState
    reason: str
    start_s: float
    end_s: float

    @property
    def is_empty(self) -> bool:
        """True while no time has passed in it."""
        return self.end_s <= self.start_s


def begin(t0_s: float) -> Span:
    """The open bout of a session that starts at `t0_s`: not observed until the first frame."""
    return Span(NOT_OBSERVED, STARTING, t0_s, t0_s)


def follows(bout: Span, t_s: float) -> bool:
    """True when a time can extend the open bout: finite, and not before what is already known."""
    return bout.end_s <= t_s < math.inf


def step(bout: Span, mark: Mark, gap_s: float = GAP_S) -> tuple[Span, tuple[Span, ...]]:
    """The open bout after a mark, and the bouts that it closed, oldest first (none of them empty).

    Observed time ends at the last frame when the next one comes more than `gap_s` later; the time between becomes
    "not observed". A mark from before the last one, or without a finite time, changes nothing.
    """
    if not follows(bout, mark.t_s):
        return bout, ()
    closed: tuple[Span, ...] = ()
    if bout.state != NOT_OBSERVED and mark.t_s - bout.end_s > gap_s:
        closed = (bout,)
        bout = Span(NOT_OBSERVED, NO_FRAMES, bout.end_s, bout.end_s)
    bout = replace(bout, end_s=mark.t_s)
    if (bout.state, bout.reason) != (mark.state, mark.reason):
        closed += (bout,)
        bout = Span(mark.state, mark.reason, mark.t_s, mark.t_s)
    return bout, tuple(each for each in closed if not each.is_empty)
