"""Small parts that several pages use: a sentence with a sign, a drawing, the live view, the line of steps."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from monitor.calibrating_live import CalibrationView, PlacementView
from monitor.desktop.body_view import Body, BodyView
from monitor.desktop.look import STATE_COLOURS, accent, art, ink, paragraph, soft
from monitor.judgement.assessment import State


class Sign(Enum):
    """What kind of sentence it is."""

    GOOD = "tick"
    ADVICE = "exclamation mark"
    NOTE = "i"


class Notice(QWidget):
    """A sentence with a sign before it; hidden while it is empty."""

    def __init__(self, sign: Sign = Sign.NOTE, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = _Badge(sign)
        self._label = paragraph(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        if not text:
            self.hide()

    @property
    def text(self) -> str:
        """The sentence shown; empty when none is."""
        return self._label.text()

    def say(self, text: str, sign: Sign | None = None) -> None:
        """Show this sentence; an empty one hides it."""
        if sign is not None:
            self._badge.show_sign(sign)
        if text != self._label.text():
            self._label.setText(text)
        self.setVisible(bool(text))


class _Badge(QWidget):
    def __init__(self, sign: Sign) -> None:
        super().__init__()
        side = round(1.4 * QFontMetricsF(self.font()).height())
        self.setFixedSize(side, side)
        self._sign = sign
        self.setAccessibleName(sign.value)

    def show_sign(self, sign: Sign) -> None:
        self._sign = sign
        self.setAccessibleName(sign.value)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(badge_colour(self._sign))
        painter.drawEllipse(rect)
        side = rect.width()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor("white"), 0.11 * side, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.translate(rect.topLeft())
        if self._sign is Sign.GOOD:
            tick = ((0.28, 0.53), (0.44, 0.69), (0.73, 0.34))
            painter.drawPolyline(QPolygonF([QPointF(x * side, y * side) for x, y in tick]))
        else:
            line, dot = ((0.24, 0.55), 0.74) if self._sign is Sign.ADVICE else ((0.46, 0.76), 0.26)
            painter.drawLine(QPointF(0.5 * side, line[0] * side), QPointF(0.5 * side, line[1] * side))
            painter.drawPoint(QPointF(0.5 * side, dot * side))
        painter.end()


def badge_colour(sign: Sign) -> QColor:
    """The ground of a sign; white stands out from each."""
    return {
        Sign.GOOD: STATE_COLOURS[State.UPRIGHT],
        Sign.ADVICE: STATE_COLOURS[State.TIPPED],
        Sign.NOTE: STATE_COLOURS[State.LEANING],
    }[sign]


class Drawing(QWidget):
    """A drawing of this project in the colours of the windows, in its own shape.

    Args:
        name: of the drawing.
        size: the least that it takes.
        accessible_name: what it shows, in words.
        captions: texts below it, each with the share of its width at which its middle lies.
    """

    def __init__(
        self, name: str, size: QSize, accessible_name: str, captions: tuple[tuple[float, str], ...] = ()
    ) -> None:
        super().__init__()
        self._name, self._captions = name, captions
        below = round(1.5 * self.fontMetrics().height()) if captions else 0
        self._size = QSize(size.width(), size.height() + below)
        self._below = below
        size = self._size
        self.setMinimumSize(size)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return self._size

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        renderer = QSvgRenderer(art(self._name, ink=ink(), accent=accent(), soft=soft()))
        renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(0, 0, 0, -self._below)
        renderer.render(painter, rect)
        shape = renderer.defaultSize()
        width = min(rect.width(), rect.height() * shape.width() / max(shape.height(), 1))
        painter.setPen(ink(strength=0.75))
        for share, text in self._captions:
            x = rect.center().x() + (share - 0.5) * width
            half = self.fontMetrics().horizontalAdvance(text)
            place = QRectF(x - half, rect.bottom(), 2 * half, self._below)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


class LiveView(BodyView):
    """What the camera sees now; smaller than a `BodyView` where there is little room."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return self.minimumSize()

    def show_view(self, view: PlacementView | CalibrationView, *, picture: bool) -> None:
        """Draw a frame; with ``picture`` the picture itself lies below."""
        height, width = view.frame.image_bgr.shape[:2]
        body = Body((width, height), view.pose, view.person_frame, view.contour)
        self.show_body(body, view.frame.image_bgr if picture else None)


class StepLine(QWidget):
    """The steps at the top: dots on a line, those done with a tick, and the present one in words."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__()
        self._titles, self._at = titles, 0
        self._dots = _Dots(len(titles))
        self._label = QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(self._label)
        row.addStretch(1)
        row.addWidget(self._dots)
        self.show_step(0)

    @property
    def text(self) -> str:
        """The present step in words."""
        return self._label.text()

    def show_step(self, at: int) -> None:
        """Step ``at``, from zero, is the present one."""
        words = self.tr("Step {number} of {total}: {title}")
        text = words.format(number=at + 1, total=len(self._titles), title=self._titles[at])
        self._label.setText(text)
        self.setAccessibleName(text)
        self._dots.show_step(at)
        self._dots.setAccessibleName(text)


class _Dots(QWidget):
    GAP = 34
    RADIUS = 7.0

    def __init__(self, total: int) -> None:
        super().__init__()
        self._total, self._at = total, 0
        self.setFixedSize(self.GAP * (total - 1) + 24, 24)

    def show_step(self, at: int) -> None:
        self._at = at
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = self.height() / 2
        for i in range(self._total):
            x = 12.0 + self.GAP * i
            done = accent() if i <= self._at else ink(strength=0.45)
            if i:
                painter.setPen(QPen(done, 2))
                painter.drawLine(QPointF(x - self.GAP + self.RADIUS + 2, y), QPointF(x - self.RADIUS - 2, y))
            painter.setPen(QPen(done, 2))
            painter.setBrush(done if i < self._at else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(x, y), self.RADIUS, self.RADIUS)
            if i == self._at:
                painter.setBrush(done)
                painter.drawEllipse(QPointF(x, y), 3.0, 3.0)
            elif i < self._at:
                painter.setPen(QPen(self.palette().window().color(), 2))
                tick = ((-3.0, 0.5), (-1.0, 2.5), (3.5, -2.5))
                painter.drawPolyline(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in tick]))
        painter.end()
