"""The picture of two groups of days as a widget: a day says its date, and can be asked for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from monitor.day_words import pct_words
from monitor.desktop.look import accent
from monitor.desktop.review.bouts_words import day_text
from monitor.desktop.review.compare_drawing import draw
from monitor.desktop.review.compare_figures import short_name
from monitor.desktop.review.compare_places import Dot, Places
from monitor.tiltlog.compare import Comparison
from monitor.words import duration_words

_NEAR_PX = 14.0


class ComparePlot(QWidget):
    """The picture. A day is pointed at with the pointer or the arrow keys; a click or Enter asks for it.

    Signals:
        day_wanted: the date of a day.
        pointed: what there is to say about the day pointed at; empty for none.
    """

    day_wanted = Signal(object)
    pointed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._found: Comparison | None = None
        self._places: Places | None = None
        self._at: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(360, 240)
        self.setAccessibleName(self.tr("The days of both sides, and the difference"))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(520, 250)

    def show_comparison(self, found: Comparison) -> None:
        """Show this."""
        self._found, self._places = found, None
        self._point(None)
        self.update()

    @property
    def places(self) -> Places | None:
        """Where things are at the present size; None before there is anything."""
        if self._places is None and self._found is not None:
            self._places = Places.of(self._found, self.width(), self.height(), self.fontMetrics().height())
        return self._places

    def words(self, dot: Dot) -> str:
        """What is said about a day."""
        of_day = self.tr("{day}, {side}: tipped {share} of {seated}; {judged} of sitting could be judged")
        return of_day.format(
            day=day_text(dot.day.day.year, dot.day.day.month, dot.day.day.day),
            side=short_name(dot.side.choice),
            share=pct_words(dot.day.tipped_pct),
            seated=duration_words(dot.day.seated_s),
            judged=pct_words(dot.day.coverage_pct),
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        places = self.places
        if self._found is None or places is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter, self._found, places, self._at)
        if self.hasFocus():
            painter.setPen(QPen(accent(), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """See `QWidget.event`: the day under the pointer also says its date beside it."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.FontChange):
            self._places = None
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.places is not None:
            at = self.places.nearest(event.pos().toPointF(), _NEAR_PX)
            QToolTip.showText(event.globalPos(), "" if at is None else self.words(self.places.dots[at]), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.mouseMoveEvent`."""
        self._point(self.places.nearest(event.position(), _NEAR_PX) if self.places is not None else None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.mouseReleaseEvent`."""
        if event.button() == Qt.MouseButton.LeftButton and self.places is not None:
            self._point(self.places.nearest(event.position(), _NEAR_PX))
            self._ask()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.leaveEvent`."""
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.keyPressEvent`."""
        last = len(self.places.dots) - 1 if self.places is not None else -1
        steps = {
            Qt.Key.Key_Left: last if self._at is None else max(self._at - 1, 0),
            Qt.Key.Key_Right: 0 if self._at is None else min(self._at + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in steps and last >= 0:
            self._point(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._at is not None:
            self._ask()
        else:
            super().keyPressEvent(event)

    def _point(self, at: int | None) -> None:
        if at != self._at:
            self._at = at
            self.update()
        words = self.words(self.places.dots[at]) if at is not None and self.places is not None else ""
        self.setAccessibleDescription(words)
        self.setCursor(Qt.CursorShape.ArrowCursor if at is None else Qt.CursorShape.PointingHandCursor)
        self.pointed.emit(words)

    def _ask(self) -> None:
        if self._at is not None and self.places is not None:
            self.day_wanted.emit(self.places.dots[self._at].day.day)
