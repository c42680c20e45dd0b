"""Beside the picture of a day: its figures, and with what it was observed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from monitor.day_words import summary_rows, unjudged_words
from monitor.desktop.look import SPACE, paragraph, rule
from monitor.desktop.review.day_setups import Setup
from monitor.tiltlog.summary import Summary

_WIDTH_PX = 296


class DayFigures(QScrollArea):
    """The figures of a day, each share with how much of the sitting could be judged, and the set-ups of the day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH_PX)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("The day in figures"))
        self.texts: list[str] = []

    def show_day(self, summary: Summary, setups: Sequence[Setup]) -> None:
        """Show these figures."""
        self.texts = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACE // 2, 0)
        column.setSpacing(SPACE // 2)
        column.addLayout(self._figures(summary))
        column.addWidget(self._text(unjudged_words(summary)))
        column.addWidget(rule())
        column.addWidget(self._title(self.tr("Set-ups of the day")))
        for setup in setups:
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(self._text(f"{setup.profile} · {setup.camera} · {setup.seat or self.tr('no seat named')}"))
            pair.addWidget(self._text(setup.when, dim=True))
            column.addLayout(pair)
        column.addStretch(1)
        self.setWidget(inside)

    def _figures(self, summary: Summary) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE // 2)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 6)
        for row, (name, value) in enumerate(summary_rows(summary)):
            label, shown = self._text(name.capitalize(), dim=True), self._text(value)
            shown.setAccessibleName(f"{name}: {value}")
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(shown, row, 1, Qt.AlignmentFlag.AlignTop)
        return grid

    def _title(self, words: str) -> QLabel:
        label = self._text(words)
        font = label.font()
        font.setBold(True)
        label.setFont(font)
        return label

    def _text(self, words: str, *, dim: bool = False) -> QLabel:
        label = paragraph(words, dim=dim)
        label.setTextFormat(Qt.TextFormat.PlainText)
        self.texts.append(words)
        return label
