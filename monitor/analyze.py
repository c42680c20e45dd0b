"""A recording -> one CSV row for each judged frame, and, when asked for, an annotated video and a chart."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from calibration.profile import Profile
from models.pose import Pose, PoseEstimator
from monitor.alerts.effects import Warn
from monitor.capture.ahead import read_ahead
from monitor.capture.frame import Frame, FrameSource
from monitor.errors import OutputError
from monitor.files import whole_file
from monitor.judgement.assessment import Assessment
from monitor.loop import Follower, Moment
from monitor.pictures.annotate import annotate
from monitor.pictures.video import VideoFile
from monitor.profiles import check_fits
from monitor.settings import Settings

COLUMNS: Final = (
    "t_s",
    "state",
    "tilt_deg",
    "tilt_low_deg",
    "tilt_high_deg",
    "tilt_pct",
    "trunk_inclination_deg",
    "thigh_elevation_deg",
    "knee_above_hip_cm",
    "view",
    "reason",
    "basis",
    "confidence",
    "warning",
)
_DEFAULT_VIDEO_HZ: Final = 5.0


@dataclass(frozen=True)
class Analysis:
    """What came out of one recording."""

    assessments: tuple[Assessment, ...]
    warnings: tuple[Warn, ...]
    note: str | None


def judge_recording(
    source: FrameSource, profile: Profile, estimator: PoseEstimator, settings: Settings
) -> Iterator[Moment]:
    """Every judged moment of a recording, in order.

    Raises:
        ProfileError: the profile is for pictures of another size.
        CameraError: the recording cannot be read.
    """
    follower = Follower(profile, estimator, settings)

    def found() -> Iterator[tuple[Frame, tuple[Pose, ...]]]:
        for frame in read_ahead(source.frames(settings.camera.rate_hz)):
            height, width = frame.image_bgr.shape[:2]
            check_fits(profile, width, height)
            yield frame, follower.find(frame)

    for frame, poses in read_ahead(found()):
        yield follower.judge(frame, poses)


def analyze(
    source: FrameSource,
    profile: Profile,
    estimator: PoseEstimator,
    settings: Settings,
    csv_path: Path,
    video_path: Path | None = None,
    on_frame: Callable[[Moment], None] = lambda _: None,
) -> Analysis:
    """Judge a recording and write what was asked for; a file is whole or not there.

    Raises:
        OutputError: a file cannot be written.
        CameraError, ProfileError: as `judge_recording`.
    """
    assessments: list[Assessment] = []
    warnings: list[Warn] = []
    try:
        with ExitStack() as stack:  # leaving it puts the files in their place, which can fail as well
            partial = stack.enter_context(whole_file(csv_path))
            table = stack.enter_context(partial.open("w", newline="", encoding="utf-8"))
            video = _open_video(stack, video_path, source, settings)
            writer = csv.writer(table)
            writer.writerow(COLUMNS)
            for moment in judge_recording(source, profile, estimator, settings):
                said = [e for e in moment.effects if isinstance(e, Warn)]
                assessments.append(moment.assessment)
                warnings.extend(said)
                writer.writerow(row(moment.assessment, said))
                if video is not None:
                    video.write(annotate(moment.frame.image_bgr, moment.seen, moment.assessment, profile))
                on_frame(moment)
            if video is not None:
                video.finish()
    except OSError as error:
        raise OutputError(
            f"{error.filename or csv_path} cannot be written ({error.strerror}): choose another folder."
        ) from error
    return Analysis(tuple(assessments), tuple(warnings), source.warning)


def row(assessment: Assessment, warnings: list[Warn]) -> list[str]:
    """The CSV cells of one frame, in the order of `COLUMNS`; empty where a value is unknown."""
    values: list[str] = []
    for name in COLUMNS[:-1]:
        value = getattr(assessment, name)
        if isinstance(value, float):
            values.append("" if math.isnan(value) else f"{value:.3f}")
        else:
            values.append(str(value))
    return [*values, "; ".join(w.kind for w in warnings)]


def _open_video(stack: ExitStack, path: Path | None, source: FrameSource, settings: Settings) -> VideoFile | None:
    if path is None:
        return None
    rate_hz = _DEFAULT_VIDEO_HZ
    if source.frame_count and source.duration_s:
        rate_hz = min(settings.camera.rate_hz, source.frame_count / source.duration_s)
    partial = stack.enter_context(whole_file(path))
    return stack.enter_context(closing(VideoFile(partial, max(rate_hz, 1.0), shown=path)))
