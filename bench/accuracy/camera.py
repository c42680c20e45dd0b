"""The webcam at the side: where it stands, and how it projects. Ideal pinhole, square pixels, roll included."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from bench.accuracy.bake import FloatArray


@dataclass(frozen=True)
class Camera:
    """A camera that looks at a point from the side.

    Attributes:
        target_m: (x, y, z) the point in the middle of the picture.
        distance_m: from that point, measured along the floor.
        height_m: of the lens over the floor.
        yaw_deg: 0 square to the side, positive when moved towards the sitter's front.
        side: 1 at the sitter's left, -1 at the right.
        roll_deg: the camera turned clockwise seen from behind it; the picture turns the other way.
        fov_deg: horizontal angle of view.
        width_px, height_px: picture size.
    """

    target_m: tuple[float, float, float]
    distance_m: float
    height_m: float
    yaw_deg: float
    side: int
    roll_deg: float
    fov_deg: float
    width_px: int = 640
    height_px: int = 480

    @property
    def focal_px(self) -> float:
        """Focal length in pixels."""
        return self.width_px / 2 / math.tan(math.radians(self.fov_deg / 2))

    @property
    def position_m(self) -> FloatArray:
        """Where the lens is."""
        a = math.radians(self.yaw_deg)
        level = np.array([math.sin(a), self.side * math.cos(a), 0.0]) * self.distance_m
        spot = np.array(self.target_m) + level
        spot[2] = self.height_m
        return spot

    def axes(self) -> FloatArray:
        """Rows: picture right, picture down, into the picture, as world directions."""
        ahead = np.array(self.target_m) - self.position_m
        ahead /= np.linalg.norm(ahead)
        right = np.cross(ahead, np.array([0.0, 0.0, 1.0]))
        right /= np.linalg.norm(right)
        down = np.cross(ahead, right)
        c, s = math.cos(math.radians(self.roll_deg)), math.sin(math.radians(self.roll_deg))
        return np.stack((c * right + s * down, c * down - s * right, ahead))

    def project(self, points_m: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Pixels and depth.

        Args:
            points_m: (N, 3) world points.

        Returns:
            (N, 2) pixels, x right and y down, origin at the top left corner, pixel centres at .5; (N,) depth along
            the view in metres, positive in front. Pixels of points not in front mean nothing.
        """
        seen = (points_m - self.position_m) @ self.axes().T
        depth = seen[:, 2]
        safe = np.where(depth > 1e-3, depth, 1e-3)
        centre = np.array([self.width_px / 2, self.height_px / 2])
        return seen[:, :2] / safe[:, None] * self.focal_px + centre, depth
