"""`saddle note`, `saddle tag`, `saddle forget`, `saddle export` and `saddle import`, as a user would type them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from command_helpers import printed as saddle
from command_helpers import told

from bench.made_log import make_log, workdays
from monitor.errors import SaddleError
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.set_aside import set_aside
from monitor.tiltlog.store import TiltLog

DAYS = list(workdays(date(2026, 3, 2), 2))
DAY = str(DAYS[1])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("made") / "tilt.sqlite"
    make_log(path, DAYS, hours=0.2, seat_of=lambda _: "chair")
    return path.read_bytes()


@pytest.fixture
def data(tmp_path: Path, made: bytes) -> Path:
    (tmp_path / "tilt.sqlite").write_bytes(made)
    return tmp_path


def test_notes_are_kept_listed_changed_and_deleted(data: Path) -> None:
    number = told(data, "note", "new chair", "--at", f"{DAY}T09:30")["id"]
    assert told(data, "note", "back pain 4/10", "--at", "2026-03-02")["t_utc"] == "2026-03-01T23:00:00+00:00"
    assert [(n["t_local"], n["text"]) for n in told(data, "note", "--day", DAY)] == [
        (f"{DAY}T09:30:00+01:00", "new chair")
    ]
    assert f"kept for {DAY} 10:00" in saddle(data, "note", "later", "--at", f"{DAY}T10:00")
    saddle(data, "note", "newer chair", "--change", number)
    saddle(data, "note", "--delete", told(data, "note")[0]["id"])
    assert [n["text"] for n in told(data, "note", "--list")] == ["newer chair", "later"]
    assert "newer chair" in saddle(data, "note")
    with pytest.raises(SaddleError, match="exclude each other"):
        saddle(data, "note", "x", "--change", number, "--at", DAY)
    with pytest.raises(SaddleError, match="is not a time"):
        saddle(data, "note", "x", "--at", "soon")


def test_a_note_of_now(data: Path) -> None:
    before = datetime.now(UTC)
    assert before.timestamp() - 1 <= datetime.fromisoformat(told(data, "note", "now")["t_utc"]).timestamp()


def test_seats_of_a_day_and_of_now(data: Path) -> None:
    assert told(data, "tag", "  saddle   stool ", "--day", DAY) == {"seat": "saddle stool", "sessions": 2}
    assert told(data, "tag", "cushion") == {"seat": "cushion", "from": "now"}
    assert told(data, "tag") == {"seats": ["chair", "saddle stool"], "now": "cushion"}
    assert 'seat = "cushion"' in (data / "settings.toml").read_text()
    assert told(data, "tag", "", "--from", f"{DAY}T08:00")["sessions"] == 2
    assert told(data, "tag")["seats"] == ["chair"]
    with pytest.raises(SaddleError, match="too long"):
        saddle(data, "tag", "x" * 65)


def test_what_a_watch_holds_is_not_changed_under_it(data: Path) -> None:
    with TiltLog.open(data / "tilt.sqlite"):
        with pytest.raises(SaddleError, match="choose the seat in its tray menu"):
            saddle(data, "tag", "cushion")
        for args in (("tag", "cushion", "--day", DAY), ("forget", "--everything", "--yes")):
            with pytest.raises(SaddleError, match="Another Saddle is already writing"):
                saddle(data, *args)
        assert told(data, "note", "beside it", "--at", DAY)["text"] == "beside it"
    assert not (data / "settings.toml").exists()


@pytest.mark.parametrize("answer", ["no\n", "\n", ""])
def test_forgetting_needs_a_yes(data: Path, answer: str) -> None:
    with pytest.raises(SaddleError, match="Nothing was forgotten"):
        saddle(data, "forget", "--day", DAY, answer=answer)
    with LogReader.open(data / "tilt.sqlite") as log:
        assert log.days() == tuple(DAYS)


def test_a_day_and_everything_are_forgotten_and_copies_are_named(data: Path, made: bytes) -> None:
    said = saddle(data, "forget", "--day", DAY, answer="Yes\n")
    assert "Forgotten: all from 2026-03-03 00:00 to 2026-03-04 00:00." in said
    with LogReader.open(data / "tilt.sqlite") as log:
        assert log.days() == (DAYS[0],)
    (data / "other").write_bytes(b"x")
    (data / "other").rename(data / "tilt.sqlite.set-aside-1")
    gone = told(data, "forget", "--everything", "--yes")
    assert gone["sessions"] == 2
    assert (data / "tilt.sqlite").stat().st_size < len(made)
    assert gone["copies"] == [str(data / "tilt.sqlite.set-aside-1")]
    for wrong in ([], ["--everything", "--day", DAY]):
        with pytest.raises(SaddleError, match="Say what to forget"):
            saddle(data, "forget", *wrong)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("t.csv", "csv"),
        ("t.zip", "zip"),
        ("t.parquet", "parquet"),
        ("t.json", "json"),
        ("t.aw.json", "activitywatch"),
        ("t.sqlite", "backup"),
    ],
)
def test_each_format_is_told_by_its_end(data: Path, name: str, form: str) -> None:
    said = told(data, "export", data / name)
    assert said["format"] == form
    assert said["bytes"] == (data / name).stat().st_size > 0
    assert str(data / name) in saddle(data, "export", data / name).replace("\n", "")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("t.txt",), "does not tell the format"),
        (("t.csv", "--format", "xml"), "format 'xml' is not known"),
        (("t.csv", "--table", "moods"), "table 'moods' is not known"),
        (("t.sqlite", "--day", DAY), "backup is of the whole log"),
        (("none/t.csv",), "cannot be written"),
    ],
)
def test_an_export_that_makes_no_sense(data: Path, args: tuple[str, ...], words: str) -> None:
    with pytest.raises(SaddleError, match=words):
        saddle(data, "export", data / args[0], *args[1:])


@pytest.mark.parametrize("name", ["t.zip", "t.sqlite"])
def test_what_was_exported_comes_back_after_it_was_forgotten(data: Path, name: str) -> None:
    saddle(data, "note", "new chair", "--at", DAY)
    with LogReader.open(data / "tilt.sqlite") as log:
        before = [log.day(day) for day in DAYS]
    saddle(data, "export", data / name)
    saddle(data, "forget", "--everything", "--yes")
    assert told(data, "import", data / name) == {"sessions": 4, "notes": 1, "already_there": 0}
    assert told(data, "import", data / name) == {"sessions": 0, "notes": 0, "already_there": 4}
    with LogReader.open(data / "tilt.sqlite") as log:
        after = [log.day(day) for day in DAYS]
    assert [d.samples for d in after] == [d.samples for d in before]
    assert [[(b.state, b.start_utc_s, b.end_utc_s, b.cause) for b in d.bouts] for d in after] == [
        [(b.state, b.start_utc_s, b.end_utc_s, b.cause) for b in d.bouts] for d in before
    ]
    assert [len(d.notes) for d in after] == [0, 1]


def test_a_backup_takes_the_place_of_the_log_which_is_kept(data: Path) -> None:
    saddle(data, "export", data / "b.sqlite")
    saddle(data, "forget", "--day", DAY, "--yes")
    said = told(data, "import", data / "b.sqlite", "--replace")
    with LogReader.open(data / "tilt.sqlite") as log:
        assert log.days() == tuple(DAYS)
    with LogReader.open(Path(said["set_aside"])) as log:
        assert log.days() == (DAYS[0],)
    with pytest.raises(SaddleError, match="There is no file"):
        saddle(data, "import", data / "none.sqlite")


def test_a_report_is_written_beside_its_figures(data: Path) -> None:
    page, pdf = data / "r.html", data / "r.pdf"
    figures = told(data, "report", "--from", DAYS[0], "--to", DAY, "--html", page, "--pdf", pdf)
    assert figures["written"] == [str(page), str(pdf)]
    assert figures["from"] == "2026-03-02T00:00:00+01:00"
    assert pdf.read_bytes().startswith(b"%PDF")
    assert f"{figures['tipped_pct']:.0f} %" in page.read_text()
    with pytest.raises(SaddleError, match="own files"):
        saddle(data, "report", "--html", data / "settings.toml")


def test_figures_of_a_range_are_those_of_its_days(data: Path) -> None:
    both = told(data, "report", "--from", DAYS[0], "--to", DAY)
    days = [told(data, "report", "--day", day) for day in DAYS]
    for name in ("seated_observed_s", "warnings_given", "position_changes", "tipped_over_2_min"):
        assert both[name] == sum(day[name] for day in days)
    early = told(data, "report", "--from", DAYS[0], "--to", f"{DAY}T09:05")
    late = told(data, "report", "--from", f"{DAY}T09:05")
    assert early["seated_observed_s"] + late["seated_observed_s"] == pytest.approx(both["seated_observed_s"])


def test_set_aside_never_takes_a_name_that_is_taken(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / "tilt.sqlite").write_text(str(number))
        set_aside(tmp_path / "tilt.sqlite")
    assert sorted(each.read_text() for each in tmp_path.glob("tilt.sqlite.set-aside-*")) == ["0", "1", "2"]
