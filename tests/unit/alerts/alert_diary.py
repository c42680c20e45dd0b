"""Plays a course of sitting to the alert engine and keeps what it said, like a diary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from monitor.alerts import AlertSettings, AlertState, Answered, Cause, Effect, SilentCue, Warn, step
from monitor.judgement.assessment import NAN, Assessment, State

MINUTE = 60.0
HOUR = 3600.0
SILENT = AlertSettings(dose_warning=False)
"""The defaults without the dose, for entries about the dwell alone."""

E = TypeVar("E", bound=Effect)


@dataclass(frozen=True)
class Stretch:
    """So many seconds of one posture."""

    state: State
    seconds: float
    pct: float = NAN
    thigh_deg: float = NAN
    knee_cm: float = NAN


def tipped(seconds: float, pct: float = 80.0) -> Stretch:
    return Stretch(State.TIPPED, seconds, pct)


def upright(seconds: float, pct: float = 5.0) -> Stretch:
    return Stretch(State.UPRIGHT, seconds, pct)


def unknown(seconds: float) -> Stretch:
    return Stretch(State.UNKNOWN, seconds)


def standing(seconds: float) -> Stretch:
    return Stretch(State.STANDING, seconds)


def away(seconds: float) -> Stretch:
    return Stretch(State.AWAY, seconds)


def knees_up(seconds: float, thigh_deg: float, knee_cm: float = NAN) -> Stretch:
    return Stretch(State.UPRIGHT, seconds, 5.0, thigh_deg, knee_cm)


@dataclass
class Diary:
    """An engine under way: `live` lets time pass, `entries` says when it said what."""

    settings: AlertSettings = field(default_factory=AlertSettings)
    fps: float = 2.0
    causes: tuple[Cause, ...] = ()
    state: AlertState = field(default_factory=AlertState)
    t_s: float = 0.0
    entries: list[tuple[float, Effect]] = field(default_factory=list)

    def live(self, *course: Stretch, quiet: bool = False) -> Diary:
        """The frames of a course at ``fps``; a posture begins with the first frame at or after its beginning."""
        for assessment in frames(course, self.fps, self.t_s):
            self.state, effects = step(self.state, assessment, self.settings, self.causes, quiet=quiet)
            self.entries += [(assessment.t_s, effect) for effect in effects]
        self.t_s += sum(stretch.seconds for stretch in course)
        return self

    def sleep(self, seconds: float) -> Diary:
        """No frames at all for so long."""
        self.t_s += seconds
        return self

    def said(self, kind: type[E]) -> list[tuple[float, E]]:
        return [(t_s, effect) for t_s, effect in self.entries if isinstance(effect, kind)]

    @property
    def warned(self) -> list[tuple[float, str]]:
        return [(t_s, effect.kind) for t_s, effect in self.said(Warn)]

    @property
    def warned_at(self) -> list[float]:
        return [t_s for t_s, _ in self.warned]

    @property
    def cues(self) -> list[tuple[float, bool]]:
        return [(t_s, effect.on) for t_s, effect in self.said(SilentCue)]

    @property
    def answers(self) -> list[tuple[int, float]]:
        return [(effect.number, effect.after_s) for _, effect in self.said(Answered)]


def frames(course: Iterable[Stretch], fps: float, begin_s: float = 0.0) -> Iterator[Assessment]:
    number = 0
    end_s = 0.0
    for stretch in course:
        end_s += stretch.seconds
        while number / fps < end_s - 1e-9:
            yield Assessment(
                begin_s + number / fps,
                stretch.state,
                tilt_pct=stretch.pct,
                thigh_elevation_deg=stretch.thigh_deg,
                knee_above_hip_cm=stretch.knee_cm,
            )
            number += 1
