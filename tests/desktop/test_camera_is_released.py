"""A screen is locked on a private bus; the capture object tells that the device was closed, and opened again."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from desk_fakes import set_up, sitter
from pytestqt.qtbot import QtBot

from models.pose import ImageArray, Place, Pose
from monitor.capture.live import LiveSource
from monitor.clock import Clock
from monitor.desktop import camera_thread
from monitor.desktop.camera_thread import CameraThread
from monitor.desktop.cameras import Cameras
from monitor.desktop.notices import Notices
from monitor.desktop.program import Program
from monitor.desktop.sounds import Sounds
from monitor.desktop.speaker import Speaker
from monitor.desktop.status import Kind
from monitor.desktop.store import Store
from monitor.tiltlog.reader import LogReader

if not sys.platform.startswith("linux"):
    pytest.skip("D-Bus is Linux's", allow_module_level=True)

WAIT_MS = 20_000


class Device:
    """A camera as OpenCV opens it: black pictures, and a record of what was done with it."""

    def __init__(self, name: str, events: list[str]) -> None:
        self.name, self._events = name, events
        self._released = False
        events.append(f"open {name}")

    def grab(self) -> bool:
        assert not self._released, "grabbed after the release"
        return True

    def retrieve(self) -> tuple[bool, ImageArray]:
        return True, np.zeros((480, 640, 3), np.uint8)

    def release(self) -> None:
        self._released = True
        self._events.append(f"release {self.name}")


class EmptyRoom:
    """A pose model that sees nobody."""

    def estimate(self, image_bgr: ImageArray, t_s: float, place: Place | None) -> tuple[Pose, ...]:
        return ()

    def close(self) -> None:
        pass


class Room:
    """The program on a camera whose every opening and release is written down."""

    def __init__(self, folder: Path) -> None:
        self.events: list[str] = []
        self.folder = set_up(folder, "Desk")
        clock = Clock()
        cameras = Cameras(clock, lambda: self.program.store.settings.camera)
        cameras.open = self.open  # type: ignore[method-assign,assignment]
        self.camera = CameraThread()
        store = Store(self.folder)
        self.told: list[str] = []
        self.camera.signals.problem.connect(self.told.append)
        self.program = Program(store, cameras, self.camera, Speaker(Notices(), Sounds(False)), clock)

    def open(self, spec: str) -> LiveSource:
        device = Device(str(1 + len(self.events) // 2), self.events)
        return LiveSource(device, sitter().camera, advice="check it")  # type: ignore[arg-type]


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setattr(camera_thread, "open_estimator", EmptyRoom)
    room = Room(tmp_path)
    yield room
    room.program.close()
    assert room.events.count("open 1") == 1


@pytest.fixture
def logind(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    from fake_logind import FakeLogind, PrivateBus

    bus = PrivateBus()
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    fake = FakeLogind(bus.address)
    yield fake
    fake.stop()
    bus.close()


def follow(room: Room, qtbot: QtBot) -> None:
    from monitor.surroundings.linux import LinuxWatcher

    room.program.around.start(LinuxWatcher())
    room.program.watch()
    qtbot.waitUntil(lambda: room.program.status.kind is Kind.WATCHING, timeout=WAIT_MS)


def test_locking_closes_the_device_and_unlocking_opens_it_again(room: Room, logind: object, qtbot: QtBot) -> None:
    follow(room, qtbot)
    logind.lock()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: room.program.status.kind is Kind.OFF, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: room.events == ["open 1", "release 1"], timeout=WAIT_MS)
    assert "locked" in room.program.status.detail()
    logind.unlock()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: room.program.status.kind is Kind.WATCHING, timeout=WAIT_MS)
    assert room.events == ["open 1", "release 1", "open 2"]


def test_a_pause_of_the_last_time_keeps_the_device_closed_until_it_is_over(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_thread, "open_estimator", EmptyRoom)
    before = Room(tmp_path)
    before.program.pause(None)
    before.program.close()
    room = Room(tmp_path)
    with qtbot.waitSignal(room.camera.signals.off, timeout=WAIT_MS):
        room.program.watch()
    assert room.program.status.kind is Kind.PAUSED
    assert room.events == []
    room.program.resume()
    qtbot.waitUntil(lambda: room.events == ["open 1"], timeout=WAIT_MS)
    qtbot.waitUntil(lambda: room.program.status.kind is Kind.WATCHING, timeout=WAIT_MS)
    room.program.close()
    assert room.events == ["open 1", "release 1"]


def test_the_device_is_closed_before_the_computer_may_sleep(room: Room, logind: object, qtbot: QtBot) -> None:
    room_events = room.events
    delay = logind.next_delay  # type: ignore[attr-defined]
    follow(room, qtbot)
    waiting = delay()
    logind.go_to_sleep()  # type: ignore[attr-defined]
    assert waiting.released(20)
    assert room_events == ["open 1", "release 1"]
    logind.wake_up()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: room_events[-1] == "open 2", timeout=WAIT_MS)


@pytest.mark.parametrize("what", ["lid", "switch_user"])
def test_a_closed_lid_and_another_user_close_the_device(room: Room, logind: object, qtbot: QtBot, what: str) -> None:
    follow(room, qtbot)
    begin, end = {"lid": ({"closed": True}, {"closed": False}), "switch_user": ({"away": True}, {"away": False})}[what]
    getattr(logind, what)(**begin)
    qtbot.waitUntil(lambda: room.events == ["open 1", "release 1"], timeout=WAIT_MS)
    getattr(logind, what)(**end)
    qtbot.waitUntil(lambda: room.events[-1] == "open 2", timeout=WAIT_MS)


def test_a_pause_closes_the_device_and_the_time_is_logged_as_not_observed(room: Room, qtbot: QtBot) -> None:
    room.program.watch()
    qtbot.waitUntil(lambda: room.program.status.kind is Kind.WATCHING, timeout=WAIT_MS)
    room.program.pause(None)
    qtbot.waitUntil(lambda: room.events == ["open 1", "release 1"], timeout=WAIT_MS)
    paused = room.program.clock.now()  # a moment that the log can tell, which keeps tenths of a second
    qtbot.waitUntil(lambda: room.program.clock.now() - paused > timedelta(seconds=0.3), timeout=WAIT_MS)
    room.program.resume()
    qtbot.waitUntil(lambda: room.program.status.kind is Kind.WATCHING, timeout=WAIT_MS)
    room.program.close()
    with LogReader.open(room.folder.log) as reader:
        day = reader.between(paused - timedelta(days=1), paused + timedelta(days=1))
    assert ("not observed", "paused") in [(str(bout.state), bout.reason) for bout in day.bouts]


def test_a_log_that_cannot_be_used_is_set_aside_and_the_watch_goes_on(room: Room, qtbot: QtBot) -> None:
    held = b"this is no log " * 999
    room.folder.log.write_bytes(held)
    room.program.watch()
    qtbot.waitUntil(lambda: room.program.status.kind is Kind.WATCHING, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: bool(room.told), timeout=WAIT_MS)
    room.program.close()
    (aside,) = room.folder.path.glob("tilt.sqlite.set-aside-*")
    assert aside.read_bytes() == held
    assert f"set aside as {aside.name}" in room.told[0]
    with LogReader.open(room.folder.log) as reader:
        assert len(reader.sessions()) == 1


def test_quitting_closes_the_device(room: Room, qtbot: QtBot) -> None:
    room.program.watch()
    qtbot.waitUntil(lambda: room.program.status.kind is Kind.WATCHING, timeout=WAIT_MS)
    room.program.close()
    assert room.events == ["open 1", "release 1"]
