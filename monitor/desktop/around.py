"""Follows what happens around the program: the camera is let go of at once when it must be off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from monitor.desktop.camera_thread import CameraThread
from monitor.settings import Settings
from monitor.surroundings.state import Surroundings, camera_off_reason
from monitor.surroundings.watcher import Watcher

RELEASE_S = 2.0


class Around(QObject):
    """The surroundings as they are now. Lives in the windows' thread; `see` is called in the watcher's.

    Signals:
        changed: `now` is another one; in the windows' thread.
    """

    changed = Signal()

    def __init__(self, camera: CameraThread, settings: Callable[[], Settings], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = Surroundings()
        self._camera, self._settings = camera, settings
        self._watcher: Watcher | None = None

    def start(self, watcher: Watcher) -> None:
        """Follow the surroundings from now on."""
        self._watcher = watcher
        watcher.start(self.see)

    def close(self) -> None:
        """Follow them no longer."""
        if self._watcher is not None:
            self._watcher.stop()

    @property
    def not_noticed(self) -> tuple[str, ...]:
        """What of the surroundings cannot be noticed here, in sentences."""
        return self._watcher.why_not if self._watcher is not None else ()

    @property
    def off_reason(self) -> str:
        """Why the camera must be off now; empty when it may be on."""
        return camera_off_reason(self.now, self._settings().quiet)

    def see(self, surroundings: Surroundings) -> None:
        """Let go of the camera at once when it must be off; waits for that when the computer is about to sleep."""
        self.now = surroundings
        self.follow()
        if surroundings.asleep:
            self._camera.wait_closed(RELEASE_S)
        self.changed.emit()

    def follow(self) -> None:
        """Let go of the camera or take it again, as the surroundings and the settings are now."""
        reason = self.off_reason
        if reason:
            self._camera.hold("surroundings", reason)
        else:
            self._camera.release("surroundings")
