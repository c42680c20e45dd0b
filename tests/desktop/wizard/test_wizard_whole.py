"""The real camera thread and the real pose model, from the first page to the new profile."""

from __future__ import annotations

from itertools import count, cycle
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from wizard_fakes import CAMERAS, FakeSounds

from calibration.guide import Pose
from monitor.capture import Frame
from monitor.capture.frame import FrameSource
from monitor.capture.video import VideoSource
from monitor.desktop.camera_thread import CameraThread
from monitor.desktop.wizard.window import Wizard
from monitor.settings import Settings

OFFICE = Path(__file__).parents[3] / "monitor" / "demo" / "office.mp4"
TIMES = {"neutral": ((1, 19), (27, 35)), "away": ((22, 24),), "slump": ((42, 53),)}
FRAME_S = 0.2
PATIENCE_MS = 240_000


class Sitter:
    """Does as the guide asks: the frames of the recording that show it."""

    def __init__(self) -> None:
        self.asked: Pose | None = None
        self._t_s = (FRAME_S * i for i in count(1))
        seen = {name: [] for name in TIMES}
        with VideoSource(OFFICE) as source:
            for frame in source.frames():
                for name, ranges in TIMES.items():
                    if any(begin <= frame.t_s <= end for begin, end in ranges):
                        seen[name].append(frame.image_bgr)
        self._frames = {name: cycle(images) for name, images in seen.items()}

    def on_calibration(self, view) -> None:
        self.asked = view.moment.phase.pose if view.moment.phase else None

    def frame(self, index: int) -> Frame:
        doing = {Pose.STAND: "away", Pose.SLUMP: "slump"}.get(self.asked, "neutral")
        return Frame(next(self._frames[doing]), next(self._t_s), index)


class SitterCamera(FrameSource):
    """A camera on the sitter whose time runs as fast as its frames are taken."""

    live = True

    def __init__(self, sitter: Sitter) -> None:
        self.name, self.frame_count, self.duration_s = "webcam 2 (Desk camera)", None, None
        self.dropped, self.skipped, self.warning = 0, 0, None
        self._sitter, self._closed = sitter, False

    def frames(self, rate_hz=None):
        for index in count():
            if self._closed:
                return
            yield self._sitter.frame(index)

    def close(self) -> None:
        self._closed = True

    @property
    def closed(self) -> bool:
        return self._closed


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
    assert settings.desktop.source == "2"
    assert settings.judgement.enter_pct == 45.0
    assert set(asked) == {"2"}
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
