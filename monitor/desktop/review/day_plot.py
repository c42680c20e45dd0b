"""The picture of a day: its tilt, and below it a ribbon of states; both are zoomed and moved together."""

from __future__ import annotations

from html import escape
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QToolTip, QVBoxLayout, QWidget

from monitor.desktop.look import accent, ink
from monitor.desktop.review.day_axis import LEAST_SEEN_S, Seen, Ticks, minute_of, ticks
from monitor.desktop.review.day_layers import (
    MOVED_ROW,
    NOTE_ROW,
    RIBBON_PX,
    SIGN_ROW,
    STATE_ROW,
    GroundLayer,
    LabelLayer,
    RibbonLayer,
)
from monitor.desktop.review.day_minute import DayWords
from monitor.desktop.review.day_picture import DayPicture

_AXIS_PX = 62
_TIME_PX = 64.0
"""The room that a time on the axis takes."""
_TILT_PX = 150
"""The tilt is readable from this height on."""
_HEIGHT_PX = _TILT_PX + RIBBON_PX + 44


class DayPlot(QWidget):
    """Tilt and states along a day, with a cursor that follows the mouse and the keys."""

    pointed = Signal(float)
    """The cursor is at this moment, seconds UTC."""
    note_wanted = Signal(float)
    menu_wanted = Signal(float, QPoint)
    """A menu for this moment is wanted, at this place on the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture: DayPicture | None = None
        self.cursor_utc_s: float | None = None
        self.canvas: Any = pg.GraphicsLayoutWidget()
        self.canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.canvas.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.canvas.ci.layout.setContentsMargins(0, 6, 24, 0)
        self.canvas.ci.layout.setVerticalSpacing(6)
        self.tilt: Any = self._plot(0)
        self.ribbon: Any = self._plot(1)
        self._ground, self._labels, self._rows = GroundLayer(), LabelLayer(), RibbonLayer()
        self._band = QGraphicsPathItem()
        self._line: Any = pg.PlotCurveItem(connect="finite", antialias=True)
        self._line.setSegmentedLineMode("on")  # four times as fast as one long stroke
        self._cursors: list[Any] = [pg.InfiniteLine(angle=90, movable=False) for _ in range(2)]
        self._fill()
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.addWidget(self.canvas)
        self.canvas.installEventFilter(self)
        scene = self.canvas.scene()
        scene.sigMouseMoved.connect(self._moved)
        scene.sigMouseClicked.connect(self._clicked)
        self.tilt.vb.sigXRangeChanged.connect(self._draw)
        self.tilt.vb.sigResized.connect(self._draw)
        self.tilt.vb.sigResized.connect(self._name_axis)
        self.restyle()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(760, _HEIGHT_PX)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.minimumSizeHint`."""
        return QSize(320, _HEIGHT_PX)

    @property
    def seen(self) -> Seen:
        """The part of the day that is seen."""
        start_utc_s, end_utc_s = self.tilt.vb.viewRange()[0]
        return Seen(start_utc_s, end_utc_s)

    @property
    def marks(self) -> list[tuple[QRectF, str]]:
        """Where warnings and notes are drawn, pixels of the canvas, with all that there is to say about each."""
        return self._rows.boxes

    def show_day(self, picture: DayPicture, words: DayWords) -> None:
        """Show a day, from its first to its last hour with anything in it."""
        self.picture = self._ground.picture = self._labels.picture = self._rows.picture = picture
        self._rows.words = words
        self.cursor_utc_s = None
        for line in self._cursors:
            line.hide()
        self.tilt.vb.setYRange(*picture.range_deg, padding=0)
        limits = picture.limits
        for plot in (self.tilt, self.ribbon):
            plot.vb.setLimits(xMin=limits.start_utc_s, xMax=limits.end_utc_s, minXRange=LEAST_SEEN_S)
        self.see(picture.hours)
        self._draw()

    def see(self, seen: Seen) -> None:
        """Show this part of the day, or as near to it as can be."""
        if self.picture is not None:
            seen = seen.within(self.picture.limits)
            self.tilt.vb.setXRange(seen.start_utc_s, seen.end_utc_s, padding=0)

    def see_all(self) -> None:
        """Show the whole day."""
        if self.picture is not None:
            self.see(self.picture.hours)

    def zoom(self, factor: float) -> None:
        """Zoom in by so much about the cursor, or about the middle when it is not seen."""
        self.see(self.seen.zoomed(factor, self.cursor_utc_s))

    def move_by(self, share: float) -> None:
        """Move later by a share of what is seen."""
        self.see(self.seen.moved(share * self.seen.length_s))

    def point_at(self, t_utc_s: float) -> None:
        """Put the cursor at a moment of the day."""
        if self.picture is None:
            return
        limits = self.picture.limits
        self.cursor_utc_s = min(max(t_utc_s, limits.start_utc_s), limits.end_utc_s - 0.1)
        for line in self._cursors:
            line.setPos(self.cursor_utc_s)
            line.show()
        self.pointed.emit(self.cursor_utc_s)

    def step(self, minutes: int) -> None:
        """Move the cursor by minutes, and what is seen after it."""
        if self.picture is None:
            return
        seen = self.seen
        at_utc_s = (seen.start_utc_s + seen.end_utc_s) / 2 if self.cursor_utc_s is None else self.cursor_utc_s
        if self.cursor_utc_s is not None:
            at_utc_s = minute_of(self.picture.clock, at_utc_s).start_utc_s + 60.0 * minutes
        self.point_at(at_utc_s)
        at_utc_s = self.cursor_utc_s if self.cursor_utc_s is not None else at_utc_s
        if not seen.start_utc_s <= at_utc_s < seen.end_utc_s:
            self.see(seen.moved(at_utc_s - (seen.start_utc_s + seen.end_utc_s) / 2))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.changeEvent`."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.restyle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """See `QObject.eventFilter`: the frame tells whether the keys go here."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        if self.canvas.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(accent(), 2.0))
            painter.drawRect(QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0))
            painter.end()

    def restyle(self) -> None:
        """Take the colours and letters of the windows."""
        ground = self.palette().color(QPalette.ColorRole.Base)
        self.canvas.setBackground(ground)
        self._labels.ground = ground
        for plot in (self.tilt, self.ribbon):
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(ink(strength=0.45))
                axis.setTextPen(ink(strength=0.85))
                axis.setTickFont(self.font())
        self._name_axis()
        shade = accent()
        shade.setAlphaF(0.22)
        self._band.setBrush(shade)
        self._line.setPen(_pen(accent(), 1.4))
        for line in self._cursors:
            line.setPen(_pen(ink(strength=0.75), 1.0))
        for layer in (self._ground, self._labels, self._rows):
            layer.update()

    def _plot(self, row: int) -> Any:
        plot = self.canvas.addPlot(row=row, col=0)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.vb.setMouseEnabled(x=True, y=False)
        plot.vb.disableAutoRange()
        plot.vb.setDefaultPadding(0.0)
        plot.getAxis("left").setWidth(_AXIS_PX)
        return plot

    def _fill(self) -> None:
        """Put the drawings into the two plots."""
        self._band.setPen(Qt.PenStyle.NoPen)
        self._band.setZValue(-5.0)
        for item in (self._ground, self._band, self._line, self._labels, self._cursors[0]):
            self.tilt.vb.addItem(item, ignoreBounds=True)
        for item in (self._rows, self._cursors[1]):
            self.ribbon.vb.addItem(item, ignoreBounds=True)
        self.tilt.setMinimumHeight(_TILT_PX)
        self.tilt.getAxis("bottom").setStyle(showValues=False)
        self.tilt.getAxis("bottom").setTicks([])
        self.tilt.getAxis("bottom").setHeight(1)
        self.ribbon.vb.setXLink(self.tilt.vb)
        self.ribbon.vb.setYRange(0.0, RIBBON_PX, padding=0)
        self.ribbon.getAxis("bottom").setStyle(hideOverlappingLabels=24)
        self.ribbon.getAxis("bottom").setHeight(26)
        self.ribbon.setFixedHeight(RIBBON_PX + 27)
        named = {
            self.tr("notes"): NOTE_ROW,
            self.tr("warned"): SIGN_ROW,
            self.tr("state"): STATE_ROW,
            self.tr("moved"): MOVED_ROW,
        }
        axis = self.ribbon.getAxis("left")
        axis.setTicks([[(sum(row) / 2, name) for name, row in named.items()]])
        axis.setTickPen(QPen(Qt.PenStyle.NoPen))

    def _draw(self, *_: object) -> None:
        """Draw what is seen as finely as the screen can show it."""
        if self.picture is None:
            return
        seen, width_px = self.seen, max(int(self.tilt.vb.width()), 1)
        marks = ticks(self.picture.clock, seen, int(width_px / _TIME_PX))
        self._ground.ticks = marks
        self._ground.lay_over(seen, *self.picture.range_deg)
        self._labels.lay_over(seen, *self.picture.range_deg)
        self._rows.lay_over(seen, 0.0, RIBBON_PX)
        self.ribbon.getAxis("bottom").setTicks(_levels(marks))
        drawn = self.picture.line.drawn(seen.start_utc_s, seen.end_utc_s, width_px)
        self._line.setData(drawn.t_utc_s, drawn.tilt_deg)
        outline = pg.arrayToQPath(drawn.outline_t_utc_s, drawn.outline_deg, connect=drawn.is_joined.astype("int32"))
        self._band.setPath(outline)

    def _name_axis(self, *_: object) -> None:
        """Say along the axis what it shows, as fully as there is room for."""
        names = self.tr("degrees back from your neutral"), self.tr("degrees from neutral"), self.tr("degrees")
        metrics, room_px = QFontMetricsF(self.font()), self.tilt.vb.height()
        name = next((each for each in names if metrics.horizontalAdvance(each) <= room_px), names[-1])
        self.tilt.getAxis("left").setLabel(name, color=ink(strength=0.85).name())

    def _time_at(self, place: QPointF) -> float:
        return float(self.tilt.vb.mapSceneToView(place).x())

    def _is_inside(self, place: QPointF) -> bool:
        left, right = self.tilt.vb.sceneBoundingRect(), self.ribbon.vb.sceneBoundingRect()
        return self.picture is not None and bool(left.contains(place) or right.contains(place))

    def _moved(self, place: QPointF) -> None:
        if not self._is_inside(place):
            return
        self.point_at(self._time_at(place))
        at = self.canvas.mapFromScene(place)
        said = next((text for box, text in self.marks if box.contains(QPointF(at))), "")
        if said:
            QToolTip.showText(self.canvas.viewport().mapToGlobal(at), _tip(said), self.canvas)
        else:
            QToolTip.hideText()

    def _clicked(self, event: Any) -> None:
        if not self._is_inside(event.scenePos()):
            return
        t_utc_s = self._time_at(event.scenePos())
        self.point_at(t_utc_s)
        if event.button() == Qt.MouseButton.RightButton:
            self.menu_wanted.emit(t_utc_s, event.screenPos().toPoint())
        elif event.double():
            self.note_wanted.emit(t_utc_s)


def _pen(colour: QColor, width_px: float) -> QPen:
    pen = QPen(colour, width_px)
    pen.setCosmetic(True)
    return pen


def _tip(text: str) -> str:
    """A text as a tool tip: wrapped, and nothing in it is taken for a mark-up."""
    return f"<p style='white-space: pre-wrap'>{escape(text)}</p>"


def _levels(marks: Ticks) -> list[list[tuple[float, str]]]:
    return [list(marks.timed), [(t_utc_s, "") for t_utc_s in marks.small]]
