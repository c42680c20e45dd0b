"""Today's share of tipped time: what the log knew at the start, and what was seen since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from monitor.judgement.assessment import Assessment
from monitor.tally import Tally, add


class Today(QObject):
    """Counts in the windows' thread; `seed` may come from any."""

    _seeded = Signal(object)

    def __init__(self, day: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tally = Tally(day)
        self._seeded.connect(self._on_seeded)

    def add(self, assessment: Assessment, day: date) -> None:
        """Take in one judged frame."""
        self.tally = add(self.tally, assessment, day)

    def seed(self, day: date, seated_s: float, tipped_s: float) -> None:
        """Count what the log knew of today when the program started. From any thread."""
        self._seeded.emit((day, seated_s, tipped_s))

    def _on_seeded(self, known: tuple[date, float, float]) -> None:
        day, seated_s, tipped_s = known
        if day == self.tally.day:
            now = self.tally
            self.tally = replace(now, seated_s=now.seated_s + seated_s, tipped_s=now.tipped_s + tipped_s)
