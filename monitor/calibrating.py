"""Calibration on real frames: from a recording by time ranges, or live by the protocol."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import numpy as np

from calibration.evaluate import Recording, Sample, Setup, Verdict, evaluate
from calibration.session import Moment, Phase, Pose, moment
from models.measures import Measures
from models.pose import ImageArray, PoseEstimator
from models.pose import Pose as BodyPose
from monitor.capture.frame import Frame, FrameSource
from monitor.errors import CalibrationError
from monitor.loop import tilt_model
from monitor.posture.measure import measure
from monitor.posture.person import PersonFrame, Side, facing_score, near_score

Range = tuple[float, float]
_VOTES = 5


@dataclass(frozen=True)
class Person:
    """What the user says about the person and the camera; None and NaN where nothing was said."""

    name: str
    roll_deg: float = 0.0
    stature_cm: float | None = None
    thigh_cm: float | None = None
    slump_deg: float = math.nan
    neutral_thigh_deg: float | None = None


class Collector:
    """Measures frames for a calibration. The side and the direction are chosen from the first poses, then locked."""

    def __init__(self, estimator: PoseEstimator, roll_deg: float) -> None:
        self._estimator = estimator
        self._roll_deg = roll_deg
        self._votes: list[tuple[float, float]] = []
        self._waiting: list[tuple[list[Sample], int, BodyPose, ImageArray]] = []
        self.person_frame: PersonFrame | None = None
        self.size_px: tuple[int, int] | None = None

    def look(self, frame: Frame) -> BodyPose | None:
        """The pose in a frame, None when nobody is seen. Every frame goes through here, so that tracking holds."""
        height, width = frame.image_bgr.shape[:2]
        self.size_px = (width, height)
        poses = self._estimator.estimate(frame.image_bgr, frame.t_s, None)
        return poses[0] if poses else None

    def keep(self, samples: list[Sample], pose: BodyPose | None, image: ImageArray) -> None:
        """Append the sample of a frame to ``samples``; an empty one when nobody is seen."""
        samples.append(Sample(Measures(), brightness(image)))
        if pose is None:
            return
        if self.person_frame is not None:
            samples[-1] = Sample(measure(pose, self.person_frame, image).measures, samples[-1].brightness)
            return
        self._votes.append((facing_score(pose), near_score(pose)))
        self._waiting.append((samples, len(samples) - 1, pose, image))
        if len(self._votes) >= _VOTES:
            self.lock()

    def lock(self) -> None:
        """Choose the side and direction from the votes so far, and measure the frames that waited for it."""
        if self.person_frame is not None or not self._votes:
            return
        facing = np.nanmedian([f for f, _ in self._votes]) if any(math.isfinite(f) for f, _ in self._votes) else 0.0
        near = float(np.median([n for _, n in self._votes]))
        side = Side.LEFT if near > 0 else Side.RIGHT
        direction = (1 if facing > 0 else -1) if facing else (-1 if side is Side.LEFT else 1)
        self.person_frame = PersonFrame(self._roll_deg, direction, side)
        for samples, at, pose, image in self._waiting:
            samples[at] = Sample(measure(pose, self.person_frame, image).measures, samples[at].brightness)
        self._waiting.clear()


def brightness(image_bgr: ImageArray) -> float:
    """Mean grey of a picture, 0 to 255, from every eighth pixel."""
    return float(image_bgr[::8, ::8].mean())


def calibrate_recording(
    source: FrameSource,
    estimator: PoseEstimator,
    person: Person,
    neutral: Sequence[Range],
    slump: Sequence[Range],
    level: Sequence[Range] = (),
    *,
    rate_hz: float,
    on_time: Callable[[float], None] = lambda _: None,
) -> Verdict:
    """Calibrate on stretches of a recording, in seconds of its own time.

    Raises:
        CalibrationError: a stretch lies outside the recording.
        CameraError: the recording cannot be read.
    """
    ranges = [*neutral, *slump, *level]
    kept: dict[Range, list[Sample]] = {r: [] for r in ranges}
    last_s = max(end for _, end in ranges)
    collector = Collector(estimator, person.roll_deg)
    for frame in source.frames(rate_hz):
        if frame.t_s > last_s:
            break
        on_time(frame.t_s)
        pose = collector.look(frame)
        for (begin, end), samples in kept.items():
            if begin <= frame.t_s <= end:
                collector.keep(samples, pose, frame.image_bgr)
    collector.lock()
    for (begin, end), samples in kept.items():
        if not samples:
            raise CalibrationError(f"The recording has no picture between {begin:g} and {end:g} s: check the range.")
    recording = Recording(
        tuple(tuple(kept[r]) for r in neutral),
        tuple(tuple(kept[r]) for r in slump),
        tuple(s for r in level for s in kept[r]),
    )
    return _conclude(recording, collector, person, source.name)


def calibrate_live(
    source: FrameSource,
    estimator: PoseEstimator,
    person: Person,
    phases: tuple[Phase, ...],
    *,
    rate_hz: float,
    on_moment: Callable[[Moment, bool], None],
) -> Verdict:
    """Run the protocol on a live source.

    Args:
        source: the camera; its frames are judged at most ``rate_hz`` times a second.
        estimator: the pose model.
        person: what the user said.
        phases: the protocol.
        rate_hz: frames judged per second.
        on_moment: called at every frame with where the protocol stands and whether a person is seen.

    Raises:
        CameraError: the camera was lost.
        CalibrationError: it ended before the protocol did.
    """
    collector = Collector(estimator, person.roll_deg)
    kept: list[list[Sample]] = [[] for _ in phases]
    for frame, now in _timed(source.frames(rate_hz), phases):
        pose = collector.look(frame)
        on_moment(now, pose is not None)
        if now.phase is None:
            break
        if now.recording:
            collector.keep(kept[now.number], pose, frame.image_bgr)
    else:
        raise CalibrationError("The camera stopped before the calibration was complete: start it again.")
    collector.lock()
    stretches = {
        wanted: tuple(tuple(k) for k, p in zip(kept, phases, strict=True) if p.pose is wanted)
        for wanted in (Pose.NEUTRAL, Pose.SLUMP)
    }
    return _conclude(Recording(stretches[Pose.NEUTRAL], stretches[Pose.SLUMP]), collector, person, source.name)


def _timed(frames: Iterator[Frame], phases: tuple[Phase, ...]) -> Iterator[tuple[Frame, Moment]]:
    begin_s: float | None = None
    for frame in frames:
        begin_s = frame.t_s if begin_s is None else begin_s
        yield frame, moment(phases, frame.t_s - begin_s)


def _conclude(recording: Recording, collector: Collector, person: Person, camera: str) -> Verdict:
    if collector.person_frame is None or collector.size_px is None:
        return Verdict(None, ("Nobody was found in the pictures: sit so that the camera sees your whole side.",))
    facing: Literal[-1, 1] = 1 if collector.person_frame.facing > 0 else -1
    near: Literal["left", "right"] = "left" if collector.person_frame.near is Side.LEFT else "right"
    setup = Setup(
        name=person.name,
        created=datetime.now(UTC).replace(microsecond=0),
        camera=camera,
        width_px=collector.size_px[0],
        height_px=collector.size_px[1],
        facing=facing,
        near=near,
        roll_deg=person.roll_deg,
        stature_cm=person.stature_cm,
        thigh_cm=person.thigh_cm,
        slump_deg=person.slump_deg,
        neutral_thigh_deg=person.neutral_thigh_deg,
    )
    return evaluate(recording, setup, tilt_model())
