"""The layers of a chart along days or weeks, and the first of them: the heat map of the hours of the day."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, TypeAlias

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.day_words import pct_words
from monitor.desktop.look import SPACE, contrast, ink, is_dark
from monitor.tiltlog.periods import Days, HeatMap, Sitting
from monitor.tiltlog.records import TICKS_PER_S
from monitor.words import duration_words

Cell: TypeAlias = tuple[int, int]  # row and column

SHADE_EDGES_PCT: Final = (10.0, 20.0, 35.0, 50.0, 75.0)
HALF_PCT: Final = 50.0  # where less could be judged, a share is marked
_ON_LIGHT: Final = ("#fbdfca", "#f7c39c", "#ee9d68", "#d97330", "#ab4a10", "#692a05")
_ON_DARK: Final = ("#43301f", "#643c1e", "#8d4d1c", "#bd6a2a", "#ec9a5c", "#ffd3b0")
translate = QCoreApplication.translate
_BESIDE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_ROW_PX: Final = (16.0, 24.0, 34.0)


def shade(share_pct: float, edges_pct: tuple[float, ...] = SHADE_EDGES_PCT) -> QColor:
    """The colour of a share: further from the windows' ground the larger it is."""
    return QColor((_ON_DARK if is_dark() else _ON_LIGHT)[bisect_right(edges_pct, share_pct)])


def ink_on(ground: QColor) -> QColor:
    """Black or white, whichever is told better from a ground; 4.5 to 1 at least."""
    return QColor(_ink_on(ground.rgb()))


@cache
def _ink_on(rgb: int) -> str:
    return max(("black", "white"), key=lambda name: contrast(QColor(name), QColor(rgb)))


def too_little_brush() -> QBrush:
    """The hatching of what was seen too shortly to tell a share."""
    return QBrush(ink(strength=0.45), Qt.BrushStyle.BDiagPattern)


def paint_corner(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Mark a cell of which less than half could be judged."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    side, top = min(7.0, 0.5 * box.width(), 0.5 * box.height()), box.topRight()
    painter.drawPolygon(QPolygonF([top - QPointF(side, 0.0), top, top + QPointF(0.0, side)]))


def date_words(day: date, form: str = "ddd d MMM") -> str:
    """A day in short, as the locale writes it: "Tue 6 Oct"."""
    return str(QLocale().toString(QDate(day.year, day.month, day.day), form))


def days_words(days: Days) -> str:
    """A day, or a week with its number."""
    if days.is_day:
        return date_words(days.first)
    words = translate("Charts", "Week {n}, {first} to {last}")
    return words.format(n=days.first.isocalendar().week, first=date_words(days.first), last=date_words(days.last))


def about_words(seconds: float) -> str:
    """A length of time, as exact as is of use: "52 min", "91 h"."""
    if seconds >= 36000.0:
        return f"{seconds / 3600.0:.0f} h"
    return duration_words(60.0 * round(seconds / 60.0) if seconds >= 600.0 else seconds)


class Layer:
    """What a chart draws: cells in columns of days or weeks. Columns lie alike in all layers of the same width."""

    columns: tuple[Days, ...] = ()
    row_count: int = 1
    plot: QRectF = QRectF()
    """Where the cells are."""
    heights_px: tuple[float, ...] = (0.0, 0.0, 0.0)
    """The height that it needs, that suits it, and that is enough."""

    @property
    def is_by_day(self) -> bool:
        """Whether each column is a day; else they are weeks."""
        return all(days.is_day for days in self.columns)

    def lay_out(self, size: QSizeF, metrics: QFontMetricsF) -> None:
        """Take this room: sets the fields above."""
        raise NotImplementedError

    def words(self, cell: Cell) -> str:
        """What a cell holds."""
        raise NotImplementedError

    def opens(self, cell: Cell) -> date | None:
        """The day that a cell leads to; None when there is none."""
        raise NotImplementedError

    def paint(self, painter: QPainter) -> None:
        """Draw all of it."""
        raise NotImplementedError

    def box(self, cell: Cell) -> QRectF:
        """Where a cell is."""
        width, height = self.plot.width() / max(len(self.columns), 1), self.plot.height() / max(self.row_count, 1)
        return QRectF(self.plot.left() + cell[1] * width, self.plot.top() + cell[0] * height, width, height)

    def across(self, size: QSizeF, metrics: QFontMetricsF, top: float, height: float) -> QRectF:
        """The place for the cells, beside the words at the left."""
        gutter = metrics.horizontalAdvance("100 %") + 12.0
        return QRectF(gutter, top, max(size.width() - gutter - 2.0, 1.0), max(height, 1.0))

    def paint_columns(self, painter: QPainter, top: float) -> None:
        """Name the columns in two lines from `top` on, with a thin line where a week, or a month of weeks, begins."""
        metrics, slot = QFontMetricsF(painter.font()), self.box((0, 0)).width()
        in_full = self.is_by_day and slot >= metrics.horizontalAdvance("30 Wed") + 6.0
        every = 1 if self.is_by_day else math.ceil((metrics.horizontalAdvance("30") + 5.0) / slot)
        side = Qt.AlignmentFlag.AlignHCenter if in_full else Qt.AlignmentFlag.AlignLeft
        line, end, names = metrics.height(), len(self.columns), self._names(in_full=in_full)
        for index, (upper, lower) in enumerate(names):
            left = self.box((0, index)).left()
            if index and upper and not in_full:
                painter.setPen(QPen(ink(strength=0.25), 1.0))
                low = max(top + 2 * line, self.plot.bottom())
                painter.drawLine(QPointF(left, min(top, self.plot.top())), QPointF(left, low))
            painter.setPen(ink(strength=0.8))
            room = slot * (next((at for at in range(index + 1, end) if names[at][0]), end) - index) - 4.0
            short = date_words(self.columns[index].first, "d" if self.is_by_day else "MMM") if upper else ""
            words = next((each for each in (upper, short) if metrics.horizontalAdvance(each) <= room), "")
            painter.drawText(QRectF(left + 3.0, top, room, line), side, words)
            if index % every == 0:
                below = QRectF(left - 2 * slot, top + line, 5 * slot, line)
                painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, lower)
        if not self.is_by_day:
            place = QRectF(0.0, top + line, self.plot.left() - 7.0, line)
            painter.drawText(place, _BESIDE, translate("Charts", "week"))

    def _names(self, *, in_full: bool) -> list[tuple[str, str]]:
        """Weekday and date of each column; or the date of Mondays and a letter; or new months and the week."""
        names, before = [], 0
        for day in (days.first for days in self.columns):
            if in_full:
                names.append((date_words(day, "ddd"), date_words(day, "d MMM")))
            elif self.is_by_day:
                letter = QLocale().dayName(day.isoweekday(), QLocale.FormatType.NarrowFormat)
                letter = date_words(day, "ddd")[:1] if letter.isdigit() else letter  # as without any locale
                names.append((date_words(day, "d MMM") if not before or day.weekday() == 0 else "", letter))
            else:
                form = "MMM yyyy" if not before or day.month == 1 else "MMM"
                names.append((date_words(day, form) if day.month != before else "", str(day.isocalendar().week)))
            before = day.month
        return names


class HeatLayer(Layer):
    """The share tipped in each hour of the day, by days or weeks. What is not known has no colour."""

    def __init__(self, heat: HeatMap) -> None:
        self._heat = heat
        self.columns, self.row_count = heat.columns, len(heat.hours)

    def lay_out(self, size: QSizeF, metrics: QFontMetricsF) -> None:
        """See `Layer.lay_out`."""
        head = 2.0 * metrics.height() + 4.0
        self.plot = self.across(size, metrics, head, size.height() - head - 2.0)
        self.heights_px = tuple(head + 2.0 + self.row_count * row_px for row_px in _ROW_PX)

    def opens(self, cell: Cell) -> date | None:
        """See `Layer.opens`."""
        row, column = cell
        days = [busiest[column] for busiest in self._heat.busiest]
        return next(filter(None, days), None) if self.is_by_day else days[row]

    def words(self, cell: Cell) -> str:
        """See `Layer.words`."""
        sitting, hour = self._heat.cells[cell[0]][cell[1]], self._heat.hours[cell[0]]
        words = f"{days_words(self.columns[cell[1]])}, {hour} to {hour + 1}: {sitting_words(sitting)}"
        day = self._heat.busiest[cell[0]][cell[1]]
        if day is not None and not self.columns[cell[1]].is_day:
            words += translate("Charts", "; most of it on {day}").format(day=date_words(day))
        return words

    def paint(self, painter: QPainter) -> None:
        """See `Layer.paint`."""
        self.paint_columns(painter, 0.0)
        metrics, slot = QFontMetricsF(painter.font()), self.box((0, 0))
        every = 1 if slot.height() >= metrics.height() - 3.0 else 2
        forms = ("{:.0f} %", "{:.0f}") if slot.height() >= metrics.ascent() + 3.0 else ()
        form = next((form for form in forms if metrics.horizontalAdvance(form.format(88)) <= slot.width() - 5.0), "")
        for row, hour in enumerate(self._heat.hours):
            if row % every == 0:
                box = self.box((row, 0))
                painter.setPen(ink(strength=0.8))
                place = QRectF(0.0, box.top(), self.plot.left() - 7.0, box.height())
                painter.drawText(place, _BESIDE, f"{hour}–{hour + 1}")
            for column, sitting in enumerate(self._heat.cells[row]):
                _paint_cell(painter, self.box((row, column)).adjusted(0.5, 0.5, -0.5, -0.5), sitting, form)


def sitting_words(sitting: Sitting) -> str:
    """The share tipped with its coverage, or why there is none."""
    judged, unknown = about_words(sitting.seated_s), about_words(sitting.unknown / TICKS_PER_S)
    if sitting.has_share:
        words = translate("Charts", "tipped {tipped} of {time} seated, {share} could be judged")
        return words.format(tipped=pct_words(sitting.tipped_pct), time=judged, share=pct_words(sitting.coverage_pct))
    if sitting.seated:
        return translate("Charts", "{time} seated could be judged, too little to tell a share").format(time=judged)
    if sitting.unknown:
        return translate("Charts", "somebody was there for {time}, none of it could be judged").format(time=unknown)
    if sitting.elsewhere:
        return translate("Charts", "nobody sat")
    return translate("Charts", "no camera was looking") if sitting.unseen else translate("Charts", "nothing logged")


def _paint_cell(painter: QPainter, box: QRectF, sitting: Sitting, form: str) -> None:
    if not sitting.has_share:
        if sitting.seated + sitting.unknown:
            painter.fillRect(box, too_little_brush())
        return
    ground = shade(sitting.tipped_pct)
    painter.fillRect(box, ground)
    painter.setPen(ink_on(ground))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, form.format(sitting.tipped_pct))
    if sitting.coverage_pct < HALF_PCT:
        paint_corner(painter, box, ink_on(ground))


def paint_flag(painter: QPainter, foot: QPointF) -> None:
    """Draw a flag that stands for a note."""
    top, colour = foot - QPointF(0.0, 14.0), ink(strength=0.85)
    painter.setPen(QPen(colour, 1.4))
    painter.setBrush(colour)
    painter.drawLine(foot, top)
    painter.drawPolygon(QPolygonF([top, top + QPointF(8.0, 3.5), top + QPointF(0.0, 7.0)]))


@dataclass(frozen=True)
class Entry:
    """A sign and its meaning."""

    words: str
    width_px: float
    draw: Callable[[QPainter, QRectF], object]


class Legend(QWidget):
    """Signs with their meaning, in as many lines as it takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_entries(self, *entries: Entry) -> None:
        """Show these."""
        self._entries = entries
        self.setAccessibleName(", ".join(entry.words for entry in entries))
        self._fit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.resizeEvent`."""
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(math.ceil(max((place.bottom() for place in self._places(self.width())), default=0.0)) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for entry, place in zip(self._entries, self._places(self.width()), strict=True):
            entry.draw(painter, QRectF(place.left(), place.center().y() - 6.0, entry.width_px, 12.0))
            painter.setPen(ink(strength=0.85))
            words = place.adjusted(entry.width_px + 6.0, 0.0, 0.0, 0.0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, entry.words)
        painter.end()

    def _places(self, width: float) -> list[QRectF]:
        places, x, y, line = [], 0.0, 0.0, self.fontMetrics().height() + 4.0
        for entry in self._entries:
            wide = entry.width_px + 6.0 + self.fontMetrics().horizontalAdvance(entry.words) + 2.0
            if x and x + wide > width:
                x, y = 0.0, y + line
            places.append(QRectF(x, y, wide, line))
            x += wide + SPACE
        return places
