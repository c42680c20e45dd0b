"""What is coloured like the garment: colours near the trunk's axis against those well behind the person.

One frame tells enough: what lies beside the axis is the person, what the mask leaves out is not. A chair that the mask
swallowed has a colour that neither near the axis nor in the garment's pattern occurs.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from models.pose import BoolArray, FloatArray

Counts = npt.NDArray[np.float32]

BINS: Final = 24
"""Cells of the colour histogram along blue, green and red each."""
GARMENT_SHARE: Final = 0.25
"""The first so much of each ray is the person's (0.15 trunk lengths),"""
INSIDE_SHARE: Final = 0.6
"""but no more than so much of the way to the mask's border."""
BEHIND_STEPS: Final = 3.0
"""What is so far beyond the mask's border, and below BEHIND_LEVEL in the mask, is behind the person."""
BEHIND_LEVEL: Final = 0.1
_USUAL: Final = 20.0 / BINS**3
"""Share of a colour in something with some twenty colours."""
_FLOOR: Final = 0.05
_MOST_LIKE: Final = 3.0
_MOST_RATHER: Final = 4.0


def garment_likeness(colours: FloatArray, mask: FloatArray, border: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How much each place is coloured like the garment, and like the garment rather than what is behind.

    Args:
        colours: (rays, steps, 3) picture along the rays, 0 to 255, from the trunk axis backwards.
        mask: (rays, steps) soft mask at the same places; NaN outside the picture.
        border: (rays,) where the mask falls below one half, in steps; NaN where it does not.

    Returns:
        Two (rays, steps) logarithms of likelihood ratios, limited and scaled to -1..1.
    """
    steps = np.arange(mask.shape[1])
    end = np.where(np.isfinite(border), border, len(steps))[:, None]
    person = (steps < np.minimum(INSIDE_SHARE * end, GARMENT_SHARE * (len(steps) - 1))) & (mask > 0.5)
    behind = (steps > end + BEHIND_STEPS) & (mask < BEHIND_LEVEL)
    cells = (colours * (BINS / 256.0)).astype(np.intp)
    index = (cells[..., 0] * BINS + cells[..., 1]) * BINS + cells[..., 2]
    garment, room = _log_shares(index, person, behind)
    like = np.clip(garment, -_MOST_LIKE, _MOST_LIKE)[index] / _MOST_LIKE
    rather = np.clip(garment - room, -_MOST_RATHER, _MOST_RATHER)[index] / _MOST_RATHER
    return like, rather


def _log_shares(index: np.ndarray, *chosen: BoolArray) -> FloatArray:
    """(choices, BINS**3) logarithm of the share of each colour in each choice, against a usual one."""
    counts = np.stack([np.bincount(index[c], minlength=BINS**3) for c in chosen]).astype(np.float32)
    total = np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    blurred = _blurred(counts.reshape(len(chosen), BINS, BINS, BINS)).reshape(len(chosen), -1)
    shares: FloatArray = np.log(blurred / (total * _USUAL) + _FLOOR)
    return shares


def _blurred(counts: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Along each colour a quarter of each cell goes to either neighbour; at the ends it stays."""
    for step in (1, BINS, BINS**2):  # cells along the last, the middle, the first colour
        there = counts.reshape(-1, BINS, step)
        quarter = 0.25 * there
        out = quarter + quarter
        out[:, 1:] += quarter[:, :-1]
        out[:, :-1] += quarter[:, 1:]
        out[:, 0] += quarter[:, 0]
        out[:, -1] += quarter[:, -1]
        counts = out
    return counts
