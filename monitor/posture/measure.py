"""One pose -> the measures of that frame (definitions and formulas in docs/measures.md)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.measures import N_WINDOWS, Measures
from models.pose import FloatArray, ImageArray, Landmark, Pose
from monitor.posture.back_profile import back_profile
from monitor.posture.contour import BackContour, back_contour, contour_shape
from monitor.posture.person import MIN_VISIBILITY, PersonFrame, Side, landmark
from monitor.posture.view import view_yaw_deg

NAN = math.nan
_FAR = ("shoulder", "hip", "knee", "ear")


@dataclass(frozen=True, eq=False)
class MeasuredFrame:
    """The measures of a frame, with the contour they came from (for drawing); contour None when not made."""

    measures: Measures
    contour: BackContour | None


def measure(pose: Pose, frame: PersonFrame, picture: ImageArray | None = None) -> MeasuredFrame:
    """Measure one pose in the person frame; ``picture`` is the frame it was found in, for the back edge.

    A landmark with visibility below 0.6 makes the measures that need it NaN; nothing is put in its place.
    """
    near = {name: _near_point(pose, frame, name) for name in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")}
    near["ear"] = _near_point(pose, frame, "ear")
    hip, shoulder, knee, ear = near["hip"], near["shoulder"], near["knee"], near["ear"]
    trunk, thigh, shin = shoulder - hip, knee - hip, near["ankle"] - knee
    picture_hip = frame.unrolled_px(pose.points_px[[landmark(frame.near, "hip")]], pose.width_px, pose.height_px)[0]
    hip_seen = bool(np.isfinite(hip).all())
    shoulders = frame.unrolled_px(
        pose.points_px[[Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]], pose.width_px, pose.height_px
    )
    contour = None
    shape = None
    slopes_deg: tuple[float, ...] = (NAN,) * N_WINDOWS
    depths_px = slopes_deg
    if pose.mask is not None and np.isfinite(trunk).all():
        contour = back_contour(pose.mask, frame, hip, shoulder, np.stack([near["elbow"], near["wrist"]]), picture)
        shape = contour_shape(contour)
        slopes_deg, depths_px = back_profile(contour, hip)
    measures = Measures(
        hip_x_px=float(picture_hip[0]) if hip_seen else NAN,
        hip_y_px=float(picture_hip[1]) if hip_seen else NAN,
        trunk_px=float(np.hypot(*trunk)),
        trunk_inclination_deg=_angle_deg(trunk[0], trunk[1]),
        thigh_px=float(np.hypot(*thigh)),
        thigh_angle_deg=_angle_deg(thigh[1], abs(thigh[0])),
        knee_rise_px=float(thigh[1]),
        shin_angle_deg=_angle_deg(shin[0], -shin[1]),
        ear_rise_px=float(ear[1] - hip[1]),
        ear_forward_px=float(ear[0] - shoulder[0]),
        wrist_reach_px=float(near["wrist"][0] - shoulder[0]),
        shoulder_breadth_px=float(abs(shoulders[0, 0] - shoulders[1, 0])),
        sacral_slope_deg=shape.sacral_slope_deg if shape else NAN,
        thoracolumbar_slope_deg=shape.thoracolumbar_slope_deg if shape else NAN,
        back_slope_deg=shape.back_slope_deg if shape else NAN,
        lumbar_bulge_px=shape.lumbar_bulge_px if shape else NAN,
        contour_valid=contour.valid if contour else NAN,
        contour_residual_pct=shape.residual_pct if shape else NAN,
        contour_edge_pct=shape.edge_pct if shape else NAN,
        marks_px=_marks(near, _far_points(pose, frame)),
        back_slopes_deg=slopes_deg,
        back_depths_px=depths_px,
        view_yaw_deg=view_yaw_deg(pose, frame, float(np.hypot(*trunk))),
    )
    return MeasuredFrame(measures, contour)


def _near_point(pose: Pose, frame: PersonFrame, name: str) -> FloatArray:
    index = landmark(frame.near, name)
    if pose.visibility[index] < MIN_VISIBILITY:
        return np.full(2, np.nan)
    point: FloatArray = frame.to_person(pose.points_px[[index]], pose.width_px, pose.height_px)[0]
    return point


def _far_points(pose: Pose, frame: PersonFrame) -> dict[str, FloatArray]:
    """Points of the far side, seen or not: where the pose model guesses them tells how the body is turned."""
    far = Side.RIGHT if frame.near is Side.LEFT else Side.LEFT
    rows = pose.points_px[[landmark(far, name) for name in _FAR]]
    return dict(zip(_FAR, frame.to_person(rows, pose.width_px, pose.height_px), strict=True))


def _marks(near: dict[str, FloatArray], far: dict[str, FloatArray]) -> tuple[float, ...]:
    """The points of `Measures.marks_px`."""
    from_hip = [near[name] - near["hip"] for name in ("shoulder", "ear", "knee")]
    across = [far[name] - near[name] for name in _FAR]
    return tuple(np.concatenate(from_hip + across).tolist())


def _angle_deg(opposite: float, adjacent: float) -> float:
    if math.isnan(opposite) or math.isnan(adjacent):
        return NAN
    return math.degrees(math.atan2(opposite, adjacent))
