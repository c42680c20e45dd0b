"""The window: pages one after the other, Cancel, and controls that can be named and reached."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)
from wizard_fakes import calibration, forward, make, placement, verdict

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
