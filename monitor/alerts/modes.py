"""The modes of the alerts: quiet, normal, and a short training."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from monitor.alerts.policy import AlertSettings

TRAINING_S: Final = 600.0
"""A training lasts so long (brief, section 5: opt-in, 10 min)."""


class Mode(StrEnum):
    """How the program speaks up."""

    QUIET = "quiet"
    NORMAL = "normal"
    TRAINING = "training"


def for_mode(settings: AlertSettings, mode: Mode) -> AlertSettings:
    """The policy in a mode. Training: the cue after 3 s, a warning after 7 s, at most one in 20 s, no back-off."""
    if mode is not Mode.TRAINING:
        return settings
    return settings.model_copy(
        update={
            "silent_cue_s": 3.0,
            "dwell_s": 7.0,
            "cool_down_s": 20.0,
            "max_per_hour": 60,
            "answered_within_s": 15.0,
            "ignored_before_back_off": 20,
            "back_off_max_cool_down_s": 20.0,
            "dose_warning": False,
        }
    )
