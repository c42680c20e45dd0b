"""The measures of poses that can be worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from posture_figures import HEIGHT, WIDTH, Figure, frame_of, near_side, straight_back

from models.measures import MEASURE_NAMES, N_WINDOWS, Measures
from models.pose import Landmark, Pose
from monitor.posture.measure import measure
from monitor.posture.person import Side, landmark

CONTOUR = {
    "sacral_slope_deg",
    "thoracolumbar_slope_deg",
    "back_slope_deg",
    "lumbar_bulge_px",
    "contour_valid",
    "contour_residual_pct",
    "contour_edge_pct",
    *(f"back_{kind}[{i}]" for kind in ("slopes_deg", "depths_px") for i in range(N_WINDOWS)),
}


def marks(*numbers: int) -> set[str]:
    """Names of the marks: near shoulder, ear and knee are 0 to 5, far shoulder, hip, knee and ear 6 to 13."""
    return {f"marks_px[{i}]" for i in numbers}


TRUNK = {"trunk_px", "trunk_inclination_deg", "view_yaw_deg"} | CONTOUR
THIGH = {"thigh_px", "thigh_angle_deg", "knee_rise_px"}
NEEDS = {
    "hip": {"hip_x_px", "hip_y_px", "ear_rise_px"} | TRUNK | THIGH | marks(*range(6), 8, 9),
    "shoulder": {"ear_forward_px", "wrist_reach_px"} | TRUNK | marks(0, 1, 6, 7),
    "knee": {"shin_angle_deg"} | THIGH | marks(4, 5, 10, 11),
    "ankle": {"shin_angle_deg"},
    "ear": {"ear_rise_px", "ear_forward_px"} | marks(2, 3, 12, 13),
    "wrist": {"wrist_reach_px"},
    "elbow": set[str](),
}
TRUNK_PX = 200.0
SITTER = Figure(trunk_deg=12.0, thigh_deg=7.0, shin_deg=-9.0, back=straight_back(80.0))


def measured(figure: Figure, facing: int = 1, roll_deg: float = 0.0, **seen: object) -> Measures:
    return of(figure.seen(facing, roll_deg, **seen), facing, roll_deg)  # type: ignore[arg-type]


def of(pose: Pose, facing: int = 1, roll_deg: float = 0.0) -> Measures:
    return measure(pose, frame_of(facing, roll_deg)).measures


def named(measures: Measures) -> dict[str, float]:
    return dict(zip(MEASURE_NAMES, measures.as_array().tolist(), strict=True))


def nan_names(measures: Measures) -> set[str]:
    return {name for name, value in named(measures).items() if math.isnan(value)}


@pytest.mark.parametrize("trunk_deg", [-20.0, 0.0, 10.0, 35.0])
def test_trunk_inclination_is_positive_forward(trunk_deg: float) -> None:
    assert measured(Figure(trunk_deg=trunk_deg)).trunk_inclination_deg == pytest.approx(trunk_deg)


@pytest.mark.parametrize("thigh_deg", [-80.0, -10.0, 0.0, 15.0])
def test_thigh_angle_is_positive_with_the_knee_up(thigh_deg: float) -> None:
    seen = measured(Figure(thigh_deg=thigh_deg))
    assert seen.thigh_angle_deg == pytest.approx(thigh_deg)
    assert seen.knee_rise_px == pytest.approx(150.0 * math.sin(math.radians(thigh_deg)))


@pytest.mark.parametrize("shin_deg", [-25.0, 0.0, 40.0])
def test_shin_angle_is_positive_with_the_foot_forward(shin_deg: float) -> None:
    assert measured(Figure(shin_deg=shin_deg)).shin_angle_deg == pytest.approx(shin_deg)


def test_lengths_and_distances_are_those_of_the_figure() -> None:
    seen = measured(Figure())
    assert (seen.hip_x_px, seen.hip_y_px) == pytest.approx((300.0, 330.0))
    assert (seen.trunk_px, seen.thigh_px) == pytest.approx((200.0, 150.0))
    assert seen.ear_rise_px == pytest.approx(260.0)
    assert seen.ear_forward_px == pytest.approx(15.0)
    assert seen.wrist_reach_px == pytest.approx(90.0)
    assert seen.shoulder_breadth_px == pytest.approx(20.0)


def test_the_marks_are_the_near_joints_from_the_hip_and_the_far_ones_from_the_near() -> None:
    seen = measured(Figure(trunk_deg=90.0, thigh_deg=90.0))
    near = ((200.0, 0.0), (215.0, 60.0), (0.0, 150.0))
    assert seen.marks_px == pytest.approx([*near[0], *near[1], *near[2], *(20.0, 0.0) * 4], abs=1e-9)


def test_the_profile_of_the_back_is_that_of_the_contour() -> None:
    seen = measured(Figure(back=straight_back(80.0, 10.0)))
    up = TRUNK_PX * (0.02 + 0.078 * (np.arange(N_WINDOWS) + 0.5))
    assert seen.back_slopes_deg == pytest.approx([10.0] * N_WINDOWS, abs=0.5)
    assert seen.back_depths_px == pytest.approx(80.0 - math.tan(math.radians(10.0)) * up, abs=0.5)


@pytest.mark.parametrize("roll_deg", [-10.0, 10.0])
@pytest.mark.parametrize("facing", [1, -1])
def test_camera_roll_is_undone_exactly_in_every_landmark_measure(roll_deg: float, facing: int) -> None:
    figure = replace(SITTER, back=None)
    level, rolled = measured(figure, facing), measured(figure, facing, roll_deg)
    assert named(rolled) == pytest.approx(named(level), nan_ok=True)


@pytest.mark.parametrize("roll_deg", [-10.0, 10.0])
def test_camera_roll_is_undone_in_the_contour(roll_deg: float) -> None:
    level, rolled = measured(SITTER), measured(SITTER, 1, roll_deg)
    for name in ("sacral_slope_deg", "thoracolumbar_slope_deg", "back_slope_deg"):
        assert getattr(rolled, name) == pytest.approx(getattr(level, name), abs=0.5)
    assert rolled.lumbar_bulge_px == pytest.approx(level.lumbar_bulge_px, abs=0.5)


def test_forgetting_the_roll_shows_in_the_trunk() -> None:
    pose = Figure().seen(roll_deg=10.0)
    assert of(pose).trunk_inclination_deg == pytest.approx(10.0)


def test_facing_left_gives_the_same_measures_as_facing_right() -> None:
    right, left = named(measured(SITTER, 1)), named(measured(SITTER, -1))
    assert left.pop("hip_x_px") == pytest.approx(WIDTH - right.pop("hip_x_px"))
    assert left == pytest.approx(right, abs=0.3)


@pytest.mark.parametrize("size", [(1280, 720), (640, 480), (480, 640)])
def test_angles_are_of_pixels_whatever_the_shape_of_the_picture(size: tuple[int, int]) -> None:
    figure = Figure(hip=(200.0, 300.0), trunk_deg=10.0, thigh_deg=10.0)
    for roll_deg in (0.0, 10.0):
        seen = measured(figure, 1, roll_deg, size=size)
        assert seen.trunk_inclination_deg == pytest.approx(10.0)
        assert seen.thigh_angle_deg == pytest.approx(10.0)


def test_everything_is_measured_on_a_sitter_who_is_fully_seen() -> None:
    assert nan_names(measured(SITTER)) == set()


@pytest.mark.parametrize("name", NEEDS)
def test_a_hidden_landmark_leaves_exactly_the_measures_that_need_it_unknown(name: str) -> None:
    hidden = landmark(near_side(1), name)
    seen, whole = measured(SITTER, hidden=[hidden]), named(measured(SITTER))
    assert nan_names(seen) == NEEDS[name]
    for field, value in named(seen).items():
        if field not in NEEDS[name]:
            assert value == pytest.approx(whole[field]), field


def test_the_far_side_is_never_put_in_place_of_the_near_one() -> None:
    far = [mark for mark in Landmark if mark.name.startswith("LEFT_")]
    assert near_side(1) is Side.RIGHT
    assert measured(SITTER, hidden=far) == measured(SITTER)


@pytest.mark.parametrize(("visibility", "unknown"), [(0.59, True), (0.60, False)])
def test_a_landmark_counts_from_a_visibility_of_0_6(visibility: float, unknown: bool) -> None:
    pose = SITTER.seen()
    pose.visibility[Landmark.RIGHT_EAR] = visibility
    assert math.isnan(of(pose).ear_rise_px) == unknown


def test_without_a_mask_only_the_contour_is_unknown() -> None:
    assert nan_names(measured(replace(SITTER, back=None))) == CONTOUR


@given(st.floats(-90, 90), st.floats(-60, 60))
@settings(max_examples=30, deadline=None)
def test_moving_the_body_in_the_picture_changes_only_where_the_hip_is(right: float, down: float) -> None:
    here = SITTER.seen()
    there = replace(here, points_px=here.points_px + np.array([right, down]), mask=None)
    before, after = named(of(replace(here, mask=None))), named(of(there))
    assert after.pop("hip_x_px") - before.pop("hip_x_px") == pytest.approx(right)
    assert after.pop("hip_y_px") - before.pop("hip_y_px") == pytest.approx(down)
    # further ahead in the picture the sitter is seen from further behind
    turned = after.pop("view_yaw_deg") - before.pop("view_yaw_deg")
    assert turned == pytest.approx(math.degrees(right / WIDTH), abs=2.0)
    assert after == pytest.approx(before, nan_ok=True)


@given(st.floats(0.3, 3.0))
@settings(max_examples=30, deadline=None)
def test_a_nearer_camera_scales_lengths_and_leaves_angles(factor: float) -> None:
    here = replace(SITTER.seen(), mask=None)
    there = replace(here, points_px=factor * here.points_px)
    before, after = named(of(here)), named(of(there))
    del before["view_yaw_deg"]  # the picture's edge does not scale along, so the bearing of the sitter changes
    for name, value in before.items():
        expected = factor * value if "_px" in name else value
        assert after[name] == pytest.approx(expected, nan_ok=True), name


def test_the_contour_is_given_back_for_drawing_only_where_there_is_one() -> None:
    assert measure(SITTER.seen(), frame_of()).contour is not None
    assert measure(replace(SITTER.seen(), mask=None), frame_of()).contour is None


def test_the_size_of_the_picture_is_that_of_the_figures() -> None:
    mask = SITTER.seen().mask
    assert mask is not None
    assert mask.shape == (HEIGHT, WIDTH)
    assert np.isin([mask.min(), mask.max()], [0.0, 1.0]).all()
