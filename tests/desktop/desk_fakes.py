"""A camera thread, a clock and readings made by hand; the windows and what decides are the real ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import numpy as np
from known_sitter import NEUTRAL, SLUMP

from calibration.profile import Profile
from models.measures import Measures
from monitor.alerts.causes import Cause
from monitor.alerts.effects import Effect, Warn
from monitor.capture.frame import Frame
from monitor.desktop.jobs import Job
from monitor.desktop.signals import CameraSignals, Reading
from monitor.folder import DataFolder
from monitor.judgement.assessment import Assessment, Basis, State, View
from monitor.judgement.observation import Observation, Presence
from monitor.judgement.staleness import Change
from monitor.loop import Limits, Moment
from monitor.profiles import save_profile
from monitor.settings import DesktopSettings, Settings, save_settings

START = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
WARNING = Warn(0.0, "dwell", "Your hips have been tipped back for 2 min.\nStand up for a moment.", Cause.PLAIN, 1)


class SteppedClock:
    """A clock that the test moves."""

    speed = 1.0

    def __init__(self) -> None:
        self.t_s = 0.0

    def __call__(self) -> float:
        return self.t_s

    def now(self) -> datetime:
        return START + timedelta(seconds=self.t_s)

    def wait(self, seconds: float) -> None:
        self.t_s += seconds


class FakeCamera:
    """Keeps what it was asked; the test emits its signals."""

    def __init__(self) -> None:
        self.signals = CameraSignals()
        self.jobs: list[Job | None] = []
        self.holds: dict[str, str] = {}
        self.stopped = False

    @property
    def job(self) -> Job | None:
        return self.jobs[-1] if self.jobs else None

    def start(self, job: Job | None) -> None:
        self.jobs.append(job)

    def hold(self, key: str, reason: str) -> None:
        self.holds[key] = reason

    def release(self, key: str) -> None:
        self.holds.pop(key, None)

    def wait_closed(self, seconds: float) -> bool:
        return True

    def wait_idle(self, seconds: float) -> bool:
        return True

    def stop(self) -> bool:
        self.stopped = True
        return True


class StillWatcher:
    """A watcher that says nothing by itself."""

    why_not: tuple[str, ...] = ()

    def start(self, on_change: object) -> None:
        self.on_change = on_change

    def stop(self) -> None:
        pass


@cache
def sitter(name: str = "Desk", scene: str = "") -> Profile:
    return Profile(
        name=name,
        created=START,
        camera="webcam 0 (Side)",
        width_px=640,
        height_px=480,
        facing=1,
        near="right",
        thigh_cm=40.0,
        thigh_full_px=160.0,
        thigh_neutral_deg=0.0,
        level_calibrated=True,
        neutral=NEUTRAL,
        neutral_spread=Measures(),
        slump=SLUMP,
        neutral_spread_pct=0.0,
        contour_trusted=True,
        skeleton_trusted=True,
        tilt_model="network-1",
        scene=scene,
    )


def set_up(path: Path, *names: str, **desktop: object) -> DataFolder:
    """A data folder with these profiles, and a camera."""
    folder = DataFolder(path)
    for name in names:
        save_profile(folder.profiles, sitter(name))
    chosen = DesktopSettings.model_validate({"source": "0", "profile": names[0] if names else "", **desktop})
    save_settings(folder.settings, Settings(desktop=chosen))
    return folder


def reading(
    state: State = State.UPRIGHT,
    pct: float = 0.0,
    *,
    t_s: float = 0.0,
    tipped_s: float = 0.0,
    effects: tuple[Effect, ...] = (),
    changed: tuple[Change, ...] = (),
    reason: str = "",
    scene: str = "",
) -> Reading:
    known = pct == pct
    said = Assessment(
        t_s,
        state,
        reason=reason,
        tilt_deg=0.2 * pct,
        tilt_low_deg=0.2 * pct - 5,
        tilt_high_deg=0.2 * pct + 5,
        tilt_pct=pct,
        confidence=1.0 if known else 0.0,
        basis=Basis.CONTOUR if known else Basis.NONE,
        thigh_elevation_deg=3.0,
        knee_above_hip_cm=2.0,
        view=View.SIDE,
        time_in_state_s=12.0,
    )
    moment = Moment(
        Frame(np.full((480, 640, 3), 90, np.uint8), t_s, 0),
        Observation(t_s, Presence.SITTER),
        said,
        effects,
        {Cause.KNEES_ABOVE_HIPS: 1.4, Cause.HEAD_FORWARD: 0.4, Cause.SHOULDERS_FORWARD: float("nan")},
        changed,
        tipped_s,
        120.0,
        10.0,
        Limits(10.0, 6.0, 20.0) if known else None,
        scene,
    )
    return Reading(moment, 5.0, 0)


def warned(**about: object) -> Reading:
    return reading(State.TIPPED, 80.0, tipped_s=120.0, effects=(replace(WARNING, **about),))
