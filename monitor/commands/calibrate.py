"""`saddle calibrate` and `saddle profiles`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from calibration.evaluate import Verdict
from calibration.guide import Cue, GuideMoment, plan
from calibration.profile import Profile
from models.pose import PoseEstimator
from monitor.calibrating import Person, Range, calibrate_recording
from monitor.calibrating_live import calibrate_live
from monitor.capture.frame import FrameSource
from monitor.commands.common import Context, make_context, open_frames, pose_model
from monitor.errors import CalibrationError, ProfileError
from monitor.profiles import check_folder, check_name, load_profile, profile_names, save_profile
from monitor.words import DISCLAIMER


@dataclass(frozen=True)
class CalibrateRequest:
    """What was typed; ``level_pose`` asks for a moment of level thighs, live."""

    source: str
    person: Person
    neutral: tuple[Range, ...]
    slump: tuple[Range, ...]
    level: tuple[Range, ...]
    repeats: int
    rate_hz: float | None
    level_pose: bool = False


def run_calibrate(console: Console, request: CalibrateRequest, data_dir: Path | None) -> None:
    """Calibrate and write the profile.

    Raises:
        CalibrationError: it did not succeed; the message says what to change. No profile is touched.
        CameraError, ModelError, ProfileError, SettingsError: as the parts say.
    """
    check_name(request.person.name)
    context = make_context(data_dir, rate_hz=request.rate_hz)
    with open_frames(request.source, context.settings) as source:
        if not source.live and not request.neutral:
            raise CalibrationError(
                "A recording needs to be told when you sat how: add --neutral FROM-TO and --slump FROM-TO in seconds."
            )
        if source.live and (request.neutral or request.slump or request.level):
            raise CalibrationError("Time ranges go with a recording: leave them out to calibrate on a live camera.")
        if not source.live and request.level_pose:
            raise CalibrationError(
                "--level-pose goes with a live camera: in a recording say when with --level FROM-TO."
            )
        check_folder(context.folder.profiles)
        with pose_model(console) as estimator:
            verdict = _run(console, context, request, source, estimator)
    if verdict.profile is None:
        raise CalibrationError(verdict.problems[0])
    path = save_profile(context.folder.profiles, verdict.profile)
    for note in verdict.notes:
        console.print(note, style="yellow")
    console.print(f"Profile '{verdict.profile.name}' is ready{_how_well(verdict.profile)}.", style="green")
    console.print(f"{path}\n{DISCLAIMER}", style="dim", highlight=False, soft_wrap=True)


def _how_well(profile: Profile) -> str:
    if profile.slump is None:
        return ""
    basis = "the edge of your back and the landmarks" if profile.contour_trusted else "the landmarks"
    return f": neutral and slump stand well apart on {basis}"


def _run(
    console: Console, context: Context, request: CalibrateRequest, source: FrameSource, estimator: PoseEstimator
) -> Verdict:
    rate_hz = context.settings.camera.rate_hz
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[state]}"))
    if not source.live:
        with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as progress:
            end_s = max(end for _, end in (*request.neutral, *request.slump, *request.level))
            task = progress.add_task("Looking at the recording", total=end_s, state="")
            return calibrate_recording(
                source,
                estimator,
                request.person,
                request.neutral,
                request.slump,
                request.level,
                rate_hz=rate_hz,
                on_time=lambda t_s: progress.update(task, completed=t_s),
            )
    console.print("A few short poses. Each change is announced with a bell; hold still while it says recording.")
    phases = plan(request.repeats, with_level=request.level_pose)
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("Calibrating", total=1.0, state="")
        prompter = _Prompter(console, progress, task)
        return calibrate_live(source, estimator, request.person, phases, rate_hz=rate_hz, on_moment=prompter.show)


class _Prompter:
    """Shows prompt, countdown and progress; rings the bell at each cue."""

    def __init__(self, console: Console, progress: Progress, task: object) -> None:
        self._console = console
        self._progress = progress
        self._task = task

    def show(self, now: GuideMoment, seen: bool) -> None:
        if now.cue is not None:
            self._console.bell()
            self._tell(now, now.cue)
        waiting = "get into the pose" if now.phase else ""
        state = waiting if not now.recording else "recording" if seen else "nobody is seen"
        self._progress.update(
            self._task,  # type: ignore[arg-type]  # a rich TaskID, a NewType of int
            completed=now.progress,
            description=f"{now.phase.pose.value if now.phase else 'done':>9} {now.remaining_s:3.0f} s",
            state=state,
        )

    def _tell(self, now: GuideMoment, cue: Cue) -> None:
        print_line = self._progress.console.print
        if cue is Cue.AGAIN:
            print_line(now.note, style="yellow")
        if cue is Cue.HOLD:
            print_line("Hold still.")
        elif cue is Cue.FINISHED:
            print_line("Done, thank you.", style="bold")
        elif now.phase is not None and cue is not Cue.DONE:
            print_line(now.phase.words, style="bold")


def print_profiles(console: Console, data_dir: Path | None) -> None:
    """List the profiles; a damaged one is listed with what is the matter."""
    folder = make_context(data_dir).folder.profiles
    names = profile_names(folder)
    if not names:
        console.print("There is no profile yet: make one with `saddle calibrate`.")
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "made", "camera", "tilt from"):
        table.add_column(heading)
    for name in names:
        try:
            profile = load_profile(folder, name)
        except ProfileError as error:
            table.add_row(name, "–", "–", str(error), style="yellow")
            continue
        basis = "back edge and landmarks" if profile.contour_trusted else "landmarks"
        table.add_row(name, f"{profile.created.astimezone():%Y-%m-%d %H:%M}", profile.camera, basis)
    console.print(table)
