"""The measures of one frame: what the pose estimate and the mask say about how the person sits.

All are taken in the person frame (see ``docs/measures.md``): camera roll removed, x towards where the person
looks, y up. Lengths are pixels of the frame; angles are degrees. NaN means "not seen in this frame".
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np

from models.pose import FloatArray

NAN = float("nan")

N_MARKS: Final = 7
N_WINDOWS: Final = 10


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
        marks_px: (14,) x forward and y up of near shoulder, ear and knee from the near hip, then of the far shoulder,
            hip, knee and ear from the near one of the same name; far ones as the pose model guesses them.
        back_slopes_deg: (10,) slope of the back contour in ten windows from the hip up, top forward positive.
        back_depths_px: (10,) how far the contour lies behind the near hip in the same windows.
        view_yaw_deg: camera against the square side view of the shoulders, towards the person's front positive.
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
    marks_px: tuple[float, ...] = (NAN,) * (2 * N_MARKS)
    back_slopes_deg: tuple[float, ...] = (NAN,) * N_WINDOWS
    back_depths_px: tuple[float, ...] = (NAN,) * N_WINDOWS
    view_yaw_deg: float = NAN

    def __post_init__(self) -> None:
        for name, size in _SIZES.items():
            if len(getattr(self, name)) != size:
                raise ValueError(f"{name} must have {size} values, got {len(getattr(self, name))}")

    def as_array(self) -> FloatArray:
        """(n,) values in the order of the fields, those with many values one after the other."""
        values: list[float] = []
        for name in _FIELDS:
            value = getattr(self, name)
            values.extend(value) if name in _SIZES else values.append(value)
        return np.array(values, dtype=np.float64)

    @classmethod
    def from_array(cls, values: FloatArray) -> Self:
        """The measures from (n,) values in the order of `as_array`."""
        listed = values.tolist()
        given: list[float | tuple[float, ...]] = []
        at = 0
        for name in _FIELDS:
            size = _SIZES.get(name)
            given.append(listed[at] if size is None else tuple(listed[at : at + size]))
            at += size or 1
        return cls(*given)  # type: ignore[arg-type]  # each of the kind its field has


_SIZES: Final = {"marks_px": 2 * N_MARKS, "back_slopes_deg": N_WINDOWS, "back_depths_px": N_WINDOWS}
_FIELDS: Final = tuple(f.name for f in fields(Measures))
MEASURE_NAMES: Final = tuple(
    label for name in _FIELDS for label in ([f"{name}[{i}]" for i in range(_SIZES[name])] if name in _SIZES else [name])
)
"""What each value of `Measures.as_array` is."""
