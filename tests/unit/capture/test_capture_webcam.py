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
from monitor.capture.cameras import CameraInfo, find_camera
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


def test_two_cameras_of_the_very_same_name_need_a_number() -> None:
    twins = (CameraInfo(0, "Cam", "", "V4L2"), CameraInfo(2, "Cam", "", "V4L2"))
    with pytest.raises(CameraError, match=r"by its number \(cameras found: 0 \(Cam\), 2 \(Cam\)"):
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
