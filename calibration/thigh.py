"""Elevation of the thigh from a side view, corrected for the view's yaw and for what the hip landmark does.

Source: biomechanics brief, section 4; constants from rendered sitters with known truth (docs/accuracy.md).
"""

from __future__ import annotations

import math
from typing import Final

from calibration.profile import Profile
from models.measures import Measures

HIP_DROP: Final = 0.3
"""A hip landmark that slides back drops by so much of the way (fitted on rendered sitters, as is the next)."""
THIGH_NOISE_DEG: Final = 5.0
"""What the reading of a thigh that hardly moves differs by from one posture to the next."""
MAX_THIGH_STRETCH: Final = 0.25
"""Hip or knee are misplaced where the thigh is longer or shorter than known by more than this share."""


def thigh_elevation_deg(measures: Measures, profile: Profile, scale: float = 1.0) -> float:
    """Elevation of the thigh in degrees, knee-up positive; NaN where hip or knee are not seen or cannot be right.

    That of the neutral sit, and what the reading changed by since. Small changes are mostly the hip landmark's, which
    follows the back: a change z counts as z^3 / (z^2 + 5^2): a fifth of it at 2.5 degrees, four fifths at 10.

    Args:
        measures: of the moment.
        profile: has the full thigh and the neutral sit.
        scale: factor that brings lengths of now to lengths of the calibration.
    """
    full_px, yaw_deg = profile.thigh_full_px, profile.neutral.view_yaw_deg
    stretched = scale * square_thigh_px(measures, yaw_deg) / full_px - 1.0
    if not abs(stretched) <= MAX_THIGH_STRETCH:
        return math.nan
    now = thigh_reading_deg(measures, full_px, yaw_deg, scale)
    change = now - thigh_reading_deg(profile.neutral, full_px, yaw_deg)
    counted = change**3 / (change**2 + THIGH_NOISE_DEG**2)
    return max(-90.0, min(90.0, profile.thigh_neutral_deg + counted))


def thigh_reading_deg(measures: Measures, full_px: float, yaw_deg: float, scale: float = 1.0) -> float:
    """What the landmarks read of the thigh's elevation, degrees; biased: only its changes mean much. NaN in, NaN out.

    The arc sine of the rise over the full length, which is proof against camera yaw (brief, section 4). Where the
    thigh lies longer across than that length allows, the hip landmark slid back, and down with it: that is taken off.
    """
    rise = rise_deg(measures, full_px, scale)
    slip = scale * _across_px(measures, yaw_deg) / full_px - math.cos(math.radians(rise))
    return rise - math.degrees(HIP_DROP * slip)


def square_thigh_px(measures: Measures, yaw_deg: float) -> float:
    """Length of the thigh in pixels as a camera square to the side would see it; NaN in, NaN out.

    A view from ``yaw_deg`` shortens what lies across by its cosine and leaves the rise.
    """
    return math.hypot(measures.knee_rise_px, _across_px(measures, yaw_deg))


def _across_px(measures: Measures, yaw_deg: float) -> float:
    return measures.thigh_px * math.cos(math.radians(measures.thigh_angle_deg)) / math.cos(math.radians(yaw_deg))


def rise_deg(measures: Measures, full_px: float, scale: float = 1.0) -> float:
    """Arc sine of the knee's rise over the full length, degrees; NaN in, NaN out."""
    rise = scale * measures.knee_rise_px / full_px
    return math.degrees(math.asin(max(-1.0, min(1.0, rise)))) if math.isfinite(rise) else math.nan
