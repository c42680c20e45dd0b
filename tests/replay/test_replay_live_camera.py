"""The whole line on a camera that gives pictures now: a stream on this computer, the real pose model, a real log."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from itertools import cycle
from pathlib import Path

import cv2
import pytest
from capture_helpers import CameraServer
from replay_helpers import OFFICE, Replay
from rich.console import Console

from monitor.capture import open_source
from monitor.capture.live import LiveSource
from monitor.capture.video import VideoSource
from monitor.judgement.assessment import State
from monitor.loop import Moment, open_estimator
from monitor.notify import NoNotifier
from monitor.settings import CameraSettings, Settings
from monitor.terminal.view import PlainView
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog
from monitor.watch import Watch

WANTED = 15


class RecordingCamera(CameraServer):
    """A network camera before which the sitter of the bundled recording sits in the neutral pose."""

    def __init__(self) -> None:
        with VideoSource(OFFICE) as recording:
            neutral = [f.image_bgr for f in recording.frames() if 60.0 <= f.t_s < 70.0]
        self._pictures = [cv2.imencode(".jpg", image)[1].tobytes() for image in neutral]
        super().__init__()

    def send_pictures(self, request: BaseHTTPRequestHandler) -> None:
        for data in cycle(self._pictures):
            if self._dying.wait(0.005):
                return
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(data)}\r\n\r\n".encode()
            try:
                request.wfile.write(head + data + b"\r\n")
            except OSError:
                return


@pytest.fixture
def camera() -> Iterator[RecordingCamera]:
    camera = RecordingCamera()
    yield camera
    camera.close()


def test_a_live_camera_is_judged_logged_and_released(
    camera: RecordingCamera, office: Replay, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    moments: list[Moment] = []

    def until_enough(moment: Moment) -> None:
        moments.append(moment)
        if len(moments) == WANTED:
            raise KeyboardInterrupt

    source = open_source(f"http://sitter:secret@{camera.host}/video")
    assert isinstance(source, LiveSource)
    log_path = tmp_path / "tilt.sqlite"
    with TiltLog.open(log_path) as log, closing(open_estimator()) as estimator:
        watch = Watch(
            profile=office.profile.model_copy(update={"camera": source.name}),
            estimator=estimator,
            settings=Settings(camera=CameraSettings(rate_hz=30.0)),
            log=log,
            view=PlainView(Console()),
            notifier=NoNotifier("a test"),
            bell=lambda: None,
            on_moment=until_enough,
        )
        with pytest.raises(KeyboardInterrupt):
            watch.run(source, lambda: pytest.fail("the camera was not lost"))
    assert not source._grabber.is_alive()
    assert {m.assessment.state for m in moments} == {State.UPRIGHT}
    assert all(abs(m.assessment.tilt_deg) < 10.0 and m.seen.pose is not None for m in moments)
    assert "upright, tilt" in capsys.readouterr().out

    now = datetime.now(UTC)
    with LogReader.open(log_path) as reader:
        part = reader.between(now - timedelta(minutes=5), now + timedelta(seconds=1), source_kind="live")
    (session,) = part.sessions
    assert session.ended_utc_s is not None
    assert session.source_kind == "live"
    assert camera.host in session.source
    assert "secret" not in session.source
    assert [bout.state for bout in part.bouts] == [State.UPRIGHT]
    assert part.samples
    assert not math.isnan(part.samples[0].tilt_deg)
