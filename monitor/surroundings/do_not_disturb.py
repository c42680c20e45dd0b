"""Do not disturb: told by the notification service (KDE), or kept in a setting of the desktop (GNOME and kin)."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
from typing import TYPE_CHECKING

from monitor.surroundings.board import Board
from monitor.surroundings.bus import Bus, CallError, changed_properties

if TYPE_CHECKING:
    from dbus_fast import Message

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
_SETTINGS = {
    "GNOME": ("org.gnome.desktop.notifications", "show-banners", "false"),
    "UNITY": ("org.gnome.desktop.notifications", "show-banners", "false"),
    "X-CINNAMON": ("org.cinnamon.desktop.notifications", "display-notifications", "false"),
    "MATE": ("org.mate.NotificationDaemon", "do-not-disturb", "true"),
}
_ANSWER_S = 5.0


class Notifications:
    """Listens to the property ``Inhibited``. See `monitor.surroundings.bus.Service`.

    ``known`` is True while the service has such a property.
    """

    name = NAME
    rules = (f"type='signal',sender='{NAME}',path='{PATH}',member='PropertiesChanged'",)
    missing = ""

    def __init__(self, board: Board) -> None:
        self.known = False
        self._board = board
        self._signals = 0

    async def arrived(self, bus: Bus) -> None:
        """See `Service.arrived`."""
        signals = self._signals
        with contextlib.suppress(CallError):
            inhibited = await bus.get(NAME, PATH, NAME, "Inhibited")
            if signals == self._signals:
                self._take(inhibited)

    def heard(self, message: Message) -> None:
        """See `Service.heard`."""
        changed = changed_properties(message, NAME)
        if "Inhibited" in changed:
            self._signals += 1
            self._take(changed["Inhibited"])

    def gone(self) -> None:
        """See `Service.gone`."""
        self.known = False
        self._board.quiet(NAME, False)

    def _take(self, inhibited: object) -> None:
        self.known = True
        self._board.quiet(NAME, bool(inhibited))


async def desktop_setting() -> bool | None:
    """Whether do-not-disturb is on by the setting of this desktop; None when it has none that is known."""
    desktops = os.environ.get("XDG_CURRENT_DESKTOP", "").upper().split(":")
    setting = next((_SETTINGS[desktop] for desktop in desktops if desktop in _SETTINGS), None)
    command = shutil.which("gsettings")
    if setting is None or command is None:
        return None
    schema, key, value_when_on = setting
    process = await asyncio.create_subprocess_exec(
        command,
        "get",
        schema,
        key,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(_ANSWER_S):
            said, _ = await process.communicate()
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            process.kill()
    return said.decode(errors="replace").strip() == value_when_on if process.returncode == 0 else None
