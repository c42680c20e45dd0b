from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from capture_helpers import number_in, write_picture, write_video

from monitor.capture import open_source
from monitor.errors import CameraError


def test_a_video_file(tmp_path: Path) -> None:
    with open_source(str(write_video(tmp_path / "día 1.mp4", frames=3))) as source:
        assert [number_in(frame.image_bgr) for frame in source.frames()] == [0, 1, 2]
    assert source.name == "día 1.mp4"


def test_a_file_whose_name_looks_like_a_protocol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_video(tmp_path / "http:day.mp4", frames=3)
    monkeypatch.chdir(tmp_path)
    with open_source("http:day.mp4") as source:
        assert len(list(source.frames())) == 3


def test_a_folder_with_its_rate(tmp_path: Path) -> None:
    for number in range(3):
        write_picture(tmp_path / f"{number}.png", number)
    with open_source(str(tmp_path), folder_rate_hz=4) as source:
        assert [frame.t_s for frame in source.frames()] == [0.0, 0.25, 0.5]


def test_a_single_picture(tmp_path: Path) -> None:
    with open_source(str(write_picture(tmp_path / "Me.JPG", 5))) as source:
        assert [number_in(frame.image_bgr) for frame in source.frames()] == [5]
    assert (source.name, source.frame_count) == ("Me.JPG", 1)


@pytest.mark.parametrize("spec", ["day.mp4", "frames/day", "C:\\day", "x.png", "/nowhere/at/all", "a/" + "x" * 5000])
def test_a_file_that_is_not_there(spec: str) -> None:
    with pytest.raises(CameraError, match="No such file"):
        open_source(spec)


@pytest.mark.parametrize("spec", ["", "  "])
def test_nothing_named(spec: str) -> None:
    with pytest.raises(CameraError, match="No camera was named"):
        open_source(spec)


def test_importing_does_nothing_and_errors_leave_the_terminal_clean(tmp_path: Path) -> None:
    video = write_video(tmp_path / "whole.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(video[: len(video) // 2])
    (tmp_path / "text.mp4").write_text("text\n" * 100)
    noise = np.random.default_rng(0).integers(0, 256, (100, 100, 3), np.uint8)
    for name in ("cut.jpg", "cut.png"):
        data = cv2.imencode(name[-4:], noise)[1].tobytes()
        (tmp_path / name).write_bytes(data[: len(data) // 2])
    specs = [str(path) for path in sorted(tmp_path.glob("*t.*"))] + ["7", "http://eva:geheim@127.0.0.1:1/x"]
    script = """
import json, os, sys
import monitor.capture
assert "cv2_enumerate_cameras" not in sys.modules and "OPENCV_FFMPEG_LOGLEVEL" not in os.environ
from monitor.errors import CameraError
for spec in json.loads(sys.argv[1]):
    try:
        with monitor.capture.open_source(spec) as source:
            list(source.frames())
    except CameraError as error:
        print(error)
"""
    command = [sys.executable, "-c", script, json.dumps(specs)]
    fresh = {name: value for name, value in os.environ.items() if not name.startswith("OPENCV_")}
    ran = subprocess.run(command, env=fresh, capture_output=True, text=True, check=True, timeout=60)
    assert ran.stderr == ""
    assert len(ran.stdout.splitlines()) == len(specs) == 6
    assert "geheim" not in ran.stdout
