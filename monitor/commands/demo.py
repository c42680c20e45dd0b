"""`saddle demo`: the whole program on a bundled recording, without a camera."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from calibration.profile import Profile
from models.pose import ImageArray, PoseEstimator
from monitor.alerts.effects import Warn
from monitor.calibrating import Person, calibrate_recording
from monitor.capture.video import VideoSource
from monitor.commands.common import make_context, pose_model
from monitor.errors import CalibrationError
from monitor.folder import data_folder
from monitor.judgement.assessment import Assessment, State
from monitor.loop import Moment
from monitor.notify import NoNotifier
from monitor.pictures.annotate import annotate
from monitor.pictures.chart import save_chart
from monitor.settings import Settings
from monitor.terminal.report import print_report
from monitor.terminal.view import choose_view
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog
from monitor.tiltlog.summary import summarize
from monitor.watch import Outcome, Watch
from monitor.words import STATE_WORDS, duration_words

RECORDING = Path(__file__).parent.parent / "demo" / "office.mp4"
NEUTRAL = ((0.0, 20.0), (26.0, 36.0))
SLUMP = ((40.0, 54.0),)
STATURE_CM = 172.0
DWELL_S = 60.0
DEFAULT_PICTURE = Path("saddle-demo.png")
_SHOWN_STATES = (State.UPRIGHT, State.TIPPED, State.LEANING, State.RECLINED)
_SHOWN_AFTER_S = 5.0


class _Album:
    """Keeps all assessments and one annotated picture for each state, in memory."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.assessments: list[Assessment] = []
        self.pictures: dict[State, tuple[str, ImageArray]] = {}

    def add(self, moment: Moment) -> None:
        now = moment.assessment
        self.assessments.append(now)
        warned = any(isinstance(e, Warn) for e in moment.effects)
        calibrated = now.t_s > SLUMP[-1][1] + _SHOWN_AFTER_S
        first = now.state not in self.pictures and now.time_in_state_s >= _SHOWN_AFTER_S
        if now.state in _SHOWN_STATES and calibrated and (warned or first):
            image = annotate(moment.frame.image_bgr, moment.seen, now, self._profile)
            label = f"{duration_words(now.t_s)}: {'warned' if warned else STATE_WORDS[now.state]}"
            self.pictures[now.state] = (label, image)


def run_demo(console: Console, speed: float | None, picture: Path | None) -> None:
    """Calibrate, watch faster than real time, warn, report and save a picture; the user's own log is not touched.

    Raises:
        ModelError, OutputError, CameraError: as the parts say.
    """
    console.print(
        "A rendered person at a desk, four minutes, one picture a second. No camera is used, and nothing goes into "
        "your own log.",
        style="dim",
    )
    with tempfile.TemporaryDirectory(prefix="saddle-demo-") as folder:
        with pose_model(console) as estimator:
            profile = _calibrate(console, estimator)
        album = _Album(profile)
        console.rule("2  watch", align="left")
        with pose_model(console) as estimator:  # a new one: the recording starts anew
            outcome = _watch(console, profile, estimator, Path(folder), speed, album)
        console.rule("3  report", align="left")
        now = datetime.now(UTC)
        with LogReader.open(data_folder(Path(folder)).log) as log:
            summary = summarize(log.between(now - timedelta(hours=1), now))
        print_report(console, "What the tilt log says", summary)
    target = picture or DEFAULT_PICTURE
    pictures = [album.pictures[s] for s in _SHOWN_STATES if s in album.pictures]
    save_chart(
        target,
        "saddle demo: pelvic tilt of a rendered sitter",
        album.assessments,
        [w.t_s for w in outcome.warnings],
        pictures,
    )
    console.print(f"A picture of it all: {target.resolve()}", highlight=False, soft_wrap=True)
    console.print("Your turn: `saddle cameras`, then `saddle calibrate` and `saddle watch`.", highlight=False)


def _calibrate(console: Console, estimator: PoseEstimator) -> Profile:
    console.rule("1  calibrate", align="left")
    person = Person("demo", stature_cm=STATURE_CM)
    rate_hz = Settings().camera.rate_hz
    with VideoSource(RECORDING) as source, Progress(console=console) as progress:
        task = progress.add_task("Two neutral sits and a slump", total=SLUMP[-1][1])
        verdict = calibrate_recording(
            source,
            estimator,
            person,
            NEUTRAL,
            SLUMP,
            rate_hz=rate_hz,
            on_time=lambda t_s: progress.update(task, completed=t_s),
        )
    if verdict.profile is None:
        raise CalibrationError(verdict.problems[0])
    console.print("The neutral sit and the slump stand well apart: everything is now relative to them.")
    return verdict.profile


def _watch(
    console: Console, profile: Profile, estimator: PoseEstimator, folder: Path, speed: float | None, album: _Album
) -> Outcome:
    context = make_context(folder, dwell_s=DWELL_S)
    with (
        TiltLog.open(context.folder.log) as log,
        VideoSource(RECORDING) as source,
        choose_view(console, "saddle · bundled recording") as view,
    ):
        watch = Watch(
            profile=profile,
            estimator=estimator,
            settings=context.settings,
            log=log,
            view=view,
            notifier=NoNotifier("a demo"),
            bell=lambda: None,
            speed=speed,
            on_moment=album.add,
        )
        return watch.run(source, lambda: VideoSource(RECORDING))
