from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from monitor.desktop.review.exposure_view import ExposureView, column_words, row_words
from monitor.desktop.review.heat_map import shade
from monitor.desktop.review.view import Span
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog
from monitor.tiltlog.summary import Summary, summary_of
from monitor.tiltlog.totals import Totals
from monitor.words import DISCLAIMER

SPAN = Span(date(2026, 10, 5), date(2026, 10, 11))
# Minutes of 100 seated; 2 of them belong to no cell.
MATRIX_MIN = (
    (0, 2, 0, 6, 0, 0),
    (1, 3, 6, 10, 20, 5),
    (1, 1, 2, 1, 0, 0),
    (0.5, 0.5, 3, 16, 4, 0),
    (0, 1, 2, 9, 3, 1),
)


@pytest.fixture(autouse=True)
def _plain_words() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.fixture
def view(qtbot: QtBot) -> ExposureView:
    view = ExposureView()
    qtbot.addWidget(view)
    view.resize(1000, 600)
    with qtbot.waitExposed(view):
        view.show()
    return view


def summary(rows: Sequence[Sequence[float]] = MATRIX_MIN, **state_min: float) -> Summary:
    eva_ticks = tuple(round(600 * cell) for row in rows for cell in row)
    state_ticks = {state: round(600 * minutes) for state, minutes in state_min.items()}
    return summary_of(Totals(state_ticks=state_ticks, eva_ticks=eva_ticks), 0.0, 7 * 86400.0)


def week() -> Summary:
    return summary(upright=62, tipped=38, unknown=25)


def texts(view: ExposureView) -> list[list[str]]:
    table = view.table
    return [[table.item(row, column).text() for column in range(7)] for row in range(6)]


def test_the_cells_are_shares_of_seated_time_with_their_sums(view: ExposureView) -> None:
    view.show_loaded(week(), SPAN)
    found = texts(view)
    assert found[0] == ["0 %", "2 %", "0 %", "6 %", "0 %", "0 %", "8 %"]
    assert found[3] == ["<1 %", "<1 %", "3 %", "16 %", "4 %", "0 %", "24 %"]
    assert found[5] == ["2 %", "8 %", "13 %", "42 %", "27 %", "6 %", "98 %"]
    assert [row[6] for row in found] == ["8 %", "45 %", "5 %", "24 %", "16 %", "98 %"]


def test_what_stands_out_is_said_with_the_coverage_beside_it(view: ExposureView) -> None:
    view.show_loaded(week(), SPAN)
    assert view.sentence.text() == (
        "You were tipped by half of your slump or more for 40 % of seated time."
        " Most of that (62 %) came in stretches of 1 min 40 s to 5 min without a pause."
    )
    assert view.coverage.text() == "1 h 40 min seated, 80 % could be judged; how far is known for 98 % of it."
    assert view.foot.text() == DISCLAIMER


def test_less_than_half_is_the_largest_part(view: ExposureView) -> None:
    rows = (*MATRIX_MIN[:3], (0, 0, 0, 4, 4, 0), (0, 3, 0, 0, 0, 0))
    view.show_loaded(summary(rows, upright=100), SPAN)
    assert view.sentence.text().endswith(
        "The largest part of that (36 %) came in stretches of 5 to 15 min without a pause."
    )


def test_hardly_ever_tipped_is_said(view: ExposureView) -> None:
    view.show_loaded(summary((*MATRIX_MIN[:3], (0,) * 6, (0.5, 0, 0, 0, 0, 0)), upright=100), SPAN)
    assert view.sentence.text().startswith("You were hardly ever tipped by half of your slump or more")


def test_rows_and_columns_are_titled_in_words(view: ExposureView) -> None:
    assert [row_words(row) for row in range(5)] == [
        "forward of neutral",
        "0 to 25 %",
        "25 to 50 %",
        "50 to 75 %",
        "75 % or more",
    ]
    assert [column_words(column) for column in range(6)] == [
        "under 10 s",
        "10 to 30 s",
        "30 s to 1 min 40 s",
        "1 min 40 s to 5 min",
        "5 to 15 min",
        "15 min or more",
    ]
    view.show_loaded(week(), SPAN)
    assert view.how_far.isVisible()
    assert view.how_long.text() == "How long without a pause"
    assert view.table.verticalHeaderItem(5).text() == "all"


def test_the_cells_can_be_walked_through(view: ExposureView, qtbot: QtBot) -> None:
    view.show_loaded(week(), SPAN)
    view.table.setFocus(Qt.FocusReason.TabFocusReason)
    view.table.setCurrentCell(2, 3)
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    words = "Tipped by 50 to 75 % of your slump, for 1 min 40 s to 5 min without a pause: 16 % of seated time"
    assert view.told.text() == words
    assert view.table.currentItem().data(Qt.ItemDataRole.AccessibleTextRole) == words
    qtbot.keyClick(view.table, Qt.Key.Key_End)
    assert view.told.text() == "Tipped by 50 to 75 % of your slump, however long: 24 % of seated time"
    view.table.setCurrentCell(0, 1)
    assert view.told.text() == "Forward of neutral, for 10 to 30 s without a pause: 2 % of seated time"
    view.table.setCurrentCell(5, 6)
    assert view.told.text() == "However far tipped, however long: 98 % of seated time"
    assert view.table.accessibleName()


def test_larger_shares_are_painted_further_from_the_ground(view: ExposureView) -> None:
    view.show_loaded(week(), SPAN)
    ground = view.palette().color(QPalette.ColorRole.Window)
    assert _colour(view, 1, 4) == shade(20.0, (1.0, 3.0, 6.0, 10.0, 20.0))
    assert _colour(view, 0, 0) == ground
    assert _colour(view, 1, 4) != _colour(view, 1, 3)


def test_the_colours_follow_the_windows_to_dark(view: ExposureView) -> None:
    view.show_loaded(week(), SPAN)
    light = _colour(view, 1, 4)
    before = QApplication.palette()
    palette = QPalette(before)
    palette.setColor(QPalette.ColorRole.Window, QColor("#202224"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#e8e8e8"))
    try:
        QApplication.setPalette(palette)
        QApplication.processEvents()
        assert _colour(view, 1, 4) != light
        assert _colour(view, 0, 0) == QColor("#202224")
        assert view.coverage.palette().color(QPalette.ColorRole.WindowText).lightness() > 128
    finally:
        QApplication.setPalette(before)


def test_everything_fits_without_scrolling(view: ExposureView) -> None:
    view.show_loaded(week(), SPAN)
    QApplication.processEvents()
    last = view.table.visualItemRect(view.table.item(5, 6))
    assert view.table.viewport().rect().contains(last)


@pytest.mark.parametrize(
    ("loaded", "words"),
    [
        (summary(()), "Mon 5 Oct to Sun 11 Oct: nothing was logged."),
        (summary((), unknown=5.0), "Mon 5 Oct to Sun 11 Oct: no sitting that could be judged."),
        (summary(((1.5,),), upright=1.5), "Mon 5 Oct to Sun 11 Oct: 1 min 30 s seated could be judged, too little to"),
        (summary(((0,) * 30,), upright=30), "how far you were tipped is not known for any of 30 min seated."),
    ],
)
def test_without_a_matrix_words_take_its_place(view: ExposureView, loaded: Summary, words: str) -> None:
    view.show_loaded(week(), SPAN)
    view.show_loaded(loaded, SPAN)
    assert words in view.sentence.text()
    assert not any(widget.isVisible() for widget in (view.table, view.how_far, view.how_long, view.told))
    view.show_loaded(week(), SPAN)
    assert view.table.isVisible()


def test_a_few_minutes_are_shown_as_little(view: ExposureView) -> None:
    view.show_loaded(summary(((0, 0, 0, 7, 0, 0), *((0,) * 6,) * 4), upright=7), SPAN)
    assert "That is little yet" in view.coverage.text()
    assert texts(view)[0][3] == "100 %"


def test_a_log_is_read(view: ExposureView, tmp_path: Path) -> None:
    path = tmp_path / "tilt.sqlite"
    with TiltLog.open(path, lambda _: 3600) as log:
        for number, tilt_pct in enumerate((80.0, 10.0)):
            begin = datetime(2026, 10, 5 + number, 9, 0, tzinfo=UTC)
            session = log.start_session(
                profile="desk", source="camera", source_kind="live", tilt_model="network", started=begin, t0_s=0.0
            )
            for second in range(200):
                session.record(Assessment(float(second), State.UPRIGHT, tilt_pct=tilt_pct, tilt_deg=1.0))
            session.end(200.0)
    with LogReader.open(path) as reader:
        view.show_loaded(view.load(reader, SPAN), SPAN)
    found = texts(view)
    assert (found[4][3], found[1][3], found[5][6]) == ("50 %", "50 %", "100 %")


def _colour(view: ExposureView, row: int, column: int) -> QColor:
    """The ground of a cell, near its corner."""
    table = view.table
    rect = table.visualItemRect(table.item(row, column))
    return table.viewport().grab().toImage().pixelColor(rect.left() + 4, rect.top() + 4)
