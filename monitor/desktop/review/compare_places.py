"""Where things are in the picture of two groups of days."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from monitor.tiltlog.compare import SEAM, Comparison, Side, SideDay

LEFT_PX, RIGHT_PX, TOP_PX, GAP_PX = 50.0, 48.0, 28.0, 24.0
"""Room for the shares, for the differences, for the title, and between the columns."""
_STEPS_PCT: Final = (1, 2, 5, 10, 20, 25, 50)
_MOST_TICKS: Final = 5
_LEAST_HIGH_PCT: Final = 4.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Shares from bottom to top, percent, with a line at every step."""

    low_pct: int
    high_pct: int
    step_pct: int

    @classmethod
    def of(cls, found: Comparison) -> Scale:
        """A scale with room for every day and for the range of the difference."""
        shares = [day.tipped_pct for side in (found.a, found.b) for day in side.days]
        ends = [found.tipped.a + end for end in (found.tipped.low, found.tipped.high) if math.isfinite(end)]
        low, high = min([0.0, *ends]), max([_LEAST_HIGH_PCT, *shares, *ends])
        step = next((each for each in _STEPS_PCT if (high - low) / each <= _MOST_TICKS), _STEPS_PCT[-1])
        return cls(step * math.floor(low / step + SEAM), step * math.ceil(high / step - SEAM), step)

    @property
    def shares_pct(self) -> range:
        """The shares that are written: never below nothing."""
        return range(0, self.high_pct + 1, self.step_pct)

    def differences(self, zero_pct: float) -> range:
        """The differences from a share, in points, that are written."""
        first = math.ceil((self.low_pct - zero_pct) / self.step_pct)
        last = math.floor((self.high_pct - zero_pct) / self.step_pct)
        return range(self.step_pct * first, self.step_pct * last + 1, self.step_pct)


@dataclass(frozen=True, slots=True)
class Dot:
    """A day of a side."""

    at: QPointF
    side: Side
    day: SideDay
    is_first: bool


@dataclass(frozen=True, slots=True)
class Places:
    """The columns of both sides and of the difference (empty without a range), and every day in them."""

    scale: Scale
    first: QRectF
    second: QRectF
    difference: QRectF
    dots: tuple[Dot, ...]

    @classmethod
    def of(cls, found: Comparison, width_px: float, height_px: float, line_px: float) -> Places:
        """Lay out a picture of this size, with letters of this height."""
        area = QRectF(LEFT_PX, TOP_PX, width_px - LEFT_PX - 8, height_px - TOP_PX - 2.3 * line_px - 8)
        has_range = found.tipped.has_interval
        last = max(0.2 * area.width(), 56.0) + RIGHT_PX if has_range else 0.0
        width = (area.width() - last - GAP_PX * (2 if has_range else 1)) / 2
        first = QRectF(area.left(), area.top(), width, area.height())
        second = first.translated(width + GAP_PX, 0)
        left = second.right() + GAP_PX
        third = QRectF(left, area.top(), last - RIGHT_PX, area.height()) if has_range else QRectF()
        scale = Scale.of(found)
        dots = (*_dots(found.a, first, scale, is_first=True), *_dots(found.b, second, scale, is_first=False))
        return cls(scale, first, second, third, dots)

    @property
    def radius_px(self) -> float:
        """How large a day is drawn."""
        days = max(sum(dot.is_first for dot in self.dots), sum(not dot.is_first for dot in self.dots), 1)
        return min(4.5, max(2.0, 0.4 * self.first.width() / days))

    def y(self, share_pct: float) -> float:
        """The height of a share."""
        return _y(self.first, self.scale, share_pct)

    def nearest(self, at: QPointF, within_px: float) -> int | None:
        """Which day is nearest to a spot; None when none is near."""
        apart = [math.hypot(dot.at.x() - at.x(), dot.at.y() - at.y()) for dot in self.dots]
        best = min(range(len(apart)), key=apart.__getitem__, default=None)
        return best if best is not None and apart[best] <= within_px else None


def _dots(side: Side, column: QRectF, scale: Scale, *, is_first: bool) -> list[Dot]:
    """The days of a side from left to right, as they came."""
    per_day = column.width() / max(len(side.days), 1)
    return [
        Dot(QPointF(column.left() + per_day * (nth + 0.5), _y(column, scale, day.tipped_pct)), side, day, is_first)
        for nth, day in enumerate(side.days)
    ]


def _y(column: QRectF, scale: Scale, share_pct: float) -> float:
    return column.bottom() - column.height() * (share_pct - scale.low_pct) / (scale.high_pct - scale.low_pct)
