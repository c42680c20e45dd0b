"""Figures that say how far estimates are from the truth. Pure: arrays in, numbers out.

Angles in degrees, tip-back positive. NaN in an estimate or in the truth leaves that frame out; a figure of no frames is
NaN.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from models.pose import BoolArray, FloatArray

TIPPED_FROM_DEG: Final = 10.0
NEAR_DEG: Final = 4.0
"""A frame that is truly tipped, and one that is truly near neutral; what lies between is neither."""


def rms(error: FloatArray) -> float:
    """Root of the mean square of the errors that are known."""
    known = error[np.isfinite(error)]
    return float(np.sqrt((known**2).mean())) if len(known) else math.nan


def bias(error: FloatArray) -> float:
    """Mean of the errors that are known."""
    known = error[np.isfinite(error)]
    return float(known.mean()) if len(known) else math.nan


def correlation(estimate: FloatArray, true: FloatArray) -> float:
    """Pearson's r; NaN with fewer than three frames or where one of the two never changes."""
    known = np.isfinite(estimate) & np.isfinite(true)
    if known.sum() < 3 or not estimate[known].std() or not true[known].std():
        return math.nan
    return float(np.corrcoef(estimate[known], true[known])[0, 1])


def auc(estimate: FloatArray, true_deg: FloatArray) -> float:
    """Chance that a frame truly tipped by 10 degrees or more reads higher than one within 4; ties count half."""
    known = np.isfinite(estimate)
    tipped, near = estimate[known & (true_deg >= TIPPED_FROM_DEG)], estimate[known & (true_deg <= NEAR_DEG)]
    if not len(tipped) or not len(near):
        return math.nan
    order = np.sort(near)
    below, upto = np.searchsorted(order, tipped, "left"), np.searchsorted(order, tipped, "right")
    return float((below + upto).mean() / (2 * len(near)))


def coverage_pct(true: FloatArray, low: FloatArray, high: FloatArray) -> float:
    """How often the interval holds the truth, % of the frames that have both."""
    known = np.isfinite(true) & np.isfinite(low) & np.isfinite(high)
    return share_pct((true >= low) & (true <= high), known)


def share_pct(hits: BoolArray, among: BoolArray) -> float:
    """Frames that are hits, % of those that count; NaN when none does."""
    return 100.0 * float(hits[among].mean()) if among.any() else math.nan


def settled(t_s: FloatArray, true_deg: FloatArray, span_s: float = 8.0, within_deg: float = 3.0) -> BoolArray:
    """Frames in which the truth has stayed within a few degrees for the last seconds, all of them seen.

    The median of the measures and the state *tipped* need up to eight seconds to follow, on purpose.

    Args:
        t_s: (n,) times, growing.
        true_deg: (n,) true tilt; NaN where nobody sits.
        span_s, within_deg: for how long, and how still.
    """
    still = np.zeros(len(t_s), dtype=np.bool_)
    for i, now_s in enumerate(t_s):
        first = int(np.searchsorted(t_s, now_s - span_s))
        window = true_deg[first : i + 1]
        old_enough = now_s - span_s >= t_s[0]
        still[i] = old_enough and bool(np.isfinite(window).all()) and float(np.ptp(window)) <= within_deg
    return still


def latencies_s(
    t_s: FloatArray, true_deg: FloatArray, told: BoolArray, tip_deg: float = 15.0, hold_s: float = 20.0
) -> list[float]:
    """Seconds from each tip to when it was told; 0 when it was told before, inf when never while it lasted.

    A tip begins when the truth reaches ``tip_deg`` for the first time since it was at or below 4 degrees, and
    lasts until it is there again. Those that last less than ``hold_s`` do not count.

    Args:
        t_s: (n,) times, growing.
        true_deg: (n,) true tilt; a tip ends where it is NaN.
        told: (n,) whether the state was *tipped*.
        tip_deg, hold_s: what is a tip.
    """
    found: list[float] = []
    begin: int | None = None
    ready = False
    for i, tilt in enumerate([*true_deg, math.nan]):
        over = not tilt > NEAR_DEG
        if begin is not None and over:
            if t_s[min(i, len(t_s) - 1)] - t_s[begin] >= hold_s:
                at = np.flatnonzero(told[begin:i])
                found.append(float(t_s[begin + at[0]] - t_s[begin]) if len(at) else math.inf)
            begin = None
        if over:
            ready = True
        elif ready and begin is None and tilt >= tip_deg:
            begin, ready = i, False
    return found


def per_hours(count: int, seen_s: float, hours: float = 8.0) -> float:
    """How many there would be in so many hours; NaN when nothing was seen."""
    return count * hours * 3600.0 / seen_s if seen_s > 0 else math.nan


def best_factor(measure: FloatArray, true: FloatArray) -> float:
    """The factor on a measure that brings it nearest to the truth, by least squares through zero."""
    known = np.isfinite(measure) & np.isfinite(true)
    square = float((measure[known] ** 2).sum())
    return float((measure[known] * true[known]).sum()) / square if square else math.nan
