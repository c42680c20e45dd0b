"""Brings notices to the user: by the desktop where it shows buttons, else in a window of our own."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from monitor.desktop.notice import Notice, NoticeWindow

if TYPE_CHECKING:
    from desktop_notifier import DesktopNotifier

ARRIVES_MS = 3000
"""A notice that the desktop has not shown by then is shown in a window of our own."""


class Notices(QObject):
    """Shows notices; lives in the windows' thread.

    The desktop's own way needs a loop that waits for its answers; it runs in a thread of its own, which begins with
    the first notice and ends with `close`.
    """

    answered = Signal(str, str)
    """The key of a notice, and the identifier of the answer."""
    _taken = Signal(str)
    _refused = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.by_desktop = True
        self.windows: dict[str, NoticeWindow] = {}
        self._waiting: dict[str, Notice] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._sender: DesktopNotifier | None = None
        self._identifiers: dict[str, str] = {}
        self._taken.connect(lambda key: self._waiting.pop(key, None))
        self._refused.connect(self._show_own)

    def show(self, notice: Notice) -> None:
        """Show a notice in place of an earlier one of the same key."""
        self.withdraw(notice.key)
        self._waiting[notice.key] = notice
        if not self.by_desktop or notice.lasting or not _has_desktop_bus():
            self._show_own(notice.key)
            return
        asyncio.run_coroutine_threadsafe(self._send(notice), self._running_loop())
        QTimer.singleShot(ARRIVES_MS, lambda: self._show_own(notice.key))

    def withdraw(self, key: str) -> None:
        """Take a notice away, answered or not."""
        self._waiting.pop(key, None)
        window = self.windows.pop(key, None)
        if window is not None:
            window.close()
        identifier = self._identifiers.pop(key, None)
        if identifier is not None and self._loop is not None and self._sender is not None:
            asyncio.run_coroutine_threadsafe(self._sender.clear(identifier), self._loop)

    def close(self) -> None:
        """Take everything away and end the thread."""
        for key in [*self.windows, *self._identifiers]:
            self.withdraw(key)
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._loop = None

    def _show_own(self, key: str) -> None:
        """Show it in a window of our own, unless the desktop has taken it or it was withdrawn meanwhile."""
        notice = self._waiting.pop(key, None)
        if notice is None:
            return
        window = NoticeWindow(notice)
        window.answered.connect(self.answered)
        self.windows[key] = window
        window.place()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, name="notices", daemon=True).start()
        return self._loop

    async def _send(self, notice: Notice) -> None:
        """Hand the notice to the desktop. Runs in the notices' thread."""
        try:
            from desktop_notifier import Button, Capability, DesktopNotifier

            logging.getLogger("desktop_notifier").setLevel(logging.CRITICAL)
            sender = self._sender = self._sender or DesktopNotifier(app_name="Saddle")
            if notice.answers and Capability.BUTTONS not in await sender.get_capabilities():
                self._refused.emit(notice.key)
                return
            buttons = [
                Button(words, on_pressed=partial(self.answered.emit, notice.key, answer))
                for answer, words in notice.answers
            ]
            identifier = await sender.send(
                notice.title, notice.text, buttons=buttons, on_dispatched=lambda: self._taken.emit(notice.key)
            )
            self._identifiers[notice.key] = identifier
        except Exception as error:  # noqa: BLE001 - whatever the desktop does, the notice is shown all the same
            logging.getLogger("saddle").info("the desktop did not take a notice: %s", error)
            self._refused.emit(notice.key)


def _has_desktop_bus() -> bool:
    return not sys.platform.startswith("linux") or bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))
