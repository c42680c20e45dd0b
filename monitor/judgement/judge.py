"""One observation after another -> assessments. ``step(state, input) -> (state, output)``; time is an argument."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from calibration.profile import Profile
from calibration.thigh import thigh_elevation_deg
from calibration.thresholds import Thresholds, personal_thresholds
from models.changes import posture_changes
from models.measures import Measures
from models.tilt import TiltEstimate, TiltModel
from monitor.judgement.assessment import GAP_S, Assessment, State, View
from monitor.judgement.confidence import confidence
from monitor.judgement.observation import Observation, Presence
from monitor.judgement.parameters import JudgementSettings
from monitor.judgement.scale import ScaleWindow, track_scale
from monitor.judgement.states import StateClock, advance
from monitor.posture.smoothing import MedianWindow, smooth

MIN_STANDING_THIGH = 0.7
"""A standing thigh is seen at least at this share of its full length; a shorter one points at the camera."""
CUT_OFF_REASON = "your hips are outside the picture: the camera must see your whole side from head to knee"

_REASONS = {
    View.FRONT: "front view: put the camera at your side",
    View.UNKNOWN: "your shoulders or hips are not seen",
}


@dataclass(frozen=True)
class JudgeState:
    """What is remembered from frame to frame."""

    clock: StateClock = field(default_factory=StateClock)
    window: MedianWindow = field(default_factory=MedianWindow)
    scale: ScaleWindow = field(default_factory=ScaleWindow)
    last_s: float | None = None


@dataclass(frozen=True)
class Judge:
    """The judgement of one profile with one tilt model and one set of numbers."""

    profile: Profile
    model: TiltModel
    settings: JudgementSettings

    @property
    def thresholds(self) -> Thresholds:
        """The person's own enter and leave thresholds."""
        return personal_thresholds(
            enter_pct=self.settings.enter_pct,
            enter_skeleton_pct=self.settings.enter_skeleton_pct,
            leave_pct=self.settings.leave_pct,
            neutral_spread_pct=self.profile.neutral_spread_pct,
        )

    def step(self, state: JudgeState, seen: Observation) -> tuple[JudgeState, Assessment]:
        """Judge one frame; frames must come in order of time. After a gap of over 10 s everything starts anew."""
        if state.last_s is not None and seen.t_s - state.last_s > GAP_S:
            state = JudgeState()
        state = replace(state, last_s=seen.t_s)
        if seen.presence is Presence.CUT_OFF:
            state = replace(state, window=MedianWindow())
            return self._finish(state, Assessment(seen.t_s, State.UNKNOWN, CUT_OFF_REASON))
        if seen.presence is not Presence.SITTER:
            reason = "" if seen.presence is Presence.NOBODY else "somebody else is in the picture, not at your place"
            state = replace(state, window=MedianWindow())
            return self._finish(state, Assessment(seen.t_s, State.AWAY, reason))
        window, measures = smooth(state.window, seen.t_s, seen.measures, self.settings.smoothing_s)
        scale_window, scale = track_scale(state.scale, seen.t_s, measures, self.profile)
        state = replace(state, window=window, scale=scale_window)
        view = self._view(measures)
        if self._stands(measures) or self._stands(seen.measures):
            return self._finish(state, Assessment(seen.t_s, State.STANDING, view=view))
        estimate = self._tilt(seen, measures, view, scale)
        if seen.turned or view in _REASONS:
            measures = Measures()  # forward and back cannot be told apart: no angle, not a wrong one
        state, looks_like = self._looks_like(state, seen.t_s, measures, estimate, scale)
        thigh = thigh_elevation_deg(measures, self.profile, scale)
        assessment = Assessment(
            t_s=seen.t_s,
            state=looks_like,
            reason=estimate.reason,
            tilt_deg=estimate.tilt_deg,
            tilt_low_deg=estimate.low_deg,
            tilt_high_deg=estimate.high_deg,
            tilt_pct=estimate.pct,
            confidence=confidence(seen, measures, estimate, view),
            basis=estimate.basis,
            trunk_inclination_deg=measures.trunk_inclination_deg,
            thigh_elevation_deg=thigh,
            knee_above_hip_cm=self.profile.thigh_cm * math.sin(math.radians(thigh)),
            ear_forward_pct=self._forward_pct(measures.ear_forward_px, self.profile.neutral.ear_forward_px, scale),
            wrist_reach_pct=self._forward_pct(measures.wrist_reach_px, self.profile.neutral.wrist_reach_px, scale),
            view=view,
        )
        return self._finish(state, assessment)

    def _finish(self, state: JudgeState, frame: Assessment) -> tuple[JudgeState, Assessment]:
        """Put the state after hysteresis and dwell in place of what the single frame looks like."""
        clock = advance(
            state.clock, frame.t_s, frame.state, settle_s=self.settings.settle_s, lost_s=self.settings.lost_s
        )
        done = replace(frame, state=clock.state, time_in_state_s=frame.t_s - clock.since_s)
        if clock.state is State.UNKNOWN and not done.reason:
            missed = frame.state in (State.AWAY, State.UNKNOWN)
            done = replace(done, reason="nobody was found for a moment" if missed else "just came into view")
        return replace(state, clock=clock), done

    def _view(self, measures: Measures) -> View:
        yaw = measures.view_yaw_deg
        if math.isnan(yaw):
            return View.UNKNOWN
        if abs(yaw) >= self.settings.front_min_deg:
            return View.FRONT
        moved = abs(yaw - self.profile.neutral.view_yaw_deg)  # a profile without a yaw compares with nothing
        return View.OBLIQUE if max(abs(yaw), moved) > self.settings.side_max_deg else View.SIDE

    def _stands(self, measures: Measures) -> bool:
        return (
            measures.thigh_angle_deg < self.settings.standing_deg - 90.0
            and measures.thigh_px >= MIN_STANDING_THIGH * self.profile.thigh_full_px
        )

    def _tilt(self, seen: Observation, measures: Measures, view: View, scale: float) -> TiltEstimate:
        if view in _REASONS:
            return TiltEstimate(reason=_REASONS[view])
        if seen.turned:
            return TiltEstimate(reason="you face the other way than at calibration")
        if math.isnan(measures.thigh_px):
            return TiltEstimate(reason="your knee is hidden")
        return self.model.estimate(measures, self.profile.reference, oblique=view is View.OBLIQUE, scale=scale)

    def _looks_like(
        self, state: JudgeState, t_s: float, measures: Measures, estimate: TiltEstimate, scale: float
    ) -> tuple[JudgeState, State]:
        if estimate.reason:
            return replace(state, clock=replace(state.clock, low_since_s=None)), State.UNKNOWN
        now = state.clock.state
        limits, numbers = self.thresholds, self.settings
        low_since = state.clock.low_since_s
        low_since = (t_s if low_since is None else low_since) if estimate.pct <= limits.leave_pct else None
        state = replace(state, clock=replace(state.clock, low_since_s=low_since))
        shortening, trunk = posture_changes(measures, self.profile.neutral, scale)[:2]
        held = numbers.trunk_hysteresis_deg
        if (
            trunk < -numbers.recline_deg + (held if now is State.RECLINED else 0.0)
            and shortening < numbers.recline_max_shortening_pct
            and estimate.pct < numbers.recline_max_pct
        ):
            return state, State.RECLINED
        if now is State.TIPPED:
            tipped = low_since is None or t_s - low_since < numbers.leave_s
        else:
            tipped = estimate.pct >= limits.enter(estimate.basis)
        if tipped:
            return state, State.TIPPED
        if trunk > numbers.lean_deg - (held if now is State.LEANING else 0.0):
            return state, State.LEANING
        return state, State.UPRIGHT

    def _forward_pct(self, now_px: float, neutral_px: float, scale: float) -> float:
        return 100.0 * (scale * now_px - neutral_px) / self.profile.neutral.trunk_px
