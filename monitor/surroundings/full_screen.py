"""Whether the window in front fills the screen, as the window manager tells X11 programs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping
from typing import Any

_NO_DISPLAY = "No X display was found: a program that fills the screen is not noticed."
_WAYLAND = "On Wayland a native window that fills the screen is not noticed."
_LOST = "The X display could not be reached: a program that fills the screen is not noticed."
_LOOKS_BETWEEN_TRIES = 6
_WORDS = 1024


def _open_display(name: str) -> Any:
    from Xlib.display import Display

    return Display(name)


class FullScreen:
    """Keeps one connection to the display, and opens a new one when it was lost. Used by one thread at a time.

    ``why_not`` is empty when everything can be seen, else a plain sentence.
    """

    def __init__(
        self,
        environment: Mapping[str, str] = os.environ,
        own_pid: int = 0,
        open_display: Callable[[str], Any] = _open_display,
    ) -> None:
        self._name = environment.get("DISPLAY", "")
        wayland = environment.get("WAYLAND_DISPLAY", "")
        self._blind = _WAYLAND if wayland else _NO_DISPLAY if not self._name else ""
        self.why_not = self._blind
        self._own_pid = own_pid or os.getpid()
        self._open, self._display, self._wait = open_display, None, 0

    def look(self) -> bool:
        """True when the window in front fills the screen and is not our own; False when that cannot be seen."""
        if not self._name:
            return False
        if self._display is None:
            if self._wait > 0:
                self._wait -= 1
                return False
            try:
                self._display = self._open(self._name)
            except Exception:  # noqa: BLE001 - python-xlib raises many kinds; the next tries may do better
                self._lost()
                return False
            self.why_not = self._blind
        try:
            return self._front_fills_screen(self._display)
        except Exception as error:  # noqa: BLE001 - as above
            if type(error).__name__ not in ("BadWindow", "BadDrawable"):  # those: the window closed meanwhile
                self.close()
                self._lost()
            return False

    def close(self) -> None:
        """Give the connection up; `look` opens a new one."""
        display, self._display = self._display, None
        if display is not None:
            with contextlib.suppress(Exception):
                display.close()

    def _lost(self) -> None:
        self.why_not = self._blind or _LOST
        self._wait = _LOOKS_BETWEEN_TRIES

    def _front_fills_screen(self, display: Any) -> bool:
        front = self._property(display, display.screen().root, "_NET_ACTIVE_WINDOW")
        if not front or not front[0]:
            return False
        window = display.create_resource_object("window", front[0])
        states = self._property(display, window, "_NET_WM_STATE")
        if display.intern_atom("_NET_WM_STATE_FULLSCREEN") not in states:
            return False
        return list(self._property(display, window, "_NET_WM_PID"))[:1] != [self._own_pid]

    @staticmethod
    def _property(display: Any, window: Any, name: str) -> Any:
        answer = window.get_property(display.intern_atom(name), 0, 0, _WORDS)
        return answer.value if answer is not None else ()
