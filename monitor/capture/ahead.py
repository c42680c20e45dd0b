"""Takes items a few ahead in a thread of its own, so that decoding, finding poses and judging go on side by side."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import TypeVar

DEPTH = 3
_PATIENCE_S = 0.1

T = TypeVar("T")


def read_ahead(items: Iterator[T], depth: int = DEPTH) -> Iterator[T]:
    """The same items in the same order, at most ``depth`` of them waiting; for recordings, never for a live source.

    ``items`` is iterated and, when this iterator is closed early, left off in a thread that is joined here. An
    exception of ``items`` comes out where its item would have.
    """
    waiting: queue.Queue[tuple[T] | BaseException | None] = queue.Queue(depth)
    over = threading.Event()

    def put(item: tuple[T] | BaseException | None) -> None:
        while not over.is_set():
            try:
                waiting.put(item, timeout=_PATIENCE_S)
            except queue.Full:
                continue
            return

    def read() -> None:
        try:
            for one in items:
                put((one,))
                if over.is_set():
                    return
            put(None)
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that waits for the item
            put(error)
        finally:
            close = getattr(items, "close", None)
            if close is not None:
                close()

    reader = threading.Thread(target=read, name="read-ahead", daemon=True)
    reader.start()
    try:
        while True:
            item = waiting.get()
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item[0]
    finally:
        over.set()
        reader.join()
