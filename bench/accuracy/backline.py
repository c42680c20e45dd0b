"""The back of a trunk as a height field: how far back it reaches at a height and a distance from the middle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bench.accuracy.bake import FloatArray, IntArray
from bench.accuracy.compiled import compiled

_Y_STEP_M: Final = 0.03
_Z_STEP_M: Final = 0.0125
_COLUMNS: Final = 16
_ROWS: Final = 96


@dataclass(frozen=True, eq=False)
class Backline:
    """In the frame of the sitter's facing.

    Attributes:
        x_m: (rows, columns) rearmost x in each cell; +inf where there is no back. Row 0 is lowest.
        low_m: height of the lower edge of row 0.
    """

    x_m: FloatArray
    low_m: float

    def at(self, y_m: FloatArray, z_m: FloatArray, missing: float = np.inf) -> FloatArray:
        """(n,) rearmost x at places, bilinear; ``missing`` beside or above the back, the lowest value below it."""
        u = np.clip(y_m / _Y_STEP_M + _COLUMNS / 2 - 0.5, 0, _COLUMNS - 1.001)
        v = np.clip((z_m - self.low_m) / _Z_STEP_M - 0.5, 0, _ROWS - 1.001)
        i, j = v.astype(int), u.astype(int)
        a, b = v - i, u - j
        with np.errstate(invalid="ignore"):
            mean = (1 - a) * ((1 - b) * self.x_m[i, j] + b * self.x_m[i, j + 1])
            mean = mean + a * ((1 - b) * self.x_m[i + 1, j] + b * self.x_m[i + 1, j + 1])
        return np.asarray(np.where(np.isfinite(mean), mean, missing))

    def rearmost(self, half_width_m: float) -> tuple[FloatArray, FloatArray]:
        """(rows,) heights and the rearmost x within a distance from the middle."""
        keep = np.abs((np.arange(_COLUMNS) - _COLUMNS / 2 + 0.5) * _Y_STEP_M) <= half_width_m
        heights = self.low_m + (np.arange(_ROWS, dtype=np.float64) + 0.5) * _Z_STEP_M
        return np.asarray(heights), np.asarray(self.x_m[:, keep].min(axis=1))


def backline(points_m: FloatArray, trunk: IntArray) -> Backline:
    """The back of the vertices ``trunk`` of ``points_m``, (V, 3) in the frame of the sitter's facing."""
    low = float(points_m[trunk, 2].min())
    return Backline(_fill(_cells(points_m, trunk, low)), low)


@compiled
def _cells(points: Any, trunk: Any, low: float) -> npt.NDArray[np.float64]:
    out = np.full((96, 16), np.inf)
    for k in range(trunk.shape[0]):
        x, y, z = points[trunk[k], 0], points[trunk[k], 1], points[trunk[k], 2]
        column, row = int(np.floor(y / 0.03 + 8)), int((z - low) / 0.0125)
        if 0 <= column < 16 and 0 <= row < 96 and x < out[row, column]:
            out[row, column] = x
    return out


@compiled
def _fill(cells: Any) -> npt.NDArray[np.float64]:
    """Close gaps inside a column between filled cells."""
    out: npt.NDArray[np.float64] = cells.copy()
    for column in range(out.shape[1]):
        last = -1
        for row in range(out.shape[0]):
            if np.isinf(out[row, column]):
                continue
            if last >= 0 and row - last > 1:
                for k in range(last + 1, row):
                    share = (k - last) / (row - last)
                    out[k, column] = (1 - share) * out[last, column] + share * out[row, column]
            last = row
    return out


def slack(back: Backline, hung: Backline) -> Backline:
    """How far hanging cloth is behind the back, in the same cells, smoothed; 0 where there is no back."""
    with np.errstate(invalid="ignore"):
        gap = np.nan_to_num(back.x_m - hung.x_m, nan=0.0, posinf=0.0, neginf=0.0)
    for axis, turns in ((0, 5), (1, 2)):
        for _ in range(turns):
            gap = 0.5 * gap + 0.25 * (_next(gap, axis, 1) + _next(gap, axis, -1))
    return Backline(gap, back.low_m)


def _next(cells: FloatArray, axis: int, step: int) -> FloatArray:
    """Each cell's neighbour along an axis; the last cell is its own."""
    index = np.clip(np.arange(cells.shape[axis]) + step, 0, cells.shape[axis] - 1)
    return np.take(cells, index, axis=axis)


def hang(back: Backline, inward: float) -> Backline:
    """Where cloth lies that hangs from what stands out above, coming back inward by so much per metre down."""
    return Backline(_hang(back.x_m, inward * _Z_STEP_M), back.low_m)


@compiled
def _hang(cells: Any, step: float) -> npt.NDArray[np.float64]:
    out: npt.NDArray[np.float64] = cells.copy()
    for column in range(out.shape[1]):
        held = np.inf
        for row in range(out.shape[0] - 1, -1, -1):
            if np.isinf(out[row, column]):
                if np.isinf(held):
                    continue
                out[row, column] = held
            held = min(held + step, out[row, column])
            out[row, column] = held
    return out
