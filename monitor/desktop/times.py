"""Pauses, snoozes and trainings: what is going on until when. Pure: the present is an argument."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alerts.modes import Mode


@dataclass(frozen=True, slots=True)
class Times:
    """What is going on; aware times, None for no end (a pause) or for nothing.

    Attributes:
        paused: the camera is off until ``paused_until``, or until the user resumes.
        paused_until: see above.
        snoozed_until: no warning before this.
        training_until: a training goes on until then.
        mode: how to speak up when there is no training.
    """

    paused: bool = False
    paused_until: datetime | None = None
    snoozed_until: datetime | None = None
    training_until: datetime | None = None
    mode: Mode = Mode.NORMAL

    @property
    def mode_now(self) -> Mode:
        """How to speak up now."""
        return Mode.TRAINING if self.training_until else self.mode

    def after(self, now: datetime) -> Times:
        """What still goes on at this time."""
        over = replace(self)
        if over.paused_until is not None and now >= over.paused_until:
            over = replace(over, paused=False, paused_until=None)
        if over.snoozed_until is not None and now >= over.snoozed_until:
            over = replace(over, snoozed_until=None)
        if over.training_until is not None and now >= over.training_until:
            over = replace(over, training_until=None)
        return over
