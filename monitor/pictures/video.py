"""An annotated video, written only because the user asked for it."""

from __future__ import annotations

from pathlib import Path

import cv2

from models.pose import ImageArray
from monitor.capture.video import VideoSource
from monitor.errors import CameraError, OutputError


class VideoFile:
    """Writes frames to an MP4. The size comes from the first frame.

    Args:
        path: the file.
        rate_hz: frames a second.
        shown: the name to tell the user; ``path`` when not given.
    """

    def __init__(self, path: Path, rate_hz: float, shown: Path | None = None) -> None:
        self._path = path
        self._shown = shown or path
        self._written = 0
        self._rate_hz = rate_hz
        self._writer: cv2.VideoWriter | None = None

    def write(self, image_bgr: ImageArray) -> None:
        """Append one frame.

        Raises:
            OutputError: the file cannot be written.
        """
        if self._writer is None:
            height, width = image_bgr.shape[:2]
            codec = cv2.VideoWriter.fourcc(*"mp4v")
            self._writer = cv2.VideoWriter(str(self._path), codec, self._rate_hz, (width, height))
            if not self._writer.isOpened():
                raise OutputError(f"The video {self._shown} cannot be written: choose another folder, ending in .mp4.")
        self._writer.write(image_bgr)
        self._written += 1

    def finish(self) -> None:
        """Close the file and check that it holds every frame: OpenCV says nothing when the disk is full.

        Raises:
            OutputError: it does not.
        """
        self.close()
        try:
            with VideoSource(self._path) as video:
                whole = (video.frame_count or 0) >= self._written
        except CameraError:
            whole = False
        if not whole:
            raise OutputError(f"The video {self._shown} cannot be written whole: make room or choose another folder.")

    def close(self) -> None:
        """Let go of the file, as far as it was written."""
        if self._writer is not None:
            self._writer.release()
            self._writer = None
