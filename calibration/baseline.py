"""Robust centre and spread of the measures of one calibration pose."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import numpy as np

from models.measures import Measures
from models.pose import FloatArray

_MAD_TO_SD = 1.4826


def as_rows(samples: Sequence[Measures]) -> FloatArray:
    """(n, m) array of the samples, one row each, columns in the order of `models.measures.MEASURE_NAMES`."""
    width = len(Measures().as_array())
    return np.array([s.as_array() for s in samples]).reshape(-1, width)


def centre(samples: Sequence[Measures]) -> Measures:
    """Median of each measure over the samples in which it was seen; NaN where it never was."""
    return Measures.from_array(_quiet(np.nanmedian, as_rows(samples)))


def spread(samples: Sequence[Measures]) -> Measures:
    """Robust standard deviation (1.4826 times the median absolute deviation) of each measure; NaN as in `centre`."""
    rows = as_rows(samples)
    if not len(rows):
        return Measures()
    deviation = np.abs(rows - _quiet(np.nanmedian, rows))
    return Measures.from_array(_MAD_TO_SD * _quiet(np.nanmedian, deviation))


def robust_sd(values: FloatArray) -> float:
    """Standard deviation of (n,) values from the median absolute deviation: a few wild frames do not count."""
    return _MAD_TO_SD * float(np.median(np.abs(values - np.median(values))))


def centre_of_repeats(repeats: Sequence[Sequence[Measures]]) -> Measures:
    """Median over the centres of the repeats, so that a long repeat does not outweigh a short one."""
    return centre([centre(r) for r in repeats if r]) if len(repeats) > 2 else centre([s for r in repeats for s in r])


def _quiet(statistic: object, rows: FloatArray) -> FloatArray:
    if not len(rows):
        return Measures().as_array()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a measure that was never seen is NaN, and that is meant
        result: FloatArray = statistic(rows, axis=0)  # type: ignore[operator]
    return result
