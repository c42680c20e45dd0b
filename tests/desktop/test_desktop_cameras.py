"""What the desktop program opens as its camera: recordings that go on where they are, webcams that stay themselves."""

from __future__ import annotations

from itertools import islice, pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest
from desk_fakes import SteppedClock

from monitor.capture import CameraInfo
from monitor.desktop.cameras import Cameras
from monitor.errors import CameraError
from monitor.settings import CameraSettings


class Device:
    """A camera as OpenCV opens it."""

    def __init__(self, index: int, backend: int) -> None:
        self.index = index

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def grab(self) -> bool:
        return True

    def retrieve(self) -> tuple[bool, np.ndarray]:
        return True, np.zeros((4, 4, 3), np.uint8)

    def release(self) -> None:
        pass


@pytest.fixture
def cameras() -> Cameras:
    return Cameras(SteppedClock(), CameraSettings, loop=True)  # type: ignore[arg-type]


def plug(monkeypatch: pytest.MonkeyPatch, **names: str) -> None:
    found = tuple(CameraInfo(int(number[1:]), name, "", "V4L2") for number, name in names.items())
    monkeypatch.setattr(cv2, "VideoCapture", Device)
    for module in ("opening", "webcam"):
        monkeypatch.setattr(f"monitor.capture.{module}.list_cameras", lambda: found)


def write_pictures(folder: Path, number: int) -> Path:
    for index in range(number):
        cv2.imwrite(str(folder / f"{index}.png"), np.zeros((4, 4, 3), np.uint8))
    return folder


@pytest.mark.parametrize("away_s", [0.0, 1.0, 3.0, 60.0])
def test_time_does_not_go_back_when_a_recording_is_closed_and_opened_again(tmp_path: Path, away_s: float) -> None:
    clock = SteppedClock()
    cameras = Cameras(clock, CameraSettings, loop=True)  # type: ignore[arg-type]
    folder = str(write_pictures(tmp_path, 12))
    stamps_s: list[float] = []
    for _ in range(4):
        with cameras.open(folder) as source:
            stamps_s += [frame.t_s for frame in islice(source.frames(), 5)]
        clock.t_s += away_s
    assert len(stamps_s) == 20
    assert all(later > earlier for earlier, later in pairwise(stamps_s))


def test_each_recording_has_its_own_beginning(tmp_path: Path) -> None:
    clock = SteppedClock()
    cameras = Cameras(clock, CameraSettings)  # type: ignore[arg-type]
    for name, begin_s in (("a", 0.0), ("b", 7.0)):
        (tmp_path / name).mkdir()
        clock.t_s = begin_s
        with cameras.open(str(write_pictures(tmp_path / name, 3))) as source:
            assert next(source.frames()).t_s == begin_s


def test_a_webcam_is_found_again_under_another_number(cameras: Cameras, monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, _0="Laptop camera", _2="Desk camera")
    with cameras.open("Desk camera") as source:
        assert source.name == "webcam 2 (Desk camera)"
    plug(monkeypatch, _0="Laptop camera", _4="Desk camera")
    with cameras.open("Desk camera") as source:
        assert source.name == "webcam 4 (Desk camera)"


def test_no_other_camera_stands_in_for_one_that_was_unplugged(
    cameras: Cameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    plug(monkeypatch, _0="HD USB Camera", _2="USB Camera")
    cameras.open("USB Camera").close()
    plug(monkeypatch, _0="HD USB Camera")
    with pytest.raises(CameraError, match='No camera is called "USB Camera"'):
        cameras.open("USB Camera")


def test_a_part_of_a_name_goes_on_to_do(cameras: Cameras, monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, _2="Desk camera")
    for _ in range(2):
        with cameras.open("desk") as source:
            assert source.name == "webcam 2 (Desk camera)"
