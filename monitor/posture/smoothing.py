"""Median over the last seconds: takes out the jitter of single frames without inventing values."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np

from models.measures import Measures
from models.pose import FloatArray


@dataclass(frozen=True)
class MedianWindow:
    """The frames of the last seconds: their times and their rows of measures, oldest first."""

    times_s: tuple[float, ...] = ()
    rows: tuple[FloatArray, ...] = ()


def smooth(window: MedianWindow, t_s: float, measures: Measures, span_s: float) -> tuple[MedianWindow, Measures]:
    """Add a frame and take the median of each measure over the last ``span_s`` seconds.

    A measure that is NaN in the newest frame stays NaN: a value that was not seen now is not made up from
    before. NaNs of earlier frames are left out of the median; where they are the most, the newest value is a guess at
    something hidden, and it is NaN, too.
    """
    row = measures.as_array()
    first = next((i for i, t in enumerate(window.times_s) if t > t_s - span_s), len(window.times_s))
    kept = MedianWindow((*window.times_s[first:], t_s), (*window.rows[first:], row))
    if len(kept.rows) == 1:
        return kept, measures
    stacked = np.stack(kept.rows)
    unseen = np.isnan(stacked)
    if unseen.any():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            middle = np.nanmedian(stacked, axis=0)
    else:
        middle = np.median(stacked, axis=0)
    return kept, Measures.from_array(np.where(unseen[-1] | (2 * unseen.sum(axis=0) > len(stacked)), np.nan, middle))
