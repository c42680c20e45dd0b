"""Reads the log for the views, off the windows' thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from monitor.errors import SaddleError
from monitor.tiltlog.reader import LogReader


class Loader(QObject):
    """Runs one thing after the other in threads and gives back what came of the last one asked for under each name."""

    loaded = Signal(str, object)
    failed = Signal(str, str)
    idle = Signal()
    _done = Signal(str, int, object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: dict[str, int] = {}
        self._running = 0
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._done.connect(self._on_done)

    @property
    def is_busy(self) -> bool:
        """Whether anything is under way."""
        return self._running > 0

    def read(self, name: str, path: Path, read: Callable[[LogReader], Any]) -> None:
        """Read something from the log; `loaded` or `failed` tells of it, unless it was asked for again meanwhile."""

        def open_and_read() -> Any:
            with LogReader.open(path) as log:
                return read(log)

        self._start(name, open_and_read, is_read=True)

    def run(self, name: str, do: Callable[[], Any]) -> None:
        """Do something that may take a while, in any case; it is told of as with `read`."""
        self._start(name, do, is_read=False)

    def close(self) -> None:
        """Wait for what is to be done; nothing is told any more, and nothing read that has not been begun."""
        self._asked.clear()
        self._pool.waitForDone()

    def _start(self, name: str, do: Callable[[], Any], *, is_read: bool) -> None:
        self._asked[name] = number = self._asked.get(name, 0) + 1
        self._running += 1
        self._pool.start(_Task(lambda: self._try(name, number, do, is_read=is_read)))

    def _try(self, name: str, number: int, do: Callable[[], Any], *, is_read: bool) -> None:
        if is_read and self._asked.get(name) != number:  # asked for again meanwhile: nobody waits for this one
            self._done.emit(name, number, None, "")
            return
        try:
            result, error = do(), ""
        except SaddleError as refused:
            result, error = None, str(refused)
        except Exception as unexpected:  # else nobody would hear of it, and wait for ever
            logging.getLogger("saddle").exception("the review could not do what was asked for (%s)", name)
            result, error = None, self._sorry(unexpected)
        self._done.emit(name, number, result, error)

    def _sorry(self, error: Exception) -> str:
        words = self.tr("Something unexpected happened ({error}): try other days or another file.")
        return words.format(error=" ".join(str(error).split()) or type(error).__name__)

    def _on_done(self, name: str, number: int, result: object, error: str) -> None:
        self._running -= 1
        if self._asked.get(name) == number:
            if error:
                self.failed.emit(name, error)
            else:
                self.loaded.emit(name, result)
        if not self._running:
            self.idle.emit()


class _Task(QRunnable):
    def __init__(self, do: Callable[[], None]) -> None:
        super().__init__()
        self._do = do

    def run(self) -> None:
        """See `QRunnable.run`."""
        self._do()
