"""Linux: two message buses and a few looks, in one thread with an asyncio loop."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.surroundings import polling
from monitor.surroundings.board import Board
from monitor.surroundings.bus import CallError
from monitor.surroundings.do_not_disturb import Notifications, desktop_setting
from monitor.surroundings.full_screen import FullScreen
from monitor.surroundings.link import Link
from monitor.surroundings.logind import Logind
from monitor.surroundings.screensaver import SAVERS, ScreenSaver
from monitor.surroundings.state import Surroundings

_LOG = logging.getLogger(__name__)
_JOIN_S = 2.0
_NO_SYSTEM_BUS = "No system bus was found: locking, sleep, the lid and a user switch are not noticed at once."
_NO_SESSION_BUS = "No session bus was found: the screen saver is not noticed."
_NO_SOUND = "No sound card was found: a call is not noticed by its microphone."
_NO_BATTERY = "The battery could not be read: its charge is not noticed."
_NO_QUIET = "This desktop does not tell of do not disturb: it is not noticed."


@dataclass(frozen=True, slots=True)
class Pace:
    """How often is looked, in seconds. ``first_s``: the first state is told after so long even if parts are missing."""

    camera_s: float = 2.0
    other_s: float = 5.0
    setting_s: float = 10.0
    retry_s: float = 30.0
    unconfirmed_lock_s: float = 30.0
    first_s: float = 3.0


@dataclass(frozen=True, slots=True)
class Places:
    """Where is looked; tests name folders of their own."""

    proc: Path = Path("/proc")
    video: str = "/dev/video"


class LinuxWatcher:
    """Listens to logind, screen savers and the notification service, and looks at the rest. See `Watcher`."""

    def __init__(self, pace: Pace | None = None, places: Places | None = None) -> None:
        self._pace, self._places = pace or Pace(), places or Places()
        self._board: Board | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopped = False
        self._wake: Callable[[], object] = lambda: None

    @property
    def why_not(self) -> tuple[str, ...]:
        """See `Watcher.why_not`."""
        return self._board.why_not if self._board is not None else ()

    def start(self, on_change: Callable[[Surroundings], None]) -> None:
        """See `Watcher.start`."""
        self._board = Board(on_change)
        self._thread = threading.Thread(target=self._run, args=(self._board,), name="surroundings", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """See `Watcher.stop`."""
        with self._lock:
            self._stopped = True
            self._wake()
        if self._board is not None:
            self._board.close()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(_JOIN_S)

    def _run(self, board: Board) -> None:
        try:
            asyncio.run(self._watch(board))
        except Exception:  # noqa: BLE001 - a watcher that fails leaves the program as it is without one
            _LOG.exception("the surroundings are not watched any more")

    async def _watch(self, board: Board) -> None:
        loop, end = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            if self._stopped:
                return
            self._wake = lambda: loop.call_soon_threadsafe(end.set)
        try:
            await _Watch(board, self._pace, self._places).until(end)
        finally:
            with self._lock:
                self._wake = lambda: None


class _Watch:
    """One watching, from its start to its end, inside the loop."""

    def __init__(self, board: Board, pace: Pace, places: Places) -> None:
        self._board, self._pace, self._places = board, pace, places
        self._logind = Logind(board, pace.unconfirmed_lock_s)
        self._notifications = Notifications(board)
        self._full_screen = FullScreen()
        savers = [ScreenSaver(name, board) for name in SAVERS]
        self._links = (
            Link(_system_bus, [self._logind], board, _NO_SYSTEM_BUS, pace.retry_s),
            Link(_session_bus, [*savers, self._notifications], board, _NO_SESSION_BUS, pace.retry_s),
        )

    async def until(self, end: asyncio.Event) -> None:
        """Watch until the event is set."""
        pace = self._pace
        looks = ((self._cameras, pace.camera_s), (self._others, pace.other_s), (self._setting, pace.setting_s))
        first = [asyncio.Event() for _ in looks]
        tasks = [asyncio.ensure_future(link.run()) for link in self._links]
        tasks += [
            asyncio.ensure_future(self._repeat(look, every_s, done))
            for (look, every_s), done in zip(looks, first, strict=True)
        ]
        ready = asyncio.gather(*(event.wait() for event in (*first, *(link.tried for link in self._links))))
        ending = asyncio.ensure_future(end.wait())
        waited_for: list[asyncio.Future[Any]] = [ready, ending]
        await asyncio.wait(waited_for, timeout=pace.first_s, return_when=asyncio.FIRST_COMPLETED)
        self._board.begin()
        await ending
        running: list[asyncio.Future[Any]] = [ready, *tasks]
        for one in running:
            one.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self._full_screen.close()

    async def _repeat(self, look: Callable[[], Awaitable[None]], every_s: float, done: asyncio.Event) -> None:
        while True:
            try:
                await look()
            except CallError as error:
                _LOG.debug("%s", error)
            except Exception:  # noqa: BLE001 - one look that fails must not end the others
                _LOG.exception("a look at the surroundings failed")
            done.set()
            await asyncio.sleep(every_s)

    async def _cameras(self) -> None:
        proc, video = self._places.proc, self._places.video
        self._board.tell(camera_used_by=await polling.in_thread(lambda: polling.camera_used_by(proc, video)))
        self._board.lock("a screen lock", await polling.in_thread(lambda: polling.screen_lock_runs(proc)))

    async def _others(self) -> None:
        proc = self._places.proc
        self._board.note("sound", "" if polling.sound_is_visible(proc) else _NO_SOUND)
        self._board.tell(microphone_used=await polling.in_thread(lambda: polling.microphone_used(proc)))
        try:
            self._board.tell(battery_pct=await polling.in_thread(polling.battery_pct))
            self._board.note("battery", "")
        except Exception:  # noqa: BLE001 - the battery is a nicety; whatever its driver does must end nothing
            self._board.note("battery", _NO_BATTERY)
        self._board.tell(full_screen=await polling.in_thread(self._full_screen.look))
        self._board.note("full screen", self._full_screen.why_not)
        await self._logind.look_at_lid()

    async def _setting(self) -> None:
        await self._links[1].tried.wait()  # the note below would be hasty before
        on = await desktop_setting()
        self._board.quiet("setting", bool(on))
        self._board.note("quiet", _NO_QUIET if on is None and not self._notifications.known else "")


def _system_bus() -> str:
    return os.environ.get("DBUS_SYSTEM_BUS_ADDRESS") or "unix:path=/run/dbus/system_bus_socket"


def _session_bus() -> str:
    address = os.environ.get("DBUS_SESSION_BUS_ADDRESS")
    if address:
        return address
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if not runtime:
        raise CallError("no session bus address is set")
    return f"unix:path={runtime}/bus"
