"""One error class per edge. Each message is one plain sentence that says what to do next."""

from __future__ import annotations


class SaddleError(Exception):
    """Something the user can put right; the command line prints it as one sentence and exits with 2."""


class CameraError(SaddleError):
    """A camera, video file, folder of frames or network camera cannot be read."""


class ModelError(SaddleError):
    """The pose model is missing, damaged or does not start."""


class CalibrationError(SaddleError):
    """The calibration did not succeed; the message says what to change."""


class ProfileError(SaddleError):
    """A profile is missing, damaged, of another version or made for another camera."""


class SettingsError(SaddleError):
    """The settings file cannot be read or holds an unknown key or a value out of range."""


class LogError(SaddleError):
    """The tilt log cannot be read or written."""


class UnusableLogError(LogError):
    """The file in the place of the tilt log is damaged, of a newer version, or another program's."""


class OutputError(SaddleError):
    """A file that the user asked for cannot be written."""


class DesktopError(SaddleError):
    """The desktop program cannot show a window here."""
