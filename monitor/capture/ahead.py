"""Reads a recording a few frames ahead in a thread of its own, so that decoding and judging go on side by side."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator

from monitor.capture.frame import Frame

DEPTH = 3
_PATIENCE_S = 0.1


def read_ahead(frames: Iterator[Frame], depth: int = DEPTH) -> Iterator[Frame]:
    """The same frames in the same order, at most ``depth`` of them waiting; for recordings, never for a live source.

    ``frames`` is iterated and, when this iterator is closed early, left off in a thread that is joined here. An
    exception of ``frames`` comes out where its frame would have.
    """
    waiting: queue.Queue[Frame | BaseException | None] = queue.Queue(depth)
    over = threading.Event()

    def put(item: Frame | BaseException | None) -> None:
        while not over.is_set():
            try:
                waiting.put(item, timeout=_PATIENCE_S)
            except queue.Full:
                continue
            return

    def read() -> None:
        try:
            for frame in frames:
                put(frame)
                if over.is_set():
                    return
            put(None)
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that waits for the frame
            put(error)
        finally:
            close = getattr(frames, "close", None)
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
            yield item
    finally:
        over.set()
        reader.join()
