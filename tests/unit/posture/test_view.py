"""The view yaw of shoulders that can be worked out by hand."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from posture_figures import WIDTH, Figure, frame_of

from monitor.posture.measure import measure
from monitor.posture.view import view_yaw_deg, yaw_of

TRUNK_PX = 200.0
BREADTH_PX = 160.0


@given(st.floats(-89.0, 89.0))
@settings(deadline=None)
def test_shoulders_in_space_give_their_yaw_exactly(yaw_deg: float) -> None:
    seen = math.radians(yaw_deg)
    ahead_px, behind_px = BREADTH_PX * math.sin(seen), BREADTH_PX * math.cos(seen)
    assert yaw_of(ahead_px, behind_px, 0.0, 640.0) == pytest.approx(yaw_deg - 1.0)


@pytest.mark.parametrize(("far_ahead_px", "yaw_deg"), [(0.0, 0.0), (100.0, 45.0), (-100.0, -45.0)])
def test_the_far_shoulder_as_far_ahead_as_behind_is_half_way_to_the_front(far_ahead_px: float, yaw_deg: float) -> None:
    assert yaw_of(far_ahead_px, 100.0, 0.0, 640.0) == pytest.approx(yaw_deg - 1.0)


def test_a_sitter_behind_the_middle_of_the_picture_is_seen_from_further_ahead() -> None:
    # 54.4 px behind the middle of a picture of 640: atan(0.1) = 5.71 degrees that the camera's place is not ahead
    assert yaw_of(100.0, 100.0, -54.4, 640.0) == pytest.approx(44.0 - 5.71, abs=0.01)


@pytest.mark.parametrize("unseen", [(math.nan, 100.0), (80.0, math.nan)])
def test_no_shoulders_or_depth_is_no_yaw(unseen: tuple[float, float]) -> None:
    assert math.isnan(yaw_of(*unseen, 0.0, 640.0))


@pytest.mark.parametrize("breadth_px", [-90.0, 0.0, 90.0])
@pytest.mark.parametrize("roll_deg", [-8.0, 0.0, 8.0])
@pytest.mark.parametrize("facing", [1, -1])
def test_the_far_shoulder_ahead_is_towards_the_front_on_either_side_and_roll(
    facing: int, roll_deg: float, breadth_px: float
) -> None:
    figure = Figure(breadth_px=breadth_px, hip=(WIDTH / 2.0, 330.0))
    pose = figure.seen(facing, roll_deg)
    # the figure's far shoulder is 0.32 m behind, 160 px where the trunk's 200 px are 0.40 m
    expected = math.degrees(math.atan2(breadth_px, 160.0)) - 1.0
    assert view_yaw_deg(pose, frame_of(facing, roll_deg), TRUNK_PX) == pytest.approx(expected)
    assert measure(pose, frame_of(facing, roll_deg)).measures.view_yaw_deg == pytest.approx(expected)


def test_the_longer_side_counts_in_an_upright_picture() -> None:
    pose = Figure(breadth_px=0.0, hip=(240.0 - 54.4, 330.0)).seen(size=(480, 640))
    assert view_yaw_deg(pose, frame_of(1), TRUNK_PX) == pytest.approx(-1.0 - 5.71, abs=0.01)


def test_a_pose_without_depth_has_no_yaw() -> None:
    pose = replace(Figure().seen(), world_m=np.full((33, 3), np.nan))
    assert math.isnan(view_yaw_deg(pose, frame_of(1), TRUNK_PX))
