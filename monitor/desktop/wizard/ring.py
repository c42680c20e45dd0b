"""The large countdown: a pulsing ring while the pose is being taken up, one that fills while it is held."""

from __future__ import annotations

import math
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.desktop.look import accent, ink


class Turn(Enum):
    """What the ring shows."""

    IDLE = "idle"
    SETTLING = "settling"
    HOLDING = "holding"
    RESTING = "resting"


class Ring(QWidget):
    """Seconds in large figures, within a ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.turn, self.share, self.number = Turn.IDLE, 0.0, ""
        self._pulse = 1.0
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(2.0 * math.pi)
        self._animation.setDuration(1400)
        self._animation.setLoopCount(-1)
        self._animation.valueChanged.connect(self._on_pulse)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        self.setMinimumSize(120, 120)
        self.setAccessibleName(self.tr("Seconds left"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return self.minimumSize()

    def show_turn(self, turn: Turn, remaining_s: float = 0.0, share: float = 0.0) -> None:
        """Show so many seconds left, and ``share`` (0 to 1) of the ring filled."""
        self.turn, self.share = turn, share
        self.number = "" if turn is Turn.IDLE else str(math.ceil(remaining_s))
        self.setAccessibleDescription(self.number)
        pulsing = turn is Turn.SETTLING
        running = self._animation.state() == QVariantAnimation.State.Running
        if pulsing and not running:
            self._animation.start()
        elif not pulsing and running:
            self._animation.stop()
            self._pulse = 1.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height()) - 24.0
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        width = max(8.0, 0.06 * side)
        painter.setPen(QPen(ink(strength=0.15), width))
        painter.drawEllipse(rect)
        colour = QColor(accent())
        if self.turn is Turn.SETTLING:
            colour.setAlphaF(0.25 + 0.55 * self._pulse)
            painter.setPen(QPen(colour, 0.5 * width, Qt.PenStyle.DotLine, Qt.PenCapStyle.RoundCap))
            painter.drawEllipse(rect)
        elif self.turn is not Turn.IDLE and self.share > 0:
            strong = self.turn is Turn.HOLDING
            colour = colour if strong else ink(strength=0.5)
            painter.setPen(
                QPen(colour, width if strong else 0.5 * width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            )
            painter.drawArc(rect, 90 * 16, -round(360 * 16 * min(1.0, self.share)))
        font = painter.font()
        font.setPixelSize(max(12, round(0.42 * side)))
        painter.setFont(font)
        painter.setPen(ink())
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.number)
        painter.end()

    def _on_pulse(self, angle: float) -> None:
        self._pulse = 0.5 - 0.5 * math.cos(angle)
        self.update()
