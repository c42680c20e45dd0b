"""Why the program says nothing now. Pure: what is going on comes as arguments."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from monitor.alerts.modes import Mode
from monitor.desktop.status import clock_words
from monitor.desktop.times import Times
from monitor.settings import Settings
from monitor.surroundings.state import Surroundings, quiet_reason


def silence_reason(times: Times, surroundings: Surroundings, settings: Settings) -> str:
    """Why nothing at all may show itself, neither glow nor notice nor question; empty when there is no reason."""
    if times.snoozed_until is not None and times.training_until is None:
        return _tr("snoozed until {time}").format(time=clock_words(times.snoozed_until))
    return quiet_reason(surroundings, settings.quiet)


def no_warning_reason(
    times: Times, surroundings: Surroundings, settings: Settings, now: datetime, rest_until: datetime | None
) -> str:
    """Why no warning is given; empty when there is no reason. ``rest_until``: the end of the last one's cool-down."""
    silence = silence_reason(times, surroundings, settings)
    if silence:
        return silence
    if rest_until is not None and now < rest_until and times.mode_now is Mode.NORMAL:
        return _tr("you were warned a while ago")
    return _tr("quiet mode") if times.mode_now is Mode.QUIET else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Quiet", text)
