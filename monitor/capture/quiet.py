"""Keeps OpenCV and FFmpeg from writing to the terminal: the user reads our one sentence, never an address in a log."""

from __future__ import annotations

import os

import cv2

_AV_LOG_QUIET = "-8"


def silence_opencv() -> None:
    """Silence both; call before a picture or video is opened. FFmpeg reads its level once, at its first use."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", _AV_LOG_QUIET)
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
