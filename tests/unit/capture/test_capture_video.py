from __future__ import annotations

import os
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
from capture_helpers import number_in, write_video

from monitor.capture.video import VideoSource
from monitor.errors import CameraError


class ScriptedVideo:
    """A capture whose stamps are given; counts what is asked of it."""

    def __init__(self, stamps_ms: list[float], *, decodable: bool = True, promised: float = -1.0) -> None:
        self.stamps_ms = stamps_ms
        self.decodable = decodable
        self.promised = promised
        self.grabs = self.retrieves = self.releases = 0

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def get(self, what: int) -> float:
        if what == cv2.CAP_PROP_POS_MSEC:
            return self.stamps_ms[self.grabs - 1]
        return {cv2.CAP_PROP_FPS: 10.0, cv2.CAP_PROP_FRAME_COUNT: self.promised}[what]

    def grab(self) -> bool:
        if self.grabs == len(self.stamps_ms):
            return False
        self.grabs += 1
        return True

    def retrieve(self) -> tuple[bool, np.ndarray | None]:
        self.retrieves += 1
        return (True, np.zeros((4, 4, 3), np.uint8)) if self.decodable else (False, None)

    def release(self) -> None:
        self.releases += 1


def scripted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, video: ScriptedVideo) -> VideoSource:
    path = tmp_path / "day.mp4"
    path.write_bytes(b"something")
    monkeypatch.setattr(cv2, "VideoCapture", lambda *_: video)
    return VideoSource(path)


@pytest.mark.parametrize(("name", "codec"), [("day_a.mp4", "mp4v"), ("day_a.avi", "MJPG")])
def test_every_frame_with_its_number_and_time(tmp_path: Path, name: str, codec: str) -> None:
    with VideoSource(write_video(tmp_path / name, codec=codec)) as source:
        assert (source.name, source.live, source.frame_count) == (name, False, 30)
        assert source.duration_s == pytest.approx(3.0)
        frames = list(source.frames())
    assert [frame.index for frame in frames] == list(range(30))
    assert [number_in(frame.image_bgr) for frame in frames] == list(range(30))
    assert [frame.t_s for frame in frames] == pytest.approx([index / 10 for index in range(30)])
    assert frames[0].image_bgr.shape == (64, 160, 3)
    assert frames[0].image_bgr.dtype == np.uint8
    assert (source.skipped, source.dropped, source.warning) == (0, 0, None)


def test_at_a_lower_rate_the_right_frames_are_given(tmp_path: Path) -> None:
    source = VideoSource(write_video(tmp_path / "day.mp4"))
    frames = list(source.frames(2))
    assert [frame.index for frame in frames] == [0, 5, 10, 15, 20, 25]
    assert [number_in(frame.image_bgr) for frame in frames] == [0, 5, 10, 15, 20, 25]
    assert source.skipped == 24
    assert source.warning is None


def test_only_the_frames_given_are_decoded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    video = ScriptedVideo([100.0 * index for index in range(30)])
    assert len(list(scripted(monkeypatch, tmp_path, video).frames(2))) == 6
    assert (video.grabs, video.retrieves, video.releases) == (30, 6, 1)


def vary_frame_rate(path: Path, runs: list[tuple[int, int]]) -> None:
    """Rewrite the time table (stts) of an MP4 made by `write_video` with runs of (frames, ticks)."""
    data = path.read_bytes()
    at = data.index(b"stts")
    extra = 8 * (len(runs) - 1)
    assert struct.unpack(">I", data[at + 8 : at + 12]) == (1,)
    table = struct.pack(">I", len(runs)) + b"".join(struct.pack(">II", *run) for run in runs)
    data = data[: at + 8] + table + data[at + 20 :]
    for box in (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stts"):
        size_at = data.index(box) - 4
        size = int.from_bytes(data[size_at : size_at + 4], "big")
        data = data[:size_at] + (size + extra).to_bytes(4, "big") + data[size_at + 4 :]
    path.write_bytes(data)


def test_a_variable_frame_rate_gives_the_real_stamps(tmp_path: Path) -> None:
    path = write_video(tmp_path / "phone.mp4")
    at = path.read_bytes().index(b"stts")
    ticks = int.from_bytes(path.read_bytes()[at + 16 : at + 20], "big")  # of a tenth of a second
    vary_frame_rate(path, [(20, ticks // 2), (10, ticks * 2)])
    source = VideoSource(path)
    frames = list(source.frames())
    real_s = [index * 0.05 for index in range(20)] + [1.0 + index * 0.2 for index in range(10)]
    assert [frame.t_s for frame in frames] == pytest.approx(real_s, abs=1e-3)
    assert source.warning is None


@pytest.mark.parametrize(
    ("stamps_ms", "expected_s"),
    [
        ([0.0, 0.0, 0.0, 0.0], [0.0, 0.1, 0.2, 0.3]),
        ([0.0, 100.0, 50.0, 300.0], [0.0, 0.1, 0.2, 0.3]),
        ([float("nan"), float("nan"), float("inf")], [0.0, 0.1, 0.2]),
        ([-5.0, 100.0, 400.0], [0.0, 0.1, 0.4]),
    ],
)
def test_nonsense_stamps_never_go_backwards(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, stamps_ms: list[float], expected_s: list[float]
) -> None:
    source = scripted(monkeypatch, tmp_path, ScriptedVideo(stamps_ms))
    assert [frame.t_s for frame in source.frames()] == pytest.approx(expected_s)


def test_a_count_that_the_file_does_not_know_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = scripted(monkeypatch, tmp_path, ScriptedVideo([0.0], promised=-9.2e18))
    assert (source.frame_count, source.duration_s) == (None, None)


def test_a_video_cut_off_in_the_middle_gives_what_it_has_and_says_so(tmp_path: Path) -> None:
    whole = write_video(tmp_path / "whole.avi", codec="MJPG").read_bytes()
    path = tmp_path / "half.avi"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    source = VideoSource(path)
    numbers = [number_in(frame.image_bgr) for frame in source.frames()]
    assert 5 < len(numbers) < 28
    assert numbers == list(range(len(numbers)))
    assert source.warning is not None
    assert f"half.avi breaks off after {len(numbers)} of 30 frames" in source.warning


def test_an_estimated_count_alone_is_no_reason_to_warn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    source = scripted(monkeypatch, tmp_path, ScriptedVideo([0.0, 1000.0, 2000.0, 2900.0], promised=30.0))
    list(source.frames())
    assert source.warning is None


def test_leaving_early_is_no_reason_to_warn(tmp_path: Path) -> None:
    source = VideoSource(write_video(tmp_path / "day.mp4"))
    for _ in source.frames():
        source.close()
    assert source.warning is None


def test_no_decodable_frame(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for video in (ScriptedVideo([]), ScriptedVideo([0.0, 100.0], decodable=False)):
        with pytest.raises(CameraError, match=r"day\.mp4 holds no frame"):
            list(scripted(monkeypatch, tmp_path, video).frames())
        assert video.releases == 1


def test_released_once_however_the_iteration_ends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    video = ScriptedVideo([0.0, 100.0, 200.0])
    with scripted(monkeypatch, tmp_path, video) as source:
        frames = source.frames()
        next(frames)
        frames.close()  # type: ignore[attr-defined]
        assert video.releases == 1
        assert list(source.frames()) == []
    assert video.releases == 1


def test_closing_in_between_ends_the_iteration(tmp_path: Path) -> None:
    source = VideoSource(write_video(tmp_path / "day.mp4"))
    frames = source.frames()
    next(frames)
    source.close()
    assert list(frames) == []


def test_broken_files_are_told_in_one_sentence(tmp_path: Path) -> None:
    whole = write_video(tmp_path / "whole.mp4").read_bytes()
    for name, content, words in [
        ("zero.mp4", b"", "is empty"),
        ("text.mp4", b"Dear diary,\n" * 100, "cannot be read as a video"),
        ("cut.mp4", whole[: len(whole) // 2], "incomplete video, cut off"),
    ]:
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(CameraError, match=words) as caught:
            VideoSource(path)
        assert str(caught.value).startswith(name)


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = write_video(tmp_path / "day.mp4")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(CameraError, match="may not be read"):
        VideoSource(path)
