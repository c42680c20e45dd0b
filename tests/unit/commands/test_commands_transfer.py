"""`saddle export` and `saddle import`: nothing is lost on the way, whatever the files and the terminal are."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_helpers import ROOT, environment, printed, refusal, saddle, saddle_command, told
from rich.console import Console

from monitor.commands.transfer import run_import
from monitor.errors import OutputError, SaddleError
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import LogSlice, SessionInfo
from monitor.tiltlog.store import TiltLog

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WIDE = NOON - timedelta(days=3650), NOON + timedelta(days=3650)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A minute tipped, the camera lost on the day after, and notes: on that minute, and far before and after all."""
    folder = tmp_path / "data"
    with TiltLog.open(folder / "tilt.sqlite", lambda t: 3600) as log:
        for days in range(2):
            session = log.start_session(
                profile="desk",
                source="a camera",
                source_kind="live",
                tilt_model="linear-1",
                started=NOON + timedelta(days=days),
                t0_s=0.0,
            )
            for t_s in range(61):
                if days:
                    session.not_observed(float(t_s), "the camera is lost")
                else:
                    session.record(Assessment(float(t_s), State.TIPPED))
    for days, text in ((-400, "first"), (0, "Stuhl höher ☂"), (400, "last")):
        add_note(folder / "tilt.sqlite", NOON + timedelta(days=days), text)
    return folder


def content(folder: Path) -> tuple[tuple[SessionInfo, ...], LogSlice, object]:
    with LogReader.open(folder / "tilt.sqlite") as log:
        return log.sessions(None), log.between(*WIDE), log.clock


def test_a_zip_of_everything_holds_everything(data: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    printed(data, "export", tmp_path / "all.zip")
    assert told(new, "import", tmp_path / "all.zip") == {"sessions": 2, "notes": 3, "already_there": 0}
    assert content(new) == content(data)
    printed(data, "export", tmp_path / "notes.csv", "--table", "notes")
    assert len((tmp_path / "notes.csv").read_text().splitlines()) == 4


def test_a_zip_of_a_range_holds_the_range(data: Path, tmp_path: Path) -> None:
    printed(data, "export", tmp_path / "all.zip", "--day", "2026-03-02")
    assert told(tmp_path / "new", "import", tmp_path / "all.zip") == {"sessions": 1, "notes": 1, "already_there": 0}


def test_notes_alone_can_be_exported_and_imported(data: Path, tmp_path: Path) -> None:
    printed(data, "forget", "--from", "2026-03-01", "--to", "2026-03-05", "--yes")
    printed(data, "export", tmp_path / "all.zip")
    assert told(tmp_path / "new", "import", tmp_path / "all.zip") == {"sessions": 0, "notes": 2, "already_there": 0}
    sessions, part, clock = content(tmp_path / "new")
    assert (sessions, clock) == ((), content(data)[2])
    noon_s = NOON.timestamp()
    assert [(note.text, (note.t_utc_s - noon_s) / 86400) for note in part.notes] == [("first", -400), ("last", 400)]


def test_of_an_empty_log_nothing_is_exported(data: Path, tmp_path: Path) -> None:
    printed(data, "forget", "--everything", "--yes")
    with pytest.raises(SaddleError, match="The log holds nothing yet"):
        printed(data, "export", tmp_path / "all.zip")


@pytest.mark.parametrize("end", ["csv", "zip", "json", "sqlite"])
def test_a_link_as_the_output_is_followed(data: Path, tmp_path: Path, end: str) -> None:
    real, link = tmp_path / f"real.{end}", tmp_path / f"link.{end}"
    link.symlink_to(real)
    assert told(data, "export", link)["bytes"] == real.stat().st_size > 0
    assert link.is_symlink()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")
@pytest.mark.parametrize("form", ["csv", "zip", "json", "activitywatch", "parquet", "backup"])
def test_a_pipe_as_the_output_is_refused(data: Path, tmp_path: Path, form: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    with pytest.raises(OutputError, match=r"link cannot be written \(it is no ordinary file\): choose another"):
        printed(data, "export", tmp_path / "link", "--format", form)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are letters here")
@pytest.mark.parametrize("end", ["csv", "zip", "json", "aw.json", "parquet", "sqlite"])
def test_a_name_of_bytes_that_are_no_letters(data: Path, tmp_path: Path, end: str) -> None:
    out = tmp_path / os.fsdecode(b"caf\xe9." + end.encode())
    done = saddle("export", out, "--data-dir", data, home=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "written to" in done.stdout
    assert out.stat().st_size > 0
    again = saddle("export", out.parent / "none" / out.name, "--data-dir", data, home=tmp_path)
    assert "cannot be written (No such file or directory)" in refusal(again)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "ascii", "utf-8"])
def test_no_letter_is_too_much_for_the_output(data: Path, tmp_path: Path, encoding: str) -> None:
    def said(*args: object) -> str:
        done = subprocess.run(
            [*saddle_command(*args), "--data-dir", str(data)],
            cwd=ROOT,
            env=environment(tmp_path, PYTHONIOENCODING=encoding),
            capture_output=True,
            encoding=encoding,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    bar = "█" if encoding == "utf-8" else "#"
    assert f"tipped back                 {bar * 32} 1 min" in said("report", "--day", "2026-03-02")
    said("note", "подушка", "--at", "2026-03-02")
    assert ("подушка" if encoding == "utf-8" else "???????") in said("note")
    assert [note["text"] for note in json.loads(said("note", "--json"))][1:3] == ["подушка", "Stuhl höher ☂"]
    assert 'tagged with "' in said("tag", "подушка", "--day", "2026-03-02")


def test_tables_are_no_backup_that_could_take_the_place_of_the_log(data: Path, tmp_path: Path) -> None:
    printed(data, "export", tmp_path / "all.zip")
    before = content(data)
    with pytest.raises(SaddleError, match=r"--replace needs a backup \(\.sqlite\): leave --replace out"):
        printed(data, "import", tmp_path / "all.zip", "--replace")
    assert content(data) == before


@pytest.mark.parametrize(("as_json", "shown"), [(False, True), (True, False)])
def test_a_terminal_sees_how_far_reading_has_come(data: Path, tmp_path: Path, as_json: bool, shown: bool) -> None:
    printed(data, "export", tmp_path / "all.zip")
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    run_import(console, tmp_path / "all.zip", replace=False, as_json=as_json, data_dir=tmp_path / "new")
    assert ("Reading" in console.file.getvalue()) is shown  # type: ignore[attr-defined]


def test_what_is_there_already_is_not_read_again(data: Path, tmp_path: Path) -> None:
    printed(data, "export", tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as old, zipfile.ZipFile(tmp_path / "cut.zip", "w") as new:
        for name in old.namelist():
            new.writestr(name, "" if name == "samples.csv" else old.read(name))
    before = content(data)
    assert told(data, "import", tmp_path / "cut.zip") == {"sessions": 0, "notes": 0, "already_there": 2}
    assert content(data) == before
    with pytest.raises(SaddleError, match=r"samples\.csv, there is no column"):
        printed(tmp_path / "new", "import", tmp_path / "cut.zip")
