"""Opens what the user named as the camera; a recording plays as if it were one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from monitor.capture.frame import FrameSource
from monitor.capture.opening import open_source
from monitor.capture.played import Playback, PlayedSource
from monitor.clock import Clock
from monitor.settings import CameraSettings

OpenCamera = Callable[[str], FrameSource]


class Cameras:
    """Opens cameras by what the user typed. Recordings begin when they are first opened, and play on by the clock.

    No other camera stands in for a webcam that was opened by its whole name and then unplugged.

    Args:
        clock: stamps and paces recordings.
        loop: recordings begin anew at their end.
        settings: how the camera is read.
    """

    def __init__(self, clock: Clock, settings: Callable[[], CameraSettings], *, loop: bool = False) -> None:
        self._clock, self._settings, self._loop = clock, settings, loop
        self._playbacks: dict[str, Playback] = {}
        self._whole_names: set[str] = set()

    def open(self, spec: str) -> FrameSource:
        """Open it; raises CameraError when that fails. Any thread; blocks as `open_source` does."""
        rate_hz = self._settings().folder_rate_hz
        source = open_source(spec, folder_rate_hz=rate_hz, whole_name=spec in self._whole_names)
        if source.live:
            if source.name.endswith(f" ({spec})"):
                self._whole_names.add(spec)
            return source
        playback = self._playbacks.setdefault(spec, Playback(self._clock()))
        opened = [source]

        def again() -> FrameSource:
            return opened.pop() if opened else open_source(spec, folder_rate_hz=rate_hz)

        return PlayedSource(Path(spec).name, again, self._clock, playback, loop=self._loop)
