"""Photographs taken from the front: nothing can be said about the tilt there. Skipped where they are not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import cv2
import numpy as np
import pytest
from replay_helpers import SHARED, Replay

from calibration.profile import Profile
from models.landmarker import Landmarker
from models.pose import Landmark, Pose
from monitor.judgement.assessment import SEATED_STATES, State, View
from monitor.judgement.judge import Judge, JudgeState
from monitor.judgement.observation import Presence, hip_centre_px, observe
from monitor.loop import tilt_model
from monitor.settings import Settings

FOLDER = SHARED / "recordings" / "real" / "front_on"
PHOTOGRAPHS = sorted(FOLDER.glob("*.jpg"))[::3]


@pytest.fixture(scope="module")
def landmarker() -> Iterator[Landmarker]:
    with closing(Landmarker()) as landmarker:
        yield landmarker


def fitted(profile: Profile, pose: Pose) -> Profile:
    """The profile of somebody who sits just where this pose is, and is as large: only the view can be the reason."""
    near = profile.near.upper()
    hip, shoulder, knee = (pose.points_px[Landmark[f"{near}_{part}"]] for part in ("HIP", "SHOULDER", "KNEE"))
    x, y = hip_centre_px(pose)
    size = {"trunk_px": float(np.hypot(*(shoulder - hip))), "thigh_px": float(np.hypot(*(knee - hip)))}
    neutral = replace(profile.neutral, hip_x_px=float(x), hip_y_px=float(y), **size)
    place = {"width_px": pose.width_px, "height_px": pose.height_px, "roll_deg": 0.0}
    return profile.model_copy(update={**place, "neutral": neutral})


@pytest.mark.skipif(not PHOTOGRAPHS, reason=f"{FOLDER} is not there: set SADDLE_SHARED to the folder of recordings")
@pytest.mark.parametrize("sure", [False, True], ids=["as it is", "as if the hips were in the picture"])
def test_a_view_from_the_front_never_gives_a_number(office: Replay, landmarker: Landmarker, *, sure: bool) -> None:
    for number, photograph in enumerate(PHOTOGRAPHS, start=len(PHOTOGRAPHS) * sure):
        image = cv2.imread(str(photograph))
        assert image is not None
        for look in range(3):
            poses = landmarker.estimate(image, 10.0 * number + look, None)  # type: ignore[arg-type]
        assert poses, f"nobody was found in {photograph.name}"
        if sure:
            seen_well = np.ones(len(Landmark))
            poses = (replace(poses[0], presence=seen_well, visibility=seen_well),)
        profile = fitted(office.profile, poses[0])
        judge, state = Judge(profile, tilt_model(), Settings().judgement), JudgeState()
        for second in range(5):
            seen = observe(poses, float(second), profile)
            state, said = judge.step(state, seen)
        assert all(math.isnan(v) for v in (said.tilt_deg, said.tilt_low_deg, said.tilt_high_deg, said.tilt_pct))
        assert said.state not in SEATED_STATES
        if sure:
            assert (seen.presence, said.view) == (Presence.SITTER, View.FRONT)
            assert said.reason or said.state is State.STANDING
