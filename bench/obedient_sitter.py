"""A sitter who does what the calibration asks, made of the frames of the bundled recording, and a camera on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, cycle

from bench.recordings import BUNDLED
from calibration.guide import Pose
from models.pose import ImageArray
from monitor.calibrating_live import CalibrationView
from monitor.capture import CameraInfo, Frame
from monitor.capture.frame import FrameSource
from monitor.capture.video import VideoSource

TIMES = {"neutral": ((1, 19), (27, 35)), "away": ((22, 24),), "slump": ((42, 53),)}
CAMERAS = (CameraInfo(0, "Laptop camera", "", "V4L2"), CameraInfo(2, "Desk camera", "", "V4L2"))
CAMERA_NAME = "webcam 2 (Desk camera)"
FRAME_S = 0.2


class Sitter:
    """Sits neutral unless asked for something else; ``tipped`` once nobody asks any more.

    Args:
        stamp: waits for the next frame and gives its time; None: time runs as fast as frames are taken.
    """

    def __init__(self, stamp: Callable[[], float] | None = None) -> None:
        self.asked: Pose | None = None
        self.tipped = False
        steps = (FRAME_S * i for i in count(1))
        self._stamp = stamp or (lambda: next(steps))
        seen: dict[str, list[ImageArray]] = {name: [] for name in TIMES}
        with VideoSource(BUNDLED) as source:
            for frame in source.frames():
                for name, ranges in TIMES.items():
                    if any(begin <= frame.t_s <= end for begin, end in ranges):
                        seen[name].append(frame.image_bgr)
        self._frames = {name: cycle(images) for name, images in seen.items()}

    def on_calibration(self, view: CalibrationView) -> None:
        """Take in what is asked for now; connect it directly to the signal."""
        self.asked = view.moment.phase.pose if view.moment.phase else None

    def frame(self, index: int) -> Frame:
        """The next frame of what the sitter does."""
        t_s = self._stamp()
        usual = "slump" if self.tipped else "neutral"
        doing = {Pose.STAND: "away", Pose.SLUMP: "slump"}.get(self.asked, usual) if self.asked else usual
        return Frame(next(self._frames[doing]), t_s, index)


class SitterCamera(FrameSource):
    """A camera on the sitter."""

    live = True

    def __init__(self, sitter: Sitter) -> None:
        self.name = CAMERA_NAME
        self.frame_count: int | None = None
        self.duration_s: float | None = None
        self.dropped = self.skipped = 0
        self.warning: str | None = None
        self._sitter, self._closed = sitter, False

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        """See `FrameSource.frames`; the sitter's time sets the rate."""
        for index in count():
            if self._closed:
                return
            yield self._sitter.frame(index)

    def close(self) -> None:
        """See `FrameSource.close`."""
        self._closed = True

    @property
    def closed(self) -> bool:
        """Whether it was let go of."""
        return self._closed
