"""Weeks, months and years in the review: the hours of the day, the median day, and how often the position changed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from monitor.day_words import pct_words
from monitor.desktop.look import SPACE, STATE_COLOURS, accent, ink, paragraph
from monitor.desktop.review.heat_map import (
    SHADE_EDGES_PCT,
    Entry,
    HeatLayer,
    Legend,
    about_words,
    date_words,
    days_words,
    paint_corner,
    paint_flag,
    shade,
    sitting_words,
    too_little_brush,
)
from monitor.desktop.review.notes_line import breakable
from monitor.desktop.review.trend import Chart, Figure, TrendLayer, guide_colour, paint_point
from monitor.desktop.review.view import ReviewView, Span
from monitor.judgement.assessment import State
from monitor.tiltlog.periods import Days, Period, Point, period_of
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import SourceKind

GUIDE_PER_HOUR = (20.0, 30.0)
"""Changing position so often went with less discomfort than 10 times an hour, in a trial of one hour."""
_NOTE_LETTERS = 90


@dataclass(frozen=True, slots=True)
class NoteFlag:
    """A note: its day, the local time in words, and what it says."""

    day: date
    time: str
    text: str


@dataclass(frozen=True, slots=True)
class LoadedPeriod:
    """What a period view shows."""

    period: Period
    notes: tuple[NoteFlag, ...]


class PeriodView(ReviewView):
    """How a week, a month or a year went: hours, days, and changes of position."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes: tuple[NoteFlag, ...] = ()
        self._weeks: tuple[Point, ...] = ()
        self.summary = paragraph("")
        self.summary.setFont(_scaled(self.summary.font(), 1.2, QFont.Weight.Normal))
        self.aside = paragraph("", dim=True)
        self.heat = Chart(self.tr("Share tipped, by hour of the day"))
        self.tipped = Chart(self.tr("Share tipped, by day and median day"))
        self.changes = Chart(self.tr("Position changes an hour"))
        self.titles = QLabel(), QLabel(), QLabel()
        self.legends = Legend(), Legend(), Legend()
        self.told = QLabel()
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        self.told.setMinimumHeight(2 * self.told.fontMetrics().height())
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.charts = QScrollArea()
        self.charts.setFrameShape(QFrame.Shape.NoFrame)
        self.charts.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.charts.setWidgetResizable(True)
        self.charts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.charts.setWidget(self._chart_column())
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE // 2)
        column.setSpacing(SPACE // 2)
        for widget in (self.summary, self.aside, self.charts, self.told):
            column.addWidget(widget, int(widget is self.charts))
        column.addStretch(0)
        self.charts.hide()
        self.told.hide()

    def load(self, log: LogReader, span: Span, kind: SourceKind = "live") -> LoadedPeriod:
        """See `ReviewView.load`."""
        clock = log.clock
        notes = tuple(
            NoteFlag(clock.day_of(note.t_utc_s), f"{clock.local(note.t_utc_s):%H:%M}", note.text)
            for note in log.notes(span.first, span.last)
        )
        parts, hours = log.totals(span.first, span.last, kind), log.hours(span.first, span.last, kind)
        return LoadedPeriod(period_of(parts, hours, Days(span.first, span.last)), notes)

    def show_loaded(self, loaded: LoadedPeriod, span: Span) -> None:
        """See `ReviewView.show_loaded`."""
        period, self._notes, self._weeks = loaded.period, loaded.notes, loaded.period.trend.weeks
        self.summary.setText(self._summary_words(period))
        aside = self._aside_words(period)
        self.aside.setText(aside)
        self.aside.setVisible(bool(aside))
        self._tell("")
        has_sitting = bool(period.heat.hours)
        self.charts.setVisible(has_sitting)
        self.told.setVisible(has_sitting)
        if not has_sitting:
            return
        flagged = {note.day for note in loaded.notes}
        tipped = Figure(lambda point: point.tipped_pct, self._tipped_words, " %", 20.0, _tipped_colour)
        changes = Figure(lambda point: point.changes_per_hour, self._changes_words, "", 36.0, accent, GUIDE_PER_HOUR)
        heat = HeatLayer(period.heat)
        self.heat.show_layer(heat)
        self.tipped.show_layer(TrendLayer(tipped, period.trend, flagged))
        self.changes.show_layer(TrendLayer(changes, period.trend, flagged))
        self._name(by_day=heat.is_by_day, has_notes=bool(flagged))

    def _chart_column(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, SPACE // 2, 0, 0)
        column.setSpacing(SPACE // 4)
        charts = (self.heat, self.tipped, self.changes)
        for title, chart, legend, stretch in zip(self.titles, charts, self.legends, (4, 3, 2), strict=True):
            title.setFont(_scaled(title.font(), 1.0, QFont.Weight.DemiBold))
            column.addWidget(title)
            column.addWidget(chart, stretch)
            column.addWidget(legend)
            column.addSpacing(SPACE // 4)
            chart.told.connect(self._tell)
            chart.day_wanted.connect(self.day_wanted)
        column.addStretch(0)
        return inside

    def _tell(self, words: str) -> None:
        hint = self.tr("Point at the charts, or walk through them with the arrow keys: what is there is told here.")
        self.told.setText(breakable(words or hint))

    def _summary_words(self, period: Period) -> str:
        whole = period.whole
        if whole.has_share:
            words = self.tr("Tipped back {tipped} of {time} seated ({judged} could be judged), on {days}.")
            days = self.tr("1 day") if period.seated_days == 1 else self.tr("{n} days").format(n=period.seated_days)
            tipped, judged = pct_words(whole.tipped_pct), pct_words(whole.coverage_pct)
            return words.format(tipped=tipped, time=about_words(whole.seated_s), judged=judged, days=days)
        if whole.is_observed:
            words = sitting_words(whole)
            return f"{words[:1].upper()}{words[1:]}."
        words = self.tr("Nothing was logged from {first} to {last}.")
        return words.format(first=date_words(period.days.first), last=date_words(period.days.last))

    def _aside_words(self, period: Period) -> str:
        if period.first_day is None or period.last_day is None:
            return self.tr("Saddle fills this in while it watches. Other days may have something to show.")
        words = []
        if not any(week.counted for week in period.trend.weeks):
            words.append(self.tr("A median day takes days with at least 30 min seated; there is none yet."))
        if period.empty_days:
            sentence = self.tr("Nothing was logged on {n} of the {all} days from {first} to {last}: they stay empty.")
            count = (period.last_day - period.first_day).days + 1
            first, last = date_words(period.first_day), date_words(period.last_day)
            words.append(sentence.format(n=period.empty_days, all=count, first=first, last=last))
        return " ".join(words)

    def _tipped_words(self, point: Point) -> str:
        if point.days.is_day:
            words = sitting_words(point.sitting)
            if point.sitting.has_share and not point.counted:
                words += self.tr(", too short to count for the median day")
            median_pct = next(week.tipped_pct for week in self._weeks if point.days.first in week.days.all)
            if math.isfinite(median_pct):
                words += self.tr("; {share} on the week's median day").format(share=pct_words(median_pct))
        else:
            words = self._median_words(point, self.tr("tipped {value} on the median day"), pct_words(point.tipped_pct))
        return self._with_notes(point, words)

    def _changes_words(self, point: Point) -> str:
        value = f"{point.changes_per_hour:.0f}" if math.isfinite(point.changes_per_hour) else "–"
        if not point.days.is_day:
            words = self._median_words(point, self.tr("{value} position changes an hour on the median day"), value)
        elif point.sitting.has_share:
            words = self.tr("{value} position changes an hour in {time} seated, {judged} could be judged")
            time, judged = about_words(point.sitting.seated_s), pct_words(point.sitting.coverage_pct)
            words = words.format(value=value, time=time, judged=judged)
        else:
            words = sitting_words(point.sitting)
        return self._with_notes(point, words)

    def _median_words(self, week: Point, words: str, value: str) -> str:
        if not week.counted:
            return self.tr("no day with at least 30 min seated")
        counted = self.tr("1 day counts") if week.counted == 1 else self.tr("{n} days count").format(n=week.counted)
        judged = self.tr("{judged} could be judged").format(judged=pct_words(week.sitting.coverage_pct))
        return f"{words.format(value=value)}, {judged}, {counted}"

    def _with_notes(self, point: Point, words: str) -> str:
        sentences = [f"{days_words(point.days)}: {words}"]
        for note in self._notes:
            if point.days.first <= note.day <= point.days.last:
                when = note.time if point.days.is_day else f"{date_words(note.day)}, {note.time}"
                text = note.text if len(note.text) <= _NOTE_LETTERS else f"{note.text[:_NOTE_LETTERS]}…"
                sentences.append(self.tr("Note at {when}: {text}").format(when=when, text=text))
        return ". ".join(sentences)

    def _name(self, *, by_day: bool, has_notes: bool) -> None:
        """Write titles and legends."""
        titles = (
            self.tr("Share tipped in each hour of the day"),
            self.tr("Share tipped by day") if by_day else self.tr("Share tipped on the median day of each week"),
            self.tr("Position changes in an hour seated"),
        )
        for label, title in zip(self.titles, titles, strict=True):
            label.setText(title)
        guide = Entry(
            self.tr("20 to 30 an hour felt better in a trial"),
            22.0,
            lambda painter, box: painter.fillRect(box, guide_colour(accent())),
        )
        flag = Entry(self.tr("a note"), 9.0, lambda painter, box: paint_flag(painter, box.bottomLeft()))
        flags = (flag,) if has_notes else ()
        self.legends[0].show_entries(*self._heat_entries())
        self.legends[1].show_entries(*self._point_entries(_tipped_colour, by_day=by_day), *flags)
        self.legends[2].show_entries(guide, *self._point_entries(accent, by_day=by_day), *flags)

    def _heat_entries(self) -> list[Entry]:
        lows = (0.0, *SHADE_EDGES_PCT)
        names = [f"{low:.0f}–{high:.0f} %" for low, high in zip(lows, (*SHADE_EDGES_PCT, 100.0), strict=True)]
        names[0] = self.tr("hardly: {share}").format(share=names[0])
        names[-1] = self.tr("mostly: {share}").format(share=names[-1])
        entries = [Entry(name, 16.0, _swatch(low)) for name, low in zip(names, lows, strict=True)]
        few = self.tr("under 2 min judged")
        entries.append(Entry(few, 16.0, lambda painter, box: painter.fillRect(box, too_little_brush())))
        entries.append(Entry(self.tr("under half judged"), 12.0, _draw_corner))
        return entries

    def _point_entries(self, colour: Callable[[], QColor], *, by_day: bool) -> list[Entry]:
        def point(words: str, *, hollow: bool) -> Entry:
            return Entry(
                words, 10.0, lambda painter, box: paint_point(painter, box.center(), 4.0, colour(), hollow=hollow)
            )

        if not by_day:
            entries = [point(self.tr("the median day of a week"), hollow=False)]
            return [*entries, point(self.tr("under half judged"), hollow=True)]
        return [
            point(self.tr("a day"), hollow=False),
            point(self.tr("under 30 min seated, or under half judged"), hollow=True),
            Entry(self.tr("the week's median day"), 22.0, _draw_median),
        ]


def _swatch(share_pct: float) -> Callable[[QPainter, QRectF], object]:
    return lambda painter, box: painter.fillRect(box, shade(share_pct))


def _draw_corner(painter: QPainter, box: QRectF) -> None:
    painter.setPen(QPen(ink(strength=0.4), 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    paint_corner(painter, box, ink())


def _draw_median(painter: QPainter, box: QRectF) -> None:
    painter.fillRect(QRectF(box.left(), box.center().y() - 1.25, box.width(), 2.5), ink(strength=0.85))


def _scaled(font: QFont, by: float, weight: QFont.Weight) -> QFont:
    font = QFont(font)
    font.setPointSizeF(by * font.pointSizeF())
    font.setWeight(weight)
    return font


def _tipped_colour() -> QColor:
    return STATE_COLOURS[State.TIPPED]
