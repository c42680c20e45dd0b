"""Synthetic calibrations: samples scattered about a neutral sit and a slump that are known."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import known_sitter
import numpy as np

from bench.start_weights import LinearTiltModel
from calibration.evaluate import Recording, Sample, Setup, Verdict, evaluate
from calibration.profile import Profile
from models.measures import MEASURE_NAMES, Measures

NAN = math.nan
MODEL = LinearTiltModel()
CREATED = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
SETUP = Setup("anna", CREATED, "camera", 640, 480, facing=1, near="right")

NEUTRAL = known_sitter.with_marks(replace(known_sitter.NEUTRAL, thigh_angle_deg=-6.0, knee_rise_px=-16.0))
SLUMP = known_sitter.slumped(NEUTRAL)
SCATTER = Measures.from_array(np.array([0.0 if n.startswith("contour") else 0.3 for n in MEASURE_NAMES]))
"""Standard deviation of single frames: 0.3 px or degrees."""

Samples = tuple[Sample, ...]


def held(
    pose: Measures, frames: int = 40, *, scatter: float = 1.0, seed: int = 1, brightness: float = 120.0
) -> Samples:
    """So many frames of a pose, scattered by ``scatter`` times `SCATTER`."""
    noise = np.random.default_rng(seed).standard_normal((frames, len(MEASURE_NAMES)))
    rows = pose.as_array() + scatter * SCATTER.as_array() * noise
    return tuple(Sample(Measures.from_array(row), brightness) for row in rows)


def repeats(pose: Measures, times: int = 3, **how: object) -> tuple[Samples, ...]:
    return tuple(held(pose, seed=10 + i, **how) for i in range(times))  # type: ignore[arg-type]


def recording(
    neutral: Measures | Sequence[Samples] = NEUTRAL,
    slump: Measures | Sequence[Samples] = SLUMP,
    level: Samples = (),
) -> Recording:
    return Recording(
        repeats(neutral) if isinstance(neutral, Measures) else tuple(neutral),
        repeats(slump) if isinstance(slump, Measures) else tuple(slump),
        level,
    )


def verdict(setup: Setup = SETUP, **parts: object) -> Verdict:
    return evaluate(recording(**parts), setup, MODEL)  # type: ignore[arg-type]


def profile(setup: Setup = SETUP, **parts: object) -> Profile:
    """The profile of a calibration that must succeed."""
    found = verdict(setup, **parts)
    assert found.profile is not None, found.problems
    return found.profile


def without(pose: Samples, share: float, names: Iterable[str]) -> Samples:
    """The same frames, with the named measures not seen in the first ``share`` of them."""
    unseen = dict.fromkeys(names, NAN)
    n = round(share * len(pose))
    return tuple(replace(s, measures=replace(s.measures, **unseen)) if i < n else s for i, s in enumerate(pose))
