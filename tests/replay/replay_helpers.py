"""A recording with known truth, calibrated on and judged once through the real pose model."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np

from calibration.profile import Profile
from models.pose import FloatArray
from monitor.alerts.policy import AlertSettings
from monitor.analyze import Analysis, analyze
from monitor.calibrating import Person, calibrate_recording
from monitor.capture.video import VideoSource
from monitor.judgement.assessment import State
from monitor.loop import open_estimator
from monitor.profiles import load_profile, save_profile
from monitor.settings import Settings

ROOT = Path(__file__).parents[2]
OFFICE = ROOT / "monitor" / "demo" / "office.mp4"
SHARED = Path(os.environ.get("SADDLE_SHARED", ROOT.parent / "shared"))
NEUTRAL = ((0.0, 20.0), (26.0, 36.0))
SLUMP = ((40.0, 54.0),)
STATURE_CM = 172.0
AFTER_S = 57.0
"""Before it lie the calibration and the slump that was asked for."""
DWELL_S = 60.0


@dataclass(frozen=True)
class Replay:
    """One recording: what is true in each frame, and what was said about it."""

    truth: dict[str, Any]
    profile: Profile
    analysis: Analysis
    csv_path: Path
    video_path: Path | None

    @property
    def frames(self) -> list[dict[str, Any]]:
        return list(self.truth["frames"])

    def true(self, name: str) -> FloatArray:
        """(frames,) a true value, NaN while nobody is there."""
        return np.array([frame.get(name, np.nan) for frame in self.frames], dtype=np.float64)

    def said(self, name: str) -> FloatArray:
        """(frames,) the same value as it was measured."""
        return np.array([getattr(a, name) for a in self.analysis.assessments], dtype=np.float64)

    @property
    def true_change_deg(self) -> FloatArray:
        return self.true("pelvic_tilt_deg") - float(self.truth["neutral_tilt_deg"])

    def states_in(self, part: str) -> list[State]:
        """What was said in the frames of this part of the truth, after the calibration."""
        both = zip(self.analysis.assessments, self.frames, strict=True)
        return [a.state for a, frame in both if frame["state"] == part and frame["t_s"] >= AFTER_S]

    def seated(self) -> list[State]:
        both = zip(self.analysis.assessments, self.frames, strict=True)
        return [a.state for a, frame in both if frame["state"] != "away"]

    def bouts(self, state: State) -> list[tuple[float, float]]:
        """First and last time of each stretch of a state after the calibration."""
        after = [a for a in self.analysis.assessments if a.t_s >= AFTER_S]
        runs = [(s, [a.t_s for a in run]) for s, run in groupby(after, key=lambda a: a.state)]
        return [(times[0], times[-1]) for s, times in runs if s is state and times[-1] > AFTER_S + 10]

    def parts(self, name: str) -> list[tuple[float, float]]:
        """First and last time of each stretch of a part of the truth."""
        runs = [(s, [f["t_s"] for f in run]) for s, run in groupby(self.frames, key=lambda f: f["state"])]
        return [(times[0], times[-1]) for s, times in runs if s == name]


def replay(recording: Path, truth: Path, folder: Path, *, with_video: bool = False) -> Replay:
    """Calibrate, keep the profile on disk, read it again and judge every frame; about seven seconds."""
    with closing(open_estimator()) as estimator, VideoSource(recording) as source:
        person = Person("sitter", stature_cm=STATURE_CM)
        verdict = calibrate_recording(source, estimator, person, NEUTRAL, SLUMP, rate_hz=5.0)
    assert verdict.profile is not None, verdict.problems
    save_profile(folder, verdict.profile)
    profile = load_profile(folder, "sitter")
    csv_path, video_path = folder / "out.csv", folder / "out.mp4" if with_video else None
    settings = Settings(alerts=AlertSettings(dwell_s=DWELL_S))
    with closing(open_estimator()) as estimator, VideoSource(recording) as source:
        analysis = analyze(source, profile, estimator, settings, csv_path, video_path)
    return Replay(json.loads(truth.read_text()), profile, analysis, csv_path, video_path)


def judge_the_day(day: Replay) -> None:
    """What holds for every recording of this course, whoever sits in it."""
    assert len(day.analysis.assessments) == len(day.frames)
    assert day.analysis.note is None

    (tipping,), (tipped,) = day.parts("tipping"), day.parts("tipped")
    (bout,) = day.bouts(State.TIPPED)
    assert tipping[0] <= bout[0] <= tipped[0]
    assert tipped[1] <= bout[1] <= tipped[1] + 10.0
    assert set(day.states_in("tipped")) == {State.TIPPED}

    (warning,) = day.analysis.warnings
    assert warning.kind == "dwell"
    assert warning.t_s - bout[0] == DWELL_S

    assert State.TIPPED not in day.states_in("hinge_forward")
    assert State.TIPPED not in day.states_in("reclined")
    for begin, end in day.parts("away"):
        states = [a.state for a in day.analysis.assessments if begin <= a.t_s <= end]
        assert set(states[1:]) == {State.AWAY}
        assert State.UPRIGHT not in states
    assert day.seated().count(State.UNKNOWN) <= 0.02 * len(day.seated())

    after = np.array([frame["t_s"] >= AFTER_S for frame in day.frames])
    tilt, true_tilt = day.said("tilt_deg"), day.true_change_deg
    known = after & np.isfinite(tilt) & np.isfinite(true_tilt)
    assert known.sum() >= 0.98 * (after & np.isfinite(true_tilt)).sum()
    assert np.corrcoef(tilt[known], true_tilt[known])[0, 1] >= 0.9
    assert np.sqrt(np.mean((tilt - true_tilt)[known] ** 2)) <= 5.0
    thigh_error = (day.said("thigh_elevation_deg") - day.true("thigh_elevation_deg"))[known]
    assert np.sqrt(np.nanmean(thigh_error**2)) <= 6.0
    assert np.isfinite(thigh_error).mean() >= 0.98
