"""The window in which the tilt log is reviewed: one range of days, seen in several ways."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QLocale, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from monitor.desktop.look import SPACE, app_icon
from monitor.desktop.review.loading import Loader
from monitor.desktop.review.log_menu import LogKeeper, LogMenu
from monitor.desktop.review.range_bar import DAY, MONTH, WEEK, RangeBar
from monitor.desktop.review.view import ReviewView, Span
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import Note, local_time, utc_s

MOST_NOTES = 4
RENEW_MS = 60_000
"""So often a view of today is brought up to date."""


def _day_view() -> ReviewView:
    from monitor.desktop.review.day_view import DayView

    view = DayView()
    view.title.hide()  # the window has it
    return view


def _period_view() -> ReviewView:
    from monitor.desktop.review.period_view import PeriodView

    return PeriodView()


def _bouts_view() -> ReviewView:
    from monitor.desktop.review.bouts_view import BoutsView

    return BoutsView()


def _exposure_view() -> ReviewView:
    from monitor.desktop.review.exposure_view import ExposureView

    return ExposureView()


def _compare_view() -> ReviewView:
    from monitor.desktop.review.compare_view import CompareView

    return CompareView()


class ReviewWindow(QWidget):
    """One range of the log, a tab for each way to see it. Each view is made when it is first looked at."""

    def __init__(self, keeper: LogKeeper, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Saddle – review"))
        self.setWindowIcon(app_icon())
        self._keeper, self._now = keeper, now
        self._clock = LocalClock()
        self._shown: dict[str, Span] = {}
        self._moment: float | None = None
        self._told = ""
        self.loader = Loader(self)
        self.loader.loaded.connect(self._on_loaded)
        self.loader.failed.connect(self._on_failed)
        self.range = RangeBar(local_time(utc_s(now())).date())
        self.range.changed.connect(self.renew)
        self.range.step_wanted.connect(self._step)
        self.menu_button = QPushButton(self.tr("Lo&g"))
        self.menu = LogMenu(self, keeper, self.loader)
        self.menu_button.setMenu(self.menu)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message.hide()
        self.notes = QLabel()
        self.notes.setWordWrap(True)
        self.notes.setTextFormat(Qt.TextFormat.PlainText)
        self.notes.hide()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self._makers: list[tuple[str, str, Callable[[], ReviewView]]] = [
            ("day", self.tr("&Day"), _day_view),
            ("period", self.tr("&Weeks and months"), _period_view),
            ("bouts", self.tr("&Bouts"), _bouts_view),
            ("exposure", self.tr("E&xposure"), _exposure_view),
            ("compare", self.tr("&Compare"), _compare_view),
        ]
        self.views: dict[str, ReviewView] = {}
        for _, title, _ in self._makers:
            page = QWidget()
            QVBoxLayout(page).setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(page, title)
        self.tabs.currentChanged.connect(self._on_tab)
        head = QHBoxLayout()
        head.addWidget(self.range, 1)
        head.addWidget(self.menu_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addWidget(self.message)
        column.addWidget(self.notes)
        column.addWidget(self.tabs, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(RENEW_MS)
        self._timer.timeout.connect(self._renew_today)
        self._timer.start()
        self.view("day")
        self.loader.read("start", keeper.path, _find_start)

    # -- what others ask for ------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(1180, 760)

    @property
    def span(self) -> Span:
        """The days that are shown."""
        return self.range.span

    @property
    def clock(self) -> LocalClock:
        """The local time of the log."""
        return self._clock

    def view(self, name: str) -> ReviewView:
        """A view, made when it is not there yet."""
        if name not in self.views:
            index, maker = next((i, make) for i, (each, _, make) in enumerate(self._makers) if each == name)
            view = self.views[name] = maker()
            view.moment_wanted.connect(self.show_moment)
            view.day_wanted.connect(self.show_day)
            view.note_wanted.connect(lambda t_utc_s: self.menu.write_note(t_utc_s))
            page = self.tabs.widget(index)
            layout = page.layout() if page is not None else None
            if layout is not None:
                layout.addWidget(view)
        return self.views[name]

    def show_day(self, day: date) -> None:
        """Show this day in the day view."""
        self.range.show_day(day, DAY)
        self._turn_to("day")

    def show_moment(self, t_utc_s: float) -> None:
        """Show the minutes about a moment in the day view."""
        self._moment = t_utc_s
        self.show_day(self._clock.day_of(t_utc_s))

    def renew(self) -> None:
        """Read again what is shown."""
        name, span = self._current(), self.span
        view = self.view(name)
        self._shown[name] = span
        is_whole = name == "compare"

        def load(log: LogReader) -> tuple[LocalClock, tuple[Note, ...], Any, Span]:
            notes = log.all_notes() if is_whole else log.notes(span.first, span.last)
            return log.clock, notes, view.load(log, span), span

        self.loader.read(name, self._keeper.path, load)

    def renew_and_say(self, text: str) -> None:
        """Read again what is shown, and then say this."""
        self._told = text
        self.renew()

    def say(self, text: str) -> None:
        """Show a sentence above the views; empty takes it away."""
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.closeEvent`."""
        self._timer.stop()
        self.loader.close()
        super().closeEvent(event)

    # -- how it works -------------------------------------------------------------------------------------------------

    def _current(self) -> str:
        return self._makers[self.tabs.currentIndex()][0]

    def _turn_to(self, name: str) -> None:
        index = next(i for i, (each, _, _) in enumerate(self._makers) if each == name)
        if self.tabs.currentIndex() == index:
            self.renew()
        else:
            self.tabs.setCurrentIndex(index)

    def _on_tab(self, index: int) -> None:
        name = self._makers[index][0]
        length = self.range.length.currentIndex()
        if name == "day" and length != DAY:
            self.range.show_day(self.range.day, DAY)
        elif name == "period" and length == DAY:
            self.range.show_day(self.range.day, WEEK)
        elif name in ("exposure", "bouts") and length > MONTH:
            self.range.show_day(self.range.day, MONTH)
        self.range.show_day(self.range.day)
        is_whole = name == "compare"  # which looks at the whole log
        self.range.setEnabled(not is_whole)
        if is_whole:
            self.range.title.setText(self.tr("All days"))
        self.renew()

    def _step(self, by: int) -> None:
        day = self.range.day
        self.loader.read(
            "step", self._keeper.path, lambda log: log.day_before(day, "live") if by < 0 else log.day_after(day, "live")
        )

    def _renew_today(self) -> None:
        today = local_time(utc_s(self._now())).date()
        if self.isVisible() and not self.loader.is_busy and self.span.first <= today <= self.span.last:
            self.renew()

    def _on_loaded(self, name: str, result: Any) -> None:
        if name == "start":
            if result is not None:
                self.range.show_day(result)
                self.renew()
            else:
                self.renew_and_say(self._nothing_yet())
        elif name == "step":
            if result is not None:
                self.show_day(result)
            else:
                self.say(self.tr("There is no other day in the log in that direction."))
        elif name in self.views:
            self._show(name, *result)
        else:
            self.menu.on_done(name, result)

    def _show(self, name: str, clock: LocalClock, notes: tuple[Note, ...], loaded: Any, span: Span) -> None:
        self.say(self._told)
        self._told = ""
        self._clock = clock
        self._show_notes(notes)
        view = self.views[name]
        view.show_loaded(loaded, span)
        if name == "day" and self._moment is not None:
            moment, self._moment = self._moment, None
            show_moment = getattr(view, "show_moment", None)
            if show_moment is not None:
                show_moment(moment)

    def _show_notes(self, notes: tuple[Note, ...]) -> None:
        """The notes of the days shown, above whatever view; the latest when there are many."""
        locale, lines = QLocale.system(), []
        for note in notes:
            at = self._clock.local(note.t_utc_s)
            day = locale.toString(QDate(at.year, at.month, at.day), QLocale.FormatType.ShortFormat)
            lines.append(f"{day} {at:%H:%M} {note.text}")
        shown = " · ".join(lines[-MOST_NOTES:])
        more = self.tr("; %n earlier", "", len(lines) - MOST_NOTES) if len(lines) > MOST_NOTES else ""
        self.notes.setText(self.tr("Notes: {notes}").format(notes=shown) + more)
        self.notes.setToolTip("\n".join(html.escape(line) for line in lines))
        self.notes.setVisible(bool(lines))

    def _on_failed(self, name: str, sentence: str) -> None:
        self.say(self._nothing_yet() if sentence.startswith("No log yet") else sentence)

    def _nothing_yet(self) -> str:
        return self.tr("Nothing has been logged yet: come back after some minutes of watching.")


def _find_start(log: LogReader) -> date | None:
    return log.last_day("live")
