"""Analysis by synthesis: a planar spine of pelvis, lumbar and thoracic part, bent until it explains what is seen.

The parts bend evenly. Seen are the changes of slope and depth of the back in ten windows, and of the trunk's
inclination and length; the hip as the pose model places it may be off, too.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from models.measures import N_WINDOWS
from models.pose import FloatArray

_HEIGHTS: Final = np.linspace(0.02, 0.80, N_WINDOWS + 1)[:-1] + 0.039
"""Middles of the windows above the hip, in trunk lengths; the shoulder is at 1."""
PELVIS_TOP: Final = 0.20
LUMBAR_TOP: Final = 0.55
_FINE: Final = np.linspace(0.0, 1.0, 101)
_PRIOR_SD: Final = np.array([10.0, 12.0, 10.0, 2.5, 2.5])
"""Pelvis, lumbar and thoracic bend in degrees; hip forward and up in % of the trunk."""
_NOISE: Final = np.concatenate([np.full(N_WINDOWS, 4.0), np.full(N_WINDOWS, 1.5), [1.5, 1.5]])
ROUNDS: Final = 4


def synthesize(bends: FloatArray) -> FloatArray:
    """(n, 5) bends -> (n, 22) changes of slopes, depths, inclination and shortening, from an upright straight back."""
    pelvis, lumbar, thoracic, ahead, up = (bends[:, i : i + 1] for i in range(5))
    in_lumbar = np.clip((_FINE - PELVIS_TOP) / (LUMBAR_TOP - PELVIS_TOP), 0, 1)
    in_thorax = np.clip((_FINE - LUMBAR_TOP) / (1 - LUMBAR_TOP), 0, 1)
    lean = np.radians(-pelvis + lumbar * in_lumbar + thoracic * in_thorax)
    step = _FINE[1] - _FINE[0]
    forward = 100 * step * (np.cumsum(np.sin(lean), axis=1) - np.sin(lean[:, :1]))
    high = 100 * step * (np.cumsum(np.cos(lean), axis=1) - np.cos(lean[:, :1]))
    at = np.rint(_HEIGHTS * 100).astype(int)
    depths = -forward[:, at] + ahead
    shoulder_x, shoulder_y = forward[:, -1:] - ahead, high[:, -1:] - up
    inclination = np.degrees(np.arctan2(shoulder_x, shoulder_y))
    shortening = 100 - np.hypot(shoulder_x, shoulder_y)
    return np.hstack([np.degrees(lean[:, at]), depths, inclination, shortening])


def fit_spine(posture: FloatArray, back: FloatArray) -> FloatArray:
    """(n,) pelvic tilt in degrees that explains best what is seen, tip-back positive; NaN where the back is not known.

    Args:
        posture: (n, 17) `models.changes.posture_changes`.
        back: (n, 10, 2) `models.changes.back_changes`.
    """
    seen = np.hstack([back[:, :, 0], back[:, :, 1], posture[:, 1:2], posture[:, 0:1]])
    found = np.zeros((len(seen), len(_PRIOR_SD)))
    for _ in range(ROUNDS):
        made = synthesize(found)
        slopes = np.stack(
            [(synthesize(found + 0.1 * np.eye(len(_PRIOR_SD))[i]) - made) / 0.1 for i in range(len(_PRIOR_SD))], axis=2
        )
        weighted = slopes / _NOISE[:, None]
        normal = np.einsum("nki,nkj->nij", weighted, weighted) + np.diag(1 / _PRIOR_SD**2)
        pull = np.einsum("nki,nk->ni", weighted, (seen - made) / _NOISE) - found / _PRIOR_SD**2
        found = found + np.linalg.solve(normal, np.nan_to_num(pull)[:, :, None])[:, :, 0]
    return np.where(np.isfinite(seen).all(axis=1), found[:, 0], np.nan)
