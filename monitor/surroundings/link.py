"""A message bus that may be missing, late or lost, and the services on it that come and go."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from monitor.surroundings.board import Board
from monitor.surroundings.bus import ANSWER_S, Bus, CallError, Service

if TYPE_CHECKING:
    from dbus_fast import Message

_LOG = logging.getLogger(__name__)
_BUS = "org.freedesktop.DBus"
_BUS_PATH = "/org/freedesktop/DBus"


class Link:
    """Keeps services in touch with a bus: connects, listens, and tries again after ``retry_s`` when it drops."""

    def __init__(
        self, address: Callable[[], str], services: Sequence[Service], board: Board, missing: str, retry_s: float
    ) -> None:
        self.tried = asyncio.Event()
        self._address, self._board, self._missing, self._retry_s = address, board, missing, retry_s
        self._services = {service.name: service for service in services}
        self._owners: dict[str, str] = {}
        self._reading: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self._stay()
            except Exception as error:  # noqa: BLE001 - whatever a bus or its library does must not end the watching
                _LOG.debug("no bus: %r", error)
            finally:
                for name in self._services:
                    self._gone(name)
            for name in self._services:
                self._board.note(name, "")
            self._board.note(self._missing, self._missing)
            self.tried.set()
            await asyncio.sleep(self._retry_s)

    async def _stay(self) -> None:
        from dbus_fast.aio import MessageBus

        connection = MessageBus(bus_address=self._address(), negotiate_unix_fd=True)
        try:
            async with asyncio.timeout(ANSWER_S):
                await connection.connect()
            bus = Bus(connection)
            connection.add_message_handler(lambda message: self._heard(bus, message))
            self._board.note(self._missing, "")
            await self._listen(bus)
            self.tried.set()
            await connection.wait_for_disconnect()  # type: ignore[no-untyped-call]
        finally:
            with contextlib.suppress(Exception):
                connection.disconnect()

    async def _listen(self, bus: Bus) -> None:
        rules = [rule for service in self._services.values() for rule in service.rules]
        rules += [f"type='signal',sender='{_BUS}',member='NameOwnerChanged',arg0='{name}'" for name in self._services]
        await asyncio.gather(*(bus.call(_BUS, _BUS_PATH, f"{_BUS}.AddMatch", "s", (rule,)) for rule in rules))
        await asyncio.gather(*(self._find(bus, name) for name in self._services))
        if self._reading:
            await asyncio.wait(list(self._reading.values()))

    async def _find(self, bus: Bus, name: str) -> None:
        try:
            owner = (await bus.call(_BUS, _BUS_PATH, f"{_BUS}.GetNameOwner", "s", (name,))).body[0]
        except CallError:
            owner = ""
        if name not in self._owners:
            self._owned(bus, name, owner)

    def _heard(self, bus: Bus, message: Message) -> None:
        if message.sender == _BUS and message.member == "NameOwnerChanged" and message.signature == "sss":
            name, _, owner = message.body
            if name in self._services:
                self._gone(name)
                self._owned(bus, name, owner)
            return
        for name, owner in self._owners.items():
            if owner and owner == message.sender and message.member:
                self._services[name].heard(message)

    def _owned(self, bus: Bus, name: str, owner: str) -> None:
        self._owners[name] = owner
        if owner:
            self._board.note(name, "")
            self._reading[name] = asyncio.ensure_future(self._read(bus, name))
        else:
            self._board.note(name, self._services[name].missing)

    async def _read(self, bus: Bus, name: str) -> None:
        try:
            await self._services[name].arrived(bus)
        except Exception as error:  # noqa: BLE001 - a service that answers nonsense is as good as missing
            _LOG.debug("%s: %r", name, error)
            self._board.note(name, self._services[name].missing)

    def _gone(self, name: str) -> None:
        self._owners.pop(name, None)
        if (reading := self._reading.pop(name, None)) is not None:
            reading.cancel()
        self._services[name].gone()
