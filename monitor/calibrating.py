"""Calibration on real frames: from a recording by time ranges. The live one is `calibrating_live`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import numpy as np

from calibration.evaluate import Recording, Sample, Setup, Verdict, evaluate
from models.measures import Measures
from models.pose import ImageArray, Pose, PoseEstimator
from monitor.capture.frame import Frame, FrameSource
from monitor.errors import CalibrationError
from monitor.judgement.staleness import LOOK_EVERY_S
from monitor.loop import tilt_model
from monitor.posture.measure import measure
from monitor.posture.person import PersonFrame, Side, facing_score, near_score
from monitor.posture.scene import merged, scene_signature

Range = tuple[float, float]
Vote = tuple[float, float]
"""Of one pose: `facing_score` (NaN where it cannot be told) and `near_score`."""
VOTES = 5
"""The side and the direction are chosen from so many poses at least."""


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
        self._votes: list[Vote] = []
        self._waiting: list[tuple[list[Sample], int, Pose, ImageArray]] = []
        self.person_frame: PersonFrame | None = None
        self.size_px: tuple[int, int] | None = None
        self.scenes = Scenes()

    def look(self, frame: Frame) -> Pose | None:
        """The pose in a frame, None when nobody is seen. Every frame goes through here, so that tracking holds."""
        height, width = frame.image_bgr.shape[:2]
        self.size_px = (width, height)
        poses = self._estimator.estimate(frame.image_bgr, frame.t_s, None)
        self.scenes.look(frame, poses)
        return poses[0] if poses else None

    def keep(self, samples: list[Sample], pose: Pose | None, image: ImageArray) -> None:
        """Append the sample of a frame to ``samples``; an empty one when nobody is seen."""
        samples.append(Sample(Measures(), brightness(image)))
        if pose is None:
            return
        if self.person_frame is not None:
            samples[-1] = Sample(measure(pose, self.person_frame, image).measures, samples[-1].brightness)
            return
        self._votes.append(vote(pose))
        self._waiting.append((samples, len(samples) - 1, pose, image))
        if len(self._votes) >= VOTES:
            self.lock()

    def lock(self) -> None:
        """Choose the side and direction from the votes so far, and measure the frames that waited for it."""
        if self.person_frame is not None or not self._votes:
            return
        self.person_frame = chosen_frame(self._votes, self._roll_deg)
        for samples, at, pose, image in self._waiting:
            samples[at] = Sample(measure(pose, self.person_frame, image).measures, samples[at].brightness)
        self._waiting.clear()


class Scenes:
    """What the room looked like, every two seconds of a calibration."""

    def __init__(self) -> None:
        self.signatures: list[str] = []
        self._looked_s = -math.inf

    def look(self, frame: Frame, poses: Sequence[Pose]) -> None:
        """Take in one frame with everybody in it."""
        if frame.t_s - self._looked_s >= LOOK_EVERY_S:
            self._looked_s = frame.t_s
            self.signatures.append(scene_signature(frame.image_bgr, poses[0].mask if poses else None))


def vote(pose: Pose) -> Vote:
    """What one pose says about direction and side."""
    return facing_score(pose), near_score(pose)


def chosen_frame(votes: Iterable[Vote], roll_deg: float) -> PersonFrame:
    """The direction and side that most of the votes say; there must be one at least."""
    facings, nears = (np.array(column) for column in zip(*votes, strict=True))
    facing = float(np.nanmedian(facings)) if np.isfinite(facings).any() else 0.0
    side = Side.LEFT if float(np.median(nears)) > 0 else Side.RIGHT
    direction = (1 if facing > 0 else -1) if facing else (-1 if side is Side.LEFT else 1)
    return PersonFrame(roll_deg, direction, side)


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
    return conclude(
        recording, collector.person_frame, collector.size_px, person, source.name, collector.scenes.signatures
    )


def conclude(
    recording: Recording,
    frame: PersonFrame | None,
    size_px: tuple[int, int] | None,
    person: Person,
    camera: str,
    scenes: Iterable[str] = (),
) -> Verdict:
    """The verdict on what was recorded.

    Args:
        recording: the frames by pose.
        frame: the person frame that they were measured in; None when nobody was found.
        size_px: width and height of the pictures; None when there was none.
        person: what the user said.
        camera: name of the source.
        scenes: what the room looked like now and then (`monitor.posture.scene`).
    """
    if frame is None or size_px is None:
        return Verdict(None, ("Nobody was found in the pictures: sit so that the camera sees your whole side.",))
    facing: Literal[-1, 1] = 1 if frame.facing > 0 else -1
    near: Literal["left", "right"] = "left" if frame.near is Side.LEFT else "right"
    setup = Setup(
        name=person.name,
        created=datetime.now(UTC).replace(microsecond=0),
        camera=camera,
        width_px=size_px[0],
        height_px=size_px[1],
        facing=facing,
        near=near,
        roll_deg=person.roll_deg,
        stature_cm=person.stature_cm,
        thigh_cm=person.thigh_cm,
        slump_deg=person.slump_deg,
        neutral_thigh_deg=person.neutral_thigh_deg,
        scene=merged(scenes),
    )
    return evaluate(recording, setup, tilt_model())
