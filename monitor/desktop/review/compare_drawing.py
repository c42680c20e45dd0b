"""Draws two groups of days: a mark for each day, a line for all of them, and the difference with its range.

The scale of the difference hangs on the line of the first side: the difference is at the height of the second one's.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from monitor.compare_words import signed
from monitor.desktop.look import ink, soft
from monitor.desktop.review.compare_figures import short_name
from monitor.desktop.review.compare_marks import draw_mark, mark_colour
from monitor.desktop.review.compare_places import GAP_PX, LEFT_PX, RIGHT_PX, TOP_PX, Places
from monitor.tiltlog.compare import Comparison, digits_of

_SMALL_PX = 3.0
"""Marks as small as this lie over each other, so they are paler."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def draw(painter: QPainter, found: Comparison, places: Places, pointed: int | None) -> None:
    """Draw all of it; ``pointed`` is the day with a ring around it."""
    _draw_ground(painter, places)
    if found.tipped.has_interval:
        _draw_difference(painter, found, places)
    _draw_days(painter, places, pointed)
    _draw_shares(painter, found, places)


def _draw_ground(painter: QPainter, places: Places) -> None:
    painter.setPen(ink(strength=0.75))
    title = QRectF(places.first.left(), 0, places.second.right() - places.first.left(), TOP_PX)
    painter.drawText(title, _LEFT, _fitting(painter, _tr("Tipped share of each day's seated time"), title.width()))
    for column in (places.first, places.second):
        painter.fillRect(column, soft())
    for share_pct in places.scale.shares_pct:
        y = places.y(share_pct)
        painter.setPen(QPen(ink(strength=0.14), 1))
        for column in (places.first, places.second):
            painter.drawLine(QLineF(column.left(), y, column.right(), y))
        painter.setPen(ink(strength=0.75))
        painter.drawText(QRectF(0, y - 10, LEFT_PX - 8, 20), _RIGHT, f"{share_pct} %")


def _draw_days(painter: QPainter, places: Places, pointed: int | None) -> None:
    radius = places.radius_px
    strength = 0.85 if radius > _SMALL_PX else 0.5
    painter.setPen(Qt.PenStyle.NoPen)
    for dot in places.dots:
        painter.setBrush(mark_colour(is_first=dot.is_first, strength=strength))
        draw_mark(painter, dot.at, radius, is_first=dot.is_first)
    if pointed is not None:
        painter.setPen(QPen(ink(), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(places.dots[pointed].at, radius + 4, radius + 4)


def _draw_shares(painter: QPainter, found: Comparison, places: Places) -> None:
    tipped = found.tipped
    digits = digits_of(tipped) if math.isfinite(tipped.value) else 0
    sides = ((found.a, places.first, tipped.a, True), (found.b, places.second, tipped.b, False))
    for side, column, share_pct, is_first in sides:
        days = _tr("1 day") if len(side.days) == 1 else _tr("{days} days").format(days=len(side.days))
        said = days
        if math.isfinite(share_pct):
            painter.setPen(QPen(mark_colour(is_first=is_first), 3))
            painter.drawLine(QLineF(column.left(), places.y(share_pct), column.right(), places.y(share_pct)))
            said = _tr("{share} over {days}").format(share=f"{share_pct:.{digits}f} %", days=days)
        _name(painter, column, short_name(side.choice), said)


def _draw_difference(painter: QPainter, found: Comparison, places: Places) -> None:
    tipped, column = found.tipped, places.difference
    middle, zero, value = column.center().x(), places.y(tipped.a), places.y(tipped.b)
    painter.setPen(QPen(mark_colour(is_first=True), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(places.first.right(), zero, column.right(), zero))
    painter.setPen(QPen(mark_colour(is_first=False), 1.5, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(places.second.right(), value, middle, value))
    painter.setPen(ink(strength=0.75))
    painter.drawLine(QLineF(column.right(), column.top(), column.right(), column.bottom()))
    for points in places.scale.differences(tipped.a):
        y = places.y(tipped.a + points)
        painter.drawLine(QLineF(column.right(), y, column.right() + 4, y))
        painter.drawText(QRectF(column.right() + 8, y - 10, RIGHT_PX - 8, 20), _LEFT, signed(points))
    low, high = places.y(tipped.a + tipped.low), places.y(tipped.a + tipped.high)
    painter.setPen(QPen(ink(), 2))
    painter.drawLine(QLineF(middle, low, middle, high))
    for end in (low, high):
        painter.drawLine(QLineF(middle - 6, end, middle + 6, end))
    painter.setBrush(ink())
    painter.drawEllipse(QPointF(middle, value), 4.0, 4.0)
    around = column.adjusted(-GAP_PX / 2, 0, GAP_PX / 2, 0)
    _name(painter, around, _tr("Difference"), signed(tipped.value, digits_of(tipped)))


def _name(painter: QPainter, column: QRectF, *lines: str) -> None:
    height = 1.15 * painter.fontMetrics().height()
    for nth, words in enumerate(lines):
        box = QRectF(column.left(), column.bottom() + 6 + nth * height, column.width(), height)
        painter.setPen(ink(strength=0.75 if nth else 1.0))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _fitting(painter, words, box.width()))


def _fitting(painter: QPainter, words: str, width_px: float) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, math.ceil(width_px))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)
