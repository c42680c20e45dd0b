"""The bouts of the chosen days: which stretches there were, when, why, and what followed a warning."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from monitor.desktop.look import SPACE, dimmed, paragraph
from monitor.desktop.review.bouts_table import (
    STATES,
    BoutFilter,
    BoutRow,
    BoutsChosen,
    BoutsModel,
    Column,
    rows_of,
)
from monitor.desktop.review.bouts_words import cause_text, state_text
from monitor.desktop.review.view import ReviewView, Span
from monitor.desktop.settings.numbers import Limits, TimeBox
from monitor.judgement.assessment import State
from monitor.tiltlog.aftermath import FOLLOWED_WITHIN_S, what_followed
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import SourceKind
from monitor.words import duration_words

_LONGEST_S = 2 * 3600.0
_WIDEST_PX = 300


@dataclass(frozen=True, slots=True)
class LoadedBouts:
    """The bouts of some days and the clock by which they are shown."""

    rows: tuple[BoutRow, ...]
    clock: LocalClock


class BoutsView(ReviewView):
    """The table of bouts with what narrows it down. A click or Enter asks for the moment at which a bout began."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = BoutsModel(self)
        self.chosen = BoutsChosen(self.model)
        self.table = BoutsTable()
        self.table.setModel(self.chosen)
        self.table.sortByColumn(Column.START, Qt.SortOrder.AscendingOrder)
        self.table.row_wanted.connect(self._jump)
        self.bar = FilterBar()
        self.bar.changed.connect(self._narrow)
        self.count = QLabel()
        self.hint = QLabel(self.tr("Click a bout, or press Enter on it, to see that moment in the day."))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        dimmed(self.hint)
        self.message = paragraph("")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.message)
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        line.addWidget(self.count)
        line.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.bar)
        column.addLayout(line)
        column.addWidget(self.pages, 1)
        self._narrow()

    def load(self, log: LogReader, span: Span, kind: SourceKind = "live") -> LoadedBouts:
        """See `ReviewView.load`."""
        clock = log.clock
        start_utc_s, end_utc_s = clock.bounds(span.first, span.last)
        start, end = clock.local(start_utc_s), clock.local(end_utc_s)
        days = log.between(start, end, kind, with_samples=False)
        # What followed a warning shortly before midnight lies in the next day.
        edge = end_utc_s - FOLLOWED_WITHIN_S, end_utc_s + FOLLOWED_WITHIN_S
        night = log.between(clock.local(edge[0]), clock.local(edge[1]), kind, with_samples=False)
        after = {each.warning_id: each for each in (*what_followed(days), *what_followed(night))}
        return LoadedBouts(rows_of(days, after.values()), clock)

    def show_loaded(self, loaded: LoadedBouts, span: Span) -> None:
        """See `ReviewView.show_loaded`."""
        self.model.show_rows(loaded.rows, loaded.clock)
        self.bar.offer_causes({row.bout.cause for row in loaded.rows if row.bout.state == State.TIPPED})
        self._narrow()
        self.table.fit_columns()

    def _narrow(self) -> None:
        self.chosen.choose(self.bar.filter)
        rows = self.chosen.chosen_rows()
        total = duration_words(sum(row.bout.duration_s for row in rows))
        words = self.tr("1 bout, {time} in all") if len(rows) == 1 else self.tr("{count} bouts, {time} in all")
        self.count.setText(words.format(count=len(rows), time=total) if rows else self.tr("No bouts"))
        self.hint.setVisible(bool(rows))
        if not self.model.rows:
            self.message.setText(self.tr("Nothing was logged in these days."))
        elif not rows:
            self.message.setText(self.tr("No bout fits. “Show all” brings back what is hidden."))
        self.pages.setCurrentWidget(self.table if rows else self.message)

    def _jump(self, index: QModelIndex) -> None:
        self.moment_wanted.emit(self.chosen.row_at(index).bout.start_utc_s)


class BoutsTable(QTableView):
    """A table of rows that can be chosen by a click or by Enter."""

    row_wanted = Signal(QModelIndex)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Bouts"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setIconSize(QSize(12, 12))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSortingEnabled(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + SPACE // 2)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setResizeContentsPrecision(50)
        self.clicked.connect(self.row_wanted)

    def fit_columns(self) -> None:
        """Make the columns as wide as the rows in sight need, and room for every state and outcome."""
        self.resizeColumnsToContents()
        swatch = self.iconSize().width() + SPACE // 2
        needed = {
            Column.STATE: max(self._width(state_text(state)) for state in STATES) + swatch,
            Column.FOLLOWED: self._width(self.tr("stood up after {time}").format(time="59 s")),
        }
        for column in Column:
            width = max(self.columnWidth(column), needed.get(column, 0))
            self.setColumnWidth(column, min(width + SPACE // 2, _WIDEST_PX))

    def _width(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """See `QTableView.keyPressEvent`."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.row_wanted.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


class FilterBar(QWidget):
    """What narrows the table down: states, the least duration, the cause, and text."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.states = QPushButton()
        self.menu = QMenu(self)
        self.actions_of = {state: self.menu.addAction(state_text(state).capitalize()) for state in STATES}
        for action in self.actions_of.values():
            action.setCheckable(True)
            action.toggled.connect(self._tell)
        self.states.setMenu(self.menu)
        self.at_least = TimeBox(Limits(0.0, _LONGEST_S))
        self.at_least.valueChanged.connect(self._tell)
        self.cause = QComboBox()
        self.cause.currentIndexChanged.connect(self._tell)
        self.text = QLineEdit()
        self.text.setPlaceholderText(self.tr("Search in all columns"))
        self.text.setClearButtonEnabled(True)
        self.text.setAccessibleName(self.tr("Search"))
        self.text.textChanged.connect(self._tell)
        self.all = QPushButton(self.tr("Show &all"))
        self.all.clicked.connect(lambda: self.show_filter(BoutFilter(states=frozenset(STATES))))
        self._lay_out()
        self.offer_causes(set())
        self.show_filter(BoutFilter())

    @property
    def filter(self) -> BoutFilter:
        """What is chosen."""
        states = frozenset(state for state, action in self.actions_of.items() if action.isChecked())
        return BoutFilter(states, self.at_least.value(), self.cause.currentData(), self.text.text().strip())

    def show_filter(self, chosen: BoutFilter) -> None:
        """Choose this."""
        blocked = self.blockSignals(True)
        for state, action in self.actions_of.items():
            action.setChecked(state in chosen.states)
        self.at_least.setValue(chosen.at_least_s)
        self.cause.setCurrentIndex(max(self.cause.findData(chosen.cause), 0))
        self.text.setText(chosen.text)
        self.blockSignals(blocked)
        self._tell()

    def offer_causes(self, causes: set[str]) -> None:
        """Offer the causes that occur; the one that is chosen stays, also when it does not."""
        kept = self.cause.currentData()
        offered = sorted(causes | ({kept} if kept is not None else set()), key=lambda cause: (not cause, cause))
        self.cause.blockSignals(True)
        self.cause.clear()
        self.cause.addItem(self.tr("Any cause"), None)
        for cause in offered:
            self.cause.addItem(cause_text(cause, self.tr("no cause told")).capitalize(), cause)
        self.cause.setCurrentIndex(1 + offered.index(kept) if kept is not None else 0)
        self.cause.blockSignals(False)

    def _tell(self) -> None:
        states = self.filter.states
        if len(states) == len(STATES):
            words = self.tr("all")
        elif len(states) == 1:
            words = state_text(next(iter(states)))
        else:
            words = self.tr("{count} of {all}").format(count=len(states), all=len(STATES))
        self.states.setText(self.tr("&State: {words}").format(words=words))
        self.states.setAccessibleName(self.tr("State: {words}").format(words=words))
        self.changed.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE // 2)
        grid.addWidget(self.states, 0, 0)
        for at, (words, box) in enumerate(((self.tr("At &least"), self.at_least), (self.tr("Ca&use"), self.cause))):
            label = QLabel(words)
            label.setBuddy(box)
            box.setAccessibleName(words.replace("&", ""))
            grid.addWidget(label, 0, 2 * at + 1)
            grid.addWidget(box, 0, 2 * at + 2)
        grid.addWidget(self.text, 0, 5)
        grid.addWidget(self.all, 0, 6)
        grid.setColumnStretch(5, 1)
