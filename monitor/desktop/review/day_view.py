"""The review of a day: its tilt and states along the hours, a minute in words, and its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QDate, QLocale, QPoint, QSize, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from monitor.alerts.causes import Cause
from monitor.desktop.live.chips import cause_words
from monitor.desktop.look import SPACE, heading, paragraph
from monitor.desktop.review.day_axis import Seen, time_words
from monitor.desktop.review.day_figures import DayFigures
from monitor.desktop.review.day_legend import DayLegend
from monitor.desktop.review.day_minute import DayWords
from monitor.desktop.review.day_picture import DayPicture, is_observed, picture_of
from monitor.desktop.review.day_plot import DayPlot
from monitor.desktop.review.day_setups import Setup, setups_of
from monitor.desktop.review.notes_line import LONGEST, breakable
from monitor.desktop.review.view import ReviewView, Span
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import LogSlice, SourceKind
from monitor.tiltlog.summary import Summary, summary_of
from monitor.tiltlog.totals import added
from monitor.words import DISCLAIMER, shortened

_MOMENT_S = 600.0
_ZOOM = 1.6
_MOVE = 0.25
_LEAST_PX = 130
_CURSOR_KEYS = {"Shift+Left": -1, "Shift+Right": 1, "Ctrl+Shift+Left": -10, "Ctrl+Shift+Right": 10}
"""How many minutes each moves the cursor by."""


@dataclass(frozen=True, eq=False)
class LoadedDay:
    """A day as it is shown."""

    day: date
    log: LogSlice
    words: DayWords
    picture: DayPicture
    summary: Summary
    setups: tuple[Setup, ...]
    is_observed: bool


class DayView(ReviewView):
    """One day: of a longer span the last one on which anything was observed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._causes = {str(cause): cause_words(cause) for cause in Cause} | {str(Cause.PLAIN): ""}
        self._loaded: LoadedDay | None = None
        self._wanted_utc_s: float | None = None
        self.title = heading("")
        self.plot = DayPlot()
        self.plot.canvas.setAccessibleName(self.tr("Tilt and states along the day"))
        self.minute = paragraph("")
        self.minute.setTextFormat(Qt.TextFormat.PlainText)
        self.minute.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.minute.setMinimumHeight(2 * self.minute.fontMetrics().lineSpacing() + 4)
        self.legend = DayLegend()
        self.figures = DayFigures()
        self.empty = paragraph("")
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.foot = paragraph(DISCLAIMER, dim=True)
        self.note = self._action(self.tr("Write a note"), ["N"], self._want_note)
        self.tools = self._tools()
        self._steps()
        self._lay_out()
        self.plot.pointed.connect(self._say_minute)
        self.plot.note_wanted.connect(self.note_wanted)
        self.plot.menu_wanted.connect(self._open_menu)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(1100, 660)

    def load(self, log: LogReader, span: Span, kind: SourceKind = "live") -> LoadedDay:
        """See `ReviewView.load`."""
        day = span.last
        if not span.is_day:
            observed = log.day_before(span.last + timedelta(days=1), kind)
            day = observed if observed is not None and observed >= span.first else day
        read, clock = log.day(day, kind), log.clock
        totals = added(part.totals for part in log.totals(day, day, kind))
        return LoadedDay(
            day,
            read,
            DayWords(read, clock, self._causes),
            picture_of(read, clock),
            summary_of(totals, read.start_utc_s, read.end_utc_s),
            setups_of(read, clock),
            is_observed(read),
        )

    def show_loaded(self, loaded: LoadedDay, span: Span) -> None:
        """See `ReviewView.show_loaded`. A day that is shown already keeps its place."""
        before, self._loaded = self._loaded, loaded
        self.title.setText(str(QLocale().toString(_qdate(loaded.day), QLocale.FormatType.LongFormat)))
        self.pages.setCurrentIndex(0 if loaded.is_observed else 1)
        for action in self.tools:
            action.setEnabled(loaded.is_observed)
        if loaded.is_observed:
            self._show_day(loaded, before if before is not None and before.day == loaded.day else None)
        else:
            notes = "\n".join(breakable(shortened(loaded.words.note(note), LONGEST)) for note in loaded.log.notes)
            self.empty.setText(self.tr("Nothing was observed on this day.") + (f"\n\n{notes}" if notes else ""))
        if self._wanted_utc_s is not None:
            self.show_moment(self._wanted_utc_s)
        if before is None or before.day != loaded.day:
            self._wanted_utc_s = None  # it is of neither day

    def _show_day(self, loaded: LoadedDay, before: LoadedDay | None) -> None:
        """Show an observed day; ``before`` is the same day as it was shown until now."""
        seen, cursor_utc_s = self.plot.seen, self.plot.cursor_utc_s
        self.plot.show_day(loaded.picture, loaded.words)
        self.legend.show_causes(_letters(loaded))
        self.figures.show_day(loaded.summary, loaded.setups)
        if before is None or not before.is_observed or cursor_utc_s is None:
            self.minute.setText(self.tr("Point at the day, or press Shift and an arrow, to read a minute in words."))
        else:
            self.plot.point_at(cursor_utc_s)
        if before is not None and before.is_observed and not seen.is_about(before.picture.hours):
            self.plot.see(seen)

    def show_moment(self, t_utc_s: float) -> None:
        """Show ten minutes about a moment, with the cursor there; one of another day as soon as that is loaded."""
        self._wanted_utc_s = t_utc_s
        limits = self._loaded.picture.limits if self._loaded is not None and self._loaded.is_observed else None
        if limits is not None and limits.start_utc_s <= t_utc_s < limits.end_utc_s:
            self._wanted_utc_s = None
            self.plot.see(Seen(t_utc_s - _MOMENT_S / 2, t_utc_s + _MOMENT_S / 2))
            self.plot.point_at(t_utc_s)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """The menu by its key; that of the mouse comes from the picture. See `QWidget.contextMenuEvent`."""
        if event.reason() != QContextMenuEvent.Reason.Keyboard or self.pages.currentIndex() != 0:
            super().contextMenuEvent(event)
            return
        self._open_menu(self._moment(), self.plot.mapToGlobal(self.plot.rect().center()))

    def _action(self, words: str, keys: list[str], do: Callable[[], object]) -> QAction:
        action = QAction(words, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.setToolTip(f"{words} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        action.triggered.connect(lambda: do())
        self.addAction(action)
        return action

    def _tools(self) -> dict[QAction, str]:
        """What can be done with the picture, and what stands on the button for it."""
        plot = self.plot
        self.whole = self._action(self.tr("Whole day"), ["Home"], plot.see_all)
        return {
            self._action(self.tr("Earlier"), ["Left"], lambda: plot.move_by(-_MOVE)): "◂",
            self._action(self.tr("Later"), ["Right"], lambda: plot.move_by(_MOVE)): "▸",
            self._action(self.tr("Zoom out"), ["-", "Ctrl+-"], lambda: plot.zoom(1 / _ZOOM)): "−",
            self._action(self.tr("Zoom in"), ["+", "=", "Ctrl++"], lambda: plot.zoom(_ZOOM)): "+",
            self.whole: self.whole.text(),
            self.note: self.note.text(),
        }

    def _steps(self) -> None:
        """The cursor by keys: a minute, or ten."""
        for key, minutes in _CURSOR_KEYS.items():
            self._action(self.tr("Move the cursor"), [key], partial(self.plot.step, minutes))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.title)
        head.addStretch(1)
        for action, words in self.tools.items():
            button = QToolButton()
            action.setIconText(words)
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            button.setMinimumWidth(28)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            head.addWidget(button)
        left = QVBoxLayout()
        left.setSpacing(SPACE // 2)
        left.addWidget(self._picture(), 1)
        left.addWidget(self.minute)
        day = QWidget()
        row = QHBoxLayout(day)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addLayout(left, 1)
        row.addWidget(self.figures)
        self.pages = QStackedWidget()
        self.pages.addWidget(day)
        self.pages.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        column.addWidget(self.foot)

    def _picture(self) -> QWidget:
        """The plot with its legend; in a small window the legend is reached by scrolling."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.plot, 1)
        column.addWidget(self.legend)
        self.picture = QScrollArea()
        self.picture.setFrameShape(QFrame.Shape.NoFrame)
        self.picture.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.picture.setWidgetResizable(True)
        self.picture.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.picture.setMinimumHeight(_LEAST_PX)
        self.picture.setWidget(inside)
        return self.picture

    def _say_minute(self, t_utc_s: float) -> None:
        if self._loaded is not None:
            words = self._loaded.words.minute(t_utc_s)
            self.minute.setText(breakable(words))
            self.plot.canvas.setAccessibleDescription(words)

    def _moment(self) -> float:
        """Where the cursor is, else the middle of what is seen."""
        seen = self.plot.seen
        middle_utc_s = (seen.start_utc_s + seen.end_utc_s) / 2
        return middle_utc_s if self.plot.cursor_utc_s is None else self.plot.cursor_utc_s

    def _want_note(self) -> None:
        self.note_wanted.emit(self._moment())

    def menu_for(self, t_utc_s: float) -> QMenu:
        """What can be done about a moment."""
        menu = QMenu(self)
        when = "" if self._loaded is None else time_words(self._loaded.words.clock, t_utc_s)
        menu.addAction(self.tr("Write a note for {time}").format(time=when), lambda: self.note_wanted.emit(t_utc_s))
        menu.addAction(self.tr("Show ten minutes about {time}").format(time=when), lambda: self.show_moment(t_utc_s))
        menu.addSeparator()
        menu.addAction(self.whole)
        return menu

    def _open_menu(self, t_utc_s: float, at: QPoint) -> None:
        menu = self.menu_for(t_utc_s)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)


def _letters(loaded: LoadedDay) -> dict[str, str]:
    """The letters on the picture of this day, with their causes in words."""
    causes = {warning.cause for warning in loaded.log.warnings} | {bout.cause for bout in loaded.log.bouts}
    words = loaded.words
    return {words.letter(cause): words.cause(cause) for cause in causes if words.letter(cause)}


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
