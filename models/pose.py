"""Landmark names, the pose of one person in one frame, and the protocol of whatever finds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
MaskArray = npt.NDArray[np.float32]
ImageArray = npt.NDArray[np.uint8]


class Landmark(IntEnum):
    """The 33 points of BlazePose in MediaPipe's order; left and right are the person's own."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


N_LANDMARKS = len(Landmark)


@dataclass(frozen=True, eq=False)
class Pose:
    """One person in one frame, in pixels of that frame (x right, y down, origin at the top left corner).

    Attributes:
        points_px: (33, 2) landmark positions, indexed by `Landmark`.
        visibility: (33,) chance that the point is in the picture and not hidden, 0 to 1.
        presence: (33,) chance that the point is in the picture at all, 0 to 1.
        world_m: (33, 3) positions in metres about the hip centre (x right, y down, z away from the
            camera), NaN where the estimator gives none.
        mask: (height, width) soft person mask, 0 to 1, or None when none was made.
        width_px, height_px: size of the frame.
    """

    points_px: FloatArray
    visibility: FloatArray
    presence: FloatArray
    world_m: FloatArray
    mask: MaskArray | None = field(repr=False)
    width_px: int
    height_px: int

    def __post_init__(self) -> None:
        if self.points_px.shape != (N_LANDMARKS, 2):
            raise ValueError(f"points_px must be (33, 2), got {self.points_px.shape}")


@dataclass(frozen=True)
class Place:
    """Where the sitter's hips were when calibrated: centre and tolerated distance, in pixels of the frame."""

    x_px: float
    y_px: float
    radius_px: float


class PoseEstimator(Protocol):
    """Finds the sitter in a frame. Not thread-safe: one thread opens, uses and closes it."""

    def estimate(self, image_bgr: ImageArray, t_s: float, place: Place | None) -> tuple[Pose, ...]:
        """Poses in the picture, the sitter's first.

        Args:
            image_bgr: (height, width, 3) picture, blue-green-red.
            t_s: time of the frame in seconds; must grow from call to call.
            place: where the sitter is expected; None takes the most prominent person.

        Returns:
            Every person that was looked at, ordered by distance of the hips to ``place``; empty when nobody is seen.
        """
        ...

    def close(self) -> None:
        """Release the model."""
        ...
