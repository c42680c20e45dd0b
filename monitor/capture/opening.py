"""From what the user typed to a source of frames."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from monitor.capture.cameras import UNNAMED, CameraInfo, find_camera, list_cameras
from monitor.capture.folder import FOLDER_RATE_HZ, PICTURE_SUFFIXES, PictureSource, is_picture, open_folder
from monitor.capture.frame import FrameSource
from monitor.capture.live import STALL_S
from monitor.capture.network import OPEN_TIMEOUT_S, mask_address, open_network_camera
from monitor.capture.video import VideoSource
from monitor.capture.webcam import open_webcam
from monitor.errors import CameraError

_VIDEO_SUFFIXES = frozenset({".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".wmv", ".ts", ".3gp"})
_NUMBER = re.compile(r"[0-9]{1,3}")
_DEVICE = re.compile(r"/dev/video([0-9]{1,3})")


def open_source(
    spec: str,
    *,
    folder_rate_hz: float = FOLDER_RATE_HZ,
    stall_s: float = STALL_S,
    open_timeout_s: float = OPEN_TIMEOUT_S,
    whole_name: bool = False,
) -> FrameSource:
    """Open what the user named. The calling thread blocks: for a file briefly, for a camera up to some seconds.

    Args:
        spec: a webcam by number ("0"), device ("/dev/video0") or part of its name; a video file; a folder of
            pictures or a single picture; the address of a network camera ("rtsp://...").
        folder_rate_hz: pictures of a folder for each second of time.
        stall_s: how long to wait for one picture of a camera before it counts as lost.
        open_timeout_s: how long to wait for a network camera to answer.
        whole_name: a webcam's name must be whole, so that no other camera stands in for one that was unplugged.

    Raises:
        CameraError: it cannot be opened; one sentence with what to do next.
    """
    spec = spec.strip()
    if not spec:
        raise CameraError("No camera was named: give a number, name, file, folder or address (see `saddle cameras`).")
    if _NUMBER.fullmatch(spec):
        return open_webcam(int(spec), stall_s=stall_s)
    if "://" in spec:
        return open_network_camera(spec, stall_s=stall_s, open_timeout_s=open_timeout_s)
    if not spec.isprintable():
        raise CameraError(f"The name {spec!r} has characters that cannot be opened: rename the file or folder.")
    path = Path(spec)
    device, is_folder, is_file = _on_disk(path)
    if device:
        return open_webcam(int(device[1]), stall_s=stall_s)
    if is_folder:
        return open_folder(path, rate_hz=folder_rate_hz)
    if is_file:
        return PictureSource([path], path.name, rate_hz=folder_rate_hz) if is_picture(path) else VideoSource(path)
    if _looks_like_file(spec):
        raise CameraError(f"No such file or folder: {_shown(spec)}; check the spelling and where it lies.")
    camera = find_camera(_shown(spec), list_cameras(), whole_name=whole_name)
    return open_webcam(camera.index, stall_s=stall_s)


def is_webcam(spec: str) -> bool:
    """Whether `open_source` takes this for the number or name of a webcam, plugged in or not."""
    spec = spec.strip()
    if _NUMBER.fullmatch(spec):
        return True
    if not spec or "://" in spec or not spec.isprintable() or _looks_like_file(spec) or _shown(spec) != spec:
        return False
    return not any(_on_disk(Path(spec)))


def find_webcam(spec: str, cameras: Iterable[CameraInfo]) -> CameraInfo | None:
    """The one of these cameras that `open_source` would open; None when there is none, or no webcam is meant."""
    spec = spec.strip()
    if _NUMBER.fullmatch(spec):
        return next((camera for camera in cameras if camera.index == int(spec)), None)
    try:
        return find_camera(spec, cameras) if is_webcam(spec) else None
    except CameraError:
        return None


def lasting_source(camera: CameraInfo, cameras: Iterable[CameraInfo]) -> str:
    """What to keep of a camera for `open_source`: its name, as numbers change whenever cameras come and go.

    The number where the name is missing, fits several of ``cameras``, or would be taken for something else.
    """
    by_name = camera.name != UNNAMED and find_webcam(camera.name, cameras) == camera
    return camera.name if by_name else str(camera.index)


def _on_disk(path: Path) -> tuple[re.Match[str] | None, bool, bool]:
    """Whether it is the device of a webcam, a folder, or a file."""
    try:
        return _DEVICE.fullmatch(path.resolve().as_posix()), path.is_dir(), path.is_file()
    except (OSError, ValueError):  # too long for a path, or with a character that no path has
        return None, False, False


def _shown(spec: str) -> str:
    """How messages repeat what was typed, which may be a mistyped address."""
    return mask_address(spec) if "@" in spec or re.match(r"\w{2,}:", spec) else spec


def _looks_like_file(spec: str) -> bool:
    return "/" in spec or "\\" in spec or Path(spec).suffix.lower() in PICTURE_SUFFIXES | _VIDEO_SUFFIXES
