"""Which rays of a contour are trusted to show the back.

A back is smooth: from the hip up it keeps within a hundredth or two of the trunk's length of a curve of the fourth
degree. A chair, an armrest or a table's corner before it, an arm or hair behind it makes a step. Where mask and picture
leave the edge open, as with a top in the colour of what is behind, the edge's own certainty tells (`edge`).
Limits from rays off by more than 4 px on 70 rendered sittings of the fit split: the two tests notice 41 % of those (on
held-out sittings 27 %) and take 2 % of the rays within 2 px along. A step over more than a quarter of the back, or at
its end, bends the curve and passes.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

import numpy as np

from models.pose import FloatArray
from monitor.posture.edge import IndexArray

MIN_CERTAINTY: Final = 0.5
MAX_OFF_PCT: Final = 1.5
"""How far a ray's edge may lie from the curve, in % of the trunk length."""
CURVE_DEGREE: Final = 4
USUAL_OFF_PCT: Final = 1.5
"""Edges so far from the curve count half in it."""
_ROUNDS: Final = 5
_MIN_RAYS: Final = 12


class Verdict(IntEnum):
    """What became of a ray."""

    TRUSTED = 0
    NO_EDGE = 1
    """It starts outside the person, or leaves the picture, or has no end within reach."""
    ARM = 2
    """It meets the forearm, which the pose model sees."""
    UNSURE = 3
    """The picture leaves open where the edge is."""
    STEP = 4
    """The edge steps out of the line of the back: chair, armrest, table, arm or hair."""


def judge_rays(distance_pct: FloatArray, certainty: FloatArray | None) -> IndexArray:
    """(rays,) `Verdict` on each ray, from the edges alone.

    Args:
        distance_pct: (rays,) of the edge from the trunk axis, % of the trunk length, lowest ray first; NaN is no edge.
        certainty: (rays,) how likely each edge is right, 0 to 1; None without a picture, then every edge is trusted.
    """
    verdict = np.where(np.isfinite(distance_pct), Verdict.TRUSTED, Verdict.NO_EDGE).astype(np.intp)
    if certainty is None:
        return verdict
    verdict[_off_curve_pct(distance_pct, certainty) > MAX_OFF_PCT] = Verdict.STEP
    verdict[np.isfinite(distance_pct) & (certainty < MIN_CERTAINTY)] = Verdict.UNSURE
    return verdict


def _off_curve_pct(distance_pct: FloatArray, certainty: FloatArray) -> FloatArray:
    """(rays,) distance from the curve through the edges; steps count less in it the further off they are."""
    found = np.isfinite(distance_pct)
    if found.sum() < _MIN_RAYS:
        return np.where(found, 0.0, np.nan)
    powers = np.polynomial.legendre.legvander(np.linspace(-1.0, 1.0, len(distance_pct)), CURVE_DEGREE)[found]
    edge, sure = distance_pct[found], certainty[found] ** 2 + 1e-6
    weight = sure
    for _ in range(_ROUNDS):
        normal = (powers.T * weight) @ powers + 1e-6 * np.eye(CURVE_DEGREE + 1)
        off = edge - powers @ np.linalg.solve(normal, (powers.T * weight) @ edge)
        weight = sure / (1.0 + (off / USUAL_OFF_PCT) ** 2)
    out = np.full(len(distance_pct), np.nan)
    out[found] = np.abs(off)
    return out
