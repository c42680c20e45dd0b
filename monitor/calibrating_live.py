"""The live calibration on real frames: first where the camera stands, then pose by pose. A frame at a time."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from calibration.evaluate import Sample, Verdict
from calibration.guide import Cue, GuideMoment, GuideState, Phase, recording
from calibration.guide import step as guide_step
from calibration.placement import BORDER, Look, PlacementMoment, PlacementState
from calibration.placement import step as placement_step
from calibration.stretch import FRONTAL_YAW_DEG
from models.measures import Measures
from models.pose import FloatArray, Landmark, Pose, PoseEstimator
from monitor.calibrating import VOTES, Person, Scenes, Vote, brightness, chosen_frame, conclude, vote
from monitor.capture.frame import Frame, FrameSource
from monitor.errors import CalibrationError
from monitor.judgement.observation import MIN_PRESENCE
from monitor.posture.contour import SACRAL_WINDOW, BackContour
from monitor.posture.measure import MeasuredFrame, measure
from monitor.posture.person import MIN_VISIBILITY, PersonFrame, landmark
from monitor.posture.view import view_yaw_deg

VOTE_WINDOW_S: Final = 3.0
"""While they are not locked, side and direction are chosen from the poses of so long."""
_WHOLE: Final = ("ear", "shoulder", "hip", "knee")
_HEAD_AND_SHOULDERS: Final = [
    Landmark.NOSE,
    Landmark.LEFT_EAR,
    Landmark.RIGHT_EAR,
    Landmark.LEFT_SHOULDER,
    Landmark.RIGHT_SHOULDER,
]


@dataclass(frozen=True, eq=False)
class PlacementView:
    """One frame before the calibration, for drawing.

    Attributes:
        frame: the picture.
        pose: who was found; None when nobody was.
        contour: the edge of the back; None when it was not looked for.
        person_frame: the side and the direction chosen so far; None until somebody was seen.
        moment: the advice.
    """

    frame: Frame
    pose: Pose | None
    contour: BackContour | None
    person_frame: PersonFrame | None
    moment: PlacementMoment


@dataclass(frozen=True, eq=False)
class CalibrationView:
    """One frame of the calibration, for drawing; fields as in `PlacementView`, and where the guide stands."""

    frame: Frame
    pose: Pose | None
    contour: BackContour | None
    person_frame: PersonFrame | None
    moment: GuideMoment


class PlacementCheck:
    """Looks at the placement of the camera. One thread; a step takes as long as finding and measuring one pose."""

    def __init__(self, estimator: PoseEstimator, roll_deg: float = 0.0) -> None:
        self._estimator = estimator
        self._side = _Side(roll_deg)
        self._state = PlacementState()

    def step(self, frame: Frame) -> PlacementView:
        """Take in one frame; frames come in order of time."""
        pose = _found(self._estimator, frame)
        if pose is not None:
            self._side.vote(frame.t_s, pose)
        measured = _measured(pose, self._side.person_frame, frame)
        self._state, moment = placement_step(
            self._state, frame.t_s, look_at(frame, pose, self._side.person_frame, measured)
        )
        return PlacementView(frame, pose, measured.contour, self._side.person_frame, moment)


class LiveCalibration:
    """Runs a plan on live frames. One thread; a step takes as long as finding and measuring one pose.

    The side and the direction are chosen from the poses of the last seconds, and locked when recording begins.
    """

    def __init__(self, estimator: PoseEstimator, person: Person, phases: tuple[Phase, ...], camera: str) -> None:
        self._estimator = estimator
        self._person = person
        self._camera = camera
        self._side = _Side(person.roll_deg)
        self._state = GuideState(phases)
        self._size_px: tuple[int, int] | None = None
        self._finished = False
        self._scenes = Scenes()

    def step(self, frame: Frame) -> CalibrationView:
        """Take in one frame; frames come in order of time."""
        height, width = frame.image_bgr.shape[:2]
        self._size_px = (width, height)
        poses = self._estimator.estimate(frame.image_bgr, frame.t_s, None)
        self._scenes.look(frame, poses)
        pose = poses[0] if poses else None
        if pose is not None:
            self._side.vote(frame.t_s, pose)
        measured = _measured(pose, self._side.person_frame, frame)
        measures = measured.measures if self._side.sure else Measures()
        sample = Sample(measures, brightness(frame.image_bgr))
        self._state, moment = guide_step(self._state, frame.t_s, sample)
        if moment.recording:
            self._side.lock()
        elif moment.cue is Cue.AGAIN and not self._state.kept:
            self._side.unlock()  # nothing was kept yet: what was locked may be why
        self._finished = moment.phase is None
        return CalibrationView(frame, pose, measured.contour, self._side.person_frame, moment)

    @property
    def done(self) -> bool:
        """Whether the plan is over."""
        return self._finished

    def verdict(self) -> Verdict:
        """What became of it, once it is done; takes a fraction of a second.

        Raises:
            CalibrationError: it is not done.
        """
        if not self.done:
            raise CalibrationError("The camera stopped before the calibration was complete: start it again.")
        frame = self._side.person_frame
        scenes = self._scenes.signatures
        return conclude(recording(self._state), frame, self._size_px, self._person, self._camera, scenes)


def calibrate_live(
    source: FrameSource,
    estimator: PoseEstimator,
    person: Person,
    phases: tuple[Phase, ...],
    *,
    rate_hz: float,
    on_moment: Callable[[GuideMoment, bool], None],
) -> Verdict:
    """Run the plan on a live source.

    Args:
        source: the camera; its frames are judged at most ``rate_hz`` times a second.
        estimator: the pose model.
        person: what the user said.
        phases: the plan.
        rate_hz: frames judged per second.
        on_moment: called at every frame with where the guide stands and whether a person is seen.

    Raises:
        CameraError: the camera was lost.
        CalibrationError: it ended before the plan did.
    """
    calibration = LiveCalibration(estimator, person, phases, source.name)
    for frame in source.frames(rate_hz):
        view = calibration.step(frame)
        on_moment(view.moment, view.pose is not None)
        if calibration.done:
            break
    return calibration.verdict()


def look_at(frame: Frame, pose: Pose | None, person: PersonFrame | None, measured: MeasuredFrame) -> Look:
    """What a frame shows of the placement."""
    light, height = brightness(frame.image_bgr), frame.image_bgr.shape[0]
    if pose is None or person is None:
        return Look(Measures(), light, height, person=False)
    near = [landmark(person.near, name) for name in _WHOLE]
    seen = dict(zip(_WHOLE, (pose.visibility[near] >= MIN_VISIBILITY).tolist(), strict=True))
    low, high = _back_shares(measured.contour)
    return Look(
        measured.measures,
        light,
        height,
        cut_off=_cut_off(pose.points_px[near], pose.width_px, pose.height_px),
        frontal=_frontal(pose, person),
        head_seen=seen["ear"],
        shoulder_seen=seen["shoulder"],
        hip_seen=seen["hip"],
        knee_seen=seen["knee"],
        low_back=low,
        high_back=high,
    )


class _Side:
    """The side and direction of the person: chosen anew with every pose of the last seconds, until they are locked."""

    def __init__(self, roll_deg: float) -> None:
        self._roll_deg = roll_deg
        self._votes: deque[tuple[float, Vote]] = deque()
        self._locked = False
        self.person_frame: PersonFrame | None = None

    @property
    def sure(self) -> bool:
        """Whether there were votes enough."""
        return len(self._votes) >= VOTES

    def vote(self, t_s: float, pose: Pose) -> None:
        if self._locked:
            return
        self._votes.append((t_s, vote(pose)))
        while len(self._votes) > VOTES and t_s - self._votes[0][0] > VOTE_WINDOW_S:
            self._votes.popleft()
        self.person_frame = chosen_frame((each for _, each in self._votes), self._roll_deg)

    def lock(self) -> None:
        self._locked = self.sure

    def unlock(self) -> None:
        self._locked = False


def _found(estimator: PoseEstimator, frame: Frame) -> Pose | None:
    """The person in a frame; None also where the model is not sure of head and shoulders."""
    poses = estimator.estimate(frame.image_bgr, frame.t_s, None)
    return poses[0] if poses and float(np.median(poses[0].presence[_HEAD_AND_SHOULDERS])) >= MIN_PRESENCE else None


def _measured(pose: Pose | None, person: PersonFrame | None, frame: Frame) -> MeasuredFrame:
    if pose is None or person is None:
        return MeasuredFrame(Measures(), None)
    return measure(pose, person, frame.image_bgr)


def _cut_off(points_px: FloatArray, width_px: int, height_px: int) -> bool:
    margin = BORDER * height_px
    x, y = points_px[:, 0], points_px[:, 1]
    inside = (x >= margin) & (x < width_px - margin) & (y >= margin) & (y < height_px - margin)
    return not bool(inside.all())


def _frontal(pose: Pose, person: PersonFrame) -> bool:
    """Whether shoulders and hips look as from the front, hips that are not seen as the pose model guesses them."""
    shoulder, hip = pose.points_px[[landmark(person.near, "shoulder"), landmark(person.near, "hip")]]
    return abs(view_yaw_deg(pose, person, float(np.hypot(*(shoulder - hip))))) > FRONTAL_YAW_DEG


def _back_shares(contour: BackContour | None) -> tuple[float, float]:
    """Share of trusted rays in the lowest part of the back and above it; NaN without a contour."""
    if contour is None:
        return math.nan, math.nan
    low = contour.fraction <= SACRAL_WINDOW[1]
    return float(contour.trusted[low].mean()), float(contour.trusted[~low].mean())
