"""The desktop program: what happens when. Windows show and ask; the camera thread looks; this decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from calibration.profile import Profile
from monitor.alerts.effects import Warn
from monitor.alerts.modes import TRAINING_S, Mode
from monitor.clock import Clock
from monitor.desktop.actions import tomorrow
from monitor.desktop.around import Around
from monitor.desktop.camera_thread import CameraThread
from monitor.desktop.cameras import Cameras
from monitor.desktop.jobs import WatchJob
from monitor.desktop.quiet import no_warning_reason, silence_reason
from monitor.desktop.retry import Retry
from monitor.desktop.signals import Reading
from monitor.desktop.speaker import WARNING, Speaker
from monitor.desktop.status import Kind, Status, clock_words
from monitor.desktop.store import Store
from monitor.desktop.today import Today
from monitor.errors import SaddleError
from monitor.orders import Apply, KeepCalibration, Moved, Order
from monitor.settings import Settings

SNOOZE_MIN = 15
TICK_MS = 1000
CALIBRATION, LOG, END = "calibration", "log", "end"
"""To whom the camera or the log is lent."""


class Program(QObject):
    """What the program does. Lives in the windows' thread; `quiet` is called in the camera's.

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
        self.around = Around(camera, lambda: store.settings, self)
        self.around.changed.connect(self._on_surroundings)
        self.today = Today(clock.now().astimezone().date(), self)
        self.status = Status()
        self.source_override = ""
        self.profile: Profile | None = None
        self.times = store.times(clock.now())
        self._scene = ""
        self._warned: datetime | None = None
        self._rest_until: datetime | None = None
        self._day = self.today.tally.day
        self._lent: set[str] = set()
        self._has_watched = False
        self._retry = Retry()
        self._ticks = QTimer(self)
        self._ticks.timeout.connect(self.on_tick)
        self._ticks.start(TICK_MS)
        self.speaker.answered.connect(self.answer)
        signals = camera.signals
        signals.moment.connect(self._on_reading)
        signals.lost.connect(self._on_lost)
        signals.off.connect(self._on_off)
        signals.problem.connect(self.speaker.tell_problem)
        signals.failed.connect(self._on_failed)
        signals.loading.connect(lambda loading: self._show(Kind.LOADING) if loading else None)

    # Watching.

    @property
    def source(self) -> str:
        """The camera in use, as the user named it: each profile has its own."""
        desktop = self.store.settings.desktop
        return self.source_override or desktop.cameras.get(self.store.profile_name, desktop.source)

    @property
    def is_set_up(self) -> bool:
        """Whether there is a camera and a profile to watch with."""
        return bool(self.source and self.store.profile_name)

    def watch(self) -> None:
        """Watch with the camera and profile in use, from now on; says what is missing when that cannot be done.

        While the camera or the log is lent nothing happens: `take_back` comes here.
        """
        if self._lent:
            return
        self.speaker.hush()
        self._retry = self._retry.tried()
        if not self.is_set_up:
            self._stop(Kind.SETUP, self.tr("Choose Calibrate… to set up the camera and your own neutral sit."))
            return
        try:
            profile = self.store.profile(self.store.profile_name)
        except SaddleError as error:
            self._stop(Kind.TROUBLE, str(error))
            self.speaker.tell_trouble(str(error))
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

    def close(self) -> None:
        """End everything: the camera is released, the log written."""
        self._ticks.stop()
        self.around.close()
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

    def lend(self, to: str) -> None:
        """Stop watching for as long as a calibration needs the camera, or a change the log, until `take_back`.

        A calibration has the camera also during a pause: whoever opens it asks for that.
        """
        reasons = {CALIBRATION: self.tr("the calibration has the camera"), LOG: self.tr("the log is being changed")}
        if self.status.kind is not Kind.SETUP and not self._lent:
            self._show(Kind.LENT, reasons.get(to, ""))
        self._lent.add(to)
        self.speaker.hush()
        if isinstance(self.camera.job, WatchJob):
            self.camera.start(None)
        if to == CALIBRATION:
            self.camera.release("pause")

    def take_back(self, of: str) -> None:
        """Watch again once nobody needs camera or log any more."""
        self._lent.discard(of)
        self.watch()

    def snooze(self, until: datetime) -> None:
        """Go on watching, without a warning until then."""
        self.times = replace(self.times, snoozed_until=until)
        self._keep_times()
        self.speaker.hush()

    def end_snooze(self) -> None:
        """Warn again from now on."""
        self.times = replace(self.times, snoozed_until=None)
        self._keep_times()

    def set_mode(self, mode: Mode) -> None:
        """Speak up in this way; a training ends by itself after ten minutes. Raises SettingsError."""
        if mode is Mode.TRAINING:
            until = self.clock.now() + timedelta(seconds=TRAINING_S)
            self.times = replace(self.times, training_until=until)
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
        if _needs_new_watch(settings, before):
            self.watch()
        else:
            self._order(Apply(settings, self.times.mode_now))
        self.around.follow()

    def use_profile(self, name: str) -> None:
        """Watch with this profile from now on; raises SettingsError."""
        self.store.set("desktop", profile=name)
        self.watch()

    def keep_calibration(self) -> None:
        """The user says that the calibration still fits, from now on; raises ProfileError when that cannot be kept."""
        self._order(KeepCalibration())
        self.speaker.hush()
        changed = self.status.changed
        if self.status.kind is Kind.WATCHING:
            self.status = replace(self.status, changed=())
            self.status_changed.emit(self.status)
        if self.profile is not None and changed:
            self.profile = self.store.say_it_fits(self.profile, changed, self._scene)

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
            elif answer == "retry":
                self.watch()
            elif answer in ("again", "calibrate"):
                self.calibration_wanted.emit()
            elif answer.startswith("use:"):
                self.use_profile(answer.removeprefix("use:"))
        except SaddleError as error:
            self.trouble.emit(str(error))

    def quiet(self) -> str:
        """Why no warning is given now; empty when there is no reason. Called from the camera thread at every frame."""
        settings, now = self.store.settings, self.clock.now()
        return no_warning_reason(self.times, self.around.now, settings, now, self._rest_until)

    # What happens around.

    def on_tick(self) -> None:
        """Each second: end what is over. By the wall clock, so that a sleep counts."""
        before, self.times = self.times, self.times.after(self.clock.now())
        if before.paused and not self.times.paused:
            self.resume()
        elif before.snoozed_until and not self.times.snoozed_until:
            self._keep_times()
            self._hold_back()
        day, self._day = self._day, self.clock.now().astimezone().date()
        is_new_day = self._day != day and self.store.settings.log.keep_days > 0
        if is_new_day or self._retry.is_due(self.clock.now()):
            self.watch()  # which begins with forgetting what is older than wanted
        if before.training_until and not self.times.training_until:
            self._order(Apply(self.store.settings, self.times.mode_now))

    def _on_surroundings(self) -> None:
        if self.around.now.full_screen or self.around.off_reason:
            self.speaker.glow.hide()
        self._hold_back()

    def _on_failed(self, reason: str) -> None:
        if self._lent:
            return
        self._show(Kind.TROUBLE, reason)
        if not self._retry.failures:
            self.speaker.tell_trouble(reason)
        self._retry = self._retry.failed(self.clock.now())

    def _on_lost(self, reason: str) -> None:
        if self._lent:
            return
        self._show(Kind.LOST, reason)
        # A sentence that names the camera in use names it in full: another profile may have been made with it.
        here = self.profile.camera if self.profile else ""
        fitting = self.store.profile_named_in(reason, here) if here and here in reason else ""
        if fitting:
            self.speaker.offer_profile(fitting, reason)
        elif not self._has_watched and not self.times.paused:
            self._has_watched = True  # said once: who unplugs a camera later knows it
            self.speaker.tell_trouble(reason)

    def _on_off(self, reason: str) -> None:
        self.speaker.notices.withdraw(WARNING)
        self._show(Kind.OFF, self.tr("{reason}; this time is not counted").format(reason=reason))

    # What is seen.

    def _on_reading(self, reading: Reading) -> None:
        if self.times.paused or not isinstance(self.camera.job, WatchJob):
            return  # a last frame on its way
        moment = reading.moment
        self._has_watched, self._retry = True, Retry()
        self.speaker.trouble_over()
        self.today.add(moment.assessment, self.clock.now().astimezone().date())
        self._scene = moment.scene or self._scene
        quiet, silent, mode = self.quiet(), self._hold_back(), self.times.mode_now
        name = self.profile.name if self.profile else ""
        self.status = Status(
            Kind.WATCHING,
            reading=reading,
            changed=moment.changed,
            quiet=quiet,
            snoozed=self.times.snoozed_until is not None,
            mode=mode,
            profile=name,
        )
        if any(isinstance(effect, Warn) for effect in moment.effects):
            self._warned = self.clock.now()
        may_glow = (not quiet or (mode is Mode.QUIET and not silent)) and not self.around.now.full_screen
        self.speaker.follow(
            moment,
            self.store.settings,
            may_glow=may_glow,
            may_ask=mode is not Mode.QUIET,
            fitting_profile=lambda: self.store.profile_like(self._scene, name),
        )
        self.status_changed.emit(self.status)

    # Helpers.

    def _hold_if_paused(self) -> None:
        if self.times.paused:
            until = self.times.paused_until
            reason = self.tr("paused until {time}").format(time=clock_words(until)) if until else self.tr("paused")
            self.camera.hold("pause", reason)

    def _hold_back(self) -> bool:
        silent = bool(silence_reason(self.times, self.around.now, self.store.settings))
        self.speaker.hold_back(silent)
        return silent

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
        if self._lent and kind in (Kind.LOADING, Kind.OFF):
            return  # of whoever has the camera
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


def _needs_new_watch(one: Settings, other: Settings) -> bool:
    """Whether they differ in what only a new watch takes up: camera, profile, and how long the log is kept."""

    def chosen(settings: Settings) -> tuple[object, ...]:
        desktop = settings.desktop
        return settings.camera, desktop.source, desktop.profile, desktop.cameras, settings.log.keep_days

    return chosen(one) != chosen(other)
