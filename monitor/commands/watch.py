"""`saddle watch`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from monitor.capture.switch import CameraSwitch
from monitor.commands.common import Context, make_context, open_frames, pose_model
from monitor.errors import SettingsError
from monitor.notify import open_notifier
from monitor.profiles import load_profile
from monitor.surroundings.state import Surroundings, camera_off_reason
from monitor.surroundings.watcher import open_watcher
from monitor.terminal.view import PlainView, choose_view
from monitor.tiltlog.store import TiltLog
from monitor.watch import Outcome, Watch, forget_old
from monitor.words import DISCLAIMER, duration_words

_RELEASE_S = 2.0


@dataclass(frozen=True)
class WatchRequest:
    """What was typed."""

    source: str
    profile: str
    dwell_s: float | None
    rate_hz: float | None
    speed: float | None
    other_camera: bool
    plain: bool
    seat: str | None = None


def run_watch(console: Console, request: WatchRequest, data_dir: Path | None) -> None:
    """Watch until the recording ends or Ctrl-C; see `monitor.watch.Watch.run` for the errors."""
    context = make_context(data_dir, dwell_s=request.dwell_s, rate_hz=request.rate_hz)
    if request.seat is not None:
        log_settings = context.settings.log.model_copy(update={"seat": request.seat.strip()[:64]})
        context = replace(context, settings=context.settings.model_copy(update={"log": log_settings}))
    profile = load_profile(context.folder.profiles, request.profile)
    with TiltLog.open_to_watch(context.folder.log) as log, open_frames(request.source, context.settings) as source:
        if source.live and request.speed is not None:
            raise SettingsError("--speed is for recordings: leave it out with a live camera.")
        forget_old(log, context.settings, datetime.now(UTC), lambda text: console.print(text, style="red"))
        view = PlainView(console) if request.plain else choose_view(console, f"saddle · {source.name}")
        notifier = open_notifier(wanted=context.settings.notice.desktop and source.live)
        switch = CameraSwitch()
        with pose_model(console) as estimator, view, _surroundings(switch, context, live=source.live):
            watch = Watch(
                profile=profile,
                estimator=estimator,
                settings=context.settings,
                log=log,
                view=view,
                notifier=notifier,
                bell=console.bell,
                any_camera=request.other_camera,
                speed=request.speed,
                switch=switch,
            )
            try:
                outcome = watch.run(source, lambda: open_frames(request.source, context.settings))
            except KeyboardInterrupt:
                outcome = None
    print_outcome(console, outcome, data_dir)


@contextmanager
def _surroundings(switch: CameraSwitch, context: Context, *, live: bool) -> Iterator[None]:
    """Let go of a live camera while the screen is locked, the computer sleeps and so on."""
    if not live:
        yield
        return

    def follow(around: Surroundings) -> None:
        reason = camera_off_reason(around, context.settings.quiet)
        if reason:
            switch.hold("surroundings", reason)
            switch.wait_closed(_RELEASE_S)
        else:
            switch.release("surroundings")

    watcher = open_watcher()
    watcher.start(follow)
    try:
        yield
    finally:
        watcher.stop()


def print_outcome(console: Console, outcome: Outcome | None, data_dir: Path | None) -> None:
    """A closing word: what was followed and where to read it."""
    where = f" --data-dir {data_dir}" if data_dir else ""
    if outcome is None:
        console.print("Stopped; the camera is off and the log is written.")
    else:
        span_s = outcome.last_t_s - outcome.first_t_s
        count = len(outcome.warnings)
        console.print(
            f"Followed {duration_words(span_s)} in {outcome.judged} frames; {count} warning{'s' * (count != 1)}.",
            highlight=False,
        )
        if outcome.note:
            console.print(outcome.note, style="yellow")
    console.print(f"Read it with `saddle report{where}`.", highlight=False, soft_wrap=True)
    console.print(DISCLAIMER, style="dim")
