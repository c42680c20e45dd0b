"""Where the frames come from: webcam, network camera, video file, folder of pictures.

The only package that opens a camera or a video. Frames live in memory only; nothing here writes a picture, and the
network is touched only for an address that the user typed.
"""

from __future__ import annotations

from monitor.capture.cameras import CameraInfo, list_cameras
from monitor.capture.frame import Frame, FrameSource
from monitor.capture.opening import open_source

__all__ = ["CameraInfo", "Frame", "FrameSource", "list_cameras", "open_source"]
