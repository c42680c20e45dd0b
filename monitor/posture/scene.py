"""What the room looks like, so coarse that nothing can be recognised in it: has the camera been moved?

The picture is cut into 16 x 12 cells. Kept is only whether each cell is lighter or darker than its neighbours, and
nothing where the person is: about 350 signs, the same in bright and in dim light.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from typing import Final

import numpy as np

from models.pose import FloatArray, ImageArray, MaskArray

COLUMNS: Final = 16
ROWS: Final = 12
SIGNS: Final = ROWS * (COLUMNS - 1) + (ROWS - 1) * COLUMNS
MIN_COMMON: Final = 40
"""Signs that two signatures must both know before they can be compared."""
_STEP: Final = 0.04
"""A cell is lighter than its neighbour from this share of the picture's mean brightness on."""
_SAMPLES: Final = 8
_BODY: Final = 0.2


def scene_signature(image_bgr: ImageArray, mask: MaskArray | None) -> str:
    """The signature of a picture: `SIGNS` characters, "+" lighter, "-" darker, "0" alike, "." not known.

    Args:
        image_bgr: (height, width, 3) uint8 picture.
        mask: (height, width) soft person mask; None when nobody is there. Cells that touch the person are not known.
    """
    height, width = image_bgr.shape[:2]
    rows = np.linspace(0, height - 1, ROWS * _SAMPLES).astype(int)
    columns = np.linspace(0, width - 1, COLUMNS * _SAMPLES).astype(int)
    grey = image_bgr[np.ix_(rows, columns)].mean(axis=2)
    cells = _cells(grey) / max(float(grey.mean()), 1.0)
    if mask is not None:
        body = _cells((mask[np.ix_(rows, columns)] > _BODY).astype(np.float64)) > 0.0
        cells[_grown(body)] = math.nan
    across = np.diff(cells, axis=1).ravel()
    down = np.diff(cells, axis=0).ravel()
    steps = np.concatenate([across, down])
    return "".join("." if math.isnan(s) else "+" if s > _STEP else "-" if s < -_STEP else "0" for s in steps.tolist())


def agreement(one: str, other: str) -> float:
    """How alike two scenes are: 1 the same, about 0.3 two rooms; NaN when too little is known of both."""
    value = {"+": 1.0, "-": -1.0, "0": 0.0, ".": math.nan}
    if len(one) != len(other):
        return math.nan
    a = np.array([value[c] for c in one])
    b = np.array([value[c] for c in other])
    telling = np.isfinite(a) & np.isfinite(b) & ((a != 0.0) | (b != 0.0))
    if int(telling.sum()) < MIN_COMMON:
        return math.nan
    return float(1.0 - np.abs(a - b)[telling].mean() / 2.0)


def merged(signatures: Iterable[str]) -> str:
    """One signature of many of the same scene: what most of those say that know a sign; empty of none."""
    columns = zip(*(s for s in signatures if len(s) == SIGNS), strict=True)
    known = (Counter(c for c in column if c != ".").most_common(1) for column in columns)
    return "".join(most[0][0] if most else "." for most in known)


def _cells(values: FloatArray) -> FloatArray:
    means: FloatArray = values.reshape(ROWS, _SAMPLES, COLUMNS, _SAMPLES).mean(axis=(1, 3))
    return means


def _grown(body: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    grown = body.copy()
    grown[1:] |= body[:-1]
    grown[:-1] |= body[1:]
    grown[:, 1:] |= body[:, :-1]
    grown[:, :-1] |= body[:, 1:]
    return grown
