"""The real camera thread and the real pose model, from the first page to the new profile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from wizard_fakes import FakeSounds

from bench.obedient_sitter import CAMERAS, Sitter, SitterCamera
from monitor.desktop.camera_thread import CameraThread
from monitor.desktop.wizard.window import Wizard
from monitor.settings import Settings

PATIENCE_MS = 240_000


@pytest.fixture
def thread():
    thread = CameraThread()
    yield thread
    assert thread.stop()


def test_from_the_welcome_to_a_new_profile(qtbot, thread):
    sitter, sounds = Sitter(), FakeSounds()
    thread.signals.calibration.connect(sitter.on_calibration, Qt.ConnectionType.DirectConnection)
    asked = []

    def open_camera(source):
        asked.append(source)
        return SitterCamera(sitter)

    wizard = Wizard(
        camera=thread,
        settings=Settings(),
        open_camera=open_camera,
        list_cameras=lambda: CAMERAS,
        sounds=sounds,
        profile_names=("Desk",),
    )
    qtbot.addWidget(wizard)
    wizard.show()

    def press(button):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def go_on():
        qtbot.waitUntil(wizard.next.isEnabled, timeout=PATIENCE_MS)
        press(wizard.next)

    go_on()
    camera = wizard.page
    qtbot.waitUntil(lambda: camera.list.count() == 2)
    assert not wizard.next.isEnabled()
    camera.list.setCurrentRow(1)
    go_on()
    assert wizard.page.view.shows_picture or not wizard.next.isEnabled()
    go_on()
    about = wizard.page
    assert not wizard.next.isHidden()
    about.name.setCurrentText("Saddle stool")
    qtbot.keyClick(about.level, Qt.Key.Key_Space)
    go_on()
    poses = wizard.page
    qtbot.waitUntil(lambda: thread.job is None, timeout=PATIENCE_MS)
    press(poses.start)
    with qtbot.waitSignal(thread.signals.verdict, timeout=PATIENCE_MS) as done:
        pass
    (verdict,) = done.args
    assert verdict.profile is not None, verdict.problems
    qtbot.waitUntil(lambda: wizard.page is not poses)
    result = wizard.page
    assert result.ready
    assert result.apart.text == "Neutral sit and slump stand clearly apart."
    result.slider.setValue(45)
    with qtbot.waitSignal(wizard.finished) as finished:
        press(wizard.next)
    profile, settings = finished.args
    assert profile.name == settings.desktop.profile == "Saddle stool"
    assert profile.camera == "webcam 2 (Desk camera)"
    assert profile.contour_trusted
    assert settings.desktop.source == "Desk camera"
    assert settings.judgement.enter_pct == 45.0
    assert set(asked) == {"Desk camera"}
    assert sounds.played[0] == "change"
    assert sounds.played[-1] == "finished"
    assert sounds.played.count("done") == 6
    assert not wizard.isVisible()
    qtbot.waitUntil(lambda: thread.job is None, timeout=PATIENCE_MS)


def test_closing_the_window_amid_the_poses_closes_the_camera(qtbot, thread):
    sitter, opened = Sitter(), []

    def open_camera(_):
        opened.append(SitterCamera(sitter))
        return opened[-1]

    wizard = Wizard(
        camera=thread,
        settings=Settings(),
        open_camera=open_camera,
        list_cameras=lambda: CAMERAS,
        sounds=FakeSounds(),
        source="2",
        welcome=False,
    )
    qtbot.addWidget(wizard)
    wizard.show()
    qtbot.waitUntil(wizard.next.isEnabled, timeout=PATIENCE_MS)
    wizard.go_to("PosesPage")
    with qtbot.waitSignal(thread.signals.calibration, timeout=PATIENCE_MS):
        wizard.page.start.click()
    with qtbot.waitSignal(wizard.cancelled):
        wizard.close()
    qtbot.waitUntil(lambda: thread.job is None and all(source.closed for source in opened), timeout=PATIENCE_MS)
