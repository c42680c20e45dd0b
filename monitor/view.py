"""Where a watch shows what happens."""

from __future__ import annotations

from typing import Protocol

from monitor.judgement.assessment import Assessment


class View(Protocol):
    """Where the loop shows what happens. Called from the loop's thread; returns at once."""

    def show(self, assessment: Assessment, clock: str, judged_hz: float, dropped: int) -> None:
        """A judged frame: its assessment, the time to show, frames judged a second, live frames not judged."""
        ...

    def show_lost(self, reason: str) -> None:
        """The camera is lost: nothing is known now, so no state and no tilt are shown."""
        ...

    def show_off(self, reason: str) -> None:
        """The camera has been let go of, for this reason; it is taken again by itself when that is over."""
        ...

    def say(self, text: str, style: str = "") -> None:
        """One line that stays: a warning, a hint."""
        ...
