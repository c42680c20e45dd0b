"""A sitter of known measures, a profile that fits, and a player that judges a course of sitting like a diary."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby

import numpy as np
from known_sitter import NEUTRAL, SLUMP

from bench.start_weights import LinearTiltModel
from calibration.profile import Profile
from models.measures import Measures
from monitor.judgement.assessment import Assessment, State
from monitor.judgement.judge import Judge, JudgeState
from monitor.judgement.observation import Observation, Presence
from monitor.judgement.parameters import JudgementSettings

NAN = math.nan
QUICK = JudgementSettings(smoothing_s=0.5)
"""The defaults with hardly any smoothing, so that a change shows at once and dwell can be counted by hand."""

PROFILE = Profile(
    name="test",
    created=datetime(2025, 3, 1, 9, 0, tzinfo=UTC),
    camera="camera",
    width_px=640,
    height_px=480,
    facing=1,
    near="right",
    thigh_cm=40.0,
    thigh_full_px=160.0,
    thigh_neutral_deg=0.0,
    level_calibrated=True,
    neutral=NEUTRAL,
    neutral_spread=Measures(),
    slump=SLUMP,
    slump_deg=12.0,
    neutral_spread_pct=0.0,
    contour_trusted=True,
    skeleton_trusted=True,
    tilt_model="linear-1",
)


def sits(pct: float, **changes: float) -> Measures:
    """So many percent of the way from the neutral sit to the slump, with some measures as given."""
    rest, slumped = NEUTRAL.as_array(), SLUMP.as_array()
    return replace(Measures.from_array(rest + pct / 100.0 * (slumped - rest)), **changes)


RECLINES = sits(0.0, trunk_inclination_deg=-10.0)
LEANS = sits(0.0, trunk_inclination_deg=14.0)
STANDS = sits(0.0, thigh_angle_deg=-80.0, knee_rise_px=-157.6)
KNEE_HIDDEN = sits(0.0, thigh_px=NAN, thigh_angle_deg=NAN, knee_rise_px=NAN, shin_angle_deg=NAN)
HIPS_HIDDEN = Measures(shoulder_breadth_px=20.0)
NOBODY = Presence.NOBODY
SOMEBODY_ELSE = Presence.OTHER

What = Measures | Presence


@dataclass(frozen=True)
class Stretch:
    """So many seconds of the same."""

    what: What
    seconds: float


def seen(what: What, t_s: float) -> Observation:
    if isinstance(what, Presence):
        return Observation(t_s, what)
    return Observation(t_s, Presence.SITTER, what)


def judge(settings: JudgementSettings = QUICK, **profile: object) -> Judge:
    return Judge(PROFILE.model_copy(update=profile), LinearTiltModel(), settings)


def play(
    course: Iterable[Stretch], *, fps: float = 10.0, by: Judge | None = None, start_s: float = 0.0
) -> list[Assessment]:
    """Every assessment of the course."""
    by = by or judge()
    state, out, begin = JudgeState(), [], 0.0
    frame = 0
    for stretch in course:
        begin += stretch.seconds
        while frame / fps < begin - 1e-9:
            t_s = start_s + frame / fps
            state, assessment = by.step(state, seen(stretch.what, t_s))
            out.append(assessment)
            frame += 1
    return out


def one(what: What, by: Judge | None = None) -> Assessment:
    """The last assessment after three seconds of the same."""
    return play([Stretch(what, 3.0)], by=by)[-1]


def states(assessments: Sequence[Assessment]) -> list[State]:
    """The states in order, each named once as long as it lasts."""
    return [state for state, _ in groupby(a.state for a in assessments)]


def began_s(assessments: Sequence[Assessment], state: State) -> float:
    """When the state was first given."""
    return next(a.t_s for a in assessments if a.state is state)


def all_nan(*values: float) -> bool:
    return bool(np.isnan(values).all())
