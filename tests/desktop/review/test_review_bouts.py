"""The table of bouts: what it shows, how it sorts and filters, and where a click leads."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from monitor.desktop.review.bouts_table import STATES, BoutFilter, Column, rows_of
from monitor.desktop.review.bouts_view import BoutsView, LoadedBouts
from monitor.desktop.review.view import Span
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.aftermath import After, Followed, what_followed
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import NOT_OBSERVED, Bout, BoutState, GivenWarning, LogSlice, SessionInfo
from monitor.tiltlog.store import TiltLog

DAY = date(2026, 3, 2)
SPAN = Span(DAY, DAY)
NINE_S = datetime(2026, 3, 2, 8, tzinfo=UTC).timestamp()
"""Nine o'clock on the log's clock, which is an hour ahead."""
CLOCK = LocalClock(((0.0, 3600),))
ARMS, KNEES = "shoulders_forward", "knees_above_hips"


def a_day() -> LogSlice:
    """Two sessions: from nine on a cushion, and from noon on no tagged seat."""
    sessions = tuple(
        SessionInfo(number, NINE_S + start_s, None, "desk", "c", "live", "t", "0", seat)
        for number, start_s, seat in ((1, 0, "cushion"), (2, 10800, ""))
    )
    told: list[tuple[int, BoutState, str, float, float, str]] = [
        (1, State.UPRIGHT, "", 0, 600, ""),
        (1, State.TIPPED, "", 600, 900, KNEES),
        (1, State.UPRIGHT, "", 900, 950, ""),
        (1, State.TIPPED, "", 950, 995, ""),
        (1, State.UNKNOWN, "your knee is hidden", 995, 1000, ""),
        (1, NOT_OBSERVED, "paused", 1000, 4000, ""),
        (2, State.TIPPED, "", 10800, 14460, ARMS),
        (2, State.STANDING, "", 14460, 14500, ""),
    ]
    bouts = tuple(Bout(number, state, why, NINE_S + a, NINE_S + b, cause) for number, state, why, a, b, cause in told)
    warnings = (
        GivenWarning(1, 1, NINE_S + 880, "dwell", KNEES, "Your hips have been tipped back.", 20.0),
        GivenWarning(2, 2, NINE_S + 11000, "dwell", ARMS, "First.", None),
        GivenWarning(3, 2, NINE_S + 14440, "sit break", "", "Second.", None),
    )
    return LogSlice(NINE_S - 3600, NINE_S + 80000, sessions, (), bouts, warnings)


@pytest.fixture
def view(qtbot: QtBot) -> BoutsView:
    view = BoutsView()
    qtbot.addWidget(view)
    log = a_day()
    view.show_loaded(LoadedBouts(rows_of(log, what_followed(log)), CLOCK), SPAN)
    return view


def cells(view: BoutsView, column: Column) -> list[str]:
    return [view.chosen.index(row, column).data() for row in range(view.chosen.rowCount())]


def show(view: BoutsView, **chosen: object) -> None:
    view.bar.show_filter(BoutFilter(**{"states": frozenset(STATES), **chosen}))


def test_tipped_bouts_are_shown_first_with_all_that_is_told_of_them(view: BoutsView) -> None:
    assert [view.chosen.index(0, column).data() for column in Column] == [
        *("Mon 2 Mar", "09:10:00", "09:15:00", "5 min", "tipped back", "knees above hips"),
        *("09:14 knees above hips", "moved after 20 s", "cushion"),
    ]
    assert cells(view, Column.DURATION) == ["5 min", "45 s", "1 h 01 min"]
    assert cells(view, Column.WHY) == ["knees above hips", "–", "arms reach forward"]
    assert cells(view, Column.WARNED)[1:] == ["", "12:03 arms reach forward, 13:00 sit break"]
    assert cells(view, Column.FOLLOWED)[1:] == ["", "still tipped, stood up after 20 s"]
    assert cells(view, Column.SEAT) == ["cushion", "cushion", ""]
    assert view.count.text() == "3 bouts, 1 h 07 min in all"
    warned = view.chosen.index(2, Column.WARNED)
    assert warned.data(Qt.ItemDataRole.ToolTipRole) == "First.\n\nSecond."


def test_other_states_give_their_reason(view: BoutsView) -> None:
    show(view, states=frozenset({State.UNKNOWN, NOT_OBSERVED}))
    assert cells(view, Column.STATE) == ["can't tell", "not observed"]
    assert cells(view, Column.WHY) == ["your knee is hidden", "paused"]
    assert view.bar.states.text() == "&State: 2 of 8"


@pytest.mark.parametrize(
    ("column", "rising", "falling"),
    [
        (Column.DURATION, ["45 s", "5 min", "1 h 01 min"], ["1 h 01 min", "5 min", "45 s"]),
        (Column.START, ["5 min", "45 s", "1 h 01 min"], ["1 h 01 min", "45 s", "5 min"]),
        (Column.WARNED, ["5 min", "1 h 01 min", "45 s"], ["1 h 01 min", "5 min", "45 s"]),  # not warned: last
        (Column.FOLLOWED, ["5 min", "1 h 01 min", "45 s"], ["1 h 01 min", "5 min", "45 s"]),
        (Column.SEAT, ["5 min", "45 s", "1 h 01 min"], ["5 min", "45 s", "1 h 01 min"]),  # no seat: last
    ],
)
def test_columns_sort_by_value(view: BoutsView, column: Column, rising: list[str], falling: list[str]) -> None:
    view.table.sortByColumn(column, Qt.SortOrder.AscendingOrder)
    assert cells(view, Column.DURATION) == rising
    view.table.sortByColumn(column, Qt.SortOrder.DescendingOrder)
    assert cells(view, Column.DURATION) == falling


def test_the_chosen_row_stays_chosen_when_the_table_is_sorted_again(view: BoutsView) -> None:
    view.table.setCurrentIndex(view.chosen.index(1, Column.STATE))
    view.table.sortByColumn(Column.DURATION, Qt.SortOrder.AscendingOrder)
    current = view.table.currentIndex()
    assert (current.row(), current.column()) == (0, Column.STATE)
    assert view.chosen.row_at(current).bout.duration_s == 45.0


def test_the_order_outlives_the_next_load(view: BoutsView) -> None:
    view.table.sortByColumn(Column.DURATION, Qt.SortOrder.DescendingOrder)
    log = a_day()
    view.show_loaded(LoadedBouts(rows_of(log, what_followed(log)), CLOCK), SPAN)
    assert cells(view, Column.DURATION) == ["1 h 01 min", "5 min", "45 s"]


def test_filters_work_together(view: BoutsView) -> None:
    show(view)
    assert view.count.text() == "8 bouts, 2 h 08 min in all"
    view.bar.at_least.setValue(300.0)
    assert cells(view, Column.DURATION) == ["10 min", "5 min", "50 min", "1 h 01 min"]
    view.bar.cause.setCurrentText("Arms reach forward")
    assert cells(view, Column.DURATION) == ["1 h 01 min"]
    assert view.count.text() == "1 bout, 1 h 01 min in all"
    view.bar.cause.setCurrentText("No cause told")
    assert cells(view, Column.DURATION) == []
    view.bar.at_least.setValue(0.0)
    assert cells(view, Column.DURATION) == ["45 s"]
    view.bar.all.click()
    assert view.chosen.rowCount() == 8


def test_states_are_ticked_in_the_menu(view: BoutsView) -> None:
    assert [state for state, action in view.bar.actions_of.items() if action.isChecked()] == [State.TIPPED]
    view.bar.actions_of[State.STANDING].trigger()
    view.bar.actions_of[State.TIPPED].trigger()
    assert cells(view, Column.STATE) == ["standing"]
    assert view.bar.states.text() == "&State: standing"


@pytest.mark.parametrize(
    ("text", "starts"),
    [("SIT break", ["12:00:00"]), ("knee", ["09:10:00", "09:16:35"]), ("  cushion ", None), ("09:1", None), ("zz", [])],
)
def test_text_is_looked_for_in_every_column(view: BoutsView, text: str, starts: list[str] | None) -> None:
    show(view)
    view.bar.text.setText(text)
    assert cells(view, Column.START) == (
        starts if starts is not None else ["09:00:00", "09:10:00", "09:15:00", "09:15:50", "09:16:35", "09:16:40"]
    )


def test_a_click_or_enter_asks_for_the_start_of_that_bout(view: BoutsView, qtbot: QtBot) -> None:
    view.resize(1000, 500)
    view.show()
    wanted: list[float] = []
    view.moment_wanted.connect(wanted.append)
    view.table.sortByColumn(Column.DURATION, Qt.SortOrder.AscendingOrder)
    spot = view.table.visualRect(view.chosen.index(0, Column.WHY)).center()
    qtbot.mouseClick(view.table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert wanted == [NINE_S + 950]
    qtbot.keyClick(view.table, Qt.Key.Key_Down)
    qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert wanted == [NINE_S + 950, NINE_S + 600]


def test_enter_without_a_row_asks_for_nothing(view: BoutsView, qtbot: QtBot) -> None:
    view.table.setCurrentIndex(QModelIndex())
    with qtbot.assertNotEmitted(view.moment_wanted):
        qtbot.keyClick(view.table, Qt.Key.Key_Return)


def test_nothing_there_and_nothing_that_fits_have_words(view: BoutsView) -> None:
    view.bar.text.setText("nowhere")
    assert view.pages.currentWidget() is view.message
    assert "Show all" in view.message.text()
    assert view.count.text() == "No bouts"
    view.bar.all.click()
    assert view.pages.currentWidget() is view.table
    view.show_loaded(LoadedBouts((), LocalClock()), SPAN)
    assert view.message.text() == "Nothing was logged in these days."
    assert view.pages.currentWidget() is view.message


def test_a_cause_that_is_chosen_stays_when_the_next_days_have_none_of_it(view: BoutsView) -> None:
    view.bar.cause.setCurrentText("Knees above hips")
    view.show_loaded(LoadedBouts((), LocalClock()), SPAN)
    assert view.bar.filter.cause == KNEES
    assert view.bar.cause.currentText() == "Knees above hips"


def test_years_are_told_where_there_are_two(view: BoutsView) -> None:
    log = a_day()
    later = NINE_S + 366 * 86400.0
    bouts = (*log.bouts, Bout(1, State.TIPPED, "", later, later + 60))
    both = LogSlice(0.0, later + 60, log.sessions, (), bouts, log.warnings)
    view.show_loaded(LoadedBouts(rows_of(both, ()), CLOCK), SPAN)
    assert cells(view, Column.DAY)[0] == "Mon 2 Mar 2026"
    assert cells(view, Column.DAY)[-1] == "Wed 3 Mar 2027"


def test_a_warning_goes_with_the_bout_of_its_session_in_which_it_was_given() -> None:
    bouts = (Bout(1, State.TIPPED, "", 0, 50), Bout(2, State.TIPPED, "", 10, 90), Bout(1, State.UPRIGHT, "", 50, 99))
    warnings = (GivenWarning(4, 1, 50.0, "dwell", "", ""), GivenWarning(5, 2, 60.0, "dwell", "", ""))
    after = tuple(Followed(number, After.NOT_SEEN, 0.0) for number in (4, 5))
    rows = rows_of(LogSlice(0, 99, bouts=bouts, warnings=warnings), after)
    assert [[warning.id for warning, _ in row.warned] for row in rows] == [[], [5], [4]]


def test_ten_thousand_bouts_are_worked_out_only_where_they_are_seen(
    view: BoutsView, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = tuple(Bout(1, State.TIPPED, "", NINE_S + 10 * n, NINE_S + 10 * n + n % 97 + 1) for n in range(10_000))
    rows = rows_of(LogSlice(0.0, 1e12, bouts=many), ())
    view.resize(1000, 500)
    asked = 0
    text = type(view.model).text

    def counted(model: object, row: object, column: Column) -> str:
        nonlocal asked
        asked += 1
        return text(model, row, column)

    monkeypatch.setattr(type(view.model), "text", counted)
    view.show()
    view.show_loaded(LoadedBouts(rows, CLOCK), SPAN)
    view.table.sortByColumn(Column.DURATION, Qt.SortOrder.DescendingOrder)
    view.table.grab()
    assert view.chosen.rowCount() == 10_000
    assert cells(view, Column.DURATION)[0] == "1 min 37 s"
    assert asked - 10_000 < 5_000  # the cells read just above, and those in sight


def test_load_reads_the_local_days_and_what_followed_after_midnight(tmp_path: Path, view: BoutsView) -> None:
    path = tmp_path / "tilt.sqlite"
    midnight = datetime(2026, 3, 2, 23, tzinfo=UTC)  # on the log's clock
    with TiltLog.open(path, lambda t_utc_s: 3600) as log:
        session = log.start_session(
            profile="desk",
            source="camera 0",
            source_kind="live",
            tilt_model="t",
            started=midnight - timedelta(seconds=300),
            t0_s=0.0,
            seat="cushion",
        )
        for second in range(600):
            session.record(Assessment(float(second), State.TIPPED if second < 310 else State.STANDING))
            if second == 280:
                session.warn(280.0, "dwell", "…", ARMS)
        session.end(600.0)
    with LogReader.open(path) as reader:
        first = view.load(reader, SPAN)
        both = view.load(reader, Span(DAY, DAY + timedelta(days=1)))
        before = view.load(reader, Span(DAY - timedelta(days=9), DAY - timedelta(days=1)))
    assert [(row.bout.duration_s, row.seat, len(row.warned)) for row in first.rows] == [(300.0, "cushion", 1)]
    assert [row.bout.duration_s for row in both.rows] == [310.0, 290.0]
    assert before.rows == ()
    view.show_loaded(first, SPAN)
    assert cells(view, Column.FOLLOWED) == ["stood up after 30 s"]
    assert cells(view, Column.END) == ["00:00:00"]


def test_every_control_has_a_name_and_can_be_reached_by_keyboard(view: BoutsView) -> None:
    controls: list[QWidget] = [view.bar.states, view.bar.at_least, view.bar.cause, view.bar.text, view.table]
    for control in controls:
        assert control.accessibleName()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
