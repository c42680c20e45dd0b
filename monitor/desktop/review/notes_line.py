"""The notes of the days shown, above whatever view of them; in full when they are pointed at."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QLabel, QWidget

from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.records import Note
from monitor.words import shortened

MOST_NOTES: Final = 4
MOST_IN_FULL: Final = 12
"""So many fit on a screen, however long they are."""
LONGEST: Final = 80
_LONG_WORD: Final = re.compile(r"(\S{20})(?=\S)")
_BREAK: Final = "\u200b"
"""A space of no width: words may be broken there."""


class NotesLine(QLabel):
    """The latest notes in a line or two, each cut to so much; hidden without any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def show_notes(self, notes: Sequence[Note], clock: LocalClock) -> None:
        """Show these, given in order of time."""
        told = [(f"{_when(note, clock)} ", note.text) for note in notes]
        shown = " · ".join(when + breakable(shortened(text, LONGEST)) for when, text in told[-MOST_NOTES:])
        more = self.tr("; %n earlier", "", len(told) - MOST_NOTES) if len(told) > MOST_NOTES else ""
        self.setText(self.tr("Notes: {notes}").format(notes=shown) + more)
        lines = [html.escape(when + breakable(text)) for when, text in told[-MOST_IN_FULL:]]
        self.setToolTip(f"<p style='white-space: pre-wrap'>{'<br>'.join(lines)}</p>" if lines else "")
        self.setVisible(bool(notes))


def breakable(text: str) -> str:
    """A text whose longest words, addresses mostly, may be broken, so that they make no window wider."""
    return _LONG_WORD.sub(rf"\1{_BREAK}", text)


def _when(note: Note, clock: LocalClock) -> str:
    at = clock.local(note.t_utc_s)
    day = QLocale.system().toString(QDate(at.year, at.month, at.day), QLocale.FormatType.ShortFormat)
    return f"{day} {at:%H:%M}"
