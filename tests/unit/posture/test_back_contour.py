"""The back contour on masks whose back edge is known."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from posture_figures import Figure, frame_of, near_side, round_back, straight_back

from models.measures import Measures
from models.pose import MaskArray
from models.tilt import contour_usable
from monitor.posture.contour import BackContour, back_contour
from monitor.posture.measure import MeasuredFrame, measure
from monitor.posture.person import landmark

TRUNK_PX = 200.0
FIRST_RAY, LAST_RAY = 0.0861, 0.5885
"""The lowest and highest of the 60 rays from 0.02 to 0.80 that lie in the lower back window, 0.08 to 0.60."""


def traced(figure: Figure, facing: int = 1, roll_deg: float = 0.0) -> MeasuredFrame:
    return measure(figure.seen(facing, roll_deg), frame_of(facing, roll_deg))


def contour_of(figure: Figure) -> BackContour:
    contour = traced(figure).contour
    assert contour is not None
    return contour


def shape_of(figure: Figure, facing: int = 1, roll_deg: float = 0.0) -> Measures:
    return traced(figure, facing, roll_deg).measures


def slopes(seen: Measures) -> tuple[float, float, float]:
    return seen.sacral_slope_deg, seen.thoracolumbar_slope_deg, seen.back_slope_deg


def test_a_vertical_back_edge_has_no_slope_and_no_bulge() -> None:
    seen = shape_of(Figure(back=straight_back(60.0)))
    assert slopes(seen) == pytest.approx((0.0, 0.0, 0.0), abs=0.05)
    assert seen.lumbar_bulge_px == pytest.approx(0.0, abs=0.05)
    assert seen.contour_valid == 1.0
    assert seen.contour_residual_pct == pytest.approx(0.0, abs=0.05)


@pytest.mark.parametrize("behind_px", [40.0, 60.5, 97.25])
def test_the_edge_is_found_where_the_mask_falls_below_one_half(behind_px: float) -> None:
    points = contour_of(Figure(back=straight_back(behind_px))).points
    assert points[:, 0] - 300.0 == pytest.approx(np.full(60, -behind_px), abs=0.05)
    assert points[:, 1] + 330.0 == pytest.approx(np.linspace(0.02, 0.80, 60) * TRUNK_PX)


@pytest.mark.parametrize("slope_deg", [10.0, -10.0, 25.0])
@pytest.mark.parametrize("facing", [1, -1])
def test_a_sloped_back_edge_gives_its_slope_with_the_top_forward_positive(slope_deg: float, facing: int) -> None:
    seen = shape_of(Figure(back=straight_back(70.0, slope_deg)), facing)
    assert slopes(seen) == pytest.approx((slope_deg,) * 3, abs=0.5)
    assert seen.lumbar_bulge_px == pytest.approx(0.0, abs=0.2)


@pytest.mark.parametrize("trunk_deg", [-10.0, 15.0])
def test_slopes_are_against_the_vertical_and_not_against_the_trunk(trunk_deg: float) -> None:
    seen = shape_of(Figure(trunk_deg=trunk_deg, back=straight_back(85.0, 10.0)))
    assert slopes(seen) == pytest.approx((10.0, 10.0, 10.0), abs=0.5)


@pytest.mark.parametrize("roll_deg", [-10.0, 10.0])
def test_slopes_are_against_the_true_vertical_when_the_camera_is_rolled(roll_deg: float) -> None:
    seen = shape_of(Figure(back=straight_back(70.0, 10.0)), 1, roll_deg)
    assert slopes(seen) == pytest.approx((10.0, 10.0, 10.0), abs=0.5)


@pytest.mark.parametrize("bulge_px", [6.0, 12.0, -8.0])
@pytest.mark.parametrize("facing", [1, -1])
def test_a_parabola_gives_its_bulge_with_backwards_positive(bulge_px: float, facing: int) -> None:
    back = round_back(70.0, bulge_px, FIRST_RAY * TRUNK_PX, LAST_RAY * TRUNK_PX)
    seen = shape_of(Figure(back=back), facing)
    assert seen.lumbar_bulge_px == pytest.approx(bulge_px, rel=0.05)
    assert seen.back_slope_deg == pytest.approx(0.0, abs=0.5)
    assert seen.contour_residual_pct < 0.1


def test_a_bulge_leans_the_sacrum_back_and_the_upper_back_forward() -> None:
    seen = shape_of(Figure(back=round_back(70.0, 12.0, FIRST_RAY * TRUNK_PX, LAST_RAY * TRUNK_PX)))
    assert seen.sacral_slope_deg < -5.0 < 5.0 < seen.thoracolumbar_slope_deg


def test_the_bulge_scales_with_the_body_in_the_picture() -> None:
    small = Figure(trunk_px=100.0, back=round_back(35.0, 5.0, FIRST_RAY * 100.0, LAST_RAY * 100.0))
    assert shape_of(small).lumbar_bulge_px == pytest.approx(5.0, rel=0.05)


def test_a_clear_edge_is_usable_and_a_washed_out_one_is_not() -> None:
    clear = Figure(back=straight_back(70.0))
    pose = clear.seen()
    columns = np.arange(pose.width_px)
    ramp = np.clip(0.5 + (columns - (300.0 - 70.0)) / 40.0, 0.0, 1.0).astype(np.float32)
    blurred = replace(pose, mask=np.tile(ramp, (pose.height_px, 1)))
    assert contour_usable(shape_of(clear))
    washed_out = measure(blurred, frame_of()).measures
    assert washed_out.contour_edge_pct == pytest.approx(100.0 * 0.4 * 40.0 / TRUNK_PX, rel=0.1)
    assert not contour_usable(washed_out)


def test_a_jagged_edge_has_a_residual_and_is_not_usable() -> None:
    def jagged(up: np.ndarray) -> np.ndarray:  # steps of 12 px, every quarter of the window
        return 70.0 + 12.0 * (np.floor(up / 25.0) % 2)

    seen = shape_of(Figure(back=jagged))
    assert seen.contour_residual_pct > 1.2
    assert not contour_usable(seen)


def test_an_arm_behind_the_axis_drops_the_rays_that_meet_it() -> None:
    back = straight_back(60.0)
    forearm = ((-40.0, 0.50 * TRUNK_PX), (-40.0, 0.60 * TRUNK_PX))
    contour = contour_of(Figure(back=back, arm=forearm))
    dropped = np.isnan(contour.points[:, 0])
    meets = (contour.fraction > 0.50 - 0.07) & (contour.fraction < 0.60 + 0.07)
    assert (dropped == meets).all()
    assert np.isnan(contour.edge_px[dropped]).all()


def test_an_arm_in_front_of_the_axis_drops_nothing() -> None:
    forearm = ((40.0, 0.50 * TRUNK_PX), (60.0, 0.30 * TRUNK_PX))
    assert contour_of(Figure(back=straight_back(60.0), arm=forearm)).valid == 1.0


def test_an_arm_far_behind_the_edge_drops_nothing() -> None:
    forearm = ((-110.0, 0.50 * TRUNK_PX), (-110.0, 0.30 * TRUNK_PX))
    assert contour_of(Figure(back=straight_back(60.0), arm=forearm)).valid == 1.0


def test_an_arm_whose_wrist_is_hidden_drops_nothing() -> None:
    figure = Figure(back=straight_back(60.0), arm=((-40.0, 100.0), (-40.0, 120.0)))
    hidden = figure.seen(hidden=[landmark(near_side(1), "wrist")])
    contour = measure(hidden, frame_of()).contour
    assert contour is not None
    assert contour.valid == 1.0


def assert_no_contour(seen: Measures) -> None:
    assert all(math.isnan(v) for v in (*slopes(seen), seen.lumbar_bulge_px, seen.contour_residual_pct))
    assert not contour_usable(seen)


@pytest.mark.parametrize("facing", [1, -1])
def test_a_back_that_leaves_the_picture_has_no_contour(facing: int) -> None:
    seen = shape_of(Figure(hip=(40.0, 330.0), back=straight_back(60.0)), facing)
    assert seen.contour_valid == 0.0
    assert_no_contour(seen)


def test_a_back_without_an_end_within_reach_has_no_contour() -> None:
    assert_no_contour(shape_of(Figure(hip=(350.0, 330.0), back=straight_back(130.0))))


def test_a_trunk_outside_the_mask_has_no_contour() -> None:
    assert_no_contour(shape_of(Figure(back=straight_back(-30.0))))


def test_rays_that_begin_outside_the_body_find_no_edge_farther_behind() -> None:
    pose = Figure(back=straight_back()).seen()
    assert pose.mask is not None
    pose.mask[:, 285:] = 0.0  # the hip is at 300: something stands behind the trunk, not the trunk
    assert_no_contour(measure(pose, frame_of()).measures)


def test_an_empty_mask_has_no_contour() -> None:
    pose = Figure(back=straight_back()).seen()
    empty: MaskArray = np.zeros((pose.height_px, pose.width_px), dtype=np.float32)
    assert_no_contour(measure(replace(pose, mask=empty), frame_of()).measures)


def test_hip_and_shoulder_in_one_point_have_no_contour() -> None:
    mask: MaskArray = np.ones((48, 64), dtype=np.float32)
    here = np.array([30.0, -20.0])
    assert back_contour(mask, frame_of(), here, here, np.full((2, 2), np.nan)).valid == 0.0
