"""The signs of the two sides: a round grey one and a square one in the accent colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from monitor.desktop.look import accent, ink


def mark_colour(*, is_first: bool, strength: float = 1.0) -> QColor:
    """The colour of a side, thinned to ``strength`` (0 to 1)."""
    colour = ink(strength=0.65) if is_first else accent()
    colour.setAlphaF(colour.alphaF() * strength)
    return colour


def draw_mark(painter: QPainter, at: QPointF, radius_px: float, *, is_first: bool) -> None:
    """Draw the sign of a side with the painter's own pen and brush."""
    box = QRectF(at.x() - radius_px, at.y() - radius_px, 2 * radius_px, 2 * radius_px)
    if is_first:
        painter.drawEllipse(box)
    else:
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))


def paint_mark(widget: QWidget, *, is_first: bool) -> None:
    """Fill a small widget with the sign of a side."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(mark_colour(is_first=is_first))
    middle = QRectF(widget.rect()).center()
    draw_mark(painter, middle, min(widget.width(), widget.height()) / 2 - 1, is_first=is_first)
    painter.end()
