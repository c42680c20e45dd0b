"""What the user can ask of a running watch. Values only; the loop carries them out before its next frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from monitor.alerts.modes import Mode
from monitor.settings import Settings


@dataclass(frozen=True)
class Apply:
    """Go on with these numbers, in this mode."""

    settings: Settings
    mode: Mode


@dataclass(frozen=True)
class Moved:
    """The user says that they have moved."""


@dataclass(frozen=True)
class KeepCalibration:
    """The user says that the calibration still fits."""


Order: TypeAlias = Apply | Moved | KeepCalibration
