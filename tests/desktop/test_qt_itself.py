from __future__ import annotations

import sys

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot


def test_calls_leave_the_count_of_none_alone(qtbot: QtBot) -> None:
    """PySide6 6.12.0 took one too many at each call on Python 3.11, which ends the program after some minutes."""
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.update()
    assert abs(sys.getrefcount(None) - before) < 500
