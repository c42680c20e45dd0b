"""What other webcam programs take for the back's posture, on the same frames: the rows to beat.

Each is the change from the person's own neutral sit, of the same smoothed landmarks that Saddle uses.
"""

from __future__ import annotations

import math
from typing import Final

from models.measures import Measures

PEERS: Final = ("shoulder-hip inclination", "ear-shoulder-hip angle", "shoulder-hip-knee angle")


def peers(measures: Measures, neutral: Measures) -> tuple[float, float, float]:
    """Changes from neutral of the three angles of `PEERS`, in degrees; NaN where a landmark is not seen.

    Signs: forward inclination positive; the head ahead of the trunk's line positive; trunk and thigh further
    apart positive.
    """
    return (
        measures.trunk_inclination_deg - neutral.trunk_inclination_deg,
        _head_deg(measures) - _head_deg(neutral),
        _hip_deg(measures) - _hip_deg(neutral),
    )


def _head_deg(measures: Measures) -> float:
    """How far shoulder to ear leans ahead of hip to shoulder."""
    above = measures.ear_rise_px - measures.trunk_px * math.cos(math.radians(measures.trunk_inclination_deg))
    if math.isnan(above) or math.isnan(measures.ear_forward_px):
        return math.nan
    return math.degrees(math.atan2(measures.ear_forward_px, above)) - measures.trunk_inclination_deg


def _hip_deg(measures: Measures) -> float:
    """Angle at the hip between the shoulder and the knee."""
    return 90.0 - measures.trunk_inclination_deg - measures.thigh_angle_deg
