"""Says whether the camera may be on, and closes it at once when it may not. From any thread."""

from __future__ import annotations

import threading

from monitor.capture.frame import FrameSource


class CameraSwitch:
    """Holds the camera off for as long as there is a reason. Every method may be called from any thread.

    The loop that reads frames hands each source that it opens to `take`, and asks `reason` and `ended` before it opens
    another one. A hold closes the source in a thread of its own, so that nobody who holds is ever kept waiting.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()  # guards everything below
        self._reasons: dict[str, str] = {}
        self._source: FrameSource | None = None
        self._closing = 0
        self._interrupted = ""
        self._ended = False

    @property
    def reason(self) -> str:
        """Why the camera must be off, in words; empty when it may be on. The first reason that came goes first."""
        with self._changed:
            return next(iter(self._reasons.values()), "")

    @property
    def ended(self) -> bool:
        """Whether the loop is to end."""
        with self._changed:
            return self._ended

    @property
    def must_be_off(self) -> bool:
        """Whether there is a reason, or the end has come."""
        with self._changed:
            return self._ended or bool(self._reasons)

    @property
    def interrupted(self) -> str:
        """Why the source taken last was closed by a hold; empty when it was not. Stays when the hold is over."""
        with self._changed:
            return self._interrupted

    def hold(self, key: str, reason: str) -> None:
        """Keep the camera off for ``reason`` until `release` is called with the same ``key``. Returns at once."""
        with self._changed:
            self._reasons[key] = reason
            self._close_source(reason)

    def release(self, key: str) -> None:
        """Take back the reason of this key; unknown keys are no error."""
        with self._changed:
            self._reasons.pop(key, None)
            self._changed.notify_all()

    def end(self) -> None:
        """Close the camera and end the loop, for good. Returns at once."""
        with self._changed:
            self._ended = True
            self._close_source("")

    def take(self, source: FrameSource) -> None:
        """The loop has opened ``source``; it is closed at once if it must be off by now."""
        with self._changed:
            self._source, self._interrupted = source, ""
            if self._ended or self._reasons:
                self._close_source(next(iter(self._reasons.values()), ""))

    def give_back(self) -> None:
        """The loop has closed its source itself."""
        with self._changed:
            self._source = None
            self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Wait so long, or until something changes. For the loop, between two tries."""
        with self._changed:
            self._changed.wait(seconds)

    def wait_closed(self, seconds: float) -> bool:
        """Wait until no source is open or being closed; False when that took longer than ``seconds``."""
        with self._changed:
            return self._changed.wait_for(lambda: self._source is None and not self._closing, seconds)

    def _close_source(self, reason: str) -> None:
        source, self._source = self._source, None
        if source is not None:
            self._interrupted = reason
            self._closing += 1
            threading.Thread(target=self._close, args=(source,), name="close camera", daemon=True).start()
        self._changed.notify_all()

    def _close(self, source: FrameSource) -> None:
        try:
            source.close()
        finally:
            with self._changed:
                self._closing -= 1
                self._changed.notify_all()
