"""What happens in a recording: who sits how, when, and the small movements on top. Times in seconds."""

from __future__ import annotations

import bisect
import math
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from bench.accuracy.people import Habit
from bench.accuracy.posture import Posture, blend, neutral, shifted, slump
from bench.accuracy.repertoire import take, vary

RAMP_S: Final = 2.0
"""A change of posture takes about that long."""

_FIDGET: Final = {
    "tilt": 0.6, "lean": 0.8, "thoracic": 1.0, "neck": 1.8, "gaze": 3.5, "head_turn": 4.5, "twist": 1.2,
    "protraction": 1.5, "shrug": 0.8, "slide_m": 0.002, "swivel": 0.7, "bend": 0.8,
}  # fmt: skip
"""How far each number wanders while a posture is held, as a standard deviation."""


@dataclass(frozen=True)
class Span:
    """One stretch of a recording.

    Attributes:
        start_s, end_s: from, and up to but not including.
        state: its name in the truth.
        first, last: posture at its start and its end; the way between is even. None is away.
        ramp_s: the change from what was before.
    """

    start_s: float
    end_s: float
    state: str
    first: Posture | None
    last: Posture | None
    ramp_s: float = RAMP_S


@dataclass(frozen=True)
class Course:
    """A whole recording.

    Attributes:
        spans: without gaps, in order.
        calibration: where the neutral sits and the deliberate slump are.
        wander: frequencies (Hz), phases and sizes of the small movements, (fields, 4, 3).
    """

    spans: tuple[Span, ...]
    calibration: dict[str, Any]
    wander: np.ndarray

    @property
    def length_s(self) -> float:
        """When it ends."""
        return self.spans[-1].end_s

    def at(self, t_s: float) -> tuple[str, Posture | None]:
        """State and posture at a time; no posture is away."""
        i = min(bisect.bisect_right([span.start_s for span in self.spans], t_s), len(self.spans)) - 1
        span = self.spans[i]
        if span.first is None or span.last is None:
            return span.state, None
        into = (t_s - span.start_s) / max(span.end_s - span.start_s, 1e-9)
        posture = blend(span.first, span.last, into)
        before = self.spans[i - 1].last if i else None
        if before is not None and t_s - span.start_s < span.ramp_s:
            share = (t_s - span.start_s) / span.ramp_s
            posture = blend(before, posture, share * share * (3 - 2 * share))
        return span.state, shifted(posture, **self._wander(t_s))

    def key_postures(self) -> list[Posture]:
        """The postures between which everything happens."""
        return [posture for span in self.spans for posture in (span.first, span.last) if posture is not None]

    def _wander(self, t_s: float) -> dict[str, float]:
        waves = self.wander[:, :, 2] * np.sin(2 * math.pi * self.wander[:, :, 0] * t_s + self.wander[:, :, 1])
        return dict(zip(_FIDGET, (float(value) for value in waves.sum(axis=1)), strict=True))


class _Writer:
    """Lines spans up."""

    def __init__(self, habit: Habit, rng: np.random.Generator) -> None:
        self.habit, self.rng = habit, rng
        self.spans: list[Span] = []
        self.here = vary(neutral(habit), rng, 0.3)

    @property
    def now_s(self) -> float:
        return self.spans[-1].end_s if self.spans else 0.0

    def add(
        self, state: str, for_s: float, first: Posture | None, last: Posture | None = None, ramp_s: float = RAMP_S
    ) -> None:
        end = last if last is not None else first
        self.spans.append(Span(self.now_s, self.now_s + for_s, state, first, end, ramp_s))

    def upright(self, for_s: float) -> None:
        self.add("neutral", for_s, vary(self.here, self.rng, 0.3))

    def away(self, for_s: float) -> None:
        self.add("away", for_s, None)
        self.here = vary(neutral(self.habit), self.rng, 0.35)  # nobody sits down twice the same

    def posture(self, kind: str, for_s: float, state: str | None = None) -> None:
        self.add(state if state is not None else kind, for_s, take(kind, self.habit, self.rng))

    def calibration(self, stretch: float) -> dict[str, Any]:
        """The first 57 s, times ``stretch``: neutral, away, neutral again, the deliberate slump."""
        self.upright(21 * stretch)
        self.away(5 * stretch)
        self.upright(12 * stretch)
        deep = vary(slump(self.habit), self.rng, 0.3)
        self.add("slump", 18 * stretch, deep, ramp_s=1.5 * stretch)
        return {"neutral": [[0.0, 20 * stretch], [26 * stretch, 36 * stretch]], "slump": [40 * stretch, 54 * stretch]}

    def tip(self, slow_s: float, hold_s: float) -> None:
        """Sink slowly, then stay sunk, upright, backward or forward."""
        way = self.rng.choice(["slump_upright", "slump_back", "slump_forward"], p=[0.5, 0.25, 0.25])
        low = take(str(way), self.habit, self.rng)
        share = float(self.rng.uniform(0.65, 1.0))
        low = replace(low, tilt=self.habit.neutral_tilt + max(share * self.habit.slump_more, 11.0))
        start = vary(self.here, self.rng, 0.2)
        self.add("tipping", slow_s, start, low)
        self.add("tipped", hold_s, low, vary(low, self.rng, 0.4))

    def course(self, calibration: dict[str, Any]) -> Course:
        waves = np.zeros((len(_FIDGET), 4, 3))
        waves[:, :, 0] = 1 / self.rng.uniform([5.0, 11.0, 24.0, 50.0], [11.0, 24.0, 50.0, 120.0], (len(_FIDGET), 4))
        waves[:, :, 1] = self.rng.uniform(0, 2 * math.pi, (len(_FIDGET), 4))
        waves[:, :, 2] = np.array(list(_FIDGET.values()))[:, None] * math.sqrt(2) / 2
        return Course(tuple(self.spans), calibration, waves)


def work_course(habit: Habit, rng: np.random.Generator, order: int) -> Course:
    """Six minutes with everything in it.

    Args:
        habit: the sitter's.
        rng: for the details.
        order: 0 the plain course (work, tipping, tipped, upright, hinge, recline, knees up, hunch, away, upright);
            any other number shuffles longer ones, with crossed legs, reaching, looking down, turning and a hand on
            the back.
    """
    writer = _Writer(habit, rng)
    calibration = writer.calibration(1.0)
    writer.upright(35)
    if order == 0:
        writer.tip(18, 142)
        writer.upright(14)
        for kind, length, rest in (
            ("hinge_forward", 20, 8),
            ("reclined", 20, 3),
            ("knees_up", 19, 0),
            ("upper_slump", 15, 0),
        ):
            writer.posture(kind, length)
            if rest:
                writer.upright(rest)
        writer.away(8)
        writer.upright(11)
        return writer.course(calibration)
    blocks = [
        "tip", "tip", "hinge_forward", "reclined", "knees_up", "upper_slump", "crossed", "reaching", "looking_down",
        "turning", "hand_on_back", "away",
    ]  # fmt: skip
    for i in rng.permutation(len(blocks)):
        kind = blocks[int(i)]
        if kind == "tip":
            writer.tip(float(rng.integers(6, 22)), float(rng.integers(50, 80)))
        elif kind == "away":
            writer.away(8)
        else:
            writer.posture(kind, float(rng.integers(14, 22)))
        writer.upright(float(rng.integers(6, 16)))
    return writer.course(calibration)


ODD_STATES: Final = ("standing", "two_people", "hips_hidden")
"""States in which the tilt cannot be told."""


def refusal_course(habit: Habit, rng: np.random.Generator) -> Course:
    """A calibration, then standing, a second person in the picture and hidden hips, with upright sitting between."""
    writer = _Writer(habit, rng)
    calibration = writer.calibration(1.0)
    for state in ODD_STATES:
        writer.upright(12)
        writer.add(state, 20, vary(writer.here, rng, 0.3))
    writer.upright(12)
    return writer.course(calibration)


_UPRIGHT_DAY: Final = {
    "neutral": 0.44, "hinge_forward": 0.14, "upper_slump": 0.10, "reclined": 0.08, "reaching": 0.06, "turning": 0.06,
    "looking_down_still": 0.07, "crossed_still": 0.05,
}  # fmt: skip
"""How often each posture is taken on a day when nobody sinks. The pelvis stays near neutral or goes forward."""

_MIXED_DAY: Final = {
    "neutral": 0.27, "half_slump": 0.12, "slump_upright": 0.13, "slump_back": 0.07, "slump_forward": 0.06,
    "hinge_forward": 0.08, "upper_slump": 0.06, "reclined": 0.05, "reaching": 0.04, "turning": 0.03, "crossed": 0.04,
    "looking_down": 0.03, "resting_head": 0.02,
}  # fmt: skip
"""How often each posture is taken on a usual day."""

SHIFT_EVERY_S: Final = 100.0
"""Nine shifts in a quarter of an hour."""


def natural_day(habit: Habit, rng: np.random.Generator, hours: float, mixed: bool, stretch: float = 1.0) -> Course:
    """A long day of natural sitting: a shift about every 100 s, a walk about every 50 minutes.

    Args:
        habit: the sitter's.
        rng: for all of it.
        hours: its length after the calibration.
        mixed: with slumps of every kind; otherwise nobody sinks, and every warning is a false one.
        stretch: length of the calibration in units of the plain 57 s, for recordings at a low rate.
    """
    table = _MIXED_DAY if mixed else _UPRIGHT_DAY
    kinds, chance = list(table), np.array(list(table.values()))
    writer = _Writer(habit, rng)
    calibration = writer.calibration(stretch)
    end = writer.now_s + hours * 3600
    walk = writer.now_s + float(rng.uniform(1500, 4500))
    while writer.now_s < end:
        if writer.now_s > walk:
            writer.away(float(rng.uniform(120, 480)))
            walk = writer.now_s + float(rng.uniform(1500, 4500))
        length = float(np.clip(rng.exponential(SHIFT_EVERY_S - 15.0) + 15.0, 15.0, 900.0))
        kind = str(rng.choice(kinds, p=chance / chance.sum()))
        if kind == "neutral":
            writer.upright(length)
        else:
            writer.posture(kind, length, kind.removesuffix("_still"))
    return writer.course(calibration)
