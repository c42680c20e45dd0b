"""Sittings for fitting: shaded single postures with what the real pose model makes of them.

Pictures and poses are kept as they are, so that other ways to measure them need no new rendering.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from bench.accuracy.mesh import join
from bench.accuracy.painter import FINER, Painter
from bench.accuracy.people import Split
from bench.accuracy.posture import Posture
from bench.accuracy.repertoire import REPERTOIRE, take
from bench.accuracy.rooms import light_of
from bench.accuracy.setup import Setup, draw_setup
from bench.accuracy.stage import Stage
from bench.accuracy.store import pack
from bench.accuracy.webcam import draw_sensor, expose, gain_for
from models.landmarker import Landmarker
from models.pose import ImageArray, Pose

NEUTRALS: Final = 5
SLUMPS: Final = 4
_FREE: Final = 6
PER_SITTING: Final = 28
_APART_S: Final = 4.0
_MASK_PX: Final = 256
"""The pose model's own mask has so many pixels each way; it is kept at that size."""
_JPEG_QUALITY: Final = 94


@dataclass(frozen=True, eq=False)
class Shot:
    """One posture of a sitting.

    Attributes:
        kind: its name; the first are the person's own ``neutral`` and ``slump``.
        truth: as in recordings.
        picture: (480, 640, 3) as the camera gave it.
        pose: what the pose model found, None when nobody.
        mask: (480, 640) what is truly seen of the person.
    """

    kind: str
    truth: dict[str, Any]
    picture: ImageArray
    pose: Pose | None
    mask: npt.NDArray[np.bool_]


def draw_postures(setup: Setup) -> list[tuple[str, Posture]]:
    """The named postures of one sitting: references first."""
    rng = setup.rng("sittings")
    kinds = [kind for kind in REPERTOIRE if kind not in ("slump", "free")]
    if not setup.hand_on_back:
        kinds.remove("hand_on_back")
    others = [str(kind) for kind in rng.choice(kinds, PER_SITTING - NEUTRALS - SLUMPS - _FREE)]
    rest = [*("free",) * _FREE, *others]
    rng.shuffle(rest)
    chosen = [*("neutral",) * NEUTRALS, *("slump",) * SLUMPS, *rest]
    return [(kind, take(kind, setup.habit, rng)) for kind in chosen]


def render(setup: Setup, bodies: Path | None = None) -> tuple[dict[str, Any], list[Shot]]:
    """What is known of a sitting, and its shots."""
    postures = draw_postures(setup)
    stage = Stage(setup, [posture for _, posture in postures[: NEUTRALS + SLUMPS]], bodies)
    still = join([stage.room, stage.desk])
    painter = Painter(stage.camera, light_of(setup.room, setup.side), stage.materials, still)
    sensor, noise = draw_sensor(setup.rng("sensor")), setup.rng("noise")
    gain = None
    shots = []
    with Landmarker() as landmarker:
        for i, (kind, posture) in enumerate(postures):
            moment = stage.take(posture)
            scene, seen = painter.paint([*moment.person, *moment.things])
            gain = gain_for(scene, sensor) if gain is None else gain
            picture = expose(scene, sensor, gain, noise)
            if i == 0:
                landmarker.estimate(picture, 0.0, None)  # the first picture is only searched
            found = landmarker.estimate(picture, 1.0 + i * _APART_S, None)
            mask = (seen >= 0) & (seen < len(moment.person))
            height, width = mask.shape[0] // FINER, mask.shape[1] // FINER
            mask = mask.reshape(height, FINER, width, FINER).mean(axis=(1, 3)) >= 0.5
            shots.append(Shot(kind, moment.truth, picture, found[0] if found else None, mask))
    return stage.header(), shots


def generate(
    count: int, seed: int, out: Path, split: Split, bodies: Path | None, tick: Callable[[int], None]
) -> list[Path]:
    """Write ``count`` sittings; those that are there already are kept."""
    out.mkdir(parents=True, exist_ok=True)
    paths = []
    for k in range(seed, seed + count):
        path = out / f"sitting-{split}-{k:05d}.npz"
        if not path.exists():
            write(path, *render(draw_setup(k, split), bodies))
        paths.append(path)
        tick(1)
    return paths


def write(path: Path, header: dict[str, Any], shots: list[Shot]) -> None:
    """Write a sitting; the file is there whole or not at all."""
    jpegs = [cv2.imencode(".jpg", s.picture, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])[1].ravel() for s in shots]
    poses = [s.pose for s in shots]
    nobody = np.full((33, 7), np.nan)
    table = [
        nobody if p is None else np.column_stack([p.points_px, p.visibility, p.presence, p.world_m]) for p in poses
    ]
    none = np.zeros((_MASK_PX, _MASK_PX), np.uint8)
    soft = [none if p is None or p.mask is None else _small(p.mask) for p in poses]
    part = path.with_name(path.name + ".part.npz")
    np.savez_compressed(
        part,
        header=np.array(json.dumps(header)),
        kinds=np.array([s.kind for s in shots]),
        truths=np.array([json.dumps(s.truth) for s in shots]),
        jpegs=np.concatenate(jpegs),
        jpeg_ends=np.cumsum([len(j) for j in jpegs]),
        marks=np.array(table, np.float32),
        soft=np.array(soft),
        masks=np.array([pack(s.mask) for s in shots]),
    )
    part.replace(path)


def read(path: Path) -> tuple[dict[str, Any], Iterator[Shot]]:
    """What is known of a sitting, and its shots one after the other."""
    with np.load(path) as file:
        columns = {name: file[name] for name in file.files}
    return json.loads(str(columns["header"])), _shots(columns)


def _shots(columns: dict[str, Any]) -> Iterator[Shot]:
    begin = 0
    for i, end in enumerate(columns["jpeg_ends"]):
        picture = cv2.imdecode(columns["jpegs"][begin:end], cv2.IMREAD_COLOR)
        begin = end
        if picture is None:
            raise ValueError(f"picture {i} of the sitting cannot be read")
        height, width = picture.shape[:2]
        marks = columns["marks"][i].astype(np.float64)
        pose = None
        if np.isfinite(marks).any():
            soft = cv2.resize(columns["soft"][i].astype(np.float32) / 255, (width, height))
            pose = Pose(marks[:, :2], marks[:, 2], marks[:, 3], marks[:, 4:7], soft, width, height)
        bits = np.unpackbits(columns["masks"][i], count=width * height).reshape(height, width)
        yield Shot(str(columns["kinds"][i]), json.loads(str(columns["truths"][i])), picture, pose, bits.astype(bool))  # type: ignore[arg-type]


def _small(mask: npt.NDArray[np.float32]) -> npt.NDArray[np.uint8]:
    return np.rint(255 * cv2.resize(mask, (_MASK_PX, _MASK_PX), interpolation=cv2.INTER_AREA)).astype(np.uint8)
