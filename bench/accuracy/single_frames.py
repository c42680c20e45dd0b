"""The rendered single frames beside the project as sittings: another renderer, other rooms, a wider range of tilt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from bench.accuracy.examples import Sitting
from bench.recordings import shared_recordings
from models.landmarker import Landmarker
from monitor.posture.measure import measure
from monitor.posture.person import PersonFrame, Side

SLUMP_DEG: Final = (12.0, 28.0)
"""Frames tipped back by so much serve as the sitter's slump."""
_APART_S: Final = 4.0


def frame_sittings(folder: Path | None = None) -> list[Sitting]:
    """Every body of the folder as a sitting whose first shot is its neutral; empty where the folder is not there."""
    folder = folder if folder is not None else shared_recordings() / "frames"
    return [_sitting(path.parent) for path in sorted(folder.glob("*/truth.json"))]


def _sitting(folder: Path) -> Sitting:
    frames = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["frames"]
    near = Side.LEFT if frames[0]["near_side"] == "L" else Side.RIGHT
    frame = PersonFrame(0.0, -1 if near is Side.LEFT else 1, near)
    tilts = np.array([f["pelvic_tilt_deg"] for f in frames], np.float64)
    measured = []
    with Landmarker() as landmarker:
        for i, one in enumerate(frames):
            read = cv2.imread(str(folder / one["file"]))
            if read is None:
                raise OSError(f"{folder / one['file']} cannot be read.")
            picture = read.astype(np.uint8)
            if i == 0:
                landmarker.estimate(picture, 0.0, None)  # the first picture is only searched
            found = landmarker.estimate(picture, 1.0 + i * _APART_S, None)
            measured.append(measure(found[0], frame, picture).measures if found else None)
    more = tilts - tilts[0]
    slumps = tuple(int(i) for i in np.flatnonzero((more > SLUMP_DEG[0]) & (more < SLUMP_DEG[1])))
    kinds = tuple(str(f["posture"]) for f in frames)
    return Sitting({"subject": folder.name}, kinds, tuple(measured), tilts, (0,), slumps)
