"""The program's own pipeline on a film with known truth: calibrated on the film's first minute, judged after it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench.accuracy.peers import PEERS, peers
from bench.recordings import JUDGED_FROM_S, SLUMP, calibrated_with
from calibration.profile import Profile
from models.pose import FloatArray, PoseEstimator
from monitor.alerts.effects import Warn
from monitor.analyze import judge_recording
from monitor.calibrating import Person
from monitor.capture.video import VideoSource
from monitor.errors import CalibrationError
from monitor.judgement.assessment import Assessment
from monitor.posture.smoothing import MedianWindow, smooth
from monitor.settings import Settings

_AFTER: Final = JUDGED_FROM_S / SLUMP[0][1]
"""The calibration is over by so many times the end of its slump."""


@dataclass(frozen=True, eq=False)
class Run:
    """What the program said in one run over a film, after the calibration: n frames.

    Attributes:
        said: n states.
        tilt_deg, low_deg, high_deg: (n,) change of pelvic tilt from neutral and its 90 % interval, tip-back positive.
        thigh_deg, knee_cm: (n,) thigh elevation and knee above hip, knee-up positive.
        warned_s: when it warned.
    """

    said: tuple[str, ...]
    tilt_deg: FloatArray
    low_deg: FloatArray
    high_deg: FloatArray
    thigh_deg: FloatArray
    knee_cm: FloatArray
    warned_s: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class Judged:
    """A film that was calibrated on and judged. n frames after the calibration; NaN where nobody sits.

    Attributes:
        name: of the film.
        header: what is known of the sitting.
        t_s: (n,) times.
        stretch: n names of what truly happens.
        true_deg: (n,) true change of pelvic tilt from the sitter's neutral, tip-back positive.
        true_thigh_deg, true_knee_cm: (n,) of the leg towards the camera, knee-up positive.
        peers_deg: (n, 3) the measures of `peers.PEERS`.
        run: calibrated with neutral and slump, nothing else given.
        lean: calibrated without a slump, but with the true elevation of the neutral sit's thigh given; None when that
            calibration was refused.
    """

    name: str
    header: dict[str, Any]
    t_s: FloatArray
    stretch: tuple[str, ...]
    true_deg: FloatArray
    true_thigh_deg: FloatArray
    true_knee_cm: FloatArray
    peers_deg: FloatArray
    run: Run
    lean: Run | None


@dataclass(frozen=True)
class Refused:
    """A film whose calibration was refused, and why."""

    name: str
    header: dict[str, Any]
    reason: str


@dataclass(frozen=True, eq=False)
class Case:
    """A stretch in which the tilt cannot be told.

    Attributes:
        case: what it is.
        film: where.
        frames: how many.
        numbered: how many of them got a number.
        error_deg: (numbered,) how far off the number was, NaN where there is no true tilt.
    """

    case: str
    film: str
    frames: int
    numbered: int
    error_deg: FloatArray


Opener = Callable[[], PoseEstimator]
"""Makes a pose model that has seen nothing yet; it is closed after use."""

Truth = tuple[dict[str, Any], list[dict[str, Any]]]
"""What is known of the sitting, and of each frame."""


def judge(film: Path, opener: Opener) -> Judged | Refused:
    """Calibrate on the film and judge the rest of it, twice: with a slump, and without one but with the thigh given."""
    truth = read_truth(film)
    header = truth[0]
    try:
        profile = calibrate(film, truth, opener)
    except CalibrationError as error:
        return Refused(film.stem, header, str(error))
    later = judged_frames(truth)
    run, peers_deg = follow(film, profile, opener, later)
    return Judged(
        name=film.stem,
        header=header,
        t_s=_column(later, "t_s"),
        stretch=tuple(f["state"] for f in later),
        true_deg=_true_deg(header, later),
        true_thigh_deg=_column(later, "thigh_elevation_deg"),
        true_knee_cm=_column(later, "knee_minus_hip_cm"),
        peers_deg=peers_deg,
        run=run,
        lean=judge_without_slump(film, truth, opener),
    )


def judge_without_slump(film: Path, truth: Truth, opener: Opener) -> Run | None:
    """The film calibrated on the neutral sit alone, its true thigh elevation given; None when that was refused."""
    try:
        profile = calibrate(film, truth, opener, lean=True)
    except CalibrationError:
        return None
    return follow(film, profile, opener, judged_frames(truth))[0]


def judge_refusals(film: Path, opener: Opener, states: Sequence[str]) -> list[Case] | Refused:
    """What the program says in stretches of these names, in which the tilt cannot be told.

    ``opener`` must make the real pose model: it looks for the sitter beside a second person.
    """
    truth = read_truth(film)
    try:
        profile = calibrate(film, truth, opener)
    except CalibrationError as error:
        return Refused(film.stem, truth[0], str(error))
    later = judged_frames(truth)
    run, _ = follow(film, profile, opener, later)
    true_deg = _true_deg(truth[0], later)
    cases = []
    for state in states:
        among = np.array([f["state"] == state for f in later])
        cases.append(_case(state.replace("_", " "), film, run.tilt_deg[among], true_deg[among]))
    return cases


def judge_front(film: Path, side_film: Path, opener: Opener) -> tuple[Case | Refused, bool]:
    """What the program says of a film from the front to somebody who was calibrated from the side.

    Returns:
        The case, or why the calibration from the side was refused; and whether one from the front is refused.
    """
    truth = read_truth(film)
    try:
        calibrate(film, truth, opener)
        front_refused = False
    except CalibrationError:
        front_refused = True
    try:
        profile = calibrate(side_film, read_truth(side_film), opener)
    except CalibrationError as error:
        return Refused(side_film.stem, truth[0], str(error)), front_refused
    seated = [f for f in truth[1] if f["state"] != "away"]
    run, _ = follow(film, profile, opener, seated)
    name = f"from {truth[0]['yaw']:.0f}° towards the front"
    return _case(name, film, run.tilt_deg, _true_deg(truth[0], seated)), front_refused


def read_truth(film: Path) -> Truth:
    """The truth beside a film."""
    truth = json.loads(film.with_suffix(".json").read_text(encoding="utf-8"))
    frames = truth.pop("frames")
    return truth, frames


def judged_frames(truth: Truth) -> list[dict[str, Any]]:
    """The frames after the calibration."""
    from_s = _AFTER * truth[0]["calibration"]["slump"][1]
    return [f for f in truth[1] if f["t_s"] >= from_s]


def calibrate(film: Path, truth: Truth, opener: Opener, lean: bool = False) -> Profile:
    """A profile from the stretches that the truth names, for a sitter who knows their stature.

    Args:
        film, truth: the recording.
        opener: see `Opener`.
        lean: leave the slump out, and give the true elevation of the thigh in the neutral sit.

    Raises:
        CalibrationError: it was refused.
    """
    header, frames = truth
    neutral = [(begin, end) for begin, end in header["calibration"]["neutral"]]
    slump = [tuple(header["calibration"]["slump"])]
    thigh_deg = None
    if lean:
        seated = [f for f in frames if any(begin <= f["t_s"] <= end for begin, end in neutral)]
        thigh_deg = float(np.nanmedian(_column(seated, "thigh_elevation_deg")))
    person = Person("bench", stature_cm=header["stature_cm"], neutral_thigh_deg=thigh_deg)
    with closing(opener()) as estimator:
        return calibrated_with(estimator, film, person, neutral, [] if lean else slump)


def follow(film: Path, profile: Profile, opener: Opener, wanted: list[dict[str, Any]]) -> tuple[Run, FloatArray]:
    """Judge a film as the program would, with its default settings.

    Args:
        film: the video file.
        profile: the sitter's.
        opener: see `Opener`.
        wanted: the true frames to report on.

    Returns:
        What was said in those frames, and the (n, 3) peers' measures on them.
    """
    settings = Settings()
    said: dict[int, tuple[Assessment, tuple[float, ...]]] = {}
    warned: list[float] = []
    window = MedianWindow()
    with closing(opener()) as estimator, VideoSource(film) as source:
        for moment in judge_recording(source, profile, estimator, settings):
            now, seen = moment.assessment, moment.seen
            window, measures = smooth(window, seen.t_s, seen.measures, settings.judgement.smoothing_s)
            said[round(1000 * now.t_s)] = now, peers(measures, profile.neutral)
            warned += [effect.t_s for effect in moment.effects if isinstance(effect, Warn)]
    told = [said[round(1000 * f["t_s"])] for f in wanted]
    now_all = [now for now, _ in told]
    run = Run(
        said=tuple(now.state.value for now in now_all),
        tilt_deg=np.array([now.tilt_deg for now in now_all]),
        low_deg=np.array([now.tilt_low_deg for now in now_all]),
        high_deg=np.array([now.tilt_high_deg for now in now_all]),
        thigh_deg=np.array([now.thigh_elevation_deg for now in now_all]),
        knee_cm=np.array([now.knee_above_hip_cm for now in now_all]),
        warned_s=tuple(t for t in warned if t >= wanted[0]["t_s"]),
    )
    return run, np.array([angles for _, angles in told]).reshape(-1, len(PEERS))


def _case(name: str, film: Path, tilt_deg: FloatArray, true_deg: FloatArray) -> Case:
    numbered = np.isfinite(tilt_deg)
    return Case(name, film.stem, len(tilt_deg), int(numbered.sum()), (tilt_deg - true_deg)[numbered])


def _true_deg(header: dict[str, Any], frames: list[dict[str, Any]]) -> FloatArray:
    return _column(frames, "pelvic_tilt_deg") - float(header["neutral_tilt_deg"])


def _column(frames: list[dict[str, Any]], name: str) -> FloatArray:
    return np.array([f.get(name, np.nan) for f in frames], dtype=np.float64)
