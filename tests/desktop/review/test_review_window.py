"""The review as a whole: tabs over one range, and what can be done with the log from it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from review_fakes import DAYS, NOW, Keeper, settle

from bench.made_log import make_log
from monitor.desktop.review import dialogs
from monitor.desktop.review.file_kinds import chosen_file
from monitor.desktop.review.range_bar import DAY, FIRST_DAY, LAST_DAY, MONTH, WEEK, YEAR, span_about
from monitor.desktop.review.view import Span
from monitor.desktop.review.window import ReviewWindow
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog

NOTHING = "Nothing has been logged yet: come back after some minutes of watching."


def seats(keeper: Keeper) -> list[str]:
    with LogReader.open(keeper.path) as log:
        return [session.seat for session in log.sessions()]


def test_it_opens_with_the_last_day_and_steps_over_days_without_anything(window: ReviewWindow, qtbot: QtBot) -> None:
    assert window.span == Span(DAYS[3], DAYS[3])
    for expected in (DAYS[2], DAYS[1], DAYS[0]):
        window.range.earlier.click()
        settle(qtbot, window)
        assert window.span.first == expected
    window.range.earlier.click()
    settle(qtbot, window)
    assert "no other day" in window.message.text()
    assert window.span.first == DAYS[0]


def test_each_tab_shows_the_range_and_keeps_it_sensible(window: ReviewWindow, qtbot: QtBot) -> None:
    lengths = []
    for index in range(window.tabs.count()):
        window.tabs.setCurrentIndex(index)
        settle(qtbot, window)
        assert not window.message.isVisible()
        lengths.append(window.range.length.currentIndex())
    assert lengths[:2] == [DAY, WEEK]
    assert set(window.views) == {"day", "period", "bouts", "exposure", "compare"}
    assert not window.range.isEnabled()  # the comparison looks at the whole log
    window.tabs.setCurrentIndex(0)
    settle(qtbot, window)
    assert window.range.isEnabled()
    assert window.span.is_day


def test_a_moment_wanted_in_another_tab_is_shown_in_the_day(window: ReviewWindow, qtbot: QtBot) -> None:
    window.tabs.setCurrentIndex(2)
    settle(qtbot, window)
    with LogReader.open(window._keeper.path) as log:
        bout = log.day(DAYS[1], "live").bouts[3]
    window.views["bouts"].moment_wanted.emit(bout.start_utc_s)
    settle(qtbot, window)
    assert window.tabs.currentIndex() == 0
    assert window.span == Span(DAYS[1], DAYS[1])


def test_a_note_is_kept_at_the_local_time_of_the_log(
    window: ReviewWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(dialog: dialogs.NoteDialog) -> int:
        dialog.text.setText("back pain 4/10")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(dialogs.NoteDialog, "exec", write)
    at = window.clock.bounds(DAYS[3], DAYS[3])[0] + 9.5 * 3600
    window.views["day"].note_wanted.emit(at)
    settle(qtbot, window)
    with LogReader.open(window._keeper.path) as log:
        assert [(note.t_utc_s, note.text) for note in log.notes(DAYS[3], DAYS[3])] == [(at, "back pain 4/10")]
    for index in range(window.tabs.count()):  # it shows in all views
        window.tabs.setCurrentIndex(index)
        settle(qtbot, window)
        assert window.notes.isVisible()
        assert window.notes.text().endswith("09:30 back pain 4/10")
    window.show_day(DAYS[0])
    settle(qtbot, window)
    assert not window.notes.isVisible()


def test_notes_can_be_changed_and_deleted(window: ReviewWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from monitor.tiltlog.notes import add_note

    for text in ("one", "two"):
        add_note(window._keeper.path, NOW - timedelta(hours=8), text)

    def go_through(dialog: dialogs.NotesDialog) -> int:
        assert dialog.list.count() == 2
        dialog.list.setCurrentRow(0)
        dialog.delete.click()
        note_id, _, _ = dialog.list.item(0).data(256)
        dialog.changed[note_id] = "three"
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(dialogs.NotesDialog, "exec", go_through)
    window.menu.show_notes()
    settle(qtbot, window)
    with LogReader.open(window._keeper.path) as log:
        assert [note.text for note in log.notes(DAYS[3], DAYS[3])] == ["three"]


def test_a_seat_is_tagged_while_nobody_watches(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def choose(dialog: dialogs.TagDialog) -> int:
        assert [dialog.seat.itemText(i) for i in range(dialog.seat.count())] == ["chair", "cushion"]
        dialog.seat.setCurrentText("saddle stool")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(dialogs.TagDialog, "exec", choose)
    window.menu.tag()
    settle(qtbot, window)
    assert seats(keeper)[-2:] == ["saddle stool", "saddle stool"]
    assert keeper.told == ["rest", "go on"]
    assert "2" in window.message.text()


@pytest.mark.parametrize("sure", [True, False])
def test_forgetting_asks_twice(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper, monkeypatch: pytest.MonkeyPatch, sure: bool
) -> None:
    answer = QMessageBox.StandardButton.Yes if sure else QMessageBox.StandardButton.No
    asked: list[str] = []
    monkeypatch.setattr(QMessageBox, "question", lambda _parent, _title, text, *_: asked.append(text) or answer)
    monkeypatch.setattr(dialogs.ForgetDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    before = len(seats(keeper))
    window.menu.forget()
    settle(qtbot, window)
    assert "for good?" in asked[0]
    assert before - len(seats(keeper)) == (2 if sure else 0)
    assert keeper.told == (["rest", "go on"] if sure else [])


def test_a_log_held_by_another_saddle_is_said_and_the_watch_goes_on(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    monkeypatch.setattr(dialogs.ForgetDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    with TiltLog.open(keeper.path):
        window.menu.forget()
        settle(qtbot, window)
    assert "Another Saddle" in window.message.text()
    assert keeper.told == ["rest", "go on"]
    assert len(seats(keeper)) == 8


@pytest.mark.parametrize(("name", "begins"), [("report.html", b"<!"), ("report.pdf", b"%PDF")])
def test_a_report_is_written(
    window: ReviewWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, begins: bytes
) -> None:
    path = tmp_path / name
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.menu.report()
    settle(qtbot, window)
    assert path.read_bytes().startswith(begins)
    assert window.message.text() == f"{name} is written."


def test_a_report_that_cannot_be_written_is_said(
    window: ReviewWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "r.html"), ""))
    window.menu.report()
    settle(qtbot, window)
    assert "cannot be written" in window.message.text()


def test_a_log_that_is_damaged_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "tilt.sqlite"
    path.write_bytes(b"no log" * 1000)
    window = ReviewWindow(Keeper(path), lambda: NOW)
    qtbot.addWidget(window)
    settle(qtbot, window)
    assert "not readable as a log" in window.message.text()
    window.close()


def test_a_first_day_with_some_minutes_and_a_log_with_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    for name, hours in (("empty", 0.0), ("first", 0.05)):
        path = tmp_path / f"{name}.sqlite"
        if hours:
            make_log(path, DAYS[3:], hours=hours)
        else:
            TiltLog.open(path).close()
        window = ReviewWindow(Keeper(path), lambda: NOW)
        qtbot.addWidget(window)
        for index in range(window.tabs.count()):
            window.tabs.setCurrentIndex(index)
            settle(qtbot, window)
            assert window.message.text() == ("" if hours or index else NOTHING)
        window.close()


def test_spans_about_a_day() -> None:
    day = date(2026, 12, 31)
    assert span_about(day, DAY) == Span(day, day)
    assert span_about(day, WEEK) == Span(date(2026, 12, 28), date(2027, 1, 3))
    assert span_about(day, MONTH) == Span(date(2026, 12, 1), date(2026, 12, 31))
    assert span_about(day, YEAR) == Span(date(2026, 1, 1), date(2026, 12, 31))


def test_no_day_can_be_chosen_beyond_what_a_date_can_be(
    window: ReviewWindow, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    for typed, reached in ((QDate(9999, 12, 31), LAST_DAY), (QDate(1700, 1, 1), FIRST_DAY)):
        for index in range(window.tabs.count() - 1):
            window.tabs.setCurrentIndex(index)
            for length in range(window.range.length.count()):
                window.range.length.setCurrentIndex(length)
                window.range.picker.setDate(typed)
                settle(qtbot, window)
                (window.range.later if reached == LAST_DAY else window.range.earlier).click()
                settle(qtbot, window)
                assert window.span.first <= reached <= window.span.last
    assert not caplog.records
    assert span_about(LAST_DAY, WEEK).last.year == 2101


def test_a_log_with_a_day_of_a_clock_gone_astray_is_opened_where_a_day_can_be_chosen(
    window: ReviewWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window._on_loaded("start", Span(date(1970, 1, 1), date.max))
    assert window.span == Span(LAST_DAY, LAST_DAY)
    assert window.range.picker.date() == QDate(2100, 12, 31)


def test_dialogs_offer_no_other_days() -> None:
    forget = dialogs.ForgetDialog(Span(DAYS[0], DAYS[0]))
    forget.days.last.setDate(QDate(9999, 12, 31))
    assert forget.days.span == Span(DAYS[0], LAST_DAY)
    note = dialogs.NoteDialog(NOW)
    note.when.setDate(QDate(9999, 12, 31))
    assert note.chosen.date() <= LAST_DAY


def test_what_is_read_and_fails_in_an_unknown_way_is_said(
    window: ReviewWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(window.views["day"], "load", fail)
    window.renew()
    settle(qtbot, window)
    assert window.message.text() == (
        "Something unexpected happened (ZeroDivisionError): try other days or another file."
    )
    assert caplog.records[0].exc_info is not None


def test_the_name_of_a_file_follows_the_kind_that_is_chosen() -> None:
    kinds = ("Table (*.csv)", "Summary (*.json)", "Buckets (*.aw.json)")
    for name, kind, expected in (
        ("a.csv", kinds[2], ("a.aw.json", ".aw.json")),
        ("a.json", kinds[2], ("a.aw.json", ".aw.json")),
        ("a.aw.json", kinds[2], ("a.aw.json", ".aw.json")),
        ("a.AW.JSON", kinds[1], ("a.json", ".json")),
        ("a.CSV", kinds[0], ("a.CSV", ".csv")),
        ("a", kinds[1], ("a.json", ".json")),
        ("a.txt", kinds[1], ("a.txt", ".json")),
        ("a.aw.json", "", ("a.aw.json", ".aw.json")),
        ("a", "", ("a.csv", ".csv")),
        ("a.csv", "All files (*)", ("a.csv", ".csv")),
    ):
        path, end = chosen_file(Path("/there") / name, kind, kinds)
        assert (path.name, end) == expected
        assert path.parent == Path("/there")
