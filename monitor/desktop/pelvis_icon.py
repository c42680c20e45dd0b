"""The tray icon is the reading: a small pelvis that rolls back with the tilt and changes shade with the state."""

from __future__ import annotations

import math
from functools import lru_cache

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from monitor.desktop.look import STATE_COLOURS, STILL, art
from monitor.desktop.status import Kind, Status
from monitor.judgement.assessment import State

SIZES = (16, 22, 24, 32, 48, 64)
FULL_TURN_DEG = 50.0
"""The drawing rolls so far back for a full slump: more than the pelvis does, so that it can be seen at 16 px."""
STEP_PCT = 10
_TURNS = (-20, 120)
_STILL_MARKS = {Kind.PAUSED: "pause", Kind.LOST: "question", Kind.TROUBLE: "question", Kind.SETUP: "question"}
"""What asks for the user looks otherwise than what is only away or resting."""


Look = tuple[str, int, str, str]
"""Shape, roll in % of a slump, colour and mark of an icon."""


def pelvis_icon(status: Status) -> QIcon:
    """The icon that fits; a still one while nothing is judged. Drawn once for each look that it can have."""
    return _icon(*look_of(status))


def look_of(status: Status) -> Look:
    """How the icon looks; equal looks are equal icons."""
    reading = status.reading
    if status.kind is not Kind.WATCHING or reading is None:
        return "outline", 0, STILL.name(), _STILL_MARKS.get(status.kind, "")
    assessment = reading.moment.assessment
    if status.changed:
        return "outline", 0, STATE_COLOURS[State.UNKNOWN].name(), "question"
    if assessment.state in (State.AWAY, State.STANDING):
        return "outline", 0, STATE_COLOURS[assessment.state].name(), ""
    if math.isnan(assessment.tilt_pct):
        return "outline", 0, STATE_COLOURS[State.UNKNOWN].name(), "question"
    pct = min(max(assessment.tilt_pct, _TURNS[0]), _TURNS[1])
    mark = "mark" if assessment.state is State.TIPPED else ""
    return "solid", STEP_PCT * round(pct / STEP_PCT), STATE_COLOURS[assessment.state].name(), mark


@lru_cache(maxsize=256)
def _icon(shape: str, pct: int, colour: str, mark: str) -> QIcon:
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(pelvis_pixmap(size, shape, pct, QColor(colour), mark))
    return icon


def pelvis_pixmap(size: int, shape: str, pct: float, colour: QColor, mark: str = "") -> QPixmap:
    """The drawing at ``size`` px, rolled back by ``pct`` % of a slump, with a ``mark`` at its lower right corner."""
    renderer = QSvgRenderer(art("pelvis", colour=colour))
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 64.0, size / 64.0)
    painter.save()
    painter.translate(32, 33)
    painter.rotate(-FULL_TURN_DEG * pct / 100.0)
    painter.scale(0.97, 0.97)
    painter.translate(-33, -31)
    renderer.render(painter, shape, renderer.boundsOnElement(shape))
    painter.restore()
    if mark:
        _punch(painter, renderer, mark)
        renderer.render(painter, mark, renderer.boundsOnElement(mark))
    painter.end()
    return pixmap


def _punch(painter: QPainter, renderer: QSvgRenderer, mark: str) -> None:
    """Clear a rim about the mark, so that it stands apart from the pelvis."""
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    bounds = renderer.boundsOnElement(mark).adjusted(-5, -5, 5, 5)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("black"))
    painter.drawRoundedRect(QRectF(bounds), 6, 6)
    painter.restore()
