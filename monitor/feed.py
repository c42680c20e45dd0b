"""Frames of a camera for as long as they are wanted: opened again when it was lost, let go of while it is held off."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field

from monitor.capture.frame import Frame, FrameSource
from monitor.capture.switch import CameraSwitch
from monitor.errors import CameraError, ProfileError
from monitor.settings import CameraSettings

OpenSource = Callable[[], FrameSource]
HELD_S = 30.0
"""While the camera is held off, `Feed.on_off` is called at least so often."""


@dataclass
class Feed:
    """One run of frames. One thread iterates it, once.

    Attributes:
        source: already open; None opens one with ``reopen``.
        reopen: opens the camera (again).
        settings: rate and waits.
        switch: holds the camera off, and ends the feed.
        wait: waits for some seconds, or until the switch changes.
        check: raises ProfileError for a frame that does not belong here.
        patient: a live camera that gives nothing at the start is waited for, as one that was lost.
        on_lost: called with the error at every try that failed.
        on_off: called with the reason while the camera is held off, at least every `HELD_S`.
        on_back: called when a lost camera gives pictures again.
        live, name, duration_s, dropped, note: of the source in use, or the last one.
    """

    source: FrameSource | None
    reopen: OpenSource
    settings: CameraSettings
    switch: CameraSwitch
    wait: Callable[[float], None]
    check: Callable[[Frame, FrameSource], None] = lambda _, __: None
    patient: bool = False
    on_lost: Callable[[CameraError | ProfileError], None] = lambda _: None
    on_off: Callable[[str], None] = lambda _: None
    on_back: Callable[[], None] = lambda: None
    live: bool = True
    name: str = ""
    duration_s: float | None = None
    dropped: int = 0
    note: str | None = None
    _lost: str | None = field(default=None, init=False)
    _given: bool = field(default=False, init=False)

    def frames(self) -> Generator[Frame, None, None]:
        """The frames, until the recording ends or the switch does; the source is closed in every case.

        Raises:
            CameraError: a recording cannot be read, or a live source gave no picture at all and nobody is patient.
            ProfileError: the same, of ``check``.
        """
        wait_s = self.settings.retry_first_s
        current, self.source = self.source, None
        while not self.switch.ended:
            if reason := self.switch.reason:
                self._close(current)
                current = None
                self.on_off(reason)
                self.wait(HELD_S)
                continue
            try:
                current = current or self.reopen()
                self._begin(current)
                for frame in current.frames(self.settings.rate_hz):
                    self.check(frame, current)
                    if self._lost:
                        self.on_back()
                        self._lost, wait_s = None, self.settings.retry_first_s
                    self._given, self.dropped = True, current.dropped
                    yield frame
                if not self._was_held():
                    self.note = current.warning
                    return
            except (CameraError, ProfileError) as error:
                if self._was_held():
                    continue
                live = self.patient if current is None and not self._given else self.live
                if not live or not (self._given or self.patient):
                    raise
                self.on_lost(error)
                self._lost = str(error)
            finally:
                self._close(current)
                current = None
            if self._lost:
                self.wait(wait_s)
                wait_s = min(2.0 * wait_s, self.settings.retry_most_s)
        self._close(current)

    def _was_held(self) -> bool:
        """Whether the source ended because it was held off, and be it for a moment; that moment is told as well."""
        if reason := self.switch.interrupted:
            self.on_off(reason)
        return bool(reason) or self.switch.must_be_off

    def _begin(self, source: FrameSource) -> None:
        self.live, self.name, self.duration_s = source.live, source.name, source.duration_s
        self.switch.take(source)

    def _close(self, source: FrameSource | None) -> None:
        if source is not None:
            source.close()
            self.switch.give_back()
