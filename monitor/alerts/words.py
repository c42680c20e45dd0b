"""Every sentence that an alert says: one line and one action, neutral words (biomechanics brief, section 6).

The words say what the camera saw and what may be tried: never that a way of sitting is wrong, harmful or painful.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Final, NamedTuple

from monitor.alerts.causes import Cause

HIP_PER_THIGH_DEG: Final = (0.25, 0.33)
"""Degrees of tip-back for each degree that the thigh rises from hip to knee (brief, section 1.3)."""


class Words(NamedTuple):
    """What stands out, as the second half of a sentence (empty for nothing), and one thing to do."""

    observation: str
    action: str


WORDS: Final = MappingProxyType(
    {
        Cause.KNEES_ABOVE_HIPS: Words(
            "your knees are above your hips", "Raise the seat or sit on a folded towel, feet flat."
        ),
        Cause.HEAD_FORWARD: Words(
            "your head has moved forward", "Bring the screen closer and let your head come back over your shoulders."
        ),
        Cause.SHOULDERS_FORWARD: Words(
            "your arms reach forward", "Bring the keyboard and mouse closer and let your elbows hang by your sides."
        ),
        Cause.LEGS_CROSSED: Words(
            "your legs are crossed or held together", "Put both feet flat and let your knees move apart."
        ),
        Cause.PLAIN: Words("", "Let your hips roll forward a little, or stand up for a moment."),
    }
)


def duration(seconds: float) -> str:
    """``seconds`` in words: "50 s", "2 min", "1 h 10 min"."""
    if seconds < 60:
        return f"{max(0, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def dwell_warning(tipped_s: float, cause: Cause) -> str:
    """Two lines: how long the hips have been tipped back in one stretch (seconds), and one action."""
    return _warning(f"Your hips have been tipped back for {duration(tipped_s)}", cause)


def dose_warning(cause: Cause) -> str:
    """Two lines: the hips were tipped back on and off, and one action."""
    return _warning("Your hips have been tipped back on and off", cause)


def _warning(said: str, cause: Cause) -> str:
    observation, action = WORDS[cause]
    if observation:
        return f"{said}, and {observation} - a change may feel good.\n{action}"
    return f"There is no single right way to sit. {said} - a change may feel good.\n{action}"


def expected_tilt_deg(thigh_elevation_deg: float) -> tuple[float, float]:
    """How much further back the hips are expected to be, in degrees, for a thigh raised so far (knee-up positive)."""
    low, high = HIP_PER_THIGH_DEG
    return low * thigh_elevation_deg, high * thigh_elevation_deg


def knee_hint(thigh_elevation_deg: float, knee_above_hip_cm: float) -> str:
    """The set-up hint: how high the knees are, what that is expected to do, and one action.

    Args:
        thigh_elevation_deg: hip to knee against the horizontal, knee-up positive.
        knee_above_hip_cm: height of the knee over the hip; NaN when the thigh's length is not known, and the hint
            then speaks of degrees.
    """
    low, high = (round(deg) for deg in expected_tilt_deg(thigh_elevation_deg))
    effect = f"{low}-{high}" if low < high else f"{high}"
    if math.isnan(knee_above_hip_cm):
        seen = f"Thighs rise {round(thigh_elevation_deg)}° towards the knees"
    else:
        seen = f"Knees {round(knee_above_hip_cm)} cm above hips"
    return f"{seen}; expected effect: hips about {effect}° further back.\n{WORDS[Cause.KNEES_ABOVE_HIPS].action}"


def sit_break(seated_s: float) -> str:
    """The reminder after sitting for ``seated_s`` seconds without standing."""
    return f"You have been sitting for {duration(seated_s)}.\nStand or walk for 2 min."
