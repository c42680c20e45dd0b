"""The exposure variation matrix: how far the hips were tipped against how long without a pause. Pure.

After Mathiassen & Winkel (1991), "Quantifying variation in physical load using exposure-vs-time data".
"""

from __future__ import annotations

from typing import TypeAlias

ROW_EDGES_PCT = (0.0, 25.0, 50.0, 75.0)
"""Rows: tilt under 0, 0 to 25, 25 to 50, 50 to 75, and from 75 % of the person's own slump; a lower edge counts in."""

COLUMN_EDGES_S = (10.0, 30.0, 100.0, 300.0, 900.0)
"""Columns: uninterrupted for under 10, 10 to 30, 30 to 100, 100 to 300, 300 to 900, and from 900 s."""

EvaMatrix: TypeAlias = tuple[tuple[float, ...], ...]
