from __future__ import annotations

import math
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from monitor.surroundings import Surroundings, open_watcher
from monitor.surroundings.elsewhere import PollingWatcher

WAIT_S = 20.0
PROJECT = Path(__file__).parents[3]


def test_only_the_battery_is_watched_and_the_rest_is_said() -> None:
    charges, states, third = iter([50.0, 50.0, 49.0]), [], threading.Event()

    def on_change(state: Surroundings) -> None:
        states.append(state)
        if len(states) == 3:
            third.set()

    watcher = PollingWatcher(0.01, lambda: next(charges, math.nan))
    watcher.start(on_change)
    assert third.wait(WAIT_S)
    watcher.stop()
    watcher.stop()
    assert states == [Surroundings(battery_pct=50.0), Surroundings(battery_pct=49.0), Surroundings()]
    said = " ".join(watcher.why_not)
    for what in ("Locking", "user", "Sleep", "Calls", "fill the screen"):
        assert what in said


def test_a_battery_that_cannot_be_read() -> None:
    def broken() -> float:
        raise OSError("no such driver")

    told = threading.Event()
    watcher = PollingWatcher(3600, broken)
    watcher.stop()
    watcher = PollingWatcher(3600, broken)
    watcher.start(lambda _: told.set())
    assert told.wait(WAIT_S)
    assert any("battery could not be read" in sentence for sentence in watcher.why_not)
    watcher.stop()


@pytest.mark.parametrize(
    ("platform", "name"), [("linux", "LinuxWatcher"), ("win32", "PollingWatcher"), ("darwin", "PollingWatcher")]
)
def test_the_watcher_that_fits(monkeypatch: pytest.MonkeyPatch, platform: str, name: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert type(open_watcher()).__name__ == name


def test_importing_loads_no_library_and_starts_nothing() -> None:
    modules = [f"monitor.surroundings.{path.stem}" for path in (PROJECT / "monitor/surroundings").glob("*.py")]
    modules = [name.removesuffix(".__init__") for name in modules]
    check = (
        f"import sys, threading, {', '.join(modules)}\n"
        "assert not {'dbus_fast', 'psutil', 'Xlib', 'PySide6'} & set(sys.modules)\n"
        "assert threading.active_count() == 1\n"
    )
    done = subprocess.run([sys.executable, "-c", check], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
