"""The back in ten windows, from contours whose shape is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from models.measures import N_WINDOWS
from models.pose import FloatArray
from monitor.posture.back_profile import back_profile
from monitor.posture.contour import N_RAYS, RAY_RANGE, BackContour

TRUNK_PX = 200.0
HIP = np.array([300.0, -330.0])
MIDDLES = RAY_RANGE[0] + (RAY_RANGE[1] - RAY_RANGE[0]) * (np.arange(N_WINDOWS) + 0.5) / N_WINDOWS
"""Heights of the middles of the windows above the hip, in trunk lengths."""


def contour(behind_px: FloatArray, trunk_px: float = TRUNK_PX) -> BackContour:
    """A contour so far behind a vertical trunk axis at each ray."""
    fraction = np.linspace(*RAY_RANGE, N_RAYS)
    points = np.column_stack([HIP[0] - behind_px, HIP[1] + fraction * trunk_px])
    return BackContour(fraction, points, np.ones(N_RAYS), trunk_px)


def slanted(slope_deg: float, trunk_px: float = TRUNK_PX) -> FloatArray:
    """60 px behind at the hip, then straight with the top forward by the slope."""
    return 60.0 - math.tan(math.radians(slope_deg)) * np.linspace(*RAY_RANGE, N_RAYS) * trunk_px


def without(behind_px: FloatArray, first: float, last: float) -> FloatArray:
    """Nothing found between two heights, in trunk lengths."""
    fraction = np.linspace(*RAY_RANGE, N_RAYS)
    return np.where((fraction >= first) & (fraction <= last), np.nan, behind_px)


@pytest.mark.parametrize("slope_deg", [-25.0, 0.0, 3.0, 40.0])
@pytest.mark.parametrize("trunk_px", [80.0, 200.0])
def test_a_straight_line_has_its_slope_and_its_depth_in_every_window(slope_deg: float, trunk_px: float) -> None:
    slopes, depths = back_profile(contour(slanted(slope_deg, trunk_px), trunk_px), HIP)
    assert slopes == pytest.approx([slope_deg] * N_WINDOWS)
    # The middle of the rays in a window is within half a ray of the window's middle; the first and the last window
    # have no neighbour to reach into, so theirs is half a reach off.
    off = np.full(N_WINDOWS, 0.78 / (N_RAYS - 1) / 2.0)
    off[[0, -1]] += 0.02 / 2.0
    tangent = math.tan(math.radians(slope_deg))
    differ = np.abs(np.array(depths) - (60.0 - tangent * MIDDLES * trunk_px))
    assert (differ <= abs(tangent) * trunk_px * off + 1e-9).all()


def test_depth_is_how_far_the_back_lies_behind_the_hip() -> None:
    _, depths = back_profile(contour(np.full(N_RAYS, 42.0)), HIP)
    assert depths == pytest.approx([42.0] * N_WINDOWS)
    _, ahead = back_profile(contour(np.full(N_RAYS, 42.0)), HIP + np.array([8.0, 0.0]))
    assert ahead == pytest.approx([50.0] * N_WINDOWS)


def test_a_leaning_trunk_does_not_change_what_a_vertical_back_is() -> None:
    fraction = np.linspace(*RAY_RANGE, N_RAYS)
    leaning = BackContour(
        fraction, np.column_stack([np.full(N_RAYS, 240.0), HIP[1] + 170.0 * fraction]), np.ones(N_RAYS), TRUNK_PX
    )
    slopes, depths = back_profile(leaning, HIP)
    assert slopes == pytest.approx([0.0] * N_WINDOWS)
    assert depths == pytest.approx([60.0] * N_WINDOWS)


def test_a_bend_shows_in_the_windows_where_it_is() -> None:
    fraction = np.linspace(*RAY_RANGE, N_RAYS)
    bent = 60.0 - math.tan(math.radians(30.0)) * TRUNK_PX * np.maximum(0.0, fraction - 0.41)
    slopes, _ = back_profile(contour(bent), HIP)
    assert slopes[:4] == pytest.approx([0.0] * 4, abs=1e-9)
    assert slopes[6:] == pytest.approx([30.0] * 4)
    assert 0.0 < slopes[4] < slopes[5] < 30.0


def test_a_gap_leaves_its_windows_unknown_in_both_and_the_others_as_they_are() -> None:
    # windows are 0.078 high: the gap takes the third and the fourth wholly, and less than half of their neighbours
    whole, holey = (back_profile(contour(line), HIP) for line in (slanted(10.0), without(slanted(10.0), 0.175, 0.335)))
    for after in holey:
        assert np.isnan(after).tolist() == [False, False, True, True, *[False] * 6]
    assert [s for s in holey[0] if not math.isnan(s)] == pytest.approx([10.0] * 8)
    assert holey[1][0] == whole[1][0]
    assert holey[1][4:] == pytest.approx(whole[1][4:], abs=1.0)


def test_a_single_lost_ray_leaves_every_window_known() -> None:
    line = slanted(10.0)
    line[30] = np.nan
    slopes, depths = back_profile(contour(line), HIP)
    assert slopes == pytest.approx([10.0] * N_WINDOWS)
    assert np.isfinite(depths).all()


def test_a_contour_that_was_not_found_is_unknown_everywhere() -> None:
    slopes, depths = back_profile(contour(np.full(N_RAYS, np.nan)), HIP)
    assert np.isnan([*slopes, *depths]).all()
    assert len(slopes) == len(depths) == N_WINDOWS
    assert {type(v) for v in (*slopes, *depths)} == {float}
