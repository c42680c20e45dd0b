from __future__ import annotations

import resource
from pathlib import Path

import numpy as np
import pytest
from pictures_helpers import grey, nobody, profile

from monitor.capture.video import VideoSource
from monitor.errors import OutputError
from monitor.judgement.assessment import Assessment, State
from monitor.pictures.annotate import annotate
from monitor.pictures.video import VideoFile


def write(path: Path, frames: int, **about: object) -> VideoFile:
    video = VideoFile(path, 5.0, **about)  # type: ignore[arg-type]
    noise = np.random.default_rng(1)
    for _ in range(frames):
        video.write(noise.integers(0, 255, (480, 640, 3), np.uint8))
    return video


def test_all_frames_can_be_read_again_in_their_size_and_rate(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    video = VideoFile(path, 5.0)
    drawn = annotate(grey(), nobody(), Assessment(0.0, State.AWAY), profile())
    for number in range(12):
        video.write(drawn if number % 2 else grey())
    video.finish()
    with VideoSource(path) as source:
        frames = list(source.frames())
        assert source.duration_s == pytest.approx(12 / 5)
    assert [frame.image_bgr.shape for frame in frames] == [(480, 640, 3)] * 12
    assert [bool(frame.image_bgr[400:].std() > 10) for frame in frames] == [False, True] * 6


def test_a_kind_of_file_that_is_no_video_is_refused_by_the_name_the_user_gave(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"The video out\.xyz cannot be written"):
        write(tmp_path / ".out-x1.xyz", 1, shown=Path("out.xyz"))


def test_a_full_disk_is_told_at_the_end(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        video = write(tmp_path / "out.mp4", 20)
        with pytest.raises(OutputError, match="cannot be written whole: make room"):
            video.finish()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_closing_early_and_twice_is_no_error(tmp_path: Path) -> None:
    video = write(tmp_path / "out.mp4", 3)
    video.close()
    video.close()
    VideoFile(tmp_path / "never.mp4", 5.0).close()
    assert not (tmp_path / "never.mp4").exists()
