"""The drawings inside the picture of a day. Each is one item, whatever it shows, and draws in pixels of the screen."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QTransform
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from monitor.desktop.look import STATE_COLOURS, accent, ink
from monitor.desktop.review.day_axis import Seen, Ticks
from monitor.desktop.review.day_marks import SIGN_PX, draw_flag, draw_sign, fill_state
from monitor.desktop.review.day_minute import DayWords
from monitor.desktop.review.day_picture import DayPicture, Piece, Thresholds
from monitor.judgement.assessment import State
from monitor.tiltlog.records import NOT_OBSERVED
from monitor.tiltlog.totals import HINT_KINDS

RIBBON_PX = 118
"""Height of the ribbon with its rows: notes, warnings, states and changes of position, from the top."""
MOVED_ROW = (4.0, 15.0)
STATE_ROW = (23.0, 59.0)
SIGN_ROW = (63.0, 88.0)
NOTE_ROW = (94.0, 114.0)
_NOTE_PX = 180.0
_LABEL_PX = 22.0
"""The room that a label needs between two lines."""


class Layer(QGraphicsItem):
    """Something drawn over the whole picture: x is seconds UTC, y the unit of the plot."""

    def __init__(self, z: float) -> None:
        super().__init__()
        self.setZValue(z)
        self.bounds = QRectF(0.0, 0.0, 1.0, 1.0)

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """See `QGraphicsItem.boundingRect`."""
        return self.bounds

    def lay_over(self, seen: Seen, low: float, high: float) -> None:
        """Cover what is seen of the plot, and draw anew."""
        self.prepareGeometryChange()
        self.bounds = QRectF(seen.start_utc_s, low, seen.length_s, high - low)
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """See `QGraphicsItem.paint`."""
        to_px = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        try:
            self.draw(painter, to_px, to_px.mapRect(self.bounds))
        finally:
            painter.restore()

    def draw(self, painter: QPainter, to_px: QTransform, box: QRectF) -> None:
        """Draw inside the box, pixels."""
        raise NotImplementedError


class GroundLayer(Layer):
    """Behind the tilt: hatched where nothing was observed, lines at the hours, neutral and the thresholds."""

    def __init__(self) -> None:
        super().__init__(-10.0)
        self.picture: DayPicture | None = None
        self.ticks = Ticks((), ())

    def draw(self, painter: QPainter, to_px: QTransform, box: QRectF) -> None:
        """See `Layer.draw`."""
        if self.picture is None:
            return
        for left, right, piece in _in_sight(self.picture.pieces, to_px, box):
            if piece.state == NOT_OBSERVED:
                fill_state(painter, QRectF(left, box.top(), right - left, box.height()), NOT_OBSERVED)
        painter.setPen(QPen(ink(strength=0.10), 1.0))
        for t_utc_s, _ in self.ticks.timed:
            x = _x(to_px, t_utc_s)
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
        neutral_y = _y(to_px, 0.0)
        painter.setPen(QPen(ink(strength=0.45), 1.0))
        painter.drawLine(QPointF(box.left(), neutral_y), QPointF(box.right(), neutral_y))
        for limit in _limits(self.picture.thresholds, to_px, box):
            painter.setPen(limit.pen)
            painter.drawLine(limit.line)


class LabelLayer(Layer):
    """Over the tilt: what each of the lines is. No label lies over another one; without room it is left out.

    Attributes:
        boxes: where the labels were drawn, pixels of the screen.
    """

    def __init__(self) -> None:
        super().__init__(10.0)
        self.picture: DayPicture | None = None
        self.ground = QColor("white")
        self.boxes: list[QRectF] = []

    def draw(self, painter: QPainter, to_px: QTransform, box: QRectF) -> None:
        """See `Layer.draw`."""
        if self.picture is None:
            return
        metrics = QFontMetricsF(painter.font())
        self.boxes = []
        for limit in _limits(self.picture.thresholds, to_px, box):
            fitting = (each for each in limit.words if limit.room_px > 20.0 + metrics.horizontalAdvance(each))
            at = QPointF(limit.line.x1() + 6.0, limit.line.y1())
            if words := next(fitting, ""):
                places = (_beside(at, words, metrics, above=each) for each in (limit.is_above, not limit.is_above))
                if place := next((each for each in places if self._is_free(each, box)), None):
                    self.boxes.append(place)
                    self._label(painter, place, words)

    def _is_free(self, place: QRectF, box: QRectF) -> bool:
        inside = box.top() <= place.top() and place.bottom() <= box.bottom()
        return inside and not any(place.intersects(each) for each in self.boxes)

    def _label(self, painter: QPainter, box: QRectF, words: str) -> None:
        ground = QColor(self.ground)
        ground.setAlphaF(0.7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 3.0, 3.0)
        painter.setPen(ink())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


class RibbonLayer(Layer):
    """The states of the day with its notes, warnings and changes of position.

    Attributes:
        boxes: where the marks were drawn, pixels of the screen, with all that there is to say about each.
    """

    def __init__(self) -> None:
        super().__init__(0.0)
        self.picture: DayPicture | None = None
        self.words: DayWords | None = None
        self.boxes: list[tuple[QRectF, str]] = []

    def draw(self, painter: QPainter, to_px: QTransform, box: QRectF) -> None:
        """See `Layer.draw`."""
        self.boxes = []
        if self.picture is None or self.words is None:
            return
        self._states(painter, to_px, box, self.words)
        self._moved(painter, to_px, box, self.words)
        self._signs(painter, to_px, box, self.words)
        self._notes(painter, to_px, box, self.words)

    def _states(self, painter: QPainter, to_px: QTransform, box: QRectF, words: DayWords) -> None:
        top, height = _row(to_px, STATE_ROW)
        font = painter.font()
        font.setBold(True)
        painter.setFont(font)
        pieces = self.picture.pieces if self.picture else ()
        for left, right, piece in _in_sight(pieces, to_px, box):
            # A pixel more than it is wide: what follows is drawn over it, so that no seam is left between two.
            fill_state(painter, QRectF(left, top, right - left + 1.0, height), piece.state)
            letter = words.letter(piece.cause) if piece.state == State.TIPPED else ""
            if letter and right - left > 14.0:
                painter.setPen(Qt.GlobalColor.white)
                painter.drawText(QRectF(left, top, right - left, height), Qt.AlignmentFlag.AlignCenter, letter)
        painter.setPen(QPen(ink(strength=0.35), 1.0))
        painter.drawLines([QLineF(box.left(), y, box.right(), y) for y in (top, top + height)])

    def _moved(self, painter: QPainter, to_px: QTransform, box: QRectF, words: DayWords) -> None:
        top, height = _row(to_px, MOVED_ROW)
        painter.setPen(QPen(ink(strength=0.65), 1.2))
        xs = (_x(to_px, change.t_utc_s) for change in words.log.changes)
        painter.drawLines([QLineF(x, top, x, top + height) for x in xs if box.left() <= x <= box.right()])

    def _signs(self, painter: QPainter, to_px: QTransform, box: QRectF, words: DayWords) -> None:
        top, height = _row(to_px, SIGN_ROW)
        for warning in words.log.warnings:
            x = _x(to_px, warning.t_utc_s)
            if not box.left() - SIGN_PX <= x <= box.right() + SIGN_PX:
                continue
            painter.setPen(QPen(ink(), 1.2))
            draw_sign(painter, QPointF(x, top + height), is_hint=warning.kind in HINT_KINDS)
            letters = QRectF(x - 10.0, top - 3.0, 20.0, height - 2 * SIGN_PX + 3.0)
            painter.drawText(letters, Qt.AlignmentFlag.AlignCenter, words.letter(warning.cause))
            self.boxes.append((QRectF(x - 7.0, top, 14.0, height), words.warning(warning)))

    def _notes(self, painter: QPainter, to_px: QTransform, box: QRectF, words: DayWords) -> None:
        top, height = _row(to_px, NOTE_ROW)
        font = painter.font()
        font.setBold(False)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        xs = [_x(to_px, note.t_utc_s) for note in words.log.notes]
        for note, (x, following) in zip(words.log.notes, pairwise([*xs, math.inf]), strict=True):
            if not box.left() - _NOTE_PX <= x <= box.right():
                continue
            painter.setPen(QPen(ink(), 1.2))
            draw_flag(painter, QPointF(x, top + height))
            space = min(_NOTE_PX, following - x - 18.0, box.right() - x - 14.0)
            line = " ".join(note.text.split())
            shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, space) if space > 24.0 else ""
            width = metrics.horizontalAdvance(shown)
            painter.drawText(QRectF(x + 12.0, top, width + 2.0, height), Qt.AlignmentFlag.AlignVCenter, shown)
            self.boxes.append((QRectF(x - 3.0, top, width + 16.0, height), words.note(note)))


@dataclass(frozen=True)
class _Limit:
    """A threshold as a line on the screen, and the room for its words, long or short: up to where others hold."""

    line: QLineF
    room_px: float
    words: tuple[str, str]
    pen: QPen
    is_above: bool


def _limits(thresholds: Sequence[Thresholds], to_px: QTransform, box: QRectF) -> list[_Limit]:
    found = []
    starts = [_x(to_px, each.start_utc_s) for each in thresholds]
    for each, (start, following) in zip(thresholds, pairwise([*starts, math.inf]), strict=True):
        left, right = max(start, box.left()), min(_x(to_px, each.end_utc_s), box.right())
        room_px = min(following, box.right()) - left
        between_px = _y(to_px, each.leave_deg) - _y(to_px, each.enter_deg)
        for value_deg, words, pen, is_above in _kinds(each, has_room=between_px > _LABEL_PX):
            if left < right and math.isfinite(value_deg):
                line = QLineF(left, _y(to_px, value_deg), right, _y(to_px, value_deg))
                told = words.format(deg=f"{value_deg:.1f}"), f"{value_deg:.1f}°"
                found.append(_Limit(line, room_px, told, pen, is_above))
    return found


def _beside(at: QPointF, words: str, metrics: QFontMetricsF, *, above: bool) -> QRectF:
    """The room of a label above or below a place."""
    width, height = metrics.horizontalAdvance(words) + 6.0, metrics.height()
    return QRectF(at.x(), at.y() - height - 1.0 if above else at.y() + 1.0, width, height)


def _kinds(limits: Thresholds, *, has_room: bool) -> tuple[tuple[float, str, QPen, bool], ...]:
    """Each threshold with its words, its pen, and whether the words stand above it; with room all of them do."""
    dash, dots = Qt.PenStyle.DashLine, Qt.PenStyle.DotLine
    return (
        (limits.slump_deg, _tr("your slump, {deg}°"), QPen(ink(strength=0.7), 1.6, dots), True),
        (limits.enter_deg, _tr("tipped from here, {deg}°"), QPen(STATE_COLOURS[State.TIPPED], 1.6, dash), True),
        (limits.leave_deg, _tr("no longer tipped, {deg}°"), QPen(accent(), 1.6, dash), has_room),
    )


def _in_sight(pieces: Iterable[Piece], to_px: QTransform, box: QRectF) -> Iterable[tuple[float, float, Piece]]:
    """The left and the right end of each piece that can be seen, pixels."""
    for piece in pieces:
        left, right = _x(to_px, piece.start_utc_s), _x(to_px, piece.end_utc_s)
        if right > box.left() and left < box.right():
            yield max(left, box.left() - 2.0), min(right, box.right() + 2.0), piece


def _row(to_px: QTransform, row: tuple[float, float]) -> tuple[float, float]:
    top, bottom = _y(to_px, row[1]), _y(to_px, row[0])
    return top, bottom - top


def _x(to_px: QTransform, t_utc_s: float) -> float:
    return to_px.m11() * t_utc_s + to_px.dx()


def _y(to_px: QTransform, value: float) -> float:
    return to_px.m22() * value + to_px.dy()


def _tr(text: str) -> str:
    return QCoreApplication.translate("DayPlot", text)
