"""Which settings are on which page, in which words. A table, so that a new setting is one more line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True)
class Entry:
    """One setting on a page.

    Attributes:
        table, name: where it stands in the settings file.
        words: what it is called in the window; the letter after "&" is its key.
        help: what is said about it; empty takes the description in the settings.
        kind: "plain" by its type; "share" a slider in percent; "sense" a slider for a sensitivity; "keep" how long.
        needs: name of the switch, in the same table, without which it has no effect.
        part: a small heading above it, where a new part of the page begins.
        rare: shown only below "More".
    """

    table: str
    name: str
    words: str
    help: str = ""
    kind: str = "plain"
    needs: str = ""
    part: str = ""
    rare: bool = False


@dataclass(frozen=True)
class Page:
    """A page: its title, a sentence about it, and its entries."""

    title: str
    about: str
    entries: tuple[Entry, ...] = ()


def plain(words: str) -> str:
    """The words without the sign of the key."""
    return words.replace("&", "")


def choice_words(value: str) -> str:
    """One of several values in words."""
    words = {"quiet": _tr("quietly: icon and glow only"), "normal": _tr("as set below")}
    return words.get(value, value)


def keep_choices() -> tuple[tuple[int, str], ...]:
    """What the log can be kept for: days (0 is for ever) and words."""
    return (
        (0, _tr("for ever")),
        (31, _tr("1 month")),
        (92, _tr("3 months")),
        (183, _tr("6 months")),
        (365, _tr("12 months")),
        (730, _tr("24 months")),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Settings", text)


def pages() -> tuple[Page, ...]:
    """All pages that are made of plain entries, in order."""
    return (_warnings(), _tipped(), _causes(), _quiet(), _camera())


def _warnings() -> Page:
    return Page(
        _tr("Warnings"),
        _tr("First the tray icon and a thin glow at the edge of the screen, then one notice."),
        (
            Entry("desktop", "mode", _tr("&Warn"), part=_tr("When")),
            Entry("alerts", "silent_cue_s", _tr("&Glow after tipped for")),
            Entry("alerts", "dwell_s", _tr("Warning &after tipped for")),
            Entry("alerts", "cool_down_s", _tr("&Between two warnings at least")),
            Entry("alerts", "max_per_hour", _tr("Warnings in an &hour at most")),
            Entry("desktop", "glow", _tr("Glow at the &edge of the screen"), part=_tr("How")),
            Entry("desktop", "sounds", _tr("&Soft sound at a warning")),
            Entry("notice", "desktop", _tr("Use the desktop's own &notices")),
            Entry("alerts", "dose_warning", _tr("Also warn when &tipped time adds up"), part=_tr("What else")),
            Entry("alerts", "knee_hint", _tr("Hint once when the &knees stay above the hips")),
            Entry("alerts", "sit_break", _tr("Suggest to stand &up after a long sit")),
            Entry("alerts", "sit_break_s", _tr("A long s&it is"), needs="sit_break"),
            Entry(
                "alerts",
                "answered_within_s",
                _tr("A warning is answered within"),
                _tr("Whoever sits up within this time has answered the warning."),
                rare=True,
            ),
            Entry(
                "alerts",
                "ignored_before_back_off",
                _tr("Wait longer after so many ignored"),
                _tr("After so many warnings without an answer the next one comes later."),
                rare=True,
            ),
            Entry(
                "alerts",
                "back_off_factor",
                _tr("Wait longer by the factor"),
                _tr("The time between two warnings grows by this factor; 1 keeps it as it is."),
                rare=True,
            ),
            Entry(
                "alerts",
                "back_off_max_cool_down_s",
                _tr("Wait at most"),
                _tr("However many were ignored, the next warning comes after this time at the latest."),
                rare=True,
            ),
            Entry("alerts", "unknown_grace_s", _tr("Counting goes on after not being seen for up to"), rare=True),
        ),
    )


def _tipped() -> Page:
    return Page(
        _tr("Tipped"),
        _tr(
            "0 % is your own neutral sit, 100 % your own slump. You are tipped from the upper limit on, and upright "
            "again below the lower one; between them nothing changes. Lower limits say tipped earlier and more often."
        ),
        (
            Entry("judgement", "enter_pct", _tr("&Tipped from"), kind="share"),
            Entry("judgement", "leave_pct", _tr("&Upright again below"), kind="share"),
            Entry(
                "judgement",
                "leave_s",
                _tr("and only after it has &stayed there for"),
                _tr("Sitting up for a shorter time than this does not end a tipped stretch."),
            ),
            Entry(
                "judgement",
                "enter_skeleton_pct",
                _tr("Tipped from, when your &back is not clear"),
                _tr("The upper limit where the edge of the back cannot be told from the chair or the room."),
                kind="share",
            ),
            Entry(
                "judgement",
                "smoothing_s",
                _tr("Smoothed over the last"),
                _tr("The tilt is the middle one of so many seconds: longer is calmer, shorter is quicker."),
                rare=True,
            ),
            Entry("judgement", "settle_s", _tr("A new state must last"), rare=True),
            Entry("judgement", "lean_deg", _tr("Leaning from"), rare=True),
            Entry(
                "judgement",
                "recline_deg",
                _tr("Reclined from"),
                _tr("Reclined when the trunk is so far behind neutral."),
                rare=True,
            ),
            Entry("judgement", "standing_deg", _tr("Standing when the thigh hangs within"), rare=True),
            Entry("judgement", "side_max_deg", _tr("Side view up to"), rare=True),
            Entry("judgement", "front_min_deg", _tr("Front view from"), rare=True),
        ),
    )


def _causes() -> Page:
    sooner = _tr("Further to the right it is named at smaller changes, further to the left only at larger ones.")
    return Page(
        _tr("Likely causes"),
        _tr("What a warning may name. Each has its own sensitivity."),
        (
            Entry("causes", "knees_above_hips", _tr("&Knees above the hips")),
            Entry(
                "causes", "knees_sensitivity", _tr("How early to name the knees"), sooner, "sense", "knees_above_hips"
            ),
            Entry("causes", "head_forward", _tr("&Head forward")),
            Entry("causes", "head_sensitivity", _tr("How early to name the head"), sooner, "sense", "head_forward"),
            Entry("causes", "arms_forward", _tr("&Arms reach forward")),
            Entry("causes", "arms_sensitivity", _tr("How early to name the arms"), sooner, "sense", "arms_forward"),
        ),
    )


def _quiet() -> Page:
    return Page(
        _tr("Quiet times"),
        _tr("When the screen is locked, the lid closed or the computer asleep, the camera is always off."),
        (
            Entry("quiet", "microphone", _tr("No warning while a &call uses the microphone")),
            Entry("quiet", "camera", _tr("Camera off while another &program uses one")),
            Entry("quiet", "full_screen", _tr("No warning while a program fills the &screen")),
            Entry("quiet", "do_not_disturb", _tr("No warning in &do-not-disturb")),
            Entry("quiet", "low_battery", _tr("Camera off when the &battery is low")),
            Entry("quiet", "low_battery_pct", _tr("Lo&w is below"), needs="low_battery"),
        ),
    )


def _camera() -> Page:
    again = _tr("A camera that was unplugged or taken is tried again: soon at first, then less and less often.")
    return Page(
        _tr("Camera"),
        _tr("Which camera is in use is chosen in the calibration. Fewer frames cost less power."),
        (
            Entry("camera", "rate_hz", _tr("&Frames judged, at most")),
            Entry("camera", "retry_first_s", _tr("A lost camera is tried again after"), again, rare=True),
            Entry("camera", "retry_most_s", _tr("and at least every"), again, rare=True),
        ),
    )


GENERAL: Final = (("desktop", "autostart"), ("desktop", "guide_sounds"))
"""Entries of the page that the window itself makes, so that a test can see that nothing is forgotten."""
QUIET_PAGE: Final = 3
"""Number of the page of quiet times."""
