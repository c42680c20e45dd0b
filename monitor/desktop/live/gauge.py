"""The side gauge: tilt against neutral with its interval, and where the person's own thresholds lie."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.desktop.look import STATE_COLOURS, STILL, accent, ink, soft
from monitor.desktop.pelvis_icon import pelvis_pixmap
from monitor.judgement.assessment import Assessment, State
from monitor.loop import Limits
from monitor.words import tilt_words

STRETCH = 2.6
"""The dial turns so many times further than the pelvis, so that a few degrees can be seen."""
MOST_DEG = 33.0
"""Tilts beyond this, forward or back, are drawn here."""
ROOM_PX = 36.0
"""Above the dial for the marks, and below its middle for the pelvis; a line of words comes on top of either."""


class TiltGauge(QWidget):
    """A dial seen from the person's side: straight up is their own neutral, backwards is tipped back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._assessment: Assessment | None = None
        self._limits: Limits | None = None
        self._facing = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Tilt against your neutral"))
        self.setAccessibleDescription(self.tr("not known"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(330, 30 + self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.minimumSizeHint`."""
        return QSize(280, round(106 + 2 * self._room_px()))

    def _room_px(self) -> float:
        return ROOM_PX + self.fontMetrics().height()

    def show_tilt(self, assessment: Assessment | None, limits: Limits | None, facing: int) -> None:
        """Show a tilt; None or a NaN tilt empties the dial. The limits of the last known tilt stay drawn."""
        self._assessment, self._facing = assessment, facing
        self._limits = limits or self._limits
        self.setAccessibleDescription(tilt_words(assessment) if assessment else self.tr("not known"))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        beside = 0.75 * self.fontMetrics().horizontalAdvance(self.tr("your slump"))
        radius = min(self.width() / 2.0 - beside, self.height() - 2.0 * self._room_px())
        pivot = QPointF(self.width() / 2.0, self.height() - self._room_px())
        self._scale(painter, pivot, radius)
        colour = STATE_COLOURS[self._assessment.state] if self._assessment else STILL
        known = self._assessment is not None and math.isfinite(self._assessment.tilt_deg)
        if known and self._assessment is not None:
            self._needle(painter, pivot, radius, self._assessment, colour)
        self._pelvis(painter, pivot, colour, known=known)
        painter.end()

    def _point(self, pivot: QPointF, radius: float, tilt_deg: float) -> QPointF:
        turn = math.radians(STRETCH * min(max(tilt_deg, -MOST_DEG), MOST_DEG))
        return QPointF(pivot.x() - self._facing * radius * math.sin(turn), pivot.y() - radius * math.cos(turn))

    def _scale(self, painter: QPainter, pivot: QPointF, radius: float) -> None:
        painter.setPen(QPen(soft(), 14.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        box = QRectF(pivot.x() - radius, pivot.y() - radius, 2 * radius, 2 * radius)
        painter.drawArc(box, 16 * 2, 16 * 176)
        self._mark(painter, pivot, radius, 0.0, self.tr("neutral"), ink(strength=0.6))
        if self._limits is None:
            return
        tipped = STATE_COLOURS[State.TIPPED]
        limits = self._limits
        self._band(painter, pivot, radius, limits.enter_deg, MOST_DEG, tipped, 0.30)
        enter = self.tr("tipped from {deg}°").format(deg=round(limits.enter_deg))
        self._mark(painter, pivot, radius, limits.enter_deg, enter, tipped, out_px=30.0)
        self._mark(painter, pivot, radius, limits.leave_deg, "", accent(), style=Qt.PenStyle.DashLine)
        if limits.slump_deg - limits.enter_deg > 3.0:
            self._mark(painter, pivot, radius, limits.slump_deg, self.tr("your slump"), ink(strength=0.6))
        self._legend(painter, limits)

    def _legend(self, painter: QPainter, limits: Limits) -> None:
        text = self.tr("dashed: upright again at {deg}°").format(deg=round(limits.leave_deg))
        painter.setPen(ink(strength=0.75))
        line = painter.fontMetrics().height() + 2.0
        painter.drawText(QRectF(0, self.height() - line, self.width(), line), Qt.AlignmentFlag.AlignCenter, text)

    def _band(
        self, painter: QPainter, pivot: QPointF, radius: float, low: float, high: float, colour: QColor, strength: float
    ) -> None:
        shade = QColor(colour)
        shade.setAlphaF(strength)
        outer, inner = radius + 7.0, radius - 7.0
        steps = [low + (high - low) * i / 24.0 for i in range(25)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawPolygon(
            QPolygonF(
                [self._point(pivot, outer, s) for s in steps] + [self._point(pivot, inner, s) for s in reversed(steps)]
            )
        )

    def _mark(
        self,
        painter: QPainter,
        pivot: QPointF,
        radius: float,
        at_deg: float,
        words: str,
        colour: QColor,
        *,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        out_px: float = 12.0,
    ) -> None:
        painter.setPen(QPen(colour, 2.0, style))
        painter.drawLine(self._point(pivot, radius - 14.0, at_deg), self._point(pivot, radius + out_px - 3.0, at_deg))
        if not words:
            return
        metrics = QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(words), metrics.height()
        spot = self._point(pivot, radius + out_px, at_deg)
        lean = (spot.x() - pivot.x()) / max(radius, 1.0)
        x = spot.x() - width / 2.0 + min(max(2.0 * lean, -1.0), 1.0) * width / 2.0
        x = min(max(x, 2.0), self.width() - width - 2.0)
        painter.setPen(ink(strength=0.85))
        painter.drawText(QRectF(x, spot.y() - height, width + 1, height), Qt.AlignmentFlag.AlignCenter, words)

    def _needle(self, painter: QPainter, pivot: QPointF, radius: float, assessment: Assessment, colour: QColor) -> None:
        shade = QColor(colour)
        shade.setAlphaF(0.28)
        low, high = assessment.tilt_low_deg, assessment.tilt_high_deg
        fan = [self._point(pivot, radius - 4.0, low + (high - low) * i / 24.0) for i in range(25)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawPolygon(QPolygonF([pivot, *fan]))
        painter.setPen(QPen(colour, 4.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(pivot, self._point(pivot, radius - 4.0, assessment.tilt_deg))

    def _pelvis(self, painter: QPainter, pivot: QPointF, colour: QColor, *, known: bool) -> None:
        pct = self._assessment.tilt_pct if known and self._assessment else 0.0
        size = 44
        pixmap = pelvis_pixmap(2 * size, "solid" if known else "outline", pct, colour)
        pixmap.setDevicePixelRatio(2.0)
        painter.save()
        painter.translate(pivot)
        if self._facing < 0:
            painter.scale(-1.0, 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().window())
        painter.drawEllipse(QPointF(0, -2), 25.0, 25.0)
        painter.drawPixmap(QPointF(-size / 2.0, -size / 2.0 - 2.0), pixmap)
        painter.restore()
