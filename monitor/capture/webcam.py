"""Opening a webcam by its number, and saying why one does not open."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import cv2

from monitor.capture.cameras import UNNAMED, CameraInfo, camera_backend, describe_cameras, list_cameras
from monitor.capture.live import STALL_S, LiveSource
from monitor.capture.quiet import silence_opencv
from monitor.errors import CameraError

_ADVICE = "check its cable, close other programs that use it, and start again"


def open_webcam(index: int, *, stall_s: float = STALL_S) -> LiveSource:
    """Open the webcam of this number. Blocks as long as the driver takes, commonly about a second.

    Raises:
        CameraError: there is no such camera, it is in use, or it may not be used.
    """
    silence_opencv()
    cameras = list_cameras()
    known = next((camera for camera in cameras if camera.index == index), None)
    capture = cv2.VideoCapture(index, camera_backend())
    if not capture.isOpened():
        capture.release()
        raise CameraError(_why_not(index, known, cameras))
    name = f"webcam {index} ({known.name})" if known and known.name != UNNAMED else f"webcam {index}"
    return LiveSource(capture, name, advice=_ADVICE, stall_s=stall_s)


def _why_not(index: int, known: CameraInfo | None, cameras: tuple[CameraInfo, ...]) -> str:
    """The sentence for a camera that did not open."""
    device = Path(f"/dev/video{index}")
    if sys.platform.startswith("linux") and device.exists() and not os.access(device, os.R_OK | os.W_OK):
        return (
            f"Webcam {index} may not be used by this account: "
            f"ask for access to {device} (commonly by joining the group video) and log in again."
        )
    if known is None:
        there = describe_cameras(cameras)
        return f"There is no webcam {index} ({there}): plug it in or choose another camera (see `saddle cameras`)."
    privacy = {
        "darwin": ", and allow the camera in System Settings, Privacy & Security",
        "win32": ", and allow desktop apps to use the camera in Settings, Privacy",
    }.get(sys.platform, "")
    return (
        f"Webcam {index} ({known.name}) does not open, another program is probably using it: "
        f"close video calls and other camera programs{privacy}, then start again."
    )
