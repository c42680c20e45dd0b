"""The window in front: on a real X server without a window manager, whose part the test plays."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from monitor.surroundings.full_screen import FullScreen

OWN, ANOTHER = 100, 200


class Screen:
    """An X server of its own."""

    def __init__(self) -> None:
        if shutil.which("Xvfb") is None:
            pytest.skip("Xvfb is not installed")
        pytest.importorskip("Xlib")
        read_fd, write_fd = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_fd), "-screen", "0", "320x240x24", "-nolisten", "tcp"],
            pass_fds=[write_fd],
            stderr=subprocess.DEVNULL,
        )
        os.close(write_fd)
        with os.fdopen(read_fd) as file:
            self.environment = {"DISPLAY": f":{file.readline().strip()}"}
        from Xlib.display import Display

        self.display = Display(self.environment["DISPLAY"])

    def window(self, pid: int = ANOTHER, *, full: bool) -> Any:
        """A new window, brought to the front."""
        root = self.display.screen().root
        window = root.create_window(0, 0, 320, 240, 0, 24)
        self._put(window, "_NET_WM_PID", "CARDINAL", [pid])
        states = ["_NET_WM_STATE_ABOVE", *(["_NET_WM_STATE_FULLSCREEN"] if full else [])]
        self._put(window, "_NET_WM_STATE", "ATOM", [self.display.intern_atom(state) for state in states])
        self.bring_to_front(window.id)
        return window

    def bring_to_front(self, window_id: int) -> None:
        self._put(self.display.screen().root, "_NET_ACTIVE_WINDOW", "WINDOW", [window_id])
        self.display.sync()

    def kill(self) -> None:
        self._server.kill()
        self._server.wait()

    def _put(self, window: Any, name: str, kind: str, values: list[int]) -> None:
        window.change_property(self.display.intern_atom(name), self.display.intern_atom(kind), 32, values)


@pytest.fixture
def screen() -> Iterator[Screen]:
    screen = Screen()
    yield screen
    screen.kill()


def test_the_window_in_front(screen: Screen) -> None:
    look = FullScreen(screen.environment, OWN)
    assert not look.look()
    full = screen.window(full=True)
    assert look.look()
    screen.window(full=False)
    assert not look.look()
    screen.bring_to_front(full.id)
    assert look.look()
    screen.bring_to_front(0)
    assert not look.look()
    assert look.why_not == ""
    look.close()


def test_our_own_window_does_not_count(screen: Screen) -> None:
    look = FullScreen(screen.environment, OWN)
    screen.window(OWN, full=True)
    assert not look.look()
    look.close()


def test_a_window_that_closes_meanwhile(screen: Screen) -> None:
    look = FullScreen(screen.environment, OWN)
    window = screen.window(full=True)
    assert look.look()
    window.destroy()
    screen.display.sync()
    assert not look.look()
    screen.window(full=True)
    assert look.look()
    look.close()


def test_a_display_that_is_lost_is_tried_again_but_not_at_each_look(screen: Screen) -> None:
    from Xlib.display import Display

    names = []

    def open_display(name: str) -> Display:
        names.append(name)
        return Display(name)

    look = FullScreen(screen.environment, OWN, open_display)
    screen.window(full=True)
    assert look.look()
    screen.kill()
    assert not look.look()
    assert "could not be reached" in look.why_not
    for _ in range(13):
        assert not look.look()
    assert len(names) == 2


def test_it_comes_back_with_the_display() -> None:
    class Broken:
        def screen(self) -> Any:
            raise ConnectionError

        def close(self) -> None:
            raise ConnectionError

    look = FullScreen({"DISPLAY": ":1"}, OWN, lambda _: Broken())
    assert not look.look()
    look = FullScreen({"DISPLAY": ":1", "WAYLAND_DISPLAY": "wayland-0"}, OWN, lambda _: Broken())
    assert "Wayland" in look.why_not
    assert not look.look()
    assert "Wayland" in look.why_not


def test_without_a_display() -> None:
    look = FullScreen({}, OWN)
    assert not look.look()
    assert "No X display" in look.why_not
