"""Which session of the login service this program is seen in."""

from __future__ import annotations

import logging
import os

from monitor.surroundings.bus import Bus, CallError

_LOG = logging.getLogger(__name__)
_NAME = "org.freedesktop.login1"
_PATH = "/org/freedesktop/login1"
_MANAGER = f"{_NAME}.Manager"
_USER = f"{_NAME}.User"


async def find_session(bus: Bus) -> str:
    """Path of the session that this program is seen in; one started by a service manager belongs to none."""
    ways = (
        ("GetSessionByPID", "u", os.getpid()),
        ("GetSession", "s", os.environ.get("XDG_SESSION_ID", "")),
    )
    for member, signature, value in ways:
        if not value:
            continue
        try:
            return str((await bus.call(_NAME, _PATH, f"{_MANAGER}.{member}", signature, (value,))).body[0])
        except CallError as error:
            _LOG.debug("logind: %s", error)
    try:
        user = (await bus.call(_NAME, _PATH, f"{_MANAGER}.GetUser", "u", (os.getuid(),))).body[0]
        _, path = await bus.get(_NAME, user, _USER, "Display")
    except CallError as error:
        _LOG.debug("logind: %s", error)
        return ""
    return "" if path == "/" else str(path)
