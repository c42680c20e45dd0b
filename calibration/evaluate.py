"""Samples of the neutral sit and the slump -> a profile, or what to change, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import numpy as np

from calibration.baseline import centre, centre_of_repeats, robust_sd, spread
from calibration.profile import DEFAULT_STATURE_CM, HIP_BIAS_DEG, THIGH_OVER_STATURE, Profile
from calibration.stretch import (
    MIN_FRAMES,
    Sample,
    frames_problem,
    measures_of,
    median_trunk_px,
    motion_problem,
    stretch_problem,
    view_problem,
)
from calibration.thigh import rise_deg, square_thigh_px, thigh_reading_deg
from models.measures import Measures
from models.pose import FloatArray
from models.tilt import (
    MIN_SLUMP_INDEX,
    USUAL_SLUMP_DEG,
    Basis,
    TiltModel,
    contour_usable,
)

__all__ = ["Recording", "Sample", "Setup", "Verdict", "evaluate", "stretch_problem"]

MIN_SEPARATION_SD: Final = 3.0
MAX_THIGH_OFFSET_DEG: Final = 45.0


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
    scene: str = ""


@dataclass(frozen=True)
class Verdict:
    """The outcome: a profile when there is one, ``problems`` that stopped it, ``notes`` that did not.

    Each problem and note is one sentence in plain words that says what to change.

    Attributes:
        separation: how far slump and neutral sit stand apart on the feature set that was chosen (or, refused, that was
            tested), in pooled SDs of single frames, tip-back positive; NaN without a slump or where it cannot be told.
        neutral_pct, slump_pct: tilt of the single frames in % of the slump, by the model with the new profile; frames
            without an estimate are left out; both are empty without a profile or without a slump.
    """

    profile: Profile | None
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    separation: float = math.nan
    neutral_pct: tuple[float, ...] = ()
    slump_pct: tuple[float, ...] = ()


def evaluate(recording: Recording, setup: Setup, model: TiltModel) -> Verdict:
    """Check a calibration and make the profile from it (brief, section 2.5)."""
    problems = tuple(filter(None, (_unusable(pose, repeats) for pose, repeats in _poses(recording))))
    if problems:
        return Verdict(None, problems)
    neutral = centre_of_repeats([measures_of(r) for r in recording.neutral])
    neutral_all = measures_of([s for r in recording.neutral for s in r])
    slump_all = measures_of([s for r in recording.slump for s in r])
    slump = centre_of_repeats([measures_of(r) for r in recording.slump]) if recording.slump else None
    trust = _trust(model, neutral, neutral_all, slump, slump_all)
    if trust.problem:
        return Verdict(None, (trust.problem,), separation=trust.separation)
    notes = list(trust.notes)
    full_px = _thigh_full_px(neutral_all + slump_all, neutral.view_yaw_deg)
    thigh_neutral_deg, level = _thigh_neutral_deg(recording, setup, neutral, full_px)
    if abs(rise_deg(neutral, full_px) - thigh_neutral_deg) > MAX_THIGH_OFFSET_DEG:
        return Verdict(None, (_NOT_LEVEL,))
    if not level:
        notes.append(_NO_LEVEL)
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
        scene=setup.scene,
    )
    if slump is not None and model.estimate(slump, profile.reference).reason:
        notes.append(_SLUMP_UNSURE)
    neutral_pct, slump_pct = (_pct(model, profile, measures) for measures in (neutral_all, slump_all))
    return Verdict(profile, (), tuple(notes), trust.separation, neutral_pct, slump_pct)


def _pct(model: TiltModel, profile: Profile, measures: list[Measures]) -> tuple[float, ...]:
    """Tilt of each frame in % of the slump, those without an estimate left out; nothing without a slump."""
    if profile.slump is None:
        return ()
    found = (model.estimate(m, profile.reference).pct for m in measures)
    return tuple(pct for pct in found if math.isfinite(pct))


@dataclass(frozen=True)
class _Separation:
    gap: float
    neutral_sd: float
    pooled_sd: float

    @property
    def in_sd(self) -> float:
        """The gap in pooled SDs; NaN where frames were lacking."""
        if not math.isfinite(self.pooled_sd):
            return math.nan
        return self.gap / self.pooled_sd if self.pooled_sd > 0 else math.copysign(math.inf, self.gap)

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
    separation: float = math.nan


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
        tested = contour or skeleton
        return _Trust(problem=_separation_problem(tested), separation=tested.in_sd)
    notes = []
    if not contour_ok:
        notes.append(
            f"{'The edge of your back did not tell the two poses apart.' if clear else _UNCLEAR} The tilt comes from "
            "the landmarks alone and is less sure: wear a plainer, tighter top and keep the chair back clear of you."
        )
    chosen = contour if contour is not None and contour_ok else skeleton
    spread_pct = 100.0 * chosen.neutral_sd / chosen.gap
    return _Trust(contour_ok, skeleton.ok, spread_pct, tuple(notes), separation=chosen.in_sd)


_UNCLEAR: Final = "The edge of your back is not clear in the picture."
_SLUMP_UNSURE: Final = (
    "In your slump the tilt is too unsure to be told: wear a plainer, tighter top and keep the chair back clear of you."
)
_NO_LEVEL: Final = "Knee height is less sure: calibrate with a moment of level thighs, or give their slope."
_NOT_LEVEL: Final = "The thigh is far from level where you said it was: give level thighs or their slope anew."
_NO_SLUMP: Final = (
    f"Without a slump of your own, tipped means half of a usual slump of {USUAL_SLUMP_DEG:.0f} degrees, and the "
    "degrees are less sure."
)


def _poses(recording: Recording) -> tuple[tuple[str, tuple[tuple[Sample, ...], ...]], ...]:
    named = (("neutral sit", recording.neutral), ("slump", recording.slump))
    return named if recording.slump else named[:1]


def _unusable(pose: str, repeats: tuple[tuple[Sample, ...], ...]) -> str:
    """What keeps the frames of one pose from being used, the most basic thing first; empty when nothing does."""
    samples = [s for r in repeats for s in r]
    problem = frames_problem(pose, samples) or view_problem(pose, samples)
    if problem:
        return problem
    trunk_px = median_trunk_px(samples)
    return next(filter(None, (motion_problem(pose, r, trunk_px) for r in repeats)), "")


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
        level = centre(measures_of(recording.level))
        yaw_deg = neutral.view_yaw_deg
        raised = thigh_reading_deg(neutral, full_px, yaw_deg) - thigh_reading_deg(level, full_px, yaw_deg)
        if math.isfinite(raised):
            return raised, True
    if setup.neutral_thigh_deg is not None:
        return setup.neutral_thigh_deg, True
    return rise_deg(neutral, full_px) - HIP_BIAS_DEG, False
