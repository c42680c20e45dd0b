"""A sitter of known measures, neutral and slumped, for the tests of tilt, calibration and judgement."""

from __future__ import annotations

from dataclasses import replace

from models.measures import Measures

NEUTRAL = Measures(
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
}


def slumped(neutral: Measures) -> Measures:
    """The deliberate slump that goes with a neutral sit."""
    return replace(neutral, **SLUMP_CHANGES)


SLUMP = slumped(NEUTRAL)
