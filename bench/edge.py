"""How far the back contour is from the true silhouette, in pixels: from the mask alone, and drawn to the picture.

    python -m bench.edge [--sittings FOLDER]

On the single rendered frames with a true mask beside each, which lie beside the project (or where SADDLE_SHARED says).
An armrest hides part of the true silhouette; those bodies are marked. With a folder of sittings, as
`python -m bench.accuracy.fit` keeps them, on every third shot of those, too: clutter, chair backs, loose clothes, hair.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from bench.recordings import shared_recordings
from models.landmarker import Landmarker
from models.pose import FloatArray, ImageArray, Pose
from monitor.posture.contour import back_contour
from monitor.posture.person import PersonFrame, Side, landmark, near_score

MAX_SITTINGS: Final = 80
FAR_PCT: Final = 2.0
"""A ray off by more than this share of the trunk is not on the back's edge."""
SECONDS_APART = 60.0
"""Single postures: far enough apart in time that the tracker's smoothing carries nothing over."""


@dataclass(frozen=True)
class Distances:
    """Distances of one body's contours from the true one, (frames, rays) pixels, outwards positive, NaN unknown."""

    name: str
    chair: str
    mask_px: FloatArray
    picture_px: FloatArray


def measure_body(folder: Path) -> Distances:
    """Run the pose model on every frame of a body and compare its contours with that of the true mask."""
    truth = json.loads((folder / "truth.json").read_text())["frames"]
    mask_px, picture_px = [], []
    with closing(Landmarker()) as estimator:
        for number, entry in enumerate(truth):
            image = _read(folder / entry["file"], cv2.IMREAD_COLOR)
            true = _read(folder / entry["file"].replace(".jpg", ".person.png"), cv2.IMREAD_GRAYSCALE)
            poses = estimator.estimate(image, number * SECONDS_APART, None)
            if poses:
                side = Side.LEFT if entry["near_side"] == "L" else Side.RIGHT
                one, other = _compare(poses[0], side, image, true.astype(np.float32) / 255.0)
                mask_px.append(one)
                picture_px.append(other)
    return Distances(folder.name, truth[0]["chair"], np.array(mask_px), np.array(picture_px))


def _compare(pose: Pose, side: Side, image: ImageArray, true_mask: np.ndarray) -> tuple[FloatArray, FloatArray]:
    frame = PersonFrame(0.0, -1 if side is Side.LEFT else 1, side)

    def point(name: str) -> FloatArray:
        at = frame.to_person(pose.points_px[[landmark(side, name)]], pose.width_px, pose.height_px)
        first: FloatArray = at[0]
        return first

    hip, shoulder = point("hip"), point("shoulder")
    arm = np.stack([point("elbow"), point("wrist")])
    axis = (shoulder - hip) / np.hypot(*(shoulder - hip))
    back = np.array([-axis[1], axis[0]])
    if pose.mask is None:
        raise ValueError("the pose has no mask")
    true = back_contour(true_mask, frame, hip, shoulder, arm).points
    from_mask = back_contour(pose.mask, frame, hip, shoulder, arm).points
    drawn = back_contour(pose.mask, frame, hip, shoulder, arm, image).points
    return (from_mask - true) @ back, (drawn - true) @ back


def _read(path: Path, how: int) -> ImageArray:
    image = cv2.imread(str(path), how)
    if image is None:
        raise SystemExit(f"{path} cannot be read")
    return image.astype(np.uint8)


def rows(bodies: list[Distances]) -> Iterator[str]:
    """The figures as a table."""
    yield "| body | chair | frames | mask alone: RMS, worst frame | drawn to the picture: RMS, worst frame |"
    yield "|---|---|---|---|---|"
    for body in bodies:
        cells = [
            f"{np.sqrt(np.nanmean(d**2)):.2f} px, {np.nanmax(np.sqrt(np.nanmean(d**2, axis=1))):.1f} px"
            for d in (body.mask_px, body.picture_px)
        ]
        chair = f"{body.chair} (hides the hip)" if body.chair == "arm" else body.chair
        yield f"| {body.name} | {chair} | {len(body.mask_px)} | {cells[0]} | {cells[1]} |"


@dataclass(frozen=True)
class Rays:
    """What a sitting's shots have in common, and their rays: distances in % of the trunk, outwards positive."""

    header: dict[str, str]
    mask_pct: FloatArray
    picture_pct: FloatArray


def measure_sittings(folder: Path) -> list[Rays]:
    """Every third shot of the first sittings of a folder."""
    # Imported here: the generator's dependency group is not needed for the single frames.
    from bench.accuracy.sittings import read

    found = []
    for path in sorted(folder.glob("sitting-*.npz"))[:MAX_SITTINGS]:
        header, shots = read(path)
        kept = [shot for shot in list(shots)[::3] if shot.pose is not None]
        poses = [shot.pose for shot in kept if shot.pose is not None]
        if not poses:
            continue
        side = Side.LEFT if np.median([near_score(p) for p in poses]) > 0 else Side.RIGHT
        pairs = [_compare(p, side, s.picture, s.mask.astype(np.float32)) for p, s in zip(poses, kept, strict=True)]
        ends = [landmark(side, "shoulder"), landmark(side, "hip")]
        trunks = np.array([[np.hypot(*np.subtract(*p.points_px[ends]))] for p in poses])
        mask, picture = (100.0 * np.array(d) / trunks for d in zip(*pairs, strict=True))
        found.append(Rays({name: str(header[name]) for name in ("chair", "clothes", "hair")}, mask, picture))
    return found


def sitting_rows(found: list[Rays]) -> Iterator[str]:
    """The figures of sittings as a table: how far the middle ray is off, and how many are off for good."""
    yield "| sittings | shots | mask alone: median, rays off > 2 % | drawn to the picture: median, rays off > 2 % |"
    yield "|---|---|---|---|"
    groups = {"all": found}
    for name in ("chair", "clothes", "hair"):
        for value in sorted({ray.header[name] for ray in found}):
            groups[f"{name}: {value}"] = [ray for ray in found if ray.header[name] == value]
    for name, rays in groups.items():
        mask, picture = (np.concatenate([getattr(r, kind) for r in rays]) for kind in ("mask_pct", "picture_pct"))
        cells = [
            f"{np.nanmedian(np.abs(d)):.2f} %, {100 * np.mean(np.abs(d[np.isfinite(d)]) > FAR_PCT):.0f} %"
            for d in (mask, picture)
        ]
        yield f"| {name} | {len(mask)} | {cells[0]} | {cells[1]} |"


def main() -> None:
    """Measure every body that is there and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sittings", type=Path, help="folder of sittings (bench/out/sittings)")
    given = parser.parse_args()
    folders = sorted((shared_recordings() / "frames").glob("*_body*"))
    if not folders and given.sittings is None:
        raise SystemExit(f"No frames with true masks in {shared_recordings() / 'frames'}: set SADDLE_SHARED.")
    if folders:
        print("\n".join(rows([measure_body(f) for f in folders])))
    if given.sittings is not None:
        print("\n" + "\n".join(sitting_rows(measure_sittings(given.sittings))))


if __name__ == "__main__":
    main()
