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
from models.measures import MEASURE_NAMES, Measures
from models.pose import FloatArray
from models.tilt import MIN_BULGE_CHANGE_PCT, MIN_SLUMP_INDEX, Basis, TiltModel, contour_usable

MIN_FRAMES: Final = 5
MIN_SEEN: Final = 0.7
MAX_VIEW_RATIO: Final = 0.30
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

    ``level`` holds the frames in which the thigh was level, empty when the user gave none.
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
    slump = centre_of_repeats([_measures(r) for r in recording.slump])
    neutral_all = _measures([s for r in recording.neutral for s in r])
    slump_all = _measures([s for r in recording.slump for s in r])
    contour_problem = _contour_problem(neutral, slump)
    contour = None if contour_problem else _separation(model, Basis.CONTOUR, neutral, neutral_all, slump_all)
    skeleton = _separation(model, Basis.SKELETON, neutral, neutral_all, slump_all)
    contour_ok, skeleton_ok = bool(contour and contour.ok), skeleton.ok
    if not contour_ok and not skeleton_ok:
        return Verdict(None, (_separation_problem(contour or skeleton),))
    notes = []
    if not contour_ok:
        notes.append(
            f"{contour_problem or 'The edge of your back did not tell the two poses apart.'} The tilt comes from "
            "the landmarks alone and is less sure: wear a plainer, tighter top and keep the chair back clear of you."
        )
    chosen = contour if contour is not None and contour_ok else skeleton
    offset, level = _thigh_offset(recording, setup, neutral)
    if abs(offset) > MAX_THIGH_OFFSET_DEG:
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
        thigh_full_px=_thigh_full_px(neutral_all + slump_all),
        thigh_offset_deg=offset,
        level_calibrated=level,
        neutral=neutral,
        neutral_spread=spread(neutral_all),
        slump=slump,
        slump_deg=setup.slump_deg,
        neutral_spread_pct=100.0 * chosen.neutral_sd / chosen.gap,
        contour_trusted=contour_ok,
        skeleton_trusted=skeleton_ok,
        tilt_model=model.name,
    )
    return Verdict(profile, (), tuple(notes))


def thigh_elevation_deg(rise_px: float, full_px: float) -> float:
    """Thigh elevation from the knee's rise and the thigh's full length, both pixels; knee-up positive.

    The known length makes it proof against camera yaw (brief, section 4). NaN in, NaN out.
    """
    return math.degrees(math.asin(max(-1.0, min(1.0, rise_px / full_px)))) if math.isfinite(rise_px) else math.nan


@dataclass(frozen=True)
class _Separation:
    gap: float
    neutral_sd: float
    pooled_sd: float

    @property
    def ok(self) -> bool:
        return self.gap >= MIN_SLUMP_INDEX and self.gap >= MIN_SEPARATION_SD * self.pooled_sd


def _poses(recording: Recording) -> tuple[tuple[str, tuple[tuple[Sample, ...], ...]], ...]:
    return (("neutral sit", recording.neutral), ("slump", recording.slump))


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
    if float(np.nanmedian(columns["shoulder_breadth_px"])) / trunk > MAX_VIEW_RATIO:
        return [f"The camera does not see you from the side in the {pose}: put it square to your side."]
    for repeat in repeats:
        scatter = spread(_measures(repeat))
        moved = math.hypot(scatter.hip_x_px, scatter.hip_y_px) / trunk
        if moved > MAX_HIP_MOTION or scatter.trunk_inclination_deg > MAX_TRUNK_MOTION_DEG:
            return [f"You moved too much in the {pose}: hold it still until the next prompt, then try again."]
    return []


def _contour_problem(neutral: Measures, slump: Measures) -> str | None:
    if not (contour_usable(neutral) and contour_usable(slump)):
        return "The edge of your back is not clear in the picture."
    change = 100.0 * (slump.lumbar_bulge_px - neutral.lumbar_bulge_px) / neutral.trunk_px
    if change < MIN_BULGE_CHANGE_PCT:
        return "The edge behind your back did not round when you slumped: it may be the chair."
    return None


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


def _thigh_full_px(samples: list[Measures]) -> float:
    return float(np.nanpercentile([m.thigh_px for m in samples], 95))


def _thigh_offset(recording: Recording, setup: Setup, neutral: Measures) -> tuple[float, bool]:
    """What the raw thigh elevation reads when the thigh is level, and whether that was measured."""
    full = _thigh_full_px(_measures([s for r in (*recording.neutral, *recording.slump) for s in r]))
    if recording.level:
        level = centre(_measures(recording.level))
        raw = thigh_elevation_deg(level.knee_rise_px, full)
        if math.isfinite(raw):
            return raw, True
    if setup.neutral_thigh_deg is not None:
        return thigh_elevation_deg(neutral.knee_rise_px, full) - setup.neutral_thigh_deg, True
    return HIP_BIAS_DEG, False
