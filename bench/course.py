"""From the first run to the first warning, a pause and the end, by clicking on the real windows."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from bench.obedient_sitter import CAMERAS, FRAME_S, Sitter, SitterCamera
from monitor.desktop.app import Desktop
from monitor.desktop.speaker import WARNING
from monitor.desktop.status import Kind
from monitor.desktop.wizard.about import AboutPage
from monitor.desktop.wizard.camera import CameraPage
from monitor.desktop.wizard.poses import PosesPage
from monitor.desktop.wizard.window import Wizard
from monitor.folder import DataFolder
from monitor.judgement.assessment import State
from monitor.surroundings.state import Surroundings

SPEED = 12.0
PATIENCE_S = 180.0


class StillWatcher:
    """A watcher of surroundings in which nothing happens."""

    why_not: tuple[str, ...] = ()

    def start(self, on_change: Callable[[Surroundings], None]) -> None:
        """See `Watcher.start`."""
        on_change(Surroundings())

    def stop(self) -> None:
        """See `Watcher.stop`."""


class Course:
    """One run of the program. ``look`` is called with a name at every stop, e.g. to take a picture."""

    def __init__(self, folder: Path, look: Callable[[str], None] = lambda _: None, *, tray: bool = False) -> None:
        self.look = look
        self.desktop = Desktop(DataFolder(folder), speed=SPEED, tray=tray, watcher=StillWatcher())
        self.desktop.list_cameras = lambda: CAMERAS
        clock = self.desktop.clock
        due = [clock()]

        def stamp() -> float:
            due[0] = max(due[0] + FRAME_S, clock())
            clock.wait(max(0.0, due[0] - clock()))
            return due[0]

        self.sitter = Sitter(stamp)
        self.cameras: list[SitterCamera] = []
        self.desktop.cameras.open = self._open  # type: ignore[method-assign]
        signals = self.desktop.camera.signals
        signals.calibration.connect(self.sitter.on_calibration, Qt.ConnectionType.DirectConnection)

    def _open(self, spec: str) -> SitterCamera:
        check(spec == CAMERAS[1].name, f"the camera {spec} was not chosen")
        self.cameras.append(SitterCamera(self.sitter))
        return self.cameras[-1]

    def first_run(self) -> None:
        """Welcome, camera, placement, about, poses, result."""
        self.desktop.start()
        wizard = cast(Wizard, self.desktop.windows["wizard"])
        self.wait(wizard.isVisible)
        self.look("1-welcome")
        self._next(wizard)
        camera = cast(CameraPage, wizard.page)
        self.wait(lambda: camera.list.count() == 2)
        camera.list.setCurrentRow(1)
        self.wait(wizard.next.isEnabled)
        self.look("2-camera")
        self._next(wizard)
        self.wait(wizard.next.isEnabled)
        self.look("3-placement")
        self._next(wizard)
        cast(AboutPage, wizard.page).name.setCurrentText("Desk")
        self.look("4-about")
        self._next(wizard)
        poses = cast(PosesPage, wizard.page)
        self.wait(lambda: self.desktop.camera.job is None)
        click(poses.start)
        self.wait(lambda: self.sitter.asked is not None)
        self.wait_frames(60)
        self.look("5-poses")
        self.wait(lambda: wizard.page is not poses)
        self.look("6-result")
        self._next(wizard)
        self.wait(lambda: not wizard.isVisible())
        self.wait(lambda: self.desktop.program.status.kind is Kind.WATCHING)

    def to_the_warning(self) -> None:
        """Upright at first, then tipped until the notice is there."""
        program = self.desktop.program
        self.wait(lambda: program.status.assessment and program.status.assessment.state is State.UPRIGHT)
        self.sitter.tipped = True
        self.wait(lambda: program.status.assessment and program.status.assessment.state is State.TIPPED)
        self.desktop.show_live_view()
        self.wait(lambda: program.speaker.glow.level > 0.5)
        self.look("7-glow")
        self.wait(lambda: WARNING in program.speaker.notices.windows)
        self.look("8-warning")
        click(cast(QPushButton, program.speaker.notices.windows[WARNING].findChild(QPushButton, "moved")))
        self.wait(lambda: WARNING not in program.speaker.notices.windows)

    def pause_and_resume(self) -> None:
        """The camera is closed and opened again."""
        self.desktop.actions.pause_menu.actions()[-1].trigger()
        self.wait(lambda: all(camera.closed for camera in self.cameras))
        check(self.desktop.program.status.kind is Kind.PAUSED, "it is not paused")
        self.wait_frames(0)
        self.look("9-paused")
        before = len(self.cameras)
        self.desktop.actions.resume.trigger()
        self.wait(lambda: self.desktop.program.status.kind is Kind.WATCHING)
        check(len(self.cameras) == before + 1, "the camera was not opened again")

    def quit(self) -> None:
        """Everything is let go of."""
        self.desktop.actions.quit.trigger()
        check(all(camera.closed for camera in self.cameras), "a camera is still open")
        check(not any(w.isVisible() for w in QApplication.topLevelWidgets()), "a window is still open")

    def wait(self, done: Callable[[], object], seconds: float = PATIENCE_S) -> None:
        """Let the windows live until ``done``."""
        deadline = time.monotonic() + seconds
        while not done():
            check(time.monotonic() < deadline, "it took too long")
            pass_time(10)

    def wait_frames(self, frames: int) -> None:
        """Let so many frames' time pass, and everything be drawn."""
        pass_time(round(1000 * (0.1 + FRAME_S * frames / SPEED)))

    def _next(self, wizard: Wizard) -> None:
        self.wait(wizard.next.isEnabled)
        click(wizard.next)
        pass_time(10)


def check(holds: bool, otherwise: str) -> None:
    """Raise AssertionError with these words unless it holds."""
    if not holds:
        raise AssertionError(otherwise)


def pass_time(milliseconds: int) -> None:
    """Let the windows live; unlike `QTest.qWait` it lets other threads run as well."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def click(widget: QWidget) -> None:
    """Click on it with the left button."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
