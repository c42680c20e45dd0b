"""The line that the user lays along a true vertical in the picture, to tell how the camera leans."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from monitor.desktop.look import ACCENT, accent
from monitor.desktop.wizard.parts import LiveView

MAX_ROLL_DEG: Final = 30.0
STEP_DEG: Final = 0.5
_MOVE: Final = 0.02
_HALF: Final = 0.32
"""Half the line's length, in picture heights."""
_GRIP_PX: Final = 14.0


class PlumbView(LiveView):
    """The live picture with a line over it. Drag an end to turn the line, its middle to move it.

    Keys: arrows turn by half a degree, with Shift they move the line; Home sets it upright.

    Signals:
        rolled: the new lean in degrees, clockwise positive.
    """

    rolled = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._roll_deg = 0.0
        self._centre = (0.88, 0.5)  # shares of the picture's width and height
        self._held: str = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Line along a true vertical in the picture"))
        self._tell()

    @property
    def roll_deg(self) -> float:
        """Lean of the line, clockwise positive."""
        return self._roll_deg

    def set_roll(self, roll_deg: float) -> None:
        """Turn the line; says so by `rolled` where that changes anything."""
        roll_deg = max(-MAX_ROLL_DEG, min(MAX_ROLL_DEG, roll_deg))
        if roll_deg == self._roll_deg:
            return
        self._roll_deg = roll_deg
        self._tell()
        self.update()
        self.rolled.emit(roll_deg)

    def ends(self) -> tuple[QPointF, QPointF]:
        """Upper and lower end of the line in the widget."""
        rect = self.picture_rect()
        centre = QPointF(rect.left() + self._centre[0] * rect.width(), rect.top() + self._centre[1] * rect.height())
        roll = math.radians(self._roll_deg)
        half = _HALF * rect.height()
        along = QPointF(half * math.sin(roll), -half * math.cos(roll))
        return centre + along, centre - along

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.keyPressEvent`."""
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if key in ways and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            right, down = ways[key]
            self._move_to(self._centre[0] + _MOVE * right, self._centre[1] + _MOVE * down)
        elif key in ways:
            right, down = ways[key]
            self.set_roll(self._roll_deg + STEP_DEG * (right - down))
        elif key == Qt.Key.Key_Home:
            self.set_roll(0.0)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.mousePressEvent`."""
        self._held = self._part_at(event.position()) if event.button() == Qt.MouseButton.LeftButton else ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.mouseReleaseEvent`."""
        self._held = ""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.mouseMoveEvent`."""
        at, rect = event.position(), self.picture_rect()
        if self._held == "middle":
            self._move_to((at.x() - rect.left()) / rect.width(), (at.y() - rect.top()) / rect.height())
        elif self._held:
            upper, lower = self.ends()
            top, bottom = (at, lower) if self._held == "upper" else (upper, at)
            if bottom.y() - top.y() > 2 * _GRIP_PX:
                self._turn(top, bottom)
        else:
            part = self._part_at(at)
            shape = Qt.CursorShape.SizeAllCursor if part == "middle" else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape if part else Qt.CursorShape.ArrowCursor)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        super().paintEvent(event)
        if not self.shows_picture:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        upper, lower = self.ends()
        for colour, width in ((QColor("white"), 5.0), (ACCENT, 2.5)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(upper, lower)
        painter.setPen(QPen(QColor("white"), 2.0))
        painter.setBrush(ACCENT)
        for end in (upper, lower):
            painter.drawEllipse(end, 9.0, 9.0)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent(), 2.0, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(self.picture_rect().adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def _turn(self, top: QPointF, bottom: QPointF) -> None:
        """Lay the line through these two, its middle half way between."""
        rect = self.picture_rect()
        middle = (top + bottom) / 2.0
        self._move_to((middle.x() - rect.left()) / rect.width(), (middle.y() - rect.top()) / rect.height())
        lean_deg = math.degrees(math.atan2(top.x() - bottom.x(), bottom.y() - top.y()))
        self.set_roll(round(10.0 * lean_deg) / 10.0)

    def _move_to(self, x: float, y: float) -> None:
        self._centre = (min(max(x, 0.05), 0.95), min(max(y, 0.2), 0.8))
        self.update()

    def _part_at(self, at: QPointF) -> str:
        upper, lower = self.ends()
        for name, place in (("upper", upper), ("lower", lower)):
            if math.hypot(at.x() - place.x(), at.y() - place.y()) <= _GRIP_PX:
                return name
        along, to = lower - upper, at - upper
        share = QPointF.dotProduct(along, to) / max(QPointF.dotProduct(along, along), 1e-9)
        off = to - along * share
        return "middle" if 0 <= share <= 1 and math.hypot(off.x(), off.y()) <= _GRIP_PX else ""

    def _tell(self) -> None:
        words = self.tr("{lean:.1f} degrees. Arrow keys turn it by half a degree, with Shift they move it.")
        self.setAccessibleDescription(words.format(lean=self._roll_deg))
