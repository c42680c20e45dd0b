"""When to speak, and in which words. Pure: judged frames go in, effects come out, time is an argument."""

from __future__ import annotations

from monitor.alerts.causes import Cause
from monitor.alerts.effects import Answered, Effect, KneeHint, SilentCue, SitBreak, Warn
from monitor.alerts.engine import step
from monitor.alerts.policy import AlertSettings
from monitor.alerts.state import AlertState, acknowledge

__all__ = [
    "AlertSettings",
    "AlertState",
    "Answered",
    "Cause",
    "Effect",
    "KneeHint",
    "SilentCue",
    "SitBreak",
    "Warn",
    "acknowledge",
    "step",
]
