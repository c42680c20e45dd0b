"""The window in which the tilt log is reviewed: one range of days, seen in several ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from monitor.desktop.look import SPACE, app_icon
from monitor.desktop.review.loading import Loader
from monitor.desktop.review.log_menu import LogKeeper, LogMenu
from monitor.desktop.review.notes_line import NotesLine
from monitor.desktop.review.range_bar import DAY, MONTH, WEEK, RangeBar
from monitor.desktop.review.view import ReviewView, Span, kind_of
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import Note, SourceKind, local_time, utc_s

LEAST_PX = 740, 500
"""Every view can be read in a window of this size, with some notes above it."""
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


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What was read for a view: `whole` from the first to the last logged day, where all of them are shown."""

    clock: LocalClock
    kind: SourceKind
    notes: tuple[Note, ...]
    whole: Span | None
    shown: Any
    span: Span


class ReviewWindow(QWidget):
    """One range of the log, a tab for each way to see it. Each view is made when it is first looked at."""

    def __init__(self, keeper: LogKeeper, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Saddle – review"))
        self.setWindowIcon(app_icon())
        self._keeper, self._now = keeper, now
        self._clock = LocalClock()
        self._whole: Span | None = None
        self._moment: float | None = None
        self._told = ""
        self._is_closing = False
        self.kind: SourceKind = "live"
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
        self.notes = NotesLine()
        self.recordings = QLabel(self.tr("These are recordings; no camera has watched yet."))
        self.recordings.setWordWrap(True)
        self.recordings.hide()
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
        for widget in (self.message, self.recordings, self.notes):
            column.addWidget(widget)
        column.addWidget(self.tabs, 1)
        column.addStrut(LEAST_PX[0] - 2 * SPACE)
        self.setMinimumHeight(LEAST_PX[1])  # layouts do not see to text that wraps
        self.resize(self.sizeHint())  # text that wraps would make it lower
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
        """The days that are shown; where all are, from the first to the last that is logged."""
        return self._whole if self.is_whole and self._whole is not None else self.range.span

    @property
    def is_whole(self) -> bool:
        """Whether the whole log is shown, whatever day was chosen."""
        return self._current() == "compare"

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
        name, span, is_whole = self._current(), self.span, self.is_whole
        view = self.view(name)

        def load(log: LogReader) -> _Loaded:
            kind = kind_of(log)
            notes = log.all_notes() if is_whole else log.notes(span.first, span.last)
            whole = _logged(log, kind) if is_whole else None
            return _Loaded(log.clock, kind, notes, whole, view.load(log, span, kind), span)

        self.loader.read(name, self._keeper.path, load)

    def renew_and_say(self, text: str) -> None:
        """Read again what is shown, and then say this; or close, when that waited for what is done now."""
        if self._is_closing:
            self.close()
            return
        self._told = text
        self.renew()

    def say(self, text: str) -> None:
        """Show a sentence above the views; empty takes it away."""
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def say_at_once(self, text: str) -> None:
        """The same, to be read before anything else happens."""
        self.say(text)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.repaint()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """While the log is changed a user's click closes the window afterwards; the end of the program waits for it.

        See `QWidget.closeEvent`.
        """
        if self.menu.doing and event.spontaneous():
            if not self._is_closing:
                words = self.tr("{doing} This window closes when that is done.")
                self.menu.doing = words.format(doing=self.menu.doing)
            self._is_closing = True
            self.say(self.menu.doing)
            event.ignore()
            return
        self._timer.stop()
        self.loader.close()
        self.menu.end()  # nobody else would tell it any more
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
        self.range.setEnabled(not self.is_whole)
        if self.is_whole:
            self.range.title.setText(self.tr("All days"))
        self.renew()

    def _step(self, by: int) -> None:
        day = self.range.day

        def find(log: LogReader) -> date | None:
            kind = kind_of(log)
            return log.day_before(day, kind) if by < 0 else log.day_after(day, kind)

        self.loader.read("step", self._keeper.path, find)

    def _renew_today(self) -> None:
        today = local_time(utc_s(self._now())).date()
        if self.isVisible() and not self.loader.is_busy and self.span.first <= today <= self.span.last:
            self.renew()

    def _on_loaded(self, name: str, result: Any) -> None:
        if name == "start":
            self._whole = result
            if result is not None:
                self.range.show_day(result.last)
                self.renew()
            else:
                self.renew_and_say(self._nothing_yet())
        elif name == "step":
            if result is not None:
                self.show_day(result)
            else:
                self.say(self.tr("There is no other day in the log in that direction."))
        elif name in self.views:
            self._show(name, result)
        else:
            self.menu.on_done(name, result)

    def _show(self, name: str, loaded: _Loaded) -> None:
        told, self._told = self._told, ""
        self.say(self.menu.doing or told)
        self._clock, self.kind = loaded.clock, loaded.kind
        if name == "compare":
            self._whole = loaded.whole
        self.recordings.setVisible(loaded.kind == "recording")
        self.notes.show_notes(loaded.notes, loaded.clock)
        view = self.views[name]
        view.show_loaded(loaded.shown, loaded.span)
        if name == "day" and self._moment is not None:
            moment, self._moment = self._moment, None
            show_moment = getattr(view, "show_moment", None)
            if show_moment is not None:
                show_moment(moment)

    def _on_failed(self, name: str, sentence: str) -> None:
        self._is_closing = False  # it is to be read
        self.say(self._nothing_yet() if sentence.startswith("No log yet") else sentence)

    def _nothing_yet(self) -> str:
        return self.tr("Nothing has been logged yet: come back after some minutes of watching.")


def _find_start(log: LogReader) -> Span | None:
    return _logged(log, "live") or _logged(log, "recording")


def _logged(log: LogReader, kind: SourceKind) -> Span | None:
    """From the first to the last day on which anything of this kind was observed."""
    days = log.days(kind)
    return Span(days[0], days[-1]) if days else None
