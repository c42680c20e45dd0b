"""Silhouettes for fitting: masks and joints of many sittings, without rooms and without shading."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bench.accuracy import raster
from bench.accuracy.mesh import join
from bench.accuracy.people import Split
from bench.accuracy.posture import Posture
from bench.accuracy.repertoire import REPERTOIRE, take
from bench.accuracy.setup import Setup, draw_setup
from bench.accuracy.stage import Stage, Take
from bench.accuracy.store import Shard, pack, write_shard

PER_SITTING: Final = 24
SITTINGS_PER_SHARD: Final = 20
_REFERENCES: Final = ("neutral",) * 4 + ("slump",) * 3
_FREE: Final = 7
"""So many of a sitting's postures are anything a body can do; the others are drawn from the repertoire."""

_FIGURES: Final = (
    "pelvic_tilt_deg", "trunk_lean_deg", "thigh_elevation_deg", "knee_minus_hip_cm", "lumbar_flexion_deg",
    "thoracic_flexion_deg", "head_pitch_deg", "twist_deg", "crossed", "hip_shoulder_cm", "view_yaw_deg",
)  # fmt: skip


def draw_postures(setup: Setup) -> list[tuple[str, Posture]]:
    """The named postures of one sitting: references first."""
    rng = setup.rng("postures")
    kinds = [kind for kind in REPERTOIRE if kind not in ("neutral", "slump", "free")]
    if not setup.hand_on_back:
        kinds.remove("hand_on_back")
    others = [str(kind) for kind in rng.choice(kinds, PER_SITTING - len(_REFERENCES) - _FREE, replace=True)]
    chosen = [*_REFERENCES, *("free",) * _FREE, *others]
    return [(kind, take(kind, setup.habit, rng)) for kind in chosen]


def masks(stage: Stage, moment: Take) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """(H, W) what is seen of the person, with chair and desk before them, and all of the person."""
    camera = stage.camera
    nearness, ids = raster.blank(camera.height_px, camera.width_px)
    person, things = join(moment.person), join([*moment.things, stage.desk])
    raster.draw(raster.in_picture(camera, person.points_m), person.faces, 0, nearness, ids, False)
    whole = ids >= 0
    first = len(person.faces)
    raster.draw(raster.in_picture(camera, things.points_m), things.faces, first, nearness, ids, False)
    return (ids >= 0) & (ids < first), whole


def silhouettes_of(setup: Setup, bodies: Path | None = None) -> Iterator[tuple[str, Take, Any, Any]]:
    """Posture name, moment, visible mask and whole mask of each silhouette of a sitting."""
    postures = draw_postures(setup)
    stage = Stage(setup, [posture for _, posture in postures[: len(_REFERENCES)]], bodies, with_room=False)
    for kind, posture in postures:
        moment = stage.take(posture)
        visible, whole = masks(stage, moment)
        moment.truth["header"] = stage.header()
        yield kind, moment, visible, whole


def make_shard(
    seeds: range, split: Split, bodies: Path | None = None, tick: Callable[[int], None] | None = None
) -> Shard:
    """The silhouettes of some sittings.

    Args:
        seeds: one for each sitting.
        split: fit or judge.
        bodies: folder of baked bodies.
        tick: told after every sitting how many silhouettes it gave.
    """
    visible, whole, joints, sitting, kinds, sittings = [], [], [], [], [], []
    truth: dict[str, list[float]] = {name: [] for name in _FIGURES}
    numbers: list[int] = []
    for i, seed in enumerate(seeds):
        for kind, moment, seen, entire in silhouettes_of(draw_setup(seed, split), bodies):
            visible.append(pack(seen))
            whole.append(pack(entire))
            numbers = [int(name) for name in moment.truth["joints_px"]]
            joints.append(list(moment.truth["joints_px"].values()))
            sitting.append(i)
            kinds.append(kind)
            for name, column in truth.items():
                column.append(float(moment.truth[name]))
            header = moment.truth["header"]
        sittings.append(header)
        if tick is not None:
            tick(PER_SITTING)
    return Shard(
        np.array(visible), np.array(whole), np.array(numbers), np.array(joints, np.float32), np.array(sitting),
        np.array(kinds), {name: np.array(column, np.float32) for name, column in truth.items()}, sittings,
    )  # fmt: skip


def generate(count: int, seed: int, out: Path, split: Split, bodies: Path | None, tick: Callable[[int], None]) -> int:
    """Write at least ``count`` silhouettes in whole shards; shards that are there already are kept.

    Returns:
        How many silhouettes the folder has from this call's shards.
    """
    out.mkdir(parents=True, exist_ok=True)
    per_shard = PER_SITTING * SITTINGS_PER_SHARD
    shards = -(-count // per_shard)
    for k in range(shards):
        path = out / f"silhouettes-{split}-{seed}-{k:04d}.npz"
        if path.exists():
            tick(per_shard)
            continue
        first = seed * 1_000_000 + k * SITTINGS_PER_SHARD
        write_shard(path, make_shard(range(first, first + SITTINGS_PER_SHARD), split, bodies, tick))
    return shards * per_shard
