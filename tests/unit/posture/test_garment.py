"""What is coloured like the garment, from one frame."""

from __future__ import annotations

import numpy as np
import pytest

from models.pose import FloatArray
from monitor.posture.garment import garment_likeness

RAYS, STEPS, BORDER = 60, 86, 42
SHIRT, STRIPE, WALL, CHAIR = (60, 40, 160), (180, 60, 40), (190, 195, 200), (25, 20, 20)


def scene() -> tuple[FloatArray, FloatArray, FloatArray]:
    """A striped shirt, then a wall; mask and border where they meet."""
    colours = np.zeros((RAYS, STEPS, 3))
    colours[:, :BORDER] = SHIRT
    colours[::4, :BORDER] = STRIPE
    colours[:, BORDER:] = WALL
    mask = np.tile((np.arange(STEPS) < BORDER).astype(np.float64), (RAYS, 1))
    return colours, mask, np.full(RAYS, BORDER - 0.5)


def test_the_garment_in_all_its_colours_is_like_itself_and_the_wall_is_not() -> None:
    like, rather = garment_likeness(*scene())
    assert (like[:, :BORDER] > 0.5).all()
    assert (rather[:, :BORDER] > 0.5).all()
    assert (like[:, BORDER:] == -like.max()).all() or (like[:, BORDER:] < -0.9).all()
    assert (rather[:, BORDER:] < -0.9).all()


def test_a_chair_that_the_mask_swallowed_is_not_like_the_garment() -> None:
    colours, mask, border = scene()
    colours[:, 30:BORDER] = CHAIR
    like, _ = garment_likeness(colours, mask, border)
    assert (like[:, 30:BORDER] < -0.9).all()
    assert (like[:, :30] > 0.5).all()


def test_a_top_in_the_colour_of_the_wall_is_no_rather_than_the_other() -> None:
    colours, mask, border = scene()
    colours[:] = WALL
    like, rather = garment_likeness(colours, mask, border)
    assert (like > 0.5).all()
    assert rather == pytest.approx(np.zeros((RAYS, STEPS)), abs=0.05)


def test_what_is_outside_the_picture_is_neither_person_nor_behind() -> None:
    colours, mask, border = scene()
    mask[:, 70:] = np.nan
    colours[:, 70:] = SHIRT
    _, rather = garment_likeness(colours, mask, border)
    assert (rather[:, :BORDER] > 0.5).all()


def test_a_frame_that_is_all_person_has_likenesses_within_their_limits() -> None:
    colours, _, _ = scene()
    for part in garment_likeness(colours, np.ones((RAYS, STEPS)), np.full(RAYS, np.nan)):
        assert np.isfinite(part).all()
        assert (np.abs(part) <= 1.0).all()
