"""Chooses what is reviewed: a day, or the week, month or year about it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QDateTimeEdit, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from monitor.desktop.look import SPACE, heading
from monitor.desktop.review.view import Span

DAY, WEEK, MONTH, YEAR = range(4)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
"""Nobody can choose a day beyond these, so that no range reaches beyond what a date can be."""


def span_about(day: date, length: int) -> Span:
    """The day, or the week (from Monday), month or year that it lies in."""
    if length == WEEK:
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=6))
    if length == MONTH:
        first = day.replace(day=1)
        return Span(first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    if length == YEAR:
        return Span(date(day.year, 1, 1), date(day.year, 12, 31))
    return Span(day, day)


class RangeBar(QWidget):
    """The title, and beside it what changes the range. Earlier and later go by days with anything in the log."""

    changed = Signal()
    step_wanted = Signal(int)
    """-1: the observed day before; 1: the one after. Only for single days; longer ranges step by themselves."""

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = today
        self.title = heading("")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.length = QComboBox()
        self.length.addItems([self.tr("Day"), self.tr("Week"), self.tr("Month"), self.tr("Year")])
        self.length.setAccessibleName(self.tr("How much is shown"))
        self.picker = QDateEdit()
        limit_days(self.picker)
        self.picker.setCalendarPopup(True)
        self.picker.setAccessibleName(self.tr("Day"))
        self.earlier = QPushButton(self.tr("&Earlier"))
        self.later = QPushButton(self.tr("&Later"))
        self.earlier.clicked.connect(lambda: self._step(-1))
        self.later.clicked.connect(lambda: self._step(1))
        self.length.currentIndexChanged.connect(self._on_change)
        self.picker.dateChanged.connect(self._on_picked)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        row.addWidget(self.title, 1)
        for each in (self.length, self.picker, self.earlier, self.later):
            row.addWidget(each)
        self.show_day(today)

    @property
    def day(self) -> date:
        """The day about which the range lies."""
        return self._day

    @property
    def span(self) -> Span:
        """The range."""
        return span_about(self._day, self.length.currentIndex())

    def show_day(self, day: date, length: int | None = None) -> None:
        """Set the day, or the nearest that can be chosen, and the length of the range, without telling."""
        self._day = day = min(max(day, FIRST_DAY), LAST_DAY)
        for widget in (self.picker, self.length):
            widget.blockSignals(True)
        self.picker.setDate(QDate(day.year, day.month, day.day))
        if length is not None:
            self.length.setCurrentIndex(length)
        for widget in (self.picker, self.length):
            widget.blockSignals(False)
        self.title.setText(span_words(self.span, self.length.currentIndex()))

    def _step(self, by: int) -> None:
        length, span = self.length.currentIndex(), self.span
        if length == DAY:
            self.step_wanted.emit(by)
            return
        self.show_day(span.last + timedelta(days=1) if by > 0 else span.first - timedelta(days=1))
        self.changed.emit()

    def _on_picked(self, picked: QDate) -> None:
        self._day = date(picked.year(), picked.month(), picked.day())
        self._on_change()

    def _on_change(self) -> None:
        self.title.setText(span_words(self.span, self.length.currentIndex()))
        self.changed.emit()


def limit_days(edit: QDateTimeEdit) -> None:
    """Let only the days be chosen that a range may have."""
    first, last = (QDate(day.year, day.month, day.day) for day in (FIRST_DAY, LAST_DAY))
    edit.setDateRange(first, last)


def span_words(span: Span, length: int) -> str:
    """A range as the locale writes it."""
    locale = QLocale.system()

    def day(at: date, form: str | QLocale.FormatType) -> str:
        return str(locale.toString(QDate(at.year, at.month, at.day), form))

    if length == DAY:
        return day(span.first, QLocale.FormatType.LongFormat)
    if length == WEEK:
        short = QLocale.FormatType.ShortFormat
        return f"{day(span.first, short)} – {day(span.last, short)}"
    return day(span.first, "MMMM yyyy" if length == MONTH else "yyyy")
