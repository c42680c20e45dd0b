"""Poses of a frame -> who is there and how the sitter is placed, against the profile. Stateless."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from calibration.profile import Profile
from models.measures import Measures
from models.pose import FloatArray, ImageArray, Landmark, Place, Pose
from monitor.posture.contour import BackContour
from monitor.posture.measure import measure
from monitor.posture.person import PersonFrame, Side, facing_score

SIZE_LIMITS = (0.6, 1.6)
"""A body whose trunk and thigh together are outside these multiples of the calibrated is not the sitter's."""
MIN_PRESENCE = 0.5
_HEAD_AND_SHOULDERS = [
    Landmark.NOSE,
    Landmark.LEFT_EAR,
    Landmark.RIGHT_EAR,
    Landmark.LEFT_SHOULDER,
    Landmark.RIGHT_SHOULDER,
]
_HIPS = [Landmark.LEFT_HIP, Landmark.RIGHT_HIP]


class Presence(StrEnum):
    """Who is in the picture."""

    NOBODY = "nobody"
    OTHER = "somebody else"
    CUT_OFF = "somebody whose hips are outside the picture"
    SITTER = "sitter"


@dataclass(frozen=True, eq=False)
class Observation:
    """What one frame shows.

    Attributes:
        t_s: time of the frame.
        presence: nobody, somebody else (away from the calibrated place or of another size), somebody whose hips the
            picture cuts off, or the sitter.
        measures: of the sitter; all NaN when there is none.
        turned: the person faces the other way than at calibration.
        contour, pose: for drawing; None when there is no sitter.
    """

    t_s: float
    presence: Presence
    measures: Measures = field(default_factory=Measures)
    turned: bool = False
    contour: BackContour | None = None
    pose: Pose | None = None


def person_frame(profile: Profile) -> PersonFrame:
    """The person frame that the profile was calibrated in."""
    return PersonFrame(profile.roll_deg, profile.facing, Side(profile.near))


def picture_place(profile: Profile) -> Place:
    """The calibrated place in raw picture coordinates, roll put back."""
    place = profile.place
    level = np.array([[place.x_px, place.y_px]])
    x, y = person_frame(profile).rolled_px(level, profile.width_px, profile.height_px)[0]
    return Place(float(x), float(y), place.radius_px)


def observe(poses: Sequence[Pose], t_s: float, profile: Profile, picture: ImageArray | None = None) -> Observation:
    """Take the person nearest to the calibrated place, and measure if it is the sitter.

    Args:
        poses: everybody in the frame.
        t_s: time of the frame.
        profile: the sitter's calibration.
        picture: (height, width, 3) the frame itself, for the back edge; None measures on the mask alone.
    """
    place = picture_place(profile)
    people = [p for p in poses if float(np.median(p.presence[_HEAD_AND_SHOULDERS])) >= MIN_PRESENCE]
    if not people:
        return Observation(t_s, Presence.NOBODY)
    whole = [p for p in people if float(p.presence[_HIPS].max()) >= MIN_PRESENCE]
    if not whole:
        return Observation(t_s, Presence.CUT_OFF)
    pose = min(whole, key=lambda p: _distance(p, place))
    if _distance(pose, place) > place.radius_px or not _fits(pose, profile):
        return Observation(t_s, Presence.OTHER)
    measured = measure(pose, person_frame(profile), picture)
    facing = facing_score(pose)
    turned = math.isfinite(facing) and facing * profile.facing < 0
    return Observation(t_s, Presence.SITTER, measured.measures, turned, measured.contour, pose)


def hip_centre_px(pose: Pose) -> FloatArray:
    """(2,) middle of the two hips in the picture."""
    centre: FloatArray = pose.points_px[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]].mean(axis=0)
    return centre


def _distance(pose: Pose, place: Place) -> float:
    return float(np.hypot(*(hip_centre_px(pose) - (place.x_px, place.y_px))))


def _fits(pose: Pose, profile: Profile) -> bool:
    """Whether the body is about as large in the picture as the sitter was (nearer or farther people are not)."""
    side = Side(profile.near)
    hip, shoulder, knee = (pose.points_px[Landmark[f"{side.name}_{part}"]] for part in ("HIP", "SHOULDER", "KNEE"))
    size = max(float(np.hypot(*(shoulder - hip))), float(np.hypot(*(knee - hip))))
    usual = max(profile.neutral.trunk_px, profile.neutral.thigh_px)
    return SIZE_LIMITS[0] <= size / usual <= SIZE_LIMITS[1]
