"""A camera that gives pictures now, webcam or network camera: one thread grabs, a frame is decoded only when asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import cv2

from models.pose import ImageArray
from monitor.capture.cadence import Cadence
from monitor.capture.frame import Frame, FrameSource
from monitor.errors import CameraError

STALL_S = 5.0
_CLOSE_S = 2.0
_FAILED_GRABS_MAX = 5  # drivers miss a picture now and then, above all while starting
_RETRY_S = 0.1
_MIN_STEP_S = 1e-3  # the clock of some systems stands still for longer than a frame


class LiveSource(FrameSource):
    """Frames of an opened camera, the newest one whenever the consumer is ready.

    A thread of its own grabs without pause, so that the driver never queues old pictures. It alone touches the
    capture and releases it, once, when it ends: after `close`, or when the camera is lost.

    Args:
        capture: an opened camera; this object owns it from now on.
        name: what the user is told, without credentials.
        advice: what to do when no picture comes, the end of a sentence.
        stall_s: how long the consumer waits for one picture.
        clock: monotonic seconds.
        wait: blocks for the given seconds, or less; None waits for the time or the closing of the source.
    """

    live = True

    def __init__(
        self,
        capture: cv2.VideoCapture,
        name: str,
        *,
        advice: str,
        stall_s: float = STALL_S,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self.name = name
        self.frame_count: int | None = None
        self.duration_s: float | None = None
        self.dropped = 0
        self.skipped = 0
        self.warning: str | None = None
        self._capture = capture
        self._advice = advice
        self._stall_s = stall_s
        self._clock = clock
        self._closing = threading.Event()
        self._wait: Callable[[float], object] = self._closing.wait if wait is None else wait
        self._changed = threading.Condition()  # guards the three below
        self._wanted = False
        self._newest: Frame | None = None
        self._lost = False
        self._next_index = 0
        self._last_t_s = float("-inf")
        self._grabber = threading.Thread(target=self._grab_until_closed, name=f"grab {name}", daemon=True)
        self._grabber.start()

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        """The newest frame, at most ``rate_hz`` times a second; see `FrameSource.frames`."""
        try:
            cadence = Cadence(rate_hz)
            while not self._closing.is_set():
                early_s = cadence.due_s - self._clock()
                if early_s > 0:
                    self._wait(early_s)
                    continue
                frame = self._ask()
                if frame is None:
                    return
                cadence.take(frame.t_s)
                yield frame
        finally:
            self.close()

    def close(self) -> None:
        """Release the camera; see `FrameSource.close`. A driver that hangs is released as soon as it answers."""
        self._closing.set()
        with self._changed:
            self._changed.notify_all()
        if threading.current_thread() is not self._grabber:
            self._grabber.join(_CLOSE_S)

    def _ask(self) -> Frame | None:
        """The next frame that arrives, decoded; None when closed. Called by the consumer, blocks up to the stall."""
        with self._changed:
            self._wanted = True
            self._changed.wait_for(
                lambda: self._newest is not None or self._lost or self._closing.is_set(), self._stall_s
            )
            frame, self._newest = self._newest, None
        if frame is not None or self._closing.is_set():
            return frame
        verb = "stopped giving pictures" if self._next_index else "gives no picture"
        raise CameraError(f"{self.name} {verb}: {self._advice}.")

    def _grab_until_closed(self) -> None:
        """The grabber thread."""
        failed = 0
        try:
            while not self._closing.is_set() and failed < _FAILED_GRABS_MAX:
                if self._capture.grab():
                    failed = 0
                    self._on_grabbed(self._clock())
                else:
                    failed += 1
                    self._closing.wait(_RETRY_S)
        except cv2.error:
            pass  # as lost as after failed grabs: the consumer is told below
        finally:
            self._capture.release()
            with self._changed:
                self._lost = True
                self._changed.notify_all()

    def _on_grabbed(self, now_s: float) -> None:
        """Count a grabbed frame, and decode it if the consumer waits for one. Grabber thread."""
        index, self._next_index = self._next_index, self._next_index + 1
        with self._changed:
            wanted = self._wanted
        image_bgr = self._retrieve() if wanted else None
        if image_bgr is None:
            self.dropped += 1
            return
        self._last_t_s = max(now_s, self._last_t_s + _MIN_STEP_S)
        with self._changed:
            self._wanted, self._newest = False, Frame(image_bgr, self._last_t_s, index)
            self._changed.notify_all()

    def _retrieve(self) -> ImageArray | None:
        """The grabbed frame, decoded; None when it is damaged."""
        decoded, image_bgr = self._capture.retrieve()
        return image_bgr if decoded else None  # type: ignore[return-value]
