"""Where the program stands, in one value that every window draws."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from monitor.alerts.modes import Mode
from monitor.desktop.signals import Reading
from monitor.judgement.assessment import Assessment
from monitor.judgement.staleness import CHANGE_WORDS, Change
from monitor.words import STATE_WORDS, duration_words, tilt_words

_COMMANDS = re.compile(r" \((?:see )?`(?:saddle|--)[^`]*`[^()]*\)|; see `saddle [^`]*`(?=\))")
"""Advice for a terminal, which errors that come up in both give in brackets."""


class Kind(StrEnum):
    """What the program is doing."""

    SETUP = "setup"
    LOADING = "loading"
    WATCHING = "watching"
    PAUSED = "paused"
    OFF = "off"
    LOST = "lost"
    TROUBLE = "trouble"
    LENT = "lent"


@dataclass(frozen=True)
class Status:
    """Where the program stands.

    Attributes:
        kind: what it is doing.
        reason: why it is off, lost, lent or in trouble; a sentence or phrase.
        reading: the newest judged frame; None unless watching.
        changed: what seems to have changed since the calibration, not answered yet.
        quiet: why no warning is given now; empty when there is no reason.
        snoozed: whether a snooze is going on.
        mode: how it speaks up.
        until: when a pause ends; None when the user ends it.
        profile: the profile in use.
    """

    kind: Kind = Kind.SETUP
    reason: str = ""
    reading: Reading | None = None
    changed: tuple[Change, ...] = ()
    quiet: str = ""
    snoozed: bool = False
    mode: Mode = Mode.NORMAL
    until: datetime | None = None
    profile: str = ""

    @property
    def assessment(self) -> Assessment | None:
        """The newest assessment, while watching."""
        return self.reading.moment.assessment if self.kind is Kind.WATCHING and self.reading else None

    def headline(self) -> str:
        """The state in a few words."""
        match self.kind:
            case Kind.SETUP:
                return _tr("Not set up yet")
            case Kind.LOADING:
                return _tr("Starting…")
            case Kind.PAUSED:
                return _tr("Paused until {time}").format(time=clock_words(self.until)) if self.until else _tr("Paused")
            case Kind.OFF:
                return _tr("Camera off")
            case Kind.LOST:
                return _tr("No picture")
            case Kind.TROUBLE | Kind.LENT:
                return _tr("Not watching")
        if self.assessment is None:
            return _tr("Starting…")
        if self.changed:
            return _tr("Calibrate again?")
        return STATE_WORDS[self.assessment.state].capitalize()

    def detail(self) -> str:
        """The reason, or the tilt and how long; empty when there is nothing to add."""
        assessment = self.assessment
        if assessment is None:
            return sentence(self.reason)
        if self.changed:
            return " ".join(CHANGE_WORDS[change] for change in self.changed)
        if assessment.reason:
            return sentence(assessment.reason)
        held = duration_words(assessment.time_in_state_s)
        if math.isnan(assessment.tilt_deg):
            return _tr("For {duration}").format(duration=held)
        return _tr("{tilt}, for {duration}").format(tilt=tilt_words(assessment).capitalize(), duration=held)

    def quiet_note(self) -> str:
        """Why no warning is given although the sitter is watched; empty when there is no reason."""
        if self.assessment is None or not self.quiet or self.changed:
            return ""
        return _tr("Watching without warnings: {reason}.").format(reason=self.quiet)


def sentence(text: str) -> str:
    """A phrase as a sentence for a window: a capital first, a full stop last, without what is typed in a terminal."""
    text = _COMMANDS.sub("", text).strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…" else ".")


def clock_words(when: datetime) -> str:
    """A time of day, with the day when it is not today, as the locale writes it."""
    local = when.astimezone()
    locale = QLocale.system()
    time = str(locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat))
    if local.date() == datetime.now(UTC).astimezone().date():
        return time
    return f"{locale.dayName(local.isoweekday())} {time}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Status", text)
