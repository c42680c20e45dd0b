"""Follows one sitter on one source, shows, logs and warns until the source or the user ends it.

Both `saddle watch` and the desktop program run it; the desktop program also holds the camera off and gives orders.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

from calibration.profile import Profile
from models.pose import PoseEstimator
from monitor.alerts.effects import Answered, KneeHint, SitBreak, Warn
from monitor.alerts.modes import Mode
from monitor.capture.frame import Frame, FrameSource
from monitor.capture.switch import CameraSwitch
from monitor.clock import Clock
from monitor.errors import CameraError, LogError, ProfileError
from monitor.feed import Feed, OpenSource
from monitor.judgement.staleness import CHANGE_WORDS, Change
from monitor.loop import Follower, Limits, Moment, tilt_model
from monitor.notify import Notifier
from monitor.orders import Apply, KeepCalibration, Moved, Order
from monitor.profiles import check_fits
from monitor.settings import Settings
from monitor.tiltlog.session import SessionLog
from monitor.tiltlog.store import TiltLog
from monitor.view import View
from monitor.words import duration_words

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
        patient: wait for a live camera that does not open at the start, as for one that was lost.
        ask_first: say nothing while the calibration seems not to fit, until the user has answered.
        mode: how to speak up.
        speed: how many times faster than its own time a recording is followed; None as fast as it goes.
        on_moment: called with every judged moment, after it was logged.
        switch: holds the camera off, and ends the watch.
        orders: what the user asks for while it runs.
        quiet: asked at every frame: why nothing is to be said now; empty when there is no reason.
        clock, now: time; replaced in tests. ``clock`` is the one that stamps live frames.
        wait: waits for some seconds, or until the switch changes.
    """

    profile: Profile
    estimator: PoseEstimator
    settings: Settings
    log: TiltLog
    view: View
    notifier: Notifier
    bell: Callable[[], None]
    any_camera: bool = False
    patient: bool = False
    ask_first: bool = False
    mode: Mode = Mode.NORMAL
    speed: float | None = None
    on_moment: Callable[[Moment], None] = lambda _: None
    switch: CameraSwitch = field(default_factory=CameraSwitch)
    orders: SimpleQueue[Order] = field(default_factory=SimpleQueue)
    quiet: Callable[[], str] = lambda: ""
    clock: Callable[[], float] = field(default_factory=Clock)
    wait: Callable[[float], None] | None = None
    now: Callable[[], datetime] = field(default_factory=lambda: Clock().now)
    _session: SessionLog | None = field(default=None, init=False)
    _logged: dict[int, tuple[int, float]] = field(default_factory=dict, init=False)
    _seat: str = field(default="", init=False)
    _notice: str = field(default="", init=False)
    _lost: str | None = field(default=None, init=False)
    _changed: tuple[Change, ...] = field(default=(), init=False)

    def run(self, source: FrameSource | None, reopen: OpenSource) -> Outcome:
        """Watch until the recording ends, the switch ends it, or Ctrl-C; source and session are closed in every case.

        A lost live camera is opened again with growing waits; that time, and the time it is held off, is logged as
        not observed.

        Raises:
            CameraError: a recording cannot be read, or a live source gave no picture at all.
            ProfileError: the profile does not fit the pictures or the camera.
            LogError: what was seen could not be written by the end.
            KeyboardInterrupt: the user ended it; everything has been closed and written.
        """
        outcome = Outcome()
        feed = self._feed(source, reopen)
        frames = feed.frames()
        try:
            self._follow(frames, feed, outcome)
        finally:
            frames.close()  # a camera that was opened again is only known there
            if source is not None:
                source.close()
            if self._session is not None:
                self._session.end()
        outcome.note = feed.note
        return outcome

    def _follow(self, frames: Iterable[Frame], feed: Feed, outcome: Outcome) -> None:
        follower = self._follower()
        judged_at: deque[float] = deque()
        begun_s, begun, zero_s = self.clock(), self.now(), 0.0
        told: str | None = None
        for frame in frames:
            asleep_s = (self.now() - begun).total_seconds() - (frame.t_s - zero_s)
            if self._session is not None and feed.live and asleep_s > _SLEEP_S:
                self.view.say("The computer was asleep; that time is not counted.", "yellow")
                self._session.end()
                self._session = None
                follower, before = self._follower(), follower
                follower.go_on_from(before)
                self._logged.clear()
            if self._session is None:
                begun_s, begun, zero_s = self.clock(), self.now(), frame.t_s
                outcome.first_t_s = outcome.first_t_s if outcome.judged else frame.t_s
                self._session = self._begin(frame, feed, begun, follower.limits)
            self._pace(frame.t_s - zero_s, begun_s)
            self._obey(follower, frame.t_s, self._session)
            if self.settings.log.seat != self._seat:  # from now on another session: what comes after has its own tag
                self._session.end(frame.t_s)
                self._logged.clear()
                begun_s, begun, zero_s = self.clock(), self.now(), frame.t_s
                self._session = self._begin(frame, feed, begun, follower.limits)
            moment = follower.step(frame, quiet=bool(self.quiet()))
            self._session.record(moment.assessment, str(moment.likely or ""))
            self._act(moment, self._session, outcome)
            outcome.judged, outcome.last_t_s, outcome.dropped = outcome.judged + 1, frame.t_s, feed.dropped
            told = self._tell_problem(self._session.problem, told)
            rate_hz = _rate(judged_at, self.clock())
            self.view.show(moment.assessment, self._clock_words(frame, feed), rate_hz, outcome.dropped)
            self.on_moment(moment)

    def _follower(self) -> Follower:
        return Follower(self.profile, self.estimator, self.settings, self.mode, ask_first=self.ask_first)

    def _feed(self, source: FrameSource | None, reopen: OpenSource) -> Feed:
        return Feed(
            source=source,
            reopen=reopen,
            settings=self.settings.camera,
            switch=self.switch,
            wait=self.wait or self.switch.wait,
            check=self._check_fits,
            patient=self.patient,
            on_lost=self._on_lost,
            on_off=self._on_off,
            on_back=self._on_back,
        )

    def _on_lost(self, error: CameraError | ProfileError) -> None:
        if self._session is not None:
            self._session.not_observed(self.clock(), str(error))
        if not self._lost or (isinstance(error, ProfileError) and self._lost != str(error)):
            self.view.show_lost(str(error))
        self._lost = str(error)

    def _on_off(self, reason: str) -> None:
        if self._session is not None:
            self._session.not_observed(self.clock(), reason)
        self.view.show_off(reason)

    def _on_back(self) -> None:
        self._lost = None
        self.view.say("The camera is back.", "green")

    def _obey(self, follower: Follower, t_s: float, session: SessionLog) -> None:
        """Carry out what the user has asked for since the last frame."""
        while True:
            try:
                order = self.orders.get_nowait()
            except Empty:
                return
            match order:
                case Apply(settings, mode):
                    self.settings, self.mode = settings, mode
                    follower.apply(settings, mode)
                case KeepCalibration():
                    follower.keep_calibration()
                case Moved():
                    number = follower.acknowledge()
                    if number in self._logged:
                        row, warned_s = self._logged[number]
                        session.answered(row, t_s - warned_s)

    def _begin(self, frame: Frame, feed: Feed, now: datetime, limits: Limits) -> SessionLog:
        self._seat = self.settings.log.seat
        # A recording is logged as if it had just ended, so that it never lies in the future.
        past_s = 0.0 if feed.live else (feed.duration_s or 0.0)
        return self.log.start_session(
            profile=self.profile.name,
            source=feed.name,
            source_kind="live" if feed.live else "recording",
            tilt_model=tilt_model().name,
            started=now - timedelta(seconds=past_s),
            t0_s=frame.t_s,
            seat=self._seat,
            enter_deg=limits.enter_deg,
            leave_deg=limits.leave_deg,
            slump_deg=limits.slump_deg,
        )

    def _check_fits(self, frame: Frame, source: FrameSource) -> None:
        height, width = frame.image_bgr.shape[:2]
        check_fits(self.profile, width, height, source.name if source.live and not self.any_camera else None)

    def _pace(self, source_s: float, begun_s: float) -> None:
        if self.speed is not None:
            ahead_s = source_s / self.speed - (self.clock() - begun_s)
            if ahead_s > 0:
                (self.wait or self.switch.wait)(ahead_s)

    def _act(self, moment: Moment, session: SessionLog, outcome: Outcome) -> None:
        """Carry out what the alerts ask for, and say once what seems to have changed since the calibration."""
        for change in moment.changed:
            if change not in self._changed:
                self.view.say(f"{CHANGE_WORDS[change]} Calibrate again, or the tilt may be off.", "yellow")
        self._changed = moment.changed
        for effect in moment.effects:
            if isinstance(effect, Warn):
                outcome.warnings.append(effect)
                row = session.warn(effect.t_s, effect.kind, effect.text, str(effect.cause))
                self._logged[effect.number] = row, effect.t_s
                self.view.say(effect.text, "bold dark_orange")
                if self.settings.notice.bell:
                    self.bell()
                self.notifier.notify("Your hips have tipped back", effect.text)
            elif isinstance(effect, KneeHint | SitBreak):
                kind = "knee hint" if isinstance(effect, KneeHint) else "sit break"
                session.warn(effect.t_s, kind, effect.text)
                self.view.say(effect.text, "cyan")
            elif isinstance(effect, Answered) and effect.number in self._logged:
                session.answered(self._logged[effect.number][0], effect.after_s)
                self.view.say(f"You moved {duration_words(effect.after_s)} after the warning.", "green")

    def _tell_problem(self, problem: str | None, told: str | None) -> str | None:
        if problem and problem != told:
            self.view.say(f"The log can't be written just now, nothing is lost yet: {problem}", "red")
        if self.log.notice != self._notice:
            self._notice = self.log.notice
            self.view.say(self._notice, "red")
        return problem

    def _clock_words(self, frame: Frame, feed: Feed) -> str:
        if feed.live:
            return self.now().astimezone().strftime("%H:%M:%S")
        position = duration_words(frame.t_s)
        return f"{position} of {duration_words(feed.duration_s)}" if feed.duration_s else position


def forget_old(log: TiltLog, settings: Settings, now: datetime, tell: Callable[[str], None]) -> None:
    """Forget what is older than the settings want; a log that cannot be written now is no reason not to watch."""
    if settings.log.keep_days:
        try:
            log.forget_before(now - timedelta(days=settings.log.keep_days))
        except LogError as error:
            tell(str(error))


def _rate(judged_at: deque[float], now_s: float) -> float:
    """Frames judged per second over the last five seconds; 0 until there are two."""
    judged_at.append(now_s)
    while judged_at and now_s - judged_at[0] > _RATE_SPAN_S:
        judged_at.popleft()
    span_s = now_s - judged_at[0]
    return (len(judged_at) - 1) / span_s if span_s > 0 else 0.0
