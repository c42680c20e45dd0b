"""Draws the person's calibration over what the camera sees: neutral, slump, and the place that counts as theirs."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from calibration.profile import Profile
from models.measures import Measures
from monitor.desktop.figure import Point, figure
from monitor.desktop.look import STATE_COLOURS, accent, ink
from monitor.judgement.assessment import State
from monitor.judgement.observation import person_frame, picture_place


def draw_calibration(painter: QPainter, profile: Profile, scale: float) -> None:
    """Draw it; ``scale`` is screen pixels for each pixel of the frame. Solid neutral, dashed slump."""
    place = picture_place(profile)
    reach = scale * place.radius_px
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink(strength=0.35), 1.5, Qt.PenStyle.DotLine))
    painter.drawEllipse(QPointF(scale * place.x_px, scale * place.y_px), reach, reach)
    _sit(painter, profile, profile.neutral, scale, accent(), Qt.PenStyle.SolidLine)
    if profile.slump is not None:
        _sit(painter, profile, profile.slump, scale, STATE_COLOURS[State.TIPPED], Qt.PenStyle.DashLine)


def _sit(painter: QPainter, profile: Profile, sit: Measures, scale: float, colour: QColor, style: Qt.PenStyle) -> None:
    """Draw one calibrated pose: knee, hip, shoulder and ear, and the edge of the back."""
    drawn = figure(sit, profile.facing)
    painter.setPen(QPen(colour, 2.5, style, Qt.PenCapStyle.RoundCap))
    chain = (*drawn.joints, drawn.ear) if drawn.ear else drawn.joints
    for line in (chain, *drawn.back):
        if len(line) > 1:
            painter.drawPolyline(_in_picture(profile, line, scale))


def _in_picture(profile: Profile, line: tuple[Point, ...], scale: float) -> QPolygonF:
    rolled = person_frame(profile).rolled_px(np.array(line), profile.width_px, profile.height_px)
    return QPolygonF([QPointF(x, y) for x, y in (scale * rolled).tolist()])
