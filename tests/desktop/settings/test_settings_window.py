from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QSlider, QSpinBox, QWidget
from pytestqt.qtbot import QtBot
from settings_fakes import Opened

from monitor.desktop.settings.entries import EntriesPage
from monitor.desktop.settings.numbers import NumberBox, TimeBox
from monitor.desktop.settings.pages import GENERAL, pages
from monitor.desktop.wizard.doctor import DoctorDialog
from monitor.settings import Settings

NOT_SHOWN = {
    ("log", "seat"),  # chosen in the menu of the tray
    ("camera", "folder_rate_hz"),  # of folders of pictures, for the command line
    ("notice", "bell"),  # of the terminal
    ("desktop", "source"),  # chosen in the calibration
    ("desktop", "profile"),  # chosen on the page of profiles
    ("desktop", "cameras"),  # kept by the calibration
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


def type_into(qtbot: QtBot, box: NumberBox | QSpinBox, text: str) -> None:
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def test_every_setting_is_shown_or_left_out_on_purpose() -> None:
    shown = {(e.table, e.name) for page in pages() for e in page.entries} | set(GENERAL)
    every = {(table, name) for table, group in Settings() for name in type(group).model_fields}
    assert shown | NOT_SHOWN == every
    assert not shown & NOT_SHOWN


def test_every_switch_that_is_needed_is_there() -> None:
    for page in pages():
        for entry in page.entries:
            group = getattr(Settings(), entry.table)
            assert not entry.needs or isinstance(getattr(group, entry.needs), bool)


def test_a_tick_by_keyboard_is_taken_over_at_once(opened: Opened, qtbot: QtBot) -> None:
    qtbot.keyClick(opened.control("desktop.glow", QCheckBox), Qt.Key.Key_Space)
    assert [s.desktop.glow for s in opened.told] == [False]


def test_a_tick_by_mouse(opened: Opened, qtbot: QtBot) -> None:
    box = opened.control("quiet.camera", QCheckBox)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert [s.quiet.camera for s in opened.told] == [False]


def test_a_number_by_keyboard(opened: Opened, qtbot: QtBot) -> None:
    box = opened.control("alerts.max_per_hour", QSpinBox)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert opened.told[-1].alerts.max_per_hour == 5
    type_into(qtbot, box, "12")
    assert opened.told[-1].alerts.max_per_hour == 12


@pytest.mark.parametrize(
    ("typed", "seconds", "shown"),
    [("1.5", 90.0, "90 s"), ("45 s", 45.0, "45 s"), ("3 min", 180.0, "3 min"), ("2.5", 150.0, "2.5 min")],
)
def test_a_time_is_typed_with_a_unit_or_in_the_one_shown(
    opened: Opened, qtbot: QtBot, typed: str, seconds: float, shown: str
) -> None:
    box = opened.control("alerts.dwell_s", TimeBox)
    assert box.text() == "2 min"
    type_into(qtbot, box, typed)
    assert opened.told[-1].alerts.dwell_s == seconds
    assert box.text() == shown


@pytest.mark.parametrize("typed", ["2 hours", "7200", "soon"])
def test_a_time_out_of_range_or_without_sense_leaves_the_old_one(opened: Opened, qtbot: QtBot, typed: str) -> None:
    box = opened.control("alerts.dwell_s", TimeBox)
    type_into(qtbot, box, typed)
    assert not opened.told
    assert box.text() == "2 min"


def test_arrows_go_to_round_times_and_end_at_the_limits(opened: Opened, qtbot: QtBot) -> None:
    box = opened.control("alerts.dwell_s", TimeBox)
    for _ in range(2):
        qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.text() == "85 s"
    for _ in range(2):
        qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.text() == "2 min"
    box.stepBy(-100)
    assert opened.told[-1].alerts.dwell_s == 5.0
    box.stepBy(500)
    assert opened.told[-1].alerts.dwell_s == 3600.0


def test_ranges_come_from_the_settings(opened: Opened) -> None:
    most = opened.control("alerts.max_per_hour", QSpinBox)
    assert (most.minimum(), most.maximum()) == (1, 60)
    share = opened.control("judgement.enter_pct", QSlider)
    assert (share.minimum(), share.maximum()) == (20, 120)
    rate = opened.control("camera.rate_hz", NumberBox)
    assert (rate.minimum(), rate.maximum(), rate.text()) == (0.1, 30.0, "5 a second")


def test_a_slider_by_keyboard_tells_its_number(opened: Opened, qtbot: QtBot) -> None:
    slider = opened.control("judgement.enter_pct", QSlider)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert [s.judgement.enter_pct for s in opened.told] == [51.0]
    assert [label.text() for label in slider.parentWidget().findChildren(QLabel)] == ["51 %"]


def test_a_dragged_slider_tells_once_when_it_is_let_go(opened: Opened) -> None:
    slider = opened.control("judgement.enter_pct", QSlider)
    slider.setSliderDown(True)
    for at in (55, 60, 65):
        slider.setSliderPosition(at)
    assert not opened.told
    slider.setSliderDown(False)
    assert [s.judgement.enter_pct for s in opened.told] == [65.0]


def test_values_that_do_not_go_together_are_said_and_not_taken_over(opened: Opened, qtbot: QtBot) -> None:
    slider = opened.control("judgement.leave_pct", QSlider)
    page = opened.window.stack.currentWidget()
    assert isinstance(page, EntriesPage)
    slider.setValue(70)
    assert not opened.told
    assert page.problem is not None
    assert "“Upright again below” must be below “Tipped from”" in page.problem.text
    qtbot.waitUntil(page.problem.isVisible)
    QApplication.processEvents()
    assert page.problem.text == slider.accessibleDescription()
    below = page.problem.mapTo(page, QPoint()).y() - slider.mapTo(page, QPoint()).y()
    assert 0 < below < 3 * slider.height()
    slider.setValue(20)
    assert [s.judgement.leave_pct for s in opened.told] == [20.0]
    assert page.problem is None


def test_a_value_that_was_not_taken_over_is_not_kept_on_show(opened: Opened) -> None:
    slider = opened.control("judgement.leave_pct", QSlider)
    slider.setValue(70)
    opened.go_to("Camera")
    opened.go_to("Tipped")
    assert slider.value() == 30
    assert not opened.told


def test_a_sensitivity_is_a_word_and_a_factor(opened: Opened, qtbot: QtBot) -> None:
    slider = opened.control("causes.head_sensitivity", QSlider)
    for key, factor in ((Qt.Key.Key_End, 4.0), (Qt.Key.Key_Home, 0.25)):
        qtbot.keyClick(slider, key)
        assert opened.told[-1].causes.head_sensitivity == factor
    slider.setValue(0)
    assert opened.told[-1].causes.head_sensitivity == 1.0


def test_what_has_no_effect_cannot_be_set(opened: Opened) -> None:
    minutes = opened.control("alerts.sit_break_s", TimeBox)
    assert not minutes.isEnabled()
    opened.control("alerts.sit_break", QCheckBox).click()
    assert minutes.isEnabled()


def test_the_mode_is_chosen_from_words(opened: Opened, qtbot: QtBot) -> None:
    qtbot.keyClick(opened.control("desktop.mode", QComboBox), Qt.Key.Key_Up)
    assert opened.told[-1].desktop.mode == "quiet"


def test_the_wheel_over_a_page_changes_nothing(opened: Opened) -> None:
    box = opened.control("alerts.max_per_hour", QSpinBox)
    opened.window.names.setFocus()
    middle = QPointF(box.rect().center())
    nowhere, buttons = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.NoButton
    turn = QPoint(0, 120)
    event = QWheelEvent(
        middle, QPointF(box.mapToGlobal(middle)), turn, turn, buttons, nowhere, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(box, event)
    assert box.value() == 4
    assert not opened.told


def test_a_page_is_reset_alone(opened: Opened, qtbot: QtBot) -> None:
    opened.control("alerts.max_per_hour", QSpinBox).setValue(9)
    opened.control("alerts.back_off_factor", NumberBox).setValue(3.0)
    opened.control("quiet.camera", QCheckBox).click()
    opened.go_to("Warnings")
    qtbot.mouseClick(opened.window.reset, Qt.MouseButton.LeftButton)
    assert opened.told[-1].alerts == Settings().alerts
    assert opened.told[-1].quiet.camera is False
    assert opened.control("alerts.max_per_hour", QSpinBox).value() == 4
    told = len(opened.told)
    qtbot.mouseClick(opened.window.reset, Qt.MouseButton.LeftButton)
    assert len(opened.told) == told


def test_reset_is_offered_where_there_is_something_to_reset(opened: Opened) -> None:
    opened.go_to("Profiles")
    assert not opened.window.reset.isVisible()
    opened.go_to("General")
    assert opened.window.reset.isVisible()


def test_seldom_changed_settings_are_below_more(opened: Opened, qtbot: QtBot) -> None:
    box = opened.control("judgement.smoothing_s", TimeBox)
    page = opened.window.stack.currentWidget()
    assert isinstance(page, EntriesPage)
    assert not box.isVisible()
    qtbot.keyClick(page.more, Qt.Key.Key_Space)
    assert box.isVisible()


def test_changes_from_elsewhere_are_shown_and_not_told(opened: Opened) -> None:
    settings = Settings.model_validate({"alerts": {"max_per_hour": 7, "dwell_s": 95}, "log": {"keep_days": 400}})
    opened.window.show_settings(settings)
    assert opened.control("alerts.max_per_hour", QSpinBox).value() == 7
    assert opened.control("alerts.dwell_s", TimeBox).text() == "1.58 min"
    assert opened.control("log.keep_days", QComboBox).currentText() == "400 days"
    assert not opened.told
    opened.control("desktop.glow", QCheckBox).click()
    assert opened.told[-1].alerts == settings.alerts


def test_a_problem_stands_above_all_pages(opened: Opened) -> None:
    opened.window.show_problem("The settings file is not valid.")
    assert opened.window.problem.isVisible()
    assert opened.window.problem.text == "The settings file is not valid."
    opened.control("desktop.glow", QCheckBox).click()
    assert not opened.window.problem.isVisible()


def test_escape_closes(opened: Opened, qtbot: QtBot) -> None:
    qtbot.keyClick(opened.window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not opened.window.isVisible())


def test_a_broken_file_can_be_read_again(opened: Opened, qtbot: QtBot) -> None:
    window = opened.window
    window.show_broken_file("The settings file is not valid: mend it.")
    assert window.problem.text == "The settings file is not valid: mend it."
    with qtbot.waitSignal(window.reload_wanted):
        window.again.click()
    assert window.again.isVisible()
    window.show_problem("")
    assert not window.again.isVisible()


def test_a_broken_file_can_give_way_to_the_usual_settings(opened: Opened) -> None:
    opened.window.show_settings(Settings.model_validate({"alerts": {"max_per_hour": 7}}))
    opened.window.show_broken_file("The settings file is not valid: mend it.")
    opened.window.usual.click()
    assert opened.told == [Settings()]
    assert not opened.window.bar.isVisible()


def test_other_problems_do_not_offer_to_read_the_file(opened: Opened) -> None:
    opened.window.show_broken_file("The settings file is not valid: mend it.")
    opened.window.show_problem("There is a profile of that name already: choose another.")
    assert opened.window.bar.isVisible()
    assert not opened.window.again.isVisible()
    assert not opened.window.usual.isVisible()


def test_the_doctor_signs_are_one_button_away(opened: Opened) -> None:
    page = opened.go_to("General")
    opened.window.doctor.click()
    (dialog,) = page.findChildren(DoctorDialog)
    assert dialog.isVisible()
    dialog.close()


def test_labels_say_what_they_do(opened: Opened) -> None:
    for name, words in (
        ("causes.knees_sensitivity", "How early to name the knees:"),
        ("judgement.smoothing_s", "Smoothed over the last:"),
    ):
        control = opened.control(name, QWidget)
        (label,) = [label for label in opened.window.findChildren(QLabel) if label.buddy() is control]
        assert label.text() == words
