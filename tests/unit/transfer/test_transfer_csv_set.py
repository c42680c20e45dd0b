"""All tables as a zip: what is in it, what of it comes back, and what is said about a zip that cannot be read.

That nothing is lost on the way is in `test_tiltlog_merging`.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from transfer_logs import DAY, NEXT, make_log, span_of

from monitor.errors import LogError, OutputError
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.logfile import LogFile
from monitor.tiltlog.merging import Merged, merge_into
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog
from monitor.transfer import csv_reading
from monitor.transfer.csv_set import export_set, log_of

NAMES = {"sessions", "samples", "bouts", "warnings", "position_changes", "notes", "local_offsets"}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_log(tmp_path_factory.mktemp("set") / "tilt.sqlite")


@pytest.fixture(scope="module")
def made(log: Path) -> Path:
    export_set(log, log.with_name("all.zip"))
    return log.with_name("all.zip")


def table(path: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode(), newline="")))


def bring_in(target: Path, source: Path) -> Merged:
    file = LogFile(target)
    try:
        with log_of(source) as path:
            return merge_into(file, path)
    finally:
        file.close()


def test_all_tables_are_there_and_explained(made: Path) -> None:
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist())
        assert names == {f"{name}.csv" for name in NAMES} | {"README.txt", "set.json"}
        readme = archive.read("README.txt").decode()
    assert all(f"{name}.csv" in readme for name in NAMES)


def test_nothing_is_cut_or_rounded(made: Path) -> None:
    bouts = table(made, "bouts")
    assert bouts[4]["start_local"] == "2026-03-02T23:59:00.000+01:00"
    assert bouts[4]["end_local"] == "2026-03-03T00:01:00.000+01:00"
    assert [row["source_kind"] for row in table(made, "sessions")] == ["live", "live", "recording"]
    assert len(table(made, "samples")) == 301 + 121 + 61
    assert table(made, "notes")[0]["text"] == "'=1+1 new chair"
    assert table(made, "local_offsets") == [{"since_utc": "2026-03-02T08:00:00.000+00:00", "offset_s": "3600"}]


def test_a_range_holds_whole_sessions(log: Path, tmp_path: Path) -> None:
    out, told = tmp_path / "out.zip", []
    export_set(log, out, span_of(log, NEXT, NEXT), on_progress=lambda done, of: told.append((done, of)))
    (session,) = table(out, "sessions")
    assert session["started_local"] == "2026-03-02T23:59:00.000+01:00"
    assert len(table(out, "samples")) == 121
    assert {row["session_id"] for row in table(out, "bouts")} == {session["session_id"]}
    assert (table(out, "warnings"), [row["text"] for row in table(out, "notes")]) == ([], ["back pain 2/10"])
    assert told == [(1, 1)]
    new = tmp_path / "new.sqlite"
    assert bring_in(new, out) == Merged(1, 1, 0)
    export_set(log, out, span_of(log, DAY, DAY))
    assert bring_in(new, out) == Merged(2, 1, 1)


def test_a_log_that_is_being_written_can_be_exported(tmp_path: Path) -> None:
    path = make_log(tmp_path / "tilt.sqlite")
    with TiltLog.open(path, lambda t: 3600) as log:
        session = log.start_session(
            profile="desk",
            source="camera",
            source_kind="live",
            tilt_model="contour 1",
            started=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
            t0_s=0.0,
        )
        for second in range(61):
            session.record(Assessment(float(second), State.UPRIGHT))
        export_set(path, tmp_path / "all.zip")
        session.record(Assessment(70.0, State.UPRIGHT))
        assert session.problem is None
    assert table(tmp_path / "all.zip", "sessions")[-1]["ended_utc"] == ""
    assert bring_in(tmp_path / "new.sqlite", tmp_path / "all.zip") == Merged(4, 2, 0)
    with LogReader.open(tmp_path / "new.sqlite") as new:
        (last,) = [each for each in new.sessions(None) if each.source == "camera"]
        assert last.ended_utc_s is not None
        assert 58 <= last.ended_utc_s - last.started_utc_s <= 60


def test_a_log_is_brought_in_as_it_is(log: Path, tmp_path: Path) -> None:
    with log_of(log) as path:
        assert path == log
    assert bring_in(tmp_path / "new.sqlite", log) == Merged(3, 2, 0)


def test_small_batches_make_the_same_log(
    log: Path, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_reading, "BATCH", 7)
    bring_in(tmp_path / "new.sqlite", made)
    with LogReader.open(log) as one, LogReader.open(tmp_path / "new.sqlite") as other:
        assert other.day(DAY) == one.day(DAY)
        assert other.totals(DAY, NEXT) == one.totals(DAY, NEXT)


def test_only_what_is_new_is_read(log: Path, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new, part = tmp_path / "new.sqlite", tmp_path / "part.zip"
    export_set(log, part, span_of(log, NEXT, NEXT))
    assert bring_in(new, part) == Merged(1, 1, 0)
    monkeypatch.setattr(csv_reading, "BATCH", 50)
    file = LogFile(new)
    for expected, read in ((Merged(2, 1, 1), [1, 3]), (Merged(0, 0, 3), [])):
        with log_of(made, new) as path:
            for table in ("chunks", "bouts"):
                assert sessions_in(path, table) == read
            assert sessions_in(path, "sessions") == [1, 2, 3]
            assert merge_into(file, path) == expected
    file.close()
    with LogReader.open(log) as one, LogReader.open(new) as other:
        for kind in ("live", "recording"):
            assert [p.totals for p in other.totals(DAY, NEXT, kind)] == [p.totals for p in one.totals(DAY, NEXT, kind)]
            assert seconds(other, kind) == seconds(one, kind)


def seconds(log: LogReader, kind: str) -> list[str]:
    """The time line without the numbers of the sessions, which are each log's own."""
    return [repr(replace(row, session_id=0)) for day in (DAY, NEXT) for row in log.day(day, kind).samples]


def sessions_in(path: Path, table: str) -> list[int]:
    column = "id" if table == "sessions" else "session_id"
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(f"SELECT DISTINCT {column} FROM {table} ORDER BY {column}")  # noqa: S608
        return [number for (number,) in found]


def test_how_much_is_read_is_told(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_reading, "BATCH", 50)
    told: list[tuple[int, int]] = []
    with log_of(made, on_progress=lambda done, of: told.append((done, of))):
        pass
    with zipfile.ZipFile(made) as archive:
        size = archive.getinfo("samples.csv").file_size
    assert len(told) == 10
    assert told == sorted(told)
    assert told[-1] == (size, size)


def changed(made: Path, out: Path, name: str, change: Callable[[str], str | None]) -> Path:
    """The same zip with another text in one of its files; None leaves the file out."""
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.namelist():
            text = old.read(entry).decode()
            told = change(text) if entry == name else text
            if told is not None:
                new.writestr(entry, told)
    return out


def test_tables_that_a_spreadsheet_has_saved_come_back(made: Path, tmp_path: Path) -> None:
    def saved(text: str) -> str:
        header, *rows = csv.reader(io.StringIO(text, newline=""))
        out = io.StringIO()
        rows.sort(key=lambda row: row[header.index("t_utc")], reverse=True)
        order = sorted(range(len(header)), key=lambda place: header[place])
        csv.writer(out, lineterminator="\n").writerows(
            [row[place] for place in order] for row in [header, *rows, []] if row
        )
        return "\ufeff" + out.getvalue() + "\n"

    assert bring_in(tmp_path / "one.sqlite", made) == Merged(3, 2, 0)
    assert bring_in(tmp_path / "two.sqlite", changed(made, tmp_path / "s.zip", "samples.csv", saved)) == Merged(3, 2, 0)
    with LogReader.open(tmp_path / "one.sqlite") as one, LogReader.open(tmp_path / "two.sqlite") as two:
        assert one.day(DAY) == two.day(DAY)


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


UNREADABLE = [
    ("set.json", lambda _: None, "holds no set of Saddle's tables"),
    ("set.json", lambda _: "[]", "holds no set of Saddle's tables"),
    ("set.json", lambda _: json.dumps({"form": "Saddle tables", "version": 2}), "by a newer Saddle"),
    ("samples.csv", lambda _: None, "is damaged"),
    ("samples.csv", lambda _: "", r"samples.csv, there is no column t_utc"),
    ("samples.csv", replaced(",tipped,", ",floating,"), r"samples.csv, line 62: state is floating"),
    ("samples.csv", replaced(",8.0,", ",8;0,"), r"samples.csv, line 62: could not convert"),
    ("samples.csv", lambda text: text + "2026\n", r"samples.csv, line 485: "),
    ("samples.csv", replaced("000+00:00,", "000,"), r"samples.csv, line 2: .* has no offset"),
    ("samples.csv", replaced("+01:00,1,", "+01:00,9,"), "is damaged"),
    ("bouts.csv", replaced(",tipped,", ",floating,"), r"bouts.csv, line 3: "),
    ("bouts.csv", replaced("+01:00,60.0,1,", "+01:00,60.0,9,"), "is damaged"),
    ("sessions.csv", replaced(",live,", ",dead,"), r"sessions.csv, line 2: source_kind is dead"),
    ("warnings.csv", replaced("session_id", "seating"), r"warnings.csv, there is no column session_id"),
    ("notes.csv", replaced("2026-03-02T", "soon"), r"notes.csv, line 2: "),
    ("local_offsets.csv", replaced("3600", "an hour"), r"local_offsets.csv, line 2: "),
]


@pytest.mark.parametrize(("name", "change", "said"), UNREADABLE)
def test_tables_that_cannot_be_read_are_said_and_nothing_is_changed(
    log: Path, made: Path, tmp_path: Path, name: str, change: Callable[[str], str | None], said: str
) -> None:
    source, new = changed(made, tmp_path / "out.zip", name, change), tmp_path / "new.sqlite"
    with pytest.raises(LogError, match=said) as told:
        bring_in(new, source)
    assert str(source) in str(told.value)
    assert "\n" not in str(told.value)
    with LogReader.open(new) as reader:
        assert (reader.sessions(None), reader.all_notes()) == ((), ())


def test_a_damaged_zip_is_said(made: Path, tmp_path: Path) -> None:
    data = bytearray(made.read_bytes())
    with zipfile.ZipFile(made) as archive:
        start = archive.getinfo("samples.csv").header_offset + 200
    data[start : start + 500] = b"\x00" * 500
    (tmp_path / "scribbled.zip").write_bytes(data)
    (tmp_path / "cut.zip").write_bytes(made.read_bytes()[:-200])
    with pytest.raises(LogError, match="is damaged"):
        bring_in(tmp_path / "new.sqlite", tmp_path / "scribbled.zip")
    with pytest.raises(LogError, match="is no tilt log"):
        bring_in(tmp_path / "new.sqlite", tmp_path / "cut.zip")


def test_another_zip_and_no_file_are_said(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("readme.txt", "photos")
    for name, said in (("photos.zip", "no set of Saddle's tables"), ("missing.zip", "There is no file")):
        with pytest.raises(LogError, match=said):
            bring_in(tmp_path / "new.sqlite", tmp_path / name)


def test_no_log_and_no_place(log: Path, tmp_path: Path) -> None:
    with pytest.raises(LogError, match="No log yet"):
        export_set(tmp_path / "tilt.sqlite", tmp_path / "out.zip")
    with pytest.raises(OutputError, match="cannot be written"):
        export_set(log, tmp_path / "missing" / "out.zip")
    assert list(tmp_path.iterdir()) == []
