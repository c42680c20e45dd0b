"""The whole line in one place: frame -> pose -> observation -> assessment -> what to say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from calibration.profile import Profile
from models.bundle import BundleError
from models.pose import Pose, PoseEstimator
from models.tilt import Basis, NetworkTiltModel, TiltModel
from monitor.alerts.causes import Cause
from monitor.alerts.effects import Effect
from monitor.alerts.engine import step
from monitor.alerts.likely import cause_strengths, likely_causes
from monitor.alerts.modes import Mode, for_mode
from monitor.alerts.state import AlertState, acknowledge
from monitor.capture.frame import Frame
from monitor.errors import ModelError
from monitor.judgement.assessment import Assessment
from monitor.judgement.judge import Judge, JudgeState
from monitor.judgement.observation import Observation, observe, picture_place
from monitor.judgement.staleness import Change, StaleState, is_look_due
from monitor.judgement.staleness import step as stale_step
from monitor.posture.scene import scene_signature
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
class Limits:
    """Where the person's own thresholds lie, in degrees of tilt from neutral, tip-back positive.

    Attributes:
        enter_deg: tipped from here on.
        leave_deg: no longer tipped at or below this.
        slump_deg: the person's own deliberate slump, or the usual one.
    """

    enter_deg: float
    leave_deg: float
    slump_deg: float


@dataclass(frozen=True)
class Moment:
    """All that is known about one judged frame.

    Attributes:
        frame: the picture, in memory only.
        seen: who is there and how they are placed.
        assessment: the state and the tilt.
        effects: what is to be said.
        causes: how far each likely cause stands out, 1 at its limit, NaN where it is not known.
        changed: what seems to have changed since the calibration and was not answered yet.
        tipped_s: counted length of the tipped stretch so far.
        dwell_s: a warning follows after so long.
        cue_s: the silent cue begins after so long.
        limits: the thresholds that hold in this frame; None where no tilt is known.
        likely: the cause that stands out most; None when none does.
        scene: the room's signature, where it was looked at in this frame; else empty.
    """

    frame: Frame
    seen: Observation
    assessment: Assessment
    effects: tuple[Effect, ...] = ()
    causes: Mapping[Cause, float] = field(default_factory=dict)
    changed: tuple[Change, ...] = ()
    tipped_s: float = 0.0
    dwell_s: float = math.inf
    cue_s: float = math.inf
    limits: Limits | None = None
    scene: str = ""
    likely: Cause | None = None


class Follower:
    """Follows one sitter through the frames of one source.

    `find` and `judge` are halves of a step; each is called from one thread, which may be another one's. All other
    methods belong to the thread that judges. With ``ask_first`` nothing is said while the calibration seems not to fit.
    """

    def __init__(
        self,
        profile: Profile,
        estimator: PoseEstimator,
        settings: Settings,
        mode: Mode = Mode.NORMAL,
        *,
        ask_first: bool = False,
    ) -> None:
        self._ask_first = ask_first
        self._estimator = estimator
        self._place = picture_place(profile)
        self._judged = JudgeState()
        self._stale = StaleState()
        self._accepted = frozenset(map(Change, profile.still_fits))
        self._alerted = AlertState(thigh_levelled=profile.level_calibrated)
        self.profile = profile
        self.apply(settings, mode)

    def apply(self, settings: Settings, mode: Mode = Mode.NORMAL) -> None:
        """Go on with other numbers, or in another mode; nothing that was seen is forgotten."""
        self._judge = Judge(self.profile, tilt_model(), settings.judgement)
        self._limits = {basis: self._limits_of(basis) for basis in (Basis.CONTOUR, Basis.SKELETON)}
        self._alerts = for_mode(settings.alerts, mode)
        self._causes = settings.causes

    def go_on_from(self, before: Follower) -> None:
        """Begin anew, as after a sleep, but remember the warnings given and the answers: the cool-down still holds."""
        self._accepted |= before._accepted
        was = before._alerted
        self._alerted = replace(
            self._alerted, warned_at_s=was.warned_at_s, warnings=was.warnings, ignored_in_row=was.ignored_in_row
        )

    @property
    def limits(self) -> Limits:
        """The thresholds where the back is seen, which is where they mostly hold."""
        return self._limits[Basis.CONTOUR]

    def acknowledge(self) -> int | None:
        """The person says that they moved. Returns the number of the warning that this answers, if one was open."""
        answered = self._alerted.open
        self._alerted = acknowledge(self._alerted)
        return answered.number if answered else None

    def keep_calibration(self) -> None:
        """The person says that the calibration still fits: the changes seen so far are not asked about again."""
        self._accepted |= frozenset(Change)

    def step(self, frame: Frame, *, quiet: bool = False) -> Moment:
        """Judge one frame; frames come in order of time."""
        return self.judge(frame, self.find(frame), quiet=quiet)

    def find(self, frame: Frame) -> tuple[Pose, ...]:
        """The first half of a step: everybody in the frame. Nothing of the second half is touched."""
        return self._estimator.estimate(frame.image_bgr, frame.t_s, self._place)

    def judge(self, frame: Frame, poses: tuple[Pose, ...], *, quiet: bool = False) -> Moment:
        """The second half: what these poses mean; ``quiet`` when nothing is to be said now."""
        seen = observe(poses, frame.t_s, self.profile, frame.image_bgr)
        self._judged, assessment = self._judge.step(self._judged, seen)
        scene, changed = self._changed(frame, poses, seen, assessment)
        levelled = self.profile.level_calibrated
        causes = cause_strengths(assessment, self._alerts, self._causes, thigh_levelled=levelled)
        likely = likely_causes(assessment, self._alerts, self._causes, thigh_levelled=levelled)
        quiet = quiet or (self._ask_first and bool(changed))
        self._alerted, effects = step(self._alerted, assessment, self._alerts, likely, quiet=quiet)
        return Moment(
            frame,
            seen,
            assessment,
            effects,
            causes,
            changed,
            self._alerted.tipped_s,
            self._alerts.dwell_s,
            self._alerts.silent_cue_s,
            self._limits.get(assessment.basis),
            scene,
            likely[0] if likely else None,
        )

    def _limits_of(self, basis: Basis) -> Limits:
        thresholds = self._judge.thresholds
        slump_deg = tilt_model().slump_deg(self.profile.reference, basis)
        share = slump_deg / 100.0
        return Limits(share * thresholds.enter(basis), share * thresholds.leave_pct, slump_deg)

    def _changed(
        self, frame: Frame, poses: tuple[Pose, ...], seen: Observation, assessment: Assessment
    ) -> tuple[str, tuple[Change, ...]]:
        scene = ""
        if self.profile.scene and len(poses) < 2 and is_look_due(self._stale, frame.t_s):
            scene = scene_signature(frame.image_bgr, poses[0].mask if poses else None)
        self._stale, changed = stale_step(self._stale, seen, assessment, self.profile, scene)
        return scene, tuple(c for c in changed if c not in self._accepted)
