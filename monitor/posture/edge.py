"""Where the back really ends: the mask's border, drawn to the edge that the full picture shows.

The mask is a 256-pixel guess and now and then swallows what is close behind the back: a chair, a poster. The picture
still has an edge at the back there, and the garment's colour ends at it. Every step of every ray gets a score; over
all rays together the smooth path of the highest score is sought (dynamic programming from the lowest ray to the
highest). The weights were fitted so that exp(score), as a share of its ray, is how likely the true edge is at that
step: a conditional logit on 4,000 rays of 70 rendered sittings of the fit split. So the share near the path tells how
sure it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from models.pose import BoolArray, FloatArray, ImageArray
from monitor.posture.garment import garment_likeness

IndexArray = npt.NDArray[np.intp]

HALF_WINDOW: Final = 3
"""The change of the picture at a step is the mean of the next three steps less the mean of the last three."""
SUPPORTING_CHANGE: Final = 12.0
"""A change of fewer grey levels (length over blue, green, red) is no edge,"""
FULL_CHANGE: Final = 80.0
"""and one of so many is as good an edge as any."""
NEAR_STEPS: Final = 6.0
FAR_SHARE: Final = 0.5
BEND_WEIGHT: Final = 0.8
"""Cost of going one step further out or in from one ray to the next; it grows with the square."""
MAX_JUMP: Final = 3
SURE_STEPS: Final = 3
"""An edge is called right when it is within so many steps."""
SURE_RAYS: Final = 11
"""How sure the edge is, is told from so many neighbouring rays."""

CHANGE_SCORE: Final = 4.9
OUTWARDS_SCORE: Final = -3.4
"""Up to NEAR_STEPS beyond the mask's border,"""
AWAY_SCORE: Final = -1.9
"""and for every FAR_SHARE of the ray away from it on either side."""
MASK_SCORE: Final = -2.1
RATHER_INSIDE_SCORE: Final = 3.1
"""Five steps inside are coloured like the garment rather than the room,"""
RATHER_OUTSIDE_SCORE: Final = -3.0
"""and five steps outside."""
LIKE_INSIDE_SCORE: Final = 4.6
"""Eighteen steps inside are coloured like the garment: what the mask swallowed is not."""
_INSIDE, _OUTSIDE, _DEEP_INSIDE = (-6, -1), (1, 6), (-20, -2)


@dataclass(frozen=True, eq=False)
class DrawnEdge:
    """The edge on each ray.

    Attributes:
        distance: (rays,) in steps along the ray; NaN where neither mask nor picture has an edge.
        supported: (rays,) whether the picture shows it.
        spread: (rays,) how far from it the true edge may be expected, in steps.
        certainty: (rays,) how likely the true edge is within three steps, mean of eleven rays, 0 to 1.
    """

    distance: FloatArray
    supported: BoolArray
    spread: FloatArray
    certainty: FloatArray


def draw_to_picture(colours: ImageArray, mask: FloatArray, border: FloatArray) -> DrawnEdge:
    """Draw the mask's border to the picture's edge.

    Args:
        colours: (rays, steps, 3) picture along the rays, lowest ray first, from the trunk axis backwards.
        mask: (rays, steps) soft mask at the same places; NaN outside the picture.
        border: (rays,) where the mask falls below one half, in steps; NaN where it does not.
    """
    smooth: FloatArray = colours.astype(np.float64)
    smooth[1:-1] = (smooth[:-2] + smooth[1:-1] + smooth[2:]) / 3.0
    change = _change(smooth)
    score = _score(smooth, change, mask, border)
    path = _cheapest_path(-score)
    supported: BoolArray = change[np.arange(len(path)), path] >= SUPPORTING_CHANGE
    distance = np.where(supported, _between_steps(change, path), border)
    return DrawnEdge(distance, supported, *_sureness(score, distance))


def _score(smooth: FloatArray, change: FloatArray, mask: FloatArray, border: FloatArray) -> FloatArray:
    """(rays, steps) logarithm of how likely the edge is there, up to a constant for each ray."""
    like, rather = garment_likeness(smooth, mask, border)
    steps = mask.shape[1]
    beyond = np.nan_to_num(np.arange(steps) - border[:, None])
    full = np.log1p(FULL_CHANGE / 10.0)
    score: FloatArray = CHANGE_SCORE * np.minimum(np.log1p(change / 10.0) / full, 1.0)
    score += OUTWARDS_SCORE * np.clip(beyond / NEAR_STEPS, 0.0, 1.0)
    score += AWAY_SCORE * np.minimum(np.abs(beyond) / (FAR_SHARE * steps), 1.5)
    score += MASK_SCORE * np.nan_to_num(mask)
    score += RATHER_INSIDE_SCORE * _mean(rather, *_INSIDE) + RATHER_OUTSIDE_SCORE * _mean(rather, *_OUTSIDE)
    score += LIKE_INSIDE_SCORE * _mean(like, *_DEEP_INSIDE)
    return score


def _mean(values: FloatArray, first: int, end: int) -> FloatArray:
    """(rays, steps) mean over the steps from ``first`` to before ``end`` from each one; fewer at the ray's ends."""
    steps = values.shape[1]
    total = np.zeros((values.shape[0], steps + 1))
    np.cumsum(values, axis=1, out=total[:, 1:])
    here = np.arange(steps)
    low = np.clip(here + first, 0, steps - 1)
    high = np.clip(here + end, low + 1, steps)
    mean: FloatArray = (total[:, high] - total[:, low]) / (high - low)
    return mean


def _sureness(score: FloatArray, distance: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Spread and certainty of `DrawnEdge`."""
    share = np.exp(score - score.max(axis=1, keepdims=True))
    share /= share.sum(axis=1, keepdims=True)
    off = np.abs(np.arange(score.shape[1]) - 0.5 - distance[:, None])
    spread = (share * off).sum(axis=1)
    sure = np.nan_to_num((share * (off <= SURE_STEPS + 0.5)).sum(axis=1))
    around = np.pad(sure, SURE_RAYS // 2, mode="edge")
    return spread, np.convolve(around, np.full(SURE_RAYS, 1.0 / SURE_RAYS), "valid")


def _change(smooth: FloatArray) -> FloatArray:
    """(rays, steps) how much the picture changes at each step; 0 near the ends."""
    total = np.zeros((smooth.shape[0], smooth.shape[1] + 1, 3))
    np.cumsum(smooth, axis=1, out=total[:, 1:])
    w = HALF_WINDOW
    middle = total[:, w:-w]
    step = (total[:, 2 * w :] - 2.0 * middle + total[:, : -2 * w]) / w
    change: FloatArray = np.zeros(smooth.shape[:2])
    change[:, w : -w + 1] = np.sqrt((step**2).sum(axis=2))
    return change


def _cheapest_path(cost: FloatArray) -> IndexArray:
    """(rays,) step of each ray on the path of least cost, neighbours at most ``MAX_JUMP`` steps apart."""
    rays, steps = cost.shape
    bend = BEND_WEIGHT * np.arange(-MAX_JUMP, MAX_JUMP + 1, dtype=np.float64)[:, None] ** 2
    padded = np.full(steps + 2 * MAX_JUMP, np.inf)
    least = padded[MAX_JUMP:-MAX_JUMP]  # cost of the best path to each step of the ray so far
    reachable = np.lib.stride_tricks.sliding_window_view(padded, steps)
    options = np.empty((2 * MAX_JUMP + 1, steps))
    jump = np.zeros((rays, steps), dtype=np.intp)
    least[:] = cost[0]
    for ray in range(1, rays):
        np.add(reachable, bend, out=options)
        options.argmin(axis=0, out=jump[ray])
        least[:] = options.min(axis=0) + cost[ray]
    path = np.empty(rays, dtype=np.intp)
    path[-1] = least.argmin()
    for ray in range(rays - 1, 0, -1):
        path[ray - 1] = path[ray] + jump[ray, path[ray]] - MAX_JUMP
    return path


def _between_steps(change: FloatArray, path: IndexArray) -> FloatArray:
    """(rays,) the path, moved to the middle of the change around it; half a step inside, between two samples."""
    around = np.clip(path[:, None] + np.arange(-2, 3), 0, change.shape[1] - 1)
    weight = np.maximum(change[np.arange(len(path))[:, None], around] - SUPPORTING_CHANGE / 2.0, 0.0)
    total = weight.sum(axis=1)
    centre: FloatArray = (weight * around).sum(axis=1) / np.where(total > 0, total, 1.0)
    return np.where(total > 0, centre, path) - 0.5
