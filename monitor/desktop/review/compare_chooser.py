"""Chooses one of the two groups of days that are compared: a seat, a profile or a range of days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from monitor.desktop.look import SPACE
from monitor.desktop.review.compare_marks import paint_mark
from monitor.tiltlog.compare import Choice, What
from monitor.tiltlog.reader import DayPart


@dataclass(frozen=True, slots=True)
class Offer:
    """What there is to choose from: seats and profiles in the order in which they were first used, and the days."""

    seats: tuple[str, ...]
    profiles: tuple[str, ...]
    first: date
    last: date

    @classmethod
    def of(cls, parts: Sequence[DayPart]) -> Offer:
        """What the parts of days, at least one, hold."""
        seats = tuple(dict.fromkeys(part.session.seat for part in parts))
        profiles = tuple(dict.fromkeys(part.session.profile for part in parts))
        return cls(seats, profiles, min(part.day for part in parts), max(part.day for part in parts))

    @property
    def middle(self) -> date:
        """The last day of the first half."""
        return self.first + (self.last - self.first) // 2

    def usual(self, what: What, *, is_first: bool) -> Choice:
        """What is compared before anybody has chosen: what was used first, or half the days, with the newest."""
        if what is What.RANGE:
            after = min(self.middle + timedelta(days=1), self.last)
            return Choice(what, "", *((self.first, self.middle) if is_first else (after, self.last)))
        names = self.seats if what is What.SEAT else self.profiles
        return Choice(what, names[0 if is_first else -1])


class GroupChooser(QWidget):
    """One side: by what the days are chosen, and then which."""

    changed = Signal()

    def __init__(self, title: str, *, is_first: bool) -> None:
        super().__init__()
        self._is_first = is_first
        self._offer: Offer | None = None
        self.what = QComboBox()
        words = {What.SEAT: self.tr("Seat"), What.PROFILE: self.tr("Profile"), What.RANGE: self.tr("Range")}
        for what, shown in words.items():
            self.what.addItem(shown, what)
        self.names = {What.SEAT: QComboBox(), What.PROFILE: QComboBox()}
        self.since, self.until = QDateEdit(), QDateEdit()
        self.pages = QStackedWidget()
        self.pages.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        for what, box in self.names.items():
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            box.setAccessibleName(f"{title}: {words[what]}")
            box.currentIndexChanged.connect(self.changed)
            self.pages.addWidget(box)
        self.pages.addWidget(self._days(title))
        self.what.setAccessibleName(self.tr("{side}: chosen by").format(side=title))
        self.what.currentIndexChanged.connect(self._turn)
        self._lay_out(title)
        self.setEnabled(False)

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        what = What(self.what.currentData())
        if what is What.RANGE:
            return Choice(what, "", _date_of(self.since), _date_of(self.until))
        return Choice(what, self.names[what].currentData() or "")

    def offer(self, offer: Offer) -> None:
        """Offer what the log holds now; what was chosen before stays when it is still there."""
        is_new, before = self._offer is None, self.choice
        self._offer = offer
        blocked = self.blockSignals(True)
        for what, names in ((What.SEAT, offer.seats), (What.PROFILE, offer.profiles)):
            box = self.names[what]
            kept = offer.usual(what, is_first=self._is_first).name if box.currentIndex() < 0 else box.currentData()
            box.clear()
            for name in _in_order(names):
                box.addItem(name or self.tr("no seat tag"), name)
            box.setCurrentIndex(max(box.findData(kept), 0))
        whole = _qdate(offer.first), _qdate(offer.last)
        for edit in (self.since, self.until):
            edit.setDateRange(*whole)
        days = offer.usual(What.RANGE, is_first=self._is_first) if is_new or before.what is not What.RANGE else before
        self._show_days(days.first, days.last)
        self.setEnabled(True)
        self.blockSignals(blocked)

    def choose(self, choice: Choice) -> None:
        """Choose this group."""
        blocked = self.blockSignals(True)
        self.what.setCurrentIndex(self.what.findData(choice.what))
        if choice.what is What.RANGE:
            self._show_days(choice.first, choice.last)
        else:
            box = self.names[choice.what]
            box.setCurrentIndex(box.findData(choice.name))
        self.blockSignals(blocked)
        self.changed.emit()

    def _turn(self, at: int) -> None:
        self.pages.setCurrentIndex(at)
        self.changed.emit()

    def _show_days(self, first: date, last: date) -> None:
        for edit, day in ((self.since, first), (self.until, last)):
            blocked = edit.blockSignals(True)
            edit.setDate(_qdate(day))
            edit.blockSignals(blocked)

    def _moved(self, edit: QDateEdit) -> None:
        """The other end follows, so that the range never runs backwards."""
        first, last = _date_of(self.since), _date_of(self.until)
        if first > last:
            self._show_days(*((first, first) if edit is self.since else (last, last)))
        self.changed.emit()

    def _days(self, title: str) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        row.addWidget(self.since, 1)
        row.addWidget(QLabel(self.tr("to")))
        row.addWidget(self.until, 1)
        for edit, which in ((self.since, self.tr("first day")), (self.until, self.tr("last day"))):
            edit.setCalendarPopup(True)
            edit.setDisplayFormat("d MMM yyyy")
            edit.setKeyboardTracking(False)
            edit.setAccessibleName(f"{title}: {which}")
            edit.dateChanged.connect(lambda _, edit=edit: self._moved(edit))
        return page

    def _lay_out(self, title: str) -> None:
        label = QLabel(title)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        head = QHBoxLayout()
        head.setSpacing(SPACE // 2)
        head.addWidget(_Mark(is_first=self._is_first))
        head.addWidget(label, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACE // 2)
        row.addWidget(self.what)
        row.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(head)
        column.addLayout(row)


class _Mark(QWidget):
    """The sign of a side, as in the picture."""

    def __init__(self, *, is_first: bool) -> None:
        super().__init__()
        self._is_first = is_first
        self.setFixedSize(12, 12)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        paint_mark(self, is_first=self._is_first)


def _in_order(names: Iterable[str]) -> list[str]:
    """By the alphabet, and last the one without a name."""
    return sorted(names, key=lambda name: (not name, name.casefold()))


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _date_of(edit: QDateEdit) -> date:
    day = edit.date()
    return date(day.year(), day.month(), day.day())
