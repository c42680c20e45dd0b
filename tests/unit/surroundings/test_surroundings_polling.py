"""What is looked up, in made-up /proc folders."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest

from monitor.surroundings import polling
from monitor.surroundings.polling import camera_used_by, microphone_used, screen_lock_runs, sound_is_visible

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has /proc")

OWN = 100
REAL_BATTERY = polling.battery_pct


class Machine:
    """A folder like /proc, and one like /dev with a camera in it."""

    def __init__(self, folder: Path) -> None:
        self.proc, self.video = folder / "proc", str(folder / "dev" / "video")
        self.proc.mkdir()
        (folder / "dev").mkdir()
        Path(self.video + "0").touch()

    def program(self, pid: int, name: str, *files: str, parent: int = 1) -> None:
        folder = self.proc / str(pid)
        (folder / "fd").mkdir(parents=True)
        (folder / "comm").write_text(name + "\n")
        (folder / "stat").write_text(f"{pid} ({name}) S {parent} 1 1 0")
        for number, file in enumerate(files):
            (folder / "fd" / str(number)).symlink_to(file)

    def camera_used_by(self) -> str:
        return camera_used_by(self.proc, self.video, OWN)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_no_program_has_a_camera_open(machine: Machine) -> None:
    machine.program(7, "editor", "/dev/null", "socket:[12]")
    (machine.proc / "meminfo").write_text("")
    assert machine.camera_used_by() == ""


def test_another_program_has_a_camera_open(machine: Machine) -> None:
    machine.program(7, "editor", "/dev/null")
    machine.program(8, "cheese", "/dev/null", machine.video + "0")
    assert machine.camera_used_by() == "cheese"


def test_our_own_camera_and_that_of_our_children_is_none_of_another_program(machine: Machine) -> None:
    machine.program(OWN, "saddle", machine.video + "0", parent=1)
    machine.program(101, "child) 1 (x", machine.video + "0", parent=OWN)
    machine.program(102, "grandchild", machine.video + "0", parent=101)
    assert machine.camera_used_by() == ""
    machine.program(103, "cheese", machine.video + "1", parent=1)
    assert machine.camera_used_by() == "cheese"


def test_what_keeps_cameras_open_without_using_them_is_passed_over(machine: Machine) -> None:
    machine.program(7, "wireplumber", machine.video + "0")
    machine.program(8, "pipewire", machine.video + "0")
    assert machine.camera_used_by() == ""


def test_a_program_without_a_name(machine: Machine) -> None:
    machine.program(8, "cheese", machine.video + "0")
    (machine.proc / "8" / "comm").unlink()
    assert machine.camera_used_by() == "another program"


def test_programs_that_hide_their_files_or_end_meanwhile(machine: Machine) -> None:
    machine.program(7, "hidden", machine.video + "0")
    for file in (machine.proc / "7" / "fd").iterdir():
        file.unlink()
    (machine.proc / "7" / "fd").rmdir()
    machine.program(9, "looping", machine.video + "0", parent=9)
    (machine.proc / "7" / "fd").write_text("no folder")
    assert machine.camera_used_by() == "looping"


def test_without_a_camera_no_program_is_looked_at(machine: Machine) -> None:
    machine.program(8, "cheese", machine.video + "0")
    Path(machine.video + "0").unlink()
    assert machine.camera_used_by() == ""


def test_nothing_to_look_at(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    assert camera_used_by(nowhere, str(nowhere / "video")) == ""
    assert not microphone_used(nowhere)
    assert not screen_lock_runs(nowhere)
    assert not sound_is_visible(nowhere)


@pytest.mark.parametrize(
    ("stream", "status", "used"),
    [
        ("pcm0c", "state: RUNNING\nowner_pid   : 12\n", True),
        ("pcm0c", "closed\n", False),
        ("pcm0c", "state: SETUP\n", False),
        ("pcm0p", "state: RUNNING\n", False),
    ],
)
def test_the_microphone(machine: Machine, stream: str, status: str, used: bool) -> None:
    for card, content in (("card0", "closed\n"), ("card1", status)):
        folder = machine.proc / "asound" / card / stream / "sub0"
        folder.mkdir(parents=True)
        (folder / "status").write_text(content)
    assert microphone_used(machine.proc) is used
    assert sound_is_visible(machine.proc)


def test_a_stand_alone_screen_lock(machine: Machine) -> None:
    machine.program(7, "editor")
    assert not screen_lock_runs(machine.proc)
    machine.program(8, "swaylock")
    assert screen_lock_runs(machine.proc)


@pytest.mark.parametrize(
    ("battery", "charge_pct"),
    [
        (None, math.nan),
        (SimpleNamespace(percent=41.6, power_plugged=False), 42.0),
        (SimpleNamespace(percent=41.6, power_plugged=True), math.nan),
        (SimpleNamespace(percent=41.6, power_plugged=None), math.nan),
    ],
)
def test_the_battery(monkeypatch: pytest.MonkeyPatch, battery: Any, charge_pct: float) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery, raising=False)
    assert REAL_BATTERY() == pytest.approx(charge_pct, nan_ok=True)


def test_a_system_without_battery_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert math.isnan(REAL_BATTERY())


def test_the_watcher_tells_what_it_sees(
    watch: Callable[..., Any], machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    charge_pct = [80.0]
    monkeypatch.setattr(polling, "battery_pct", lambda: charge_pct[0])
    _, told = watch(camera_s=0.01, other_s=0.01)
    told.wait_for(lambda s: s.battery_pct == 80.0)
    machine.program(os.getpid() + 1, "cheese", machine.video + "0")
    told.wait_for(lambda s: s.camera_used_by == "cheese")
    machine.program(os.getpid() + 2, "i3lock")
    told.wait_for(lambda s: s.locked)
    folder = machine.proc / "asound" / "card0" / "pcm0c" / "sub0"
    folder.mkdir(parents=True)
    (folder / "status").write_text("state: RUNNING\n")
    told.wait_for(lambda s: s.microphone_used)
    charge_pct[0] = 79.0
    told.wait_for(lambda s: s.battery_pct == 79.0)


def test_a_look_that_fails_ends_nothing(watch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> float:
        raise OSError("no such driver")

    monkeypatch.setattr(polling, "battery_pct", broken)
    monkeypatch.setattr(polling, "camera_used_by", broken)
    watcher, told = watch()
    told.wait_for(lambda s: True)
    assert any("battery could not be read" in sentence for sentence in watcher.why_not)
