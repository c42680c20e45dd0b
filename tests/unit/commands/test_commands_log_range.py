"""What days, ranges and notes may be typed, and what is said about the rest."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_helpers import printed, told
from typer.testing import CliRunner

from monitor.cli import app, out
from monitor.commands import log_range
from monitor.errors import SaddleError
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import Note, SessionInfo
from monitor.tiltlog.store import TiltLog

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    watched(tmp_path / "data", NOON)
    add_note(tmp_path / "data" / "tilt.sqlite", NOON, "new chair")
    return tmp_path / "data"


def watched(folder: Path, started: datetime) -> None:
    """A minute upright; local time is an hour ahead of UTC."""
    with TiltLog.open(folder / "tilt.sqlite", lambda t: 3600) as log:
        session = log.start_session(
            profile="desk", source="a camera", source_kind="live", tilt_model="linear-1", started=started, t0_s=0.0
        )
        for t_s in range(61):
            session.record(Assessment(float(t_s), State.UPRIGHT))


def content(folder: Path) -> tuple[tuple[SessionInfo, ...], tuple[Note, ...], object]:
    with LogReader.open(folder / "tilt.sqlite") as log:
        return log.sessions(None), log.all_notes(), log.clock


@pytest.mark.parametrize(
    "args",
    [
        ("forget", "--yes", "--from", ""),
        ("forget", "--yes", "--to", ""),
        ("forget", "--yes", "--from", "", "--to", ""),
        ("forget", "--yes", "--from", "2026-03-02", "--to", ""),
        ("forget", "--yes", "--day", ""),
        ("forget", "--yes", "--from", " "),
        ("tag", "stool", "--from", ""),
        ("tag", "stool", "--day", ""),
        ("note", "x", "--at", ""),
        ("note", "--from", ""),
        ("note", "--to", ""),
        ("note", "--day", ""),
        ("report", "--from", ""),
        ("report", "--to", ""),
        ("report", "--day", ""),
        ("export", "new.csv", "--from", ""),
        ("export", "new.zip", "--to", ""),
    ],
)
def test_an_empty_word_as_from_an_unset_variable_is_no_range(
    data: Path, args: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data)
    before = content(data)
    with pytest.raises(SaddleError, match=r"is not a (time|day): write it as"):
        printed(data, *args)
    assert content(data) == before
    assert not list(data.glob("new.*"))


@pytest.mark.parametrize("args", [(), ("--yes",), ("--everything", "--from", ""), ("--everything", "--day", "")])
def test_what_to_forget_must_be_said(data: Path, args: tuple[str, ...]) -> None:
    before = content(data)
    with pytest.raises(SaddleError, match="Say what to forget: --day, --from and --to, or --everything"):
        printed(data, "forget", *args)
    assert content(data) == before


def test_an_end_before_the_log_says_so_and_never_what_was_not_typed(data: Path) -> None:
    for args in (("forget", "--yes"), ("report",), ("note",)):
        with pytest.raises(SaddleError) as said:
            printed(data, *args, "--to", "2026-02-27")
        assert str(said.value) == "--to 2026-02-27 lies before the log begins, on 2026-03-02: choose a later time."
        with pytest.raises(SaddleError, match="--from must lie before --to: swap them"):
            printed(data, *args, "--from", "2026-03-02", "--to", "2026-02-27")


def test_a_range_can_be_told_by_today_and_yesterday(data: Path) -> None:
    now = datetime.now(UTC) + timedelta(hours=1)  # the log's local time
    yesterday = datetime(now.year, now.month, now.day, 12, tzinfo=UTC) - timedelta(days=1)
    watched(data, yesterday)
    for args in (("--from", "yesterday"), ("--from", "yesterday", "--to", "yesterday"), ("--day", "yesterday")):
        assert told(data, "report", *args)["seated_observed_s"] == 60
    assert told(data, "report", "--to", "yesterday")["seated_observed_s"] == 120
    assert told(data, "report", "--from", "today")["seated_observed_s"] == 0
    assert told(data, "forget", "--from", "yesterday", "--yes")["sessions"] == 1
    assert told(data, "note", "at its begin", "--at", "today")["t_utc"] == f"{yesterday:%Y-%m-%d}T23:00:00+00:00"


def test_the_question_does_not_get_into_the_json(data: Path) -> None:
    with out.capture() as said:
        done = CliRunner().invoke(app, ["forget", "--everything", "--json", "--data-dir", str(data)], input="yes\n")
    assert json.loads(said.get())["sessions"] == 1
    assert "Forget everything in the log for good? Type yes:" in done.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--change", "1"), "--change 1 needs the new text"),
        (("--change", "1", "--list"), "--change 1 needs the new text"),
        (("--at", "2026-03-02"), "--at needs a note"),
        (("x", "--day", "2026-03-02"), "give the time of a note with --at"),
        (("",), "The note is empty"),
        (("", "--change", "1"), "The note is empty"),
    ],
)
def test_a_note_that_is_not_whole_is_refused(data: Path, args: tuple[str, ...], words: str) -> None:
    before = content(data)
    with pytest.raises(SaddleError, match=words):
        printed(data, "note", *args)
    assert content(data) == before


def test_a_log_without_a_local_time_goes_by_this_computer(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_range, "system_offset_s", lambda _: 7200)
    printed(data, "forget", "--everything", "--yes")
    assert content(data)[2].changes == ()
    assert told(data, "note", "a new start", "--at", "2026-03-02T10:00")["t_utc"] == "2026-03-02T08:00:00+00:00"
    assert told(data, "note", "--from", "2026-03-02")[0]["t_local"] == "2026-03-02T10:00:00+02:00"
    with pytest.raises(SaddleError, match="holds nothing yet"):
        printed(data, "report")


def test_an_open_end_reaches_to_all_that_is_there(data: Path) -> None:
    for days in (-40, 400):
        add_note(data / "tilt.sqlite", NOON + timedelta(days=days), f"after {days}")
    assert told(data, "forget", "--to", "2026-03-01", "--yes")["notes"] == 1
    assert [note["text"] for note in told(data, "note", "--from", "2026-03-01")] == ["new chair", "after 400"]
