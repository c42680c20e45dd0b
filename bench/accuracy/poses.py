"""What the pose model found in a film, kept beside it, so that judging anew needs no new run of the model.

The pose model finds the same whatever is asked of it, but where it looks for a sitter who is not at the place: in films
with a second person in the picture it must run itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from models.bundle import BUNDLE_SHA256
from models.landmarker import Landmarker
from models.pose import ImageArray, Place, Pose, PoseEstimator
from monitor.capture.video import VideoSource

SUFFIX: Final = ".poses.npz"
_LAYOUT: Final = 2
_WHITE: Final = 65535


class PosePlayer(PoseEstimator):
    """Gives the poses that were found before, by the time of the frame; whoever is at the place.

    Args:
        times_ms: (n,) of the frames, growing.
        marks: (n, 33, 7) x and y in pixels, visibility, presence, world in metres; NaN where nobody was found.
        masks: the n masks, each a PNG of 16-bit grey values.
    """

    def __init__(self, times_ms: npt.NDArray[np.int64], marks: npt.NDArray[np.float64], masks: list[bytes]) -> None:
        self._at = {int(t): i for i, t in enumerate(times_ms)}
        self.times_ms, self.marks, self.masks = times_ms, marks, masks

    def estimate(self, image_bgr: ImageArray, t_s: float, place: Place | None) -> tuple[Pose, ...]:
        """See `PoseEstimator.estimate`; ``place`` changes nothing.

        Raises:
            KeyError: there was no frame at that time.
        """
        i = self._at[round(1000 * t_s)]
        marks = self.marks[i]
        if not np.isfinite(marks).any():
            return ()
        height, width = image_bgr.shape[:2]
        soft = cv2.imdecode(np.frombuffer(self.masks[i], np.uint8), cv2.IMREAD_UNCHANGED)
        if soft is None:
            raise ValueError(f"the mask kept at {t_s} s is damaged")
        mask = (soft / _WHITE).astype(np.float32)
        return (Pose(marks[:, :2], marks[:, 2], marks[:, 3], marks[:, 4:7], mask, width, height),)

    def close(self) -> None:
        """Nothing to release."""


def poses_of(film: Path, tick: Callable[[int], None] = lambda _: None) -> PosePlayer:
    """The poses of a film: those kept beside it when they are of this very film and pose model, else found now.

    Args:
        film: the video file.
        tick: told after every frame in which the pose model looked.

    Raises:
        CameraError: the film cannot be read.
        BundleError: the pose model is missing.
    """
    kept = film.with_suffix(SUFFIX)
    key = _key(film)
    if kept.exists():
        player = load(kept, key)
        if player is not None:
            return player
    player = find(film, tick)
    save(player, kept, key)
    return player


def find(film: Path, tick: Callable[[int], None] = lambda _: None) -> PosePlayer:
    """Run the pose model over a film."""
    times: list[int] = []
    marks: list[npt.NDArray[np.float64]] = []
    masks: list[bytes] = []
    nobody = np.full((33, 7), np.nan)
    with closing(Landmarker()) as estimator, VideoSource(film) as source:
        for frame in source.frames():
            found = estimator.estimate(frame.image_bgr, frame.t_s, None)
            times.append(round(1000 * frame.t_s))
            marks.append(_row(found[0]) if found else nobody)
            masks.append(_png(found[0]) if found else b"")
            tick(1)
    return PosePlayer(np.array(times), np.array(marks), masks)


def save(player: PosePlayer, path: Path, key: dict[str, Any]) -> None:
    """Write the poses; the file is there whole or not at all."""
    part = path.with_name(path.name + ".part.npz")
    np.savez_compressed(
        part,
        key=np.array(json.dumps(key, sort_keys=True)),
        times_ms=player.times_ms,
        marks=player.marks,
        masks=np.frombuffer(b"".join(player.masks), np.uint8),
        ends=np.cumsum([len(mask) for mask in player.masks]),
    )
    part.replace(path)


def load(path: Path, key: dict[str, Any]) -> PosePlayer | None:
    """The poses in a file; None when they were found under another key, or in another layout."""
    with np.load(path) as file:
        if str(file["key"]) != json.dumps(key, sort_keys=True):
            return None
        joined = file["masks"].tobytes()
        return PosePlayer(file["times_ms"], file["marks"], list(_cut(joined, file["ends"].tolist())))


def _key(film: Path) -> dict[str, Any]:
    return {
        "layout": _LAYOUT,
        "film": hashlib.sha256(film.read_bytes()).hexdigest(),
        "bundle": BUNDLE_SHA256,
        "mediapipe": version("mediapipe"),
    }


def _cut(joined: bytes, ends: list[int]) -> Iterator[bytes]:
    begin = 0
    for end in ends:
        yield joined[begin:end]
        begin = end


def _row(pose: Pose) -> npt.NDArray[np.float64]:
    return np.column_stack([pose.points_px, pose.visibility, pose.presence, pose.world_m])


def _png(pose: Pose) -> bytes:
    if pose.mask is None:
        raise ValueError("a pose without a mask cannot be kept")
    grey = np.rint(_WHITE * pose.mask).astype(np.uint16)
    done, png = cv2.imencode(".png", grey, [cv2.IMWRITE_PNG_COMPRESSION, 3])
    if not done:
        raise ValueError("a mask could not be packed")
    return png.tobytes()
