"""Desktop notifications. Where there is no desktop nothing is shown, and the reason can be asked for."""

from __future__ import annotations

import logging
import os
import sys
import threading
from typing import Protocol


class Notifier(Protocol):
    """Shows a notice outside the terminal. ``why_not`` is empty when it can, else says why it cannot."""

    why_not: str

    def notify(self, title: str, text: str) -> None:
        """Show one notice; returns at once and never raises."""
        ...


class NoNotifier:
    """Shows nothing, for the reason given."""

    def __init__(self, why_not: str) -> None:
        self.why_not = why_not

    def notify(self, title: str, text: str) -> None:
        """See `Notifier.notify`."""


class DesktopNotifier:
    """Notices of the desktop, sent from a thread of their own so that the loop never waits for them."""

    def __init__(self) -> None:
        self.why_not = ""

    def notify(self, title: str, text: str) -> None:
        """See `Notifier.notify`."""
        threading.Thread(target=self._send, args=(title, text), name="notice", daemon=True).start()

    def _send(self, title: str, text: str) -> None:
        logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
        try:
            from desktop_notifier.sync import DesktopNotifierSync

            DesktopNotifierSync(app_name="Saddle").send(title=title, message=text)
        except Exception as error:  # noqa: BLE001 - a notice that fails must never end the monitoring
            self.why_not = f"the desktop did not take the notice ({error})"


def open_notifier(*, wanted: bool) -> Notifier:
    """The notifier that fits this machine and the settings."""
    if not wanted:
        return NoNotifier("switched off in the settings")
    if sys.platform.startswith("linux") and not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return NoNotifier("no desktop session was found")
    return DesktopNotifier()
