"""The command line from end to end on the bundled recording, with the real pose model."""

from __future__ import annotations

import csv
import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
from replay_helpers import OFFICE, ROOT

from monitor.capture.video import VideoSource

sys.path.append(str(ROOT / "tests" / "unit" / "commands"))
from command_helpers import PATIENCE_S, contents, refusal, saddle, start_saddle

RANGES = ("--neutral", "0-20", "--neutral", "26-36", "--slump", "40-54")


@pytest.fixture(scope="module")
def data(data_dir: Path) -> Path:
    """A data folder with the profile that `saddle calibrate` made."""
    person = ("--stature", "172", "--profile", "desk", "--data-dir", data_dir)
    done = saddle("calibrate", "--source", OFFICE, *RANGES, *person, home=data_dir.parent, model=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Profile 'desk' is ready" in done.stdout
    profile = json.loads((data_dir / "profiles" / "desk.json").read_text())
    assert profile["thigh_cm"] == pytest.approx(0.245 * 172)
    assert (profile["camera"], profile["width_px"]) == ("office.mp4", 640)
    return data_dir


@pytest.fixture
def watching(data: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """`saddle watch` on the recording, twenty times faster than its own time, seen to be at work; and its folder."""
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "desk.json").write_bytes((data / "profiles" / "desk.json").read_bytes())
    process = start_saddle(
        *("watch", "-s", OFFICE, "-p", "desk", "--speed", 20, "--plain", "--data-dir", tmp_path), home=tmp_path
    )
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    assert any("tipped back" in line for line in lines), process.communicate()
    yield process, tmp_path
    process.kill()
    process.communicate()


def logged(folder: Path) -> tuple[str, float, list[float | None]]:
    """What SQLite says about the file, seconds in bouts, and the ends of the sessions."""
    connection = sqlite3.connect(folder / "tilt.sqlite")
    ((verdict,),) = connection.execute("PRAGMA integrity_check").fetchall()
    ((seconds,),) = connection.execute("SELECT sum(end_utc - start_utc) FROM bouts").fetchall()
    ends = [end for (end,) in connection.execute("SELECT ended_utc FROM sessions")]
    connection.close()
    return verdict, seconds, ends


def test_calibrate_watch_report_export(data: Path, tmp_path: Path) -> None:
    watch = saddle(
        *("watch", "-s", OFFICE, "-p", "desk", "--dwell", 60, "--plain", "--data-dir", data), home=tmp_path, model=True
    )
    assert (watch.returncode, watch.stderr) == (0, "")
    assert watch.stdout.count("Your hips have been tipped back for") == 1
    assert "250 frames; 1 warning." in watch.stdout

    report = saddle("report", "--json", "--data-dir", data, home=tmp_path)
    figures = json.loads(report.stdout)
    assert (report.returncode, report.stderr) == (0, "")
    assert figures["warnings_given"] == 1
    assert figures["observed_s"] == pytest.approx(249.0)
    assert 80.0 <= figures["longest_tipped_s"] <= 110.0
    words = saddle("report", "--data-dir", data, home=tmp_path)
    assert "tipped back" in words.stdout
    assert "not medical advice" in words.stdout

    for table, rows in (("samples", 250), ("warnings", 1)):
        out = tmp_path / f"{table}.csv"
        done = saddle("export", out, "--table", table, "--data-dir", data, home=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        with out.open(newline="", encoding="utf-8") as file:
            assert len(list(csv.DictReader(file))) == rows

    before = contents(data)
    for args in (("--day", "2999-01-01"), ("--day", "soon"), ("--from", "2020-01-02", "--to", "2020-01-01")):
        assert args[1] in refusal(saddle("report", *args, "--data-dir", data, home=tmp_path)) or args[0] == "--from"
    assert contents(data) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=["Ctrl-C", "SIGTERM", "SIGHUP"])
def test_an_interrupted_watch_ends_cleanly(
    watching: tuple[subprocess.Popen[str], Path], number: signal.Signals
) -> None:
    process, folder = watching
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, err) == (0, "")
    assert "Stopped; the camera is off and the log is written." in out
    verdict, seconds, ends = logged(folder)
    assert verdict == "ok"
    assert seconds >= 39.0
    assert None not in ends
    assert not (folder / "tilt.sqlite-wal").exists(), "the log was not closed"


def test_a_killed_watch_loses_a_few_seconds_at_most(watching: tuple[subprocess.Popen[str], Path]) -> None:
    process, folder = watching
    second = saddle("watch", "-s", OFFICE, "-p", "desk", "--data-dir", folder, home=folder)
    assert "Another Saddle is already writing" in refusal(second)
    assert saddle("report", "--data-dir", folder, home=folder).returncode == 0
    process.kill()
    process.communicate(timeout=PATIENCE_S)
    verdict, seconds, ends = logged(folder)
    assert verdict == "ok"
    assert seconds >= 40.0 - 4.0
    assert ends == [None]


def test_analyze_writes_a_table_a_video_and_a_chart_for_a_folder_of_frames(data: Path, tmp_path: Path) -> None:
    frames = tmp_path / "frames"
    frames.mkdir()
    with VideoSource(OFFICE) as recording:
        for frame in recording.frames():
            if frame.index == 4:
                break
            assert cv2.imwrite(str(frames / f"{frame.index}.png"), frame.image_bgr)
    table, video, chart = (tmp_path / name for name in ("out.csv", "out.mp4", "out.png"))
    table.write_text("the table of yesterday")
    options = ("--csv", table, "--video", video, "--plot", chart, "--data-dir", data)
    done = saddle("analyze", frames, "-p", "desk", *options, home=tmp_path, model=True)
    assert (done.returncode, done.stderr) == (0, "")
    with table.open(newline="", encoding="utf-8") as file:
        assert [row["state"] for row in csv.DictReader(file)] == ["upright"] * 4
    with VideoSource(video) as drawn:
        assert len(list(drawn.frames())) == 4
    picture = cv2.imread(str(chart))
    assert picture is not None
    assert picture.std() > 5


def test_the_demo_shows_it_all_and_leaves_the_own_log_alone(tmp_path: Path) -> None:
    picture = tmp_path / "demo.png"
    done = saddle("demo", "--speed", 0, "--picture", picture, home=tmp_path, model=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Your hips have been tipped back for") == 1
    assert "not medical advice" in done.stdout
    drawn = cv2.imread(str(picture))
    assert drawn is not None
    assert drawn.std() > 10
    assert not list(tmp_path.rglob("tilt.sqlite*"))
    assert not list(tmp_path.rglob("profiles"))
