"""Which causes stand out beside the tilt, the likeliest first."""

from __future__ import annotations

from monitor.alerts.causes import Cause
from monitor.alerts.policy import AlertSettings, CauseSettings
from monitor.judgement.assessment import Assessment

HEAD_FORWARD_PCT = 6.0
"""Ear so far ahead of where it was over the shoulder in the neutral sit, % of the trunk length: about 3 cm."""
REACH_PCT = 10.0
"""Wrist so far ahead of where it was, % of the trunk length: about 5 cm."""


def cause_strengths(
    assessment: Assessment, settings: AlertSettings, causes: CauseSettings, *, thigh_levelled: bool
) -> dict[Cause, float]:
    """How far each cause that is switched on stands out: 1 at its limit, NaN where the measure is not known."""
    knee_limit = settings.knee_hint_deg if thigh_levelled else settings.knee_hint_unlevelled_deg
    strengths = {
        Cause.KNEES_ABOVE_HIPS: causes.knees_sensitivity * assessment.thigh_elevation_deg / knee_limit,
        Cause.SHOULDERS_FORWARD: causes.arms_sensitivity * assessment.wrist_reach_pct / REACH_PCT,
        Cause.HEAD_FORWARD: causes.head_sensitivity * assessment.ear_forward_pct / HEAD_FORWARD_PCT,
    }
    told = {
        Cause.KNEES_ABOVE_HIPS: causes.knees_above_hips,
        Cause.SHOULDERS_FORWARD: causes.arms_forward,
        Cause.HEAD_FORWARD: causes.head_forward,
    }
    return {cause: strength for cause, strength in strengths.items() if told[cause]}


def likely_causes(
    assessment: Assessment, settings: AlertSettings, causes: CauseSettings | None = None, *, thigh_levelled: bool
) -> tuple[Cause, ...]:
    """Causes that the measures of this moment show, strongest first; empty when none stands out.

    Each measure is compared with its limit; the one furthest beyond its own limit comes first. A measure that is
    not known (NaN) is no cause.
    """
    strength = cause_strengths(assessment, settings, causes or CauseSettings(), thigh_levelled=thigh_levelled)
    return tuple(sorted((c for c, s in strength.items() if s >= 1.0), key=lambda c: -strength[c]))
