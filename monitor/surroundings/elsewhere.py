"""Windows and macOS, as far as it goes: the battery is watched; the rest is said to be unwatched."""

from __future__ import annotations

import threading
from collections.abc import Callable

from monitor.surroundings.board import Board
from monitor.surroundings.polling import battery_pct
from monitor.surroundings.state import Surroundings

_JOIN_S = 2.0
_NOT_NOTICED = (
    "Locking the screen and switching the user are not noticed on this system yet.",
    "Sleep is noticed only afterwards here, by the clock.",
    "Calls, programs that fill the screen and do not disturb are not noticed on this system yet.",
)


class PollingWatcher:
    """Looks at the battery every ``interval_s``. See `monitor.surroundings.watcher.Watcher`."""

    def __init__(self, interval_s: float = 30.0, battery: Callable[[], float] = battery_pct) -> None:
        self._interval_s, self._battery = interval_s, battery
        self._board: Board | None = None
        self._thread: threading.Thread | None = None
        self._stopped = threading.Event()

    @property
    def why_not(self) -> tuple[str, ...]:
        """See `Watcher.why_not`."""
        return _NOT_NOTICED + (self._board.why_not if self._board else ())

    def start(self, on_change: Callable[[Surroundings], None]) -> None:
        """See `Watcher.start`."""
        self._board = Board(on_change)
        self._thread = threading.Thread(target=self._run, args=(self._board,), name="surroundings", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """See `Watcher.stop`."""
        self._stopped.set()
        if self._board is not None:
            self._board.close()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_JOIN_S)

    def _run(self, board: Board) -> None:
        while not self._stopped.is_set():
            try:
                board.tell(battery_pct=self._battery())
                board.note("battery", "")
            except Exception:  # noqa: BLE001 - the battery is a nicety; whatever its driver does must end nothing
                board.note("battery", "The battery could not be read: its charge is not noticed.")
            board.begin()
            self._stopped.wait(self._interval_s)
