"""How states, warnings and notes look, in the picture of a day and in its legend."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QGuiApplication, QPainter, QPalette, QPolygonF, QTransform

from monitor.desktop.look import STATE_COLOURS, STILL, accent, soft
from monitor.judgement.assessment import State
from monitor.tiltlog.records import NOT_OBSERVED

SIGN_PX = 5.5
"""Half the width of the triangle of a warning."""


def fill_state(painter: QPainter, box: QRectF, state: str) -> None:
    """Fill a box with the look of a state: away is empty, unknown densely hatched, and not observed hatched."""
    if state in (State.AWAY, State.UNKNOWN, NOT_OBSERVED):
        painter.fillRect(box, QGuiApplication.palette().color(QPalette.ColorRole.Base))
    if state == NOT_OBSERVED:
        brush = QBrush(QColor(STILL.red(), STILL.green(), STILL.blue(), 130), Qt.BrushStyle.BDiagPattern)
        painter.fillRect(box, soft())
        painter.fillRect(box, brush)
    elif state == State.UNKNOWN:
        brush = QBrush(STATE_COLOURS[State.UNKNOWN], Qt.BrushStyle.DiagCrossPattern)
        brush.setTransform(QTransform.fromScale(0.6, 0.6))
        painter.fillRect(box, brush)
    elif state != State.AWAY:
        painter.fillRect(box, STATE_COLOURS[State(state)])


def draw_sign(painter: QPainter, foot: QPointF, *, is_hint: bool) -> None:
    """A warning as a filled triangle that points down to its time, a hint on the set-up as an empty one."""
    painter.setBrush(Qt.BrushStyle.NoBrush if is_hint else QBrush(painter.pen().color()))
    up = QPointF(0.0, -1.8 * SIGN_PX)
    side = QPointF(SIGN_PX, 0.0)
    painter.drawPolygon(QPolygonF([foot, foot + up - side, foot + up + side]))


def draw_flag(painter: QPainter, foot: QPointF) -> None:
    """A flag on its pole."""
    top = foot - QPointF(0.0, 14.0)
    painter.drawLine(foot, top)
    painter.setBrush(accent())
    painter.drawPolygon(QPolygonF([top, top + QPointF(9.0, 4.0), top + QPointF(0.0, 8.0)]))
