"""The exposure variation matrix: how far the hips were tipped against how long without a pause. Pure.

After Mathiassen & Winkel (1991), "Quantifying variation in physical load using exposure-vs-time data".
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import TypeAlias

from monitor.tiltlog.timeline import Held

ROW_EDGES_PCT = (0.0, 25.0, 50.0, 75.0)
"""Rows: tilt under 0, 0 to 25, 25 to 50, 50 to 75, and from 75 % of the person's own slump; a lower edge counts in."""

COLUMN_EDGES_S = (10.0, 30.0, 100.0, 300.0, 900.0)
"""Columns: uninterrupted for under 10, 10 to 30, 30 to 100, 100 to 300, 300 to 900, and from 900 s."""

EvaMatrix: TypeAlias = tuple[tuple[float, ...], ...]


def eva_matrix(runs: Sequence[Sequence[Held]], seated_observed_s: float) -> EvaMatrix | None:
    """Five rows of six cells, each a percentage of the observed seated time; None when no tilt is known.

    Time counts in the column of the whole uninterrupted stretch in one row that it belongs to. The cells add up to
    100 less the share of seated time for which the tilt is not known.
    """
    cells_s = [[0.0] * (len(COLUMN_EDGES_S) + 1) for _ in range(len(ROW_EDGES_PCT) + 1)]
    for run in runs:
        for row, group in groupby(run, key=_row):
            if row is not None:
                duration_s = math.fsum(held.duration_s for held in group)
                cells_s[row][bisect_right(COLUMN_EDGES_S, duration_s)] += duration_s
    if not any(map(any, cells_s)) or seated_observed_s <= 0:
        return None
    return tuple(tuple(100 * cell_s / seated_observed_s for cell_s in row_s) for row_s in cells_s)


def _row(held: Held) -> int | None:
    tilt_pct = held.sample.tilt_pct
    return None if math.isnan(tilt_pct) else bisect_right(ROW_EDGES_PCT, tilt_pct)
