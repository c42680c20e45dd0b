"""What the colours, hatchings and marks of a day mean, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.desktop.look import accent, ink
from monitor.desktop.review.day_marks import draw_flag, draw_sign, fill_state
from monitor.judgement.assessment import State
from monitor.tiltlog.records import NOT_OBSERVED
from monitor.words import STATE_WORDS

_SHOWN = (State.UPRIGHT, State.LEANING, State.RECLINED, State.TIPPED, State.STANDING, State.AWAY, State.UNKNOWN)
_SWATCH_PX, _GAP_PX, _BETWEEN_PX = 14.0, 6.0, 16.0

Draw: TypeAlias = Callable[[QPainter, QRectF], None]


class DayLegend(QWidget):
    """The legend of a day; it takes as many rows as it needs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._entries: tuple[tuple[str, Draw | None], ...] = ()
        self.show_causes({})

    def show_causes(self, causes: Mapping[str, str]) -> None:
        """Tell what the letters of the causes stand for."""
        letters: list[tuple[str, Draw | None]] = [
            (self.tr("{letter}: {cause}").format(letter=letter, cause=cause), None)
            for letter, cause in sorted(causes.items())
        ]
        self._entries = (
            *((STATE_WORDS[state], _swatch(state)) for state in _SHOWN),
            (NOT_OBSERVED, _swatch(NOT_OBSERVED)),
            (self.tr("tilt, 90 % interval"), _draw_tilt),
            (self.tr("warning"), _draw_warning),
            (self.tr("hint"), _draw_hint),
            *letters,
            (self.tr("note"), _draw_note),
            (self.tr("changed position"), _draw_change),
        )
        self.setAccessibleName(
            self.tr("Legend: {entries}").format(entries=", ".join(words for words, _ in self._entries))
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(600, self.heightForWidth(600))

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """See `QWidget.heightForWidth`."""
        return round(self._places(width)[-1].bottom()) + 2

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (words, draw), box in zip(self._entries, self._places(self.width()), strict=True):
            text = QRectF(box)
            if draw is not None:
                swatch = QRectF(box.left(), box.center().y() - _SWATCH_PX / 2, _SWATCH_PX, _SWATCH_PX)
                painter.setPen(QPen(ink(), 1.2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                draw(painter, swatch)
                text.setLeft(swatch.right() + _GAP_PX)
            painter.setPen(ink(strength=0.85))
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, words)
        painter.end()

    def _places(self, width: int) -> list[QRectF]:
        """A box for each entry, row by row."""
        metrics = QFontMetricsF(self.font())
        height = max(metrics.height(), _SWATCH_PX) + 4.0
        x = y = 0.0
        boxes = []
        for words, draw in self._entries:
            wide = metrics.horizontalAdvance(words) + 2.0 + (0.0 if draw is None else _SWATCH_PX + _GAP_PX)
            if x > 0.0 and x + wide > width:
                x, y = 0.0, y + height
            boxes.append(QRectF(x, y, wide, height))
            x += wide + _BETWEEN_PX
        return boxes


def _swatch(state: str) -> Draw:
    def draw(painter: QPainter, box: QRectF) -> None:
        fill_state(painter, box, state)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink(strength=0.45), 1.0))
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    return draw


def _draw_tilt(painter: QPainter, box: QRectF) -> None:
    shade = accent()
    shade.setAlphaF(0.22)
    painter.fillRect(box, shade)
    painter.setPen(QPen(accent(), 2.0))
    painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()))


def _draw_warning(painter: QPainter, box: QRectF) -> None:
    draw_sign(painter, QPointF(box.center().x(), box.bottom() - 2.0), is_hint=False)


def _draw_hint(painter: QPainter, box: QRectF) -> None:
    draw_sign(painter, QPointF(box.center().x(), box.bottom() - 2.0), is_hint=True)


def _draw_note(painter: QPainter, box: QRectF) -> None:
    draw_flag(painter, QPointF(box.left() + 3.0, box.bottom()))


def _draw_change(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(ink(strength=0.65), 1.2))
    painter.drawLine(QPointF(box.center().x(), box.top() + 1.5), QPointF(box.center().x(), box.bottom() - 1.5))
