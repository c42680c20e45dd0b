"""What a body does at one moment, as numbers, and the way from one posture to the next."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Final, Literal

from bench.accuracy.people import Habit

Spot = Literal["desk", "mouse", "far", "lap", "chin", "back", "phone", "armrest", "down"]
Hand = tuple[tuple[Spot, float], ...]
"""Where a hand is: places with shares that add up to 1; a hand on its way has two."""

AT_DESK: Final[Hand] = (("desk", 1.0),)


@dataclass(frozen=True)
class Posture:
    """One posture. Angles in degrees, lengths in metres.

    Attributes:
        tilt: pelvis against the standing rest pose, posterior positive.
        lean: hip to shoulder line against the vertical, forward positive. The lumbar spine bends as it must.
        thoracic: flexion of the thorax against standing, forward positive.
        lumbar_skew, thoracic_skew: where the bend sits, -1 low to 1 high.
        neck: inclination of the neck against standing, forward positive, in the room.
        gaze: pitch of the head in the room, down positive.
        head_turn: the head against the upper thorax, left positive.
        twist: the upper thorax against the pelvis about the vertical, left positive.
        bend: side bend of the spine, to the right positive.
        pelvis_turn: the pelvis against the chair about the vertical, left positive.
        swivel: the chair with the sitter against the desk, left positive.
        slide_m: sit bones forward of the seat's reference point.
        raise_legs: thigh elevation more than in neutral; the feet go onto something.
        shank: feet forward of their neutral place, as an angle of the shank.
        crossed: 1 left leg over right, -1 right over left, 0 both feet down.
        protraction, shrug: of both shoulders.
        left, right: where the hands are.
    """

    tilt: float
    lean: float = 0.0
    thoracic: float = 0.0
    lumbar_skew: float = 0.0
    thoracic_skew: float = 0.0
    neck: float = 4.0
    gaze: float = 5.0
    head_turn: float = 0.0
    twist: float = 0.0
    bend: float = 0.0
    pelvis_turn: float = 0.0
    swivel: float = 0.0
    slide_m: float = 0.0
    raise_legs: float = 0.0
    shank: float = 0.0
    crossed: float = 0.0
    protraction: float = 0.0
    shrug: float = 0.0
    left: Hand = AT_DESK
    right: Hand = AT_DESK


NUMBERS: Final = tuple(item.name for item in fields(Posture) if item.name not in ("left", "right"))
"""The fields of `Posture` that are numbers."""


def neutral(habit: Habit) -> Posture:
    """The person's own upright sit."""
    return Posture(
        tilt=habit.neutral_tilt,
        lean=habit.neutral_lean,
        thoracic=habit.neutral_thoracic,
        lumbar_skew=habit.lumbar_skew,
        thoracic_skew=habit.thoracic_skew,
        neck=habit.neck,
    )


def slump(habit: Habit) -> Posture:
    """The person's own deliberate slump."""
    return replace(
        neutral(habit),
        tilt=habit.neutral_tilt + habit.slump_more,
        lean=habit.neutral_lean + habit.slump_lean,
        thoracic=habit.neutral_thoracic + habit.slump_thoracic,
        neck=habit.neck + 8.0,
        gaze=8.0,
    )


def blend(first: Posture, second: Posture, share: float) -> Posture:
    """The posture on the way: 0 is the first, 1 the second."""
    if share <= 0.0:
        return first
    if share >= 1.0:
        return second
    mixed = {name: (1 - share) * getattr(first, name) + share * getattr(second, name) for name in NUMBERS}
    return Posture(**mixed, left=_hand(first.left, second.left, share), right=_hand(first.right, second.right, share))


def shifted(posture: Posture, **by: float) -> Posture:
    """The posture with numbers added to some of its fields."""
    return replace(posture, **{name: getattr(posture, name) + value for name, value in by.items()})


def _hand(first: Hand, second: Hand, share: float) -> Hand:
    if first == second:
        return first
    return tuple((spot, weight * (1 - share)) for spot, weight in first) + tuple(
        (spot, weight * share) for spot, weight in second
    )
