"""A settings window without a screen."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from settings_fakes import Opened

from monitor.desktop.settings.window import SettingsWindow
from monitor.settings import Settings


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Opened:
    opened = Opened(SettingsWindow(Settings(), data_folder=tmp_path, profiles=("Couch", "Desk"), profile="Desk"))
    qtbot.addWidget(opened.window)
    opened.window.applied.connect(opened.told.append)
    with qtbot.waitExposed(opened.window):
        opened.window.show()
    return opened
