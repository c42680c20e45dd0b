"""The whole line in one place: frame -> pose -> observation -> assessment -> what to say."""

from __future__ import annotations

from dataclasses import dataclass

from calibration.profile import Profile
from models.bundle import BundleError
from models.pose import Pose, PoseEstimator
from models.tilt import NetworkTiltModel, TiltModel
from monitor.alerts.effects import Effect
from monitor.alerts.engine import step
from monitor.alerts.likely import likely_causes
from monitor.alerts.state import AlertState
from monitor.capture.frame import Frame
from monitor.errors import ModelError
from monitor.judgement.assessment import Assessment
from monitor.judgement.judge import Judge, JudgeState
from monitor.judgement.observation import Observation, observe, picture_place
from monitor.settings import Settings


def open_estimator() -> PoseEstimator:
    """The pose model, ready to run. Blocks for a second or two while MediaPipe is loaded.

    Raises:
        ModelError: the bundle is missing or damaged, or MediaPipe does not start.
    """
    from models.landmarker import Landmarker  # MediaPipe takes a second to import: only when it is needed

    try:
        return Landmarker()
    except BundleError as error:
        raise ModelError(str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise ModelError(f"The pose model does not start ({error}): install Saddle again.") from error


def tilt_model() -> TiltModel:
    """The tilt model in use."""
    return NetworkTiltModel()


@dataclass(frozen=True)
class Moment:
    """All that is known about one judged frame."""

    frame: Frame
    seen: Observation
    assessment: Assessment
    effects: tuple[Effect, ...]


class Follower:
    """Follows one sitter through the frames of one source.

    `find` and `judge` are halves of a step; each is called from one thread, which may be another one's.
    """

    def __init__(self, profile: Profile, estimator: PoseEstimator, settings: Settings) -> None:
        self._judge = Judge(profile, tilt_model(), settings.judgement)
        self._estimator = estimator
        self._alerts = settings.alerts
        self._place = picture_place(profile)
        self._judged = JudgeState()
        self._alerted = AlertState(thigh_levelled=profile.level_calibrated)

    def step(self, frame: Frame) -> Moment:
        """Judge one frame; frames come in order of time."""
        return self.judge(frame, self.find(frame))

    def find(self, frame: Frame) -> tuple[Pose, ...]:
        """The first half of a step: everybody in the frame. Nothing of the second half is touched."""
        return self._estimator.estimate(frame.image_bgr, frame.t_s, self._place)

    def judge(self, frame: Frame, poses: tuple[Pose, ...]) -> Moment:
        """The second half: what these poses mean."""
        seen = observe(poses, frame.t_s, self._judge.profile, frame.image_bgr)
        self._judged, assessment = self._judge.step(self._judged, seen)
        causes = likely_causes(assessment, self._alerts, thigh_levelled=self._judge.profile.level_calibrated)
        self._alerted, effects = step(self._alerted, assessment, self._alerts, causes)
        return Moment(frame, seen, assessment, effects)
