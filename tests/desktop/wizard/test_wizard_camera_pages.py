"""Choosing the camera, placing it, and telling how it leans."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from wizard_fakes import CAMERAS, forward, make, placement

from calibration.placement import Advice
from monitor.capture import CameraInfo
from monitor.desktop.jobs import CalibrationJob


def listed(qtbot, **changes):
    wizard, camera = make(qtbot, **changes)
    qtbot.waitUntil(wizard.page.again.isEnabled)
    return wizard, camera


def test_the_camera_that_was_in_use_is_shown_at_once(qtbot):
    wizard, camera = listed(qtbot)
    assert camera.asked == ["2"]
    assert wizard.page.list.currentItem().text() == "Desk camera (camera 2)"
    assert not wizard.next.isEnabled()
    camera.signals.placement.emit(placement())
    assert wizard.page.view.shows_picture
    assert wizard.page.status.text == "This is Desk camera (camera 2)."
    assert wizard.next.isEnabled()


def test_none_is_switched_on_before_one_was_chosen(qtbot):
    wizard, camera = listed(qtbot, source="")
    assert camera.started == []
    wizard.page.list.setCurrentRow(0)
    assert camera.asked == ["Laptop camera"]


def test_the_only_one_is_taken(qtbot):
    _, camera = listed(qtbot, source="", list_cameras=lambda: CAMERAS[:1])
    assert camera.asked == ["Laptop camera"]


def test_a_camera_is_kept_by_its_name(qtbot):
    wizard, _ = listed(qtbot, source="")
    wizard.page.list.setCurrentRow(1)
    assert wizard.choices.source == "Desk camera"


def test_cameras_of_one_name_are_kept_by_number(qtbot):
    twins = [CameraInfo(index, "USB Camera", "", "V4L2") for index in (0, 2)]
    wizard, camera = listed(qtbot, source="2", list_cameras=lambda: tuple(twins))
    assert wizard.page.list.currentRow() == 1
    wizard.page.list.setCurrentRow(0)
    assert camera.asked == ["2", "0"]


def test_a_camera_in_use_is_shown_as_chosen_whatever_its_number_is_now(qtbot):
    moved = (CAMERAS[0], CameraInfo(4, "Desk camera", "", "V4L2"))
    wizard, camera = listed(qtbot, source="Desk camera", list_cameras=lambda: moved)
    assert camera.asked == ["Desk camera"]
    assert wizard.page.list.currentItem().text() == "Desk camera (camera 4)"
    assert wizard.page.address.text() == ""


def test_a_number_in_settings_of_before_becomes_the_name_without_opening_the_camera_again(qtbot):
    wizard, camera = listed(qtbot, source="2")
    assert wizard.page.list.currentItem().text() == "Desk camera (camera 2)"
    assert wizard.choices.source == "Desk camera"
    assert camera.asked == ["2"]


def test_a_named_camera_that_is_not_there_is_no_address(qtbot):
    wizard, camera = listed(qtbot, source="Couch camera")
    camera.signals.lost.emit('No camera is called "Couch camera" (cameras found: …): plug it in.')
    assert wizard.page.list.currentRow() == -1
    assert wizard.page.address.text() == ""
    assert wizard.page.status.text.startswith('No camera is called "Couch camera"')
    assert wizard.choices.source == "Couch camera"


def test_another_camera_ends_the_one_before(qtbot):
    wizard, camera = listed(qtbot)
    camera.signals.placement.emit(placement())
    wizard.page.list.setCurrentRow(0)
    assert camera.asked == ["2", "Laptop camera"]
    assert not wizard.next.isEnabled()
    assert not wizard.page.view.shows_picture


def test_an_address(qtbot):
    wizard, camera = listed(qtbot)
    wizard.page.address.setText(" rtsp://anna:secret@camera.local/1 ")
    qtbot.keyClick(wizard.page.address, Qt.Key.Key_Return)
    assert camera.asked[-1] == "rtsp://anna:secret@camera.local/1"
    assert wizard.page.list.currentRow() == -1
    camera.signals.placement.emit(placement())
    assert "camera.local" in wizard.page.status.text
    assert "secret" not in wizard.page.status.text


def test_an_address_that_was_in_use_stands_in_its_field(qtbot):
    wizard, camera = listed(qtbot, source="rtsp://camera.local/1")
    assert camera.asked == ["rtsp://camera.local/1"]
    assert wizard.page.address.text() == "rtsp://camera.local/1"


def test_no_camera_and_then_one(qtbot):
    cameras = []
    wizard, camera = listed(qtbot, source="", list_cameras=lambda: tuple(cameras))
    assert wizard.page.found.text.startswith("No camera was found: plug one in and press Refresh.")
    cameras.append(CAMERAS[1])
    wizard.page.again.click()
    qtbot.waitUntil(lambda: camera.asked == ["Desk camera"])
    assert wizard.page.found.text == ""


def test_cameras_that_cannot_be_listed(qtbot):
    def fail():
        raise OSError("no driver")

    wizard, _ = listed(qtbot, source="", list_cameras=fail)
    assert wizard.page.found.text == "The cameras cannot be listed (no driver): type the address of one."


def test_a_lost_camera_and_its_return(qtbot):
    wizard, camera = listed(qtbot)
    camera.signals.placement.emit(placement())
    camera.signals.lost.emit("It was unplugged.")
    assert wizard.page.status.text == "It was unplugged. It is tried again by itself."
    assert not wizard.next.isEnabled()
    camera.signals.placement.emit(placement(2.0))
    assert wizard.page.status.text == "This is Desk camera (camera 2)."
    assert wizard.next.isEnabled()


def test_a_camera_that_does_not_open_and_another_try(qtbot):
    wizard, camera = listed(qtbot)
    camera.end("No permission to use it.")
    assert wizard.page.status.text == "No permission to use it."
    wizard.page.again.click()
    assert camera.asked == ["2", "Desk camera"]
    assert wizard.page.status.text == ""


def placing(qtbot):
    wizard, camera = make(qtbot)
    return wizard, camera, forward(wizard, camera, "PlacementPage")


def test_advice_comes_and_goes(qtbot):
    wizard, camera, page = placing(qtbot)
    camera.signals.placement.emit(placement(1.0, Advice.TURN_TO_BACK, Advice.KNEE_HIDDEN, yaw_deg=20.0))
    first, second = page.advice
    assert first.text.startswith("The camera stands about 20 degrees too far towards your front")
    assert second.text.startswith("Your knee is hidden")
    assert page.good.isHidden()
    assert not wizard.next.isEnabled()
    camera.signals.placement.emit(placement(2.0, Advice.KNEE_HIDDEN))
    assert first.text.startswith("Your knee is hidden")
    assert second.isHidden()
    camera.signals.placement.emit(placement(3.0, ok_for_s=1.0))
    assert first.isHidden()
    assert page.good.text == "The camera sees what it needs."
    assert not page.good.isHidden()


def test_next_after_two_good_seconds_and_while_one_reaches_for_the_mouse(qtbot):
    wizard, camera, page = placing(qtbot)
    camera.signals.placement.emit(placement(3.0, ok_for_s=1.9))
    assert not wizard.next.isEnabled()
    assert not page.anyway.isHidden()
    camera.signals.placement.emit(placement(3.2, ok_for_s=2.1))
    assert wizard.next.isEnabled()
    assert page.anyway.isHidden()
    camera.signals.placement.emit(placement(6.0, Advice.NOBODY))
    assert wizard.next.isEnabled()
    camera.signals.placement.emit(placement(12.0, Advice.NOBODY))
    assert not wizard.next.isEnabled()


def test_going_on_anyway(qtbot):
    wizard, camera, page = placing(qtbot)
    camera.signals.placement.emit(placement(1.0, Advice.HIP_HIDDEN))
    page.anyway.click()
    assert type(wizard.page).__name__ == "AboutPage"


def test_hints_that_do_not_hinder_stand_beside_the_tick(qtbot):
    wizard, camera, page = placing(qtbot)
    camera.signals.placement.emit(placement(5.0, Advice.BACK_UNCLEAR, ok_for_s=3.0))
    assert wizard.next.isEnabled()
    assert not page.good.isHidden()
    assert page.advice[0].text.startswith("The edge of your back is not clear")


@pytest.mark.parametrize(
    ("yaw_deg", "words"),
    [
        (2.0, "It stands square to your side."),
        (12.0, "It stands about 10° towards your front."),
        (-12.0, "It stands about 10° towards your back."),
        (float("nan"), ""),
    ],
)
def test_the_turn_of_the_camera_in_words(qtbot, yaw_deg, words):
    _, camera, page = placing(qtbot)
    camera.signals.placement.emit(placement(1.0, yaw_deg=yaw_deg))
    assert page.turned.text() == words


def test_the_lean_by_keyboard_reaches_the_running_look_and_the_calibration(qtbot):
    wizard, camera, page = placing(qtbot)
    for _ in range(5):
        qtbot.keyClick(page.view, Qt.Key.Key_Right)
    qtbot.keyClick(page.view, Qt.Key.Key_Left)
    assert page.view.roll_deg == camera.job.roll_deg == page.lean.value() == 2.0
    assert page.view.accessibleDescription().startswith("2.0 degrees.")
    poses = forward(wizard, camera, "PosesPage")
    poses.start.click()
    assert isinstance(camera.job, CalibrationJob)
    assert camera.job.person.roll_deg == 2.0


def test_the_lean_by_number_and_back_to_upright(qtbot):
    _, camera, page = placing(qtbot)
    page.lean.setValue(-3.5)
    assert page.view.roll_deg == camera.job.roll_deg == -3.5
    qtbot.keyClick(page.view, Qt.Key.Key_Home)
    assert page.lean.value() == 0.0


def test_the_lean_by_mouse(qtbot):
    _, camera, page = placing(qtbot)
    camera.signals.placement.emit(placement(1.0))
    upper, lower = (end.toPoint() for end in page.view.ends())
    length = lower.y() - upper.y()
    there = upper + QPoint(round(length * 0.0875), 0)  # tan 5 degrees
    qtbot.mousePress(page.view, Qt.MouseButton.LeftButton, pos=upper)
    qtbot.mouseMove(page.view, there)
    qtbot.mouseRelease(page.view, Qt.MouseButton.LeftButton, pos=there)
    assert page.view.roll_deg == pytest.approx(5.0, abs=0.5)
    assert camera.job.roll_deg == page.view.roll_deg


def test_another_camera_leans_otherwise(qtbot):
    wizard, _, page = placing(qtbot)
    page.lean.setValue(4.0)
    wizard.back.click()
    qtbot.waitUntil(wizard.page.again.isEnabled)
    wizard.page.list.setCurrentRow(0)
    assert wizard.choices.roll_deg == 0.0


def test_a_camera_lost_while_it_is_placed(qtbot):
    wizard, camera, page = placing(qtbot)
    camera.signals.placement.emit(placement(5.0, ok_for_s=3.0))
    camera.signals.off.emit("The screen is locked.")
    assert page.advice[0].text == "The screen is locked. It is tried again by itself."
    camera.signals.off.emit("the battery is low")
    assert page.advice[0].text == "The battery is low. It is tried again by itself."
    assert not wizard.next.isEnabled()
    assert not page.view.shows_picture
