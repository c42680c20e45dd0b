"""Both poses of a calibration over each other, as the camera saw them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from calibration.profile import Profile
from models.measures import N_WINDOWS, Measures
from monitor.desktop.look import STATE_COLOURS, ink, soft
from monitor.judgement.assessment import State
from monitor.posture.contour import RAY_RANGE

_EDGES: Final = np.linspace(*RAY_RANGE, N_WINDOWS + 1)
_HEIGHTS: Final = (_EDGES[:-1] + _EDGES[1:]) / 2.0
"""Middles of the windows of the back, in trunk lengths above the hip."""
_HEAD: Final = 0.16
"""Radius of the head, in trunk lengths."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Figure:
    """A sitter in picture coordinates (roll removed; x right, y down); parts that were not seen are missing.

    Attributes:
        joints: knee, hip, shoulder and ear, as far as they are known.
        back: stretches of the back's edge, from the hip up.
        head_px: radius of the head.
    """

    joints: tuple[Point, ...]
    ear: Point | None
    back: tuple[tuple[Point, ...], ...]
    head_px: float

    @property
    def points(self) -> tuple[Point, ...]:
        """Every point of it."""
        return (*self.joints, *(p for stretch in self.back for p in stretch), *((self.ear,) if self.ear else ()))


def figure(measures: Measures, facing: int) -> Figure:
    """The sitter that has these measures."""
    (sx, sy), (ex, ey), (kx, ky) = (measures.marks_px[2 * i : 2 * i + 2] for i in range(3))
    hip = (measures.hip_x_px, measures.hip_y_px)

    def place(forward: float, up: float) -> Point:
        return (hip[0] + facing * forward, hip[1] - up)

    chain = [place(kx, ky), hip, place(sx, sy)]
    ear = place(ex, ey) if math.isfinite(ex) else None
    back = _back(measures, (sx, sy))
    return Figure(
        tuple(p for p in chain if math.isfinite(p[0])),
        ear,
        tuple(tuple(place(*p) for p in stretch) for stretch in back),
        _HEAD * measures.trunk_px,
    )


def _back(measures: Measures, shoulder: Point) -> list[list[Point]]:
    """The back's edge forward and up from the hip: each window's ray, square to the trunk, as far as its depth says."""
    length = math.hypot(*shoulder)
    if not length > 0.0 or not shoulder[1] > 0.0:
        return []
    up_x, up_y = shoulder[0] / length, shoulder[1] / length
    stretches: list[list[Point]] = [[]]
    for height, depth in zip(_HEIGHTS.tolist(), measures.back_depths_px, strict=True):
        if not math.isfinite(depth):
            stretches.append([])
            continue
        ray = (height * shoulder[0] + depth) / up_y
        stretches[-1].append((-depth, height * shoulder[1] + ray * up_x))
    return [stretch for stretch in stretches if len(stretch) > 1]


class BothPoses(QWidget):
    """Neutral sit and slump over each other, with a legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: list[Figure] = []
        self.setMinimumSize(300, 215)
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
