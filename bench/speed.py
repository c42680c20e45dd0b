"""What the program costs beside bare MediaPipe, as ratios on the same frames in the same run.

    python -m bench.speed [RECORDING] [--rounds 5]

Three things are run in turn, round after round: bare MediaPipe (decode, colour, pose with mask, nothing else), the
whole loop of `saddle watch` (pose, measures, tilt, state, alerts, log, live view), and `saddle analyze` with its
table. Then the stages that come after the pose are timed alone, on one frame's pose.
"""

from __future__ import annotations

import argparse
import io
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import cv2
from rich.console import Console

from bench.recordings import BUNDLED, calibrated
from calibration.profile import Profile
from models.bundle import BUNDLE_PATH
from models.landmarker import Landmarker
from monitor.alerts.engine import step
from monitor.alerts.state import AlertState
from monitor.analyze import analyze
from monitor.capture.video import VideoSource
from monitor.judgement.judge import Judge, JudgeState
from monitor.judgement.observation import observe, picture_place
from monitor.loop import tilt_model
from monitor.notify import NoNotifier
from monitor.settings import Settings
from monitor.terminal.view import LiveView
from monitor.tiltlog.store import TiltLog
from monitor.watch import Watch

WATCH_GOAL = 1.25
ANALYZE_GOAL = 0.85


class Cost:
    """Processor and wall seconds of one pass, and the frames in it."""

    def __init__(self) -> None:
        self.cpu_s = 0.0
        self.wall_s = 0.0
        self.frames = 0

    @contextmanager
    def timing(self) -> Iterator[None]:
        """Add the time spent inside."""
        cpu_s, wall_s = time.process_time(), time.perf_counter()
        yield
        self.cpu_s += time.process_time() - cpu_s
        self.wall_s += time.perf_counter() - wall_s


def bare_mediapipe(recording: Path) -> Cost:
    """Decode every frame and run the pose model on it, as `models.landmarker` sets it up; keep nothing."""
    import mediapipe
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(BUNDLE_PATH)),
        running_mode=vision.RunningMode.VIDEO,
        output_segmentation_masks=True,
    )
    cost = Cost()
    capture: Any = cv2.VideoCapture(str(recording))
    with vision.PoseLandmarker.create_from_options(options) as landmarker, cost.timing():
        while True:
            read, image = capture.read()
            if not read:
                break
            picture = mediapipe.Image(
                image_format=mediapipe.ImageFormat.SRGB, data=cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
            )
            landmarker.detect_for_video(picture, cost.frames * 1000)
            cost.frames += 1
    capture.release()
    return cost


def whole_loop(recording: Path, profile: Profile) -> Cost:
    """`saddle watch` on the same frames, with the log and the live view."""
    cost = Cost()
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(Landmarker()) as estimator,
        TiltLog.open(Path(folder) / "tilt.sqlite") as log,
        LiveView(console, "bench") as view,
    ):
        watch = Watch(
            profile=profile,
            estimator=estimator,
            settings=Settings(),
            log=log,
            view=view,
            notifier=NoNotifier("bench"),
            bell=lambda: None,
        )
        with cost.timing():
            cost.frames = watch.run(VideoSource(recording), lambda: VideoSource(recording)).judged
    return cost


def analysis(recording: Path, profile: Profile) -> Cost:
    """`saddle analyze` with a table and nothing else."""
    cost = Cost()
    with tempfile.TemporaryDirectory() as folder, closing(Landmarker()) as estimator, cost.timing():
        result = analyze(VideoSource(recording), profile, estimator, Settings(), Path(folder) / "out.csv")
        cost.frames = len(result.assessments)
    return cost


def stages(recording: Path, profile: Profile) -> dict[str, float]:
    """Milliseconds of each stage after the pose, mean over the frames of the recording with somebody in them."""
    judge, settings = Judge(profile, tilt_model(), Settings().judgement), Settings().alerts
    judged, alerted, place = JudgeState(), AlertState(), picture_place(profile)
    spent = dict.fromkeys(("measure", "judge", "alerts"), 0.0)
    count = 0
    with closing(Landmarker()) as estimator, VideoSource(recording) as source:
        for frame in source.frames():
            poses = estimator.estimate(frame.image_bgr, frame.t_s, place)
            marks = [time.perf_counter()]
            seen = observe(poses, frame.t_s, profile, frame.image_bgr)
            marks.append(time.perf_counter())
            judged, assessment = judge.step(judged, seen)
            marks.append(time.perf_counter())
            alerted, _ = step(alerted, assessment, settings)
            marks.append(time.perf_counter())
            if seen.pose is not None:
                count += 1
                for name, begin, end in zip(spent, marks[:-1], marks[1:], strict=True):
                    spent[name] += end - begin
    return {name: 1000.0 * s / count for name, s in spent.items()}


def main() -> None:
    """Run the rounds and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recording", nargs="?", type=Path, default=BUNDLED, help="a video file")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of the three passes")
    arguments = parser.parse_args()
    profile = calibrated(arguments.recording)
    passes: dict[str, Callable[[], Cost]] = {
        "bare": lambda: bare_mediapipe(arguments.recording),
        "loop": lambda: whole_loop(arguments.recording, profile),
        "analyze": lambda: analysis(arguments.recording, profile),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in passes}
    for number in range(arguments.rounds):
        for name, run in passes.items():
            cost = run()
            costs[name].append(cost)
            print(
                f"round {number + 1} {name:8} {cost.frames} frames, CPU {1000 * cost.cpu_s / cost.frames:.2f} ms, "
                f"wall {1000 * cost.wall_s / cost.frames:.2f} ms a frame"
            )
    loop = [a.cpu_s / a.frames / (b.cpu_s / b.frames) for a, b in zip(costs["loop"], costs["bare"], strict=True)]
    rate = [b.wall_s / b.frames / (a.wall_s / a.frames) for a, b in zip(costs["analyze"], costs["bare"], strict=True)]
    _print_ratio("whole loop, CPU per judged frame over bare MediaPipe's", loop, f"goal <= {WATCH_GOAL}")
    _print_ratio("analyze, frames a second over decoding and bare MediaPipe's", rate, f"goal >= {ANALYZE_GOAL}")
    for name, spent_ms in stages(arguments.recording, profile).items():
        print(f"stage {name}: {spent_ms:.2f} ms a frame")


def _print_ratio(what: str, ratios: list[float], goal: str) -> None:
    middle = statistics.median(ratios)
    print(f"{what}: median {middle:.2f} (min {min(ratios):.2f}, max {max(ratios):.2f}; {goal})")


if __name__ == "__main__":
    main()
