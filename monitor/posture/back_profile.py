"""The back contour as a profile: its slope and its depth behind the hip in windows from the hip up.

Unlike the three hand-picked windows of `contour`, it covers the whole back and keeps what is missing apart.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from models.measures import N_WINDOWS
from models.pose import FloatArray
from monitor.posture.contour import RAY_RANGE, BackContour

_EDGES: Final = np.linspace(*RAY_RANGE, N_WINDOWS + 1)
WINDOW_HEIGHTS: Final = tuple(((_EDGES[:-1] + _EDGES[1:]) / 2.0).tolist())
"""(10,) middle of each window above the hip along the trunk, in trunk lengths."""
_OVERLAP: Final = 0.02
"""Windows reach so far into their neighbours, in trunk lengths."""


def back_profile(contour: BackContour, hip: FloatArray) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Slopes in degrees against the vertical, top forward positive, and depths behind the hip in pixels.

    Args:
        contour: points in the person frame.
        hip: (2,) near hip in the person frame.

    Returns:
        (10,) and (10,), lowest window first; NaN in both where fewer than half of a window's rays have an edge.
    """
    inside = (contour.fraction >= _EDGES[:-1, None] - _OVERLAP) & (contour.fraction <= _EDGES[1:, None] + _OVERLAP)
    found = inside & np.isfinite(contour.points[:, 0])
    count = found.sum(axis=1)
    enough = count >= np.maximum(3, inside.sum(axis=1) // 2)
    share = found / np.maximum(count, 1)[:, None]
    points = np.nan_to_num(contour.points)
    middle = share @ points
    across, along = points[:, 0] - middle[:, :1], points[:, 1] - middle[:, 1:]
    slopes = np.degrees(np.arctan2((share * across * along).sum(axis=1), (share * along**2).sum(axis=1)))
    depths = hip[0] - middle[:, 0]
    return tuple(np.where(enough, slopes, np.nan).tolist()), tuple(np.where(enough, depths, np.nan).tolist())
