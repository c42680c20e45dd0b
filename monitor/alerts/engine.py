"""``step(state, assessment) -> (state, effects)``: when to speak about tipped hips. Time is an argument.

A frame's posture holds until the next frame. So every clock here is in seconds and the frame rate plays no part.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from monitor.alerts import words
from monitor.alerts.causes import Cause
from monitor.alerts.dose import dose_after, drained, is_loading
from monitor.alerts.effects import Answered, Effect, KneeHint, SilentCue, SitBreak, Warn, WarnKind
from monitor.alerts.policy import AlertSettings
from monitor.alerts.state import AlertState, OpenWarning
from monitor.judgement.assessment import GAP_S, SEATED_STATES, Assessment, State

_HOUR_S: Final = 3600.0
_EPS_S: Final = 1e-6
_GONE = frozenset({State.AWAY, State.STANDING})


def step(
    state: AlertState,
    assessment: Assessment,
    settings: AlertSettings,
    causes: tuple[Cause, ...] = (),
    *,
    quiet: bool = False,
) -> tuple[AlertState, tuple[Effect, ...]]:
    """Take in one assessment and say what is to be done.

    Args:
        state: what was remembered.
        assessment: the judged frame; ``t_s`` must not be before the last one's.
        settings: the policy; may change from call to call.
        causes: what goes with the tilt, the likeliest first; a warning names the first.
        quiet: nothing is to be said now; the clocks and the silent cue go on.

    Returns:
        The new state, and the effects in the order in which they are to happen.

    Raises:
        ValueError: time went back or is not finite.
    """
    state = _advance(state, assessment, settings)
    effects: list[Effect] = []

    state, answered = _follow_up(state, assessment, settings)
    cue = state.tipped_s >= settings.silent_cue_s - _EPS_S
    if cue is not state.cue_on:
        state = replace(state, cue_on=cue)
        effects.append(SilentCue(cue))
    if answered:
        effects.append(answered)
    if quiet:
        return state, tuple(effects)

    kind = _due(state, assessment, settings)
    if kind:
        warning = _warning(state, assessment.t_s, kind, causes[0] if causes else Cause.PLAIN)
        state = _given(state, warning, settings)
        effects.append(warning)
    if _knees_due(state, assessment, settings):
        state = replace(state, knee_hinted=True)
        effects.append(_knee_hint(assessment, settings))
    if settings.sit_break and not state.sit_hinted and state.seated_s >= settings.sit_break_s - _EPS_S:
        state = replace(state, sit_hinted=True)
        effects.append(SitBreak(assessment.t_s, state.seated_s, words.sit_break(state.seated_s)))
    return state, tuple(effects)


def _advance(state: AlertState, now: Assessment, settings: AlertSettings) -> AlertState:
    """Run every clock up to ``now``, with the posture of the assessment before."""
    was = state.last
    if not math.isfinite(now.t_s) or (was is not None and now.t_s < was.t_s):
        raise ValueError(f"time must not go back: {now.t_s} s after {was.t_s if was else 'the start'}")
    if was is None:
        return replace(state, last=now)
    dt_s = now.t_s - was.t_s
    if dt_s > GAP_S + _EPS_S:
        dose = drained(state.dose, dt_s, settings)
        return replace(
            state, last=now, tipped_s=0.0, unknown_s=0.0, seated_s=0.0, sit_hinted=False, dose=dose, open=None
        )

    unknown_s = state.unknown_s + dt_s if was.state is State.UNKNOWN else 0.0
    out_of_sight = unknown_s > settings.unknown_grace_s + _EPS_S
    tipped_s = state.tipped_s + dt_s if was.state is State.TIPPED else state.tipped_s
    goes_on = now.state in (State.TIPPED, State.UNKNOWN) and not out_of_sight
    gone = now.state in _GONE
    return replace(
        state,
        last=now,
        unknown_s=unknown_s,
        tipped_s=tipped_s if goes_on else 0.0,
        dose=dose_after(state.dose, was, dt_s, settings),
        seated_s=0.0 if gone else state.seated_s + (dt_s if was.state in SEATED_STATES else 0.0),
        sit_hinted=state.sit_hinted and not gone,
        knees_up_s=0.0 if gone else _knees_up_s(state, was, dt_s, settings),
        open=None if out_of_sight else state.open,
    )


def _follow_up(state: AlertState, now: Assessment, settings: AlertSettings) -> tuple[AlertState, Answered | None]:
    """See whether the open warning is answered by now, or ignored."""
    warning = state.open
    if warning is None or now.state is State.UNKNOWN or (now.state in SEATED_STATES and math.isnan(now.tilt_pct)):
        return state, None
    after_s = now.t_s - warning.t_s
    still = now.state is State.TIPPED or (warning.kind == "dose" and is_loading(now, settings))
    if not still:
        in_time = after_s <= settings.answered_within_s + _EPS_S
        ignored = 0 if in_time else state.ignored_in_row
        return replace(state, open=None, ignored_in_row=ignored), Answered(warning.number, after_s)
    if not warning.ignored and after_s >= settings.answered_within_s - _EPS_S:
        return replace(state, open=replace(warning, ignored=True), ignored_in_row=state.ignored_in_row + 1), None
    return state, None


def _due(state: AlertState, now: Assessment, settings: AlertSettings) -> WarnKind | None:
    """The warning to be given now: what has gone on for long enough, if none was given too lately or too often."""
    given = state.warned_at_s
    if given and now.t_s - given[-1] < settings.cool_down_after_s(state.ignored_in_row) - _EPS_S:
        return None
    if len(given) >= settings.max_per_hour and now.t_s - given[-settings.max_per_hour] < _HOUR_S - _EPS_S:
        return None
    if now.state is State.TIPPED and state.tipped_s >= settings.dwell_s - _EPS_S:
        return "dwell"
    if settings.dose_warning and state.dose >= settings.dose_limit and is_loading(now, settings):
        return "dose"
    return None


def _warning(state: AlertState, t_s: float, kind: WarnKind, cause: Cause) -> Warn:
    text = words.dwell_warning(state.tipped_s, cause) if kind == "dwell" else words.dose_warning(cause)
    return Warn(t_s, kind, text, cause, state.warnings + 1)


def _given(state: AlertState, warning: Warn, settings: AlertSettings) -> AlertState:
    return replace(
        state,
        warnings=warning.number,
        warned_at_s=(*state.warned_at_s, warning.t_s)[-settings.max_per_hour :],
        open=OpenWarning(warning.number, warning.t_s, warning.kind),
    )


def _knee_limit_deg(state: AlertState, settings: AlertSettings) -> float:
    return settings.knee_hint_deg if state.thigh_levelled else settings.knee_hint_unlevelled_deg


def _knees_up_s(state: AlertState, was: Assessment, dt_s: float, settings: AlertSettings) -> float:
    if was.state not in SEATED_STATES or math.isnan(was.thigh_elevation_deg):
        return state.knees_up_s
    if was.thigh_elevation_deg > _knee_limit_deg(state, settings):
        return state.knees_up_s + dt_s
    return max(0.0, state.knees_up_s - dt_s)


def _knees_due(state: AlertState, now: Assessment, settings: AlertSettings) -> bool:
    return (
        settings.knee_hint
        and not state.knee_hinted
        and now.state in SEATED_STATES
        and now.thigh_elevation_deg > _knee_limit_deg(state, settings)
        and state.knees_up_s >= settings.knee_hint_hold_s - _EPS_S
    )


def _knee_hint(now: Assessment, settings: AlertSettings) -> KneeHint:
    return KneeHint(
        t_s=now.t_s,
        thigh_elevation_deg=now.thigh_elevation_deg,
        knee_above_hip_cm=now.knee_above_hip_cm,
        strong=now.thigh_elevation_deg > settings.knee_hint_strong_deg,
        text=words.knee_hint(now.thigh_elevation_deg, now.knee_above_hip_cm),
    )
