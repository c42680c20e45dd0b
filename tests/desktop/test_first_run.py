"""A sitter who does what is asked carries the real program from its first run to the first warning."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from bench.course import Course
from bench.obedient_sitter import CAMERA_NAME
from monitor.profiles import load_profile
from monitor.settings import load_settings
from monitor.tiltlog.reader import LogReader


def test_from_the_first_run_to_the_first_warning(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = Course(tmp_path)
    course.first_run()
    course.to_the_warning()
    course.pause_and_resume()
    course.quit()
    folder = course.desktop.store.folder
    assert load_profile(folder.profiles, "Desk").camera == CAMERA_NAME
    assert load_profile(folder.profiles, "Desk").scene
    assert load_settings(folder.settings).desktop.source == "Desk camera"
    with LogReader.open(folder.log) as reader:
        day = reader.day(reader.days()[-1])
    assert [warning.kind for warning in day.warnings] == ["dwell"]
    assert day.warnings[0].answered_s is not None
    assert ("not observed", "paused") in [(str(bout.state), bout.reason) for bout in day.bouts]


def test_the_first_window_is_up_before_the_pose_model_is_imported(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
application = QApplication([])
from monitor.desktop.app import Desktop
from monitor.folder import DataFolder
from monitor.surroundings.elsewhere import PollingWatcher
desktop = Desktop(DataFolder(Path({str(tmp_path)!r})), tray=False, watcher=PollingWatcher())
desktop.start()
application.processEvents()
assert desktop.windows["wizard"].isVisible() and desktop.small.isVisible()
print("imported:", sorted({{"mediapipe", "matplotlib"}} & set(sys.modules)))
desktop.quit()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "imported: []" in done.stdout
