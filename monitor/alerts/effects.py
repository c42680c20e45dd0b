"""What the alert engine asks the program to do. Values only; showing and logging them is somebody else's work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from monitor.alerts.causes import Cause

WarnKind: TypeAlias = Literal["dwell", "dose"]


@dataclass(frozen=True, slots=True)
class SilentCue:
    """Show (``on``) or take away the silent sign that the hips are tipped back."""

    on: bool


@dataclass(frozen=True, slots=True)
class Warn:
    """Speak up.

    Attributes:
        t_s: when, on the clock of the assessments.
        kind: "dwell" for one long tipped stretch, "dose" for much tipped time with breaks that were too short.
        text: one line, a line break, one action.
        cause: what the text names beside the tilt.
        number: 1 for the first warning since the engine started; `Answered` refers to it.
    """

    t_s: float
    kind: WarnKind
    text: str
    cause: Cause
    number: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The person moved after warning ``number``, ``after_s`` seconds later; long delays are reported as well."""

    number: int
    after_s: float


@dataclass(frozen=True, slots=True)
class KneeHint:
    """Say once per session that the knees are above the hips. A hint on the set-up, not counted as a warning.

    Attributes:
        t_s: when.
        thigh_elevation_deg: hip to knee against the horizontal at that moment, knee-up positive.
        knee_above_hip_cm: height of the knee over the hip, NaN when not known.
        strong: the thigh is above the strong limit.
        text: one line, a line break, one action.
    """

    t_s: float
    thigh_elevation_deg: float
    knee_above_hip_cm: float
    strong: bool
    text: str


@dataclass(frozen=True, slots=True)
class SitBreak:
    """Suggest to stand up after ``seated_s`` seconds of sitting; once per sitting, not counted as a warning."""

    t_s: float
    seated_s: float
    text: str


Effect: TypeAlias = SilentCue | Warn | Answered | KneeHint | SitBreak
