"""The same command line inside the tests, with cameras and a pose model that are not there."""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import numpy as np
import pytest
from command_helpers import contents, data_folder_with_profile, made_profile, the_sentence

from models.pose import ImageArray, Place, Pose
from monitor import cli, loop
from monitor.capture import cameras, opening, webcam
from monitor.capture.frame import Frame, FrameSource
from monitor.profiles import save_profile

Refuse = Callable[..., str]


class SeesNobody:
    """A pose model without a model."""

    def estimate(self, image_bgr: ImageArray, t_s: float, place: Place | None) -> tuple[Pose, ...]:
        return ()

    def close(self) -> None:
        pass


class LiveFrames(FrameSource):
    """A camera that gives five pictures and is then switched off by the user."""

    live, frame_count, duration_s, dropped, skipped, warning = True, None, None, 0, 0, None

    def __init__(self, name: str) -> None:
        self.name = name
        self.closed = 0

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        for index in range(5):
            yield Frame(np.zeros((480, 640, 3), np.uint8), 100.0 + index, index)
        raise KeyboardInterrupt

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return data_folder_with_profile(tmp_path / "data")


@pytest.fixture
def run(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., int]]:
    monkeypatch.setattr(loop, "open_estimator", SeesNobody)
    monkeypatch.setenv("COLUMNS", "200")
    before = signal.getsignal(signal.SIGTERM)

    def run(*args: object) -> int:
        capsys.readouterr()
        monkeypatch.setattr(sys, "argv", ["saddle", *map(str, args), "--data-dir", str(data)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return int(ended.value.code or 0)

    yield run
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def refuse(run: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> Refuse:
    def refuse(*args: object) -> str:
        code = run(*args)
        return the_sentence(code, *capsys.readouterr())

    return refuse


def recording(path: Path, size: tuple[int, int] = (640, 480), frames: int = 30) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 5.0, size)
    noise = np.random.default_rng(1)
    for _ in range(frames):
        writer.write(noise.integers(0, 255, (size[1], size[0], 3), np.uint8))
    writer.release()
    return path


@contextmanager
def little_room(size: int) -> Iterator[None]:
    """No file may grow beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class ClosedCapture:
    def __init__(self, *_: object) -> None: ...

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return False

    def release(self) -> None: ...


@pytest.mark.parametrize("command", [("watch", "-p", "sitter"), ("calibrate", "-p", "sitter")])
@pytest.mark.parametrize("refused", [False, True], ids=["busy", "permission refused"])
def test_a_camera_that_does_not_open(
    refuse: Refuse, data: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], *, refused: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(cv2, "VideoCapture", ClosedCapture)
    monkeypatch.setattr(webcam, "list_cameras", lambda: (cameras.CameraInfo(0, "Side", "/dev/video0", "V4L2"),))
    monkeypatch.setattr(webcam.Path, "exists", lambda path: True if "video0" in path.name else path.is_file())
    monkeypatch.setattr(webcam.os, "access", lambda path, _: not (refused and "video0" in str(path)))
    before = contents(data / "profiles")
    sentence = refuse(*command, "--source", "0")
    assert ("may not be used by this account" if refused else "another program is probably using it") in sentence
    assert contents(data / "profiles") == before


def test_a_profile_of_another_camera(refuse: Refuse, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    camera = LiveFrames("webcam 1 (Front)")
    monkeypatch.setattr(opening, "open_source", lambda *_, **__: camera)
    assert "not with webcam 1 (Front)" in refuse("watch", "-s", "1", "-p", "sitter")
    assert camera.closed


def test_another_camera_that_is_accepted_and_ended_by_ctrl_c(
    run: Callable[..., int], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    camera = LiveFrames("webcam [/b] (Front)")
    monkeypatch.setattr(opening, "open_source", lambda *_, **__: camera)
    assert run("watch", "-s", "1", "-p", "sitter", "--other-camera") == 0
    out, err = capsys.readouterr()
    assert "Stopped; the camera is off and the log is written." in out
    assert err == ""
    assert camera.closed


@pytest.mark.parametrize("command", ["watch", "analyze"])
def test_a_profile_of_another_picture_size(refuse: Refuse, tmp_path: Path, command: str) -> None:
    small = recording(tmp_path / "small.mp4", (320, 240))
    table = tmp_path / "out.csv"
    table.write_text("kept")
    args = ("watch", "-s", small) if command == "watch" else ("analyze", small, "--csv", table)
    assert "made for pictures of 640x480, these are 320x240" in refuse(*args, "-p", "sitter")
    assert table.read_text() == "kept"


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff\xe0 cut off"])
def test_a_picture_that_is_none_stops_the_analysis_and_keeps_the_table(
    refuse: Refuse, tmp_path: Path, content: bytes
) -> None:
    frames = tmp_path / "frames"
    frames.mkdir()
    assert cv2.imwrite(str(frames / "1.png"), np.zeros((480, 640, 3), np.uint8))
    (frames / "2.jpg").write_bytes(content)
    table = tmp_path / "out.csv"
    table.write_text("kept")
    before = contents(tmp_path)
    assert "The picture 2.jpg" in refuse("analyze", frames, "-p", "sitter", "--csv", table)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("file", ["csv", "video"])
def test_a_full_disk_keeps_what_was_there(refuse: Refuse, tmp_path: Path, file: str) -> None:
    source = recording(tmp_path / "day.mp4")
    table, video = tmp_path / "out.csv", tmp_path / "out.mp4"
    table.write_text("the old table")
    video.write_text("the old video")
    before = contents(tmp_path)
    asked = ("--csv", table, "--video", video) if file == "video" else ("--csv", table)
    with little_room(20_000 if file == "video" else 200):
        sentence = refuse("analyze", source, "-p", "sitter", *asked)
    assert str(video if file == "video" else table) in sentence
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("outputs", "words"),
    [
        (("--csv", "no/out.csv"), "does not exist"),
        (("--csv", "day.mp4"), "is named twice"),
        (("--csv", "out.csv", "--video", "day.mp4"), "is named twice"),
        (("--csv", "out.csv", "--plot", "out.csv"), "is named twice"),
        (("--csv", "folder"), "cannot be written"),
        (("--csv", "out.csv", "--video", "out.xyz"), "out.xyz cannot be written"),
        (("--csv", "out.csv", "--plot", "out.xyz"), "out.xyz cannot be written"),
    ],
)
def test_outputs_that_cannot_be(
    refuse: Refuse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, outputs: tuple[str, ...], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    before = recording(tmp_path / "day.mp4", frames=5).read_bytes()
    assert words in refuse("analyze", "day.mp4", "-p", "sitter", *outputs)
    assert (tmp_path / "day.mp4").read_bytes() == before


def test_a_calibration_on_which_nobody_is_seen_leaves_the_profile(refuse: Refuse, data: Path, tmp_path: Path) -> None:
    source = recording(tmp_path / "day.mp4")
    before = contents(data)
    ranges = ("--neutral", "0-2", "--slump", "3-5")
    assert "Nobody was found" in refuse("calibrate", "-s", source, "-p", "sitter", *ranges)
    assert "no picture between 90 and 99 s" in refuse("calibrate", "-s", source, *ranges, "--level", "90-99")
    assert contents(data) == before


def test_profiles_are_listed_with_the_damaged_ones(
    run: Callable[..., int], data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_profile(data / "profiles", made_profile("home", camera="webcam [b] (Side)"))
    (data / "profiles" / "torn.json").write_text("{")
    assert run("profiles") == 0
    out = capsys.readouterr().out
    assert "webcam [b] (Side)" in out
    assert "torn.json is damaged" in " ".join(out.split())
