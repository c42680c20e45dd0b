"""A copy of the log in one file, and a log put back from it: whole, private, or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tiltlog_days import NINE, NINE_S, frame, spans, start, whole_day

from monitor.errors import LogError, OutputError
from monitor.judgement.assessment import State
from monitor.tiltlog import backup as backup_module
from monitor.tiltlog.backup import backup, restore
from monitor.tiltlog.notes import add_note, delete_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.schema import MIGRATIONS, migrate
from monitor.tiltlog.store import TiltLog

UPRIGHT, TIPPED = State.UPRIGHT, State.TIPPED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A minute upright."""
    path = tmp_path / "data" / "tilt.sqlite"
    make(path, UPRIGHT)
    return path


def make(path: Path, state: State) -> None:
    with TiltLog.open(path, lambda t: 3600) as log:
        session = start(log, seat="chair")
        for second in range(61):
            session.record(frame(float(second), state, tilt_pct=5.0))


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(".lock")}


def content(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if not entry.name.endswith(".lock")}


def test_a_backup_is_one_private_file_with_all_in_it(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "backup.sqlite"
    out.parent.mkdir()
    out.write_text("before")
    backup(path, out)
    assert files(out.parent) == {"backup.sqlite"}
    if sys.platform != "win32":
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert whole_day(out) == whole_day(path)
    with LogReader.open(out) as reader:
        assert reader.clock.offset_s(NINE_S) == 3600


def test_a_backup_of_a_log_that_is_being_written(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "backup.sqlite"
    with TiltLog.open(path, lambda t: 3600) as log:
        session = start(log, NINE + timedelta(minutes=10))
        session.record(frame(0.0, TIPPED))
        session.record(frame(30.0, TIPPED))
        session.record(frame(35.0, TIPPED))
        backup(path, out)
        session.record(frame(60.0, TIPPED))
        assert session.problem is None
    assert spans(whole_day(out))[0] == ("upright", 0, 60)
    assert spans(whole_day(out))[-1][2] <= 635
    assert len(whole_day(path).sessions) == len(whole_day(out).sessions) == 2


def test_what_was_deleted_is_in_no_corner_of_a_backup(path: Path, tmp_path: Path) -> None:
    note = add_note(path, NINE, "a secret word " * 20)
    delete_note(path, note.id)
    backup(path, tmp_path / "backup.sqlite")
    assert b"secret" not in (tmp_path / "backup.sqlite").read_bytes()


def test_no_log_no_backup(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="No log yet"):
        backup(tmp_path / "tilt.sqlite", tmp_path / "backup.sqlite")
    (tmp_path / "tilt.sqlite").touch()
    with pytest.raises(LogError, match="No log yet"):
        backup(tmp_path / "tilt.sqlite", tmp_path / "backup.sqlite")
    assert files(tmp_path) == {"tilt.sqlite"}


@pytest.mark.parametrize("name", ["tilt.sqlite", "tilt.sqlite-wal", "tilt.sqlite.lock"])
def test_a_backup_in_the_place_of_the_log_is_refused(path: Path, name: str) -> None:
    before = content(path)
    with pytest.raises(OutputError, match="the tilt log itself"):
        backup(path, path.parent / name)
    assert content(path) == before


def test_a_place_that_cannot_be_written_is_said(path: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        backup(path, tmp_path / "missing" / "backup.sqlite")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        backup(path, tmp_path / "folder")


def test_a_link_is_followed_and_stays(path: Path, tmp_path: Path) -> None:
    out, link = tmp_path / "out" / "real.sqlite", tmp_path / "link.sqlite"
    out.parent.mkdir()
    link.symlink_to(out)
    for _ in range(2):
        backup(path, link)
        assert link.is_symlink()
        assert whole_day(out) == whole_day(path)
        assert (files(out.parent), files(tmp_path)) == ({"real.sqlite"}, {"link.sqlite", "data", "out"})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")
def test_a_pipe_is_never_replaced(path: Path, tmp_path: Path) -> None:
    pipe, link, loop = (tmp_path / name for name in ("pipe", "link", "loop"))
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    loop.symlink_to(loop)
    for place in (pipe, link, loop):
        with pytest.raises(OutputError, match=r"cannot be written \(it is no ordinary file\): choose another"):
            backup(path, place)
    assert pipe.is_fifo()
    assert files(tmp_path) == {"data", "pipe", "link", "loop"}


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are letters here")
@pytest.mark.parametrize("name", [b"caf\xe9.sqlite", b"\xff/a b%20?#'.sqlite"])
def test_a_name_that_is_no_text(path: Path, tmp_path: Path, name: bytes) -> None:
    out = tmp_path / os.fsdecode(name)
    out.parent.mkdir(exist_ok=True)
    backup(path, out)
    assert whole_day(out) == whole_day(path)
    assert restore(out, out.with_name("tilt.sqlite")) is None
    assert whole_day(out.with_name("tilt.sqlite")) == whole_day(path)


def test_a_full_disk_leaves_the_backup_of_before(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "backup.sqlite"
    out.write_text("before")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OutputError, match="No space left"):
        backup(path, out)
    assert out.read_text() == "before"
    assert files(tmp_path) == {"backup.sqlite", "data"}


@pytest.mark.parametrize("found", [False, sqlite3.DatabaseError("malformed")])
def test_a_backup_that_is_not_sound_does_not_take_its_place(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: bool | sqlite3.Error
) -> None:
    def sound(_: Path) -> bool:
        if isinstance(found, sqlite3.Error):
            raise found
        return found

    monkeypatch.setattr(backup_module, "is_sound", sound)
    with pytest.raises(LogError):
        backup(path, tmp_path / "backup.sqlite")
    assert files(tmp_path) == {"data"}


def test_a_damaged_log_is_said(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * (path.stat().st_size - 16))
    with pytest.raises(LogError, match="move it away"):
        backup(path, tmp_path / "backup.sqlite")


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A backup of a minute tipped."""
    make(tmp_path / "other" / "tilt.sqlite", TIPPED)
    backup(tmp_path / "other" / "tilt.sqlite", tmp_path / "other.sqlite")
    return tmp_path / "other.sqlite"


def test_restoring_sets_the_log_aside(path: Path, other: Path) -> None:
    log, given = whole_day(path), other.read_bytes()
    aside = restore(other, path)
    assert aside is not None
    assert aside.parent == path.parent
    stamp = aside.name.removeprefix("tilt.sqlite.before-restore-")
    assert abs(datetime.strptime(stamp, "%Y%m%d-%H%M%S").astimezone() - datetime.now(UTC)) < timedelta(minutes=5)
    assert spans(whole_day(path)) == [("tipped", 0, 60)]
    assert whole_day(aside) == log
    assert other.read_bytes() == given
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    TiltLog.open(path).close()


def test_restoring_twice_overwrites_nothing(path: Path, other: Path) -> None:
    asides = {restore(other, path) for _ in range(3)}
    assert len(asides) == 3
    assert all(aside is not None and aside.exists() for aside in asides)


def test_what_was_not_yet_in_the_file_of_the_log_is_set_aside_with_it(path: Path, other: Path) -> None:
    with closing(sqlite3.connect(path)) as holds:  # so that what was written stays beside the file
        holds.execute("SELECT count(*) FROM notes").fetchone()
        add_note(path, NINE, "beside the file")
        aside = restore(other, path)
        assert aside is not None
        assert aside.with_name(aside.name + "-wal").exists()
        assert not path.with_name(path.name + "-wal").exists()
        assert [note.text for note in whole_day(aside).notes] == ["beside the file"]
    assert whole_day(path).notes == ()


def test_restoring_where_there_was_no_log(tmp_path: Path, other: Path) -> None:
    path = tmp_path / "new" / "tilt.sqlite"
    assert restore(other, path) is None
    assert spans(whole_day(path)) == [("tipped", 0, 60)]
    assert files(path.parent) <= {"tilt.sqlite", "tilt.sqlite-wal", "tilt.sqlite-shm"}


def test_a_log_that_is_being_written_is_not_replaced(path: Path, other: Path) -> None:
    with TiltLog.open(path) as log:
        start(log).record(frame(0.0))
        with pytest.raises(LogError, match="Another Saddle is already writing"):
            restore(other, path)
    assert spans(whole_day(path))[0][0] == "upright"


def damage(other: Path, how: str) -> None:
    if how == "missing":
        other.unlink()
    elif how == "text":
        other.write_text("Dear diary, today I sat.\n" * 100)
    elif how == "empty":
        other.write_bytes(b"")
    elif how == "cut":
        other.write_bytes(other.read_bytes()[:8192])
    elif how == "scribbled":
        data = bytearray(other.read_bytes())
        data[4096:] = b"\xff" * (len(data) - 4096)
        other.write_bytes(data)
    else:
        with closing(sqlite3.connect(other)) as connection:
            connection.execute(how)
            connection.commit()


UNUSABLE = [
    ("missing", "There is no file"),
    ("text", "is no tilt log"),
    ("empty", "is no tilt log"),
    ("cut", "is damaged"),
    ("scribbled", "is damaged"),
    ("PRAGMA application_id = 7", "is no tilt log"),
    (f"PRAGMA user_version = {len(MIGRATIONS) + 1}", "by a newer Saddle"),
    ("DROP TABLE samples", "is damaged"),
]


@pytest.mark.parametrize(("how", "words"), UNUSABLE)
def test_a_backup_that_cannot_be_used_changes_nothing(path: Path, other: Path, how: str, words: str) -> None:
    damage(other, how)
    before = content(path)
    with pytest.raises(LogError, match=words) as said:
        restore(other, path)
    assert str(said.value).count("\n") == 0
    assert content(path) == before


def test_a_folder_in_the_place_of_the_backup(path: Path, tmp_path: Path) -> None:
    before = content(path)
    with pytest.raises(LogError, match="cannot be read"):
        restore(tmp_path, path)
    assert content(path) == before


@pytest.mark.parametrize("step", ["fsync", "first rename", "last rename"])
def test_a_restore_that_fails_on_the_way_leaves_the_log_as_it_was(
    path: Path, other: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before, rename = content(path), Path.rename

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    def sometimes_fails(old: Path, new: Path) -> Path:
        puts_in_place = new == path and "before-restore" not in old.name
        if step == "first rename" or puts_in_place:
            fails()
        return rename(old, new)

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fails)
    else:
        monkeypatch.setattr(Path, "rename", sometimes_fails)
    with pytest.raises(LogError, match="No space left"):
        restore(other, path)
    assert content(path) == before
    monkeypatch.undo()
    TiltLog.open(path).close()  # the lock is free


def test_a_backup_of_version_1_is_brought_up_to_date_by_the_next_writer(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        migrate(connection, 0, MIGRATIONS[:1])
        row = (NINE_S, NINE_S + 60, "desk", "camera 0", "live", "network", "0.1")
        connection.execute("INSERT INTO sessions VALUES (1, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO bouts VALUES (1, 'reclined', '', ?, ?)", (NINE_S, NINE_S + 60))
    restore(old, path)
    with pytest.raises(LogError, match="older Saddle"):
        LogReader.open(path)
    backup(path, tmp_path / "again.sqlite")
    TiltLog.open(path).close()
    assert spans(whole_day(path)) == [("reclined", 0, 60)]


def test_a_log_and_what_lies_beside_it_can_be_restored_as_it_was_copied(path: Path, tmp_path: Path) -> None:
    copied = tmp_path / "copied"
    with closing(sqlite3.connect(path)) as holds:
        holds.execute("SELECT count(*) FROM notes").fetchone()
        add_note(path, NINE, "beside the file")
        shutil.copytree(path.parent, copied)
    target = tmp_path / "new" / "tilt.sqlite"
    restore(copied / "tilt.sqlite", target)
    assert [note.text for note in whole_day(target).notes] == ["beside the file"]
