"""What every view of the review is: something that loads a range of days in a thread, and shows it in the windows'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import SourceKind


@dataclass(frozen=True, slots=True)
class Span:
    """Local days, from first to last (included)."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """True for a single day."""
        return self.first == self.last


def kind_of(log: LogReader) -> SourceKind:
    """What is shown of a log: what cameras saw live, or the recordings where they have seen nothing yet."""
    return "recording" if log.last_day("live") is None and log.last_day("recording") is not None else "live"


class ReviewView(QWidget):
    """A tab of the review.

    `load` runs in a thread of its own with a reader that belongs to it; what it returns is given to `show_loaded` in
    the windows' thread. A log without anything in the range is no error: each view has words for it.
    """

    moment_wanted = Signal(float)
    """The user wants to see this moment in the day, seconds UTC."""
    day_wanted = Signal(object)
    """The user wants to see this day (a date)."""
    note_wanted = Signal(float)
    """The user wants to write a note for this moment, seconds UTC."""

    def load(self, log: LogReader, span: Span, kind: SourceKind = "live") -> Any:
        """Read what the view needs of this kind. Runs in a thread: touches no widget. Raises LogError."""
        raise NotImplementedError

    def show_loaded(self, loaded: Any, span: Span) -> None:
        """Show what `load` returned."""
        raise NotImplementedError
