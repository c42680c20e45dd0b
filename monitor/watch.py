"""`saddle watch`: follows one sitter on one source, shows, logs and warns until the source or the user ends it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from calibration.profile import Profile
from models.pose import PoseEstimator
from monitor.alerts.effects import Answered, KneeHint, SitBreak, Warn
from monitor.capture.frame import Frame, FrameSource
from monitor.errors import CameraError, ProfileError
from monitor.loop import Follower, Moment, tilt_model
from monitor.notify import Notifier
from monitor.profiles import check_fits
from monitor.settings import Settings
from monitor.terminal.view import View
from monitor.tiltlog.session import SessionLog
from monitor.tiltlog.store import TiltLog
from monitor.words import duration_words

OpenSource = Callable[[], FrameSource]
_RATE_SPAN_S = 5.0
_SLEEP_S = 20.0
"""When the wall clock is so far ahead of the frames' clock, the computer was asleep."""


@dataclass
class Outcome:
    """What a watch came to: frames judged and dropped, warnings given, the span in the source's time."""

    judged: int = 0
    dropped: int = 0
    warnings: list[Warn] = field(default_factory=list)
    first_t_s: float = 0.0
    last_t_s: float = 0.0
    note: str | None = None


@dataclass
class Watch:
    """The parts a watch is made of. One thread runs it, once.

    Attributes:
        profile: the sitter's calibration.
        estimator: the pose model.
        settings: all numbers.
        log: the open tilt log.
        view: where it is shown.
        notifier: desktop notices.
        bell: rings the terminal's bell.
        any_camera: accept a live camera of another name than the profile's.
        speed: how many times faster than its own time a recording is followed; None as fast as it goes.
        on_moment: called with every judged moment, after it was logged.
        clock, wait, now: time; replaced in tests. ``clock`` is the one that stamps live frames.
    """

    profile: Profile
    estimator: PoseEstimator
    settings: Settings
    log: TiltLog
    view: View
    notifier: Notifier
    bell: Callable[[], None]
    any_camera: bool = False
    speed: float | None = None
    on_moment: Callable[[Moment], None] = lambda _: None
    clock: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _session: SessionLog | None = field(default=None, init=False)

    def run(self, source: FrameSource, reopen: OpenSource) -> Outcome:
        """Watch until the recording ends or Ctrl-C; the source and the session are closed in every case.

        A lost live camera is opened again with growing waits; that time is logged as not observed.

        Raises:
            CameraError: a recording cannot be read, or a live source gave no picture at all.
            ProfileError: the profile does not fit the pictures or the camera.
            LogError: what was seen could not be written by the end.
            KeyboardInterrupt: the user ended it; everything has been closed and written.
        """
        outcome = Outcome()
        follower = Follower(self.profile, self.estimator, self.settings)
        judged_at: deque[float] = deque()
        logged: dict[int, int] = {}
        begun_s, begun, zero_s = self.clock(), self.now(), 0.0
        told: str | None = None
        frames = self._frames(source, reopen, outcome)
        try:
            for frame in frames:
                asleep_s = (self.now() - begun).total_seconds() - (frame.t_s - zero_s)
                if self._session is not None and source.live and asleep_s > _SLEEP_S:
                    self.view.say("The computer was asleep; that time is not counted.", "yellow")
                    self._session.end()
                    self._session = None
                    follower = Follower(self.profile, self.estimator, self.settings)
                    logged.clear()
                if self._session is None:
                    begun_s, begun, zero_s = self.clock(), self.now(), frame.t_s
                    outcome.first_t_s = outcome.first_t_s if outcome.judged else frame.t_s
                    self._session = self._begin(frame, source, begun)
                self._pace(frame.t_s - zero_s, begun_s)
                moment = follower.step(frame)
                self._session.record(moment.assessment)
                self._act(moment, self._session, outcome, logged)
                outcome.judged, outcome.last_t_s = outcome.judged + 1, frame.t_s
                told = self._tell_problem(self._session.problem, told)
                rate_hz = _rate(judged_at, self.clock())
                self.view.show(moment.assessment, self._clock_words(frame, source), rate_hz, outcome.dropped)
                self.on_moment(moment)
        finally:
            frames.close()  # a camera that was opened again is only known there
            source.close()
            if self._session is not None:
                self._session.end()
        return outcome

    def _frames(self, source: FrameSource, reopen: OpenSource, outcome: Outcome) -> Generator[Frame, None, None]:
        """Frames of the source, and of the same camera opened again when it was lost; each fits the profile."""
        wait_s = self.settings.camera.retry_first_s
        current: FrameSource | None = source
        lost: str | None = None
        while True:
            try:
                current = current or reopen()
                for frame in current.frames(self.settings.camera.rate_hz):
                    self._check_fits(frame, current)
                    if lost:
                        self.view.say("The camera is back.", "green")
                        lost, wait_s = None, self.settings.camera.retry_first_s
                    outcome.dropped = current.dropped
                    yield frame
                outcome.note = current.warning
                return
            except (CameraError, ProfileError) as error:
                if not source.live or self._session is None:
                    raise
                self._session.not_observed(self.clock(), str(error))
                if not lost or (isinstance(error, ProfileError) and lost != str(error)):
                    self.view.show_lost(str(error))
                lost = str(error)
            finally:
                if current is not None:
                    current.close()
                    current = None
            self.wait(wait_s)
            wait_s = min(2.0 * wait_s, self.settings.camera.retry_most_s)

    def _begin(self, frame: Frame, source: FrameSource, now: datetime) -> SessionLog:
        # A recording is logged as if it had just ended, so that it never lies in the future.
        past_s = 0.0 if source.live else (source.duration_s or 0.0)
        return self.log.start_session(
            profile=self.profile.name,
            source=source.name,
            source_kind="live" if source.live else "recording",
            tilt_model=tilt_model().name,
            started=now - timedelta(seconds=past_s),
            t0_s=frame.t_s,
        )

    def _check_fits(self, frame: Frame, source: FrameSource) -> None:
        height, width = frame.image_bgr.shape[:2]
        check_fits(self.profile, width, height, source.name if source.live and not self.any_camera else None)

    def _pace(self, source_s: float, begun_s: float) -> None:
        if self.speed is not None:
            ahead_s = source_s / self.speed - (self.clock() - begun_s)
            if ahead_s > 0:
                self.wait(ahead_s)

    def _act(self, moment: Moment, session: SessionLog, outcome: Outcome, logged: dict[int, int]) -> None:
        """Carry out what the alerts ask for; ``logged`` maps a warning's number to its number in the log."""
        for effect in moment.effects:
            if isinstance(effect, Warn):
                outcome.warnings.append(effect)
                logged[effect.number] = session.warn(effect.t_s, effect.kind, effect.text, str(effect.cause))
                self.view.say(effect.text, "bold dark_orange")
                if self.settings.notice.bell:
                    self.bell()
                self.notifier.notify("Your hips have tipped back", effect.text)
            elif isinstance(effect, KneeHint | SitBreak):
                kind = "knee hint" if isinstance(effect, KneeHint) else "sit break"
                session.warn(effect.t_s, kind, effect.text)
                self.view.say(effect.text, "cyan")
            elif isinstance(effect, Answered) and effect.number in logged:
                session.answered(logged[effect.number], effect.after_s)
                self.view.say(f"You moved {duration_words(effect.after_s)} after the warning.", "green")

    def _tell_problem(self, problem: str | None, told: str | None) -> str | None:
        if problem and problem != told:
            self.view.say(f"The log can't be written just now, nothing is lost yet: {problem}", "red")
        return problem

    def _clock_words(self, frame: Frame, source: FrameSource) -> str:
        if source.live:
            return self.now().astimezone().strftime("%H:%M:%S")
        position = duration_words(frame.t_s)
        return f"{position} of {duration_words(source.duration_s)}" if source.duration_s else position


def _rate(judged_at: deque[float], now_s: float) -> float:
    """Frames judged per second over the last five seconds; 0 until there are two."""
    judged_at.append(now_s)
    while judged_at and now_s - judged_at[0] > _RATE_SPAN_S:
        judged_at.popleft()
    span_s = now_s - judged_at[0]
    return (len(judged_at) - 1) / span_s if span_s > 0 else 0.0
