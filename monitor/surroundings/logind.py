"""The login service: lock, user switch, lid, and a sleep that waits until the camera is released."""

from __future__ import annotations

import asyncio
import logging
import os
from typing import TYPE_CHECKING, Any

from monitor.surroundings.board import Board
from monitor.surroundings.bus import Bus, CallError, changed_properties
from monitor.surroundings.seat import find_session

if TYPE_CHECKING:
    from dbus_fast import Message

_LOG = logging.getLogger(__name__)
NAME = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
MANAGER = f"{NAME}.Manager"
SESSION = f"{NAME}.Session"
_READS = 5
_NO_SESSION = (
    "The desktop session of this program was not found: locking is noticed by the screen saver only, "
    "and a user switch is not noticed."
)
_NO_DELAY = "Sleep cannot be delayed here: the camera may still be open when the computer falls asleep."


class Logind:
    """Listens to logind. See `monitor.surroundings.bus.Service`.

    A request to lock that nothing confirms within ``unconfirmed_s`` is forgotten: where no screen lock answers to it,
    nothing would ever tell of the unlocking.
    """

    name = NAME
    rules = (f"type='signal',sender='{NAME}'",)
    missing = "No login service was found: locking, sleep, the lid and a user switch are not noticed at once."

    def __init__(self, board: Board, unconfirmed_s: float) -> None:
        self._board, self._unconfirmed_s = board, unconfirmed_s
        self._bus: Bus | None = None
        self._session = ""
        self._hint = self._asleep = self._lid = self._docked = False
        self._signals = 0
        self._delay_fd = -1
        self._delaying: asyncio.Task[None] | None = None
        self._finding: asyncio.Task[None] | None = None
        self._doubt: asyncio.TimerHandle | None = None

    async def arrived(self, bus: Bus) -> None:
        """See `Service.arrived`."""
        self._bus = bus
        self._delay_sleep()
        await self._read(bus)

    def heard(self, message: Message) -> None:
        """See `Service.heard`."""
        self._signals += 1
        match message.member, message.signature:
            case "PrepareForSleep", "b":
                self._prepare_for_sleep(message.body[0])
            case (("Lock" | "Unlock"), "") if message.path == self._session:
                self._lock_wanted(message.member == "Lock")
            case (("SessionNew" | "SessionRemoved"), "so") if not self._session or message.body[1] == self._session:
                if self._bus is not None and (self._finding is None or self._finding.done()):
                    self._finding = asyncio.ensure_future(self._read_again(self._bus))
            case "PropertiesChanged", _ if message.path == PATH:
                self._lid_is(changed_properties(message, MANAGER))
            case "PropertiesChanged", _ if message.path == self._session:
                self._session_is(changed_properties(message, SESSION))

    def gone(self) -> None:
        """See `Service.gone`."""
        self._bus, self._session = None, ""
        for task in (self._delaying, self._finding):
            if task is not None:
                task.cancel()
        self._delaying = self._finding = None
        self._end_delay()
        self._hint = self._asleep = self._lid = self._docked = False
        self._unlock()
        self._board.tell(asleep=False, session_active=True, lid_closed=False)
        self._board.note("session", "")
        self._board.note("delay", "")

    async def look_at_lid(self) -> None:
        """Read the lid, whose changes logind does not announce."""
        bus = self._bus
        if bus is None:
            return
        closed = await bus.get(NAME, PATH, MANAGER, "LidClosed")
        docked = closed and await bus.get(NAME, PATH, MANAGER, "Docked")
        if bus is self._bus:  # else the service ended meanwhile
            self._lid_is({"LidClosed": closed, "Docked": docked})

    async def _read_again(self, bus: Bus) -> None:
        try:
            await self._read(bus)
        except CallError as error:
            _LOG.debug("logind: %s", error)

    async def _read(self, bus: Bus) -> None:
        """Take in the present state; once more when a signal, which is newer, came in between."""
        for _ in range(_READS):
            signals = self._signals
            self._session = await find_session(bus)
            manager = await bus.get_all(NAME, PATH, MANAGER)
            session = await bus.get_all(NAME, self._session, SESSION) if self._session else {}
            if signals == self._signals:
                break
        self._board.note("session", "" if self._session else _NO_SESSION)
        self._asleep = bool(manager.get("PreparingForSleep", False))
        self._board.tell(asleep=self._asleep)
        self._lid_is(manager)
        self._session_is({"LockedHint": False, "Active": True} | session)

    def _lid_is(self, properties: dict[str, Any]) -> None:
        self._lid = bool(properties.get("LidClosed", self._lid))
        self._docked = bool(properties.get("Docked", self._docked))
        self._board.tell(lid_closed=self._lid and not self._docked)

    def _session_is(self, properties: dict[str, Any]) -> None:
        if "LockedHint" in properties:
            self._hint = bool(properties["LockedHint"])
            if self._hint:
                self._settle_doubt()
                self._board.lock(NAME, True)
            else:
                self._unlock()
        if "Active" in properties:
            self._board.tell(session_active=bool(properties["Active"]))

    def _lock_wanted(self, locked: bool) -> None:
        if not locked:
            self._unlock()
            return
        self._settle_doubt()
        if not self._hint:
            self._doubt = asyncio.get_running_loop().call_later(self._unconfirmed_s, self._unlock)
        self._board.lock(NAME, True)

    def _unlock(self) -> None:
        self._settle_doubt()
        self._board.lock(NAME, False)

    def _settle_doubt(self) -> None:
        if self._doubt is not None:
            self._doubt.cancel()
            self._doubt = None

    def _prepare_for_sleep(self, going: bool) -> None:
        self._asleep = going
        self._board.tell(asleep=going)
        if going:
            self._board.begin()  # even before the first look round has ended
            self._end_delay()
        else:
            self._delay_sleep()

    def _delay_sleep(self) -> None:
        if self._bus is not None and self._delay_fd < 0 and (self._delaying is None or self._delaying.done()):
            self._delaying = asyncio.ensure_future(self._ask_for_delay(self._bus))

    async def _ask_for_delay(self, bus: Bus) -> None:
        wish = ("sleep", "Saddle", "Release the camera", "delay")
        try:
            # No time limit: an answer that came after it would leave a delay that nobody ends.
            answer = await bus.call(NAME, PATH, f"{MANAGER}.Inhibit", "ssss", wish, answer_s=None)
            self._delay_fd = answer.unix_fds[answer.body[0]]
        except (CallError, IndexError, TypeError) as error:
            _LOG.debug("logind: %s", error)
            if not self._asleep:
                self._board.note("delay", _NO_DELAY)
            return
        os.set_inheritable(self._delay_fd, False)
        self._board.note("delay", "")
        if self._asleep:
            self._end_delay()

    def _end_delay(self) -> None:
        if self._delay_fd >= 0:
            os.close(self._delay_fd)
            self._delay_fd = -1
