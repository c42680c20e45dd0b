"""Files that cannot be used, two writers, and a writer that is killed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from tiltlog_days import NINE, NINE_S, frame, start, whole_day

from monitor.errors import LogError
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.schema import MIGRATIONS, Migration, migrate, transaction
from monitor.tiltlog.store import TiltLog


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tilt.db"


def make(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        session.record(frame(0.0))
        session.record(frame(5.0))


def refused(path: Path, match: str) -> None:
    """Neither the writer nor the reader opens it, and its bytes stay as they are."""
    before = path.read_bytes()
    for opens in (TiltLog.open, LogReader.open):
        with pytest.raises(LogError, match=match):
            opens(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    path.write_bytes(b"Dear diary, today I sat.\n" * 100)
    refused(path, "move it away")


def test_a_damaged_log_is_left_alone(path: Path) -> None:
    make(path)
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * (path.stat().st_size - 16))
    refused(path, "move it away")


def test_a_cut_off_log_is_said_when_it_is_read(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        for second in range(2000):
            session.record(frame(float(second), reason="a few words " * 9))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(LogError, match="move it away"):
        whole_day(path)


def no_sqlite(path: Path) -> None:
    path.write_bytes(b"Dear diary, today I sat.\n" * 100)


def damaged(path: Path) -> None:
    make(path)
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * (path.stat().st_size - 16))


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name)")


def newer(path: Path) -> None:
    make(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")


@pytest.mark.parametrize("spoil", [no_sqlite, damaged, foreign, newer])
def test_to_watch_it_is_set_aside_and_a_new_log_begun(path: Path, spoil: Callable[[Path], None]) -> None:
    for number in (1, 2):  # a second one within the same second does not take the name of the first
        spoil(path)
        held = path.read_bytes()
        with TiltLog.open_to_watch(path) as log:
            assert "it was set aside as tilt.db.set-aside-" in log.notice
            start(log).record(frame(0.0))
        aside = sorted(path.parent.glob("tilt.db.set-aside-*"), key=lambda each: (len(each.name), each.name))
        assert len(aside) == number
        assert held in {each.read_bytes() for each in aside}
        path.unlink()


def test_a_page_that_is_damaged_while_it_is_written_sets_the_log_aside_and_loses_nothing_of_the_session(
    path: Path,
) -> None:
    with TiltLog.open_to_watch(path) as log:
        first = start(log)
        for second in range(4000):
            first.record(frame(float(second), tilt_deg=second % 7))
        first.end()
        log._file.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = path.stat().st_size
        with path.open("r+b") as file:
            for page in range(1, size // 4096):
                file.seek(4096 * page)
                file.write(b"\xa5" * 4096)
        log._file.connection.execute("PRAGMA shrink_memory")
        session = start(log, started=NINE + timedelta(hours=3))
        for second in range(30):
            session.record(frame(float(second)))
        assert session.problem is None
        assert "set aside as tilt.db.set-aside-" in log.notice
    (aside,) = path.parent.glob("tilt.db.set-aside-*[0-9]")
    assert aside.stat().st_size == size
    day = whole_day(path)
    assert len(day.sessions) == 1
    assert len(day.samples) == 30
    assert day.bouts[-1].end_utc_s == NINE_S + 3 * 3600 + 29


def test_a_log_that_cannot_be_opened_yet_is_written_once_it_can(path: Path) -> None:
    path.mkdir()
    with TiltLog.open_to_watch(path) as log:
        session = start(log)
        for second in range(100):
            session.record(frame(float(second)))
        assert session.problem is not None
        path.rmdir()
        session.record(frame(102.0))
        assert session.problem is None
    assert len(whole_day(path).samples) == 101


def test_the_log_is_for_its_user_alone(path: Path) -> None:
    if os.name != "posix":
        pytest.skip("rights are kept in another way on this system")
    path.touch(mode=0o644)
    with TiltLog.open(path) as log:
        start(log).record(frame(0.0))
        rights = {each.name: each.stat().st_mode & 0o777 for each in path.parent.glob("tilt.db*")}
    assert {name: mode for name, mode in rights.items() if not name.endswith(".lock")} == {
        name: 0o600 for name in rights if not name.endswith(".lock")
    }
    assert "tilt.db-wal" in rights


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE recipes (name)")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    refused(path, "another program")


def test_a_log_of_a_newer_version_is_left_alone(path: Path) -> None:
    make(path)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    refused(path, "newer")


def test_an_entry_of_an_unknown_kind_is_said(path: Path) -> None:
    make(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("UPDATE bouts SET state = 'floating'")
    connection.close()
    with pytest.raises(LogError, match="floating"):
        whole_day(path)


def test_an_empty_file_is_no_log_to_read_and_a_new_one_to_write(path: Path) -> None:
    path.touch()
    with pytest.raises(LogError, match="No log yet"):
        LogReader.open(path)
    make(path)
    assert len(whole_day(path).bouts) == 1


def test_a_folder_in_the_place_of_the_log(path: Path) -> None:
    path.mkdir()
    with pytest.raises(LogError, match="cannot be opened"):
        TiltLog.open(path)
    with pytest.raises(LogError, match="cannot be used"):
        LogReader.open(path)


def test_a_file_in_the_place_of_the_folder(path: Path) -> None:
    path.touch()
    with pytest.raises(LogError, match="choose another folder"):
        TiltLog.open(path / "tilt.db")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a log, which any user may reach."""
    folder = Path(tempfile.mkdtemp())
    make(folder / "tilt.db")
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def plain_user() -> Iterator[None]:
    """No rights beyond those of the files, also when the tests run as root."""
    if not hasattr(os, "geteuid"):
        pytest.skip("rights are kept in another way on this system")
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if was_root:
            os.seteuid(0)


@pytest.mark.parametrize("name", ["new.db", "tilt.db", "below/new.db"])
def test_a_folder_that_may_not_be_written(folder: Path, name: str) -> None:
    folder.chmod(0o555)
    with plain_user(), pytest.raises(LogError, match=r"cannot be written"):
        TiltLog.open(folder / name)


def test_a_file_that_may_not_be_written(folder: Path) -> None:
    (folder / "tilt.db").chmod(0o444)
    (folder / "tilt.db.lock").unlink(missing_ok=True)
    folder.chmod(0o777)
    with plain_user(), pytest.raises(LogError, match=r"cannot be opened or written"):
        TiltLog.open(folder / "tilt.db")


def test_a_log_in_a_folder_that_may_not_be_written_can_be_read(folder: Path) -> None:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.chown(folder / "tilt.db", 65534, -1)  # a log may be read by its user alone
    folder.chmod(0o555)
    with plain_user():
        assert len(whole_day(folder / "tilt.db").bouts) == 1


def test_a_second_writer_is_refused_and_the_first_goes_on(path: Path) -> None:
    with TiltLog.open(path) as log:
        with pytest.raises(LogError, match="Another Saddle is already writing"):
            TiltLog.open(path)
        start(log).record(frame(0.0))
    TiltLog.open(path).close()


def test_a_writer_that_could_not_open_leaves_no_lock(path: Path) -> None:
    path.write_text("not a log")
    with pytest.raises(LogError) as kept:  # with the frames of `open`, so that nothing is let go of by chance
        TiltLog.open(path)
    path.unlink()
    TiltLog.open(path).close()
    assert "move it away" in str(kept.value)


def test_closing_twice_is_closing_once(path: Path) -> None:
    log = TiltLog.open(path)
    log.close()
    log.close()


def test_a_migration_that_fails_leaves_the_log_as_it_was(path: Path) -> None:
    make(path)
    adds_then_fails = Migration("moods", ("CREATE TABLE moods (name TEXT)", "INSERT INTO nowhere VALUES (1)"))
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.Error):
        migrate(connection, len(MIGRATIONS), (*MIGRATIONS, adds_then_fails))
    assert connection.execute("SELECT version, name FROM migrations").fetchall() == [
        (number, migration.name) for number, migration in enumerate(MIGRATIONS, start=1)
    ]
    assert connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'moods'").fetchone() == (0,)
    migrate(connection, len(MIGRATIONS), (*MIGRATIONS, Migration("moods", adds_then_fails.statements[:1])))
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS) + 1,)
    last = connection.execute("SELECT name FROM migrations WHERE version > ?", (len(MIGRATIONS),))
    assert last.fetchall() == [("moods",)]
    connection.close()


def test_an_error_that_already_undid_the_transaction_is_the_one_that_is_said(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)

    def fails() -> None:
        with transaction(connection):
            connection.execute("ROLLBACK")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fails()
    connection.close()


WRITES_UNTIL_KILLED = """
import sys
from pathlib import Path
from tiltlog_days import frame, start
from monitor.judgement.assessment import State
from monitor.tiltlog.store import TiltLog

session = start(TiltLog.open(Path(sys.argv[1])))  # whoever holds a session holds the lock
for n in range(10**9):
    t_s = n / 10
    session.record(frame(t_s, State.TIPPED if t_s % 600 < 300 else State.UPRIGHT, tilt_pct=t_s % 100))
    if n % 500 == 499:
        print(t_s, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 5, 20])
def test_a_writer_that_is_killed_loses_at_most_the_last_seconds(path: Path, lines: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_UNTIL_KILLED, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parent)])},
    ) as child:
        assert child.stdout is not None
        said = [float(child.stdout.readline()) for _ in range(lines)]
        with pytest.raises(LogError, match="already writing"):
            TiltLog.open(path)
        child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))

    TiltLog.open(path).close()
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    with LogReader.open(path) as reader:
        day = reader.between(NINE, NINE + timedelta(days=365))
    last_utc_s = day.bouts[-1].end_utc_s
    assert last_utc_s >= NINE_S + said[-1] - 2.0
    assert day.sessions[0].ended_utc_s == last_utc_s
    assert [bout.start_utc_s for bout in day.bouts[1:]] == [bout.end_utc_s for bout in day.bouts[:-1]]
    assert last_utc_s - 1.0 <= day.samples[-1].t_utc_s <= last_utc_s
    assert len(day.samples) == int(last_utc_s - NINE_S) + 1
