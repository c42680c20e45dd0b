"""Which state a moment is in, before and after hysteresis and dwell. Pure; all times in seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.judgement.assessment import SEATED_STATES, State


@dataclass(frozen=True, slots=True)
class StateClock:
    """The state so far.

    Attributes:
        state: the present state.
        since_s: when it began.
        candidate: another state that the last frames looked like.
        candidate_since_s: since when they did.
        low_since_s: since when the tilt has been at or below the leave threshold, None when it is not.
        known_s: when the state was last known (a frame that was neither unknown nor away).
    """

    state: State = State.UNKNOWN
    since_s: float = 0.0
    candidate: State | None = None
    candidate_since_s: float = 0.0
    low_since_s: float | None = None
    known_s: float | None = None


def advance(clock: StateClock, t_s: float, seen: State, *, settle_s: float, lost_s: float) -> StateClock:
    """Move on to the state that the frame looks like, once it has lasted.

    One known state follows another after ``settle_s``. A known state follows an unknown one at once, but *tipped*
    only after twice ``settle_s``: the first frames of a person who has just come into view are the least sure,
    and until then the state is unknown. Away and unknown follow when nothing was known for ``lost_s``, so that
    one missed frame in a fast stream changes nothing.
    """
    known = seen not in (State.AWAY, State.UNKNOWN)
    last_known_s = t_s if known else clock.known_s
    clock = replace(clock, known_s=last_known_s)
    if seen is clock.state:
        return replace(clock, candidate=None)
    if seen is not clock.candidate:
        clock = replace(clock, candidate=seen, candidate_since_s=t_s)
    if _is_due(clock, t_s, seen, settle_s, lost_s):
        return replace(clock, state=seen, since_s=t_s, candidate=None, low_since_s=None)
    if clock.state is State.AWAY and known:
        return replace(clock, state=State.UNKNOWN, since_s=t_s)
    return clock


def _is_due(clock: StateClock, t_s: float, seen: State, settle_s: float, lost_s: float) -> bool:
    if seen in (State.AWAY, State.UNKNOWN):
        was_known = clock.state not in (State.AWAY, State.UNKNOWN)
        return not was_known or clock.known_s is None or t_s - clock.known_s >= lost_s
    if clock.state not in SEATED_STATES and clock.state is not State.STANDING:
        return seen is not State.TIPPED or t_s - clock.candidate_since_s >= 2.0 * settle_s
    return t_s - clock.candidate_since_s >= settle_s
