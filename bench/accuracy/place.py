"""Where somebody sits: a seat and the desk before it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

LegStyle = Literal["flat", "saddle", "kneel"]


@dataclass(frozen=True)
class Place:
    """Where somebody sits.

    Attributes:
        style: what the legs do there.
        slope_deg: slope of the seat, front down positive.
        seat_m: height of the seat over the floor at x = 0; found for each sitter.
        desk_m: height of the desk top.
        desk_edge_m: x of the desk's edge.
    """

    style: LegStyle
    slope_deg: float
    seat_m: float
    desk_m: float
    desk_edge_m: float

    @property
    def fall(self) -> float:
        """How much lower the seat is per metre forward."""
        return math.tan(math.radians(self.slope_deg))

    def seat_at(self, x_m: float) -> float:
        """Height of the seat at ``x_m``, in metres."""
        return self.seat_m - x_m * self.fall
