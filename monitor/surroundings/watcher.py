"""What every watcher of the surroundings can do, and which one fits this system."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol

from monitor.surroundings.state import Surroundings


class Watcher(Protocol):
    """Tells of the surroundings from a thread of its own. Started once, stopped once."""

    @property
    def why_not(self) -> tuple[str, ...]:
        """Plain sentences for what cannot be watched here; complete from the first call of ``on_change`` on."""
        ...

    def start(self, on_change: Callable[[Surroundings], None]) -> None:
        """Begin to watch; returns at once.

        ``on_change`` is called in the watcher's thread: first with the state found, then at each change only. Before
        sleep the computer waits for it to return, so it may close the camera; it should take no longer than 2 s.
        """
        ...

    def stop(self) -> None:
        """End the watching; waits at most 2 s for the thread. May be called again, and before `start`."""
        ...


def open_watcher() -> Watcher:
    """The watcher that fits this system; nothing is watched before it is started."""
    if sys.platform.startswith("linux"):
        from monitor.surroundings.linux import LinuxWatcher

        return LinuxWatcher()
    from monitor.surroundings.elsewhere import PollingWatcher

    return PollingWatcher()
