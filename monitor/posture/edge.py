"""Where the back really ends: the mask's border, drawn to the edge that the full picture shows.

The mask is a 256-pixel guess and now and then swallows what is close behind the back: the gap to a chair, a poster.
The picture still has an edge at the back there. Over all rays together the path is sought that is smooth, lies where
the picture changes, and stays near the mask's border (dynamic programming from the lowest ray to the highest).
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from models.pose import BoolArray, FloatArray, ImageArray

IndexArray = npt.NDArray[np.intp]

HALF_WINDOW: Final = 3
"""The change of the picture at a step is the mean of the next three steps less the mean of the last three."""
FULL_CHANGE: Final = 80.0
"""A change of so many grey levels (length over blue, green, red) is as good an edge as any."""
SUPPORTING_CHANGE: Final = 12.0
"""A change below this is no edge."""
NEAR_STEPS: Final = 6.0
NEAR_WEIGHT: Final = 0.3
"""Leaving the mask's border costs so much within a few steps,"""
FAR_WEIGHT: Final = 0.5
"""and so much more for every FAR_SHARE of the ray."""
FAR_SHARE: Final = 0.5
OUTSIDE_WEIGHT: Final = 1.5
"""Where the mask is below 0.3 nobody is."""
OUTSIDE_LEVEL: Final = 0.3
BEND_WEIGHT: Final = 0.4
"""Cost of going one step further out or in from one ray to the next; it grows with the square."""
MAX_JUMP: Final = 3


def draw_to_picture(colours: ImageArray, mask: FloatArray, border: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Distance of the back edge on each ray, in steps along the ray, and whether the picture shows it.

    Args:
        colours: (rays, steps, 3) picture along the rays, lowest ray first, from the trunk axis backwards.
        mask: (rays, steps) soft mask at the same places; NaN outside the picture.
        border: (rays,) where the mask falls below one half, in steps; NaN where it does not.

    Returns:
        (rays,) sub-step distances, NaN where neither mask nor picture has an edge; (rays,) whether the picture has one.
    """
    change = _change(colours)
    steps = np.arange(mask.shape[1])
    known = np.isfinite(border)
    away = np.where(known[:, None], np.abs(steps - np.where(known, border, 0.0)[:, None]), 0.0)
    cost = 1.0 - np.minimum(change / FULL_CHANGE, 1.0)
    cost += NEAR_WEIGHT * np.minimum(away / NEAR_STEPS, 1.0)
    cost += FAR_WEIGHT * np.minimum(away / (FAR_SHARE * len(steps)), 1.5)
    cost += OUTSIDE_WEIGHT * ~(mask >= OUTSIDE_LEVEL)
    path = _cheapest_path(cost)
    rows = np.arange(len(path))
    supported: BoolArray = change[rows, path] >= SUPPORTING_CHANGE
    return np.where(supported, _between_steps(change, path), border), supported


def _change(colours: ImageArray) -> FloatArray:
    """(rays, steps) how much the picture changes at each step, over three neighbouring rays; 0 near the ends."""
    smooth: FloatArray = colours.astype(np.float64)
    smooth[1:-1] = (smooth[:-2] + smooth[1:-1] + smooth[2:]) / 3.0
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
