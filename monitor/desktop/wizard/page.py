"""What every page of the wizard is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from monitor.desktop.look import SPACE


class Page(QWidget):
    """One page. The window calls `enter` when it is shown and `leave` when another one follows.

    Signals:
        changed: `ready`, `next_text` or `offers_next` may have changed.
        forward: go on to the next page, as if Next had been pressed.
        wanted: go to the page of this class name.
    """

    changed = Signal()
    forward = Signal()
    wanted = Signal(str)

    wants_camera = False
    """Whether the camera may stay on while this page is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.rows = QVBoxLayout(self)
        self.rows.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self.rows.setSpacing(SPACE)

    def call(self, title: str) -> None:
        """Give the page its title, which the line of steps shows."""
        self.title = title
        self.setAccessibleName(title)

    @property
    def ready(self) -> bool:
        """Whether Next may be pressed."""
        return True

    @property
    def next_text(self) -> str:
        """What the Next button says; empty for the usual word."""
        return ""

    @property
    def offers_next(self) -> bool:
        """Whether there is a Next button at all."""
        return True

    def enter(self) -> None:
        """The page is being shown."""

    def leave(self) -> None:
        """Another page is being shown, or the window closes."""
