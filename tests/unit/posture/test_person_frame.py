"""Person frame: camera roll undone, x towards where the person looks, y up, and the side near the camera."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from posture_figures import HEIGHT, WIDTH, Figure, frame_of

from models.pose import Landmark
from monitor.posture.person import PersonFrame, Side, facing_score, landmark, near_score

FACE = (Landmark.NOSE, Landmark.LEFT_EAR, Landmark.RIGHT_EAR)
FEET = (Landmark.LEFT_HEEL, Landmark.RIGHT_HEEL, Landmark.LEFT_FOOT_INDEX, Landmark.RIGHT_FOOT_INDEX)
coordinates = st.floats(-4000, 4000)


def test_a_vertical_that_leans_clockwise_by_the_roll_is_upright_again() -> None:
    roll = math.radians(10.0)
    foot = np.array([400.0, 300.0])
    top = foot + 100.0 * np.array([math.sin(roll), -math.cos(roll)])
    frame = PersonFrame(10.0, 1, Side.RIGHT)
    low, high = frame.to_person(np.stack([foot, top]), WIDTH, HEIGHT)
    assert high - low == pytest.approx([0.0, 100.0])


def test_the_picture_turns_about_its_centre() -> None:
    centre = np.array([[WIDTH / 2.0, HEIGHT / 2.0]])
    assert PersonFrame(23.0, 1, Side.RIGHT).unrolled_px(centre, WIDTH, HEIGHT) == pytest.approx(centre)


@pytest.mark.parametrize("facing", [1, -1])
def test_forward_and_up_are_positive_whichever_way_the_person_looks(facing: int) -> None:
    pose = Figure().seen(facing)
    hip, knee, shoulder = frame_of(facing).to_person(
        pose.points_px[[landmark(frame_of(facing).near, name) for name in ("hip", "knee", "shoulder")]], WIDTH, HEIGHT
    )
    assert knee - hip == pytest.approx([150.0, 0.0])
    assert shoulder - hip == pytest.approx([0.0, 200.0])


@given(
    st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=5),
    st.floats(-45, 45),
    st.sampled_from([-1, 1]),
    st.integers(64, 3840),
    st.integers(64, 2160),
)
@settings(deadline=None)
def test_to_picture_undoes_to_person(
    points: list[tuple[float, float]], roll_deg: float, facing: int, width: int, height: int
) -> None:
    frame = PersonFrame(roll_deg, facing, Side.LEFT)
    given_points = np.array(points)
    there = frame.to_person(given_points, width, height)
    assert frame.to_picture(there, width, height) == pytest.approx(given_points, abs=1e-6)


@given(st.floats(-45, 45), st.sampled_from([-1, 1]))
@settings(deadline=None)
def test_the_person_frame_keeps_lengths(roll_deg: float, facing: int) -> None:
    points = np.array([[10.0, 20.0], [310.0, 420.0]])
    a, b = PersonFrame(roll_deg, facing, Side.LEFT).to_person(points, WIDTH, HEIGHT)
    assert np.hypot(*(b - a)) == pytest.approx(500.0)


@pytest.mark.parametrize("facing", [1, -1])
@pytest.mark.parametrize("hidden", [(), FEET, (Landmark.LEFT_EAR,), FACE, (Landmark.NOSE,)])
def test_face_or_else_feet_tell_which_way_the_person_looks(facing: int, hidden: tuple[Landmark, ...]) -> None:
    assert math.copysign(1, facing_score(Figure().seen(facing, hidden=hidden))) == facing


def test_the_face_outweighs_feet_that_point_the_other_way() -> None:
    pose = Figure().seen(1)
    for toe, heel in (
        (Landmark.LEFT_FOOT_INDEX, Landmark.LEFT_HEEL),
        (Landmark.RIGHT_FOOT_INDEX, Landmark.RIGHT_HEEL),
    ):
        pose.points_px[[toe, heel]] = pose.points_px[[heel, toe]]
    assert facing_score(pose) > 0


def test_without_face_and_feet_nobody_knows_which_way_the_person_looks() -> None:
    assert math.isnan(facing_score(Figure().seen(1, hidden=(*FACE, *FEET))))


def test_the_facing_score_does_not_depend_on_the_size_of_the_picture() -> None:
    pose = Figure().seen(1)
    twice = replace(pose, points_px=2.0 * pose.points_px)
    assert facing_score(twice) == pytest.approx(facing_score(pose))


@pytest.mark.parametrize(("hidden_side", "sign"), [(Side.RIGHT, 1), (Side.LEFT, -1)])
def test_the_visible_side_is_the_near_one(hidden_side: Side, sign: int) -> None:
    hidden = [landmark(hidden_side, name) for name in ("shoulder", "hip", "knee", "ear")]
    assert math.copysign(1, near_score(Figure().seen(hidden=hidden))) == sign


@pytest.mark.parametrize(("near", "sign"), [(Side.LEFT, 1), (Side.RIGHT, -1)])
def test_depth_decides_where_both_sides_are_called_visible(near: Side, sign: int) -> None:
    pose = Figure().seen()
    for name in ("shoulder", "hip"):
        pose.world_m[landmark(near, name), 2] = -0.15
    assert math.copysign(1, near_score(pose)) == sign


def test_without_depth_visibility_alone_decides() -> None:
    hidden = [landmark(Side.RIGHT, name) for name in ("shoulder", "hip", "knee", "ear")]
    pose = Figure().seen(hidden=hidden)
    pose.world_m[:] = np.nan
    assert near_score(pose) == pytest.approx(0.9)
