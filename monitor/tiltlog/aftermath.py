"""What followed each warning: whether somebody moved, stood up, left or stayed as they were. Pure.

It says what came after, not what came of it: people also move of their own accord.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.judgement.assessment import SEATED_STATES, State
from monitor.tiltlog.records import Bout, GivenWarning, LogSlice
from monitor.tiltlog.totals import ANSWERED_S

FOLLOWED_WITHIN_S = ANSWERED_S
"""How far after a warning is looked."""


class After(StrEnum):
    """What followed a warning, in the words in which it is shown."""

    MOVED = "moved"
    STOOD_UP = "stood up"
    LEFT = "left"
    STILL_TIPPED = "still tipped"
    STILL_SEATED = "still seated"
    NOT_SEEN = "not seen"


@dataclass(frozen=True, slots=True)
class Followed:
    """What followed a warning.

    Attributes:
        warning_id: which warning.
        what: "moved" is out of tipped and still seated. "Still seated" is for a warning that was given, and stayed,
            outside tipped, as a reminder to stand up is. "Not seen": unknown or not observed when the minute was over.
        after_s: seconds from the warning until then; for "still ..." the whole time looked at, for "not seen" until
            nothing was seen any more.
    """

    warning_id: int
    what: After
    after_s: float


def what_followed(log: LogSlice) -> tuple[Followed, ...]:
    """What followed each warning of a slice within a minute, in the order of the warnings.

    A moment in which nothing was known is passed over when something was known after it. Only bouts of the warning's
    own session count.
    """
    bouts_of: defaultdict[int, list[Bout]] = defaultdict(list)
    for bout in log.bouts:
        bouts_of[bout.session_id].append(bout)
    starts_of = {key: [bout.start_utc_s for bout in bouts] for key, bouts in bouts_of.items()}
    return tuple(
        _after(warning, _within(warning.t_utc_s, bouts_of[warning.session_id], starts_of.get(warning.session_id, [])))
        for warning in log.warnings
    )


def _within(t_utc_s: float, bouts: Sequence[Bout], starts_utc_s: Sequence[float]) -> Sequence[Bout]:
    """The bouts that lie, at least in part, within the time looked at."""
    first = max(bisect_right(starts_utc_s, t_utc_s) - 1, 0)
    last = bisect_right(starts_utc_s, t_utc_s + FOLLOWED_WITHIN_S)
    return [bout for bout in bouts[first:last] if bout.end_utc_s > t_utc_s]


def _after(warning: GivenWarning, bouts: Sequence[Bout]) -> Followed:
    until_utc_s = warning.t_utc_s + FOLLOWED_WITHIN_S
    seen = _first_other(warning, bouts)
    answered_s = warning.answered_s
    if answered_s is not None and answered_s <= ANSWERED_S and (seen is None or seen.what is After.MOVED):
        return Followed(warning.id, After.MOVED, answered_s)
    if seen is not None:
        return seen
    seated = [bout for bout in bouts if bout.state in SEATED_STATES and bout.start_utc_s < until_utc_s]
    if not seated or seated[-1].end_utc_s < until_utc_s:
        known_s = seated[-1].end_utc_s - warning.t_utc_s if seated else 0.0
        return Followed(warning.id, After.NOT_SEEN, known_s)
    what = After.STILL_TIPPED if seated[-1].state == State.TIPPED else After.STILL_SEATED
    return Followed(warning.id, what, FOLLOWED_WITHIN_S)


def _first_other(warning: GivenWarning, bouts: Sequence[Bout]) -> Followed | None:
    """The first change that says something; to sit otherwise is one only after tipped."""
    was_tipped = False
    for bout in bouts:
        after_s = max(bout.start_utc_s - warning.t_utc_s, 0.0)
        if bout.state == State.STANDING:
            return Followed(warning.id, After.STOOD_UP, after_s)
        if bout.state == State.AWAY:
            return Followed(warning.id, After.LEFT, after_s)
        if bout.state == State.TIPPED:
            was_tipped = True
        elif was_tipped and bout.state in SEATED_STATES:
            return Followed(warning.id, After.MOVED, after_s)
    return None
