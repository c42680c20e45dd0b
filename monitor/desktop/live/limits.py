"""Draws the person's calibration over what the camera sees: neutral, slump, and the place that counts as theirs."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from calibration.profile import Profile
from models.measures import Measures
from models.pose import FloatArray
from monitor.desktop.look import STATE_COLOURS, accent, ink
from monitor.judgement.assessment import State
from monitor.judgement.observation import person_frame, picture_place
from monitor.posture.back_profile import WINDOW_HEIGHTS


def draw_calibration(painter: QPainter, profile: Profile, scale: float) -> None:
    """Draw it; ``scale`` is screen pixels for each pixel of the frame. Solid neutral, dashed slump."""
    place = picture_place(profile)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink(strength=0.35), 1.5, Qt.PenStyle.DotLine))
    painter.drawEllipse(
        QPointF(scale * place.x_px, scale * place.y_px), scale * place.radius_px, scale * place.radius_px
    )
    draw_sit(painter, profile, profile.neutral, scale, accent(), Qt.PenStyle.SolidLine)
    if profile.slump is not None:
        draw_sit(painter, profile, profile.slump, scale, STATE_COLOURS[State.TIPPED], Qt.PenStyle.DashLine)


def draw_sit(
    painter: QPainter, profile: Profile, sit: Measures, scale: float, colour: QColor, style: Qt.PenStyle
) -> None:
    """Draw one calibrated pose: ear, shoulder, hip and knee, and the edge of the back."""
    skeleton, back = sit_lines(profile, sit)
    painter.setPen(QPen(colour, 2.5, style, Qt.PenCapStyle.RoundCap))
    for line in (skeleton, back):
        points = [QPointF(x, y) for x, y in (scale * line).tolist() if math.isfinite(x) and math.isfinite(y)]
        if len(points) > 1:
            painter.drawPolyline(QPolygonF(points))


def sit_lines(profile: Profile, sit: Measures) -> tuple[FloatArray, FloatArray]:
    """(4, 2) ear, shoulder, hip, knee and (n, 2) the back's edge of a calibrated pose, in pixels of the frame."""
    frame = person_frame(profile)
    width, height = profile.width_px, profile.height_px
    level = np.array([[sit.hip_x_px, sit.hip_y_px]])
    hip = np.array([profile.facing * level[0, 0], -level[0, 1]])  # person frame: x forward, y up
    shoulder, ear, knee = (hip + np.array(sit.marks_px[2 * i : 2 * i + 2]) for i in range(3))
    heights = hip[1] + np.asarray(WINDOW_HEIGHTS) * (shoulder[1] - hip[1])
    back = np.column_stack([hip[0] - np.array(sit.back_depths_px), heights])
    skeleton = frame.to_picture(np.array([ear, shoulder, hip, knee]), width, height)
    edge: FloatArray = frame.to_picture(back, width, height)
    return skeleton, edge
