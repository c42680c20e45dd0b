"""The sitters: who they are, how their spine moves, and which of them are kept for judging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

Split = Literal["fit", "judge"]


@dataclass(frozen=True)
class Person:
    """One body.

    Attributes:
        name: ``f..`` used for fitting, ``j..`` for judging.
        female: 0 man, 1 woman, between them mixed.
        age: 0.66 a young adult to 1.0 old.
        stature_cm: height standing, without shoes.
        weight: 0 very thin, 0.5 average, 1 very heavy.
        muscle: 0 to 1.
        proportions: 0 to 1.
    """

    name: str
    female: float
    age: float
    stature_cm: float
    weight: float
    muscle: float
    proportions: float


@dataclass(frozen=True)
class Habit:
    """How this person sits, degrees unless named otherwise. Tilt is from the standing rest pose, posterior positive.

    Attributes:
        neutral_tilt: pelvic tilt of the person's own neutral sit.
        slump_more: how much further back the deliberate slump goes.
        neutral_lean: trunk lean (hip to shoulder line, forward positive) in neutral.
        slump_lean: change of that lean in the deliberate slump.
        neutral_thoracic: thoracic flexion in neutral against standing.
        slump_thoracic: how much more of it in the deliberate slump.
        lumbar_skew: where the lumbar spine bends, -1 low to 1 high.
        thoracic_skew: the same for the thorax.
        neck: forward inclination of the neck in neutral.
        thigh: thigh elevation in neutral on a flat seat, knee up positive.
        knees_apart: angle of each thigh outwards.
    """

    neutral_tilt: float
    slump_more: float
    neutral_lean: float
    slump_lean: float
    neutral_thoracic: float
    slump_thoracic: float
    lumbar_skew: float
    thoracic_skew: float
    neck: float
    thigh: float
    knees_apart: float


FIT: Final = (
    Person("f01", 0.0, 0.66, 178.0, 0.50, 0.50, 0.6),
    Person("f02", 1.0, 0.66, 165.0, 0.45, 0.45, 0.6),
    Person("f03", 0.0, 0.75, 171.0, 0.72, 0.45, 0.4),
    Person("f04", 1.0, 0.78, 160.0, 0.70, 0.35, 0.4),
    Person("f05", 0.0, 0.66, 188.0, 0.30, 0.40, 0.8),
    Person("f06", 1.0, 0.66, 173.0, 0.25, 0.40, 0.8),
    Person("f07", 0.0, 0.90, 174.0, 0.60, 0.30, 0.5),
    Person("f08", 1.0, 0.92, 157.0, 0.58, 0.25, 0.5),
    Person("f09", 0.0, 0.68, 183.0, 0.66, 0.85, 0.6),
    Person("f10", 1.0, 0.67, 169.0, 0.42, 0.75, 0.7),
    Person("f11", 0.0, 0.72, 166.0, 0.40, 0.45, 0.3),
    Person("f12", 1.0, 0.70, 152.0, 0.40, 0.40, 0.3),
    Person("f13", 0.0, 0.80, 181.0, 0.88, 0.45, 0.4),
    Person("f14", 1.0, 0.72, 167.0, 0.90, 0.40, 0.4),
    Person("f15", 0.5, 0.66, 170.0, 0.50, 0.50, 0.5),
    Person("f16", 1.0, 0.66, 178.0, 0.52, 0.50, 0.6),
)
"""Bodies for fitting."""

JUDGE: Final = (
    Person("j01", 0.0, 0.67, 175.0, 0.45, 0.55, 0.55),
    Person("j02", 1.0, 0.66, 163.0, 0.50, 0.45, 0.55),
    Person("j03", 0.0, 0.78, 184.0, 0.75, 0.50, 0.45),
    Person("j04", 1.0, 0.85, 158.0, 0.66, 0.30, 0.45),
    Person("j05", 0.0, 0.66, 169.0, 0.30, 0.35, 0.70),
    Person("j06", 1.0, 0.66, 171.0, 0.32, 0.55, 0.75),
    Person("j07", 0.0, 0.88, 179.0, 0.55, 0.40, 0.35),
    Person("j08", 1.0, 0.70, 168.0, 0.82, 0.40, 0.40),
    Person("j09", 0.4, 0.72, 173.0, 0.60, 0.45, 0.50),
    Person("j10", 1.0, 0.74, 155.0, 0.38, 0.35, 0.35),
)
"""Bodies for judging; none of them is ever used in fitting."""


def people(split: Split) -> tuple[Person, ...]:
    """The bodies of a split."""
    return FIT if split == "fit" else JUDGE


def person_named(name: str) -> Person:
    """The body with this name, of either split.

    Raises:
        KeyError: there is none.
    """
    return {person.name: person for person in FIT + JUDGE}[name]


def draw_habit(rng: np.random.Generator) -> Habit:
    """Somebody's way of sitting."""

    def normal(mean: float, spread: float, low: float, high: float) -> float:
        return float(np.clip(rng.normal(mean, spread), low, high))

    return Habit(
        neutral_tilt=normal(10.0, 4.0, 0.0, 20.0),
        slump_more=float(rng.uniform(12.0, 25.0)),
        neutral_lean=normal(0.0, 2.5, -6.0, 6.0),
        slump_lean=normal(1.0, 4.0, -8.0, 9.0),
        neutral_thoracic=normal(2.0, 4.0, -6.0, 11.0),
        slump_thoracic=normal(10.0, 4.0, 2.0, 18.0),
        lumbar_skew=normal(-0.2, 0.4, -0.8, 0.7),
        thoracic_skew=normal(0.0, 0.5, -1.0, 1.0),
        neck=normal(4.0, 6.0, -8.0, 16.0),
        thigh=normal(-1.0, 4.0, -9.0, 8.0),
        knees_apart=normal(7.0, 4.0, 0.0, 16.0),
    )
