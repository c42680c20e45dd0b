"""The desktop program: what happens when. Windows show and ask; the camera thread looks; this decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from calibration.profile import Profile
from monitor.alerts.effects import Warn
from monitor.alerts.modes import TRAINING_S, Mode
from monitor.clock import Clock
from monitor.desktop.actions import tomorrow
from monitor.desktop.camera_thread import CameraThread
from monitor.desktop.cameras import Cameras
from monitor.desktop.jobs import WatchJob
from monitor.desktop.signals import Reading
from monitor.desktop.speaker import WARNING, Speaker
from monitor.desktop.status import Kind, Status, clock_words
from monitor.desktop.store import Store
from monitor.errors import SaddleError
from monitor.orders import Apply, KeepCalibration, Moved, Order
from monitor.posture.scene import agreement
from monitor.settings import Settings
from monitor.surroundings.state import Surroundings, camera_off_reason, quiet_reason
from monitor.surroundings.watcher import Watcher
from monitor.tally import Tally, add

SNOOZE_MIN = 15
SAME_ROOM = 0.9
"""Two scenes that agree so far are the same view of the same room."""
RELEASE_S = 2.0
TICK_MS = 1000


class Program(QObject):
    """What the program does. Lives in the windows' thread; `on_surroundings` and `quiet` come from other ones.

    Signals:
        status_changed: the new `Status`.
        profile_changed: the `Profile` in use, or None.
        calibration_wanted: the calibration is to be opened.
        trouble: a sentence about something that could not be done.
    """

    status_changed = Signal(object)
    profile_changed = Signal(object)
    calibration_wanted = Signal()
    trouble = Signal(str)
    _around = Signal(object)
    _seeded = Signal(object)

    def __init__(
        self,
        store: Store,
        cameras: Cameras,
        camera: CameraThread,
        speaker: Speaker,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store, self.cameras, self.camera, self.speaker, self.clock = store, cameras, camera, speaker, clock
        self.tally = Tally(clock.now().astimezone().date())
        self.status = Status()
        self.source_override = ""
        self.profile: Profile | None = None
        self.times = store.times(clock.now())
        self._surroundings = Surroundings()
        self._scene = ""
        self._warned: datetime | None = None
        self._rest_until: datetime | None = None
        self._watcher: Watcher | None = None
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self.on_tick)
        self._ticks.start(TICK_MS)
        self._around.connect(self._on_surroundings)
        self._seeded.connect(self._on_seeded)
        self.speaker.answered.connect(self.answer)
        signals = camera.signals
        signals.moment.connect(self._on_reading)
        signals.lost.connect(self._on_lost)
        signals.off.connect(self._on_off)
        signals.problem.connect(self.speaker.tell_problem)
        signals.failed.connect(lambda reason: self._show(Kind.TROUBLE, reason))
        signals.loading.connect(lambda loading: self._show(Kind.LOADING) if loading else None)

    # Watching.

    @property
    def source(self) -> str:
        """The camera in use, as the user named it."""
        return self.source_override or self.store.settings.desktop.source

    @property
    def is_set_up(self) -> bool:
        """Whether there is a camera and a profile to watch with."""
        return bool(self.source and self.store.profile_name)

    def watch(self) -> None:
        """Watch with the camera and profile in use, from now on; says what is missing when that cannot be done."""
        self.speaker.hush()
        if not self.is_set_up:
            self._stop(Kind.SETUP, self.tr("Choose Calibrate… to set up the camera and your own neutral sit."))
            return
        try:
            profile = self.store.profile(self.store.profile_name)
        except SaddleError as error:
            self._stop(Kind.TROUBLE, str(error))
            return
        self._use(profile)
        if self._warned is not None:
            # A new watch knows nothing of the last one's warnings; their cool-down holds all the same.
            self._rest_until = self._warned + timedelta(seconds=self.store.settings.alerts.cool_down_s)
        source = self.source
        self._hold_if_paused()
        self._show(Kind.LOADING)
        self.camera.start(
            WatchJob(
                profile=profile,
                settings=self.store.settings,
                log_path=self.store.folder.log,
                open_camera=lambda: self.cameras.open(source),
                mode=self.times.mode_now,
                any_camera=bool(self.source_override),
                quiet=self.quiet,
                clock=self.clock,
            )
        )

    def start_watcher(self, watcher: Watcher) -> None:
        """Follow the surroundings from now on."""
        self._watcher = watcher
        watcher.start(self.on_surroundings)

    def close(self) -> None:
        """End everything: the camera is released, the log written."""
        self._ticks.stop()
        if self._watcher is not None:
            self._watcher.stop()
        self.speaker.close()
        self.camera.stop()

    # What the user asks for.

    def pause(self, until: datetime | None) -> None:
        """Let go of the camera until then; None until `resume`."""
        self.times = replace(self.times, paused=True, paused_until=until)
        self._hold_if_paused()
        self.speaker.hush()
        self._keep_times()
        self._show(Kind.PAUSED)

    def resume(self) -> None:
        """Watch again after a pause."""
        self.times = replace(self.times, paused=False, paused_until=None)
        self._keep_times()
        self._show(Kind.LOADING)
        self.camera.release("pause")
        if self.camera.job is None:
            self.watch()

    def lend_camera(self) -> None:
        """Let a calibration have the camera during a pause, which the user asks for by opening it, until `watch`."""
        self.camera.release("pause")

    def snooze(self, until: datetime) -> None:
        """Go on watching, without a warning until then."""
        self.times = replace(self.times, snoozed_until=until)
        self._keep_times()
        self.speaker.hush()

    def set_mode(self, mode: Mode) -> None:
        """Speak up in this way; a training ends by itself after ten minutes. Raises SettingsError."""
        if mode is Mode.TRAINING:
            until = self.clock.now() + timedelta(seconds=TRAINING_S)
            self.times = replace(self.times, training_until=until, snoozed_until=None)
            self._keep_times()
        else:
            self.store.set("desktop", mode=mode.value)
            self.times = replace(self.times, training_until=None, mode=mode)
        self._order(Apply(self.store.settings, self.times.mode_now))
        self._show(self.status.kind, self.status.reason)

    def apply(self, settings: Settings) -> None:
        """Take over changed settings at once; raises SettingsError when they cannot be kept."""
        before = self.store.settings
        self.store.save(settings)
        if settings.desktop.mode != before.desktop.mode:
            self.times = replace(self.times, mode=Mode(settings.desktop.mode), training_until=None)
        camera_changed = settings.camera != before.camera or settings.desktop.source != before.desktop.source
        if camera_changed or settings.desktop.profile != before.desktop.profile:
            self.watch()
        else:
            self._order(Apply(settings, self.times.mode_now))
        self._follow_surroundings()

    def use_profile(self, name: str) -> None:
        """Watch with this profile from now on; raises SettingsError."""
        self.store.set("desktop", profile=name)
        self.watch()

    def keep_calibration(self) -> None:
        """The user says that the calibration still fits."""
        self._order(KeepCalibration())
        self.speaker.hush()
        if self.status.kind is Kind.WATCHING:
            self.status = replace(self.status, changed=())
            self.status_changed.emit(self.status)

    def answer(self, answer: str) -> None:
        """Carry out the answer to a notice (see `Speaker.answered`)."""
        now = self.clock.now()
        try:
            if answer == "moved":
                self._order(Moved())
            elif answer == "snooze":
                self.snooze(now + timedelta(minutes=SNOOZE_MIN))
            elif answer == "today":
                self.snooze(tomorrow(now))
            elif answer == "keep":
                self.keep_calibration()
            elif answer in ("again", "calibrate"):
                self.calibration_wanted.emit()
            elif answer.startswith("use:"):
                self.use_profile(answer.removeprefix("use:"))
        except SaddleError as error:
            self.trouble.emit(str(error))

    def quiet(self) -> str:
        """Why no warning is given now; empty when there is no reason. Called from the camera thread at every frame."""
        times = self.times
        if times.snoozed_until is not None:
            return self.tr("snoozed until {time}").format(time=clock_words(times.snoozed_until))
        if self._rest_until is not None and self.clock.now() < self._rest_until and times.mode_now is Mode.NORMAL:
            return self.tr("you were warned a while ago")
        if times.mode_now is Mode.QUIET:
            return self.tr("quiet mode")
        return quiet_reason(self._surroundings, self.store.settings.quiet)

    # What happens around.

    def on_surroundings(self, surroundings: Surroundings) -> None:
        """Let go of the camera at once when it must be off. Called in the watcher's thread; waits for the release."""
        self._surroundings = surroundings
        self._follow_surroundings()
        if surroundings.asleep:
            self.camera.wait_closed(RELEASE_S)
        self._around.emit(surroundings)

    def on_tick(self) -> None:
        """Each second: end what is over. By the wall clock, so that a sleep counts."""
        before, self.times = self.times, self.times.after(self.clock.now())
        if before.paused and not self.times.paused:
            self.resume()
        elif before.snoozed_until and not self.times.snoozed_until:
            self._keep_times()
        if before.training_until and not self.times.training_until:
            self._order(Apply(self.store.settings, self.times.mode_now))

    def _follow_surroundings(self) -> None:
        reason = camera_off_reason(self._surroundings, self.store.settings.quiet)
        if reason:
            self.camera.hold("surroundings", reason)
        else:
            self.camera.release("surroundings")

    def _on_surroundings(self, surroundings: Surroundings) -> None:
        if surroundings.full_screen or camera_off_reason(surroundings, self.store.settings.quiet):
            self.speaker.glow.hide()

    @property
    def not_noticed(self) -> tuple[str, ...]:
        """What of the surroundings cannot be noticed here, in sentences."""
        return self._watcher.why_not if self._watcher is not None else ()

    def _on_lost(self, reason: str) -> None:
        self._show(Kind.LOST, reason)
        # A sentence that names the camera in use names it in full: another profile may have been made with it.
        here = self.profile.camera if self.profile else ""
        others = (n for n, p in self.store.readable_profiles().items() if p.camera != here and p.camera in reason)
        fitting = next(others, "")
        if fitting and here and here in reason:
            self.speaker.offer_profile(fitting, reason)

    def _on_off(self, reason: str) -> None:
        self.speaker.notices.withdraw(WARNING)
        self._show(Kind.OFF, self.tr("Camera off: {reason}; this time is not counted").format(reason=reason))

    # What is seen.

    def _on_reading(self, reading: Reading) -> None:
        if self.times.paused or not isinstance(self.camera.job, WatchJob):
            return  # a last frame on its way
        moment = reading.moment
        self.tally = add(self.tally, moment.assessment, self.clock.now().astimezone().date())
        self._scene = moment.scene or self._scene
        quiet, mode = self.quiet(), self.times.mode_now
        name = self.profile.name if self.profile else ""
        self.status = Status(
            Kind.WATCHING, reading=reading, changed=moment.changed, quiet=quiet, mode=mode, profile=name
        )
        if any(isinstance(effect, Warn) for effect in moment.effects):
            self._warned = self.clock.now()
        may_glow = (not quiet or mode is Mode.QUIET) and not self._surroundings.full_screen
        self.speaker.follow(moment, self.store.settings, may_glow=may_glow, fitting_profile=self.fitting_profile)
        self.status_changed.emit(self.status)

    def fitting_profile(self) -> str:
        """Another profile that was made in the room that the camera sees now; empty when none fits."""
        alike = {
            name: agreement(self._scene, profile.scene)
            for name, profile in self.store.readable_profiles().items()
            if self.profile is None or name != self.profile.name
        }
        return max((n for n, a in alike.items() if a >= SAME_ROOM), key=lambda n: alike[n], default="")

    def seed_tally(self, day: date, seated_s: float, tipped_s: float) -> None:
        """Count what the log knew of today when the program started. From any thread."""
        self._seeded.emit((day, seated_s, tipped_s))

    def _on_seeded(self, known: tuple[date, float, float]) -> None:
        day, seated_s, tipped_s = known
        if day == self.tally.day:
            now = self.tally
            self.tally = replace(now, seated_s=now.seated_s + seated_s, tipped_s=now.tipped_s + tipped_s)

    # Helpers.

    def _hold_if_paused(self) -> None:
        if self.times.paused:
            until = self.times.paused_until
            reason = self.tr("paused until {time}").format(time=clock_words(until)) if until else self.tr("paused")
            self.camera.hold("pause", reason)

    def _keep_times(self) -> None:
        try:
            self.store.keep_times(self.times)
        except SaddleError as error:
            self.trouble.emit(str(error))

    def _order(self, order: Order) -> None:
        job = self.camera.job
        if isinstance(job, WatchJob):
            job.orders.put(order)

    def _use(self, profile: Profile | None) -> None:
        self.profile = profile
        self.profile_changed.emit(profile)

    def _stop(self, kind: Kind, reason: str) -> None:
        self.camera.start(None)
        self._use(None)
        self._show(kind, reason)

    def _show(self, kind: Kind, reason: str = "") -> None:
        if kind is not Kind.WATCHING:
            self.speaker.glow.hide()
        if self.times.paused and kind in (Kind.LOADING, Kind.LOST, Kind.OFF):
            kind = Kind.PAUSED
        if kind is Kind.PAUSED:
            reason = self.tr("The camera is off; this time is not counted.")
        until = self.times.paused_until if kind is Kind.PAUSED else None
        name = self.profile.name if self.profile else ""
        reading = self.status.reading if kind is Kind.WATCHING else None
        mode = self.times.mode_now
        self.status = Status(kind, reason, reading=reading, mode=mode, until=until, profile=name)
        self.status_changed.emit(self.status)
