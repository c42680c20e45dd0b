"""Samples of the neutral sit and the slump -> a profile, or what to change, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal

import numpy as np

from calibration.baseline import as_rows, centre, centre_of_repeats, robust_sd, spread
from calibration.profile import DEFAULT_STATURE_CM, HIP_BIAS_DEG, THIGH_OVER_STATURE, Profile
from calibration.thigh import rise_deg, square_thigh_px, thigh_reading_deg
from models.measures import MEASURE_NAMES, Measures
from models.pose import FloatArray
from models.tilt import (
    MIN_SLUMP_INDEX,
    USUAL_SLUMP_DEG,
    Basis,
    TiltModel,
    contour_usable,
)

MIN_FRAMES: Final = 5
MIN_SEEN: Final = 0.7
MAX_YAW_DEG: Final = 30.0
FRONTAL_YAW_DEG: Final = 60.0
"""From here on front and back are not told apart for sure."""
MIN_BRIGHTNESS: Final = 30.0
MAX_HIP_MOTION: Final = 0.06
MAX_TRUNK_MOTION_DEG: Final = 4.0
MIN_SEPARATION_SD: Final = 3.0
MIN_TRUNK_PX: Final = 60.0
MAX_THIGH_OFFSET_DEG: Final = 45.0


@dataclass(frozen=True, slots=True)
class Sample:
    """One frame of a calibration: its measures and the mean grey of the picture (0 to 255)."""

    measures: Measures
    brightness: float


@dataclass(frozen=True)
class Recording:
    """All that a calibration recorded. Each repeat is one stretch of holding a pose.

    ``slump`` is empty when the person gave none; ``level`` holds the frames in which the thigh was level, empty when
    the user gave none.
    """

    neutral: tuple[tuple[Sample, ...], ...]
    slump: tuple[tuple[Sample, ...], ...]
    level: tuple[Sample, ...] = ()


@dataclass(frozen=True)
class Setup:
    """What is known beside the frames: who, with which camera, seen how. Units as in `Profile`."""

    name: str
    created: datetime
    camera: str
    width_px: int
    height_px: int
    facing: Literal[-1, 1]
    near: Literal["left", "right"]
    roll_deg: float = 0.0
    stature_cm: float | None = None
    thigh_cm: float | None = None
    slump_deg: float = math.nan
    neutral_thigh_deg: float | None = None


@dataclass(frozen=True)
class Verdict:
    """The outcome: a profile when there is one, ``problems`` that stopped it, ``notes`` that did not.

    Each problem and note is one sentence in plain words that says what to change.
    """

    profile: Profile | None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())


def evaluate(recording: Recording, setup: Setup, model: TiltModel) -> Verdict:
    """Check a calibration and make the profile from it (brief, section 2.5)."""
    problems = [p for pose, repeats in _poses(recording) for p in _unusable(pose, repeats)]
    if problems:
        return Verdict(None, tuple(problems))
    neutral = centre_of_repeats([_measures(r) for r in recording.neutral])
    neutral_all = _measures([s for r in recording.neutral for s in r])
    slump_all = _measures([s for r in recording.slump for s in r])
    slump = centre_of_repeats([_measures(r) for r in recording.slump]) if recording.slump else None
    trust = _trust(model, neutral, neutral_all, slump, slump_all)
    if trust.problem:
        return Verdict(None, (trust.problem,))
    notes = list(trust.notes)
    full_px = _thigh_full_px(neutral_all + slump_all, neutral.view_yaw_deg)
    thigh_neutral_deg, level = _thigh_neutral_deg(recording, setup, neutral, full_px)
    if abs(rise_deg(neutral, full_px) - thigh_neutral_deg) > MAX_THIGH_OFFSET_DEG:
        return Verdict(None, ("The thigh is far from level where you said it was: check --level or --thigh-deg.",))
    if not level:
        notes.append("Knee height is less sure until you give a moment with level thighs (--level or --thigh-deg).")
    profile = Profile(
        name=setup.name,
        created=setup.created,
        camera=setup.camera,
        width_px=setup.width_px,
        height_px=setup.height_px,
        roll_deg=setup.roll_deg,
        facing=setup.facing,
        near=setup.near,
        thigh_cm=setup.thigh_cm or THIGH_OVER_STATURE * (setup.stature_cm or DEFAULT_STATURE_CM),
        thigh_full_px=full_px,
        thigh_neutral_deg=thigh_neutral_deg,
        level_calibrated=level,
        neutral=neutral,
        neutral_spread=spread(neutral_all),
        slump=slump,
        slump_deg=setup.slump_deg,
        neutral_spread_pct=trust.neutral_spread_pct,
        contour_trusted=trust.contour,
        skeleton_trusted=trust.skeleton,
        tilt_model=model.name,
    )
    if slump is not None and model.estimate(slump, profile.reference).reason:
        notes.append(_SLUMP_UNSURE)
    return Verdict(profile, (), tuple(notes))


@dataclass(frozen=True)
class _Separation:
    gap: float
    neutral_sd: float
    pooled_sd: float

    @property
    def ok(self) -> bool:
        return self.gap >= MIN_SLUMP_INDEX and self.gap >= MIN_SEPARATION_SD * self.pooled_sd


@dataclass(frozen=True)
class _Trust:
    """Which feature sets may be used, or why none."""

    contour: bool = False
    skeleton: bool = False
    neutral_spread_pct: float = 0.0
    notes: tuple[str, ...] = ()
    problem: str = ""


def _trust(
    model: TiltModel, neutral: Measures, neutral_all: list[Measures], slump: Measures | None, slump_all: list[Measures]
) -> _Trust:
    """Test the feature sets against the person's slump; without one only the look of the back's edge counts."""
    if slump is None:
        if not contour_usable(neutral):
            return _Trust(problem=f"{_UNCLEAR} Give a slump too, so that the landmarks alone can be tested.")
        spread_deg = robust_sd(_index(model, Basis.CONTOUR, neutral, neutral_all))
        return _Trust(True, False, 100.0 * spread_deg / USUAL_SLUMP_DEG, (_NO_SLUMP,))
    clear = contour_usable(neutral) and contour_usable(slump)
    contour = _separation(model, Basis.CONTOUR, neutral, neutral_all, slump_all) if clear else None
    skeleton = _separation(model, Basis.SKELETON, neutral, neutral_all, slump_all)
    contour_ok = bool(contour and contour.ok)
    if not contour_ok and not skeleton.ok:
        return _Trust(problem=_separation_problem(contour or skeleton))
    notes = []
    if not contour_ok:
        notes.append(
            f"{'The edge of your back did not tell the two poses apart.' if clear else _UNCLEAR} The tilt comes from "
            "the landmarks alone and is less sure: wear a plainer, tighter top and keep the chair back clear of you."
        )
    chosen = contour if contour is not None and contour_ok else skeleton
    return _Trust(contour_ok, skeleton.ok, 100.0 * chosen.neutral_sd / chosen.gap, tuple(notes))


_UNCLEAR: Final = "The edge of your back is not clear in the picture."
_SLUMP_UNSURE: Final = (
    "In your slump the tilt is too unsure to be told: wear a plainer, tighter top and keep the chair back clear of you."
)
_NO_SLUMP: Final = (
    f"Without a slump of your own, tipped means half of a usual slump of {USUAL_SLUMP_DEG:.0f} degrees, and the "
    "degrees are less sure."
)


def _poses(recording: Recording) -> tuple[tuple[str, tuple[tuple[Sample, ...], ...]], ...]:
    named = (("neutral sit", recording.neutral), ("slump", recording.slump))
    return named if recording.slump else named[:1]


def _measures(samples: Sequence[Sample]) -> list[Measures]:
    return [s.measures for s in samples]


def _unusable(pose: str, repeats: tuple[tuple[Sample, ...], ...]) -> list[str]:
    """What is wrong with the frames of one pose, the most basic thing first; empty when nothing is."""
    samples = [s for r in repeats for s in r]
    if len(samples) < MIN_FRAMES:
        return [f"Only {len(samples)} pictures of the {pose} were taken: hold it for longer, at least 5 s."]
    if np.median([s.brightness for s in samples]) < MIN_BRIGHTNESS:
        return [f"It was too dark in the {pose}: switch on a light that falls on you, or move the camera."]
    columns = dict(zip(MEASURE_NAMES, as_rows(_measures(samples)).T, strict=True))
    for part, name in (("hips and shoulders", "trunk_px"), ("knee", "thigh_px"), ("head", "ear_rise_px")):
        seen = float(np.isfinite(columns[name]).mean())
        if seen < MIN_SEEN:
            return [
                f"Your {part} could be seen in only {100 * seen:.0f} % of the {pose}: move the camera back or aside "
                "until your whole side from head to knee is in the picture."
            ]
    trunk = float(np.nanmedian(columns["trunk_px"]))
    if trunk < MIN_TRUNK_PX:
        return [f"You are too small in the picture in the {pose}: bring the camera nearer, to 1.5 to 2.5 m."]
    yaw = float(np.nanmedian(columns["view_yaw_deg"]))
    if abs(yaw) > MAX_YAW_DEG:
        return [_yaw_problem(pose, yaw)]
    for repeat in repeats:
        scatter = spread(_measures(repeat))
        moved = math.hypot(scatter.hip_x_px, scatter.hip_y_px) / trunk
        if moved > MAX_HIP_MOTION or scatter.trunk_inclination_deg > MAX_TRUNK_MOTION_DEG:
            return [f"You moved too much in the {pose}: hold it still until the next prompt, then try again."]
    return []


def _yaw_problem(pose: str, yaw: float) -> str:
    if abs(yaw) > FRONTAL_YAW_DEG:
        return f"The camera does not see you from the side in the {pose}: put it square to your side."
    ahead, back = ("front", "back") if yaw > 0 else ("back", "front")
    return (
        f"The camera stands about {abs(yaw):.0f} degrees too far towards your {ahead} in the {pose}: move it towards "
        f"your {back} until it is square to your side."
    )


def _separation(
    model: TiltModel, basis: Basis, neutral: Measures, neutral_all: list[Measures], slump_all: list[Measures]
) -> _Separation:
    rest = _index(model, basis, neutral, neutral_all)
    slumped = _index(model, basis, neutral, slump_all)
    if min(len(rest), len(slumped)) < MIN_FRAMES:
        return _Separation(0.0, math.inf, math.inf)
    rest_sd, slumped_sd = robust_sd(rest), robust_sd(slumped)
    pooled = math.hypot(rest_sd, slumped_sd) / math.sqrt(2.0)
    return _Separation(float(np.median(slumped) - np.median(rest)), rest_sd, pooled)


def _index(model: TiltModel, basis: Basis, neutral: Measures, samples: list[Measures]) -> FloatArray:
    values = np.array([model.index(m, neutral, basis) for m in samples])
    known: FloatArray = values[np.isfinite(values)]
    return known


def _separation_problem(separation: _Separation) -> str:
    if separation.gap < MIN_SLUMP_INDEX:
        return (
            "Your slump looks too much like your neutral sit: let the hips roll back and the low back round as far "
            "as is comfortable, fill the picture, wear a tighter top, and move an armrest that hides your hips."
        )
    return (
        "Neutral sit and slump do not stand out from the scatter between pictures: hold each pose still, fill the "
        "picture, and give more light."
    )


def _thigh_full_px(samples: list[Measures], yaw_deg: float) -> float:
    return float(np.nanpercentile([square_thigh_px(m, yaw_deg) for m in samples], 95))


def _thigh_neutral_deg(recording: Recording, setup: Setup, neutral: Measures, full_px: float) -> tuple[float, bool]:
    """Elevation of the thigh in the neutral sit, and whether a known thigh gave it."""
    if recording.level:
        level = centre(_measures(recording.level))
        yaw_deg = neutral.view_yaw_deg
        raised = thigh_reading_deg(neutral, full_px, yaw_deg) - thigh_reading_deg(level, full_px, yaw_deg)
        if math.isfinite(raised):
            return raised, True
    if setup.neutral_thigh_deg is not None:
        return setup.neutral_thigh_deg, True
    return rise_deg(neutral, full_px) - HIP_BIAS_DEG, False
