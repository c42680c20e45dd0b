"""The person frame: camera roll removed, x towards where the person looks, y up; and the side near the camera."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from models.pose import FloatArray, Landmark, Pose

MIN_VISIBILITY = 0.6
"""Landmarks below this visibility are not used (brief, section 2.2)."""


class Side(StrEnum):
    """The person's own left or right."""

    LEFT = "left"
    RIGHT = "right"


_BODY = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "ear")
_INDEX = {
    Side.LEFT: {name: Landmark[f"LEFT_{name.upper()}"] for name in _BODY},
    Side.RIGHT: {name: Landmark[f"RIGHT_{name.upper()}"] for name in _BODY},
}
_NEARNESS_POINTS = ("shoulder", "hip", "knee", "ear")


def landmark(side: Side, name: str) -> Landmark:
    """The landmark called ``name`` (shoulder, elbow, wrist, hip, knee, ankle, ear) on that side."""
    return _INDEX[side][name]


@dataclass(frozen=True)
class PersonFrame:
    """How picture coordinates become the person's.

    Attributes:
        roll_deg: camera roll; how far a true vertical leans clockwise in the picture.
        facing: +1 when the person looks to the right of the picture, -1 to the left.
        near: the side of the body near the camera.
    """

    roll_deg: float
    facing: int
    near: Side

    def unrolled_px(self, points_px: FloatArray, width_px: int, height_px: int) -> FloatArray:
        """(n, 2) picture points rotated by ``-roll_deg`` about the picture's centre (x right, y down)."""
        if self.roll_deg == 0.0:
            return points_px
        roll = math.radians(self.roll_deg)
        c, s = math.cos(roll), math.sin(roll)
        centre = np.array([width_px / 2.0, height_px / 2.0])
        # Rotation that takes the leaning vertical (sin r, -cos r) back to (0, -1), y down.
        turn = np.array([[c, s], [-s, c]])
        rotated: FloatArray = (points_px - centre) @ turn.T + centre
        return rotated

    def rolled_px(self, points_px: FloatArray, width_px: int, height_px: int) -> FloatArray:
        """(n, 2) points without camera roll back in the picture (inverse of `unrolled_px`)."""
        return PersonFrame(-self.roll_deg, self.facing, self.near).unrolled_px(points_px, width_px, height_px)

    def to_person(self, points_px: FloatArray, width_px: int, height_px: int) -> FloatArray:
        """(n, 2) picture points in the person frame: x forward, y up, pixels."""
        flat = self.unrolled_px(points_px, width_px, height_px)
        return np.column_stack([self.facing * flat[:, 0], -flat[:, 1]])

    def to_picture(self, points: FloatArray, width_px: int, height_px: int) -> FloatArray:
        """(n, 2) person-frame points back in the picture (inverse of `to_person`)."""
        flat = np.column_stack([self.facing * points[:, 0], -points[:, 1]])
        return self.rolled_px(flat, width_px, height_px)


def facing_score(pose: Pose) -> float:
    """Which way the person looks: positive right, negative left, NaN when neither head nor feet tell.

    The nose ahead of the ears, in ear-to-hip lengths; toes ahead of heels where the face is not seen
    (brief, section 2.2).
    """
    p, v = pose.points_px, pose.visibility
    ears = [i for i in (Landmark.LEFT_EAR, Landmark.RIGHT_EAR) if v[i] >= MIN_VISIBILITY]
    if v[Landmark.NOSE] >= MIN_VISIBILITY and ears:
        return float(p[Landmark.NOSE, 0] - p[ears, 0].mean()) / _trunk_scale(pose)
    feet = [
        p[toe, 0] - p[heel, 0]
        for toe, heel in (
            (Landmark.LEFT_FOOT_INDEX, Landmark.LEFT_HEEL),
            (Landmark.RIGHT_FOOT_INDEX, Landmark.RIGHT_HEEL),
        )
        if min(v[toe], v[heel]) >= MIN_VISIBILITY
    ]
    return float(np.mean(feet)) / _trunk_scale(pose) if feet else math.nan


def near_score(pose: Pose) -> float:
    """Which side is near the camera: positive left, negative right.

    Visibility first (shoulder, hip, knee, ear), and the depth of shoulder and hip, which decides where both
    sides are called visible.
    """
    left = [landmark(Side.LEFT, n) for n in _NEARNESS_POINTS]
    right = [landmark(Side.RIGHT, n) for n in _NEARNESS_POINTS]
    seen = float(np.median(pose.visibility[left]) - np.median(pose.visibility[right]))
    depth = pose.world_m[[landmark(Side.RIGHT, "shoulder"), landmark(Side.RIGHT, "hip")], 2].sum() - (
        pose.world_m[[landmark(Side.LEFT, "shoulder"), landmark(Side.LEFT, "hip")], 2].sum()
    )
    return seen + (float(depth) if math.isfinite(depth) else 0.0)


def _trunk_scale(pose: Pose) -> float:
    shoulders = pose.points_px[[Landmark.LEFT_SHOULDER, Landmark.RIGHT_SHOULDER]].mean(axis=0)
    hips = pose.points_px[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=0)
    return max(float(np.hypot(*(shoulders - hips))), 1.0)
