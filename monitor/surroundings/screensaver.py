"""The screen savers of the desktops, which also tell of a locked screen where logind does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monitor.surroundings.board import Board
from monitor.surroundings.bus import Bus, CallError

if TYPE_CHECKING:
    from dbus_fast import Message

SAVERS = {
    "org.freedesktop.ScreenSaver": ("/org/freedesktop/ScreenSaver", "/ScreenSaver"),
    "org.gnome.ScreenSaver": ("/org/gnome/ScreenSaver",),
    "org.cinnamon.ScreenSaver": ("/org/cinnamon/ScreenSaver",),
    "org.mate.ScreenSaver": ("/org/mate/ScreenSaver", "/"),
    "org.xfce.ScreenSaver": ("/org/xfce/ScreenSaver", "/"),
}
"""Where each screen saver answers; the first path that does is taken."""


class ScreenSaver:
    """Listens to one screen saver. See `monitor.surroundings.bus.Service`."""

    missing = ""

    def __init__(self, name: str, board: Board) -> None:
        self.name = name
        self.rules = (f"type='signal',sender='{name}',interface='{name}',member='ActiveChanged'",)
        self._board = board
        self._signals = 0

    async def arrived(self, bus: Bus) -> None:
        """See `Service.arrived`."""
        signals = self._signals
        for path in SAVERS[self.name]:
            try:
                answer = await bus.call(self.name, path, f"{self.name}.GetActive")
            except CallError:
                continue
            if answer.signature == "b" and signals == self._signals:  # else a signal, which is newer, came meanwhile
                self._board.lock(self.name, answer.body[0])
            return

    def heard(self, message: Message) -> None:
        """See `Service.heard`."""
        if (message.interface, message.member, message.signature) == (self.name, "ActiveChanged", "b"):
            self._signals += 1
            self._board.lock(self.name, message.body[0])

    def gone(self) -> None:
        """See `Service.gone`."""
        self._board.lock(self.name, False)
