from __future__ import annotations

from pathlib import Path

import pytest
from tiltlog_days import NINE_S, frame, start

from monitor.tiltlog.figures import kind_in
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog


@pytest.mark.parametrize(
    ("logged", "kind"),
    [((), "live"), (("recording",), "recording"), (("live",), "live"), (("recording", "live"), "live")],
)
def test_a_recording_counts_only_where_no_camera_watched(tmp_path: Path, logged: tuple[str, ...], kind: str) -> None:
    path = tmp_path / "tilt.sqlite"
    with TiltLog.open(path) as log:
        for each in logged:
            session = start(log, source_kind=each)
            session.record(frame(0.0))
            session.record(frame(60.0))
    with LogReader.open(path) as reader:
        assert kind_in(reader, NINE_S, NINE_S + 3600) == kind
        assert kind_in(reader, NINE_S - 7200, NINE_S - 3600) == "live"
