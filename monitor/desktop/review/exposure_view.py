"""The exposure of a span in the review: how far tipped against how long without a pause."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from monitor.day_words import pct_words
from monitor.desktop.look import SPACE, ink, paragraph, soft
from monitor.desktop.review.heat_map import about_words, date_words, ink_on, shade
from monitor.desktop.review.view import ReviewView, Span
from monitor.tiltlog.eva import COLUMN_EDGES_S, ROW_EDGES_PCT, EvaMatrix
from monitor.tiltlog.periods import MIN_SHARE_S, stand_out
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import SourceKind
from monitor.tiltlog.summary import Summary, summary_of
from monitor.tiltlog.totals import added
from monitor.words import DISCLAIMER, duration_words

EDGES_PCT: Final = (1.0, 3.0, 6.0, 10.0, 20.0)
"""Where the shade of a cell changes."""
translate = QCoreApplication.translate
_FEW_S: Final = 30 * 60.0
_ROW_PX: Final = 34
_LEAST_PX: Final = 130
_SHARE: Final = Qt.ItemDataRole.UserRole
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter


class ExposureView(ReviewView):
    """The matrix of a span as a table, and what stands out in a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = paragraph("")
        font = QFont(self.sentence.font())
        font.setPointSizeF(1.2 * font.pointSizeF())
        self.sentence.setFont(font)
        self.coverage = paragraph("", dim=True)
        self.table = ExposureTable()
        self.how_far = QLabel(self.tr("How far tipped,\nof your slump"))
        self.how_long = QLabel(self.tr("How long without a pause"))
        self.how_long.setAlignment(_CENTRE)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.foot = paragraph(DISCLAIMER, dim=True)
        small = QFont(self.foot.font())
        small.setPointSizeF(0.9 * small.pointSizeF())
        self.foot.setFont(small)
        self.table.currentCellChanged.connect(lambda row, column, *_: self._tell(row, column))
        titles = QHBoxLayout()
        titles.addWidget(self.how_far)
        titles.addWidget(self.how_long, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(self.sentence)
        column.addWidget(self.coverage)
        column.addSpacing(SPACE // 2)
        column.addLayout(titles)
        column.addWidget(self.table)
        column.addWidget(self.told)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE, SPACE, SPACE, SPACE // 2)
        whole.setSpacing(SPACE // 2)
        whole.addWidget(self._scrolled(inside), 1)
        whole.addWidget(self.foot)
        self._show_table(None)

    def load(self, log: LogReader, span: Span, kind: SourceKind = "live") -> Summary:
        """See `ReviewView.load`."""
        totals = added(part.totals for part in log.totals(span.first, span.last, kind))
        return summary_of(totals, *log.clock.bounds(span.first, span.last))

    def show_loaded(self, loaded: Summary, span: Span) -> None:
        """See `ReviewView.show_loaded`."""
        matrix = loaded.eva_pct if loaded.seated_observed_s >= MIN_SHARE_S else None
        self._show_table(matrix)
        if matrix is None:
            self.sentence.setText(self._missing_words(loaded, span))
            self.coverage.setText(self.tr("This fills in while Saddle watches. Other days may have something to show."))
        else:
            self.sentence.setText(self._outstanding_words(matrix))
            self.coverage.setText(self._coverage_words(loaded, matrix))

    def _scrolled(self, inside: QWidget) -> QScrollArea:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(_LEAST_PX)
        area.setWidget(inside)
        return area

    def _show_table(self, matrix: EvaMatrix | None) -> None:
        for widget in (self.how_far, self.how_long, self.table, self.told):
            widget.setVisible(matrix is not None)
        if matrix is not None:
            self.table.show_matrix(matrix)
            self.how_far.setFixedWidth(self.table.verticalHeader().sizeHint().width())
        self._tell(-1, -1)

    def _tell(self, row: int, column: int) -> None:
        item = self.table.item(row, column)
        hint = self.tr("Point at a cell, or walk to it with the arrow keys: what it says is told here.")
        self.told.setText(item.toolTip() if item is not None else hint)

    def _missing_words(self, loaded: Summary, span: Span) -> str:
        first, last = date_words(span.first), date_words(span.last)
        when = first if span.is_day else self.tr("{first} to {last}").format(first=first, last=last)
        if loaded.seated_observed_s >= MIN_SHARE_S:
            words = self.tr("{when}: how far you were tipped is not known for any of {time} seated.")
        elif loaded.seated_observed_s > 0:
            words = self.tr("{when}: {time} seated could be judged, too little to say more.")
        elif loaded.observed_s > 0:
            words = self.tr("{when}: no sitting that could be judged.")
        else:
            words = self.tr("{when}: nothing was logged.")
        return words.format(when=when, time=about_words(loaded.seated_observed_s))

    def _outstanding_words(self, matrix: EvaMatrix) -> str:
        found = stand_out(matrix)
        if found.far_pct < 1.0:
            return self.tr("You were hardly ever tipped by half of your slump or more: under 1 % of seated time.")
        words = self.tr("You were tipped by half of your slump or more for {share} of seated time.")
        if found.column_pct >= 50.0:
            words += " " + self.tr("Most of that ({part}) came in stretches of {long} without a pause.")
        else:
            words += " " + self.tr("The largest part of that ({part}) came in stretches of {long} without a pause.")
        long = column_words(found.column)
        return words.format(share=pct_words(found.far_pct), part=pct_words(found.column_pct), long=long)

    def _coverage_words(self, loaded: Summary, matrix: EvaMatrix) -> str:
        known_pct = min(100.0, math.fsum(map(math.fsum, matrix)))
        words = self.tr("{time} seated, {judged} could be judged; how far is known for {known} of it.")
        if loaded.seated_observed_s < _FEW_S:
            words += " " + self.tr("That is little yet: with more sitting the picture settles.")
        time, judged = about_words(loaded.seated_observed_s), pct_words(loaded.coverage_pct)
        return words.format(time=time, judged=judged, known=pct_words(known_pct))


class ExposureTable(QTableWidget):
    """The cells as percentages of the seated time, with the sums of rows and columns at the ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(len(ROW_EDGES_PCT) + 2, len(COLUMN_EDGES_S) + 2, parent)
        self.setAccessibleName(self.tr("How far tipped, by how long without a pause, in percent of seated time"))
        self.setItemDelegate(_Cells(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.viewport().setAutoFillBackground(False)
        for corner in self.findChildren(QAbstractButton):
            corner.setStyleSheet("QTableCornerButton::section { border: none; background: transparent; }")
        self.setHorizontalHeader(_Titles(Qt.Orientation.Horizontal, self))
        self.setVerticalHeader(_Titles(Qt.Orientation.Vertical, self))
        rows = [row_words(row) for row in range(self.rowCount() - 1)]
        columns = [column_words(column) for column in range(self.columnCount() - 1)]
        self.setVerticalHeaderLabels([*rows, self.tr("all")])
        titles = [*map(_in_two_lines, columns), self.tr("all")]
        self.setHorizontalHeaderLabels(titles)
        across, down = self.horizontalHeader(), self.verticalHeader()
        lines = (line for title in titles for line in title.splitlines())
        across.setMinimumSectionSize(max(map(across.fontMetrics().horizontalAdvance, lines)) + 8)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW_PX)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar_px = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(across.sizeHint().height() + self.rowCount() * _ROW_PX + bar_px)

    def show_matrix(self, matrix: EvaMatrix) -> None:
        """Show these cells."""
        whole = [[*row, math.fsum(row)] for row in matrix]
        whole.append([math.fsum(column) for column in zip(*whole, strict=True)])
        for row, cells in enumerate(whole):
            for column, share_pct in enumerate(cells):
                item = QTableWidgetItem(_share_words(share_pct))
                item.setTextAlignment(_CENTRE)
                item.setData(_SHARE, share_pct)
                words = self._words(row, column, share_pct)
                item.setToolTip(words)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
                self.setItem(row, column, item)

    def _words(self, row: int, column: int, share_pct: float) -> str:
        far, long = self.tr("however far tipped"), self.tr("however long")
        if row < self.rowCount() - 1:
            far = self.tr("tipped by {far} of your slump").format(far=row_words(row)) if row else row_words(row)
        if column < self.columnCount() - 1:
            long = self.tr("for {long} without a pause").format(long=column_words(column))
        words = self.tr("{far}, {long}: {share} of seated time")
        words = words.format(far=far, long=long, share=_share_words(share_pct))
        return f"{words[:1].upper()}{words[1:]}"


class _Titles(QHeaderView):
    """Names rows and columns without any frame."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's names
        """See `QHeaderView.paintSection`."""
        painter.setPen(ink(strength=0.85))
        is_column = self.orientation() is Qt.Orientation.Horizontal
        where = _CENTRE if is_column else Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        words = self.model().headerData(logicalIndex, self.orientation(), Qt.ItemDataRole.DisplayRole)
        painter.drawText(rect.adjusted(0, 0, 0 if is_column else -8, 0), where, words)


class _Cells(QStyledItemDelegate):
    """Paints a cell in the shade of its share; sums are bold on plain ground."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """See `QStyledItemDelegate.paint`."""
        model, box = index.model(), QRectF(option.rect).adjusted(1.0, 1.0, -1.0, -1.0)
        is_sum = index.row() == model.rowCount() - 1 or index.column() == model.columnCount() - 1
        share_pct = float(index.data(_SHARE))
        painter.save()
        if is_sum or share_pct > 0:
            ground = soft() if is_sum else shade(share_pct, EDGES_PCT)
            painter.fillRect(box, ground)
            painter.setPen(ink() if is_sum else ink_on(ground))
        else:
            painter.setPen(ink(strength=0.75))
        font = QFont(option.font)
        font.setBold(is_sum)
        painter.setFont(font)
        painter.drawText(box, _CENTRE, str(index.data()))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(ink(), 2.0))
            painter.drawRect(box.adjusted(1.0, 1.0, -1.0, -1.0))
        painter.restore()


def row_words(row: int) -> str:
    """How far tipped, of a row of the matrix."""
    if row == 0:
        return translate("Exposure", "forward of neutral")
    low = ROW_EDGES_PCT[row - 1]
    if row == len(ROW_EDGES_PCT):
        return translate("Exposure", "{low} % or more").format(low=f"{low:.0f}")
    return translate("Exposure", "{low} to {high} %").format(low=f"{low:.0f}", high=f"{ROW_EDGES_PCT[row]:.0f}")


def column_words(column: int) -> str:
    """How long without a pause, of a column of the matrix."""
    edges = [duration_words(edge_s) for edge_s in COLUMN_EDGES_S]
    if column == 0:
        return translate("Exposure", "under {high}").format(high=edges[0])
    if column == len(edges):
        return translate("Exposure", "{low} or more").format(low=edges[-1])
    low, high = edges[column - 1], edges[column]
    is_same_unit = len(low.split()) == len(high.split()) == 2 and low.split()[1] == high.split()[1]
    return translate("Exposure", "{low} to {high}").format(low=low.split()[0] if is_same_unit else low, high=high)


def _in_two_lines(words: str) -> str:
    """A title broken where its longer line is shortest, and never between a number and its unit."""
    spaces = [at for at, letter in enumerate(words) if letter == " " and not words[at - 1].isdigit()]
    breaks = (f"{words[:at]}\n{words[at + 1 :]}" for at in spaces)
    return min(breaks, key=lambda title: max(map(len, title.splitlines())), default=words)


def _share_words(share_pct: float) -> str:
    return "<1 %" if 0.0 < share_pct < 1.0 else pct_words(share_pct)
