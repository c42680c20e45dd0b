from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QMessageBox, QPushButton, QSlider, QSpinBox
from pytestqt.qtbot import QtBot

from monitor.desktop.settings import profiles_page
from monitor.desktop.settings.pages import GENERAL, pages
from monitor.desktop.settings.window import SettingsWindow
from monitor.settings import Settings

NOT_SHOWN = {
    ("camera", "folder_rate_hz"),  # of folders of pictures, for the command line
    ("notice", "bell"),  # of the terminal
    ("desktop", "source"),  # chosen in the calibration
    ("desktop", "profile"),  # chosen on the page of profiles
    ("log", "keep_days"),  # on the page of data
    ("judgement", "lost_s"),
    ("judgement", "recline_max_shortening_pct"),
    ("judgement", "recline_max_pct"),
    ("judgement", "trunk_hysteresis_deg"),
    ("alerts", "dose_limit"),
    ("alerts", "dose_rise_s"),
    ("alerts", "dose_fall_s"),
    ("alerts", "dose_from_pct"),
    ("alerts", "knee_hint_deg"),
    ("alerts", "knee_hint_unlevelled_deg"),
    ("alerts", "knee_hint_strong_deg"),
    ("alerts", "knee_hint_hold_s"),
}
"""For the file only: constants of the method, and what is chosen elsewhere."""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[SettingsWindow]:
    window = SettingsWindow(Settings(), data_folder=Path("/somewhere"), profiles=("Couch", "Desk"), profile="Desk")
    qtbot.addWidget(window)
    window.show()
    window.got = []
    window.applied.connect(window.got.append)
    return window


def control(window: SettingsWindow, name: str, kind: type) -> object:
    found = window.findChild(kind, name)
    assert found is not None, name
    return found


def go_to(window: SettingsWindow, title: str) -> None:
    (item,) = window.names.findItems(title, Qt.MatchFlag.MatchExactly)
    window.names.setCurrentItem(item)


def test_every_setting_is_shown_or_left_out_on_purpose() -> None:
    shown = {(e.table, e.name) for page in pages() for e in page.entries} | set(GENERAL)
    every = {(table, name) for table, group in Settings() for name in type(group).model_fields}
    assert shown | NOT_SHOWN == every
    assert not shown & NOT_SHOWN


def test_a_tick_by_keyboard_is_taken_over_at_once(window: SettingsWindow, qtbot: QtBot) -> None:
    box = control(window, "desktop.glow", QCheckBox)
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert window.got[-1].desktop.glow is False


def test_minutes_are_shown_for_long_times_and_kept_as_seconds(window: SettingsWindow) -> None:
    dwell = control(window, "alerts.dwell_s", QAbstractSpinBox)
    assert dwell.suffix() == " min"
    assert dwell.value() == 2.0
    dwell.setValue(1.5)
    assert window.got[-1].alerts.dwell_s == 90.0


def test_ranges_come_from_the_settings(window: SettingsWindow) -> None:
    most = control(window, "alerts.max_per_hour", QSpinBox)
    assert (most.minimum(), most.maximum()) == (1, 60)
    share = control(window, "judgement.enter_pct", QSlider)
    assert (share.minimum(), share.maximum()) == (20, 120)


def test_values_that_do_not_go_together_are_said_and_not_taken_over(window: SettingsWindow, qtbot: QtBot) -> None:
    go_to(window, "Tipped")
    control(window, "judgement.leave_pct", QSlider).setValue(70)
    assert not window.got
    page = window.stack.currentWidget()
    assert "“Upright again below” must be below “Tipped from”" in page.problem.text()
    assert page.problem.isVisible()
    control(window, "judgement.leave_pct", QSlider).setValue(20)
    assert window.got[-1].judgement.leave_pct == 20.0
    assert not page.problem.isVisible()


def test_a_sensitivity_is_a_word_and_a_factor(window: SettingsWindow) -> None:
    slider = control(window, "causes.head_sensitivity", QSlider)
    slider.setValue(slider.maximum())
    assert window.got[-1].causes.head_sensitivity == 4.0
    slider.setValue(0)
    assert window.got[-1].causes.head_sensitivity == 1.0


def test_the_mode_is_chosen_from_words(window: SettingsWindow, qtbot: QtBot) -> None:
    box = control(window, "desktop.mode", QComboBox)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert window.got[-1].desktop.mode == "quiet"


def test_a_page_is_reset_alone(window: SettingsWindow, qtbot: QtBot) -> None:
    control(window, "alerts.max_per_hour", QSpinBox).setValue(9)
    control(window, "quiet.camera", QCheckBox).click()
    go_to(window, "Warnings")
    (reset,) = [b for b in window.stack.currentWidget().findChildren(QPushButton) if "Reset" in b.text()]
    qtbot.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert window.got[-1].alerts.max_per_hour == 4
    assert window.got[-1].quiet.camera is False


def test_changes_from_elsewhere_are_shown_and_not_told(window: SettingsWindow) -> None:
    settings = Settings.model_validate({"alerts": {"max_per_hour": 7}, "log": {"keep_days": 400}})
    window.show_settings(settings)
    assert control(window, "alerts.max_per_hour", QSpinBox).value() == 7
    assert control(window, "log.keep_days", QComboBox).currentText() == "400 days"
    assert not window.got


def test_profiles_are_used_and_deleted(window: SettingsWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    go_to(window, "Profiles")
    page = window.profiles
    assert page.list.currentItem().text() == "Desk – in use"
    page.list.setCurrentRow(0)
    with qtbot.waitSignal(window.profile_chosen) as chosen:
        page.use.click()
    assert chosen.args == ["Couch"]
    yes = QMessageBox.StandardButton.Yes
    monkeypatch.setattr(profiles_page.QMessageBox, "question", lambda *_: yes)
    with qtbot.waitSignal(window.profile_deleted) as deleted:
        page.delete.click()
    assert deleted.args == ["Couch"]


def test_a_problem_stands_above_all_pages(window: SettingsWindow) -> None:
    window.show_problem("The settings file is not valid.")
    assert window.problem.isVisible()
    control(window, "desktop.glow", QCheckBox).click()
    assert not window.problem.isVisible()


def test_every_control_has_a_name_and_takes_the_keyboard(window: SettingsWindow) -> None:
    for kind in (QCheckBox, QComboBox, QSlider, QAbstractSpinBox):
        for widget in window.findChildren(kind):
            assert widget.accessibleName(), widget.objectName()
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus


@pytest.mark.parametrize("points", [9, 16])
def test_no_words_are_cut_off(window: SettingsWindow, qtbot: QtBot, points: int) -> None:
    font = window.font()
    font.setPointSize(points)
    window.setFont(font)
    window.resize(900, 900)
    for row in range(window.stack.count()):
        window.names.setCurrentRow(row)
        qtbot.wait(1)
        for widget in window.stack.currentWidget().findChildren(QCheckBox):
            assert widget.width() >= widget.sizeHint().width()
