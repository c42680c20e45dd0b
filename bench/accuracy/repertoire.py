"""The postures people take at a desk, each with the spread it has in life."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np

from bench.accuracy.people import Habit
from bench.accuracy.posture import Posture, blend, neutral, shifted, slump

Draw = Callable[[Habit, np.random.Generator], Posture]


def vary(posture: Posture, rng: np.random.Generator, share: float = 1.0) -> Posture:
    """The same posture as it comes out another time: upper back, neck and rhythm move on their own."""

    def n(spread: float) -> float:
        return float(rng.normal(0, spread * share))

    return shifted(
        posture,
        tilt=n(0.8), lean=n(1.2), thoracic=n(2.5), lumbar_skew=n(0.3), thoracic_skew=n(0.3), neck=n(5.0), gaze=n(6.0),
        head_turn=n(7.0), twist=n(2.5), bend=n(2.0), pelvis_turn=n(1.0), swivel=n(1.5), slide_m=n(0.008),
        shank=n(4.0), protraction=n(3.5), shrug=n(2.0),
    )  # fmt: skip


def _between(rng: np.random.Generator, low: float, high: float) -> float:
    return float(rng.uniform(low, high))


def _upright(habit: Habit, rng: np.random.Generator) -> Posture:
    return neutral(habit)


def _slump(habit: Habit, rng: np.random.Generator) -> Posture:
    return slump(habit)


def _slump_with(low: float, high: float) -> Draw:
    def draw(habit: Habit, rng: np.random.Generator) -> Posture:
        part = _between(rng, 0.5, 1.1)
        way = blend(neutral(habit), slump(habit), min(part, 1.0))
        tilt = habit.neutral_tilt + part * habit.slump_more
        return replace(
            way, tilt=tilt, lean=habit.neutral_lean + _between(rng, low, high), slide_m=_between(rng, -0.01, 0.05)
        )

    return draw


def _half_slump(habit: Habit, rng: np.random.Generator) -> Posture:
    return blend(neutral(habit), slump(habit), _between(rng, 0.15, 0.6))


def _hinge(habit: Habit, rng: np.random.Generator) -> Posture:
    lean = _between(rng, 7.0, 20.0)
    way = neutral(habit)
    return replace(way, tilt=way.tilt - _between(rng, 0.5, 0.95) * lean, lean=way.lean + lean, gaze=8.0)


def _recline(habit: Habit, rng: np.random.Generator) -> Posture:
    back = _between(rng, 9.0, 18.0)
    way = neutral(habit)
    return replace(
        way, tilt=way.tilt + _between(rng, 0.35, 0.65) * back, lean=way.lean - back, neck=way.neck - 0.3 * back
    )


def _hunch(habit: Habit, rng: np.random.Generator) -> Posture:
    more = _between(rng, 9.0, 20.0)
    way = neutral(habit)
    return replace(
        way, thoracic=way.thoracic + more, lean=way.lean + _between(rng, 0.0, 5.0), neck=way.neck + 0.7 * more,
        thoracic_skew=0.5, protraction=_between(rng, 2.0, 10.0),
    )  # fmt: skip


def _knees_up(habit: Habit, rng: np.random.Generator) -> Posture:
    raised = _between(rng, 8.0, 16.0)
    way = neutral(habit)
    return replace(way, raise_legs=raised, tilt=way.tilt + _between(rng, 0.15, 0.38) * raised)


def _crossed(habit: Habit, rng: np.random.Generator) -> Posture:
    way = blend(neutral(habit), slump(habit), _between(rng, 0.0, 0.5))
    return replace(way, crossed=float(rng.choice([-1.0, 1.0])), bend=_between(rng, -4.0, 4.0))


def _reach(habit: Habit, rng: np.random.Generator) -> Posture:
    lean = _between(rng, 5.0, 16.0)
    way = neutral(habit)
    one = rng.random() < 0.5
    return replace(
        way, tilt=way.tilt - _between(rng, -0.2, 0.6) * lean, lean=way.lean + lean,
        protraction=_between(rng, 4.0, 12.0), twist=_between(rng, 2.0, 10.0) * (-1 if one else 1),
        left=(("far", 1.0),) if one else way.left, right=way.right if one else (("far", 1.0),),
    )  # fmt: skip


def _look_down(habit: Habit, rng: np.random.Generator) -> Posture:
    way = blend(neutral(habit), slump(habit), _between(rng, 0.0, 0.4))
    phone = rng.random() < 0.4
    return replace(
        way, gaze=_between(rng, 25.0, 42.0), neck=way.neck + _between(rng, 6.0, 16.0),
        left=(("phone", 1.0),) if phone else way.left, right=(("lap", 1.0),) if rng.random() < 0.3 else way.right,
    )  # fmt: skip


def _turn(habit: Habit, rng: np.random.Generator) -> Posture:
    sign = float(rng.choice([-1.0, 1.0]))
    return replace(
        neutral(habit), twist=sign * _between(rng, 6.0, 18.0), head_turn=sign * _between(rng, 10.0, 35.0),
        swivel=sign * _between(rng, 0.0, 12.0), pelvis_turn=sign * _between(rng, 0.0, 4.0),
    )  # fmt: skip


def _rest_head(habit: Habit, rng: np.random.Generator) -> Posture:
    way = blend(neutral(habit), slump(habit), _between(rng, 0.0, 0.9))
    left = rng.random() < 0.5
    return replace(way, lean=way.lean + _between(rng, 0.0, 8.0), left=(("chin", 1.0),) if left else way.left,
                   right=way.right if left else (("chin", 1.0),))  # fmt: skip


def _hand_on_back(habit: Habit, rng: np.random.Generator) -> Posture:
    way = blend(neutral(habit), slump(habit), _between(rng, 0.0, 0.7))
    left = rng.random() < 0.5
    return replace(way, left=(("back", 1.0),) if left else way.left, right=way.right if left else (("back", 1.0),))


def _free(habit: Habit, rng: np.random.Generator) -> Posture:
    """Anything a body can do, nothing coupled to the pelvis."""
    return replace(
        neutral(habit),
        tilt=habit.neutral_tilt + _between(rng, -12.0, 28.0),
        lean=habit.neutral_lean + float(np.clip(rng.normal(1.0, 7.0), -16.0, 18.0)),
        thoracic=habit.neutral_thoracic + float(np.clip(rng.normal(5.0, 7.0), -8.0, 22.0)),
        neck=_between(rng, -6.0, 28.0), gaze=_between(rng, -6.0, 35.0), protraction=_between(rng, -6.0, 12.0),
        shrug=_between(rng, -3.0, 8.0), slide_m=_between(rng, -0.015, 0.05),
        left=((rng.choice(["desk", "lap", "mouse", "armrest"]), 1.0),),
        right=((rng.choice(["desk", "lap", "mouse", "armrest"]), 1.0),),
    )  # fmt: skip


REPERTOIRE: Final[dict[str, Draw]] = {
    "neutral": _upright,
    "slump": _slump,
    "slump_upright": _slump_with(-3.0, 3.0),
    "slump_back": _slump_with(-13.0, -5.0),
    "slump_forward": _slump_with(4.0, 13.0),
    "half_slump": _half_slump,
    "hinge_forward": _hinge,
    "reclined": _recline,
    "upper_slump": _hunch,
    "knees_up": _knees_up,
    "crossed": _crossed,
    "reaching": _reach,
    "looking_down": _look_down,
    "turning": _turn,
    "resting_head": _rest_head,
    "hand_on_back": _hand_on_back,
    "free": _free,
}
"""Named postures. ``slump`` is the deliberate one; the others with slump in their name are how people sink at work."""


def take(kind: str, habit: Habit, rng: np.random.Generator) -> Posture:
    """A posture of a kind, with its own spread.

    Raises:
        KeyError: there is no such kind.
    """
    if kind == "looking_down_still":
        way = REPERTOIRE["looking_down"](habit, rng)
        return vary(replace(way, tilt=habit.neutral_tilt + _between(rng, -1.0, 2.5), lean=habit.neutral_lean), rng)
    if kind == "crossed_still":
        return vary(replace(REPERTOIRE["crossed"](habit, rng), tilt=habit.neutral_tilt + _between(rng, 0.0, 3.0)), rng)
    return vary(REPERTOIRE[kind](habit, rng), rng)
