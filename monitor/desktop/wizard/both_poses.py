"""Both poses of a calibration over each other, as the camera saw them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from calibration.profile import Profile
from monitor.desktop.figure import Figure, Point, figure
from monitor.desktop.look import STATE_COLOURS, ink, soft
from monitor.judgement.assessment import State


class BothPoses(QWidget):
    """Neutral sit and slump over each other, with a legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: list[Figure] = []
        self.setMinimumSize(240, 170)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Your neutral sit and your slump, drawn over each other"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return self.minimumSize()

    def show_profile(self, profile: Profile) -> None:
        """Draw the poses of this profile."""
        poses = [pose for pose in (profile.neutral, profile.slump) if pose is not None]
        self._figures = [figure(pose, profile.facing) for pose in poses]
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft())
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        line_height = 1.4 * painter.fontMetrics().height()
        names = (self.tr("Neutral sit"), self.tr("Slump"))
        pens = [self._pen(i, 4.0) for i in range(len(self._figures))]
        for i, pen in enumerate(pens):
            y = 10 + line_height * (i + 0.5)
            painter.setPen(pen)
            painter.drawLine(QPointF(14, y), QPointF(54, y))
            painter.setPen(ink())
            painter.drawText(QPointF(64, y + 0.35 * painter.fontMetrics().ascent()), names[i])
        if self._figures:
            top = 10 + line_height * len(self._figures)
            self._draw(painter, QRectF(self.rect()).adjusted(16, top, -16, -16))
        painter.end()

    def _draw(self, painter: QPainter, rect: QRectF) -> None:
        points = np.array([p for f in self._figures for p in f.points])
        margin = max(f.head_px for f in self._figures)
        low, high = points.min(axis=0) - margin, points.max(axis=0) + margin
        scale = float(min(rect.width() / (high[0] - low[0]), rect.height() / (high[1] - low[1])))
        middle = (low + high) / 2.0

        def at(point: Point) -> QPointF:
            return rect.center() + QPointF(scale * (point[0] - middle[0]), scale * (point[1] - middle[1]))

        for i, each in enumerate(self._figures):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(self._pen(i, 2.5))
            painter.drawPolyline(QPolygonF([at(p) for p in each.joints]))
            if each.ear is not None:
                if each.joints:
                    painter.drawLine(at(each.joints[-1]), at(each.ear))
                painter.drawEllipse(at(each.ear), scale * each.head_px, scale * each.head_px)
            painter.setPen(self._pen(i, 5.0))
            for stretch in each.back:
                painter.drawPolyline(QPolygonF([at(p) for p in stretch]))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen_colour(i))
            for joint in each.joints:
                painter.drawEllipse(at(joint), 4.5, 4.5)

    def _pen(self, i: int, width: float) -> QPen:
        style = Qt.PenStyle.DashLine if i else Qt.PenStyle.SolidLine
        pen = QPen(pen_colour(i), width, style, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
        if i:
            pen.setDashPattern([2.0, 1.2])
        return pen


def pen_colour(i: int) -> QColor:
    """The colour of the neutral sit (0) and of the slump (1)."""
    return STATE_COLOURS[State.TIPPED if i else State.UPRIGHT]
