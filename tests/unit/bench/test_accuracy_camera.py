import math
from dataclasses import replace

import numpy as np
import pytest

from bench.accuracy.camera import Camera

LEFT = Camera((0.0, 0.0, 1.0), 2.0, 1.0, 0.0, 1, 0.0, 60.0)


def test_the_target_is_in_the_middle_at_the_distance():
    pixels, depth = LEFT.project(np.array([[0.0, 0.0, 1.0]]))
    assert pixels[0] == pytest.approx([320, 240])
    assert depth[0] == pytest.approx(2.0)


def test_from_the_left_side_forward_is_left_and_up_is_up():
    (ahead, above), _ = LEFT.project(np.array([[0.5, 0.0, 1.0], [0.0, 0.0, 1.5]]))
    assert ahead[0] < 320
    assert ahead[1] == pytest.approx(240)
    assert above[1] < 240


def test_from_the_right_side_forward_is_right():
    pixels, _ = replace(LEFT, side=-1).project(np.array([[0.5, 0.0, 1.0]]))
    assert pixels[0, 0] > 320


def test_the_angle_of_view_is_the_horizontal_one():
    edge = 2.0 * math.tan(math.radians(30))
    pixels, _ = LEFT.project(np.array([[-edge, 0.0, 1.0]]))
    assert pixels[0, 0] == pytest.approx(640)


@pytest.mark.parametrize("side", [-1, 1])
def test_positive_yaw_moves_the_camera_towards_the_front(side):
    assert replace(LEFT, side=side, yaw_deg=20.0).position_m[0] > 0.5


def test_a_camera_rolled_clockwise_sees_the_world_turned_the_other_way():
    # Clockwise on the picture is from up towards right: a point above moves left.
    pixels, _ = replace(LEFT, roll_deg=10.0).project(np.array([[0.0, 0.0, 1.5]]))
    assert pixels[0, 0] < 320
    turned = math.degrees(math.atan2(320 - pixels[0, 0], 240 - pixels[0, 1]))
    assert turned == pytest.approx(10.0)
