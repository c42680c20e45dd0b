"""Each refusal through the real command line: one sentence, exit code 2, before the pose model is loaded."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from command_helpers import (
    OFFICE,
    contents,
    data_folder_with_profile,
    made_profile,
    refusal,
    saddle,
    with_little_room,
    without_overrides,
)

from monitor.tiltlog.store import TiltLog

RANGES = ("--neutral", "0-20", "--slump", "40-54")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return data_folder_with_profile(tmp_path / "data")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("garbage.mp4", b"\x00\x01no video at all" * 99, "cannot be read as a video"),
        ("empty.mp4", b"", "is empty (0 bytes)"),
        ("cut.mp4", b"\x00\x00\x00\x1cftypisom" + OFFICE.read_bytes()[-9999:], "incomplete video"),
    ],
)
def test_a_video_that_is_none(data: Path, tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    table = tmp_path / "out.csv"
    table.write_text("kept")
    done = saddle("analyze", tmp_path / name, "-p", "sitter", "--csv", table, "--data-dir", data, home=tmp_path)
    assert words in refusal(done)
    assert name in refusal(done)
    assert table.read_text() == "kept"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("99", "There is no webcam 99"),
        ("No Such Webcam", 'No camera is called "No Such Webcam"'),
        ("not/there.mp4", "No such file or folder: not/there.mp4"),
        ("http://127.0.0.1:9/video", "refuses the connection"),
    ],
)
def test_a_source_that_is_not_there(data: Path, tmp_path: Path, source: str, words: str) -> None:
    before = contents(data / "profiles")
    done = saddle("watch", "--source", source, "--profile", "sitter", "--data-dir", data, home=tmp_path)
    assert words in refusal(done)
    assert contents(data / "profiles") == before


def test_a_folder_without_pictures(data: Path, tmp_path: Path) -> None:
    (tmp_path / "frames").mkdir()
    done = saddle("watch", "-s", tmp_path / "frames", "-p", "sitter", "--data-dir", data, home=tmp_path)
    assert "holds no picture" in refusal(done)


WHOLE = made_profile().model_dump_json()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is damaged"),
        (WHOLE.encode()[: len(WHOLE) // 2], "is damaged"),
        (b"\xff\xfe\x00 no text", "is damaged"),
        (json.dumps({**json.loads(WHOLE), "version": 3}).encode(), "is of a newer version (3, this program reads 2)"),
        (json.dumps({**json.loads(WHOLE), "version": 1}).encode(), "is of an older version (1, this program reads 2)"),
        (json.dumps({**json.loads(WHOLE), "facing": 7}).encode(), "is damaged"),
    ],
    ids=["zero bytes", "cut in half", "no text", "newer", "older", "impossible value"],
)
def test_a_profile_that_cannot_be_used(data: Path, tmp_path: Path, content: bytes, words: str) -> None:
    (data / "profiles" / "sitter.json").write_bytes(content)
    before = contents(data)
    done = saddle("watch", "--source", OFFICE, "--profile", "sitter", "--data-dir", data, home=tmp_path)
    sentence = refusal(done)
    assert words in sentence
    assert "saddle calibrate --profile sitter" in sentence
    assert contents(data) == before


def test_a_profile_that_is_not_there_names_those_that_are(data: Path, tmp_path: Path) -> None:
    done = saddle("watch", "--source", OFFICE, "--profile", "other", "--data-dir", data, home=tmp_path)
    assert "There is no profile 'other' (there are: sitter)" in refusal(done)


def unusable(data: Path, damage: str) -> bytes:
    """Put a file in the place of the log that is none; returns what is in it."""
    log = data / "tilt.sqlite"
    if damage == "newer":
        TiltLog.open(log).close()
        connection = sqlite3.connect(log)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
        (data / "tilt.sqlite.lock").unlink(missing_ok=True)
    else:
        log.write_bytes(b"this is no log " * 999)
    return log.read_bytes()


@pytest.mark.parametrize("command", [["report"], ["export", "out.csv"]])
@pytest.mark.parametrize("damage", ["newer", "garbage"])
def test_a_log_that_cannot_be_used_stays_as_it_is(
    data: Path, tmp_path: Path, command: list[object], damage: str
) -> None:
    unusable(data, damage)
    before = contents(data)
    sentence = refusal(saddle(*command, "--data-dir", data, home=tmp_path))
    assert ("newer Saddle" if damage == "newer" else "not readable as a log") in sentence
    after = contents(data)
    assert {path: after[path] for path in before} == before


@pytest.mark.parametrize("damage", ["newer", "garbage"])
def test_a_watch_sets_a_log_that_cannot_be_used_aside_and_goes_on(data: Path, tmp_path: Path, damage: str) -> None:
    held = unusable(data, damage)
    done = saddle(
        *("watch", "--plain", "-s", OFFICE, "-p", "sitter", "--rate", "0.2", "--data-dir", data),
        home=tmp_path,
        model=True,
    )
    assert done.returncode == 0, done.stderr
    (aside,) = data.glob("tilt.sqlite.set-aside-*")
    assert aside.read_bytes() == held
    said = " ".join(done.stdout.split())
    assert f"it was set aside as {aside.name} and a new log was begun." in said
    assert "seated time observed" in saddle("report", "--data-dir", data, home=tmp_path).stdout


def test_two_writers_at_once(data: Path, tmp_path: Path) -> None:
    with TiltLog.open(data / "tilt.sqlite"):
        done = saddle("watch", "-s", OFFICE, "-p", "sitter", "--data-dir", data, home=tmp_path)
    assert "Another Saddle is already writing" in refusal(done)


@pytest.mark.parametrize(
    "command", [["watch", "-s", OFFICE, "-p", "sitter"], ["calibrate", "-s", OFFICE, "-p", "new", *RANGES]]
)
def test_a_data_folder_that_may_not_be_written(data: Path, tmp_path: Path, command: list[object]) -> None:
    before = contents(data)
    (data / "profiles").chmod(0o555)
    data.chmod(0o555)
    try:
        done = saddle(*command, "--data-dir", data, home=tmp_path, before=without_overrides)
    finally:
        data.chmod(0o755)
        (data / "profiles").chmod(0o755)
    assert "cannot be written" in refusal(done)
    assert contents(data) == before


def test_a_profile_that_may_not_be_read(data: Path, tmp_path: Path) -> None:
    profile = data / "profiles" / "sitter.json"
    profile.chmod(0o000)
    done = saddle("watch", "-s", OFFICE, "-p", "sitter", "--data-dir", data, home=tmp_path, before=without_overrides)
    assert "cannot be read (Permission denied)" in refusal(done)


def test_a_full_data_folder(data: Path, tmp_path: Path) -> None:
    before = contents(data)
    done = saddle(
        *("watch", "--plain", "-s", OFFICE, "-p", "sitter", "--rate", "0.2", "--data-dir", data),
        home=tmp_path,
        before=with_little_room(1000),
        model=True,
    )
    assert "nothing is lost yet" in " ".join(done.stdout.split())  # it watches to the end all the same
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith(f"saddle: The tilt log {data / 'tilt.sqlite'} cannot be")
    after = contents(data)
    assert {path: after[path] for path in before} == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[camera]\nrate = 5\n", "'camera.rate' is not known"),
        (b"[alerts]\ndwell_s = 1\n", "'alerts.dwell_s' is 1"),
        (b"[camera\n", "is not valid TOML"),
        (b"\xff\xfe", "cannot be read"),
    ],
    ids=["unknown key", "out of range", "no TOML", "no text"],
)
def test_settings_that_are_wrong(data: Path, tmp_path: Path, content: bytes, words: str) -> None:
    (data / "settings.toml").write_bytes(content)
    before = contents(data)
    assert words in refusal(saddle("settings", "--data-dir", data, home=tmp_path))
    assert contents(data) == before


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "add --neutral FROM-TO and --slump FROM-TO"),
        (("--neutral", "20-0", "--slump", "40-54"), "--neutral 20-0 is not a range of seconds"),
        ((*RANGES, "--profile", "../evil"), "cannot be a profile name"),
    ],
)
def test_a_calibration_that_is_asked_for_wrongly(data: Path, tmp_path: Path, args: tuple[str, ...], words: str) -> None:
    before = contents(tmp_path / "data")
    assert words in refusal(saddle("calibrate", "-s", OFFICE, *args, "--data-dir", data, home=tmp_path))
    assert contents(tmp_path / "data") == before
