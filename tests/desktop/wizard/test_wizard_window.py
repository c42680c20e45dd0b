"""The window: pages one after the other, Cancel, and controls that can be named and reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QScreen
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from wizard_fakes import calibration, forward, make, placement, profile, verdict

from monitor.desktop.body_view import BodyView
from monitor.desktop.jobs import CalibrationJob, PlacementJob
from monitor.desktop.wizard.both_poses import BothPoses
from monitor.desktop.wizard.doctor import DoctorDialog, at_once, soon
from monitor.desktop.wizard.ring import Ring
from monitor.desktop.wizard.strip import Strip
from monitor.words import DISCLAIMER

PAGES = ("CameraPage", "PlacementPage", "AboutPage", "PosesPage", "ResultPage")


def test_the_welcome_comes_first_only_when_wanted(qtbot):
    with_welcome, _ = make(qtbot, welcome=True)
    without, _ = make(qtbot, welcome=False)
    assert with_welcome.steps.text == "Step 1 of 6: Welcome"
    assert without.steps.text == "Step 1 of 5: Camera"
    assert any(label.text() == DISCLAIMER for label in with_welcome.page.findChildren(QLabel))


def test_the_camera_stays_off_on_the_welcome(qtbot):
    _, camera = make(qtbot, welcome=True)
    assert camera.started == []


def test_the_doctor_signs_are_one_button_away(qtbot):
    wizard, _ = make(qtbot, welcome=True)
    wizard.page.doctor.click()
    (dialog,) = wizard.page.findChildren(DoctorDialog)
    assert dialog.isVisible()
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert all(sign in text for sign in (*at_once(), *soon()))
    dialog.close()


def test_every_page_in_turn_and_the_calibration_at_the_end(qtbot):
    wizard, camera = make(qtbot)
    page = forward(wizard, camera, "ResultPage")
    assert page.ready
    with qtbot.waitSignal(wizard.finished) as done:
        wizard.next.click()
    profile, settings = done.args
    assert profile == verdict().profile
    assert settings.desktop.source == "2"
    assert settings.desktop.profile == "Desk"
    assert not wizard.isVisible()


def test_finishing_is_not_cancelling(qtbot):
    wizard, camera = make(qtbot)
    cancelled = []
    wizard.cancelled.connect(lambda: cancelled.append(True))
    forward(wizard, camera, "ResultPage")
    wizard.next.click()
    assert cancelled == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("how", ["cancel", "close"])
def test_leaving_ends_the_job_and_keeps_what_there_was(qtbot, page, how):
    wizard, camera = make(qtbot)
    finished = []
    wizard.finished.connect(lambda *given: finished.append(given))
    forward(wizard, camera, page)
    if page == "PosesPage":
        wizard.page.start.click()
        camera.signals.calibration.emit(calibration())
        assert isinstance(camera.job, CalibrationJob)
    with qtbot.waitSignal(wizard.cancelled):
        if how == "cancel":
            wizard.cancel.click()
        else:
            wizard.close()
    assert camera.job is None
    assert finished == []
    camera.signals.verdict.emit(verdict())
    assert finished == []


def test_cancelled_is_told_once(qtbot):
    wizard, _ = make(qtbot)
    cancelled = []
    wizard.cancelled.connect(lambda: cancelled.append(True))
    wizard.cancel.click()
    wizard.close()
    assert cancelled == [True]


def test_the_camera_is_off_where_it_is_not_looked_through(qtbot):
    wizard, camera = make(qtbot)
    forward(wizard, camera, "PlacementPage")
    assert isinstance(camera.job, PlacementJob)
    forward(wizard, camera, "AboutPage")
    assert camera.job is None
    wizard.next.click()
    assert camera.job is None


def test_from_the_camera_to_the_placement_it_is_not_opened_again(qtbot):
    wizard, camera = make(qtbot)
    forward(wizard, camera, "PlacementPage")
    assert camera.asked == ["2"]


def test_back_leads_to_the_page_before(qtbot):
    wizard, camera = make(qtbot)
    assert not wizard.back.isEnabled()
    forward(wizard, camera, "PlacementPage")
    wizard.back.click()
    assert type(wizard.page).__name__ == "CameraPage"


def test_what_an_ended_job_still_says_is_dropped(qtbot):
    wizard, camera = make(qtbot)
    qtbot.waitUntil(wizard.page.again.isEnabled)
    before, camera.slow = camera.job, True
    wizard.page.list.setCurrentRow(0)
    for signal, value in ((camera.signals.placement, placement()), (camera.signals.lost, "It was unplugged.")):
        signal.emit(value)  # of the camera before
    camera.signals.failed.emit("It broke.")
    camera.signals.ended.emit(before)
    assert not wizard.next.isEnabled()
    assert not wizard.page.view.shows_picture
    assert wizard.page.status.text == ""
    camera.job.open_camera()
    camera.signals.placement.emit(placement())
    assert wizard.next.isEnabled()


def named(widget: QWidget, buddies: set[QWidget]) -> bool:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return bool(text or widget.accessibleName()) or widget in buddies


def test_every_control_has_a_name_and_can_be_reached_by_keyboard(qtbot):
    wizard, camera = make(qtbot, welcome=True, source="")
    wizard._go(1)
    qtbot.waitUntil(lambda: wizard.page.list.count() == 2)
    wizard.page.list.setCurrentRow(1)
    forward(wizard, camera, "ResultPage")
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractSlider, QAbstractItemView)
    painted = (BodyView, Ring, Strip, BothPoses)
    buddies = {label.buddy() for label in wizard.findChildren(QLabel)}
    seen = 0
    for widget in wizard.findChildren(QWidget):
        inner = isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_") or part_of_another(widget)
        if inner or not isinstance(widget, (*kinds, *painted)):
            continue
        seen += 1
        assert named(widget, buddies), widget
        if isinstance(widget, kinds):
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget
    assert seen > 20


def part_of_another(widget: QWidget) -> bool:
    """Whether it is the inside of a combo box or spin box."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, (QComboBox, QAbstractSpinBox)):
            return True
        above = above.parentWidget()
    return False


def test_no_text_judges(qtbot):
    wizard, _ = make(qtbot, welcome=True)
    text = " ".join(label.text().lower() for label in wizard.findChildren(QLabel)).split()
    assert not {"bad", "wrong", "damage", "correct"} & set(text)


def test_large_letters_are_scrolled_and_not_cut_off(qtbot):
    wizard, _ = make(qtbot, welcome=True, source="")
    font = wizard.font()
    font.setPointSizeF(2.0 * font.pointSizeF())
    wizard.setFont(font)
    wizard.resize(860, 640)
    qtbot.waitUntil(lambda: wizard.page.height() > wizard.page.parentWidget().height())
    for label in wizard.page.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("room", [QSize(1024, 576), QSize(960, 510)])
def test_it_opens_within_a_small_screen_with_room_for_its_frame(qtbot, monkeypatch, room):
    monkeypatch.setattr(QScreen, "availableSize", lambda _: room)
    wizard, _ = make(qtbot, welcome=True)
    assert wizard.width() <= room.width()
    assert wizard.height() <= room.height() - 40
    wizard.page.doctor.click()
    (dialog,) = wizard.page.findChildren(DoctorDialog)
    assert dialog.height() <= room.height() - 40
    dialog.close()


@pytest.mark.parametrize("times", [1.0, 1.6])
def test_at_940_to_500_every_button_is_in_sight_and_nothing_is_cut_off(qtbot, times):
    wizard, camera = make(qtbot, welcome=True)
    font = wizard.font()
    font.setPointSizeF(times * font.pointSizeF())
    wizard.setFont(font)
    wizard.resize(940, 500)
    for page in ("WelcomePage", *PAGES):
        forward(wizard, camera, page)
        QApplication.processEvents()
        assert wizard.size() == QSize(940, 500)
        for button in (wizard.cancel, wizard.back, wizard.next):
            assert wizard.rect().contains(QRect(button.mapTo(wizard, QPoint()), button.size()))
        assert wizard.page.width() <= wizard.page.parentWidget().width()


def test_the_poses_are_in_sight_as_a_whole_at_940_to_500(qtbot):
    wizard, camera = make(qtbot, welcome=True)
    wizard.resize(940, 500)
    page = forward(wizard, camera, "PosesPage")
    page.start.click()
    camera.signals.calibration.emit(calibration())
    QApplication.processEvents()
    assert wizard.size() == QSize(940, 500)
    assert page.height() <= page.parentWidget().height()


def press(qtbot, wizard, key) -> None:
    qtbot.keyClick(wizard.focusWidget() or wizard, key)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_return_presses_next_when_it_may_be_pressed(qtbot, key):
    wizard, camera = make(qtbot, welcome=True)
    press(qtbot, wizard, key)
    assert type(wizard.page).__name__ == "CameraPage"
    assert not wizard.next.isEnabled()
    wizard.page.list.setFocus()
    press(qtbot, wizard, key)
    assert type(wizard.page).__name__ == "CameraPage"
    camera.signals.placement.emit(placement())
    press(qtbot, wizard, key)
    assert type(wizard.page).__name__ == "PlacementPage"


def test_return_in_the_address_shows_that_camera_and_goes_nowhere(qtbot):
    wizard, camera = make(qtbot)
    camera.signals.placement.emit(placement())
    wizard.page.address.setFocus()
    wizard.page.address.setText("rtsp://camera.local/1")
    press(qtbot, wizard, Qt.Key.Key_Return)
    assert camera.asked[-1] == "rtsp://camera.local/1"
    assert type(wizard.page).__name__ == "CameraPage"


def test_return_after_the_name_or_the_height_goes_on_with_them(qtbot):
    wizard, camera = make(qtbot)
    for part in ("name", "centimetres"):
        page = forward(wizard, camera, "AboutPage")
        field = getattr(page, part).lineEdit()
        field.setFocus()
        field.selectAll()
        qtbot.keyClicks(field, "190")
        press(qtbot, wizard, Qt.Key.Key_Return)
        assert type(wizard.page).__name__ == "PosesPage"
        wizard.back.click()
    assert (wizard.choices.name, wizard.choices.stature_cm) == ("190", 190.0)


def test_return_on_another_button_presses_that_one(qtbot):
    wizard, camera = make(qtbot)
    forward(wizard, camera, "AboutPage")
    wizard.back.setFocus()
    press(qtbot, wizard, Qt.Key.Key_Return)
    assert type(wizard.page).__name__ == "PlacementPage"


def test_return_held_down_does_not_stop_what_it_started(qtbot):
    wizard, camera = make(qtbot)
    page = forward(wizard, camera, "PosesPage")
    press(qtbot, wizard, Qt.Key.Key_Return)
    assert page.running
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page.stop, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, none, "\r", True))
    assert page.running


def test_the_focus_never_comes_to_cancel_by_itself(qtbot):
    wizard, camera = make(qtbot, welcome=True)
    for page in PAGES[:-1]:
        wizard.next.setFocus()
        wizard.next.click()
        assert type(wizard.page).__name__ == page
        assert wizard.focusWidget() is not wizard.cancel
        forward(wizard, camera, page)
        camera.signals.placement.emit(placement(5.0, ok_for_s=3.0))


def test_escape_closes_as_cancel_does(qtbot):
    wizard, _ = make(qtbot, welcome=True)
    with qtbot.waitSignal(wizard.cancelled):
        press(qtbot, wizard, Qt.Key.Key_Escape)
    assert not wizard.isVisible()


@pytest.mark.parametrize(("source", "roll_deg"), [("2", 3.5), ("Desk camera", 3.5), ("0", 0.0), ("day.mp4", 0.0)])
def test_the_height_and_the_lean_of_the_profile_in_use_are_proposed_again(qtbot, source, roll_deg):
    used = profile(thigh_cm=0.245 * 184, roll_deg=3.5)
    wizard, camera = make(qtbot, source=source, profile=used)
    assert wizard.choices.roll_deg == roll_deg
    camera.signals.placement.emit(placement())
    page = forward(wizard, camera, "PlacementPage")
    assert page.lean.value() == roll_deg
    about = forward(wizard, camera, "AboutPage")
    assert round(about.stature_cm) == 184
    poses = forward(wizard, camera, "PosesPage")
    poses.start.click()
    assert (camera.job.person.roll_deg, round(camera.job.person.stature_cm)) == (roll_deg, 184)


def test_the_lean_of_the_profile_is_dropped_with_its_camera(qtbot):
    wizard, _ = make(qtbot, profile=profile(roll_deg=3.5))
    qtbot.waitUntil(wizard.page.again.isEnabled)
    wizard.page.list.setCurrentRow(0)
    assert wizard.choices.roll_deg == 0.0


def test_no_one_way_to_sit_is_asked_for(qtbot):
    wizard, camera = make(qtbot, welcome=True)
    page = forward(wizard, camera, "PosesPage")
    text = " ".join(label.text().lower() for label in wizard.findChildren(QLabel))
    text += " ".join(phase.words.lower() for phase in page._phases())
    assert "neutral" in text
    assert not [words for words in ("sit well", "straight", "properly") if words in text]
