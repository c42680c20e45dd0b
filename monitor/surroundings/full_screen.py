"""Whether a window fills a screen, as the window manager tells X11 programs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any

_NO_DISPLAY = "No X display was found: a program that fills the screen is not noticed."
_WAYLAND = "On Wayland a native window that fills the screen is not noticed."
_LOST = "The X display could not be reached: a program that fills the screen is not noticed."
_LOOKS_BETWEEN_TRIES = 6
_WORDS = 1024
_LISTS = ("_NET_CLIENT_LIST_STACKING", "_NET_CLIENT_LIST", "_NET_ACTIVE_WINDOW")
"""Where the windows are named; the later ones are for window managers that do not keep the earlier ones."""
_ALL_DESKTOPS = 0xFFFFFFFF


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
        """True when a window that is not our own fills a screen; False when that cannot be seen.

        It need not be in front: with two screens the one typed into is often another. Minimised windows, those of other
        desktops and those below all others do not count.
        """
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
            return any(self._fills_screen(self._display, number) for number in self._windows(self._display))
        except Exception:  # noqa: BLE001 - as above
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

    def _windows(self, display: Any) -> Sequence[int]:
        root = display.screen().root
        return next((listed for name in _LISTS if (listed := self._property(display, root, name))), ())

    def _fills_screen(self, display: Any, number: int) -> bool:
        try:
            window = display.create_resource_object("window", number)
            states = self._property(display, window, "_NET_WM_STATE")
            if display.intern_atom("_NET_WM_STATE_FULLSCREEN") not in states:
                return False
            if {display.intern_atom(f"_NET_WM_STATE_{away}") for away in ("HIDDEN", "BELOW")}.intersection(states):
                return False
            return self._is_on_this_desktop(display, window) and not self._is_ours_or_the_desktop(display, window)
        except Exception as error:
            if type(error).__name__ in ("BadWindow", "BadDrawable"):
                return False  # it was closed meanwhile, or none is active
            raise

    def _is_on_this_desktop(self, display: Any, window: Any) -> bool:
        """Window managers without desktops tell of none."""
        place = [*self._property(display, window, "_NET_WM_DESKTOP")]
        shown = [*self._property(display, display.screen().root, "_NET_CURRENT_DESKTOP")]
        return not place or not shown or place == [_ALL_DESKTOPS] or place == shown

    def _is_ours_or_the_desktop(self, display: Any, window: Any) -> bool:
        kinds = self._property(display, window, "_NET_WM_WINDOW_TYPE")
        if display.intern_atom("_NET_WM_WINDOW_TYPE_DESKTOP") in kinds:
            return True
        return [*self._property(display, window, "_NET_WM_PID")] == [self._own_pid]

    @staticmethod
    def _property(display: Any, window: Any, name: str) -> Any:
        answer = window.get_property(display.intern_atom(name), 0, 0, _WORDS)
        return answer.value if answer is not None else ()
