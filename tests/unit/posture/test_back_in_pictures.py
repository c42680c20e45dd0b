"""The back contour on painted frames: a chair that touches the back, hair, an armrest, a top like the wall."""

from __future__ import annotations

import numpy as np
import pytest
from posture_figures import Figure, frame_of, straight_back

from models.pose import FloatArray, ImageArray
from monitor.posture.contour import BackContour, back_contour
from monitor.posture.trust import Verdict

HIP, SHOULDER = np.array([300.0, -330.0]), np.array([300.0, -130.0])
NO_ARM = np.full((2, 2), np.nan)
BEHIND_PX = 60.0
SHIRT, STRIPE, WALL, DARK = (60, 40, 160), (170, 120, 70), (190, 195, 200), (30, 28, 26)
ROWS, COLUMNS = np.mgrid[0:480, 0:640]
UP, BACK = 330 - ROWS, 300 - COLUMNS
"""Of each pixel: height above the hip, and how far behind it."""


def painted(shirt: tuple[int, int, int] = SHIRT) -> ImageArray:
    """A striped shirt before a wall; the back ends BEHIND_PX behind the hip."""
    picture = np.full((480, 640, 3), WALL, np.uint8)
    picture[BACK <= BEHIND_PX] = shirt
    if shirt == SHIRT:
        picture[(BACK <= BEHIND_PX) & (UP % 24 < 8)] = STRIPE
    return picture


def contour(picture: ImageArray, mask: FloatArray) -> BackContour:
    return back_contour(mask.astype(np.float32), frame_of(), HIP, SHOULDER, NO_ARM, picture)


def mask_to(behind_px: FloatArray) -> FloatArray:
    """The soft mask of a person whose back ends so far behind the hip, for each pixel."""
    return np.clip(0.5 + (behind_px - BACK) / 4.0, 0.0, 1.0)


def off_px(seen: BackContour) -> FloatArray:
    """(60,) how far outside the true back, NaN where not trusted."""
    return 300.0 - seen.points[:, 0] - BEHIND_PX


def test_a_chair_back_that_the_mask_swallowed_is_left_out() -> None:
    chair = (BACK > BEHIND_PX) & (BACK <= BEHIND_PX + 30.0) & (UP > 30) & (UP < 140)
    picture = painted()
    picture[chair] = DARK
    seen = contour(picture, mask_to(np.where((UP > 30) & (UP < 140), BEHIND_PX + 30.0, BEHIND_PX)))
    assert np.nanmax(np.abs(off_px(seen))) < 1.5
    assert seen.valid > 0.9


def test_the_mask_alone_takes_the_chair_for_the_back() -> None:
    mask = mask_to(np.where((UP > 30) & (UP < 140), BEHIND_PX + 30.0, BEHIND_PX)).astype(np.float32)
    seen = back_contour(mask, frame_of(), HIP, SHOULDER, NO_ARM)
    assert np.nanmax(off_px(seen)) == pytest.approx(30.0, abs=1.0)


def test_long_hair_behind_the_upper_back_is_not_the_back() -> None:
    hair = (BACK > BEHIND_PX) & (BACK <= BEHIND_PX + 18.0) & (UP > 120)
    picture = painted()
    picture[hair] = DARK
    seen = contour(picture, mask_to(np.where(UP > 120, BEHIND_PX + 18.0, BEHIND_PX)))
    assert np.nanmax(np.abs(off_px(seen))) < 2.0


def test_an_armrest_before_the_hip_is_not_the_back() -> None:
    armrest = (UP > 30) & (UP < 46) & (BACK > 20) & (BACK < 90)
    picture = painted()
    picture[armrest] = DARK
    seen = contour(picture, mask_to(np.where((UP > 30) & (UP < 46), 20.0, BEHIND_PX)))
    assert np.nanmax(np.abs(off_px(seen))) < 2.5
    assert seen.valid > 0.7


def test_an_edge_that_steps_out_of_the_line_is_told_apart() -> None:
    """Somebody's hand in a sleeve of the same cloth on the back: colour does not tell, the step does."""
    picture = painted()
    hand = (BACK > BEHIND_PX) & (BACK <= BEHIND_PX + 20.0) & (UP > 70) & (UP < 90)
    picture[hand] = SHIRT
    seen = contour(picture, mask_to(np.where((UP > 70) & (UP < 90), BEHIND_PX + 20.0, BEHIND_PX)))
    assert (seen.verdict == Verdict.STEP).any()
    assert np.nanmax(np.abs(off_px(seen))) < 5.0


def test_a_top_like_the_wall_with_a_washed_out_mask_is_unsure() -> None:
    washed_out = np.clip(0.5 + (BEHIND_PX - BACK) / 60.0, 0.0, 1.0)
    seen = contour(painted(WALL), washed_out)
    assert (seen.verdict == Verdict.UNSURE).mean() > 0.8
    assert np.isnan(seen.points[seen.verdict == Verdict.UNSURE]).all()


def test_a_clear_back_is_trusted_throughout_and_known_within_a_pixel_or_two() -> None:
    pose = Figure(back=straight_back(BEHIND_PX)).seen()
    assert pose.mask is not None
    seen = contour(painted(), pose.mask.astype(np.float64))
    assert (seen.verdict == Verdict.TRUSTED).all()
    assert np.abs(off_px(seen)).max() < 1.0
    assert np.median(seen.edge_px) < 2.0
