"""The command line. Each command is thin: it reads what was typed and calls one thing."""

from __future__ import annotations

import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console

from monitor.cli_log import DataDir, add_log_commands
from monitor.errors import SaddleError

app = typer.Typer(
    name="saddle",
    help="Watches how you sit through a webcam at your side and tells you when your hips tip back.",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
# Names of files and cameras are shown as they are: no markup, no emoji.
out = Console(markup=False, emoji=False)
err = Console(stderr=True, markup=False, emoji=False)

ProfileName = Annotated[str, typer.Option("--profile", "-p", help="Name of the profile.", metavar="NAME")]
SourceName = Annotated[
    str,
    typer.Option(
        "--source",
        "-s",
        help="Webcam by number or name, video file, folder of frames, or address of a network camera.",
        metavar="SOURCE",
    ),
]
Rate = Annotated[float | None, typer.Option("--rate", help="Frames judged per second, at most.", min=0.1, max=30)]
Dwell = Annotated[float | None, typer.Option("--dwell", help="Warn after so many seconds tipped.", min=5, max=3600)]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        out.print(f"saddle {version('saddle')}", highlight=False)
        raise typer.Exit


@app.callback(epilog="Without a command the desktop program starts.")
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show it.")] = False,
) -> None:
    """Saddle: see when your hips tip back."""
    if context.invoked_subcommand is None:
        _start_desktop(None, "", 1.0, loop=False)


@app.command()
def desktop(
    source: Annotated[
        str, typer.Option("--source", "-s", help="Camera for this time; else the one set up.", metavar="SOURCE")
    ] = "",
    speed: Annotated[
        float, typer.Option(help="Play a recording as the camera so many times faster.", min=0.1, max=100)
    ] = 1.0,
    loop: Annotated[bool, typer.Option("--loop", help="Begin a recording anew at its end.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Start the desktop program: tray icon, live view, calibration, warnings. The same as `saddle` alone."""
    _start_desktop(data_dir, source, speed, loop=loop)


def _start_desktop(data_dir: Path | None, source: str, speed: float, *, loop: bool) -> None:
    from monitor.commands.desktop import start_desktop

    start_desktop(data_dir, source, speed, loop=loop)


@app.command()
def demo(
    speed: Annotated[
        float, typer.Option(help="Times faster than the recording's own time; 0: as fast as it goes.")
    ] = 20,
    picture: Annotated[Path | None, typer.Option(help="Where to save the picture.", metavar="PNG")] = None,
) -> None:
    """Show the whole program on a bundled recording, without a camera."""
    from monitor.commands.demo import run_demo

    run_demo(out, speed or None, picture)


@app.command()
def cameras() -> None:
    """List the cameras of this computer."""
    from monitor.commands.cameras import print_cameras

    print_cameras(out)


@app.command()
def calibrate(
    source: SourceName = "0",
    profile: ProfileName = "default",
    neutral: Annotated[
        list[str] | None, typer.Option(help="Neutral sit in a recording, in seconds; repeat it.", metavar="FROM-TO")
    ] = None,
    slump: Annotated[
        list[str] | None,
        typer.Option(
            help="Deliberate slump in a recording; repeat it. Without one the tilt is less sure.", metavar="FROM-TO"
        ),
    ] = None,
    level: Annotated[
        list[str] | None, typer.Option(help="Thighs level in a recording (book test); repeat it.", metavar="FROM-TO")
    ] = None,
    stature: Annotated[
        float | None, typer.Option(help="Your height, cm; for knee height in cm.", min=100, max=230)
    ] = None,
    thigh: Annotated[
        float | None, typer.Option(help="Your thigh, hip to knee, cm, if measured.", min=20, max=80)
    ] = None,
    thigh_deg: Annotated[
        float | None,
        typer.Option(help="Slope of your thighs in the neutral sit, knee-up positive, if measured.", min=-45, max=45),
    ] = None,
    slump_deg: Annotated[
        float | None,
        typer.Option(help="Tilt of your slump, if measured (phone flat on the sacrum in both poses).", min=5, max=45),
    ] = None,
    roll: Annotated[
        float, typer.Option(help="Camera roll: how far a door frame leans clockwise in the picture.", min=-45, max=45)
    ] = 0.0,
    repeats: Annotated[int, typer.Option(help="Neutral sits and slumps, live.", min=1, max=5)] = 3,
    level_pose: Annotated[
        bool, typer.Option("--level-pose", help="Ask for a moment of level thighs (book test) first, live.")
    ] = False,
    rate: Rate = None,
    data_dir: DataDir = None,
) -> None:
    """Record your own neutral sit and slump; live, or from a recording by time ranges."""
    from monitor.calibrating import Person
    from monitor.commands.calibrate import CalibrateRequest, run_calibrate
    from monitor.commands.ranges import parse_ranges

    person = Person(
        name=profile,
        roll_deg=roll,
        stature_cm=stature,
        thigh_cm=thigh,
        slump_deg=float("nan") if slump_deg is None else slump_deg,
        neutral_thigh_deg=thigh_deg,
    )
    request = CalibrateRequest(
        source=source,
        person=person,
        neutral=parse_ranges("--neutral", neutral or []),
        slump=parse_ranges("--slump", slump or []),
        level=parse_ranges("--level", level or []),
        repeats=repeats,
        rate_hz=rate,
        level_pose=level_pose,
    )
    run_calibrate(out, request, data_dir)


@app.command()
def profiles(data_dir: DataDir = None) -> None:
    """List the profiles."""
    from monitor.commands.calibrate import print_profiles

    print_profiles(out, data_dir)


@app.command()
def watch(
    source: SourceName = "0",
    profile: ProfileName = "default",
    dwell: Dwell = None,
    rate: Rate = None,
    speed: Annotated[
        float | None, typer.Option(help="Follow a recording so many times faster than its own time.", min=0.1)
    ] = None,
    other_camera: Annotated[bool, typer.Option("--other-camera", help="Accept a camera of another name.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Lines instead of the live panel.")] = False,
    seat: Annotated[
        str | None, typer.Option(help="Tag of the seat for this time; else the one of the settings.", metavar="SEAT")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Watch, warn and log until Ctrl-C or the end of the recording."""
    from monitor.commands.watch import WatchRequest, run_watch

    request = WatchRequest(source, profile, dwell, rate, speed, other_camera, plain, seat)
    run_watch(out, request, data_dir)


@app.command()
def analyze(
    files: Annotated[
        list[str], typer.Argument(help="Recordings: video files or folders of frames.", metavar="FILE...")
    ],
    csv: Annotated[Path, typer.Option("--csv", help="Table to write, a row for each judged frame.", metavar="CSV")],
    profile: ProfileName = "default",
    video: Annotated[Path | None, typer.Option(help="Annotated video to write.", metavar="MP4")] = None,
    plot: Annotated[Path | None, typer.Option(help="Chart to write.", metavar="PNG")] = None,
    dwell: Dwell = None,
    rate: Rate = None,
    data_dir: DataDir = None,
) -> None:
    """Judge recordings and write a table, and if asked for an annotated video and a chart.

    With several files the name of each is put into the names of what is written.
    """
    from monitor.commands.analyze import AnalyzeRequest, run_analyze

    run_analyze(out, AnalyzeRequest(tuple(files), profile, csv, video, plot, dwell, rate), data_dir)


add_log_commands(app, out)


@app.command()
def settings(data_dir: DataDir = None) -> None:
    """Show where the settings file is and every value in force."""
    from monitor.commands.settings import print_settings

    print_settings(out, data_dir)


def main() -> None:
    """Run the command line; errors that the user can put right are one sentence and exit code 2."""
    for number in _endings():
        signal.signal(number, _as_interrupt)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a letter that it does not have becomes a question mark
    try:
        app()
    except SaddleError as error:
        err.print(f"saddle: {error}", highlight=False, markup=False, soft_wrap=True)
        sys.exit(2)


def _endings() -> list[signal.Signals]:
    """What asks to end: SIGTERM, and SIGHUP when a terminal is closed, unless nohup has it ignored."""
    hangup = [signal.SIGHUP] if hasattr(signal, "SIGHUP") else []
    return [signal.SIGTERM, *(number for number in hangup if signal.getsignal(number) is not signal.SIG_IGN)]


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    for ending in _endings():  # the end of a session sends both: the closing must not be interrupted in its turn
        signal.signal(ending, lambda *_: None)
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
