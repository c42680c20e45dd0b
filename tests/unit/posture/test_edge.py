"""The back edge of mask and picture together: where the mask has swallowed something, the picture decides."""

from __future__ import annotations

import numpy as np
import pytest

from models.pose import FloatArray, ImageArray
from monitor.posture.edge import draw_to_picture

RAYS, STEPS = 60, 86
SHIRT, WALL = (60, 40, 160), (190, 195, 200)
BACK = 40.0 + 4.0 * np.sin(np.linspace(0.0, np.pi, RAYS))
"""Where the back really ends on each ray, in steps: bulging a little."""


def picture(edge: FloatArray = BACK, behind: tuple[int, int, int] = WALL) -> ImageArray:
    """Shirt up to the edge, with one step of blend, then what is behind it."""
    share = np.clip(edge[:, None] - np.arange(STEPS) + 0.5, 0.0, 1.0)[..., None]
    return np.round(share * np.array(SHIRT) + (1.0 - share) * np.array(behind)).astype(np.uint8)


def soft_mask(edge: FloatArray) -> FloatArray:
    return np.clip(0.5 + (edge[:, None] - np.arange(STEPS)) / 4.0, 0.0, 1.0)


def test_where_mask_and_picture_agree_the_edge_stays() -> None:
    drawn = draw_to_picture(picture(), soft_mask(BACK), BACK)
    assert drawn.distance == pytest.approx(BACK, abs=0.6)
    assert drawn.supported.all()
    assert (drawn.certainty > 0.9).all()


def test_a_gap_to_the_chair_that_the_mask_swallowed_is_given_back() -> None:
    swallowed = BACK.copy()
    swallowed[5:25] += 18.0
    seen = picture()
    seen[5:25, 60:] = (20, 20, 25)  # the chair begins where the mask ends
    found = draw_to_picture(seen, soft_mask(swallowed), swallowed).distance
    assert found == pytest.approx(BACK, abs=1.0)


def test_a_shirt_of_the_colour_of_the_wall_leaves_the_edge_to_the_mask() -> None:
    drawn = draw_to_picture(picture(behind=SHIRT), soft_mask(BACK), BACK)
    assert drawn.distance == pytest.approx(BACK)
    assert not drawn.supported.any()


def test_a_seam_inside_the_shirt_does_not_pull_the_edge_inwards() -> None:
    seen = picture()
    seen[:, 18:20] = (40, 20, 120)
    assert draw_to_picture(seen, soft_mask(BACK), BACK).distance == pytest.approx(BACK, abs=0.6)


def test_a_poster_beyond_the_back_does_not_pull_the_edge_outwards() -> None:
    seen = picture()
    seen[:, 52:] = (0, 0, 0)
    assert draw_to_picture(seen, soft_mask(BACK), BACK).distance == pytest.approx(BACK, abs=0.6)


def test_an_edge_that_neither_shows_is_unknown() -> None:
    everywhere = np.ones((RAYS, STEPS))
    drawn = draw_to_picture(picture(behind=SHIRT), everywhere, np.full(RAYS, np.nan))
    assert np.isnan(drawn.distance).all()
    assert (drawn.certainty == 0.0).all()


def test_the_edge_of_the_picture_serves_where_the_mask_has_none() -> None:
    border = BACK.copy()
    border[20:30] = np.nan
    mask = soft_mask(BACK)
    mask[20:30] = 1.0
    assert draw_to_picture(picture(), mask, border).distance == pytest.approx(BACK, abs=0.6)


def test_noise_moves_the_edge_by_less_than_a_step() -> None:
    rng = np.random.default_rng(3)
    noisy = np.clip(picture() + rng.normal(0.0, 6.0, (RAYS, STEPS, 3)), 0, 255).astype(np.uint8)
    found = draw_to_picture(noisy, soft_mask(BACK), BACK).distance
    assert np.sqrt(np.mean((found - BACK) ** 2)) < 0.6
