"""Where the camera stands about the sitter: the view yaw, from the line through the two shoulders."""

from __future__ import annotations

import math
from typing import Final

from models.pose import Pose
from monitor.posture.person import PersonFrame, Side, landmark

TRUNK_M: Final = 0.40
"""Hip to shoulder in the pose model's metres, which brings its depths to pixels. Fitted on rendered sitters at yaws up
to 60 degrees, as are the next two."""
FOCAL_OVER_PICTURE: Final = 0.85
"""Focal length over the longer side of the picture: a lens of about 61 degrees; its own is not known."""
SQUARE_READS_DEG: Final = 1.0
"""What the shoulders read in a square view."""


def view_yaw_deg(pose: Pose, frame: PersonFrame, trunk_px: float) -> float:
    """View yaw of one pose, degrees: 0 square to the side, positive with the camera towards the person's front.

    Args:
        pose: the landmarks; the far shoulder counts even where it is hidden (the pose model guesses it).
        frame: roll, facing and near side.
        trunk_px: near hip to near shoulder; NaN makes the yaw NaN, as does a pose without depth.
    """
    far_side = Side.RIGHT if frame.near is Side.LEFT else Side.LEFT
    near, far = landmark(frame.near, "shoulder"), landmark(far_side, "shoulder")
    (near_x, _), (far_x, _) = frame.to_person(pose.points_px[[near, far]], pose.width_px, pose.height_px)
    depth_m = abs(float(pose.world_m[far, 2] - pose.world_m[near, 2]))
    ahead_px = near_x - frame.facing * pose.width_px / 2.0
    longer_px = max(pose.width_px, pose.height_px)
    return yaw_of(far_x - near_x, trunk_px * depth_m / TRUNK_M, ahead_px, longer_px)


def yaw_of(far_ahead_px: float, far_behind_px: float, ahead_px: float, picture_px: float) -> float:
    """View yaw in degrees from lengths in pixels; NaN in, NaN out.

    A camera towards the front sees the far shoulder ahead of the near one. A sitter beside the middle of the
    picture is seen under an angle of its own, which is taken off.

    Args:
        far_ahead_px: far shoulder ahead of the near one in the picture, forward positive.
        far_behind_px: how much further from the camera it is, not negative.
        ahead_px: near shoulder ahead of the middle of the picture, forward positive.
        picture_px: longer side of the picture.
    """
    shoulders = math.atan2(far_ahead_px, far_behind_px)
    bearing = math.atan(ahead_px / (FOCAL_OVER_PICTURE * picture_px))
    return math.degrees(shoulders + bearing) - SQUARE_READS_DEG
