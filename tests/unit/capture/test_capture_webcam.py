from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import cv2
import cv2_enumerate_cameras
import pytest
from capture_helpers import FakeCapture, number_in

from monitor.capture import cameras, list_cameras, open_source, webcam
from monitor.capture.cameras import UNNAMED, CameraInfo, find_camera
from monitor.capture.opening import find_webcam, is_webcam, lasting_source
from monitor.errors import CameraError

FOUND = (
    CameraInfo(0, "HD Webcam", "/dev/video0", "V4L2"),
    CameraInfo(2, "USB Camera: Left", "/dev/video2", "V4L2"),
    CameraInfo(4, "USB Camera", "/dev/video4", "V4L2"),
)


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three cameras are plugged in."""
    monkeypatch.setattr("monitor.capture.webcam.list_cameras", lambda: FOUND)
    monkeypatch.setattr("monitor.capture.opening.list_cameras", lambda: FOUND)
    monkeypatch.setattr(sys, "platform", "linux")


def plug(monkeypatch: pytest.MonkeyPatch, capture: FakeCapture) -> list[tuple[object, ...]]:
    """Makes OpenCV give this capture; returns the arguments that it is opened with."""
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(cv2, "VideoCapture", lambda *args: calls.append(args) or capture)
    return calls


def device_is(monkeypatch: pytest.MonkeyPatch, *, there: bool, allowed: bool) -> None:
    monkeypatch.setattr(Path, "exists", lambda _: there)
    monkeypatch.setattr(os, "access", lambda *_: allowed)


@pytest.mark.parametrize(
    ("spec", "index", "name"),
    [
        ("0", 0, "webcam 0 (HD Webcam)"),
        (" 2 ", 2, "webcam 2 (USB Camera: Left)"),
        ("9", 9, "webcam 9"),
        ("hd web", 0, "webcam 0 (HD Webcam)"),
        ("LEFT", 2, "webcam 2 (USB Camera: Left)"),
        ("usb camera", 4, "webcam 4 (USB Camera)"),
        ("/dev/video4", 4, "webcam 4 (USB Camera)"),
    ],
)
def test_by_number_by_name_by_device(monkeypatch: pytest.MonkeyPatch, spec: str, index: int, name: str) -> None:
    capture = FakeCapture()
    calls = plug(monkeypatch, capture)
    with open_source(spec) as source:
        frame = next(source.frames())
    assert number_in(frame.image_bgr) == frame.index
    assert (source.name, source.live) == (name, True)
    assert calls == [(index, cv2.CAP_V4L2)]
    assert capture.releases == 1


@pytest.mark.parametrize(("spec", "words"), [("usb", "Several cameras"), ("Logitech", "No camera is called")])
def test_no_one_camera_of_this_name(spec: str, words: str) -> None:
    with pytest.raises(CameraError, match=words) as caught:
        open_source(spec)
    assert "2 (USB Camera: Left), 4 (USB Camera)" in str(caught.value)
    assert "`saddle cameras`" in str(caught.value)
    assert ("HD Webcam" in str(caught.value)) == (spec == "Logitech")


def cameras_called(**names: str) -> tuple[CameraInfo, ...]:
    """Cameras by number and name: ``_2="Desk camera"``."""
    return tuple(CameraInfo(int(number[1:]), name, "", "V4L2") for number, name in names.items())


def plugged(monkeypatch: pytest.MonkeyPatch, found: tuple[CameraInfo, ...]) -> None:
    monkeypatch.setattr(webcam, "list_cameras", lambda: found)
    monkeypatch.setattr("monitor.capture.opening.list_cameras", lambda: found)


def test_a_name_means_the_number_that_its_camera_has_at_that_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = plug(monkeypatch, FakeCapture())
    for found in (cameras_called(_0="Laptop camera", _4="Desk camera"), cameras_called(_0="Desk camera", _2="Laptop")):
        plugged(monkeypatch, found)
        open_source("Desk camera").close()
    assert [index for index, _ in calls] == [4, 0]


def test_a_named_camera_that_is_not_there_is_told_with_what_is_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    plugged(monkeypatch, cameras_called(_0="Laptop camera"))
    with pytest.raises(CameraError) as caught:
        open_source("Desk camera")
    assert str(caught.value) == (
        'No camera is called "Desk camera" (cameras found: 0 (Laptop camera)): plug it in, or choose another camera '
        "(see `saddle cameras`), file, folder or address."
    )


def test_no_other_camera_stands_in_where_the_name_must_be_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = plug(monkeypatch, FakeCapture())
    plugged(monkeypatch, cameras_called(_0="HD USB Camera"))
    with pytest.raises(CameraError, match='No camera is called "USB Camera"'):
        open_source("USB Camera", whole_name=True)
    assert calls == []
    plugged(monkeypatch, cameras_called(_0="HD USB Camera", _3="USB Camera"))
    open_source("USB Camera", whole_name=True).close()
    assert calls == [(3, cv2.CAP_V4L2)]


def test_a_camera_without_a_name_is_told_by_its_number(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, FakeCapture())
    plugged(monkeypatch, cameras_called(_2=UNNAMED))
    with open_source("2") as source:
        assert source.name == "webcam 2"


@pytest.mark.parametrize("name", ["Desk camera", "Integrated Camera: Integrated C", "USB Camera (046d:0825)", "Köln 2"])
def test_a_camera_is_kept_by_its_name(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    found = (*cameras_called(_0="Laptop", _2=name), CameraInfo(3, f"{name} 3", "", "V4L2"))
    assert lasting_source(found[1], found) == name
    calls = plug(monkeypatch, FakeCapture())
    plugged(monkeypatch, found)
    open_source(name).close()
    assert calls == [(2, cv2.CAP_V4L2)]


ODD_NAMES = ("0", "12", "a.mp4", "C:\\Camera", "cam/1", "http://camera", "rtsp:/x@y", "me@home", "Cam: key=1")


@pytest.mark.parametrize("name", [*ODD_NAMES, "Cam\u00a0era", "folder", "file", "LAPTOP", UNNAMED])
def test_a_camera_whose_name_would_mean_something_else_is_kept_by_its_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("file").touch()
    found = cameras_called(_0="Laptop", _2=name)
    assert lasting_source(found[1], found) == "2"
    calls = plug(monkeypatch, FakeCapture())
    plugged(monkeypatch, found)
    open_source("2").close()
    assert calls == [(2, cv2.CAP_V4L2)]


@pytest.mark.parametrize(
    ("spec", "index"),
    [("2", 2), (" 2 ", 2), ("USB Camera", 4), ("hd", 0), ("usb", None), ("7", None), ("Gone", None), ("", None)],
)
def test_which_camera_of_the_list_is_meant(spec: str, index: int | None) -> None:
    found = find_webcam(spec, FOUND)
    assert (found.index if found else None) == index


def test_what_is_no_webcam_is_known_without_looking(tmp_path: Path) -> None:
    assert all(is_webcam(spec) for spec in ("2", "Desk camera", "gone"))
    assert not any(is_webcam(spec) for spec in ("", "rtsp://camera/1", "day.mp4", str(tmp_path), "/dev/video4", "a@b"))


def test_two_cameras_of_the_very_same_name_need_a_number() -> None:
    twins = cameras_called(_0="Cam", _2="Cam")
    assert [lasting_source(camera, twins) for camera in twins] == ["0", "2"]
    with pytest.raises(
        CameraError, match=r"unplug the others or take one by its number \(cameras found: 0 \(Cam\), 2 \(Cam\)"
    ):
        find_camera("cam", twins)


def test_no_camera_of_this_number(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = FakeCapture(opened=False)
    plug(monkeypatch, capture)
    device_is(monkeypatch, there=False, allowed=False)
    with pytest.raises(CameraError, match=r"There is no webcam 7 \(cameras found: 0 \(HD Webcam\), 2 "):
        open_source("7")
    assert capture.releases == 1


def test_no_camera_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, FakeCapture(opened=False))
    monkeypatch.setattr(webcam, "list_cameras", lambda: ())
    with pytest.raises(CameraError, match="no camera was found on this computer"):
        open_source("0")


def test_a_camera_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    capture = FakeCapture(opened=False)
    plug(monkeypatch, capture)
    device_is(monkeypatch, there=True, allowed=True)
    with pytest.raises(CameraError, match=r"Webcam 0 \(HD Webcam\) does not open, another program"):
        open_source("0")
    assert capture.releases == 1


def test_a_camera_that_this_account_may_not_use(monkeypatch: pytest.MonkeyPatch) -> None:
    plug(monkeypatch, FakeCapture(opened=False))
    device_is(monkeypatch, there=True, allowed=False)
    with pytest.raises(CameraError, match=r"may not be used by this account.*/dev/video0.*group video"):
        open_source("0")


@pytest.mark.parametrize(("platform", "words"), [("darwin", "System Settings"), ("win32", "desktop apps")])
def test_elsewhere_the_privacy_setting_is_named(monkeypatch: pytest.MonkeyPatch, platform: str, words: str) -> None:
    plug(monkeypatch, FakeCapture(opened=False))
    monkeypatch.setattr(sys, "platform", platform)
    with pytest.raises(CameraError, match=words):
        open_source("0")


def test_the_list_is_by_number_and_names_the_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    raw = [
        SimpleNamespace(index=2, name=" USB Camera ", path="/dev/video2"),
        SimpleNamespace(index=0, name=None, path=None),
    ]
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", lambda backend: asked.append(backend) or raw)
    assert list_cameras() == (
        CameraInfo(0, "unnamed", "", "V4L2"),
        CameraInfo(2, "USB Camera", "/dev/video2", "V4L2"),
    )
    assert asked == [cv2.CAP_V4L2]


@pytest.mark.parametrize(
    ("platform", "backend"),
    [("linux", cv2.CAP_V4L2), ("win32", cv2.CAP_DSHOW), ("darwin", cv2.CAP_AVFOUNDATION), ("sunos", cv2.CAP_ANY)],
)
def test_one_backend_for_listing_and_opening(monkeypatch: pytest.MonkeyPatch, platform: str, backend: int) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert cameras.camera_backend() == backend
