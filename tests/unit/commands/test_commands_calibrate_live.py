"""`saddle calibrate` on a camera that is not there, with a pose model that is not there."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from command_helpers import contents, the_sentence

from calibration.guide import LEVEL_WORDS, NEUTRAL_WORDS, SLUMP_WORDS
from models.pose import ImageArray, Place, Pose
from monitor import cli, loop
from monitor.capture import opening
from monitor.capture.frame import Frame, FrameSource


class SeesNobody:
    def estimate(self, image_bgr: ImageArray, t_s: float, place: Place | None) -> tuple[Pose, ...]:
        return ()

    def close(self) -> None:
        pass


class EmptyRoom(FrameSource):
    """A camera before an empty, bright chair, so many pictures long."""

    dropped, skipped, warning, frame_count, duration_s = 0, 0, None, None, None

    def __init__(self, pictures: int, *, live: bool = True) -> None:
        self.name, self.live = "webcam 0 (Side)", live
        self._pictures = pictures

    def frames(self, rate_hz: float | None = None) -> Iterator[Frame]:
        picture = np.full((48, 64, 3), 128, np.uint8)
        return (Frame(picture, 100.0 + i / (rate_hz or 1.0), i) for i in range(self._pictures))

    def close(self) -> None:
        pass


@pytest.fixture
def refuse(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., tuple[str, str]]]:
    """Runs `saddle calibrate` on a camera; gives the sentence of the refusal and what was printed before."""
    monkeypatch.setattr(loop, "open_estimator", SeesNobody)
    monkeypatch.setenv("COLUMNS", "200")
    before = signal.getsignal(signal.SIGTERM)

    def refuse(camera: EmptyRoom, *args: object) -> tuple[str, str]:
        monkeypatch.setattr(opening, "open_source", lambda *_, **__: camera)
        monkeypatch.setattr(sys, "argv", ["saddle", "calibrate", *map(str, args), "--data-dir", str(tmp_path)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return the_sentence(int(ended.value.code or 0), out, err), " ".join(out.split())

    yield refuse
    signal.signal(signal.SIGTERM, before)


def test_every_pose_is_announced_and_asked_for_again_while_nobody_is_there(
    refuse: Callable[..., tuple[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bells: list[int] = []
    monkeypatch.setattr(cli.out, "bell", lambda: bells.append(1))
    sentence, printed = refuse(EmptyRoom(999), "--repeats", 1, "--rate", 4)
    assert "Nobody was found in the pictures: sit so" in sentence
    assert printed.count(NEUTRAL_WORDS) == printed.count(SLUMP_WORDS) == 3
    assert printed.count("could be seen in only 0 % of the neutral sit") == 2
    assert printed.count("Hold still.") == 6
    assert "Done, thank you." in printed
    assert LEVEL_WORDS not in printed
    # get ready; change, three times hold, twice again and done in each of the two poses; finished
    assert len(bells) == 1 + 2 * 7 + 1
    assert not list(contents(tmp_path / "profiles"))


def test_level_thighs_are_asked_for_first_when_wanted(refuse: Callable[..., tuple[str, str]]) -> None:
    _, printed = refuse(EmptyRoom(999), "--repeats", 1, "--level-pose", "--rate", 4)
    assert printed.count(LEVEL_WORDS) == 3
    assert printed.index(LEVEL_WORDS) < printed.index(NEUTRAL_WORDS)


def test_a_camera_that_stops_in_between(refuse: Callable[..., tuple[str, str]]) -> None:
    sentence, _ = refuse(EmptyRoom(20))
    assert "stopped before the calibration was complete: start it again" in sentence


def test_a_recording_is_not_asked_for_a_pose(refuse: Callable[..., tuple[str, str]]) -> None:
    sentence, _ = refuse(EmptyRoom(20, live=False), "--neutral", "0-5", "--level-pose")
    assert "--level-pose goes with a live camera: in a recording say when with --level" in sentence
