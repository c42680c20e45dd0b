"""The words of the table of bouts: days, states, causes, and what followed a warning."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from monitor.alerts.causes import Cause
from monitor.desktop.live.chips import cause_words
from monitor.judgement.assessment import State
from monitor.tiltlog.aftermath import After, Followed
from monitor.tiltlog.records import NOT_OBSERVED
from monitor.words import STATE_WORDS, duration_words


@cache
def day_text(year: int, month: int, day: int, *, with_year: bool = True) -> str:
    """A day as the locale writes it: "Mon 5 Oct 2026"."""
    return str(QLocale().toString(QDate(year, month, day), "ddd d MMM yyyy" if with_year else "ddd d MMM"))


def state_text(state: str) -> str:
    """A state in words."""
    if state == NOT_OBSERVED:
        return QCoreApplication.translate("Bouts", "not observed")
    return STATE_WORDS[State(state)]


def cause_text(cause: str, nothing: str = "–") -> str:
    """A cause as the log names it in words."""
    if cause in set(Cause):
        return cause_words(Cause(cause))
    return cause.replace("_", " ") or nothing


def followed_text(followed: Followed) -> str:
    """What followed, with after how long where something happened."""
    words = {
        After.MOVED: QCoreApplication.translate("Bouts", "moved after {time}"),
        After.STOOD_UP: QCoreApplication.translate("Bouts", "stood up after {time}"),
        After.LEFT: QCoreApplication.translate("Bouts", "left after {time}"),
        After.STILL_TIPPED: QCoreApplication.translate("Bouts", "still tipped"),
        After.STILL_SEATED: QCoreApplication.translate("Bouts", "still seated"),
        After.NOT_SEEN: QCoreApplication.translate("Bouts", "not seen"),
    }
    return words[followed.what].format(time=duration_words(followed.after_s))
