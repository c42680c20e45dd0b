"""A recording that plays as a camera: by the clock, once, and never backwards."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice, pairwise

import numpy as np
import pytest
from capture_helpers import FakeClock

from monitor.capture.frame import Frame, FrameSource
from monitor.capture.played import LATE_S, Playback, PlayedSource
from monitor.errors import CameraError

BEGIN_S = 100.0


class Recording(FrameSource):
    """Ten frames a second; it may last longer than it promises."""

    def __init__(self, frames: int, duration_s: float | None) -> None:
        self.frame_count, self.duration_s = frames, duration_s

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        for index in range(self.frame_count or 0):
            yield Frame(np.zeros((2, 2, 3), np.uint8), index / 10, index)

    def close(self) -> None:
        pass


class Player:
    """Opens sources on the same recording, one after the other."""

    def __init__(self, frames: int = 1000, *, duration_s: float | None = math.nan, loop: bool = False) -> None:
        self.clock = FakeClock(BEGIN_S)
        self.playback = Playback(BEGIN_S)
        self._frames, self._loop = frames, loop
        self._duration_s = frames / 10 if duration_s is not None and math.isnan(duration_s) else duration_s

    def open(self) -> PlayedSource:
        return PlayedSource(
            "day.mp4", lambda: Recording(self._frames, self._duration_s), self.clock, self.playback, loop=self._loop
        )

    def look(self, frames: int, rate_hz: float | None = None) -> list[float]:
        """Times of so many frames, since the beginning."""
        with self.open() as source:
            return [round(frame.t_s - BEGIN_S, 6) for frame in islice(source.frames(rate_hz), frames)]


def test_frames_come_when_they_happened() -> None:
    player = Player()
    assert player.look(3, 5) == pytest.approx([0.0, 0.2, 0.4])
    assert player.clock() == pytest.approx(BEGIN_S + 0.4)


@pytest.mark.parametrize("away_s", [0.0, 1.0, LATE_S - 0.5, LATE_S + 20.0])
@pytest.mark.parametrize("loop", [False, True])
def test_what_was_shown_or_passed_unseen_does_not_return(away_s: float, loop: bool) -> None:
    player = Player(loop=loop)
    before = player.look(21)
    player.clock.now_s += away_s
    after = player.look(5)
    assert before[-1] == 2.0
    assert after == pytest.approx([2.0 + away_s + step / 10 for step in range(1, 6)], abs=0.1)
    assert min(after) > 2.0 + away_s - 1e-6
    assert all(later > earlier for earlier, later in pairwise(before + after))


def test_frames_that_were_shown_do_not_count_as_dropped() -> None:
    player = Player()
    player.look(501)
    with player.open() as source:
        next(source.frames())
    assert source.dropped == 0


def test_a_slow_look_passes_over_what_is_late() -> None:
    player = Player()
    with player.open() as source:
        frames = source.frames()
        next(frames)
        player.clock.now_s += 30.0
        assert next(frames).t_s >= BEGIN_S + 30.0 - LATE_S
    assert source.dropped > 200


@pytest.mark.parametrize("duration_s", [1.0, 0.75, None], ids=["as promised", "longer than promised", "no promise"])
def test_rounds_follow_each_other_without_going_back(duration_s: float | None) -> None:
    stamps_s = Player(10, duration_s=duration_s, loop=True).look(35)
    assert all(later > earlier for earlier, later in pairwise(stamps_s))
    assert stamps_s[-1] == pytest.approx(3.5, abs=0.3)


def test_without_rounds_the_camera_is_lost_at_the_end() -> None:
    player = Player(10)
    with pytest.raises(CameraError, match="has come to its end"):
        player.look(11)
