"""`saddle analyze`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from monitor.analyze import Analysis, analyze
from monitor.capture.frame import FrameSource
from monitor.commands.common import make_context, open_frames, pose_model
from monitor.errors import CameraError, OutputError
from monitor.judgement.assessment import SEATED_STATES, State
from monitor.pictures.chart import save_chart
from monitor.profiles import load_profile
from monitor.words import duration_words


@dataclass(frozen=True)
class AnalyzeRequest:
    """What was typed."""

    files: tuple[str, ...]
    profile: str
    csv: Path
    video: Path | None
    plot: Path | None
    dwell_s: float | None
    rate_hz: float | None


def run_analyze(console: Console, request: AnalyzeRequest, data_dir: Path | None) -> None:
    """Judge each file in turn; see `monitor.analyze.analyze` for the errors."""
    context = make_context(data_dir, dwell_s=request.dwell_s, rate_hz=request.rate_hz)
    profile = load_profile(context.folder.profiles, request.profile)
    many = len(request.files) > 1
    names = [Path(f).stem for f in request.files]
    if len(set(names)) < len(names):
        raise OutputError("Two of the files have the same name, so their tables would too: analyze them one by one.")
    _check_outputs(request)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    for file, name in zip(request.files, names, strict=True):
        csv_path = _named(request.csv, name) if many else request.csv
        video_path, plot_path = (_named(p, name) if many and p else p for p in (request.video, request.plot))
        with open_frames(file, context.settings) as source:
            if source.live:
                raise CameraError(f"{source.name} is a live camera: analyze takes recordings, `saddle watch` cameras.")
            with pose_model(console) as estimator, Progress(*columns, console=console, transient=True) as progress:
                task = progress.add_task(source.name, total=_expected(source, context.settings.camera.rate_hz))
                result = analyze(
                    source,
                    profile,
                    estimator,
                    context.settings,
                    csv_path,
                    video_path,
                    on_frame=lambda _, p=progress, t=task: p.advance(t),  # type: ignore[misc]
                )
        if plot_path is not None:
            save_chart(plot_path, source.name, result.assessments, [w.t_s for w in result.warnings])
        _say(console, source.name, result, [p for p in (csv_path, video_path, plot_path) if p])


def _check_outputs(request: AnalyzeRequest) -> None:
    taken = {Path(f).resolve() for f in request.files}
    for path in (request.csv, request.video, request.plot):
        if path is None:
            continue
        if not path.parent.is_dir():
            raise OutputError(f"The folder {path.parent} does not exist: make it first or choose another.")
        if path.resolve() in taken:
            raise OutputError(f"{path} is named twice, and would be written over: choose another name.")
        taken.add(path.resolve())


def _expected(source: FrameSource, rate_hz: float) -> int | None:
    if not source.frame_count or not source.duration_s:
        return source.frame_count
    return min(source.frame_count, round(source.duration_s * rate_hz) + 1)


def _named(path: Path, name: str) -> Path:
    return path.with_stem(f"{path.stem}-{name}")


def _say(console: Console, name: str, result: Analysis, written: list[Path]) -> None:
    seated = [a for a in result.assessments if a.state in SEATED_STATES]
    tipped = sum(a.state is State.TIPPED for a in seated)
    unknown = sum(a.state is State.UNKNOWN for a in result.assessments)
    share = f"{100 * tipped / len(seated):.0f} % of the seated ones tipped" if seated else "nobody seated"
    console.print(f"{name}: {len(result.assessments)} frames judged, {share}, {unknown} unknown.", highlight=False)
    for warning in result.warnings:
        console.print(f"  warning at {duration_words(warning.t_s)}: {warning.text}", highlight=False)
    if result.note:
        console.print(f"  {result.note}", style="yellow")
    for path in written:
        console.print(f"  {path}", style="dim", highlight=False, soft_wrap=True)
