"""The measures of one frame: what the pose estimate and the mask say about how the person sits.

All are taken in the person frame (see ``docs/measures.md``): camera roll removed, x towards where the person
looks, y up. Lengths are pixels of the frame; angles are degrees. NaN means "not seen in this frame".
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from typing import Self

import numpy as np

from models.pose import FloatArray

NAN = float("nan")


@dataclass(frozen=True, slots=True)
class Measures:
    """Measures of one frame, or a robust centre or spread of many.

    Attributes:
        hip_x_px, hip_y_px: near hip in picture coordinates (roll removed; x right, y down).
        trunk_px: distance of the near hip and shoulder.
        trunk_inclination_deg: hip to shoulder against the vertical, forward positive.
        thigh_px: distance of the near hip and knee.
        thigh_angle_deg: hip to knee against the horizontal as seen in the picture, knee-up positive.
        knee_rise_px: knee above hip.
        shin_angle_deg: knee to ankle against the downward vertical, foot forward positive.
        ear_rise_px: ear above hip.
        ear_forward_px: ear ahead of the shoulder.
        wrist_reach_px: wrist ahead of the shoulder.
        shoulder_breadth_px: horizontal distance of the two shoulders in the picture (0 in a pure side view).
        sacral_slope_deg: back contour over the sacrum against the vertical, top forward positive.
        thoracolumbar_slope_deg: back contour at the lower ribs against the vertical, top forward positive.
        back_slope_deg: chord of the lower back contour against the vertical, top forward positive.
        lumbar_bulge_px: how far the lower back contour stands out behind its chord; negative is a hollow.
        contour_valid: share of the rays on which the back edge was found, 0 to 1.
        contour_residual_pct: scatter of the lower back contour about its parabola, % of the trunk length.
        contour_edge_pct: how sharply the edge is known, % of the trunk length: one ray step where the picture shows
            it, else the width of the mask's soft edge between 0.3 and 0.7.
    """

    hip_x_px: float = NAN
    hip_y_px: float = NAN
    trunk_px: float = NAN
    trunk_inclination_deg: float = NAN
    thigh_px: float = NAN
    thigh_angle_deg: float = NAN
    knee_rise_px: float = NAN
    shin_angle_deg: float = NAN
    ear_rise_px: float = NAN
    ear_forward_px: float = NAN
    wrist_reach_px: float = NAN
    shoulder_breadth_px: float = NAN
    sacral_slope_deg: float = NAN
    thoracolumbar_slope_deg: float = NAN
    back_slope_deg: float = NAN
    lumbar_bulge_px: float = NAN
    contour_valid: float = NAN
    contour_residual_pct: float = NAN
    contour_edge_pct: float = NAN

    def as_array(self) -> FloatArray:
        """(n,) values in the order of the fields."""
        return np.array(astuple(self), dtype=np.float64)

    @classmethod
    def from_array(cls, values: FloatArray) -> Self:
        """The measures from (n,) values in the order of the fields."""
        return cls(*(float(v) for v in values))


MEASURE_NAMES = tuple(f.name for f in fields(Measures))
