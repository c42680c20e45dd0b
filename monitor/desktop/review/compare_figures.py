"""The figures of two groups of days and their differences, in words; a small table of them."""

from __future__ import annotations

import math
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from monitor.day_words import pct_words
from monitor.desktop.look import SPACE, dimmed, rule
from monitor.tiltlog.compare import Choice, Comparison, Difference, Side, What, digits_of, outwards
from monitor.tiltlog.records import TICKS_PER_S
from monitor.words import duration_words


class FigureRow(NamedTuple):
    """A figure of both sides; the difference is empty where it says nothing."""

    name: str
    a: str
    b: str
    difference: str


def figure_rows(found: Comparison) -> tuple[FigureRow, ...]:
    """The rows of the table. What is not known is a dash."""
    a, b, tipped = found.a, found.b, found.tipped
    digits = digits_of(tipped) if math.isfinite(tipped.value) else 0
    longest_a, longest_b = (side.totals.longest_ticks / TICKS_PER_S if side.days else math.nan for side in (a, b))
    changes, tilt = found.changes, found.tilt
    return (
        FigureRow(_tr("Days"), _days(a), _days(b), ""),
        FigureRow(_tr("Seated time"), _seated(a), _seated(b), ""),
        FigureRow(_tr("Could be judged"), _of_sitting(a.coverage_pct), _of_sitting(b.coverage_pct), ""),
        FigureRow(_tr("Tipped back"), _share(tipped.a, digits), _share(tipped.b, digits), _points(tipped, digits)),
        FigureRow(_tr("Longest tipped"), _time(longest_a), _time(longest_b), _longer(longest_b - longest_a)),
        FigureRow(_tr("Position changes"), _an_hour(changes.a), _an_hour(changes.b), _with_range(changes, 1)),
        FigureRow(_tr("Middle tilt"), _of_slump(tilt.a), _of_slump(tilt.b), _points(tilt)),
    )


def signed(value: float, decimals: int = 0) -> str:
    """A number with its sign; nothing is neither more nor less."""
    rounded = round(value, decimals)
    return f"{rounded:+.{decimals}f}".replace("-", "−") if rounded else "0"


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
        self._dim: list[QLabel] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(self.tr("The figures of both sides"))

    def show_comparison(self, found: Comparison) -> None:
        """Show these figures."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._dim = []
        titles = ("", short_name(found.a.choice), short_name(found.b.choice), self.tr("Difference"))
        for column, words in enumerate(titles):
            self._put(words, 0, column, bold=True)
        self._grid.addWidget(rule(), 1, 0, 1, 4)
        rows = figure_rows(found)
        for at, row in enumerate(rows, start=2):
            self._put(row.name, at, 0, dim=True)
            for column, words in enumerate(row[1:], start=1):
                self._put(words, at, column, name=f"{row.name}, {titles[column]}: {words}")
        words = self.tr("Too few days to say how sure these differences are.")
        if found.tipped.has_interval:
            words = self.tr("In brackets: where the difference lies over days like these, 95 times in 100.")
        self._put(words, len(rows) + 2, 0, dim=True, across=4)
        self._grid.setColumnStretch(3, 1)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """See `QWidget.changeEvent`."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for label in self._dim:
                dimmed(label)

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
            self._dim.append(label)
        self._grid.addWidget(label, row, column, 1, across)


def _share(value_pct: float, decimals: int) -> str:
    return "–" if math.isnan(value_pct) else f"{value_pct:.{decimals}f} %"


def _days(side: Side) -> str:
    if not side.short_days:
        return str(len(side.days))
    return _tr("{count}, and {short} too short").format(count=len(side.days), short=side.short_days)


def _seated(side: Side) -> str:
    return duration_words(side.totals.seated_s) if side.days else "–"


def _time(value_s: float) -> str:
    return "–" if math.isnan(value_s) else duration_words(value_s)


def _longer(value_s: float) -> str:
    if math.isnan(value_s):
        return "–"
    sign = "+" if value_s > 0 else "−" if value_s < 0 else ""
    return f"{sign}{duration_words(abs(value_s))}"


def _of_sitting(value_pct: float) -> str:
    return "–" if math.isnan(value_pct) else _tr("{share} of sitting").format(share=pct_words(value_pct))


def _of_slump(value_pct: float) -> str:
    return "–" if math.isnan(value_pct) else _tr("{share} of your slump").format(share=pct_words(value_pct))


def _an_hour(value: float) -> str:
    return "–" if math.isnan(value) else _tr("{count} an hour").format(count=f"{value:.1f}")


def _points(found: Difference, decimals: int = 0) -> str:
    one = signed(found.value, decimals) in ("+1", "−1") if math.isfinite(found.value) else False
    return _with_range(found, decimals, _tr("{value} point") if one else _tr("{value} points"))


def _with_range(found: Difference, decimals: int, words: str = "{value}") -> str:
    if math.isnan(found.value):
        return "–"
    said = words.format(value=signed(found.value, decimals))
    if not found.has_interval:
        return said
    steps = 10**decimals
    low, high = outwards(found.low * steps, found.high * steps)
    return f"{said} ({signed(low / steps, decimals)} … {signed(high / steps, decimals)})"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Compare", text)
