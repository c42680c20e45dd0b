"""A chart that can be pointed at and walked through, and its layer for a figure by day and by median day."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from monitor.desktop.look import ink
from monitor.desktop.review.heat_map import HALF_PCT, Cell, Layer, paint_flag
from monitor.tiltlog.periods import MIN_DAY_S, Point, Trend

_FLAGS_PX: Final = 18.0
_STEPS: Final = (5.0, 10.0, 20.0, 25.0, 50.0, 100.0, 250.0, 1000.0)
_MOVES: Final = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Home: (0, -9999),
    Qt.Key.Key_End: (0, 9999),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class Chart(QWidget):
    """Shows a layer. The cell under the pointer or the cursor is told in words; a click or Enter opens its day."""

    told = Signal(str)
    """What the cell that is pointed at holds, in words; empty when there is none."""
    day_wanted = Signal(object)
    """The user wants to see this day (a date)."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.layer = Layer()
        self.cursor_cell: Cell | None = None
        self._pointed: Cell | None = None
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_layer(self, layer: Layer) -> None:
        """Show this layer; nothing is pointed at."""
        self.layer, self.cursor_cell, self._pointed = layer, None, None
        self.layer.lay_out(QSizeF(self.size()), QFontMetricsF(self.font()))
        self.setMaximumHeight(math.ceil(self.layer.heights_px[2]))
        self.setAccessibleDescription("")
        self.updateGeometry()
        self.update()

    def move_to(self, cell: Cell) -> None:
        """Put the cursor on a cell, or the nearest one, and tell what it holds."""
        rows, columns = self.layer.row_count, len(self.layer.columns)
        if not rows or not columns:
            return
        self.cursor_cell = min(max(cell[0], 0), rows - 1), min(max(cell[1], 0), columns - 1)
        words = self.layer.words(self.cursor_cell)
        self.setAccessibleDescription(words)
        self.told.emit(words)
        self.update()

    def cell_at(self, place: QPointF) -> Cell | None:
        """The cell at a place; None beside all of them."""
        plot, rows, columns = self.layer.plot, self.layer.row_count, len(self.layer.columns)
        if not rows or not columns or not plot.contains(place):
            return None
        row = int((place.y() - plot.top()) / plot.height() * rows)
        column = int((place.x() - plot.left()) / plot.width() * columns)
        return min(row, rows - 1), min(column, columns - 1)

    def _start(self) -> Cell:
        """Where the cursor first goes: to the last column that leads to a day with something in it."""
        rows, columns = range(self.layer.row_count), range(len(self.layer.columns))
        cells = ((row, column) for column in reversed(columns) for row in rows)
        return next((cell for cell in cells if self.layer.opens(cell)), (0, len(columns) - 1))

    def _open(self, cell: Cell | None) -> None:
        day = self.layer.opens(cell) if cell is not None else None
        if day is not None:
            self.day_wanted.emit(day)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(640, math.ceil(self.layer.heights_px[1]))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.minimumSizeHint`."""
        return QSize(320, math.ceil(self.layer.heights_px[0]))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.resizeEvent`."""
        if self.layer.columns:
            self.layer.lay_out(QSizeF(self.size()), QFontMetricsF(self.font()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        if not self.layer.columns or not self.layer.row_count:
            return
        painter = QPainter(self)
        self.layer.paint(painter)
        if self.cursor_cell is not None and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((self.palette().color(QPalette.ColorRole.Window), 5.0), (ink(), 2.0)):
                painter.setPen(QPen(colour, width))
                painter.drawRect(self.layer.box(self.cursor_cell))
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.mouseMoveEvent`."""
        cell = self.cell_at(event.position())
        if cell == self._pointed:
            return
        self._pointed = cell
        words = self.layer.words(cell) if cell is not None else ""
        self.told.emit(words)
        if cell is None:
            self.unsetCursor()
            QToolTip.hideText()
            return
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.layer.opens(cell) else Qt.CursorShape.ArrowCursor)
        shown = f"<p>{escape(words)}</p>"  # as it is written, and wrapped
        QToolTip.showText(event.globalPosition().toPoint(), shown, self, self.layer.box(cell).toAlignedRect())

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.leaveEvent`."""
        self._pointed = None
        self.told.emit(self.accessibleDescription() if self.hasFocus() else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.mouseReleaseEvent`."""
        cell = self.cell_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and cell is not None:
            self.move_to(cell)
            self._open(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.keyPressEvent`."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.cursor_cell)
        elif key in _MOVES and (self.layer.row_count > 1 or _MOVES[key][1]):
            row, column = self.cursor_cell or self._start()
            self.move_to((row + _MOVES[key][0], column + _MOVES[key][1]))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.focusInEvent`."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.move_to(self.cursor_cell or self._start())


@dataclass(frozen=True)
class Figure:
    """What a trend shows of a day or of the median day of a week.

    Attributes:
        value, words: of a point.
        unit: behind the numbers of the scale.
        top: the scale reaches this far at least.
        colour: of points and line, on the ground that the windows have now.
        guide: a band to compare with.
    """

    value: Callable[[Point], float]
    words: Callable[[Point], str]
    unit: str
    top: float
    colour: Callable[[], QColor]
    guide: tuple[float, float] | None = None


class TrendLayer(Layer):
    """A point for each day or week, joined by a line where they follow one another; days with notes have a flag."""

    def __init__(self, figure: Figure, trend: Trend, flagged: Collection[date]) -> None:
        self._figure, self._trend, self._flagged = figure, trend, flagged
        self.columns = tuple(point.days for point in trend.points)
        known = [value for value in map(figure.value, trend.points) if math.isfinite(value)]
        self._top = max([figure.top, *(1.05 * value for value in known)])

    def lay_out(self, size: QSizeF, metrics: QFontMetricsF) -> None:
        """See `Layer.lay_out`."""
        above, below = _FLAGS_PX if self._flagged else 8.0, 2.0 * metrics.height() + 8.0
        self.plot = self.across(size, metrics, above, size.height() - above - below)
        self.heights_px = tuple(above + below + height_px for height_px in (76.0, 110.0, 220.0))

    def words(self, cell: Cell) -> str:
        """See `Layer.words`."""
        return self._figure.words(self._trend.points[cell[1]])

    def opens(self, cell: Cell) -> date | None:
        """See `Layer.opens`."""
        point = self._trend.points[cell[1]]
        if point.middle:
            return point.middle[0]
        return point.days.first if point.days.is_day and point.sitting.is_observed else None

    def paint(self, painter: QPainter) -> None:
        """See `Layer.paint`."""
        self._scale(painter)
        self.paint_columns(painter, self.plot.bottom() + 6.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, days in enumerate(self.columns):
            if any(day in self._flagged for day in days.all):
                paint_flag(painter, QPointF(self.box((0, index)).center().x(), self.plot.top()))
        if self.is_by_day:
            self._median_days(painter)
        self._points(painter)

    def _y(self, value: float) -> float:
        return self.plot.bottom() - self.plot.height() * value / self._top

    def _scale(self, painter: QPainter) -> None:
        plot, metrics = self.plot, QFontMetricsF(painter.font())
        if self._figure.guide is not None:
            low, high = self._figure.guide
            band = QRectF(QPointF(plot.left(), self._y(high)), QPointF(plot.right(), self._y(low)))
            painter.fillRect(band, guide_colour(self._figure.colour()))
        most = max(2.0, plot.height() / (1.6 * metrics.height()))
        step = next((step for step in _STEPS if self._top / step <= most), _STEPS[-1])
        for value in (step * n for n in range(int(self._top / step) + 1)):
            y = self._y(value)
            painter.setPen(QPen(ink(strength=0.5 if value == 0 else 0.15), 1.0))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(ink(strength=0.8))
            place = QRectF(0.0, y - metrics.height() / 2, plot.left() - 7.0, metrics.height())
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(place, flags, f"{value:.0f}{self._figure.unit}")

    def _median_days(self, painter: QPainter) -> None:
        painter.setPen(QPen(ink(strength=0.85), 2.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        first = self.columns[0].first
        for week in self._trend.weeks:
            value = self._figure.value(week)
            if math.isfinite(value):
                left = self.box((0, (week.days.first - first).days)).left() + 2.0
                right = self.box((0, (week.days.last - first).days)).right() - 2.0
                painter.drawLine(QPointF(left, self._y(value)), QPointF(right, self._y(value)))

    def _points(self, painter: QPainter) -> None:
        slot = self.box((0, 0)).width()
        radius = 4.5 if slot >= 20.0 else 3.5
        colour = self._figure.colour()
        before: QPointF | None = None
        places = []
        painter.setPen(QPen(colour, 1.5))
        for index, point in enumerate(self._trend.points):
            value = self._figure.value(point)
            here = QPointF(self.box((0, index)).center().x(), self._y(value)) if math.isfinite(value) else None
            if here is not None and before is not None:
                painter.drawLine(before, here)
            if here is not None:
                places.append((here, is_unsure(point)))
            before = here
        for place, unsure in places:
            paint_point(painter, place, radius, colour, hollow=unsure)


def is_unsure(point: Point) -> bool:
    """Whether a point stands on little: under half an hour seated, or under half of it judged."""
    return point.sitting.seated_s < MIN_DAY_S or point.sitting.coverage_pct < HALF_PCT


def paint_point(painter: QPainter, place: QPointF, radius_px: float, colour: QColor, *, hollow: bool) -> None:
    """Draw a point; a hollow one stands on little."""
    painter.setPen(QPen(colour, 1.8))
    painter.setBrush(QGuiApplication.palette().color(QPalette.ColorRole.Window) if hollow else colour)
    painter.drawEllipse(place, radius_px, radius_px)


def guide_colour(colour: QColor) -> QColor:
    """The pale colour of a guide band."""
    colour = QColor(colour)
    colour.setAlphaF(0.16)
    return colour
