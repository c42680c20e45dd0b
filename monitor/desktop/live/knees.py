"""Knee height against the hip, as a line from hip to knee and in words."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.desktop.look import STATE_COLOURS, STILL, accent, ink
from monitor.judgement.assessment import Assessment, State
from monitor.words import knee_words


class KneeGauge(QWidget):
    """The thigh from the side against a level line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thigh_deg = math.nan
        self._words = "–"
        self._facing = 1
        self._raised = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Knee height against the hip"))
        self.setAccessibleDescription(self.tr("not known"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(330, round(62 + self._line_px()))

    def _line_px(self) -> float:
        return self.fontMetrics().height() + 6.0

    def show_knees(self, assessment: Assessment | None, facing: int, *, raised: bool) -> None:
        """Show a thigh; ``raised`` when the knees are told as a likely cause."""
        self._thigh_deg = assessment.thigh_elevation_deg if assessment else math.nan
        self._words = knee_words(assessment) if assessment else "–"
        self._facing, self._raised = facing, raised
        self.setAccessibleDescription(self._words if self._words != "–" else self.tr("not known"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, level = self.width() / 2.0, (self.height() - self._line_px()) / 2.0 + 3.0
        length = min(110.0, self.width() / 2.0 - 20.0)
        hip = QPointF(middle - self._facing * length / 2.0, level)
        painter.setPen(QPen(ink(strength=0.4), 1.0, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(middle - length, level), QPointF(middle + length, level))
        if math.isfinite(self._thigh_deg):
            rise = math.radians(min(max(self._thigh_deg, -30.0), 30.0))
            knee = QPointF(hip.x() + self._facing * length * math.cos(rise), level - length * math.sin(rise))
            colour = STATE_COLOURS[State.TIPPED] if self._raised else accent()
            painter.setPen(QPen(colour, 5.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawLine(hip, knee)
            painter.setBrush(colour)
            painter.drawEllipse(knee, 4.0, 4.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(strength=0.8) if math.isfinite(self._thigh_deg) else STILL)
        painter.drawEllipse(hip, 6.0, 6.0)
        painter.setPen(ink())
        words = self._words if self._words != "–" else self.tr("knee height not known")
        box = QRectF(0, self.height() - self._line_px(), self.width(), self._line_px())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
