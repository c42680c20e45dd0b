"""The leaky dose: how much tipped-back time has added up, and drained away, so far."""

from __future__ import annotations

import math

from monitor.alerts.policy import AlertSettings
from monitor.judgement.assessment import Assessment, State

_LOADING = frozenset({State.UPRIGHT, State.TIPPED})
"""States in which the tilt loads. A reclined pelvis rolls back without the low back bending (brief, 2.5)."""


def is_loading(assessment: Assessment, settings: AlertSettings) -> bool:
    """Whether the dose rises in this posture; False where the tilt is NaN."""
    return assessment.state in _LOADING and assessment.tilt_pct >= settings.dose_from_pct


def dose_after(dose: float, assessment: Assessment, dt_s: float, settings: AlertSettings) -> float:
    """The dose (0 to 1) after ``dt_s`` seconds in this posture.

    It rises towards the tilt (100 % at most), falls in every other known posture, leaning, reclined, standing and
    away included, and stands still while the state is unknown or a loading state's tilt is NaN. The exact solution
    of the equation in `AlertSettings`, so that the step length plays no part.
    """
    if assessment.state is State.UNKNOWN or (assessment.state in _LOADING and math.isnan(assessment.tilt_pct)):
        return dose
    if is_loading(assessment, settings):
        target = min(assessment.tilt_pct, 100.0) / 100.0
        return target + (dose - target) * math.exp(-dt_s / settings.dose_rise_s)
    return drained(dose, dt_s, settings)


def drained(dose: float, dt_s: float, settings: AlertSettings) -> float:
    """The dose after ``dt_s`` seconds of recovery."""
    return dose * math.exp(-dt_s / settings.dose_fall_s)
