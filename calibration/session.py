"""The protocol of a live calibration: which pose now, for how long, and how far along. Pure: time is an argument."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

NEUTRAL_WORDS = (
    "Sit well: tip the pelvis slightly forward until the weight is on the middle of the sitting bones, "
    "low back gently hollow, chest relaxed."
)
SLUMP_WORDS = "Slump: let the hips roll back and the low back round, as far as is comfortable."


class Pose(StrEnum):
    """What the person is asked to do."""

    GET_READY = "get ready"
    NEUTRAL = "neutral"
    STAND = "stand"
    SLUMP = "slump"
    RELAX = "relax"


RECORDED = frozenset({Pose.NEUTRAL, Pose.SLUMP})
"""Poses whose frames are kept."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One step of the protocol.

    Attributes:
        pose: what is held.
        words: the prompt.
        duration_s: how long it lasts.
        settle_s: frames of the first seconds are left out, while the person is still moving.
    """

    pose: Pose
    words: str
    duration_s: float
    settle_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Moment:
    """Where a calibration stands at a time.

    Attributes:
        phase: the present phase, None when all are over.
        number: index of the phase.
        remaining_s: time left in it, rounded by nothing.
        recording: whether this moment's frame is kept.
        progress: share of the whole protocol that is done, 0 to 1.
    """

    phase: Phase | None
    number: int
    remaining_s: float
    recording: bool
    progress: float


def protocol(
    repeats: int = 3, neutral_s: float = 8.0, slump_s: float = 5.0, change_s: float = 4.0, stand_s: float = 6.0
) -> tuple[Phase, ...]:
    """Neutral ``repeats`` times with a stand and re-sit in between, then as many slumps (brief, section 2.5)."""
    phases = [Phase(Pose.GET_READY, "Sit in your usual place, the camera square to your side.", change_s + 2.0)]
    for i in range(repeats):
        if i:
            phases.append(Phase(Pose.STAND, "Stand up, then sit down again.", stand_s))
        phases.append(Phase(Pose.NEUTRAL, NEUTRAL_WORDS, neutral_s + change_s, settle_s=change_s))
    for i in range(repeats):
        if i:
            phases.append(Phase(Pose.RELAX, "Sit up again for a moment.", change_s))
        phases.append(Phase(Pose.SLUMP, SLUMP_WORDS, slump_s + change_s, settle_s=change_s))
    return tuple(phases)


def moment(phases: tuple[Phase, ...], elapsed_s: float) -> Moment:
    """Where the protocol stands ``elapsed_s`` seconds after it began."""
    total = math.fsum(p.duration_s for p in phases)
    begin = 0.0
    for number, phase in enumerate(phases):
        end = begin + phase.duration_s
        if elapsed_s < end:
            recording = phase.pose in RECORDED and elapsed_s >= begin + phase.settle_s
            return Moment(phase, number, end - elapsed_s, recording, max(0.0, elapsed_s) / total)
        begin = end
    return Moment(None, len(phases), 0.0, False, 1.0)
