from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot
from settings_fakes import Opened, answering


def focus(qtbot: QtBot, widget: QWidget) -> None:
    widget.window().activateWindow()
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)


def test_another_profile_is_used(opened: Opened, qtbot: QtBot) -> None:
    opened.go_to("Profiles")
    page = opened.window.profiles
    assert page.list.currentItem().text() == "Desk – in use"
    assert not page.use.isEnabled()
    qtbot.keyClick(page.list, Qt.Key.Key_Up)
    with qtbot.waitSignal(opened.window.profile_chosen) as chosen:
        qtbot.mouseClick(page.use, Qt.MouseButton.LeftButton)
    assert chosen.args == ["Couch"]
    opened.window.show_profiles(("Couch", "Desk"), "Couch")
    assert page.list.currentItem().text() == "Couch – in use"


def test_the_profile_in_use_is_not_chosen_again(opened: Opened, qtbot: QtBot) -> None:
    opened.go_to("Profiles")
    with qtbot.assertNotEmitted(opened.window.profile_chosen):
        qtbot.keyClick(opened.window.profiles.list, Qt.Key.Key_Return)


def test_a_profile_is_deleted_after_a_question(opened: Opened, qtbot: QtBot) -> None:
    opened.go_to("Profiles")
    page = opened.window.profiles
    focus(qtbot, page.list)
    with qtbot.assertNotEmitted(opened.window.profile_deleted):
        asked = answering("Cancel")
        page.delete.click()
    assert "“Desk”" in asked[0]
    focus(qtbot, page.list)
    answering("Delete")
    with qtbot.waitSignal(opened.window.profile_deleted) as deleted:
        qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    assert deleted.args == ["Desk"]


def test_a_profile_gets_another_name(opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    opened.go_to("Profiles")
    focus(qtbot, opened.window.profiles.list)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: (" Home ", True))
    with qtbot.waitSignal(opened.window.profile_renamed) as renamed:
        qtbot.keyClick(opened.window.profiles.list, Qt.Key.Key_F2)
    assert renamed.args == ["Desk", "Home"]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Desk", True))
    with qtbot.assertNotEmitted(opened.window.profile_renamed):
        opened.window.profiles.rename.click()


def test_without_profiles_the_way_to_the_first_is_said(opened: Opened) -> None:
    opened.go_to("Profiles")
    page = opened.window.profiles
    opened.window.show_profiles((), "")
    assert page.none.isVisible()
    assert not any(button.isEnabled() for button in (page.use, page.rename, page.delete))


def test_another_folder_is_told_after_a_question(
    opened: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.go_to("Log and data")
    new = tmp_path / "new"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(new))
    page = opened.window.data
    assert page.where.text() == str(tmp_path)
    with qtbot.assertNotEmitted(opened.window.folder_chosen):
        asked = answering("Cancel")
        page.change.click()
    assert "are copied there, unless" in asked[0]
    answering("Use this folder")
    with qtbot.waitSignal(opened.window.folder_chosen) as chosen:
        page.change.click()
    assert chosen.args == [new]
    opened.window.show_folder(new)
    assert page.where.text() == str(new)


@pytest.mark.parametrize("chosen", ["", "the same"])
def test_no_folder_and_the_same_folder_change_nothing(
    opened: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: chosen and str(tmp_path))
    with qtbot.assertNotEmitted(opened.window.folder_chosen):
        opened.window.data.change.click()


def test_a_folder_that_is_not_there_yet_is_said(opened: Opened, tmp_path: Path) -> None:
    opened.go_to("Log and data")
    opened.window.show_folder(tmp_path / "later")
    opened.window.data.open.click()
    assert "not there yet" in opened.window.problem.text


def test_a_shorter_log_is_asked_for_and_a_longer_one_is_not(opened: Opened, qtbot: QtBot) -> None:
    box = opened.control("log.keep_days", QComboBox)
    asked = answering("Cancel")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert "Keep the log for 1 month only?" in asked[0]
    assert box.currentText() == "for ever"
    assert not opened.told
    answering("Remove what is older")
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert opened.told[-1].log.keep_days == 31
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert opened.told[-1].log.keep_days == 92
