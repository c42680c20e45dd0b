"""How far the back contour is from the true silhouette, in pixels: from the mask alone, and drawn to the picture.

    python -m bench.edge [--sittings FOLDER] [--every N]

On the single rendered frames with a true mask beside each, which lie beside the project (or where SADDLE_SHARED says),
and with a FOLDER on the rendered sittings in it (`bench.accuracy.fit` makes them; needs the dependency group
`accuracy`). Where an armrest or a table hides the back, the true silhouette is theirs: a ray on which it steps out of
the line of the back is left out.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from bench.recordings import shared_recordings
from models.landmarker import Landmarker
from models.pose import FloatArray, ImageArray, Pose
from monitor.posture.contour import back_contour
from monitor.posture.person import MIN_VISIBILITY, PersonFrame, Side, facing_score, landmark, near_score
from monitor.posture.trust import Verdict, judge_rays

SECONDS_APART = 60.0
"""Single postures: far enough apart in time that the tracker's smoothing carries nothing over."""
REFERENCES = 9
"""The side and the facing of a sitting are told from its first shots, as in a calibration."""
FAR_OFF_PX = 3.0


@dataclass(frozen=True, eq=False)
class Distances:
    """Distances of one frame's contours from the true one, (rays,) pixels, outwards positive, NaN unknown."""

    mask_px: FloatArray
    picture_px: FloatArray


def measure_body(folder: Path) -> tuple[str, list[Distances]]:
    """The chair of a body, and its frames: what the pose model finds in each against the true mask."""
    truth = json.loads((folder / "truth.json").read_text())["frames"]
    frames = []
    with closing(Landmarker()) as estimator:
        for number, entry in enumerate(truth):
            image = _read(folder / entry["file"], cv2.IMREAD_COLOR)
            true = _read(folder / entry["file"].replace(".jpg", ".person.png"), cv2.IMREAD_GRAYSCALE)
            side = Side.LEFT if entry["near_side"] == "L" else Side.RIGHT
            frame = PersonFrame(0.0, -1 if side is Side.LEFT else 1, side)
            for pose in estimator.estimate(image, number * SECONDS_APART, None)[:1]:
                frames.append(compare(pose, frame, image, true.astype(np.float32) / 255.0))
    return str(truth[0]["chair"]), frames


def measure_sitting(path: Path) -> tuple[dict[str, str], list[Distances]]:
    """How a sitting looks, and its frames with hip and shoulder seen."""
    from bench.accuracy.sittings import read  # needs the dependency group

    header, shots = read(path)
    found = [(shot, shot.pose) for shot in shots if shot.pose is not None]
    first = [pose for _, pose in found[:REFERENCES]]
    side = Side.LEFT if np.median([near_score(p) for p in first]) > 0 else Side.RIGHT
    frame = PersonFrame(0.0, 1 if np.nanmedian([facing_score(p) for p in first]) > 0 else -1, side)
    joints = [landmark(side, "hip"), landmark(side, "shoulder")]
    looks = {
        "chair": str(header["chair"]),
        "top": str(header["clothes"]),
        "hair": str(header["hair"]),
        "coloured like the room": "yes" if header["top_like_room"] else "no",
    }
    return looks, [
        compare(pose, frame, shot.picture, shot.mask.astype(np.float32))
        for shot, pose in found
        if pose.mask is not None and (pose.visibility[joints] >= MIN_VISIBILITY).all()
    ]


def compare(pose: Pose, frame: PersonFrame, image: ImageArray, true_mask: npt.NDArray[np.float32]) -> Distances:
    """The contours of one frame against that of the true mask."""

    def point(name: str) -> FloatArray:
        index = landmark(frame.near, name)
        at = frame.to_person(pose.points_px[[index]], pose.width_px, pose.height_px)[0]
        seen: FloatArray = at if pose.visibility[index] >= MIN_VISIBILITY else np.full(2, np.nan)
        return seen

    if pose.mask is None:
        raise ValueError("the pose has no mask")
    hip, shoulder = point("hip"), point("shoulder")
    arm = np.stack([point("elbow"), point("wrist")])
    trunk_px = float(np.hypot(*(shoulder - hip)))
    up = (shoulder - hip) / trunk_px
    back = np.array([-up[1], up[0]])
    true = back_contour(true_mask, frame, hip, shoulder, arm)
    distance_px = (true.points - hip) @ back
    verdict = judge_rays(100.0 * distance_px / trunk_px, np.ones(len(distance_px)))
    distance_px[verdict != Verdict.TRUSTED] = np.nan
    from_mask = back_contour(pose.mask, frame, hip, shoulder, arm).points
    drawn = back_contour(pose.mask, frame, hip, shoulder, arm, image).points
    return Distances((from_mask - hip) @ back - distance_px, (drawn - hip) @ back - distance_px)


def _read(path: Path, how: int) -> ImageArray:
    image = cv2.imread(str(path), how)
    if image is None:
        raise SystemExit(f"{path} cannot be read")
    return image.astype(np.uint8)


def rows(first: str, groups: Iterable[tuple[str, list[Distances]]]) -> Iterator[str]:
    """The figures as a table; ``first`` is the heading of the groups' names."""
    yield f"| {first} | frames | mask alone: RMS, 90th percentile, > 3 px | drawn, trusted rays: the same | trusted |"
    yield "|---|---|---|---|---|"
    for name, frames in groups:
        mask, drawn = (np.array([getattr(f, which) for f in frames]) for which in ("mask_px", "picture_px"))
        both = np.isfinite(mask).sum()
        kept = 100.0 * (np.isfinite(mask) & np.isfinite(drawn)).sum() / max(both, 1)
        yield f"| {name} | {len(frames)} | {_figures(mask)} | {_figures(drawn)} | {kept:.0f} % |"


def _figures(off_px: FloatArray) -> str:
    off = np.abs(off_px[np.isfinite(off_px)])
    if not len(off):
        return "-"
    far = 100.0 * np.mean(off > FAR_OFF_PX)
    return f"{np.sqrt(np.mean(off**2)):.2f} px, {np.quantile(off, 0.9):.2f} px, {far:.1f} %"


def sitting_rows(paths: Iterable[Path]) -> Iterator[str]:
    """Tables over sittings: all, then by what they look like."""
    groups: dict[str, dict[str, list[Distances]]] = defaultdict(lambda: defaultdict(list))
    for path in paths:
        looks, frames = measure_sitting(path)
        for name, value in {"sittings": "all", **looks}.items():
            groups[name][value] += frames
    for name, values in groups.items():
        yield from ("", *rows(name, sorted(values.items())))


def main(argv: list[str] | None = None) -> None:
    """Measure what is there and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sittings", type=Path, help="a folder of rendered sittings")
    parser.add_argument("--every", type=int, default=1, help="use only every N-th of them")
    arguments = parser.parse_args(argv)
    folders = sorted((shared_recordings() / "frames").glob("*_body*"))
    paths = sorted(arguments.sittings.glob("sitting-*.npz"))[:: arguments.every] if arguments.sittings else []
    if not folders and not paths:
        raise SystemExit(f"No frames with true masks in {shared_recordings() / 'frames'}: set SADDLE_SHARED.")
    bodies = [(folder.name, *measure_body(folder)) for folder in folders]
    if bodies:
        print("\n".join(rows("body, chair", ((f"{name}, {chair}", frames) for name, chair, frames in bodies))))
    if paths:
        print("\n".join(sitting_rows(paths)))


if __name__ == "__main__":
    main()
