"""The review of a day: how it went along the hours, and its figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from PySide6.QtCore import QDate, QLocale, QObject, QPointF, QRectF, QRunnable, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from monitor.day_words import summary_rows, unjudged_words
from monitor.desktop.look import SPACE, STATE_COLOURS, app_icon, dimmed, heading, ink, soft
from monitor.errors import LogError
from monitor.judgement.assessment import State
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import LogSlice
from monitor.tiltlog.summary import summarize
from monitor.words import DISCLAIMER, STATE_WORDS

_SHOWN = (State.UPRIGHT, State.LEANING, State.RECLINED, State.TIPPED, State.STANDING, State.UNKNOWN)


class ReviewWindow(QWidget):
    """One day of the log; earlier and later days by buttons. The log is read in a thread of its own."""

    def __init__(self, log: Path, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Saddle – review"))
        self.setWindowIcon(app_icon())
        self._log, self._now = log, now
        self._days: tuple[date, ...] = ()
        self._loader = _Loader()
        self._loader.loaded.connect(self._show)
        self._loader.failed.connect(self._say)
        self.title = heading("")
        self.earlier = QPushButton(self.tr("&Earlier day"))
        self.later = QPushButton(self.tr("&Later day"))
        self.earlier.clicked.connect(lambda: self._step(-1))
        self.later.clicked.connect(lambda: self._step(1))
        self.ribbon = DayRibbon()
        self.figures = QFormLayout()
        self.figures.setHorizontalSpacing(2 * SPACE)
        self.message = QLabel()
        self.message.setWordWrap(True)
        foot = QLabel(DISCLAIMER)
        foot.setWordWrap(True)
        dimmed(foot)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.earlier)
        head.addWidget(self.later)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(head)
        column.addWidget(self.ribbon)
        column.addLayout(self.figures)
        column.addWidget(self.message)
        column.addStretch(1)
        column.addWidget(foot)
        self.day: date | None = None
        self._ask(None)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """See `QWidget.sizeHint`."""
        return QSize(820, 560)

    def _ask(self, day: date | None) -> None:
        self.earlier.setEnabled(False)
        self.later.setEnabled(False)
        QThreadPool.globalInstance().start(_Load(self._loader, self._log, day))

    def _step(self, by: int) -> None:
        if self.day in self._days:
            self._ask(self._days[self._days.index(self.day) + by])

    def _show(self, days: tuple[date, ...], day: date, slice_: LogSlice) -> None:
        self._days, self.day = days, day
        at = days.index(day)
        self.earlier.setEnabled(at > 0)
        self.later.setEnabled(at < len(days) - 1)
        self.title.setText(day_words(day))
        summary = summarize(slice_)
        while self.figures.rowCount():
            self.figures.removeRow(0)
        for label, value in summary_rows(summary):
            shown = QLabel(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            shown.setAccessibleName(f"{label}: {value}")
            self.figures.addRow(f"{label.capitalize()}:", shown)
        self.message.setText(unjudged_words(summary))
        self.ribbon.show_day(slice_)

    def _say(self, text: str) -> None:
        self.title.setText(self.tr("Nothing to review yet"))
        self.message.setText(text)


def day_words(day: date) -> str:
    """A day as the locale writes it."""
    return str(QLocale.system().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat))


class DayRibbon(QWidget):
    """The states of a day along its observed hours, with a legend in words; warnings are little triangles."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day: LogSlice | None = None
        self.setMinimumHeight(118)
        self.setAccessibleName(self.tr("The states along the day"))

    def show_day(self, day: LogSlice) -> None:
        """Draw this day."""
        self._day = day
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.paintEvent`."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0, 16, self.width(), 40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft())
        painter.drawRoundedRect(bar, 4, 4)
        if self._day is not None and self._day.bouts:
            self._states(painter, bar, self._day)
        self._legend(painter, bar.bottom() + 42)
        painter.end()

    def _states(self, painter: QPainter, bar: QRectF, day: LogSlice) -> None:
        begin = 3600.0 * (day.bouts[0].start_utc_s // 3600.0)
        end = max(3600.0 * -(-day.bouts[-1].end_utc_s // 3600.0), begin + 3600.0)
        per_s = bar.width() / (end - begin)
        for bout in day.bouts:
            box = QRectF(
                bar.left() + per_s * (bout.start_utc_s - begin),
                bar.top(),
                max(per_s * (bout.end_utc_s - bout.start_utc_s), 0.6),
                bar.height(),
            )
            painter.fillRect(box, state_brush(str(bout.state)))
        painter.setBrush(ink())
        for warning in day.warnings:
            x = bar.left() + per_s * (warning.t_utc_s - begin)
            painter.drawPolygon([QPointF(x - 5, 4), QPointF(x + 5, 4), QPointF(x, 14)])
        painter.setPen(ink(strength=0.75))
        hours = round((end - begin) / 3600.0)
        step = max(1, -(-hours * 60 // max(self.width(), 1)))
        for hour in range(0, hours + 1, step):
            moment = datetime.fromtimestamp(begin + 3600.0 * hour, UTC).astimezone()
            x = bar.left() + per_s * 3600.0 * hour
            painter.drawLine(QPointF(x, bar.bottom()), QPointF(x, bar.bottom() + 4))
            box = QRectF(min(max(x - 30, 0), self.width() - 60), bar.bottom() + 5, 60, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{moment:%H:%M}")

    def _legend(self, painter: QPainter, top: float) -> None:
        x = 0.0
        names = {str(state): STATE_WORDS[state] for state in _SHOWN} | {"not observed": self.tr("not observed")}
        for state, words in names.items():
            painter.fillRect(QRectF(x, top + 3, 12, 12), soft())
            painter.fillRect(QRectF(x, top + 3, 12, 12), state_brush(state))
            painter.setPen(ink(strength=0.85))
            width = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRectF(x + 18, top - 2, width + 4, 22), Qt.AlignmentFlag.AlignVCenter, words)
            x += width + 18 + SPACE


def state_brush(state: str) -> QBrush:
    """The shade of a state; time not observed is hatched, and time away stays empty."""
    if state == State.AWAY:
        return QBrush(Qt.BrushStyle.NoBrush)
    if state in (State.UNKNOWN, "not observed"):
        hatch = Qt.BrushStyle.BDiagPattern if state == "not observed" else Qt.BrushStyle.Dense5Pattern
        return QBrush(STATE_COLOURS[State.UNKNOWN] if state == State.UNKNOWN else QColor("#7d7d7d"), hatch)
    return QBrush(STATE_COLOURS[State(state)])


class _Loader(QObject):
    """Carries what was read back to the window."""

    loaded = Signal(object, object, object)
    failed = Signal(str)


class _Load(QRunnable):
    """Reads the days there are, and one of them: the one asked for, or the last."""

    def __init__(self, loader: _Loader, log: Path, day: date | None) -> None:
        super().__init__()
        self._loader, self._log, self._day = loader, log, day

    def run(self) -> None:
        """See `QRunnable.run`."""
        try:
            with LogReader.open(self._log) as reader:
                days = reader.days()
                if not days:
                    self._loader.failed.emit("Nothing has been logged yet: come back after some minutes of watching.")
                    return
                day = self._day if self._day in days else days[-1]
                slice_ = reader.day(day)
        except LogError as error:
            self._loader.failed.emit(str(error).replace("run `saddle watch`", "come back after a while of watching"))
            return
        self._loader.loaded.emit(days, day, slice_)
