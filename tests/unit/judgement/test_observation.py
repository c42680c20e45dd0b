"""Who is in the picture: the sitter, nobody, or somebody who only passes by."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from judgement_diary import NEUTRAL, PROFILE

from calibration.profile import Profile
from models.measures import Measures
from models.pose import N_LANDMARKS, Landmark, Pose
from monitor.judgement.observation import Presence, hip_centre_px, observe, person_frame, picture_place
from monitor.posture.person import Side

RADIUS_PX = 1.2 * 200.0


def person(x_px: float = 300.0, y_px: float = 330.0, *, size: float = 1.0, facing: int = 1) -> Pose:
    """A sitter with a trunk of 200 px and a thigh of 160 px, hips at the given place."""
    points = np.zeros((N_LANDMARKS, 2))
    at = {"hip": (0, 0), "shoulder": (0, 200), "knee": (160, 0), "ankle": (160, -120), "ear": (10, 260)}
    at |= {"elbow": (20, 110), "wrist": (80, 100), "heel": (150, -130), "foot_index": (200, -130)}
    for name, (forward, up) in at.items():
        for side in ("LEFT", "RIGHT"):
            points[Landmark[f"{side}_{name.upper()}"]] = facing * forward, -up
    points[Landmark.NOSE] = facing * 40.0, -250.0
    ones = np.ones(N_LANDMARKS)
    return Pose(
        size * points + (x_px, y_px), ones, ones.copy(), np.zeros((N_LANDMARKS, 3)), None, width_px=640, height_px=480
    )


def presence(*people: Pose, profile: Profile = PROFILE) -> Presence:
    return observe(people, 0.0, profile).presence


def test_an_empty_picture_shows_nobody() -> None:
    seen = observe((), 7.0, PROFILE)
    assert (seen.presence, seen.t_s, seen.pose, seen.contour) == (Presence.NOBODY, 7.0, None, None)
    assert np.isnan(seen.measures.as_array()).all()


def test_somebody_at_the_calibrated_place_is_the_sitter_and_is_measured() -> None:
    seen = observe((person(),), 7.0, PROFILE)
    assert seen.presence is Presence.SITTER
    assert seen.measures.trunk_px == pytest.approx(200.0)
    assert seen.pose is not None
    assert not seen.turned


def test_the_middle_of_the_hips_is_the_place_of_a_person() -> None:
    pose = person(100.0, 200.0)
    pose.points_px[Landmark.LEFT_HIP] += (10.0, -6.0)
    assert hip_centre_px(pose) == pytest.approx((105.0, 197.0))


@pytest.mark.parametrize(("away_px", "who"), [(RADIUS_PX - 1, Presence.SITTER), (RADIUS_PX + 1, Presence.OTHER)])
@pytest.mark.parametrize("direction", [(1.0, 0.0), (-0.6, 0.8), (0.0, -1.0)])
def test_only_hips_within_1_2_trunk_lengths_of_the_place_are_the_sitters(
    away_px: float, who: Presence, direction: tuple[float, float]
) -> None:
    assert presence(person(300.0 + away_px * direction[0], 330.0 + away_px * direction[1])) is who


@pytest.mark.parametrize(
    ("size", "who"),
    [(0.58, Presence.OTHER), (0.62, Presence.SITTER), (1.58, Presence.SITTER), (1.62, Presence.OTHER)],
)
def test_a_body_much_smaller_or_larger_than_the_sitters_passes_by(size: float, who: Presence) -> None:
    assert presence(person(size=size)) is who


def test_a_passer_by_is_not_measured() -> None:
    seen = observe((person(size=0.4),), 0.0, PROFILE)
    assert seen.pose is None
    assert np.isnan(seen.measures.as_array()).all()


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_people_the_one_nearer_to_the_place_is_taken(order: int) -> None:
    people = (person(310.0), person(450.0))[::order]
    seen = observe(people, 0.0, PROFILE)
    assert seen.measures.hip_x_px == pytest.approx(310.0)


def test_a_pose_that_is_hardly_there_is_nobody() -> None:
    ghost = person()
    ghost.presence[:] = 0.4
    assert presence(ghost) is Presence.NOBODY
    assert presence(ghost, person(310.0)) is Presence.SITTER


def test_the_sitter_who_faces_the_other_way_is_turned() -> None:
    assert observe((person(facing=-1),), 0.0, PROFILE).turned
    assert not observe((person(facing=-1),), 0.0, PROFILE.model_copy(update={"facing": -1})).turned


def test_who_cannot_be_told_to_face_either_way_is_not_called_turned() -> None:
    pose = person(facing=-1)
    hidden = (Landmark.NOSE, Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX)
    pose.visibility[list(hidden)] = 0.1
    assert not observe((pose,), 0.0, PROFILE).turned


def test_the_person_frame_is_the_calibrated_one() -> None:
    frame = person_frame(PROFILE.model_copy(update={"roll_deg": 3.0, "facing": -1, "near": "left"}))
    assert (frame.roll_deg, frame.facing, frame.near) == (3.0, -1, Side.LEFT)


def test_the_place_in_the_picture_has_the_camera_roll_put_back() -> None:
    rolled = PROFILE.model_copy(update={"roll_deg": 90.0 / 2.0})
    right_of_centre: Measures = replace(NEUTRAL, hip_x_px=320.0 + 100.0, hip_y_px=240.0)
    place = picture_place(rolled.model_copy(update={"neutral": right_of_centre}))
    # A clockwise lean takes the point right of the centre down and left.
    assert (place.x_px, place.y_px) == pytest.approx((320.0 + 100.0 * 0.5**0.5, 240.0 + 100.0 * 0.5**0.5))
    assert place.radius_px == pytest.approx(RADIUS_PX)


@pytest.mark.parametrize("roll_deg", [-12.0, 12.0])
def test_a_rolled_camera_still_finds_its_sitter_exactly_at_the_place(roll_deg: float) -> None:
    profile = PROFILE.model_copy(update={"roll_deg": roll_deg})
    place = picture_place(profile)
    seen = observe((person(place.x_px, place.y_px),), 0.0, profile)
    assert (seen.measures.hip_x_px, seen.measures.hip_y_px) == pytest.approx((300.0, 330.0))


def test_somebody_whose_hips_the_picture_cuts_off_is_neither_away_nor_placed() -> None:
    close_up = person()
    close_up.presence[[Landmark.LEFT_HIP, Landmark.RIGHT_HIP]] = 0.1
    seen = observe((close_up,), 0.0, PROFILE)
    assert seen.presence is Presence.CUT_OFF
    assert np.isnan(seen.measures.trunk_px)
    assert presence(close_up, person(310.0)) is Presence.SITTER
