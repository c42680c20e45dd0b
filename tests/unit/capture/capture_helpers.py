"""Numbered pictures, small videos, a camera without hardware and a camera on 127.0.0.1."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np

from models.pose import ImageArray

PATIENCE_S = 20.0  # how long a test waits for an event that comes at once when all is well
_BITS = 10


def numbered_picture(number: int) -> ImageArray:
    """(64, 160, 3) picture that shows the number as ten black and white bars, so that it survives compression."""
    image = np.zeros((64, 16 * _BITS, 3), np.uint8)
    for bit in range(_BITS):
        image[:, 16 * bit : 16 * (bit + 1)] = 255 if number >> bit & 1 else 0
    return image


def number_in(image: ImageArray) -> int:
    return sum(int(image[:, 16 * bit + 4 : 16 * bit + 12].mean() > 127) << bit for bit in range(_BITS))


def write_video(path: Path, *, frames: int = 30, rate_hz: float = 10.0, codec: str = "mp4v") -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), rate_hz, (16 * _BITS, 64))
    assert writer.isOpened()
    for number in range(frames):
        writer.write(numbered_picture(number))
    writer.release()
    return path


def write_picture(path: Path, number: int = 0) -> Path:
    encoded, data = cv2.imencode(path.suffix.lower(), numbered_picture(number))
    assert encoded
    path.write_bytes(data.tobytes())
    return path


class FakeCapture:
    """A camera that gives numbered pictures as fast as they are taken, until it is frozen or unplugged."""

    def __init__(self, *, opened: bool = True) -> None:
        self.opened = opened
        self.grabs = self.retrieves = self.releases = 0
        self.broken_pictures = 0
        self.used_after_release = False
        self.running = threading.Event()
        self.running.set()
        self.unplugged = threading.Event()
        self.released = threading.Event()
        self._changed = threading.Condition()

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return self.opened

    def grab(self) -> bool:
        assert self.running.wait(PATIENCE_S)
        self.used_after_release |= self.releases > 0
        if self.unplugged.wait(0.001):
            return False
        with self._changed:
            self.grabs += 1
            self._changed.notify_all()
        return True

    def retrieve(self) -> tuple[bool, ImageArray | None]:
        self.used_after_release |= self.releases > 0
        if self.broken_pictures:
            self.broken_pictures -= 1
            return False, None
        self.retrieves += 1
        return True, numbered_picture((self.grabs - 1) % 1024)

    def release(self) -> None:
        self.releases += 1
        self.released.set()

    def wait_for_grabs(self, more: int) -> None:
        with self._changed:
            wanted = self.grabs + more
            assert self._changed.wait_for(lambda: self.grabs >= wanted, PATIENCE_S)


class FakeClock:
    """Time that passes only while somebody waits."""

    def __init__(self, now_s: float = 100.0) -> None:
        self.now_s = now_s
        self.waits_s: list[float] = []

    def __call__(self) -> float:
        return self.now_s

    def wait(self, seconds: float) -> None:
        self.waits_s.append(seconds)
        self.now_s += seconds


class CameraServer:
    """An MJPEG camera at /video that sends numbered pictures when told to; every other path is 404."""

    def __init__(self) -> None:
        self._allowed = threading.Semaphore(0)
        self._dying = threading.Event()
        self.authorizations: list[str | None] = []
        camera = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                camera.authorizations.append(self.headers.get("Authorization"))
                if self.path == "/text":
                    self.send_response(200)
                    self.end_headers()
                    self.wfile.write(b"It works!\n")
                elif self.path == "/locked":
                    self.send_error(401)
                elif self.path != "/video":
                    self.send_error(404)
                else:
                    self.send_response(200)
                    self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
                    self.end_headers()
                    camera.send_pictures(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def send_pictures(self, request: BaseHTTPRequestHandler) -> None:
        for number in range(1024):
            self._allowed.acquire()
            if self._dying.wait(0.002):  # as a camera of some hundred pictures a second
                return
            data = cv2.imencode(".jpg", numbered_picture(number))[1].tobytes()
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n".encode()
            try:
                request.wfile.write(head + data + b"\r\n")
            except OSError:
                return

    def allow(self, pictures: int) -> None:
        self._allowed.release(pictures)

    def die(self) -> None:
        self._dying.set()
        self._allowed.release(1000)

    def close(self) -> None:
        self.die()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(PATIENCE_S)
