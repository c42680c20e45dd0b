"""The recordings with truth that the measurements run on, and a profile made from each one's own first minute."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from calibration.profile import Profile
from models.landmarker import Landmarker
from models.pose import PoseEstimator
from monitor.calibrating import Person, Range, calibrate_recording
from monitor.capture.video import VideoSource
from monitor.errors import CalibrationError

ROOT = Path(__file__).parent.parent
BUNDLED = ROOT / "monitor" / "demo" / "office.mp4"
NEUTRAL = ((0.0, 20.0), (26.0, 36.0))
SLUMP = ((40.0, 54.0),)
JUDGED_FROM_S = 57.0
"""What comes before is the calibration."""
STATURE_CM = 172.0


def shared_recordings() -> Path:
    """The folder of the longer rendered recordings; SADDLE_SHARED names where it is, beside the project by default."""
    shared = Path(os.environ.get("SADDLE_SHARED", ROOT.parent / "shared"))
    return shared / "recordings" / "rendered"


def with_truth_in(folder: Path) -> dict[str, tuple[Path, Path]]:
    """Name -> (video, truth) of every recording in a folder that has its truth beside it."""
    videos = [v for v in sorted(folder.glob("*.mp4")) if v.with_suffix(".json").exists()]
    return {v.stem: (v, v.with_suffix(".json")) for v in videos}


def with_truth() -> dict[str, tuple[Path, Path]]:
    """Name -> (video, truth) of every recording that is there: the short ones of the project, then the long ones."""
    found = {
        "office (short)": (BUNDLED, ROOT / "tests" / "data" / "office.json"),
        "stool (short)": (ROOT / "tests" / "data" / "stool.mp4", ROOT / "tests" / "data" / "stool.json"),
    }
    return found | with_truth_in(shared_recordings())


def calibrated(recording: Path) -> Profile:
    """A profile from the neutral sit and slump at the beginning of the recording, nothing else given.

    Raises:
        CalibrationError: the calibration was refused; the message says why.
    """
    with closing(Landmarker()) as estimator:
        return calibrated_with(estimator, recording, Person("bench", stature_cm=STATURE_CM), NEUTRAL, SLUMP)


def calibrated_with(
    estimator: PoseEstimator, recording: Path, person: Person, neutral: Sequence[Range], slump: Sequence[Range]
) -> Profile:
    """A profile from these stretches of a recording, in seconds; ``slump`` may be empty.

    Raises:
        CalibrationError: the calibration was refused; the message says why.
    """
    with VideoSource(recording) as source:
        verdict = calibrate_recording(source, estimator, person, neutral, slump, rate_hz=5.0)
    if verdict.profile is None:
        raise CalibrationError(verdict.problems[0])
    return verdict.profile
