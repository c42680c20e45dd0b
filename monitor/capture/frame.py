"""A frame, and what every source of frames has in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from models.pose import ImageArray


@dataclass(frozen=True, eq=False)
class Frame:
    """One picture of a source.

    Attributes:
        image_bgr: (height, width, 3) uint8, blue-green-red.
        t_s: monotonic time in seconds, growing strictly from frame to frame. Of a live source the time of the grab on
            `time.monotonic`; of a file the file's own time, which begins near zero.
        index: number of the frame in the source from zero, counting the frames that were skipped or dropped.
    """

    image_bgr: ImageArray
    t_s: float
    index: int


class FrameSource(Protocol):
    """Gives frames once, from the first to the last. Leaving the iteration, in whatever way, closes the source.

    Attributes:
        name: what the user is told and the log stores, without credentials, e.g. "webcam 0 (HD Webcam)".
        live: whether the frames come now, from a camera, and not from a file.
        frame_count: how many frames the source promises; None when live or unknown.
        duration_s: how long the source promises to last; None when live or unknown.
        dropped: frames of a live source that arrived and were never decoded.
        skipped: frames of a file that were passed over because of the asked rate.
        warning: a sentence for the user once the iteration has ended, e.g. that a video stopped early; else None.
    """

    name: str
    live: bool
    frame_count: int | None
    duration_s: float | None
    dropped: int
    skipped: int
    warning: str | None

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        """Frames in the order of time, at most ``rate_hz`` a second; None gives every frame (live: the newest one).

        Only the frames given out are decoded. One thread iterates; each step blocks as long as decoding takes, live
        also until the next frame is due and there, at most the stall time of the source. A closed source gives
        nothing.

        Raises:
            CameraError: the source cannot be read, or a camera stopped giving pictures.
        """
        ...

    def close(self) -> None:
        """Release the camera or file. From any thread, more than once if need be; an iteration going on then ends.

        Blocks for the frame being read, and no longer than two seconds.
        """
        ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
