"""One log brought into another, as a backup or by way of tables: nothing is lost, and nothing is there twice."""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_sessions import MIDNIGHT, MIDNIGHT_S, OFFSETS_S, runs, write
from tiltlog_days import NINE, NINE_S, frame, spans, start, whole_day

from monitor.errors import LogError
from monitor.judgement.assessment import State
from monitor.tiltlog.backup import backup
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.logfile import LogFile
from monitor.tiltlog.merging import Merged, merge_into, merged_clock, whole_log
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.schema import MIGRATIONS, migrate
from monitor.tiltlog.store import TiltLog
from monitor.transfer.csv_set import export_set, log_of

FIRST, LAST = date(2026, 3, 26), date(2026, 4, 1)
WIDE = MIDNIGHT - timedelta(days=3), MIDNIGHT + timedelta(days=3)

words = st.sampled_from(["back pain 4/10", "=1+1", "'quoted'", '"new" chair, 45 cm', "Stuhl höher ☂", "-", "''"])
logs = st.tuples(
    st.sampled_from(sorted(OFFSETS_S)),
    st.lists(runs, min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(-9000, 12000), words), max_size=4),
    st.lists(
        st.tuples(st.integers(-8000, 9000), st.integers(1, 3000), st.sampled_from(["chair", "=seat", ""])), max_size=2
    ),
)


def make(path: Path, log: tuple) -> None:
    """A log of random live sessions with tags and notes, and a recording with odd words."""
    zone, sessions, notes, tags = log
    writer = write(path, OFFSETS_S[zone], sessions)
    recorded = start(
        writer,
        MIDNIGHT + timedelta(seconds=600),
        source_kind="recording",
        source='+clip\r\n,"1".mp4',
        profile="'desk",
        seat="\tmat",
        enter_deg=6.123456789,
        slump_deg=12.0,
    )
    recorded.record(frame(0.0, State.UNKNOWN, reason="hips, hidden"))
    recorded.record(frame(4.25, State.TIPPED, confidence=math.nan, tilt_deg=-3.14159, tilt_pct=-20.0), "=cause")
    recorded.answered(recorded.warn(4.5, "dwell", "Your hips\nhave been tipped.", "=cause"), 1 / 3)
    recorded.record(frame(8.0, State.TIPPED))
    writer.close()
    with TiltLog.open(path, OFFSETS_S[zone]) as writer:
        for after_s, length_s, seat in tags:
            writer.tag(MIDNIGHT_S + after_s, MIDNIGHT_S + after_s + length_s, seat)
    for after_s, text in notes:
        add_note(path, MIDNIGHT + timedelta(seconds=after_s), text)


def merge(target: Path, source: Path) -> Merged:
    file = LogFile(target, lambda t: 0)
    try:
        return merge_into(file, source)
    finally:
        file.close()


def views(path: Path) -> list[object]:
    """All that a reader tells of a log."""
    with LogReader.open(path) as log:
        slices = [log.between(*WIDE, kind) for kind in ("live", "recording", None)]
        days = [log.day(day, "live") for day in log.days()]
        hours = [
            (h.day, h.hour, h.session_id, h.state_ticks, h.changes, h.minutes.packed())
            for h in log.hours(FIRST, LAST, None)
        ]
        return [log.clock, log.sessions(None), slices, days, log.totals(FIRST, LAST, None), hours, log.all_notes()]


def sessions_of(path: Path) -> dict[str, object]:
    """Everything that is kept of each session, by its uid; numbers are left out."""
    with whole_log(path) as whole:
        sessions = {each.id: each for each in whole.sessions}
        lines, rest = defaultdict(list), defaultdict(list)
        for line in whole.lines:
            lines[int(line.session_id[0])].append(replace(line, session_id=0 * line.session_id))
        for row in (*whole.bouts, *whole.changes, *(replace(row, id=0) for row in whole.warnings)):
            rest[row.session_id].append(replace(row, session_id=0))
    return {
        each.uid: (repr(replace(each, id=0)), TimeLine.joined(lines[number]), rest[number])
        for number, each in sessions.items()
    }


def sound(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM samples").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM sessions WHERE summed_utc IS NOT ended_utc").fetchone() == (0,)


@settings(max_examples=10, deadline=None)
@given(logs)
def test_all_tables_and_back_are_the_same_log(log: tuple) -> None:
    with TemporaryDirectory() as folder:
        first, out, second = (Path(folder) / name for name in ("a.sqlite", "a.zip", "b.sqlite"))
        make(first, log)
        export_set(first, out)
        with log_of(out) as made:
            merged = merge(second, made)
            assert merged.already_there == 0
            assert views(second) == views(first)
            assert sessions_of(second) == sessions_of(first)
            assert merge(second, made) == Merged(0, 0, merged.sessions)
            assert merge(first, made) == Merged(0, 0, merged.sessions)
        assert views(second) == views(first)
        sound(second)


@settings(max_examples=10, deadline=None)
@given(logs)
def test_a_backup_brought_into_an_empty_log_is_the_same_log(log: tuple) -> None:
    with TemporaryDirectory() as folder:
        first, out, second = (Path(folder) / name for name in ("a.sqlite", "a.backup", "b.sqlite"))
        make(first, log)
        backup(first, out)
        merged = merge(second, out)
        assert views(second) == views(first) == views(out)
        assert merge(second, out) == Merged(0, 0, merged.sessions)
        assert views(second) == views(first)
        sound(second)


@settings(max_examples=10, deadline=None)
@given(logs, logs)
def test_either_way_round_all_is_there_once_and_summed_up_rightly(one: tuple, other: tuple) -> None:
    with TemporaryDirectory() as folder:
        a, b, kept = (Path(folder) / name for name in ("a.sqlite", "b.sqlite", "a.backup"))
        make(a, one)
        make(b, other)
        backup(a, kept)
        together = {**sessions_of(a), **sessions_of(b)}
        own = [(path, _local_times(path)) for path in (a, b)]
        new = merge(a, b)
        assert (new.sessions, new.already_there) == (len(sessions_of(b)), 0)
        assert merge(b, kept).sessions == len(sessions_of(kept))
        assert sessions_of(a) == sessions_of(b) == together
        for path, times in own:
            sound(path)
            assert times.items() <= _local_times(path).items()
        before = views(a), views(b)
        assert (_counted_anew(a), _counted_anew(b)) == before
        assert merge(a, b) == merge(b, a) == Merged(0, 0, len(together))
        assert (views(a), views(b)) == before
        assert {(n.t_utc_s, n.text) for n in before[0][-1]} == {(n.t_utc_s, n.text) for n in before[1][-1]}


def _counted_anew(path: Path) -> list[object]:
    """What a reader tells once all days and hours are summed up again."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM session_days")
        connection.execute("DELETE FROM session_hours")
        connection.execute("UPDATE sessions SET summed_utc = NULL")
        connection.commit()
    TiltLog.open(path).close()
    return views(path)


def _local_times(path: Path) -> dict[str, object]:
    """The local time at which each session began and ended."""
    with LogReader.open(path) as log:
        clock = log.clock
        return {
            each.uid: (clock.local(each.started_utc_s), clock.local(each.ended_utc_s)) for each in log.sessions(None)
        }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An hour from nine on, upright; local time is UTC."""
    return hour(tmp_path / "tilt.sqlite", State.UPRIGHT)


def hour(path: Path, state: State, after_s: float = 0.0, ahead_s: int = 0) -> Path:
    with TiltLog.open(path, lambda t: ahead_s) as log:
        session = start(log, NINE + timedelta(seconds=after_s))
        for second in range(0, 3601, 9):
            session.record(frame(float(second), state, tilt_pct=5.0))
    return path


def tipped_s(path: Path) -> float:
    with LogReader.open(path) as log:
        return sum(part.totals.tipped_s for part in log.totals(date(2026, 3, 1), date(2026, 3, 4)))


def test_a_session_that_overlaps_counts_its_time_once(path: Path, tmp_path: Path) -> None:
    other = hour(tmp_path / "other.sqlite", State.TIPPED, after_s=1800)
    assert merge(path, other) == Merged(1, 0, 0)
    assert spans(whole_day(path)) == [("upright", 0, 1800), ("tipped", 1800, 5400)]
    assert tipped_s(path) == 3600
    merge(other, path)
    assert spans(whole_day(other)) == spans(whole_day(path))


def test_a_session_that_still_runs_ends_where_it_was_last_seen(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "backup.sqlite"
    with TiltLog.open(path) as log:
        session = start(log, NINE + timedelta(hours=2))
        for second in range(101):
            session.record(frame(float(second), State.TIPPED))
        backup(path, out)
    new = tmp_path / "new.sqlite"
    assert merge(new, out) == Merged(2, 0, 0)
    assert [(name, begin) for name, begin, _ in spans(whole_day(new))] == [("upright", 0), ("tipped", 7200)]
    ended_s = whole_day(new).sessions[1].ended_utc_s - NINE_S
    assert 7298 <= ended_s <= 7300
    assert tipped_s(new) == ended_s - 7200
    sound(new)
    assert merge(path, out) == Merged(0, 0, 2)


def test_warnings_given_later_have_numbers_of_their_own(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with TiltLog.open(other) as log:
        session = start(log)
        session.warn(1.0, "dwell", "first")
        session.answered(session.warn(2.0, "dwell", "second"), 5.0)
    file = LogFile(path)
    merge_into(file, other)
    log = TiltLog(file)
    session = start(log, NINE + timedelta(hours=3))
    session.warn(0.0, "dwell", "third")
    log.close()
    day = whole_day(path)
    assert [(w.text, w.answered_s) for w in day.warnings] == [("first", None), ("second", 5.0), ("third", None)]
    assert len({w.id for w in day.warnings}) == 3


def test_a_note_that_is_there_comes_no_second_time(path: Path, tmp_path: Path) -> None:
    other = hour(tmp_path / "other.sqlite", State.TIPPED, after_s=7200)
    add_note(path, NINE, "new chair")
    for moment, text in ((NINE, "new chair"), (NINE, "New chair"), (NINE + timedelta(seconds=1), "new chair")):
        add_note(other, moment, text)
    assert merge(path, other) == Merged(1, 2, 0)
    assert [note.text for note in whole_day(path).notes] == ["new chair", "New chair", "new chair"]


def test_the_log_itself_adds_nothing(path: Path) -> None:
    add_note(path, NINE, "new chair")
    assert merge(path, path) == Merged(0, 0, 1)


def test_a_log_of_version_1_is_brought_in_once_and_stays_as_it_is(path: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        migrate(connection, 0, MIGRATIONS[:1])
        row = (NINE_S + 7200.04, NINE_S + 7260.04, "desk", "camera 0", "live", "network", "0.1")
        connection.execute("INSERT INTO sessions VALUES (1, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO bouts VALUES (1, 'tipped', '', ?, ?)", (NINE_S + 7200.04, NINE_S + 7260.04))
    before = old.read_bytes()
    assert merge(path, old) == Merged(1, 0, 0)
    assert spans(whole_day(path))[1:] == [("tipped", 7200, 7260)]
    assert tipped_s(path) == 60
    assert merge(path, old) == Merged(0, 0, 1)
    assert old.read_bytes() == before


def test_nothing_is_left_beside_a_backup(path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    backup(hour(tmp_path / "other.sqlite", State.TIPPED), folder / "backup.sqlite")
    before = (folder / "backup.sqlite").read_bytes()
    merge(path, folder / "backup.sqlite")
    assert [entry.name for entry in folder.iterdir()] == ["backup.sqlite"]
    assert (folder / "backup.sqlite").read_bytes() == before


BROKEN = [
    ("PRAGMA application_id = 7", "is no tilt log"),
    (f"PRAGMA user_version = {len(MIGRATIONS) + 1}", "by a newer Saddle"),
    ("DROP TABLE chunks", "is damaged"),
    ("UPDATE chunks SET data = x'00'", "is damaged"),
    ("UPDATE bouts SET state = 'floating'", "is damaged"),
    ("UPDATE sessions SET started_utc = 'soon'", "is damaged"),
    ("UPDATE sessions SET ended_utc = 1e300", "is damaged"),
    ("UPDATE sessions SET uid = ''", "is damaged"),
    ("UPDATE local_offsets SET offset_s = 'far'", "is damaged"),
]


@pytest.mark.parametrize(("how", "said"), BROKEN)
def test_what_cannot_be_used_changes_nothing(path: Path, tmp_path: Path, how: str, said: str) -> None:
    other = hour(tmp_path / "other.sqlite", State.TIPPED, after_s=7200)
    add_note(other, NINE, "new chair")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute(how)
        connection.commit()
    before = views(path)
    with pytest.raises(LogError, match=said) as told:
        merge(path, other)
    assert "\n" not in str(told.value)
    assert views(path) == before
    sound(path)


def test_what_is_no_log_at_all_changes_nothing(path: Path, tmp_path: Path) -> None:
    before = views(path)
    (tmp_path / "diary.txt").write_text("Today I sat.\n" * 100)
    for source, said in (
        (tmp_path / "missing", "no file"),
        (tmp_path / "diary.txt", "no tilt log"),
        (tmp_path, "read"),
    ):
        with pytest.raises(LogError, match=said):
            merge(path, source)
    assert views(path) == before


def test_a_full_disk_says_so_and_changes_nothing(path: Path, tmp_path: Path) -> None:
    other = hour(tmp_path / "other.sqlite", State.TIPPED, after_s=7200)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("INSERT INTO notes (t_utc, text) VALUES (0, hex(randomblob(200000)))")
        connection.commit()
    before = views(path)
    file = LogFile(path)
    (pages,) = file.connection.execute("PRAGMA page_count").fetchone()
    file.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LogError, match="disk is full"):
        merge_into(file, other)
    file.close()
    assert views(path) == before


@pytest.mark.parametrize(
    ("own", "own_spans", "other", "other_spans", "expected"),
    [
        ([], [], [(0, 3600)], [(0, 10)], [(0, 3600)]),
        ([(0, 3600)], [(0, 10)], [], [], [(0, 3600)]),
        ([(0, 3600)], [(0, 10)], [(5, 3600)], [(5, 20)], [(0, 3600)]),  # the same zone is told once
        ([(0, 0)], [(0, 10), (30, 40)], [(20, 60)], [(20, 25)], [(0, 0), (20, 60), (30, 0)]),  # a trip in between
        ([(0, 0)], [(0, 10)], [(5, 60)], [(5, 20)], [(0, 0), (10, 60)]),  # where both were, its own holds
        ([(20, 0)], [(20, 30)], [(0, 60)], [(0, 10)], [(0, 60), (20, 0)]),  # what came before
        ([(0, 0)], [(0, 10), (50, math.inf)], [(20, 60), (70, 90)], [(20, 80)], [(0, 0), (20, 60), (50, 0)]),
        ([(0, 0), (40, 7)], [(0, 10)], [(20, 60)], [(20, 50)], [(0, 0), (20, 60)]),  # nothing of its own was seen at 40
    ],
)
def test_local_time_of_two_logs(own: list, own_spans: list, other: list, other_spans: list, expected: list) -> None:
    clock = merged_clock(LocalClock(tuple(own)), own_spans, LocalClock(tuple(other)), other_spans)
    assert list(clock.changes) == expected
