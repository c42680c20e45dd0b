"""The bouts of a range as a table: what a row says and by what it is sorted; cells are worked out as they are seen."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeAlias

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    Qt,
)

from monitor.alerts.causes import Cause
from monitor.desktop.look import STATE_COLOURS
from monitor.desktop.review.bouts_words import cause_text, day_text, followed_text, state_text
from monitor.judgement.assessment import State
from monitor.tiltlog.aftermath import After, Followed
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.records import NOT_OBSERVED, Bout, GivenWarning, LogSlice
from monitor.tiltlog.totals import HINT_KINDS
from monitor.words import duration_words

STATES: tuple[str, ...] = (*(str(state) for state in reversed(State)), NOT_OBSERVED)
"""Every state that a bout can have, tipped first."""

_Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_TO_THE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns, from left to right."""

    DAY = 0
    START = 1
    END = 2
    DURATION = 3
    STATE = 4
    WHY = 5
    WARNED = 6
    FOLLOWED = 7
    SEAT = 8


@dataclass(frozen=True, slots=True)
class BoutRow:
    """A bout with the seat, and the warnings that were given in it with what followed each."""

    bout: Bout
    seat: str = ""
    warned: tuple[tuple[GivenWarning, Followed], ...] = ()


@dataclass(frozen=True, slots=True)
class BoutFilter:
    """Which bouts are shown: all that fit every part of it. `cause` None: any; `text` is looked for in every cell."""

    states: frozenset[str] = frozenset({State.TIPPED})
    at_least_s: float = 0.0
    cause: str | None = None
    text: str = ""


def rows_of(log: LogSlice, followed: Iterable[Followed]) -> tuple[BoutRow, ...]:
    """The bouts of a slice with their warnings; ``followed`` tells what came after each."""
    seats = {session.id: session.seat for session in log.sessions}
    after = {each.warning_id: each for each in followed}
    places: defaultdict[int, list[int]] = defaultdict(list)
    for place, bout in enumerate(log.bouts):
        places[bout.session_id].append(place)
    starts = {key: [log.bouts[place].start_utc_s for place in own] for key, own in places.items()}
    warned: defaultdict[int, list[tuple[GivenWarning, Followed]]] = defaultdict(list)
    for warning in log.warnings:
        nth = bisect_right(starts.get(warning.session_id, []), warning.t_utc_s) - 1
        if nth >= 0 and warning.id in after:
            warned[places[warning.session_id][nth]].append((warning, after[warning.id]))
    return tuple(
        BoutRow(bout, seats.get(bout.session_id, ""), tuple(warned.get(place, ())))
        for place, bout in enumerate(log.bouts)
    )


class BoutsModel(QAbstractTableModel):
    """The rows, sorted by the value of a column; what has none comes last, whichever way."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[BoutRow] = []
        self._clock = LocalClock()
        self._with_year = True
        self._texts: dict[Bout, str] = {}
        self._sorted = (Column.START, Qt.SortOrder.AscendingOrder)

    def show_rows(self, rows: Sequence[BoutRow], clock: LocalClock) -> None:
        """Show these, given in order of time, in the order that was chosen before; years only where there are two."""
        self.beginResetModel()
        self._clock, self._texts = clock, {}
        self._with_year = len({clock.day_of(row.bout.start_utc_s).year for row in (*rows[:1], *rows[-1:])}) > 1
        self.rows = self._in_order(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """See `QAbstractTableModel.rowCount`."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """See `QAbstractTableModel.columnCount`."""
        return 0 if parent.isValid() else len(Column)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """See `QAbstractTableModel.headerData`."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.DURATION:
            return _TO_THE_RIGHT
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            self.tr("Day"),
            self.tr("Start"),
            self.tr("End"),
            self.tr("Duration"),
            self.tr("State"),
            self.tr("Why"),
            self.tr("Warned"),
            self.tr("What followed"),
            self.tr("Seat"),
        )[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """See `QAbstractTableModel.data`."""
        row, column = self.rows[index.row()], Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            told = "\n\n".join(warning.text for warning, _ in row.warned) if column is Column.WARNED else ""
            return told or self.text(row, column)
        if role == Qt.ItemDataRole.DecorationRole and column is Column.STATE and row.bout.state != NOT_OBSERVED:
            return STATE_COLOURS[row.bout.state]
        if role == Qt.ItemDataRole.TextAlignmentRole and column is Column.DURATION:
            return _TO_THE_RIGHT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """See `QAbstractTableModel.sort`."""
        self._sorted = (Column(column), order)
        self.layoutAboutToBeChanged.emit()
        before, held = self.rows, self.persistentIndexList()
        self.rows = self._in_order(before)
        place = {id(row): at for at, row in enumerate(self.rows)}
        moved = [self.index(place[id(before[index.row()])], index.column()) for index in held]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _in_order(self, rows: Sequence[BoutRow]) -> list[BoutRow]:
        column, order = self._sorted
        values = {id(row): self.value(row, column) for row in rows}
        known = sorted(
            (row for row in rows if values[id(row)] is not None),
            key=lambda row: values[id(row)],
            reverse=order is Qt.SortOrder.DescendingOrder,
        )
        return known + [row for row in rows if values[id(row)] is None]

    def value(self, row: BoutRow, column: Column) -> Any:
        """By what a column is sorted; None for nothing."""
        if column in (Column.DAY, Column.START):
            return row.bout.start_utc_s
        if column is Column.END:
            return row.bout.end_utc_s
        if column is Column.DURATION:
            return row.bout.duration_s
        if column is Column.WARNED:
            return row.warned[0][0].t_utc_s if row.warned else None
        if column is Column.FOLLOWED:
            return [(list(After).index(after.what), after.after_s) for _, after in row.warned] or None
        return self.text(row, column).casefold() or None

    def text(self, row: BoutRow, column: Column) -> str:
        """What a cell says."""
        bout = row.bout
        if column is Column.DAY:
            day = self._clock.day_of(bout.start_utc_s)
            return day_text(day.year, day.month, day.day, with_year=self._with_year)
        if column in (Column.START, Column.END):
            t_utc_s = bout.start_utc_s if column is Column.START else bout.end_utc_s
            return f"{self._clock.local(t_utc_s):%H:%M:%S}"
        if column is Column.DURATION:
            return duration_words(bout.duration_s)
        if column is Column.STATE:
            return state_text(str(bout.state))
        if column is Column.WHY:
            return cause_text(bout.cause) if bout.state == State.TIPPED else bout.reason
        if column is Column.WARNED:
            return ", ".join(self._warned(warning) for warning, _ in row.warned)
        if column is Column.FOLLOWED:
            return ", ".join(followed_text(after) for _, after in row.warned)
        return row.seat

    def _warned(self, warning: GivenWarning) -> str:
        time = f"{self._clock.local(warning.t_utc_s):%H:%M}"
        why = warning.kind if warning.kind in HINT_KINDS else cause_text(warning.cause, "")
        return f"{time} {why}" if why and warning.cause != Cause.PLAIN else time

    def takes(self, row: BoutRow, chosen: BoutFilter) -> bool:
        """Whether a row fits the filter."""
        bout = row.bout
        if bout.state not in chosen.states or bout.duration_s < chosen.at_least_s:
            return False
        if chosen.cause is not None and (bout.state != State.TIPPED or bout.cause != chosen.cause):
            return False
        return not chosen.text or chosen.text.casefold() in self._all_text(row)

    def _all_text(self, row: BoutRow) -> str:
        if row.bout not in self._texts:
            self._texts[row.bout] = "\n".join(self.text(row, column) for column in Column).casefold()
        return self._texts[row.bout]


class BoutsChosen(QSortFilterProxyModel):
    """The rows that fit the filter; the model below sorts them, by value and quickly."""

    def __init__(self, model: BoutsModel) -> None:
        super().__init__(model)
        self._model = model
        self.filter = BoutFilter()
        self.setSourceModel(model)

    def choose(self, chosen: BoutFilter) -> None:
        """Show what fits."""
        self.filter = chosen
        self.invalidate()

    def chosen_rows(self) -> list[BoutRow]:
        """What fits, in any order."""
        return [row for row in self._model.rows if self._model.takes(row, self.filter)]

    def row_at(self, index: _Index) -> BoutRow:
        """The row of an index of this model."""
        return self._model.rows[self.mapToSource(index).row()]

    def filterAcceptsRow(self, source_row: int, source_parent: _Index) -> bool:  # noqa: N802 - Qt's name
        """See `QSortFilterProxyModel.filterAcceptsRow`."""
        return self._model.takes(self._model.rows[source_row], self.filter)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """See `QSortFilterProxyModel.sort`."""
        if column >= 0:
            self._model.sort(column, order)
