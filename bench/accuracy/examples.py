"""Sittings -> what a tilt model is fitted on: changes from the sitter's neutral with the true change of tilt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bench.accuracy.sittings import NEUTRALS, SLUMPS, read
from bench.start_weights import features
from models.changes import N_OWN, back_changes, posture_changes
from models.measures import Measures
from models.pose import BoolArray, FloatArray
from models.tilt import contour_usable
from monitor.posture.measure import measure
from monitor.posture.person import PersonFrame, Side, facing_score, near_score

MIN_REFERENCES: Final = 2
MOST_REFERENCES: Final = 5


@dataclass(frozen=True, eq=False)
class Sitting:
    """One measured sitting of n shots.

    Attributes:
        header: what is known of it.
        kinds: names of the postures.
        measures: None where nobody was found.
        tilt_deg: (n,) true tilts.
        neutrals, slumps: which shots are the sitter's own references.
    """

    header: dict[str, Any]
    kinds: tuple[str, ...]
    measures: tuple[Measures | None, ...]
    tilt_deg: FloatArray
    neutrals: tuple[int, ...] = tuple(range(NEUTRALS))
    slumps: tuple[int, ...] = tuple(range(NEUTRALS, NEUTRALS + SLUMPS))


@dataclass(frozen=True, eq=False)
class Examples:
    """N moments.

    Attributes:
        posture: (N, 17); back: (N, 10, 2), NaN in windows that are not known; slump: (N, 9) of the sitter's own slump,
            NaN without one; tilt: (N,) true change in degrees.
        sitting: (N,) which sitting; body: (N,) whose; kind: (N,) posture.
        seven: (N, 7) the features of the start weights.
    """

    posture: FloatArray
    back: FloatArray
    slump: FloatArray
    tilt: FloatArray
    sitting: npt.NDArray[np.int64]
    body: npt.NDArray[np.str_]
    kind: npt.NDArray[np.str_]
    seven: FloatArray

    def __getitem__(self, chosen: BoolArray) -> Examples:
        return Examples(*(getattr(self, name)[chosen] for name in _COLUMNS))

    def __len__(self) -> int:
        return len(self.tilt)


def measured(path: Path) -> Sitting | None:
    """Measure the shots of a sitting as a calibration would see them; None when hardly anybody was found."""
    header, shots = read(path)
    shots_list = list(shots)
    found = [s.pose for s in shots_list[: NEUTRALS + SLUMPS] if s.pose is not None]
    if len(found) < NEUTRALS:
        return None
    side = Side.LEFT if np.median([near_score(p) for p in found]) > 0 else Side.RIGHT
    facing = 1 if np.nanmedian([facing_score(p) for p in found]) > 0 else -1
    frame = PersonFrame(0.0, facing, side)
    return Sitting(
        header,
        tuple(s.kind for s in shots_list),
        tuple(None if s.pose is None else measure(s.pose, frame, s.picture).measures for s in shots_list),
        np.array([s.truth["pelvic_tilt_deg"] for s in shots_list]),
    )


def measure_all(paths: Iterable[Path], tick: Callable[[int], None], workers: int = 2) -> list[Sitting]:
    """Measure many sittings, in the order given."""
    with ProcessPoolExecutor(workers) as pool:
        sittings = []
        for sitting in pool.map(measured, paths, chunksize=4):
            tick(1)
            if sitting is not None:
                sittings.append(sitting)
    return sittings


def examples(sittings: list[Sitting], repeats: int = 1, seed: int = 0) -> Examples:
    """Moments of all sittings.

    Args:
        sittings: measured.
        repeats: so often each sitting is used; the first time against all its references, later against some of
            them, as no two calibrations are the same.
        seed: for the choice.
    """
    rng = np.random.default_rng(seed)
    parts = [
        part
        for number, sitting in enumerate(sittings)
        for repeat in range(repeats)
        for part in _of_sitting(number, sitting, rng if repeat else None)
    ]
    return Examples(*(np.array(column) for column in zip(*parts, strict=True)))


def joined(first: Examples, second: Examples) -> Examples:
    """Both, one after the other."""
    return Examples(*(np.concatenate([getattr(first, name), getattr(second, name)]) for name in _COLUMNS))


def _of_sitting(number: int, sitting: Sitting, rng: np.random.Generator | None) -> Iterator[tuple[Any, ...]]:
    neutral, neutral_tilt = _reference(sitting, _some(sitting.neutrals, rng))
    slump, _ = _reference(sitting, _some(sitting.slumps, rng))
    if neutral is None or not np.isfinite(neutral.trunk_px):
        return
    own = np.full(N_OWN, np.nan) if slump is None else posture_changes(slump, neutral)[:N_OWN]
    for measures, tilt, kind in zip(sitting.measures, sitting.tilt_deg, sitting.kinds, strict=True):
        if measures is None:
            continue
        posture = posture_changes(measures, neutral)
        if not np.isfinite(posture).all():
            continue
        back = back_changes(measures, neutral)
        if not contour_usable(measures) or not contour_usable(neutral):
            back = np.full_like(back, np.nan)
        body = str(sitting.header["subject"])
        yield posture, back, own, tilt - neutral_tilt, number, body, kind, features(measures, neutral)


def _some(rows: tuple[int, ...], rng: np.random.Generator | None) -> list[int]:
    if rng is None or len(rows) < 2:
        return list(rows)
    return [int(i) for i in rng.permutation(rows)[: rng.integers(2, min(len(rows), MOST_REFERENCES) + 1)]]


def _reference(sitting: Sitting, rows: list[int]) -> tuple[Measures | None, float]:
    """Medians of the measures over some shots, and their mean tilt."""
    table = {i: m.as_array() for i in rows if (m := sitting.measures[i]) is not None}
    if not table or len(table) < min(MIN_REFERENCES, len(rows)):
        return None, np.nan
    columns = np.array(list(table.values())).T
    middle = np.array([np.median(c[np.isfinite(c)]) if np.isfinite(c).any() else np.nan for c in columns])
    return Measures.from_array(middle), float(sitting.tilt_deg[list(table)].mean())


_COLUMNS: Final = tuple(Examples.__dataclass_fields__)
