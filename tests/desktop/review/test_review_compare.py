"""The comparison of two groups of days: choosers, sentence, table and picture."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import compared_days
import pytest
from compared_days import DAY
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt, QThreadPool
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from monitor.compare_words import figure_rows, signed
from monitor.desktop.review.compare_chooser import Offer
from monitor.desktop.review.compare_places import Places
from monitor.desktop.review.compare_view import CompareView, LoadedDays
from monitor.desktop.review.view import Span
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.compare import Choice, What, compare
from monitor.tiltlog.reader import DayPart, LogReader
from monitor.tiltlog.store import TiltLog

SPAN = Span(DAY, DAY)
_NO_KEY = Qt.KeyboardModifier.NoModifier
TAG = "Tag the seat you sit on in the tray menu, or past days in the menu Log."
days = partial(compared_days.days, unknown=1 / 4)
CHAIR, CUSHION = Choice(What.SEAT, "chair"), Choice(What.SEAT, "cushion")


WEEKS = (*days("chair", (30, 28, 26, 27, 29, 28)), *days("cushion", (18, 20, 19, 21, 17, 19), first=7))


@pytest.fixture
def view(qtbot: QtBot) -> CompareView:
    view = CompareView()
    qtbot.addWidget(view)
    return view


def show(view: CompareView, parts: tuple[DayPart, ...], *sides: Choice) -> None:
    view.show_loaded(LoadedDays(parts), SPAN)
    for chooser, choice in zip(view.choosers, sides, strict=False):
        chooser.choose(choice)
    settle()


def settle() -> None:
    """Until what was asked for is compared and shown."""
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()


def table(view: CompareView) -> dict[str, list[str]]:
    rows: dict[int, list[str]] = {}
    for label in view.figures.findChildren(QLabel):
        row = view.figures.layout().getItemPosition(view.figures.layout().indexOf(label))[0]
        rows.setdefault(row, []).append(label.text())
    return {texts[0]: texts[1:] for row, texts in sorted(rows.items())}


def test_the_first_seat_is_compared_with_the_newest(view: CompareView) -> None:
    show(view, WEEKS)
    assert [chooser.choice for chooser in view.choosers] == [CHAIR, CUSHION]
    assert view.says.text().startswith("With 'cushion' the hips were tipped 9 points less of the seated time (28 %")
    assert view.notes.text().startswith("Could be judged: 80 % of sitting with 'chair', 80 % with 'cushion'. ")
    assert view.notes.text().endswith("Other things than the seat may have changed, too.")


def test_the_figures_of_both_sides_are_told_with_their_differences(view: CompareView) -> None:
    show(view, (*WEEKS, *days("chair", (5,), first=40, seated_min=10)))
    rows = table(view)
    assert rows[""] == ["chair", "cushion", "Difference"]
    assert rows["Days"] == ["6, and 1 too short", "6", ""]
    assert rows["Seated time"] == ["10 h 00 min", "10 h 00 min", ""]
    assert rows["Could be judged"] == ["80 % of sitting", "80 % of sitting", ""]
    assert rows["Tipped back"][:2] == ["28 %", "19 %"]
    assert rows["Tipped back"][2].startswith("−9 points (−1")
    assert rows["Longest tipped"] == ["30 min", "21 min", "−9 min"]
    assert rows["Position changes"][:2] == ["16.8 an hour", "11.4 an hour"]
    assert rows["Position changes"][2].startswith("−5.4 (−")
    assert rows["Middle tilt"][:2] == ["28 % of your slump", "19 % of your slump"]


def test_what_is_not_known_is_a_dash() -> None:
    found = compare(days("chair", (1, 2)), CHAIR, CUSHION)
    for row in figure_rows(found)[1:]:
        assert (row.b, row.difference) in (("–", "–"), ("–", "")), row.name
    assert figure_rows(found)[0][1:] == ("2", "0", "")


def test_numbers_carry_their_sign() -> None:
    assert [signed(value) for value in (2.4, -2.4, 0.3, -0.3, 0.0)] == ["+2", "−2", "0", "0", "0"]
    assert [signed(value, 1) for value in (2.44, -0.06, 0.04)] == ["+2.4", "−0.1", "0"]


def test_sides_are_chosen_by_seat_profile_or_range(view: CompareView) -> None:
    parts = (*days("", (10, 12)), *days("chair", (20, 22, 21), first=3, profile="home"))
    show(view, parts)
    one, other = view.choosers
    assert [one.names[What.SEAT].itemText(at) for at in range(2)] == ["chair", "no seat tag"]
    assert view.says.text().startswith("Not enough days yet: 2 without a seat tag, 3 with 'chair';")
    for chooser in view.choosers:
        chooser.what.setCurrentIndex(1)
    settle()
    assert (one.choice, other.choice) == (Choice(What.PROFILE, "desk"), Choice(What.PROFILE, "home"))
    assert "2 with the profile 'desk', 3 with the profile 'home'" in view.says.text()
    for chooser in view.choosers:
        chooser.what.setCurrentIndex(2)
    settle()
    assert one.choice == Choice(What.RANGE, "", DAY, DAY + timedelta(days=2))
    assert other.choice == Choice(What.RANGE, "", DAY + timedelta(days=3), DAY + timedelta(days=5))
    assert "2 from 2 Mar 2026 to 4 Mar 2026, 3 from 5 Mar 2026 to 7 Mar 2026" in view.says.text()


def test_a_range_never_runs_backwards(view: CompareView) -> None:
    show(view, WEEKS, Choice(What.RANGE, "", DAY, DAY + timedelta(days=3)))
    one = view.choosers[0]
    one.since.setDate(QDate(2026, 3, 9))
    assert (one.choice.first, one.choice.last) == (date(2026, 3, 9), date(2026, 3, 9))
    one.until.setDate(QDate(2026, 3, 4))
    assert (one.choice.first, one.choice.last) == (date(2026, 3, 4), date(2026, 3, 4))


def test_what_was_chosen_stays_when_the_log_has_grown(view: CompareView) -> None:
    days_chosen = Choice(What.RANGE, "", DAY + timedelta(days=1), DAY + timedelta(days=4))
    show(view, WEEKS, days_chosen, CHAIR)
    show(view, (*WEEKS, *days("stool", (3, 4), first=20)))
    assert [chooser.choice for chooser in view.choosers] == [days_chosen, CHAIR]
    assert view.choosers[1].names[What.SEAT].findData("stool") >= 0
    show(view, days("stool", (3, 4), first=20))
    assert view.choosers[1].choice == Choice(What.SEAT, "stool")  # the chair is no longer there


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ((), "Nothing to compare yet: come back after some days of watching."),
        (days("chair", (1,)), f"Only one seat is tagged so far. {TAG}"),
        (days("", (1,)), f"No seat is tagged so far. {TAG}"),
    ],
)
def test_first_days_have_words(view: CompareView, parts: tuple[DayPart, ...], words: str) -> None:
    show(view, WEEKS)
    show(view, parts)
    assert view.says.text() == words
    assert view.notes.text() == ""
    assert view.pages.currentWidget() is not view.result


def test_with_one_seat_ranges_can_still_be_compared(view: CompareView) -> None:
    show(view, days("chair", range(10, 22)))
    for chooser in view.choosers:
        chooser.what.setCurrentIndex(2)
    settle()
    assert view.says.text().startswith("From 8 Mar 2026 to 13 Mar 2026 the hips were tipped 6 points more")
    assert view.pages.currentWidget() is view.result


def test_the_same_group_twice_shows_no_picture(view: CompareView) -> None:
    show(view, WEEKS, CHAIR, CHAIR)
    assert view.says.text().startswith("Both sides are the same group of days")
    assert view.pages.currentWidget() is not view.result


def test_an_answer_that_comes_late_is_not_shown(view: CompareView) -> None:
    show(view, WEEKS, CHAIR, CUSHION)
    said = view.says.text()
    view._show(view._asked - 1, compare(WEEKS, CUSHION, CHAIR))
    assert view.says.text() == said


def test_each_day_has_a_place_at_its_share_and_the_difference_hangs_on_the_first_side() -> None:
    places = Places.of(compare(WEEKS, CHAIR, CUSHION), 600, 300, 15)
    assert [(dot.day.day.day, dot.is_first) for dot in places.dots][5:8] == [(7, True), (9, False), (10, False)]
    assert [dot.at.x() for dot in places.dots] == sorted(dot.at.x() for dot in places.dots)
    for dot in places.dots:
        assert dot.at.y() == pytest.approx(places.y(dot.day.tipped_pct))
        assert (places.first if dot.is_first else places.second).contains(dot.at)
    assert (places.scale.low_pct, places.scale.high_pct, list(places.scale.shares_pct)) == (0, 30, [0, 10, 20, 30])
    assert list(places.scale.differences(28.0)) == [-20, -10, 0]
    assert places.difference.left() > places.second.right()


def test_without_a_range_both_sides_take_all_the_room() -> None:
    places = Places.of(compare([*WEEKS[:2], *WEEKS[6:8]], CHAIR, CUSHION), 600, 300, 15)
    assert places.difference.isEmpty()
    assert places.second.right() == pytest.approx(592)


def test_a_day_says_its_date_under_the_pointer_and_a_click_asks_for_it(view: CompareView, qtbot: QtBot) -> None:
    view.resize(1000, 640)
    show(view, WEEKS)
    view.show()
    QApplication.processEvents()
    wanted = list[date]()
    view.day_wanted.connect(wanted.append)
    assert view.day_line.text().startswith("Point at a day")
    assert view.plot.places is not None
    spot = view.plot.places.dots[7].at.toPoint()
    near, none = QPointF(spot + QPoint(3, 3)), Qt.MouseButton.NoButton
    moved = QMouseEvent(QEvent.Type.MouseMove, near, view.plot.mapToGlobal(near), none, none, _NO_KEY)
    QApplication.sendEvent(view.plot, moved)
    words = "Tue 10 Mar 2026, cushion: tipped 20 % of 1 h 40 min; 80 % of sitting could be judged"
    assert view.day_line.text() == words
    QApplication.sendEvent(view.plot, QHelpEvent(QEvent.Type.ToolTip, spot, view.plot.mapToGlobal(spot)))
    assert QToolTip.text() == words
    qtbot.mouseClick(view.plot, Qt.MouseButton.LeftButton, pos=spot)
    assert wanted == [date(2026, 3, 10)]
    qtbot.mouseClick(view.plot, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))  # no day is near
    assert wanted == [date(2026, 3, 10)]
    assert view.day_line.text().startswith("Point at a day")


def test_days_are_reached_by_the_arrow_keys(view: CompareView, qtbot: QtBot) -> None:
    show(view, WEEKS)
    plot, wanted = view.plot, list[date]()
    view.day_wanted.connect(wanted.append)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(plot, key)
    assert plot.accessibleDescription().startswith("Mon 2 Mar 2026, chair: tipped 30 %")
    qtbot.keyClick(plot, Qt.Key.Key_End)
    qtbot.keyClick(plot, Qt.Key.Key_Return)
    assert wanted == [DAY, date(2026, 3, 14)]


def test_it_can_be_drawn_in_every_case_and_size(view: CompareView) -> None:
    view.show()
    many = tuple(part for nth in range(0, 900, 30) for part in days(f"s{nth % 60}", range(30), first=nth))
    for parts in (WEEKS, days("chair", (0, 0)) + days("cushion", (100,), first=9), many):
        for size in ((820, 560), (1300, 800)):
            show(view, parts)
            view.resize(*size)
            image = view.plot.grab().toImage()
            assert len({image.pixelColor(x, y).name() for x in range(0, 300, 5) for y in range(0, 200, 5)}) > 3


def test_names_are_never_taken_for_markup(view: CompareView) -> None:
    show(view, (*days("<b>bold</b>", (1,)), *days("cushion", (2,), first=3)))
    assert "'<b>bold</b>'" in view.says.text()
    assert view.says.textFormat() is Qt.TextFormat.PlainText


def test_load_reads_every_day_of_the_log_whatever_the_span(tmp_path: Path, view: CompareView) -> None:
    path = tmp_path / "tilt.sqlite"
    with TiltLog.open(path, lambda t_utc_s: 3600) as log:
        with LogReader.open(path) as reader:
            assert view.load(reader, SPAN) == LoadedDays(())
        for day, seat, kind in ((2, "chair", "live"), (9, "cushion", "live"), (16, "sofa", "recording")):
            started = datetime(2026, 3, day, 9, tzinfo=UTC)
            about = {"profile": "desk", "source": "c", "source_kind": kind, "tilt_model": "t", "seat": seat}
            session = log.start_session(**about, started=started, t0_s=0.0)
            for second in range(60):
                session.record(Assessment(float(second), State.TIPPED if second < 30 else State.UPRIGHT))
            session.end(60.0)
    with LogReader.open(path) as reader:
        loaded = view.load(reader, Span(date(2026, 3, 20), date(2026, 3, 21)))
    assert [(part.day.day, part.session.seat, part.totals.tipped_s) for part in loaded.parts] == [
        (2, "chair", 30.0),
        (9, "cushion", 30.0),
    ]


def test_offers_come_in_the_order_of_use() -> None:
    offer = Offer.of((*days("cushion", (1,)), *days("", (1,), first=4), *days("cushion", (1,), first=5)))
    assert offer.seats == ("cushion", "")
    assert (offer.first, offer.middle, offer.last) == (DAY, date(2026, 3, 4), date(2026, 3, 7))


def test_every_control_has_a_name_and_can_be_reached_by_keyboard(view: CompareView) -> None:
    for chooser in view.choosers:
        for control in (chooser.what, *chooser.names.values(), chooser.since, chooser.until):
            assert control.accessibleName()
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert view.plot.accessibleName()
    assert view.plot.focusPolicy() & Qt.FocusPolicy.TabFocus
