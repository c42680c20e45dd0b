"""A stick figure of known angles as a `Pose`, and a soft body mask with a back edge of known shape."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from models.pose import N_LANDMARKS, FloatArray, Landmark, MaskArray, Pose
from monitor.posture.person import PersonFrame, Side

WIDTH, HEIGHT = 640, 480
SOFT_EDGE_PX = 2.0
FAR_SHOULDER_M = 0.32
"""How much further from the camera the far shoulder is."""

BackEdge = Callable[[FloatArray], FloatArray]
"""Height above the hip in pixels -> how far the back edge stands behind the hip, in pixels."""


def straight_back(behind_px: float = 60.0, slope_deg: float = 0.0) -> BackEdge:
    """A back edge whose top leans forward by ``slope_deg``."""
    return lambda up: behind_px - math.tan(math.radians(slope_deg)) * up


def round_back(behind_px: float, bulge_px: float, low_px: float, high_px: float) -> BackEdge:
    """A parabola that stands ``bulge_px`` behind its chord from ``low_px`` to ``high_px`` above the hip."""
    middle, half = (low_px + high_px) / 2.0, (high_px - low_px) / 2.0
    return lambda up: behind_px + bulge_px * (1.0 - ((up - middle) / half) ** 2)


@dataclass(frozen=True)
class Figure:
    """A sitter seen from the side, in the person's own terms; a camera then looks at it in `seen`.

    Lengths in pixels, angles in degrees: trunk forward of the vertical, thigh above the horizontal, shin with the
    foot forward of the knee.
    """

    hip: tuple[float, float] = (300.0, 330.0)
    trunk_px: float = 200.0
    trunk_deg: float = 0.0
    thigh_px: float = 150.0
    thigh_deg: float = 0.0
    shin_px: float = 120.0
    shin_deg: float = 0.0
    ear_forward_px: float = 15.0
    ear_above_shoulder_px: float = 60.0
    wrist_forward_px: float = 90.0
    breadth_px: float = 20.0
    back: BackEdge | None = None
    arm: tuple[tuple[float, float], tuple[float, float]] | None = None
    """Elbow and wrist as (forward, up) from the hip, in place of the usual ones."""

    def joints(self) -> dict[str, tuple[float, float]]:
        """(forward, up) of each joint from the hip, pixels."""
        trunk, thigh, shin = (math.radians(a) for a in (self.trunk_deg, self.thigh_deg, self.shin_deg))
        shoulder = (self.trunk_px * math.sin(trunk), self.trunk_px * math.cos(trunk))
        knee = (self.thigh_px * math.cos(thigh), self.thigh_px * math.sin(thigh))
        ankle = (knee[0] + self.shin_px * math.sin(shin), knee[1] - self.shin_px * math.cos(shin))
        ear = (shoulder[0] + self.ear_forward_px, shoulder[1] + self.ear_above_shoulder_px)
        elbow = (shoulder[0] + 20.0, shoulder[1] - 90.0)
        wrist = (shoulder[0] + self.wrist_forward_px, shoulder[1] - 100.0)
        if self.arm:
            elbow, wrist = self.arm
        return {
            "hip": (0.0, 0.0),
            "shoulder": shoulder,
            "knee": knee,
            "ankle": ankle,
            "ear": ear,
            "elbow": elbow,
            "wrist": wrist,
        }

    def seen(
        self,
        facing: int = 1,
        roll_deg: float = 0.0,
        hidden: Iterable[Landmark] = (),
        size: tuple[int, int] = (WIDTH, HEIGHT),
        near: Side | None = None,
    ) -> Pose:
        """The figure in a picture; facing left is the mirror image of facing right, and shows the other side."""
        near = near or near_side(facing)
        far = Side.LEFT if near is Side.RIGHT else Side.RIGHT
        level = np.full((N_LANDMARKS, 2), np.nan)
        for name, (forward, up) in self.joints().items():
            for side, aside in ((near, 0.0), (far, self.breadth_px)):
                level[Landmark[f"{side.name}_{name.upper()}"]] = self._level((forward + aside, up), facing, size[0])
        ear = self.joints()["ear"]
        level[Landmark.NOSE] = self._level((ear[0] + 40.0, ear[1] - 10.0), facing, size[0])
        for side in ("LEFT", "RIGHT"):
            ankle = self.joints()["ankle"]
            level[Landmark[f"{side}_HEEL"]] = self._level((ankle[0] - 15.0, ankle[1] - 15.0), facing, size[0])
            level[Landmark[f"{side}_FOOT_INDEX"]] = self._level((ankle[0] + 50.0, ankle[1] - 15.0), facing, size[0])
        level[np.isnan(level[:, 0])] = level[Landmark.NOSE]
        visibility = np.ones(N_LANDMARKS)
        visibility[list(hidden)] = 0.1
        world = np.zeros((N_LANDMARKS, 3))
        world[Landmark[f"{far.name}_SHOULDER"], 2] = FAR_SHOULDER_M
        return Pose(
            points_px=_rolled(level, roll_deg, size),
            visibility=visibility,
            presence=np.ones(N_LANDMARKS),
            world_m=world,
            mask=self._mask(facing, roll_deg, size) if self.back else None,
            width_px=size[0],
            height_px=size[1],
        )

    def _level(self, joint: tuple[float, float], facing: int, width: int) -> tuple[float, float]:
        hip_x = self.hip[0] if facing > 0 else width - self.hip[0]
        return hip_x + facing * joint[0], self.hip[1] - joint[1]

    def _mask(self, facing: int, roll_deg: float, size: tuple[int, int]) -> MaskArray:
        assert self.back is not None
        rows, columns = np.mgrid[0 : size[1], 0 : size[0]]
        pixels = np.column_stack([columns.ravel(), rows.ravel()]).astype(np.float64)
        level = _rolled(pixels, -roll_deg, size)
        hip_x = self.hip[0] if facing > 0 else size[0] - self.hip[0]
        forward = facing * (level[:, 0] - hip_x)
        up = self.hip[1] - level[:, 1]
        inside = np.clip(0.5 + (forward + self.back(up)) / SOFT_EDGE_PX, 0.0, 1.0)
        inside *= np.clip(0.5 + (self.thigh_px - forward) / SOFT_EDGE_PX, 0.0, 1.0)
        return inside.reshape(size[1], size[0]).astype(np.float32)


def near_side(facing: int) -> Side:
    """The side that a camera sees of somebody who looks to the right (+1) or left (-1) of the picture."""
    return Side.RIGHT if facing > 0 else Side.LEFT


def frame_of(facing: int = 1, roll_deg: float = 0.0) -> PersonFrame:
    return PersonFrame(roll_deg, facing, near_side(facing))


def _rolled(points: FloatArray, roll_deg: float, size: tuple[int, int]) -> FloatArray:
    """Points turned clockwise in the picture (y down) about its centre."""
    c, s = math.cos(math.radians(roll_deg)), math.sin(math.radians(roll_deg))
    x, y = (points - (size[0] / 2.0, size[1] / 2.0)).T
    return np.column_stack([c * x - s * y + size[0] / 2.0, s * x + c * y + size[1] / 2.0])
