"""A folder of pictures, or a single picture, as frames at a given rate."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np

from models.pose import ImageArray
from monitor.capture.cadence import Cadence
from monitor.capture.frame import Frame, FrameSource
from monitor.capture.quiet import silence_opencv
from monitor.errors import CameraError

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff", ".ppm", ".pgm"})
FOLDER_RATE_HZ = 1.0
_PNG_END = b"IEND\xaeB`\x82"


def is_picture(path: Path) -> bool:
    """Whether the name is that of a picture; hidden files, such as a Mac leaves beside a copy, are none."""
    return path.suffix.lower() in PICTURE_SUFFIXES and not path.name.startswith(".")


def natural_key(name: str) -> list[tuple[int, str]]:
    """Sorts "frame9" before "frame10", ignoring case."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name.casefold())]


class PictureSource(FrameSource):
    """Pictures in the given order, one every ``1 / rate_hz`` seconds, the first at zero; all should be of one size.

    Args:
        pictures: the files, at least one.
        name: what the user is told.
        rate_hz: pictures for each second of time.
    """

    live = False

    def __init__(self, pictures: Sequence[Path], name: str, *, rate_hz: float = FOLDER_RATE_HZ) -> None:
        if not (math.isfinite(rate_hz) and rate_hz > 0):
            raise CameraError(f"{name} cannot be read at {rate_hz:g} pictures a second: give a rate above zero.")
        self.name = name
        self.frame_count: int | None = len(pictures)
        self.duration_s: float | None = len(pictures) / rate_hz
        self.dropped = 0
        self.skipped = 0
        self.warning: str | None = None
        self._pictures = tuple(pictures)
        self._rate_hz = rate_hz
        self._closed = False

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        """The pictures as frames; see `FrameSource.frames`."""
        silence_opencv()
        try:
            cadence = Cadence(rate_hz)
            for index, picture in enumerate(self._pictures):
                if self._closed:
                    return
                t_s = index / self._rate_hz
                if cadence.take(t_s):
                    yield Frame(_read(picture), t_s, index)
                else:
                    self.skipped += 1
        finally:
            self.close()

    def close(self) -> None:
        """End the iteration after the picture at hand; see `FrameSource.close`."""
        self._closed = True


def open_folder(folder: Path, *, rate_hz: float = FOLDER_RATE_HZ) -> PictureSource:
    """The pictures of a folder in natural order; other files and folders inside are ignored.

    Raises:
        CameraError: the folder cannot be read or holds no picture.
    """
    try:
        pictures = [path for path in folder.iterdir() if is_picture(path) and path.is_file()]
    except OSError as error:
        raise CameraError(f"The folder {folder} cannot be read: ask for the right to read it.") from error
    if not pictures:
        kinds = " ".join(sorted(suffix.lstrip(".") for suffix in PICTURE_SUFFIXES))
        raise CameraError(f"The folder {folder} holds no picture: choose one with frames in it ({kinds}).")
    pictures.sort(key=lambda path: (natural_key(path.name), path.name))
    return PictureSource(pictures, folder.resolve().name or str(folder), rate_hz=rate_hz)


def _read(path: Path) -> ImageArray:
    """(height, width, 3) blue-green-red picture, turned as its camera says.

    Raises:
        CameraError: it cannot be read or decoded; the message names it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CameraError(f"The picture {path.name} cannot be read: check that it is still there.") from error
    image_bgr = None
    if _is_whole(data):
        try:
            image_bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
        except cv2.error:
            image_bgr = None
    if image_bgr is None:
        raise CameraError(f"The picture {path.name} is empty, cut off or no picture: remove it or copy it again.")
    return image_bgr  # type: ignore[return-value]


def _is_whole(data: bytes) -> bool:
    """False for an empty file and for a JPEG or PNG cut off, which decoders fill with grey or complain about."""
    if data.startswith(b"\xff\xd8"):
        return data.find(b"\xff\xd9", _jpeg_scan_start(data)) >= 0
    if data.startswith(b"\x89PNG"):
        return _PNG_END in data
    return bool(data)


def _jpeg_scan_start(data: bytes) -> int:
    """Where the picture itself begins, behind the header segments, one of which may hold a whole small JPEG."""
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != 0xDA:
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big") if data[at + 1] != 0xFF else 1
    return at
