"""Two private buses in the place of the real ones, and a watcher that sees nothing of this machine."""

from __future__ import annotations

import math
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.surroundings import Surroundings, polling
from monitor.surroundings.linux import LinuxWatcher, Pace, Places

WAIT_S = 20.0
NOT_HERE = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_ID", "XDG_CURRENT_DESKTOP", "XDG_RUNTIME_DIR")
SELDOM = 3600.0


class Recorder:
    """Keeps every state it is told, and lets a test wait for one."""

    def __init__(self, during: Callable[[Surroundings], None] = lambda _: None) -> None:
        self.states: list[Surroundings] = []
        self._during, self._told = during, threading.Condition()

    def __call__(self, state: Surroundings) -> None:
        self._during(state)
        with self._told:
            self.states.append(state)
            self._told.notify_all()

    def wait_for(self, wanted: Callable[[Surroundings], bool]) -> Surroundings:
        """The newest state, as soon as it is the wanted one."""
        with self._told:
            came = self._told.wait_for(lambda: bool(self.states) and wanted(self.states[-1]), WAIT_S)
            assert came, f"never came; told were {self.states}"
            return self.states[-1]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NOT_HERE:
        monkeypatch.delenv(name, raising=False)
    for bus in ("SYSTEM", "SESSION"):
        monkeypatch.setenv(f"DBUS_{bus}_BUS_ADDRESS", "unix:path=/nowhere/bus")
    monkeypatch.setattr(polling, "battery_pct", lambda: math.nan)


@pytest.fixture
def new_bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Any]]:
    """Starts a bus and names it as the "SYSTEM" or the "SESSION" one."""
    if not sys.platform.startswith("linux"):
        pytest.skip("there is no message bus here")
    from fake_logind import PrivateBus

    buses = []

    def start(kind: str) -> PrivateBus:
        bus = PrivateBus()
        buses.append(bus)
        monkeypatch.setenv(f"DBUS_{kind}_BUS_ADDRESS", bus.address)
        return bus

    yield start
    for bus in buses:
        bus.close()


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., tuple[LinuxWatcher, Recorder]]]:
    """Starts a watcher and gives what it tells; keywords are those of `Pace`, and ``during`` of `Recorder`."""
    if not sys.platform.startswith("linux"):
        pytest.skip("this is the watcher of Linux")
    watchers = []

    def start(during: Callable[[Surroundings], None] = lambda _: None, **pace: float) -> tuple[LinuxWatcher, Recorder]:
        usual = {"camera_s": SELDOM, "other_s": SELDOM, "setting_s": SELDOM, "retry_s": SELDOM, "first_s": WAIT_S}
        watcher = LinuxWatcher(Pace(**(usual | pace)), Places(tmp_path / "proc", str(tmp_path / "dev/video")))
        recorder = Recorder(during)
        watchers.append(watcher)
        watcher.start(recorder)
        return watcher, recorder

    yield start
    for watcher in watchers:
        watcher.stop()
