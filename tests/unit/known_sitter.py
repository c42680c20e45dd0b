"""A sitter of known measures, neutral and slumped, for the tests of tilt, calibration and judgement."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from models.measures import MEASURE_NAMES, N_WINDOWS, Measures

_KNOTS = (0.0, 0.135, 0.35, 0.58, 1.0)
"""Heights above the hip in trunk lengths at which the slope of the back is given; it runs straight between them."""
_NEUTRAL_BACK_DEG = (15.0, 15.0, -15.0, 0.0, -5.0)
_SLUMPED_BACK_DEG = (7.0, 7.0, -6.0, 10.0, 3.0)
_HIP_TO_BACK_PX = 60.0


def _back(slopes_deg: tuple[float, ...], trunk_px: float) -> dict[str, tuple[float, ...]]:
    """Slopes in the ten windows of the back and the depths that follow from them, hip to back at hip height given."""
    fine = np.linspace(0.0, 1.0, 1001)
    forward = trunk_px * np.cumsum(np.tan(np.radians(np.interp(fine, _KNOTS, slopes_deg)))) * (fine[1] - fine[0])
    edges = np.linspace(0.02, 0.80, N_WINDOWS + 1)
    middles = (edges[:-1] + edges[1:]) / 2.0
    return {
        "back_slopes_deg": tuple(np.interp(middles, _KNOTS, slopes_deg).tolist()),
        "back_depths_px": tuple((_HIP_TO_BACK_PX - np.interp(middles, fine, forward)).tolist()),
    }


def with_marks(measures: Measures) -> Measures:
    """The same with the marks that go with trunk, thigh and ear; the far side lies 20 px ahead of the near one."""
    lean, thigh = math.radians(measures.trunk_inclination_deg), math.radians(measures.thigh_angle_deg)
    shoulder = (measures.trunk_px * math.sin(lean), measures.trunk_px * math.cos(lean))
    ear = (shoulder[0] + measures.ear_forward_px, measures.ear_rise_px)
    knee = (measures.thigh_px * math.cos(thigh), measures.thigh_px * math.sin(thigh))
    return replace(measures, marks_px=(*shoulder, *ear, *knee, *(measures.shoulder_breadth_px, 0.0) * 4))


NEUTRAL = with_marks(
    Measures(
        hip_x_px=300.0,
        hip_y_px=330.0,
        trunk_px=200.0,
        trunk_inclination_deg=4.0,
        thigh_px=160.0,
        thigh_angle_deg=0.0,
        knee_rise_px=0.0,
        shin_angle_deg=0.0,
        ear_rise_px=260.0,
        ear_forward_px=10.0,
        wrist_reach_px=80.0,
        shoulder_breadth_px=20.0,
        sacral_slope_deg=15.0,
        thoracolumbar_slope_deg=0.0,
        back_slope_deg=-3.0,
        lumbar_bulge_px=-6.0,
        contour_valid=1.0,
        contour_residual_pct=0.5,
        contour_edge_pct=1.0,
        view_yaw_deg=0.0,
        **_back(_NEUTRAL_BACK_DEG, 200.0),
    )
)
# 7 % shorter, 2 deg forward, ear 10 % lower and 8 % forward, sacrum 8 deg back, bulge 3 % and chord 4 deg more.
SLUMP_CHANGES = {
    "trunk_px": 186.0,
    "trunk_inclination_deg": 6.0,
    "ear_rise_px": 240.0,
    "ear_forward_px": 26.0,
    "sacral_slope_deg": 7.0,
    "thoracolumbar_slope_deg": 10.0,
    "lumbar_bulge_px": 0.0,
    "back_slope_deg": 1.0,
    **_back(_SLUMPED_BACK_DEG, 186.0),
}


def slumped(neutral: Measures) -> Measures:
    """The deliberate slump that goes with a neutral sit."""
    return with_marks(replace(neutral, **SLUMP_CHANGES))


SLUMP = slumped(NEUTRAL)


def sitting(share: float) -> Measures:
    """So much of the way from the neutral sit to the slump."""
    return Measures.from_array((1.0 - share) * NEUTRAL.as_array() + share * SLUMP.as_array())


def scaled(measures: Measures, factor: float) -> Measures:
    """The same sitter with the camera nearer by ``factor``."""
    lengths = np.array(["_px" in name for name in MEASURE_NAMES])
    return Measures.from_array(np.where(lengths, factor, 1.0) * measures.as_array())


def moved(measures: Measures, right_px: float, down_px: float) -> Measures:
    """The same sitter elsewhere in the picture."""
    return replace(measures, hip_x_px=measures.hip_x_px + right_px, hip_y_px=measures.hip_y_px + down_px)
