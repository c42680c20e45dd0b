"""A recording that plays as if it were a camera: live, paced by a clock, gone when it ends."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from monitor.capture.cadence import Cadence
from monitor.capture.frame import Frame, FrameSource
from monitor.errors import CameraError

LATE_S = 5.0
"""Frames that are late by more than this are passed over, as a camera would have passed them over."""
_NAP_S = 0.2


class PlayingClock(Protocol):
    """The clock that a played recording follows."""

    def __call__(self) -> float:
        """Monotonic seconds."""
        ...

    def wait(self, seconds: float) -> None:
        """Wait so long on this clock."""
        ...


@dataclass
class Playback:
    """Where a recording stands; the same object for every source that looks at the same scene, one after the other.

    Attributes:
        origin_s: when the recording began, on the clock.
        past_s: nothing up to this time is shown any more; minus infinity before the first frame.
    """

    origin_s: float
    past_s: float = -math.inf


class PlayedSource(FrameSource):
    """Plays a recording as a camera would show it: what happened at a time is seen only if one looks then.

    Args:
        name: what the camera is called.
        open_recording: opens the recording at its beginning; called again for each round.
        clock: stamps and paces the frames.
        playback: where the recording stands.
        loop: begin anew at the end; else the camera is lost there.
    """

    live = True

    def __init__(
        self,
        name: str,
        open_recording: Callable[[], FrameSource],
        clock: PlayingClock,
        playback: Playback,
        *,
        loop: bool = False,
    ) -> None:
        self.name = name
        self.frame_count: int | None = None
        self.duration_s: float | None = None
        self.dropped = 0
        self.skipped = 0
        self.warning: str | None = None
        self._open, self._clock, self._loop = open_recording, clock, loop
        self._playback = playback
        self._recording: FrameSource | None = open_recording()
        self._closed = False

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        """The frames at their own pace; see `FrameSource.frames`. What was shown, or passed unseen, does not return."""
        playback = self._playback
        index, begun_s = 0, playback.origin_s
        if playback.past_s > -math.inf:
            playback.past_s = max(playback.past_s, self._clock())
        cadence = Cadence(rate_hz)
        try:
            while not self._closed:
                recording = self._recording = self._recording or self._open()
                duration_s = recording.duration_s or 0.0
                if self._loop and duration_s > 0.0:
                    begun_s += max(0.0, (self._clock() - begun_s) // duration_s) * duration_s
                for frame in recording.frames():
                    index, t_s = index + 1, begun_s + frame.t_s
                    if t_s <= playback.past_s:
                        continue
                    if self._clock() - t_s > LATE_S:
                        self.dropped += 1
                        continue
                    if cadence.take(t_s):
                        self._wait_until(t_s)
                        if self._closed:
                            return
                        playback.past_s = t_s
                        yield Frame(frame.image_bgr, t_s, index)
                self._recording = None
                if not self._loop and not self._closed:
                    raise CameraError(f"{self.name} has come to its end: choose a camera or start it again.")
                self._wait_until(begun_s + duration_s)
                if duration_s == 0.0:  # nobody knows how long it is: the next round begins now
                    begun_s = self._clock()
        finally:
            self.close()

    def close(self) -> None:
        """Stop playing; see `FrameSource.close`."""
        self._closed = True
        recording, self._recording = self._recording, None
        if recording is not None:
            recording.close()

    def _wait_until(self, t_s: float) -> None:
        while not self._closed and (early_s := t_s - self._clock()) > 0:
            self._clock.wait(min(early_s, _NAP_S))
