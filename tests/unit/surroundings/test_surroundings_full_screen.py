"""Windows that fill the screen: on a real X server without a window manager, whose part the test plays."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from monitor.surroundings.full_screen import FullScreen

OWN, ANOTHER = 100, 200
ON_ALL_DESKTOPS = 0xFFFFFFFF


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
        self.states(window, "ABOVE", *(["FULLSCREEN"] if full else []))
        self.bring_to_front(window.id)
        return window

    def states(self, window: Any, *states: str) -> None:
        atoms = [self.display.intern_atom(f"_NET_WM_STATE_{state}") for state in states]
        self._put(window, "_NET_WM_STATE", "ATOM", atoms)
        self.display.sync()

    def kind(self, window: Any, kind: str) -> None:
        self._put(window, "_NET_WM_WINDOW_TYPE", "ATOM", [self.display.intern_atom(f"_NET_WM_WINDOW_TYPE_{kind}")])
        self.display.sync()

    def desktop(self, window: Any, number: int) -> None:
        self._put(window, "_NET_WM_DESKTOP", "CARDINAL", [number])
        self.display.sync()

    def go_to_desktop(self, number: int) -> None:
        self._put(self.display.screen().root, "_NET_CURRENT_DESKTOP", "CARDINAL", [number])
        self.display.sync()

    def stack(self, *windows: Any) -> None:
        """What the window manager tells of all windows, the lowest first."""
        numbers = [window.id for window in windows]
        self._put(self.display.screen().root, "_NET_CLIENT_LIST_STACKING", "WINDOW", numbers)
        self.display.sync()

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


@pytest.fixture
def look(screen: Screen) -> Iterator[FullScreen]:
    look = FullScreen(screen.environment, OWN)
    yield look
    look.close()


def test_a_window_that_fills_the_screen_counts_when_another_is_in_front(screen: Screen, look: FullScreen) -> None:
    film, note = screen.window(full=True), screen.window(full=False)
    screen.stack(film, note)
    assert look.look()
    screen.states(film, "ABOVE")
    assert not look.look()


def test_a_window_that_cannot_be_seen_does_not_count(screen: Screen, look: FullScreen) -> None:
    film, note = screen.window(full=True), screen.window(full=False)
    screen.stack(film, note)
    screen.states(film, "FULLSCREEN", "HIDDEN")
    assert not look.look()
    screen.states(film, "FULLSCREEN")
    assert look.look()
    screen.desktop(film, 1)
    assert look.look(), "no desktop is known to be shown"
    screen.go_to_desktop(0)
    assert not look.look()
    screen.go_to_desktop(1)
    assert look.look()
    screen.go_to_desktop(0)
    screen.desktop(film, ON_ALL_DESKTOPS)
    assert look.look()


def test_the_picture_below_all_windows_does_not_count(screen: Screen, look: FullScreen) -> None:
    wallpaper, icons = screen.window(full=True), screen.window(full=True)
    screen.states(wallpaper, "FULLSCREEN", "BELOW")
    screen.kind(icons, "DESKTOP")
    screen.stack(wallpaper, icons)
    assert not look.look()
    screen.kind(icons, "NORMAL")
    assert look.look()


def test_neither_our_own_nor_a_closed_window_hides_another_one(screen: Screen, look: FullScreen) -> None:
    film, own, gone = screen.window(full=True), screen.window(OWN, full=True), screen.window(full=True)
    screen.stack(gone, own, film)
    gone.destroy()
    screen.display.sync()
    assert look.look()
    screen.stack(gone, own)
    assert not look.look()
    assert look.why_not == ""


def test_a_window_manager_that_only_tells_of_the_window_in_front(screen: Screen) -> None:
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
