"""Reading ahead gives the same frames, and never leaves its thread or the source behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from monitor.capture.ahead import DEPTH, read_ahead
from monitor.capture.frame import Frame
from monitor.errors import CameraError


def frame(index: int) -> Frame:
    return Frame(np.zeros((2, 2, 3), np.uint8), float(index), index)


def readers() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name == "read-ahead"]


def test_the_same_frames_come_in_the_same_order() -> None:
    assert [f.index for f in read_ahead(frame(i) for i in range(20))] == list(range(20))
    assert not readers()


def test_an_error_comes_out_where_its_frame_would_have() -> None:
    def failing() -> Iterator[Frame]:
        yield frame(0)
        yield frame(1)
        raise CameraError("it broke")

    ahead = read_ahead(failing())
    assert [next(ahead).index, next(ahead).index] == [0, 1]
    with pytest.raises(CameraError, match="it broke"):
        next(ahead)
    assert not readers()


def test_no_more_than_a_few_frames_wait() -> None:
    read: list[int] = []
    full = threading.Event()

    def endless() -> Iterator[Frame]:
        index = 0
        while True:
            read.append(index)
            if index == DEPTH + 1:  # the first is taken, DEPTH wait, one is in hand
                full.set()
            yield frame(index)
            index += 1

    ahead = read_ahead(endless())
    assert next(ahead).index == 0
    assert full.wait(10.0)
    assert len(read) <= DEPTH + 2
    ahead.close()  # type: ignore[attr-defined]
    assert not readers()


def test_leaving_early_closes_the_source_of_frames() -> None:
    closed = threading.Event()

    def source() -> Iterator[Frame]:
        try:
            for i in range(1000):
                yield frame(i)
        finally:
            closed.set()

    ahead = read_ahead(source())
    next(ahead)
    ahead.close()  # type: ignore[attr-defined]
    assert closed.is_set()
    assert not readers()
