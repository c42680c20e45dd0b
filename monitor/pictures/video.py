"""An annotated video, written only because the user asked for it."""

from __future__ import annotations

from pathlib import Path

import cv2

from models.pose import ImageArray
from monitor.errors import OutputError


class VideoFile:
    """Writes frames to an MP4. The size comes from the first frame. Use as a context manager."""

    def __init__(self, path: Path, rate_hz: float) -> None:
        self._path = path
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
                raise OutputError(f"The video {self._path} cannot be written: choose another folder, ending in .mp4.")
        self._writer.write(image_bgr)

    def close(self) -> None:
        """Finish the file."""
        if self._writer is not None:
            self._writer.release()
            self._writer = None
