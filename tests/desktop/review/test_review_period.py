from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from monitor.desktop.look import contrast
from monitor.desktop.review.heat_map import SHADE_EDGES_PCT, about_words, ink_on, shade
from monitor.desktop.review.period_view import LoadedPeriod, NoteFlag, PeriodView
from monitor.desktop.review.trend import Chart
from monitor.desktop.review.view import Span
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.hours import COLUMNS, UNKNOWN_TILT, Minutes
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.periods import Days, period_of
from monitor.tiltlog.reader import DayPart, HourPart, LogReader
from monitor.tiltlog.records import NOT_OBSERVED, SessionInfo
from monitor.tiltlog.store import TiltLog
from monitor.tiltlog.totals import Totals

MONDAY = date(2026, 10, 5)
SESSION = SessionInfo(1, 0.0, None, "desk", "camera 0", "live", "contour 1", "0")
NO_MINUTES = Minutes(np.zeros((60, len(COLUMNS)), dtype=np.int64), np.full(60, UNKNOWN_TILT))
SHADES = (0.0, *SHADE_EDGES_PCT)

Told = dict[tuple[int, int], dict[str, float]]
"""Seconds in each state, by day after that Monday and hour."""


@pytest.fixture(autouse=True)
def _plain_words() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale.c())
    yield
    QLocale.setDefault(before)


@pytest.fixture
def dark() -> Iterator[None]:
    before = QApplication.palette()
    palette = QPalette(before)
    palette.setColor(QPalette.ColorRole.Window, QColor("#202224"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#e8e8e8"))
    QApplication.setPalette(palette)
    yield
    QApplication.setPalette(before)


@pytest.fixture
def view(qtbot: QtBot) -> PeriodView:
    view = PeriodView()
    qtbot.addWidget(view)
    view.resize(1000, 800)
    with qtbot.waitExposed(view):
        view.show()
    return view


def loaded(told: Told, days: int, *notes: NoteFlag, changes: int = 40) -> LoadedPeriod:
    hours, totals = [], {}
    for (number, hour), state_s in told.items():
        day = MONDAY + timedelta(days=number)
        state_ticks = {state: round(10 * seconds) for state, seconds in state_s.items()}
        hours.append(HourPart(day, hour, 1, state_ticks, 0, NO_MINUTES))
        sums = totals.setdefault(day, {})
        for state, ticks in state_ticks.items():
            sums[state] = sums.get(state, 0) + ticks
    parts = [DayPart(day, SESSION, Totals(state_ticks=s, changes=changes, placed=1)) for day, s in totals.items()]
    return LoadedPeriod(period_of(parts, hours, Days(MONDAY, MONDAY + timedelta(days=days - 1))), notes)


def show(view: PeriodView, told: Told, days: int = 7, *notes: NoteFlag) -> None:
    what = loaded(told, days, *notes)
    view.show_loaded(what, Span(what.period.days.first, what.period.days.last))
    QApplication.processEvents()


def sat(minutes: float, tipped_pct: float, unknown_s: float = 0.0) -> dict[str, float]:
    tipped_s = 0.6 * minutes * tipped_pct
    return {"tipped": tipped_s, "upright": 60 * minutes - tipped_s, "unknown": unknown_s}


def year() -> Told:
    return {
        (number, hour): sat(45, (7 * number + 11 * hour) % 90)
        for number in range(350)
        if number % 7 < 5
        for hour in range(8, 18)
    }


def centre(chart: Chart, row: int, column: int) -> QPoint:
    return chart.layer.box((row, column)).center().toPoint()


def colours(chart: Chart, row: int, column: int) -> set[str]:
    """The colours of a cell, its edges and its figure's letters left out."""
    image: QImage = chart.grab().toImage()
    box = chart.layer.box((row, column)).adjusted(3, 3, -3, -3).toRect()
    return {image.pixelColor(x, box.top()).name() for x in range(box.left(), box.right())}


def test_the_summary_tells_the_share_with_its_coverage(view: PeriodView) -> None:
    show(view, {(0, 9): sat(40, 25), (1, 9): sat(60, 25, 660)})
    assert view.summary.text() == "Tipped back 25 % of 1 h 40 min seated (90 % could be judged), on 2 days."
    assert view.charts.isVisible()
    assert not view.aside.isVisible()


def test_a_cell_tells_itself_in_words(view: PeriodView, qtbot: QtBot) -> None:
    show(view, {(0, 9): sat(40, 25), (1, 10): sat(52, 31, 96.5)})
    qtbot.mouseMove(view.heat, centre(view.heat, 1, 1))
    assert view.told.text() == "Tue 6 Oct, 10 to 11: tipped 31 % of 52 min seated, 97 % could be judged"
    qtbot.mouseMove(view.heat, QPoint(2, 2))
    assert "arrow keys" in view.told.text()


@pytest.mark.parametrize(
    ("state_s", "words"),
    [
        ({"upright": 90.0}, "1 min 30 s seated could be judged, too little to tell a share"),
        ({"unknown": 300.0}, "somebody was there for 5 min, none of it could be judged"),
        ({"away": 300.0}, "nobody sat"),
        ({NOT_OBSERVED: 300.0}, "no camera was looking"),
        ({}, "nothing logged"),
    ],
)
def test_a_cell_without_a_share_says_why(view: PeriodView, state_s: dict[str, float], words: str) -> None:
    show(view, {(0, 9): sat(40, 25), (1, 9): state_s})
    assert view.heat.layer.words((0, 1)) == f"Tue 6 Oct, 9 to 10: {words}"


def test_what_is_not_known_has_no_colour(view: PeriodView) -> None:
    show(view, {(0, 9): sat(40, 0), (1, 9): {"upright": 90.0}, (2, 9): {"away": 900.0}})
    ground = view.palette().color(QPalette.ColorRole.Window).name()
    shades = {shade(share).name() for share in SHADES}
    assert colours(view.heat, 0, 0) == {shade(0.0).name()}
    assert colours(view.heat, 0, 2) == {ground}
    hatched = colours(view.heat, 0, 1)
    assert len(hatched) > 1
    assert not hatched & shades


def test_a_cell_of_which_little_could_be_judged_is_marked(view: PeriodView) -> None:
    show(view, {(0, 9): sat(20, 25, 1300), (1, 9): sat(20, 25, 1100)})
    image = view.heat.grab().toImage()
    corners = [view.heat.layer.box((0, column)).topRight() + QPointF(-3, 3) for column in range(2)]
    marked, plain = (image.pixelColor(corner.toPoint()) for corner in corners)
    assert plain == shade(25.0)
    assert marked == ink_on(shade(25.0))


def test_a_click_on_a_cell_opens_its_day(view: PeriodView, qtbot: QtBot) -> None:
    show(view, {(0, 9): sat(40, 25), (2, 12): sat(40, 25)})
    with qtbot.waitSignal(view.day_wanted) as asked:
        qtbot.mouseClick(view.heat, Qt.MouseButton.LeftButton, pos=centre(view.heat, 0, 2))
    assert asked.args == [date(2026, 10, 7)]
    with qtbot.assertNotEmitted(view.day_wanted):
        qtbot.mouseClick(view.heat, Qt.MouseButton.LeftButton, pos=centre(view.heat, 0, 3))


def test_a_click_on_a_point_opens_its_day(view: PeriodView, qtbot: QtBot) -> None:
    show(view, {(0, 9): sat(40, 25), (2, 12): sat(10, 25)})
    for chart in (view.tipped, view.changes):
        with qtbot.waitSignal(view.day_wanted) as asked:
            qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=centre(chart, 0, 2))
        assert asked.args == [date(2026, 10, 7)]


def test_the_cells_can_be_walked_through(view: PeriodView, qtbot: QtBot) -> None:
    show(view, {(0, 9): sat(40, 25), (1, 10): sat(40, 50)})
    view.heat.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.heat.cursor_cell == (0, 1)  # the last day with something
    qtbot.keyClick(view.heat, Qt.Key.Key_Down)
    assert view.told.text().startswith("Tue 6 Oct, 10 to 11: tipped 50 %")
    assert view.heat.accessibleDescription() == view.told.text()
    qtbot.keyClick(view.heat, Qt.Key.Key_Home)
    qtbot.keyClick(view.heat, Qt.Key.Key_Left)
    assert view.heat.cursor_cell == (1, 0)
    with qtbot.waitSignal(view.day_wanted) as asked:
        qtbot.keyClick(view.heat, Qt.Key.Key_Return)
    assert asked.args == [MONDAY]
    qtbot.keyClick(view.heat, Qt.Key.Key_End)
    assert view.heat.cursor_cell == (1, 6)


def test_the_cursor_is_seen(view: PeriodView) -> None:
    show(view, {(0, 9): sat(40, 25)})
    view.changes.setFocus()
    without = view.heat.grab().toImage()
    view.heat.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.heat.grab().toImage() != without


def test_a_day_tells_its_share_its_week_and_its_notes(view: PeriodView) -> None:
    note = NoteFlag(date(2026, 10, 6), "10:12", "new cushion")
    show(view, {(0, 9): sat(40, 20), (1, 9): sat(50, 30)}, 7, note)
    words = view.tipped.layer.words((0, 1))
    assert words == (
        "Tue 6 Oct: tipped 30 % of 50 min seated, 100 % could be judged; 25 % on the week's median day."
        " Note at 10:12: new cushion"
    )
    assert "a note" in view.legends[1].accessibleName()


def test_a_short_day_says_that_it_does_not_count(view: PeriodView) -> None:
    show(view, {(0, 9): sat(20, 20)})
    assert "too short to count for the median day" in view.tipped.layer.words((0, 0))
    assert "there is none yet" in view.aside.text()


def test_position_changes_are_told_for_each_hour_seated(view: PeriodView) -> None:
    show(view, {(0, 9): sat(60, 20), (0, 10): sat(60, 20)})
    words = view.changes.layer.words((0, 0))
    assert words == "Mon 5 Oct: 20 position changes an hour in 2 h 00 min seated, 100 % could be judged"
    assert "20 to 30 an hour felt better in a trial" in view.legends[2].accessibleName()


def test_a_note_draws_a_flag(view: PeriodView) -> None:
    show(view, {(0, 9): sat(40, 20)})
    without = view.tipped.grab().toImage()
    show(view, {(0, 9): sat(40, 20)}, 7, NoteFlag(MONDAY, "9:00", "stool"))
    assert view.tipped.grab().toImage() != without


def test_a_note_is_shown_as_it_was_written(view: PeriodView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda place, text, *more: shown.append(text))
    show(view, {(0, 9): sat(40, 20)}, 7, NoteFlag(MONDAY, "9:00", "<b>stool</b>"))
    qtbot.mouseMove(view.tipped, centre(view.tipped, 0, 0))
    assert "&lt;b&gt;stool" in shown[-1]
    assert view.told.text().endswith("<b>stool</b>")
    assert view.told.textFormat() == Qt.TextFormat.PlainText


def test_a_year_has_weeks(view: PeriodView, qtbot: QtBot) -> None:
    show(view, year(), 364)
    assert len(view.heat.layer.columns) == 52
    words = view.heat.layer.words((2, 0))
    assert words.startswith("Week 41, Mon 5 Oct to Sun 11 Oct, 10 to 11: tipped ")
    assert words.endswith("; most of it on Fri 9 Oct")
    point = view.tipped.layer.words((0, 0))
    assert "on the median day, 100 % could be judged, 5 days count" in point
    with qtbot.waitSignal(view.day_wanted) as asked:
        qtbot.mouseClick(view.tipped, Qt.MouseButton.LeftButton, pos=centre(view.tipped, 0, 0))
    assert asked.args[0] in Days(MONDAY, date(2026, 10, 11)).all


def test_a_year_is_built_and_painted_quickly(view: PeriodView) -> None:
    told = year()
    assert len(told) == 2500
    view.grab()
    began = time.perf_counter()
    what = loaded(told, 364)
    view.show_loaded(what, Span(what.period.days.first, what.period.days.last))
    view.grab()
    assert time.perf_counter() - began < 0.5  # a tenth of that on a computer that does nothing else


def test_an_empty_span_has_words_and_no_charts(view: PeriodView) -> None:
    show(view, {(0, 9): sat(40, 20)})
    show(view, {})
    assert view.summary.text() == "Nothing was logged from Mon 5 Oct to Sun 11 Oct."
    assert not view.charts.isVisible()
    assert not view.told.isVisible()
    assert view.aside.text()


def test_a_first_minute_is_too_little_for_a_share(view: PeriodView) -> None:
    show(view, {(0, 9): {"tipped": 45.0, "upright": 45.0}})
    assert view.summary.text() == "1 min 30 s seated could be judged, too little to tell a share."
    assert "%" not in view.summary.text() + view.told.text()


def test_days_without_anything_are_counted_in_words(view: PeriodView) -> None:
    show(view, {(0, 9): sat(40, 20), (4, 9): sat(40, 20)})
    assert view.aside.text() == ("Nothing was logged on 3 of the 5 days from Mon 5 Oct to Fri 9 Oct: they stay empty.")


@pytest.mark.parametrize("size", [(640, 420), (1400, 1000)])
@pytest.mark.parametrize("days", [7, 31, 364])
def test_every_size_is_painted(view: PeriodView, size: tuple[int, int], days: int) -> None:
    show(view, {key: value for key, value in year().items() if key[0] < days}, days)
    view.resize(*size)
    QApplication.processEvents()
    for chart in (view.heat, view.tipped, view.changes):
        assert chart.height() >= chart.minimumSizeHint().height()
        box = chart.layer.box((chart.layer.row_count - 1, len(chart.layer.columns) - 1))
        assert box.right() <= chart.width()
        assert box.bottom() <= chart.height()


@pytest.mark.usefixtures("dark")
def test_the_colours_follow_the_windows_to_dark(view: PeriodView) -> None:
    _shades_are_told_apart(QColor("#202224"))
    show(view, {(0, 9): sat(40, 0)})
    assert colours(view.heat, 0, 0) == {shade(0.0).name()}


def test_the_shades_are_told_apart_in_the_light() -> None:
    _shades_are_told_apart(QApplication.palette().color(QPalette.ColorRole.Window))


def _shades_are_told_apart(ground: QColor) -> None:
    away = [contrast(shade(share), ground) for share in SHADES]
    assert away == sorted(away)
    assert all(later / earlier > 1.15 for earlier, later in pairwise(away))
    assert all(contrast(ink_on(shade(share)), shade(share)) >= 4.5 for share in SHADES)


def test_a_change_of_palette_is_followed_at_once(view: PeriodView, request: pytest.FixtureRequest) -> None:
    show(view, {(0, 9): sat(40, 20), (4, 9): sat(40, 20)})
    light = view.aside.palette().color(QPalette.ColorRole.WindowText)
    request.getfixturevalue("dark")
    QApplication.processEvents()
    assert view.aside.palette().color(QPalette.ColorRole.WindowText) != light
    assert colours(view.heat, 0, 0) == {shade(20.0).name()}


def test_everything_has_a_name_and_can_be_reached_by_keyboard(view: PeriodView) -> None:
    show(view, {(0, 9): sat(40, 20)})
    for chart in view.findChildren(Chart):
        assert chart.accessibleName()
        assert chart.focusPolicy() & Qt.FocusPolicy.TabFocus
    reached: set[QWidget | None] = set()
    view.heat.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        reached.add(QApplication.focusWidget())
        view.focusNextChild()
    assert {view.heat, view.tipped, view.changes} <= reached


def test_a_log_is_read_in_its_own_local_time(view: PeriodView, tmp_path: Path) -> None:
    path = tmp_path / "tilt.sqlite"
    begin = datetime(2026, 10, 5, 23, 30, tzinfo=UTC)
    with TiltLog.open(path, lambda _: 3600) as log:
        session = log.start_session(
            profile="desk", source="camera", source_kind="live", tilt_model="network", started=begin, t0_s=0.0
        )
        for second in range(300):
            session.record(Assessment(float(second), State.TIPPED if second < 75 else State.UPRIGHT))
        session.end(300.0)
    add_note(path, begin, "started")
    span = Span(MONDAY, date(2026, 10, 11))
    with LogReader.open(path) as reader:
        view.show_loaded(view.load(reader, span), span)
    assert view.summary.text() == "Tipped back 25 % of 5 min seated (100 % could be judged), on 1 day."
    assert "Note at 00:30: started" in view.tipped.layer.words((0, 1))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(59.6, "1 min"), (100.0, "1 min 40 s"), (620.0, "10 min"), (36000.0, "10 h"), (7260.0, "2 h 01 min")],
)
def test_a_length_of_time_is_as_exact_as_is_of_use(seconds: float, words: str) -> None:
    assert about_words(seconds) == words
