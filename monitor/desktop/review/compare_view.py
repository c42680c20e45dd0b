"""This seat against that one: two groups of days of the whole log, and what differs between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from monitor.day_words import pct_words
from monitor.desktop.look import SPACE, paragraph
from monitor.desktop.review.compare_chooser import GroupChooser, Offer
from monitor.desktop.review.compare_figures import CompareFigures
from monitor.desktop.review.compare_plot import ComparePlot
from monitor.desktop.review.view import ReviewView, Span
from monitor.tiltlog.compare import Choice, Comparison, What, compare, sentence, side_notes
from monitor.tiltlog.reader import DayPart, LogReader
from monitor.tiltlog.records import SourceKind

_BESIDE_PX = 940
"""From this width on the figures stand beside the picture."""


@dataclass(frozen=True, slots=True)
class LoadedDays:
    """Every session's part of every day of the log."""

    parts: tuple[DayPart, ...]


class CompareView(ReviewView):
    """Two choosers, what differs in one sentence, a picture and a table. It looks at the whole log, whatever the span.

    Comparing takes about a second in a log of ten years, so it is done in a thread; the last answer asked for counts.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[DayPart, ...] = ()
        self._asked = 0
        self._comparer = _Comparer()
        self._comparer.compared.connect(self._show)
        self.found: Comparison | None = None
        self.choosers = (
            GroupChooser(self.tr("Compare"), is_first=True),
            GroupChooser(self.tr("with"), is_first=False),
        )
        for chooser in self.choosers:
            chooser.changed.connect(self._compare)
        self.says = paragraph("")
        font = self.says.font()
        font.setPointSizeF(1.3 * font.pointSizeF())
        self.says.setFont(font)
        self.says.setAccessibleName(self.tr("What differs"))
        self.notes = paragraph("", dim=True)
        self.plot = ComparePlot()
        self.plot.day_wanted.connect(self.day_wanted)
        self.plot.pointed.connect(self._tell_day)
        self.day_line = paragraph("", dim=True)
        self.figures = CompareFigures()
        for label in (self.says, self.notes, self.day_line):
            label.setTextFormat(Qt.TextFormat.PlainText)  # the name of a seat is the user's own
        self.result = self._result()
        self.pages = QStackedWidget()
        self.pages.addWidget(QWidget())
        self.pages.addWidget(self.result)
        self._lay_out()
        self._tell_day("")

    def load(self, log: LogReader, span: Span, kind: SourceKind = "live") -> LoadedDays:
        """See `ReviewView.load`."""
        days = log.days(kind)
        return LoadedDays(log.totals(days[0], days[-1], kind) if days else ())

    def show_loaded(self, loaded: LoadedDays, span: Span) -> None:
        """See `ReviewView.show_loaded`."""
        self._parts = loaded.parts
        if self._parts:
            offer = Offer.of(self._parts)
            for chooser in self.choosers:
                chooser.offer(offer)
        self._compare()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.resizeEvent`."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE_PX
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.changeEvent`."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "result"):
            for each in (self.plot, *self.choosers):
                each.update()

    def _compare(self) -> None:
        a, b = (chooser.choice for chooser in self.choosers)
        self._asked += 1
        words = self._nothing_to_compare(a, b)
        if words:
            self.found = None
            self.says.setText(words)
            self.notes.setText("")
            self.pages.setCurrentIndex(0)
            return
        QThreadPool.globalInstance().start(_Comparing(self._comparer, self._asked, self._parts, a, b))

    def _nothing_to_compare(self, a: Choice, b: Choice) -> str:
        if not self._parts:
            return self.tr("Nothing to compare yet: come back after some days of watching.")
        seats = {part.session.seat for part in self._parts}
        if a.what is b.what is What.SEAT and len(seats) == 1:
            tag = self.tr("Tag the seat you sit on in the tray menu, or past days in the menu Log.")
            known = (
                self.tr("No seat is tagged so far.") if seats == {""} else self.tr("Only one seat is tagged so far.")
            )
            return f"{known} {tag}"
        return ""

    def _show(self, asked: int, found: Comparison) -> None:
        if asked != self._asked:
            return
        self.found = found
        self.says.setText(sentence(found))
        self.notes.setText(" ".join(side_notes(found, pct_words)))
        has_days = bool(found.a.days or found.b.days) and not found.is_same
        if has_days:
            self.plot.show_comparison(found)
            self.figures.show_comparison(found)
        self.pages.setCurrentIndex(1 if has_days else 0)

    def _tell_day(self, words: str) -> None:
        self.day_line.setText(words or self.tr("Point at a day to see its date; click it to see the day itself."))

    def _result(self) -> QWidget:
        picture = QVBoxLayout()
        picture.setSpacing(SPACE // 2)
        picture.addWidget(self.plot, 1)
        picture.addWidget(self.day_line)
        figures = QVBoxLayout()
        figures.addWidget(self.figures)
        figures.addStretch(1)
        inside = QWidget()
        self._both = QBoxLayout(QBoxLayout.Direction.TopToBottom, inside)
        self._both.setContentsMargins(0, 0, 0, 0)
        self._both.setSpacing(2 * SPACE)
        self._both.addLayout(picture, 1)
        self._both.addLayout(figures)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _lay_out(self) -> None:
        choosers = QHBoxLayout()
        choosers.setSpacing(SPACE)
        for chooser in self.choosers:
            choosers.addWidget(chooser, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(choosers)
        column.addWidget(self.says)
        column.addWidget(self.notes)
        column.addWidget(self.pages, 1)


class _Comparer(QObject):
    """Carries what was compared back to the view."""

    compared = Signal(int, object)


class _Comparing(QRunnable):
    """Compares two groups of days."""

    def __init__(self, comparer: _Comparer, asked: int, parts: Sequence[DayPart], a: Choice, b: Choice) -> None:
        super().__init__()
        self._comparer, self._asked, self._parts, self._sides = comparer, asked, parts, (a, b)

    def run(self) -> None:
        """See `QRunnable.run`."""
        self._comparer.compared.emit(self._asked, compare(self._parts, *self._sides))
