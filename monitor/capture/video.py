"""A video file, with its own time stamps."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import cv2

from models.pose import ImageArray
from monitor.capture.cadence import Cadence
from monitor.capture.frame import Frame, FrameSource
from monitor.capture.quiet import silence_opencv
from monitor.errors import CameraError

_USUAL_RATE_HZ = 30.0
_MISSING_FRAMES_MAX = 2  # containers count a frame or two that a player never shows
_MISSING_PART_MAX = 0.02


class VideoSource(FrameSource):
    """Frames of a video file as fast as they are asked for, stamped as the file says. Never touches the network.

    Args:
        path: the file.

    Raises:
        CameraError: the file is empty, cannot be opened, or is no video.
    """

    live = False

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.dropped = 0
        self.skipped = 0
        self.warning: str | None = None
        _check_readable(path)
        silence_opencv()
        self._lock = threading.Lock()  # held while the capture is used, so that another thread may close
        self._capture = cv2.VideoCapture(str(path.resolve()), cv2.CAP_FFMPEG)
        self._closed = False
        if not self._capture.isOpened():
            self.close()
            raise CameraError(_why_not(path))
        rate_hz = self._capture.get(cv2.CAP_PROP_FPS)
        promised = self._capture.get(cv2.CAP_PROP_FRAME_COUNT)
        self._period_s = 1.0 / (rate_hz if math.isfinite(rate_hz) and 0.01 < rate_hz <= 1000 else _USUAL_RATE_HZ)
        self.frame_count: int | None = round(promised) if math.isfinite(promised) and promised > 0 else None
        self.duration_s: float | None = self.frame_count * self._period_s if self.frame_count else None

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        """The frames of the file; see `FrameSource.frames`. Sets ``warning`` at the end if the video broke off."""
        given, t_s = 0, None
        try:
            cadence = Cadence(rate_hz)
            for index in count():
                t_s, before_s = self._grab(t_s), t_s
                if t_s is None:
                    break
                if not cadence.take(t_s):
                    self.skipped += 1
                    continue
                image_bgr = self._retrieve()
                if image_bgr is not None:
                    given += 1
                    yield Frame(image_bgr, t_s, index)
            if not self._closed:
                self._judge_end(index, given, before_s)
        finally:
            self.close()

    def close(self) -> None:
        """Release the file; see `FrameSource.close`."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._capture.release()

    def _grab(self, last_t_s: float | None) -> float | None:
        """Step to the next frame and give its time in seconds; None at the end.

        A stamp that is missing or does not grow is replaced by one frame period after the last.
        """
        with self._lock:
            if self._closed or not self._capture.grab():
                return None
            t_s = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000.0
        if last_t_s is None:
            return t_s if math.isfinite(t_s) and t_s >= 0 else 0.0
        return t_s if math.isfinite(t_s) and t_s > last_t_s else last_t_s + self._period_s

    def _retrieve(self) -> ImageArray | None:
        """The grabbed frame, decoded; None when it is damaged or the file was closed meanwhile."""
        with self._lock:
            if self._closed:
                return None
            decoded, image_bgr = self._capture.retrieve()
        return image_bgr if decoded else None  # type: ignore[return-value]

    def _judge_end(self, read: int, given: int, last_t_s: float | None) -> None:
        """Say so when the video broke off: both frames and time must be short, as either alone may be an estimate."""
        if not given:
            raise CameraError(
                f"{self.name} holds no frame that can be read: it is damaged, record it again or take another file."
            )
        if self.frame_count is None or self.duration_s is None or last_t_s is None:
            return
        least = self.frame_count * (1 - _MISSING_PART_MAX)
        short_of_frames = read < min(least, self.frame_count - _MISSING_FRAMES_MAX)
        short_of_time = last_t_s + self._period_s < self.duration_s * (1 - _MISSING_PART_MAX)
        if short_of_frames and short_of_time:
            self.warning = (
                f"{self.name} breaks off after {read} of {self.frame_count} frames ({last_t_s:.1f} s): "
                "the rest is missing or damaged, so copy or record it again if you need it."
            )


def _check_readable(path: Path) -> None:
    if not os.access(path, os.R_OK):
        raise CameraError(f"{path.name} may not be read: ask for the right to read it, or take another file.")
    if path.stat().st_size == 0:
        raise CameraError(f"{path.name} is empty (0 bytes): copy or record it again.")


def _why_not(path: Path) -> str:
    """The sentence for a file that did not open; an MP4 tells its kind first and its index last."""
    with path.open("rb") as file:
        is_mp4 = file.read(12)[4:8] == b"ftyp"
    if is_mp4:
        return f"{path.name} is an incomplete video, cut off before its end was written: copy or record it again."
    return f"{path.name} cannot be read as a video: it is damaged or of another kind, so take another file."
