"""The recordings with truth that the measurements run on, and a profile made from each one's own first minute."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from calibration.profile import Profile
from models.landmarker import Landmarker
from monitor.calibrating import Person, calibrate_recording
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
    with closing(Landmarker()) as estimator, VideoSource(recording) as source:
        person = Person("bench", stature_cm=STATURE_CM)
        verdict = calibrate_recording(source, estimator, person, NEUTRAL, SLUMP, rate_hz=5.0)
    if verdict.profile is None:
        raise CalibrationError(verdict.problems[0])
    return verdict.profile
