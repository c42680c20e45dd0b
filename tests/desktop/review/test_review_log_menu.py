"""What changes the log from its review: it is said, the watch rests for it, and goes on however it ends."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from desk_fakes import FakeCamera, StillWatcher, set_up
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot
from review_fakes import DAYS, Keeper, settle, turn_to

from monitor.desktop.app import Desktop
from monitor.desktop.review import dialogs, log_menu
from monitor.desktop.review.loading import Loader
from monitor.desktop.review.view import Span
from monitor.desktop.review.window import ReviewWindow
from monitor.errors import LogError
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader

WHOLE = Span(DAYS[0], DAYS[3])
KINDS = (
    "Samples as a table (*.csv)",
    "All tables (*.zip)",
    "Summary (*.json)",
    "Buckets for ActivityWatch (*.aw.json)",
)


class Slow:
    """A change of the log that lasts until it is let go."""

    def __init__(self, keeper: Keeper, error: Exception | None = None) -> None:
        self.may_end = threading.Event()
        self._keeper, self._error = keeper, error

    def __call__(self, _: object) -> int:
        assert self.may_end.wait(20)
        self._keeper.told.append("changed")
        if self._error is not None:
            raise self._error
        return 1

    def begin(self, window: ReviewWindow) -> None:
        window.menu._change("log tag", "Tagging…", self, lambda count: f"{count} tagged.")

    def end_while_it_is_waited_for(self, loader: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
        close = loader.close
        monkeypatch.setattr(loader, "close", lambda: (self.may_end.set(), close()))


class Click(QCloseEvent):
    """The window system closes a window because its user wants it."""

    def spontaneous(self) -> bool:
        return True


def click_close(window: ReviewWindow) -> None:
    event = Click()
    QApplication.sendEvent(window, event)
    window.setVisible(not event.isAccepted())


def accept(monkeypatch: pytest.MonkeyPatch, dialog: type[QDialog]) -> None:
    monkeypatch.setattr(dialog, "exec", lambda _: QDialog.DialogCode.Accepted)


def sure(monkeypatch: pytest.MonkeyPatch, *, is_sure: bool = True) -> list[str]:
    asked: list[str] = []
    answer = QMessageBox.StandardButton.Yes if is_sure else QMessageBox.StandardButton.No
    monkeypatch.setattr(QMessageBox, "question", lambda _parent, _title, text, *_: asked.append(text) or answer)
    return asked


def save_as(monkeypatch: pytest.MonkeyPatch, path: Path, kind: str) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), kind))


def test_the_watch_goes_on_once_when_the_window_is_closed_during_a_change(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(keeper)
    slow.begin(window)
    slow.end_while_it_is_waited_for(window.loader, monkeypatch)
    window.close()
    assert keeper.told == ["rest", "changed", "go on"]
    settle(qtbot, window)
    window.close()
    assert keeper.told == ["rest", "changed", "go on"]


def test_a_user_who_closes_during_a_change_waits_for_it_in_a_window_that_lives(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper
) -> None:
    slow = Slow(keeper)
    slow.begin(window)
    for _ in range(2):
        click_close(window)
    assert window.isVisible()
    assert window.message.text() == "Tagging… This window closes when that is done."
    slow.may_end.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert keeper.told == ["rest", "changed", "go on"]


def test_a_change_that_fails_is_said_before_the_window_is_closed_again(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper
) -> None:
    slow = Slow(keeper, LogError("The disk is full: make some room."))
    slow.begin(window)
    click_close(window)
    slow.may_end.set()
    settle(qtbot, window)
    assert window.isVisible()
    assert window.message.text() == "The disk is full: make some room."
    slow = Slow(keeper)
    slow.begin(window)
    slow.may_end.set()
    settle(qtbot, window)
    assert window.isVisible()  # of that nobody said that it should close
    keeper.told[:3] = []
    click_close(window)
    assert not window.isVisible()
    assert keeper.told == ["rest", "changed", "go on"]


def test_what_nobody_expected_is_said_and_logged_and_the_watch_goes_on(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    slow = Slow(keeper, OverflowError("date value out of range"))
    slow.begin(window)
    slow.may_end.set()
    settle(qtbot, window)
    said = "Something unexpected happened (date value out of range): try other days or another file."
    assert window.message.text() == said
    assert keeper.told == ["rest", "changed", "go on"]
    assert [(each.name, each.levelname) for each in caplog.records] == [("saddle", "ERROR")]
    assert caplog.records[0].exc_info is not None


def test_the_end_of_the_program_waits_for_a_change_and_nobody_watches_after_it(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = FakeCamera()
    desk = Desktop(set_up(tmp_path, "Desk"), tray=False, watcher=StillWatcher(), camera=camera)  # type: ignore[arg-type]
    desk.start()
    desk.show_review()
    window = desk.windows["review"]
    assert isinstance(window, ReviewWindow)
    settle(qtbot, window)
    slow = Slow(Keeper(tmp_path))
    slow.begin(window)
    slow.end_while_it_is_waited_for(window.loader, monkeypatch)
    at_stop: list[int] = []
    monkeypatch.setattr(camera, "stop", lambda: at_stop.append(len(camera.jobs)))
    desk.quit()
    QApplication.processEvents()
    assert slow._keeper.told == ["changed"]
    assert at_stop == [len(camera.jobs)]
    assert not window.loader.is_busy


@pytest.mark.parametrize(
    ("do", "words"),
    [
        ("tag", "Tagging…"),
        ("forget", "Forgetting…"),
        ("import_", "Importing other.sqlite…"),
        ("restore", "Restoring other.sqlite…"),
    ],
)
def test_a_change_is_said_before_the_watch_rests_and_until_it_is_done(
    window: ReviewWindow,
    qtbot: QtBot,
    keeper: Keeper,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    made: Path,
    do: str,
    words: str,
) -> None:
    other = tmp_path / "other.sqlite"
    other.write_bytes(made.read_bytes())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(other), ""))
    sure(monkeypatch)
    for dialog in (dialogs.TagDialog, dialogs.ForgetDialog):
        accept(monkeypatch, dialog)
    seen: list[tuple[str, bool]] = []
    monkeypatch.setattr(keeper, "rest", lambda: seen.append((window.message.text(), window.message.isVisible())))
    window.renew()  # what is read meanwhile does not take the words away
    getattr(window.menu, do)()
    assert seen == [(words, True)]
    assert not any(action.isEnabled() for action in window.menu.actions())
    shown: list[str] = []
    window.loader.loaded.connect(lambda name, _: shown.append(window.message.text()) if name == "day" else None)
    settle(qtbot, window)
    assert shown[0] == words
    assert words not in (window.message.text(), "")
    assert all(action.isEnabled() for action in window.menu.actions())


def test_no_note_is_asked_for_during_a_change(
    window: ReviewWindow, qtbot: QtBot, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs.NoteDialog, "exec", lambda _: pytest.fail("it was asked for"))
    slow = Slow(keeper)
    slow.begin(window)
    window.views["day"].note_wanted.emit(0.0)
    slow.may_end.set()
    settle(qtbot, window)
    assert window.message.text() == "1 tagged."


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["log.csv", "log.json", "log.aw.json", "log"])
def test_the_kind_of_file_that_is_chosen_decides_what_is_written(
    window: ReviewWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    save_as(monkeypatch, tmp_path / "out" / name, kind)
    (tmp_path / "out").mkdir()
    window.menu.export()
    settle(qtbot, window)
    end = kind[kind.index("*") + 1 : -1]
    (written,) = (tmp_path / "out").iterdir()
    assert written.name == f"log{end}"
    assert window.message.text() == f"log{end} is written."
    begins = {".csv": b"t_utc,", ".zip": b"PK", ".json": b"{", ".aw.json": b"{"}[end]
    assert written.read_bytes().startswith(begins)
    assert (b'"buckets"' in written.read_bytes()) is (end == ".aw.json")


def test_a_name_of_no_known_kind_is_kept_and_a_dialog_without_kinds_leaves_it_to_the_name(
    window: ReviewWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, kind, begins in (("log.txt", "Summary (*.json)", b"{"), ("log.zip", "", b"PK")):
        save_as(monkeypatch, tmp_path / name, kind)
        window.menu.export()
        settle(qtbot, window)
        assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(("name", "kind"), [("r.html", "PDF (*.pdf)"), ("r.pdf", "Page for a browser (*.html)")])
def test_the_kind_of_report_that_is_chosen_decides(
    window: ReviewWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    save_as(monkeypatch, tmp_path / name, kind)
    window.menu.report()
    settle(qtbot, window)
    assert not (tmp_path / name).exists()
    is_pdf = "pdf" in kind
    written = tmp_path / ("r.pdf" if is_pdf else "r.html")
    assert written.read_bytes().startswith(b"%PDF" if is_pdf else b"<!")


@pytest.mark.parametrize("is_sure", [True, False])
def test_a_file_that_the_dialog_has_not_asked_about_is_not_replaced_unasked(
    window: ReviewWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_sure: bool
) -> None:
    (tmp_path / "log.zip").write_text("mine")
    asked = sure(monkeypatch, is_sure=is_sure)
    save_as(monkeypatch, tmp_path / "log.csv", "All tables (*.zip)")
    window.menu.export()
    settle(qtbot, window)
    assert asked == ["log.zip is there already. Replace it?"]
    assert ((tmp_path / "log.zip").read_bytes() == b"mine") is not is_sure


def test_in_the_comparison_these_days_are_all_that_are_logged(
    window: ReviewWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keeper: Keeper
) -> None:
    offered: list[Span] = []
    for dialog in (dialogs.TagDialog, dialogs.ForgetDialog):
        monkeypatch.setattr(dialog, "exec", lambda self: offered.append(self.days.span))
    exported: list[tuple[object, ...]] = []
    monkeypatch.setattr("monitor.transfer.exporting.export_range", lambda _log, _out, *days, **_: exported.append(days))
    monkeypatch.setattr(log_menu, "write_report", lambda _log, span, *_, **__: exported.append((span.first, span.last)))
    save_as(monkeypatch, tmp_path / "out", "")
    menu = window.menu
    everything: tuple[Callable[[], None], ...] = (menu.tag, menu.forget, menu.export, menu.report)
    for name, span in (("day", Span(DAYS[3], DAYS[3])), ("compare", WHOLE)):
        turn_to(qtbot, window, name)
        for do in everything:
            do()
            settle(qtbot, window)
        assert window.span == span
        assert offered == [span, span]
        assert exported == [(span.first, span.last)] * 2
        offered.clear()
        exported.clear()


def test_in_the_comparison_the_notes_are_all_there_are_and_a_new_one_is_for_now(
    window: ReviewWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, keeper: Keeper
) -> None:
    with LogReader.open(keeper.path) as log:
        clock = log.clock
    days = (DAYS[0], DAYS[2], DAYS[3] + timedelta(days=9))
    for day in days:
        add_note(keeper.path, clock.local(clock.bounds(day, day)[0] + 9 * 3600), f"a note of {day}")
    texts: list[list[str]] = []
    monkeypatch.setattr(
        dialogs.NotesDialog,
        "exec",
        lambda self: texts.append([self.list.item(row).text() for row in range(self.list.count())]),
    )
    times: list[int] = []
    monkeypatch.setattr(dialogs.NoteDialog, "exec", lambda self: times.append(self.chosen.year))
    turn_to(qtbot, window, "compare")
    window.menu.show_notes()
    settle(qtbot, window)
    assert [text.split("  ")[1] for text in texts[0]] == [f"a note of {day}" for day in days]
    monkeypatch.setattr(window.range, "_day", DAYS[0].replace(year=2011))
    window.menu.write_note()
    assert times != [2011]


def test_the_days_of_the_comparison_follow_what_is_forgotten(
    window: ReviewWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sure(monkeypatch)
    accept(monkeypatch, dialogs.ForgetDialog)
    window.menu.forget()  # of the last day, which is shown
    settle(qtbot, window)
    turn_to(qtbot, window, "compare")
    assert window.span == Span(DAYS[0], DAYS[2])


def test_what_is_only_read_keeps_no_window_open(window: ReviewWindow, keeper: Keeper) -> None:
    window.renew()
    click_close(window)
    assert not window.isVisible()
    assert keeper.told == []


def test_a_change_that_has_not_begun_when_the_window_is_closed_is_done_all_the_same(
    window: ReviewWindow, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, read = Slow(keeper), threading.Event()
    window.loader.read("day", keeper.path, lambda _: read.wait(20))
    slow.begin(window)
    with monkeypatch.context() as patch:
        patch.setattr(window.loader._pool, "waitForDone", lambda: None)
        window.loader.close()  # forgets what was asked for
    read.set()
    slow.may_end.set()
    window.close()
    assert keeper.told == ["rest", "changed", "go on"]


@pytest.mark.parametrize("do", ["report", "export", "back_up"])
def test_nothing_is_written_over_saddles_own_files(
    window: ReviewWindow, keeper: Keeper, monkeypatch: pytest.MonkeyPatch, do: str
) -> None:
    before = keeper.path.read_bytes()
    save_as(monkeypatch, keeper.path, "Backup (*.sqlite)")
    monkeypatch.setattr(log_menu, "chosen_file", lambda asked, *_: (asked, ".csv"))
    getattr(window.menu, do)()
    assert "one of Saddle's own files" in window.message.text()
    assert not window.loader.is_busy
    assert keeper.path.read_bytes() == before
