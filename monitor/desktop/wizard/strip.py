"""The single moments of both poses on one line from neutral to slump, with the limits between them."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from calibration.thresholds import Thresholds
from models.tilt import Basis
from monitor.desktop.look import accent, ink, soft
from monitor.desktop.wizard.both_poses import pen_colour

RANGE_PCT: Final = (-30.0, 140.0)
_ROW: Final = 30.0


def share_tipped(moments_pct: tuple[float, ...], enter_pct: float) -> float:
    """Share of the moments that reach ``enter_pct``, 0 to 1; NaN where there are none."""
    return sum(pct >= enter_pct for pct in moments_pct) / len(moments_pct) if moments_pct else math.nan


class Strip(QWidget):
    """Dots of the neutral sit in the upper row, of the slump in the lower; the limits as upright lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())
        self._enter_pct, self._leave_pct = 50.0, 30.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Moments of both poses, from neutral to slump, with the limits"))

    @property
    def enter_pct(self) -> float:
        """Where the line of tipped stands."""
        return self._enter_pct

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(520, round(2 * _ROW + 3.6 * self.fontMetrics().height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.minimumSizeHint`."""
        return QSize(320, self.sizeHint().height())

    def show_moments(self, neutral_pct: tuple[float, ...], slump_pct: tuple[float, ...]) -> None:
        """Draw these moments, in % of the slump."""
        self._rows = (neutral_pct, slump_pct)
        self.update()

    def show_limits(self, limits: Thresholds, basis: Basis) -> None:
        """Draw the limits that hold."""
        self._enter_pct, self._leave_pct = limits.enter(basis), limits.leave_pct
        self.setAccessibleDescription(
            self.tr("Tipped from {enter:.0f} %, no longer at {leave:.0f} %").format(
                enter=self._enter_pct, leave=self._leave_pct
            )
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = float(self.fontMetrics().height())
        label_width = max(self.fontMetrics().horizontalAdvance(t) for t in self._names()) + 16.0
        band = QRectF(label_width, 1.5 * line, self.width() - label_width - 2.0, 2 * _ROW)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft())
        painter.drawRoundedRect(band, 6, 6)
        tipped = QColor(pen_colour(1))
        tipped.setAlphaF(0.16)
        painter.setBrush(tipped)
        painter.drawRoundedRect(QRectF(QPointF(self._x(self._enter_pct, band), band.top()), band.bottomRight()), 6, 6)
        for i, moments in enumerate(self._rows):
            self._draw_row(painter, band, i, moments)
        self._draw_limits(painter, band, line)
        self._draw_scale(painter, band, line)
        painter.end()

    def _names(self) -> tuple[str, str]:
        return (self.tr("Neutral sit"), self.tr("Slump"))

    def _draw_row(self, painter: QPainter, band: QRectF, i: int, moments: tuple[float, ...]) -> None:
        y = band.top() + (i + 0.5) * _ROW
        painter.setPen(ink())
        label = QRectF(0, y - _ROW / 2, band.left() - 10, _ROW)
        painter.drawText(label, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._names()[i])
        colour = QColor(pen_colour(i))
        colour.setAlphaF(0.75)
        for n, pct in enumerate(moments):
            at = QPointF(self._x(pct, band), y + 7.0 * math.sin(2.4 * n))
            if i:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour)
                painter.drawPolygon(QPolygonF([at + QPointF(*d) for d in ((-3.6, 0), (0, -3.6), (3.6, 0), (0, 3.6))]))
            else:
                painter.setPen(QPen(colour, 1.6))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(at, 3.0, 3.0)

    def _draw_limits(self, painter: QPainter, band: QRectF, line: float) -> None:
        x = self._x(self._enter_pct, band)
        painter.setPen(QPen(accent(), 3.0))
        painter.drawLine(QPointF(x, band.top() - 3), QPointF(x, band.bottom() + 3))
        leave_x = self._x(self._leave_pct, band)
        painter.setPen(QPen(ink(strength=0.6), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(leave_x, band.top()), QPointF(leave_x, band.bottom()))
        enter = self.tr("tipped from {pct:.0f} %").format(pct=self._enter_pct)
        leave = self.tr("ends at {pct:.0f} %").format(pct=self._leave_pct)
        painter.setPen(ink())
        painter.drawText(QPointF(x + 6, band.top() - 0.4 * line), enter)
        width = painter.fontMetrics().horizontalAdvance(leave)
        painter.drawText(QPointF(min(leave_x, x) - width - 6, band.top() - 0.4 * line), leave)

    def _draw_scale(self, painter: QPainter, band: QRectF, line: float) -> None:
        marks = ((0.0, self.tr("your neutral sit (0 %)")), (100.0, self.tr("your slump (100 %)")))
        for pct, words in marks:
            x = self._x(pct, band)
            painter.setPen(QPen(ink(strength=0.6), 1.5))
            painter.drawLine(QPointF(x, band.bottom()), QPointF(x, band.bottom() + 6))
            painter.setPen(ink())
            width = painter.fontMetrics().horizontalAdvance(words)
            left = min(max(x - width / 2, 0.0), self.width() - width)
            painter.drawText(QPointF(left, band.bottom() + 6 + 1.1 * line), words)

    def _x(self, pct: float, band: QRectF) -> float:
        low, high = RANGE_PCT
        share = (min(max(pct, low), high) - low) / (high - low)
        return band.left() + 8 + share * (band.width() - 16)
