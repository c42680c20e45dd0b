"""What is long or many makes no window larger, and a small window can be read."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QScrollArea, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from review_fakes import DAYS, Keeper, settle, turn_to

from monitor.desktop.look import SPACE
from monitor.desktop.review.day_view import DayView
from monitor.desktop.review.exposure_view import ExposureView
from monitor.desktop.review.notes_line import breakable
from monitor.desktop.review.period_view import PeriodView
from monitor.desktop.review.range_bar import WEEK
from monitor.desktop.review.window import ReviewWindow
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader

ADDRESS = "https://example.org/" + "W" * 480
LONG = (ADDRESS, "word " * 99 + "end", "y" * 500, "<b>" + "z" * 490)


def note(path: Path, text: str, hour: float) -> float:
    """Write a note on the last day, at an hour; returns its time."""
    with LogReader.open(path) as log:
        clock = log.clock
    t_utc_s = clock.bounds(DAYS[3], DAYS[3])[0] + 3600 * hour
    add_note(path, clock.local(t_utc_s), text)
    return t_utc_s


def plain(text: str) -> str:
    return text.replace("\u200b", "")


def test_long_notes_are_cut_and_told_in_full_when_pointed_at(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper
) -> None:
    window.resize(800, 560)
    least, at = least_px(window), window.size()
    for hour, text in enumerate(LONG, start=9):
        note(keeper.path, text, hour)
    window.renew()
    settle(qtbot, window)
    QApplication.processEvents()
    assert least_px(window) == least
    assert window.size() == at
    shown = plain(window.notes.text()).removeprefix("Notes: ").split(" · ")
    assert [len(each.split(":00 ", 1)[1]) for each in shown] == [80] * 4
    assert all(each.endswith("…") for each in shown)
    assert window.notes.height() <= 5 * window.notes.fontMetrics().lineSpacing()
    tip = plain(window.notes.toolTip())
    assert tip.startswith("<p")
    assert ADDRESS in tip
    assert "&lt;b&gt;" + "z" * 490 in tip
    QToolTip.showText(window.mapToGlobal(window.rect().center()), window.notes.toolTip(), window)
    label = next(each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel"))
    assert label.width() < 700
    QToolTip.hideText()


def test_many_notes_keep_the_tip_on_the_screen(window: ReviewWindow, qtbot: QtBot, keeper: Keeper) -> None:
    for number in range(30):
        note(keeper.path, f"note {number}", 9 + number / 60)
    window.renew()
    settle(qtbot, window)
    assert window.notes.text().endswith("note 29; 26 earlier")
    assert window.notes.toolTip().count("<br>") == 11


def test_a_long_note_makes_no_view_wider(window: ReviewWindow, qtbot: QtBot, keeper: Keeper) -> None:
    window.resize(800, 560)
    least = least_px(window)
    t_utc_s = note(keeper.path, ADDRESS, 10)
    window.show_moment(t_utc_s)
    settle(qtbot, window)
    day = window.views["day"]
    assert isinstance(day, DayView)
    QApplication.processEvents()
    assert "https://example.org/WWW" in plain(day.minute.text())
    assert least_px(window) == least
    window.range.show_day(DAYS[3], WEEK)
    turn_to(qtbot, window, "period")
    period = window.views["period"]
    assert isinstance(period, PeriodView)
    period._tell(f"Note at 10:00: {ADDRESS}")
    QApplication.processEvents()
    assert least_px(window) == least
    assert window.width() == 800


def test_an_empty_day_with_long_notes_makes_no_window_larger(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper
) -> None:
    window.resize(800, 560)
    least = least_px(window)
    for hour, text in enumerate(LONG):
        note(keeper.path, text, 100 + hour)  # some days later
    with LogReader.open(keeper.path) as log:
        window.show_day(log.clock.day_of(log.all_notes()[-1].t_utc_s))
    settle(qtbot, window)
    QApplication.processEvents()
    day = window.views["day"]
    assert isinstance(day, DayView)
    assert "yyyy" in day.empty.text()
    assert least_px(window) == least
    assert window.height() == 560


def test_only_long_words_can_be_broken() -> None:
    assert breakable("back pain 4/10, a new cushion") == "back pain 4/10, a new cushion"
    assert breakable("a" * 45) == "\u200b".join(("a" * 20, "a" * 20, "a" * 5))
    assert plain(breakable(ADDRESS)) == ADDRESS


@pytest.mark.parametrize("size", [(800, 560), (1, 1)])
def test_the_day_can_be_read_in_a_small_window(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper, size: tuple[int, int]
) -> None:
    note(keeper.path, LONG[1], 9)
    window.renew()
    settle(qtbot, window)
    window.resize(*size)
    qtbot.waitUntil(lambda: window.width() <= 800)
    QApplication.processEvents()
    day = window.views["day"]
    assert isinstance(day, DayView)
    plot = day.plot
    assert plot.tilt.vb.height() >= 140
    day.grab()  # draws the labels
    labels = plot._labels.boxes
    assert len(labels) == 3
    assert not any(one.intersects(other) for one, other in combinations(labels, 2))
    assert plot.picture is not None
    wide = replace(plot.picture, range_deg=(-40.0, 70.0))
    plot.show_day(wide, plot._rows.words)
    day.grab()
    labels = plot._labels.boxes
    assert 0 < len(labels) < 3  # one is left out, since all of them would lie over each other
    assert not any(one.intersects(other) for one, other in combinations(labels, 2))
    axis = plot.tilt.getAxis("left")
    assert QFontMetricsF(plot.font()).horizontalAdvance(axis.labelText) <= plot.tilt.vb.height()
    assert day.foot.geometry().bottom() <= day.rect().bottom()
    assert not day.minute.geometry().intersects(day.picture.geometry())
    assert visible_px(plot, day.picture) >= 150
    day.picture.ensureWidgetVisible(day.legend)
    assert visible_px(day.legend, day.picture) == day.legend.height() == day.legend.heightForWidth(day.legend.width())
    assert day.legend.height() <= day.picture.viewport().height()


def test_a_large_window_says_more_and_needs_no_scrolling(window: ReviewWindow) -> None:
    day = window.views["day"]
    assert isinstance(day, DayView)
    assert day.plot.tilt.getAxis("left").labelText == "degrees back from your neutral"
    assert day.picture.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", [(1180, 760), (800, 560), (1, 1)])
def test_every_title_of_the_exposure_is_shown_in_full(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper, size: tuple[int, int]
) -> None:
    for hour, text in enumerate(LONG, start=9):
        note(keeper.path, text, hour)
    turn_to(qtbot, window, "exposure")
    window.resize(*size)
    QApplication.processEvents()
    view = window.views["exposure"]
    assert isinstance(view, ExposureView)
    header = view.table.horizontalHeader()
    titles = [view.table.horizontalHeaderItem(column).text() for column in range(7)]
    assert titles[2:6] == ["30 s to\n1 min 40 s", "1 min 40 s\nto 5 min", "5 to\n15 min", "15 min\nor more"]
    for column, title in enumerate(titles):
        widest = max(map(header.fontMetrics().horizontalAdvance, title.splitlines()))
        assert widest <= header.sectionSize(column), title
    assert view.table.horizontalScrollBar().maximum() == 0
    assert view.foot.mapTo(window, view.foot.rect().bottomLeft()).y() < window.height()
    area = view.findChild(QScrollArea)
    assert area is not None
    area.ensureWidgetVisible(view.told)
    assert visible_px(view.told, area) == view.told.height()


def test_the_whole_comparison_is_seen_at_once(window: ReviewWindow, qtbot: QtBot) -> None:
    turn_to(qtbot, window, "compare")
    window.resize(800, 560)
    view = window.views["compare"]
    area = view.findChild(QScrollArea)
    assert area is not None
    view.says.setText("word " * 30)
    view.notes.setText("word " * 30)
    view.pages.setCurrentIndex(1)
    QApplication.processEvents()
    assert view.plot.height() <= area.viewport().height()


def least_px(window: ReviewWindow) -> int:
    """The least width; a tab widget does not tell its window of every change."""
    return max(window.minimumSizeHint().width(), window.tabs.minimumSizeHint().width() + 2 * SPACE)


def visible_px(widget: QWidget, area: QScrollArea) -> int:
    """How much of the height of something in a scroll area is seen."""
    top = widget.mapTo(area.viewport(), widget.rect().topLeft()).y()
    return min(top + widget.height(), area.viewport().height()) - max(top, 0)
