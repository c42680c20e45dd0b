"""The figures of two groups of days and their differences, in words; a small table of them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from monitor.compare_words import figure_rows, interval_words
from monitor.desktop.look import SPACE, dimmed, rule
from monitor.tiltlog.compare import Choice, Comparison, What


def short_name(choice: Choice) -> str:
    """A group in one or two words."""
    if choice.what is What.RANGE:
        return f"{choice.first.day} {choice.first:%b} – {choice.last.day} {choice.last:%b}"
    return choice.name or _tr("no seat tag")


class CompareFigures(QWidget):
    """The table: a row for each figure, a column for each side, and one for the difference with its range."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(6)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("The figures of both sides"))

    def show_comparison(self, found: Comparison) -> None:
        """Show these figures."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        titles = ("", short_name(found.a.choice), short_name(found.b.choice), self.tr("Difference"))
        for column, words in enumerate(titles):
            self._put(words, 0, column, bold=True)
        self._grid.addWidget(rule(), 1, 0, 1, 4)
        rows = figure_rows(found)
        for at, row in enumerate(rows, start=2):
            self._put(row.name, at, 0, dim=True)
            for column, words in enumerate(row[1:], start=1):
                self._put(words, at, column, name=f"{row.name}, {titles[column]}: {words}")
        self._put(interval_words(found), len(rows) + 2, 0, dim=True, across=4)
        self._grid.setColumnStretch(3, 1)

    def _put(
        self,
        words: str,
        row: int,
        column: int,
        *,
        name: str = "",
        bold: bool = False,
        dim: bool = False,
        across: int = 1,
    ) -> None:
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setAccessibleName(name or words)
        label.setWordWrap(across > 1)
        if bold:
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        if dim:
            dimmed(label)
        self._grid.addWidget(label, row, column, 1, across)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)
