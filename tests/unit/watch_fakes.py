"""A camera, a clock, a screen and a judgement without hardware: only what passes through `Watch` is real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from calibration.profile import Profile
from monitor.alerts.engine import step
from monitor.alerts.modes import Mode
from monitor.alerts.state import AlertState
from monitor.capture.frame import Frame, FrameSource
from monitor.errors import CameraError
from monitor.judgement.assessment import Assessment, State
from monitor.judgement.observation import Observation, Presence
from monitor.loop import Limits, Moment
from monitor.settings import Settings

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CAMERA = "webcam 0 (Side)"
PROFILE = Profile.model_construct(name="sitter", camera=CAMERA, width_px=64, height_px=48)


class Clock:
    """Monotonic and wall time that pass only while somebody waits or a frame comes; ``asleep_s`` only on the wall."""

    def __init__(self) -> None:
        self.t_s = 100.0
        self.asleep_s = 0.0
        self.waits_s: list[float] = []

    def __call__(self) -> float:
        return self.t_s

    def wait(self, seconds: float) -> None:
        self.waits_s.append(seconds)
        self.t_s += seconds

    def now(self) -> datetime:
        return START + timedelta(seconds=self.t_s - 100.0 + self.asleep_s)


class FakeSource(FrameSource):
    """Gives a frame each second of the clock (a recording: of its own time), then ends or is lost."""

    def __init__(
        self,
        clock: Clock,
        frames: int,
        *,
        live: bool = True,
        name: str = CAMERA,
        size: tuple[int, int] = (64, 48),
        lost: bool = False,
        before: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.name, self.live = name, live
        self.frame_count: int | None = None if live else frames
        self.duration_s: float | None = None if live else float(frames)
        self.dropped = self.skipped = self.closed = 0
        self.warning: str | None = None
        self._clock, self._frames, self._size, self._lost, self._before = clock, frames, size, lost, before

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        width, height = self._size
        for index in range(self._frames):
            self._before(index)
            if self.live:
                self._clock.t_s += 1.0
            t_s = self._clock.t_s if self.live else float(index)
            yield Frame(np.zeros((height, width, 3), np.uint8), t_s, index)
        if self._lost:
            raise CameraError(f"{self.name} stopped giving pictures: check its cable.")

    def close(self) -> None:
        self.closed += 1


class ScriptedFollower:
    """Says what the script says for the number of the frame it sees; the alerts are the real ones."""

    script: Callable[[int], State] = staticmethod(lambda _: State.UPRIGHT)
    limits = Limits(6.0, 4.0, 12.0)

    def __init__(self, profile: Profile, estimator: object, settings: Settings, mode: Mode, *, ask_first: bool) -> None:
        self._settings = settings
        self._alerted = AlertState()
        self._seen = 0

    def apply(self, settings: Settings, mode: Mode) -> None:
        self._settings = settings

    def go_on_from(self, before: ScriptedFollower) -> None:
        self._alerted = replace(AlertState(), warned_at_s=before._alerted.warned_at_s)

    def step(self, frame: Frame, *, quiet: bool = False) -> Moment:
        state = type(self).script(self._seen)
        self._seen += 1
        pct = 90.0 if state is State.TIPPED else 0.0
        said = Assessment(frame.t_s, state, tilt_deg=pct / 5, tilt_pct=pct)
        self._alerted, effects = step(self._alerted, said, self._settings.alerts, quiet=quiet)
        return Moment(frame, Observation(frame.t_s, Presence.SITTER), said, effects)


@dataclass
class Screen:
    """Keeps what was shown and said."""

    shown: list[State] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    off: list[str] = field(default_factory=list)

    def show_lost(self, reason: str) -> None:
        self.lost.append(reason)

    def show_off(self, reason: str) -> None:
        self.off.append(reason)

    def show(self, assessment: Assessment, clock: str, judged_hz: float, dropped: int) -> None:
        self.shown.append(assessment.state)

    def say(self, text: str, style: str = "") -> None:
        self.said.append(text)


@dataclass
class Notices:
    """Keeps the notices of the desktop, and how often the bell rang."""

    why_not: str = ""
    texts: list[str] = field(default_factory=list)
    rings: int = 0

    def notify(self, title: str, text: str) -> None:
        self.texts.append(text)

    def ring(self) -> None:
        self.rings += 1


def settings(**tables: dict[str, Any]) -> Settings:
    return Settings.model_validate(tables)
