"""Slow drift of the distance to the camera, from the length of the thigh (brief, section 2.2)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from calibration.profile import Profile
from models.measures import Measures

SPAN_S = 60.0
SAMPLE_EVERY_S = 1.0
MIN_SAMPLES = 20
LIMITS = (0.95, 1.05)
MAX_THIGH_CHANGE_DEG = 4.0
"""Only frames with the thigh about as in the neutral sit count: the landmarks of a raised thigh read longer."""


@dataclass(frozen=True)
class ScaleWindow:
    """Thigh lengths of the last minute, at most one a second: times and pixels."""

    times_s: tuple[float, ...] = ()
    lengths_px: tuple[float, ...] = ()


def track_scale(window: ScaleWindow, t_s: float, measures: Measures, profile: Profile) -> tuple[ScaleWindow, float]:
    """Add a frame; return the factor that brings lengths of now to lengths of the calibration.

    1.0 until 20 s of thigh were seen; limited to 0.95 to 1.05.
    """
    change = measures.thigh_angle_deg - profile.neutral.thigh_angle_deg
    fits = math.isfinite(change) and abs(change) <= MAX_THIGH_CHANGE_DEG
    is_due = not window.times_s or t_s - window.times_s[-1] >= SAMPLE_EVERY_S
    if fits and is_due:
        first = next((i for i, t in enumerate(window.times_s) if t > t_s - SPAN_S), len(window.times_s))
        window = ScaleWindow((*window.times_s[first:], t_s), (*window.lengths_px[first:], measures.thigh_px))
    if len(window.lengths_px) < MIN_SAMPLES:
        return window, 1.0
    factor = profile.neutral.thigh_px / float(np.median(window.lengths_px))
    return window, float(np.clip(factor, *LIMITS))
