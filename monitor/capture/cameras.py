"""The cameras plugged into this computer, by number and name."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass

import cv2

from monitor.errors import CameraError

UNNAMED = "unnamed"


@dataclass(frozen=True)
class CameraInfo:
    """One camera of this computer.

    Attributes:
        index: number by which it is opened.
        name: as the driver tells it, or `UNNAMED`.
        path: device path or lasting identifier, "" when the system has none.
        backend: OpenCV's name of the way it is opened, e.g. "V4L2".
    """

    index: int
    name: str
    path: str
    backend: str


def camera_backend() -> int:
    """The way OpenCV opens a webcam on this system, the same one whose numbers `list_cameras` gives."""
    if sys.platform.startswith("linux"):
        return cv2.CAP_V4L2
    if sys.platform == "win32":
        return cv2.CAP_DSHOW
    if sys.platform == "darwin":
        return cv2.CAP_AVFOUNDATION
    return cv2.CAP_ANY


def list_cameras() -> tuple[CameraInfo, ...]:
    """The cameras there are, by number; opens none of them. Blocks for some milliseconds, on Windows up to a second."""
    from cv2_enumerate_cameras import enumerate_cameras  # loads a system framework on macOS: only when asked

    backend = camera_backend()
    backend_name = cv2.videoio_registry.getBackendName(backend) if backend != cv2.CAP_ANY else "any"
    found = (
        CameraInfo(camera.index, (camera.name or "").strip() or UNNAMED, camera.path or "", backend_name)
        for camera in enumerate_cameras(backend)
    )
    return tuple(sorted(found, key=lambda camera: camera.index))


def describe_cameras(cameras: Iterable[CameraInfo]) -> str:
    """The cameras as the end of a sentence: "cameras found: 0 (HD Webcam), 2 (USB Camera)"."""
    listed = ", ".join(f"{camera.index} ({camera.name})" for camera in cameras)
    return f"cameras found: {listed}" if listed else "no camera was found on this computer"


def find_camera(name: str, cameras: Iterable[CameraInfo], *, whole_name: bool = False) -> CameraInfo:
    """The one camera whose name holds ``name``, ignoring case; a name that fits wholly goes before.

    With ``whole_name`` a part of a name is none.

    Raises:
        CameraError: none or several fit.
    """
    cameras = tuple(cameras)
    wanted = name.strip().casefold()
    fitting = [camera for camera in cameras if wanted in camera.name.casefold()]
    whole = [camera for camera in fitting if wanted == camera.name.casefold()]
    if whole_name:
        fitting = whole
    if len(whole) == 1 or len(fitting) == 1:
        return (whole or fitting)[0]
    if fitting:
        raise CameraError(
            f'Several cameras are called "{name}": unplug the others or take one by its number '
            f"({describe_cameras(fitting)}; see `saddle cameras`)."
        )
    raise CameraError(
        f'No camera is called "{name}" ({describe_cameras(cameras)}): plug it in, or choose another camera '
        "(see `saddle cameras`), file, folder or address."
    )
