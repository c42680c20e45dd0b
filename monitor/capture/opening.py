"""From what the user typed to a source of frames."""

from __future__ import annotations

import re
from pathlib import Path

from monitor.capture.cameras import find_camera, list_cameras
from monitor.capture.folder import FOLDER_RATE_HZ, PICTURE_SUFFIXES, PictureSource, is_picture, open_folder
from monitor.capture.frame import FrameSource
from monitor.capture.live import STALL_S
from monitor.capture.network import OPEN_TIMEOUT_S, mask_address, open_network_camera
from monitor.capture.video import VideoSource
from monitor.capture.webcam import open_webcam
from monitor.errors import CameraError

_VIDEO_SUFFIXES = frozenset({".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".ts", ".3gp"})


def open_source(
    spec: str,
    *,
    folder_rate_hz: float = FOLDER_RATE_HZ,
    stall_s: float = STALL_S,
    open_timeout_s: float = OPEN_TIMEOUT_S,
) -> FrameSource:
    """Open what the user named. The calling thread blocks: for a file briefly, for a camera up to some seconds.

    Args:
        spec: a webcam by number ("0"), device ("/dev/video0") or part of its name; a video file; a folder of
            pictures or a single picture; the address of a network camera ("rtsp://...").
        folder_rate_hz: pictures of a folder for each second of time.
        stall_s: how long to wait for one picture of a camera before it counts as lost.
        open_timeout_s: how long to wait for a network camera to answer.

    Raises:
        CameraError: it cannot be opened; one sentence with what to do next.
    """
    spec = spec.strip()
    if not spec:
        raise CameraError("No camera was named: give a number, name, file, folder or address (see `saddle cameras`).")
    if re.fullmatch(r"[0-9]{1,3}", spec):
        return open_webcam(int(spec), stall_s=stall_s)
    if "://" in spec:
        return open_network_camera(spec, stall_s=stall_s, open_timeout_s=open_timeout_s)
    if not spec.isprintable():
        raise CameraError(f"The name {spec!r} has characters that cannot be opened: rename the file or folder.")
    path = Path(spec)
    try:
        device = re.fullmatch(r"/dev/video([0-9]{1,3})", path.resolve().as_posix())
        is_folder, is_file = path.is_dir(), path.is_file()
    except (OSError, ValueError):  # too long for a path, or with a character that no path has
        device, is_folder, is_file = None, False, False
    if device:
        return open_webcam(int(device[1]), stall_s=stall_s)
    if is_folder:
        return open_folder(path, rate_hz=folder_rate_hz)
    if is_file:
        return PictureSource([path], path.name, rate_hz=folder_rate_hz) if is_picture(path) else VideoSource(path)
    shown = mask_address(spec) if "@" in spec or re.match(r"\w{2,}:", spec) else spec  # perhaps a mistyped address
    if _looks_like_file(spec):
        raise CameraError(f"No such file or folder: {shown}; check the spelling and where it lies.")
    return open_webcam(find_camera(shown, list_cameras()).index, stall_s=stall_s)


def _looks_like_file(spec: str) -> bool:
    return "/" in spec or "\\" in spec or Path(spec).suffix.lower() in PICTURE_SUFFIXES | _VIDEO_SUFFIXES
