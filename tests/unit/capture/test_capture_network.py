from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from itertools import pairwise

import cv2
import pytest
from capture_helpers import PATIENCE_S, CameraServer, FakeClock, number_in

from monitor.capture import network, open_source
from monitor.capture.live import LiveSource
from monitor.capture.network import mask_address
from monitor.errors import CameraError

REALLY_OPEN = cv2.VideoCapture


class CountingCapture:
    """The real capture, counting what is asked of it, so that a test can wait for a grab."""

    def __init__(self, *args: object) -> None:
        self.real = REALLY_OPEN(*args)  # type: ignore[call-overload]
        self.grabs = self.retrieves = self.releases = 0
        self.changed = threading.Condition()

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.real.isOpened()

    def grab(self) -> bool:
        grabbed = self.real.grab()
        with self.changed:
            self.grabs += grabbed
            self.changed.notify_all()
        return grabbed

    def wait_for_grabs(self, more: int) -> None:
        with self.changed:
            wanted = self.grabs + more
            assert self.changed.wait_for(lambda: self.grabs >= wanted, PATIENCE_S)

    def retrieve(self) -> tuple[bool, object]:
        self.retrieves += 1
        return self.real.retrieve()

    def release(self) -> None:
        self.releases += 1
        self.real.release()


@pytest.fixture
def server() -> Iterator[CameraServer]:
    """A camera on this computer that has sent ten pictures, enough for FFmpeg to know the stream."""
    server = CameraServer()
    server.allow(10)
    yield server
    server.close()


@pytest.fixture
def captures(monkeypatch: pytest.MonkeyPatch) -> list[CountingCapture]:
    """Every capture that is opened from now on."""
    made: list[CountingCapture] = []

    def make(*args: object) -> CountingCapture:
        made.append(CountingCapture(*args))
        return made[-1]

    monkeypatch.setattr(cv2, "VideoCapture", make)
    return made


def test_the_newest_picture_of_a_real_stream_wins(server: CameraServer) -> None:
    clock = FakeClock()
    server.allow(1000)

    def wait(seconds: float) -> None:
        clock.wait(seconds)
        capture.wait_for_grabs(10)

    capture = CountingCapture(f"http://{server.host}/video", cv2.CAP_FFMPEG)
    source = LiveSource(capture, "camera", advice="check it", clock=clock, wait=wait)  # type: ignore[arg-type]
    frames = []
    with source:
        for frame in source.frames(2):
            frames.append(frame)
            if len(frames) == 4:
                break
    indices = [frame.index for frame in frames]
    assert [number_in(frame.image_bgr) for frame in frames] == indices
    assert all(later - earlier > 10 for earlier, later in pairwise(indices))
    assert (capture.retrieves, capture.releases) == (4, 1)
    assert source.dropped == capture.grabs - 4


def test_a_camera_that_dies_in_the_middle_of_the_stream(server: CameraServer, captures: list[CountingCapture]) -> None:
    with open_source(f"http://{server.host}/video", stall_s=PATIENCE_S) as source:
        server.allow(1000)
        frames = source.frames()
        next(frames)
        server.die()
        with pytest.raises(CameraError, match=r"/video stopped giving pictures: check that the camera is on"):
            list(frames)
    assert captures[0].releases == 1


def test_a_camera_that_falls_silent(server: CameraServer, captures: list[CountingCapture]) -> None:
    with open_source(f"http://{server.host}/video", stall_s=0.3) as source, pytest.raises(CameraError, match="stopped"):
        list(source.frames())
    assert captures[0].releases == 1


@pytest.mark.parametrize(
    ("path", "words"),
    [("nothing", r"nothing at this path \(HTTP 404\)"), ("locked", "refuses the name"), ("text", "gives no video")],
)
def test_a_server_without_pictures(
    server: CameraServer, captures: list[CountingCapture], path: str, words: str
) -> None:
    with pytest.raises(CameraError, match=words) as caught:
        open_source(f"http://eva:geheim@{server.host}/{path}")
    assert "eva" not in str(caught.value)
    assert "geheim" not in str(caught.value)
    assert server.authorizations[-1] == "Basic ZXZhOmdlaGVpbQ=="
    assert captures[0].releases == 1


@pytest.mark.parametrize("scheme", ["http", "rtsp"])
def test_an_address_where_nobody_listens(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(CameraError, match="refuses the connection"):
        open_source(f"{scheme}://127.0.0.1:{port}/video")


def test_a_camera_that_accepts_and_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "_PROBE_TIMEOUT_S", 0.1)
    with (
        socket.create_server(("127.0.0.1", 0)) as mute,
        pytest.raises(CameraError, match="does not answer"),
    ):
        open_source(f"http://127.0.0.1:{mute.getsockname()[1]}/video", open_timeout_s=0.3)


def test_a_host_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "create_connection", unknown)
    with pytest.raises(CameraError, match="host name that nobody knows"):
        open_source("rtsp://camera.invalid/stream", open_timeout_s=1)


def test_both_timeouts_reach_ffmpeg(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[object, ...]] = []

    def make(*args: object) -> CountingCapture:
        calls.append(args)
        return CountingCapture()

    monkeypatch.setattr(cv2, "VideoCapture", make)
    with pytest.raises(CameraError, match="sends nothing"):
        open_source("udp://127.0.0.1:5999", stall_s=3, open_timeout_s=7)
    timeouts = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, 7000, cv2.CAP_PROP_READ_TIMEOUT_MSEC, 3000]
    assert calls == [("udp://127.0.0.1:5999", cv2.CAP_FFMPEG, timeouts)]


@pytest.mark.parametrize(
    "address", ["ftp://host/x", "file:///etc/passwd", "rtsp://", "rtsp://host:70000/", "http://[x/"]
)
def test_what_is_no_camera_address_is_not_asked(captures: list[CountingCapture], address: str) -> None:
    with pytest.raises(CameraError, match="not an address that can be opened"):
        open_source(address)
    assert captures == []


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("rtsp://host:554/stream", "rtsp://host:554/stream"),
        ("rtsp://eva:geheim@host:554/stream", "rtsp://***@host:554/stream"),
        ("rtsp://eva:ge@heim@host/stream", "rtsp://***@host/stream"),
        ("rtsp://eva:ge/heim@host/stream", "rtsp://***@host/stream"),
        ("http://host/v.cgi?user=eva&pwd=geheim", "http://host/v.cgi?user=***&pwd=***"),
        ("rtsp://host/user=eva_password=geheim_channel=1/x", "rtsp://host/user=***/x"),
        ("rtsp:/eva:geheim@host", "rtsp:/***@host"),
        ("eva:geheim@host", "***@host"),
    ],
)
def test_credentials_are_masked(address: str, masked: str) -> None:
    assert mask_address(address) == masked


@pytest.mark.parametrize(
    "spec", ["rtsp:/eva:geheim@host/x", "eva:geheim@host", "rtsp://eva:geheim@", "rtsp:/host/password=geheim"]
)
def test_a_mistyped_address_gives_no_password_away(monkeypatch: pytest.MonkeyPatch, spec: str) -> None:
    monkeypatch.setattr("monitor.capture.opening.list_cameras", lambda: ())
    with pytest.raises(CameraError) as caught:
        open_source(spec)
    assert "geheim" not in str(caught.value)
