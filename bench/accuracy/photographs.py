"""Photographs of real people who sit upright and slumped: which of two is told as tipped further back.

They lie beside the project and are only looked at: nothing of them is kept. No angle is known of them, so only the
order counts. There is no calibration either: the upright picture stands for the neutral sit, and no slump is given.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final

import cv2
import numpy as np

from bench.recordings import shared_recordings
from models.landmarker import Landmarker
from models.measures import Measures
from models.pose import ImageArray, Pose
from models.tilt import TiltReference, contour_usable
from monitor.judgement.parameters import JudgementSettings
from monitor.loop import tilt_model
from monitor.posture.measure import measure
from monitor.posture.person import PersonFrame, Side, facing_score, near_score

MOST_APART_S: Final = 120.0
"""Two pictures at a desk belong together when they were taken within so many seconds."""

_TAKEN: Final = re.compile(r"_(\d{8}_\d{6})_")


@dataclass(frozen=True)
class Photograph:
    """One picture of the manifest."""

    path: Path
    group: str
    label: str


@dataclass(frozen=True)
class Told:
    """What was told of a slumped picture against an upright one of the same person and place.

    Attributes:
        group: ``side_on`` or ``desk_side``.
        upright, slumped: names of the pictures.
        tilt_deg: how much further back the slumped one is told to be tipped; NaN when that was refused.
        lean_deg: how much further the trunk leans forward in the slumped one; NaN when not seen.
        reason: why it was refused; empty when it was not.
    """

    group: str
    upright: str
    slumped: str
    tilt_deg: float
    lean_deg: float
    reason: str

    @property
    def right(self) -> bool:
        """Whether the slumped picture was told as tipped further back."""
        return self.tilt_deg > 0


def photographs() -> list[Photograph]:
    """Every picture that is there; none when the folder is not."""
    folder = shared_recordings().parent / "real"
    manifest = folder / "manifest.csv"
    if not manifest.exists():
        return []
    with manifest.open(newline="", encoding="utf-8") as table:
        rows = [(folder / row["file"], row["label"].lower()) for row in csv.DictReader(table)]
    return [Photograph(path, path.parent.name, label) for path, label in rows if path.exists()]


def pairs(pictures: list[Photograph]) -> list[tuple[Photograph, Photograph]]:
    """(upright, slumped) of the same person and set-up: by name side on, by label and time at the desk."""
    by_name = {p.path.stem: p for p in pictures if p.group == "side_on"}
    found = [
        (upright, by_name[name.replace("straight", "hunchback")])
        for name, upright in sorted(by_name.items())
        if name.startswith("straight") and name.replace("straight", "hunchback") in by_name
    ]
    # A few are called the other thing in their name: those tell nothing.
    desk = [p for p in pictures if p.group == "desk_side" and p.path.name.startswith(p.label)]
    good = [p for p in desk if p.label == "good"]
    for slumped in (p for p in desk if p.label == "bad"):
        apart = {p: abs((_taken(p) - _taken(slumped)).total_seconds()) for p in good}
        nearest = min(apart, key=lambda p: apart[p], default=None)
        if nearest is not None and apart[nearest] <= MOST_APART_S:
            found.append((nearest, slumped))
    return found


def judge_pair(upright: Photograph, slumped: Photograph) -> Told:
    """Which of two pictures is told as tipped further back, or why neither can be told."""
    first, second = look(upright.path), look(slumped.path)
    return Told(upright.group, upright.path.name, slumped.path.name, *_compare(first, second))


def judge_front(picture: Photograph) -> Told:
    """A picture from the front against itself: whether it is refused, as it must be."""
    seen = look(picture.path)
    return Told(picture.group, picture.path.name, picture.path.name, *_compare(seen, seen))


def look(path: Path) -> tuple[Pose, ImageArray] | None:
    """The pose in a picture, and the picture; None when nobody is found."""
    picture = cv2.imread(str(path))
    if picture is None:
        raise ValueError(f"{path} cannot be read as a picture")
    image = np.asarray(picture, dtype=np.uint8)
    with closing(Landmarker()) as landmarker:
        landmarker.estimate(image, 0.0, None)  # the first picture is only searched
        found = landmarker.estimate(image, 1.0, None)
    return (found[0], image) if found else None


def _compare(first: tuple[Pose, ImageArray] | None, second: tuple[Pose, ImageArray] | None) -> tuple[float, float, str]:
    """Tilt and lean of the second from the first, and why there is no tilt."""
    if first is None or second is None:
        return math.nan, math.nan, "nobody is found"
    frames = [_frame(pose) for pose, _ in (first, second)]
    if frames[0] != frames[1]:
        return math.nan, math.nan, "the two do not face the same way"
    neutral, now = (measure(pose, frames[0], image).measures for pose, image in (first, second))
    lean_deg = now.trunk_inclination_deg - neutral.trunk_inclination_deg
    for measures in (neutral, now):
        reason = _unfit(measures)
        if reason:
            return math.nan, lean_deg, reason
    reference = TiltReference(neutral, None, math.nan, contour_usable(neutral), True)
    estimate = tilt_model().estimate(now, reference)
    return estimate.tilt_deg, lean_deg, estimate.reason


def _unfit(measures: Measures) -> str:
    if math.isnan(measures.trunk_px):
        return "hip or shoulder not seen"
    if math.isnan(measures.view_yaw_deg):
        return "shoulders not seen"
    if abs(measures.view_yaw_deg) >= JudgementSettings().front_min_deg:
        return f"not from the side ({measures.view_yaw_deg:+.0f}°)"
    if math.isnan(measures.thigh_px):
        return "knee hidden"
    return ""


def _frame(pose: Pose) -> PersonFrame:
    side = Side.LEFT if near_score(pose) > 0 else Side.RIGHT
    facing = facing_score(pose)
    if math.isnan(facing):
        facing = -1.0 if side is Side.LEFT else 1.0
    return PersonFrame(0.0, 1 if facing > 0 else -1, side)


def _taken(picture: Photograph) -> datetime:
    found = _TAKEN.search(picture.path.name)
    if found is None:
        raise ValueError(f"{picture.path.name} does not say when it was taken")
    return datetime.strptime(found[1], "%Y%m%d_%H%M%S")  # noqa: DTZ007 - only differences count


def judge_all(pictures: list[Photograph]) -> Iterator[Told]:
    """Every pair, then every picture from the front, one after the other."""
    for upright, slumped in pairs(pictures):
        yield judge_pair(upright, slumped)
    for picture in pictures:
        if picture.group == "front_on":
            yield judge_front(picture)


def by_group(told: list[Told]) -> dict[str, list[Told]]:
    """What was told, by folder."""
    return {name: list(group) for name, group in groupby(told, key=lambda t: t.group)}
