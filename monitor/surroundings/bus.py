"""Calls to the services on a message bus, and what a service that is listened to looks like."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

_PROPERTIES = "org.freedesktop.DBus.Properties"
ANSWER_S = 5.0


class CallError(Exception):
    """A service refused a call, or did not answer in time."""


class Bus:
    """Calls over one open connection. No call starts a service that does not run."""

    def __init__(self, connection: MessageBus) -> None:
        self._connection = connection

    async def call(
        self,
        service: str,
        path: str,
        member: str,
        signature: str = "",
        body: Sequence[Any] = (),
        *,
        answer_s: float | None = ANSWER_S,
    ) -> Message:
        """The answer to ``member``, named with its interface.

        Raises:
            CallError: it was refused, or none came within ``answer_s``.
        """
        from dbus_fast import Message, MessageFlag, MessageType

        interface, _, name = member.rpartition(".")
        call = Message(
            destination=service,
            path=path,
            interface=interface,
            member=name,
            signature=signature,
            body=list(body),
            flags=MessageFlag.NO_AUTOSTART,
        )
        try:
            async with asyncio.timeout(answer_s):
                answer = await self._connection.call(call)
        except TimeoutError:
            raise CallError(f"{service} did not answer {name} within {answer_s:g} s") from None
        if answer.message_type is not MessageType.METHOD_RETURN:
            raise CallError(f"{service} refused {name} ({answer.error_name})")
        return answer

    async def get(self, service: str, path: str, interface: str, name: str) -> Any:
        """One property. Raises `CallError`."""
        answer = await self.call(service, path, f"{_PROPERTIES}.Get", "ss", (interface, name))
        return answer.body[0].value

    async def get_all(self, service: str, path: str, interface: str) -> dict[str, Any]:
        """All properties of an interface. Raises `CallError`."""
        answer = await self.call(service, path, f"{_PROPERTIES}.GetAll", "s", (interface,))
        return {name: variant.value for name, variant in answer.body[0].items()}


class Service(Protocol):
    """A service that is listened to. All its methods are called in the watcher's loop; none may block.

    ``rules`` are the match rules of its signals; ``missing`` says what is not noticed without it, and is empty when
    that needs no mention.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - told above

    @property
    def rules(self) -> tuple[str, ...]: ...  # noqa: D102 - told above

    @property
    def missing(self) -> str: ...  # noqa: D102 - told above

    async def arrived(self, bus: Bus) -> None:
        """It runs: read its state."""
        ...

    def heard(self, message: Message) -> None:
        """It sent a signal."""
        ...

    def gone(self) -> None:
        """It ended, or the bus did: forget all it said. May be called again."""
        ...


def changed_properties(message: Message, interface: str) -> dict[str, Any]:
    """The new values in a signal that properties of this interface changed; empty for any other signal."""
    if (message.interface, message.member, message.signature) != (_PROPERTIES, "PropertiesChanged", "sa{sv}as"):
        return {}
    if message.body[0] != interface:
        return {}
    return {name: variant.value for name, variant in message.body[1].items()}
