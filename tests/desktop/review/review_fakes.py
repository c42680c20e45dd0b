"""A made log of four days, and the window that shows it, with a keeper that writes down who watches."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from pytestqt.qtbot import QtBot

from bench.made_log import workdays
from monitor.desktop.review.window import ReviewWindow

DAYS = list(workdays(date(2026, 10, 22), 4))  # Thursday, Friday, and Monday, Tuesday after clocks went back
NOW = datetime(2026, 10, 27, 20, tzinfo=UTC)


class Keeper:
    """Where the log is; keeps whether somebody watches."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: list[str] = []

    def rest(self) -> None:
        self.told.append("rest")

    def go_on(self) -> None:
        self.told.append("go on")


def settle(qtbot: QtBot, window: ReviewWindow) -> None:
    """Until everything asked for is read and shown."""
    qtbot.waitUntil(lambda: not window.loader.is_busy, timeout=20_000)


def turn_to(qtbot: QtBot, window: ReviewWindow, name: str) -> None:
    """Show this tab."""
    names = ["day", "period", "bouts", "exposure", "compare"]
    window.tabs.setCurrentIndex(names.index(name))
    settle(qtbot, window)
