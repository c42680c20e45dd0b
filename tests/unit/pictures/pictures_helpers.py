"""A sitter drawn with a ruler: facing right, hips in the middle of a grey picture."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from calibration.profile import Profile
from models.measures import Measures
from models.pose import N_LANDMARKS, ImageArray, Landmark, Pose
from monitor.judgement.assessment import Assessment, State
from monitor.judgement.observation import Observation, Presence

HIP = (320, 300)
JOINTS = {"EAR": (330, 110), "SHOULDER": (320, 150), "HIP": HIP, "KNEE": (460, 300), "ANKLE": (460, 430)}
TRUNK_PX = 150.0


def grey(width: int = 640, height: int = 480) -> ImageArray:
    return np.full((height, width, 3), 120, np.uint8)


def seen() -> Observation:
    points = np.zeros((N_LANDMARKS, 2))
    for name, place in JOINTS.items():
        points[[Landmark[f"LEFT_{name}"], Landmark[f"RIGHT_{name}"]]] = place
    ones = np.ones(N_LANDMARKS)
    pose = Pose(points, ones, ones, np.full((N_LANDMARKS, 3), np.nan), None, 640, 480)
    return Observation(0.0, Presence.SITTER, pose=pose)


def nobody() -> Observation:
    return Observation(0.0, Presence.NOBODY)


def said(state: State = State.TIPPED, tilt_deg: float = 20.0, t_s: float = 0.0) -> Assessment:
    about = {"tilt_low_deg": tilt_deg - 8.0, "tilt_high_deg": tilt_deg + 8.0, "tilt_pct": 5.0 * tilt_deg}
    return Assessment(t_s, state, tilt_deg=tilt_deg, knee_above_hip_cm=1.0, **about)


def profile(facing: int = 1) -> Profile:
    return Profile(
        name="sitter",
        created=datetime(2026, 3, 2, tzinfo=UTC),
        camera="camera",
        width_px=640,
        height_px=480,
        facing=1 if facing > 0 else -1,
        near="right",
        thigh_cm=42.0,
        thigh_full_px=140.0,
        thigh_neutral_deg=0.0,
        level_calibrated=False,
        neutral=Measures(hip_x_px=320.0, hip_y_px=300.0, trunk_px=TRUNK_PX, thigh_px=140.0),
        neutral_spread=Measures(),
        slump=Measures(hip_x_px=320.0, hip_y_px=300.0, trunk_px=TRUNK_PX, thigh_px=140.0),
        neutral_spread_pct=5.0,
        contour_trusted=True,
        skeleton_trusted=True,
        tilt_model="test",
    )
