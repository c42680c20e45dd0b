"""Forgetting stretches of the log and tagging seats: what is left is as it was, and is summed up rightly."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_sessions import MIDNIGHT, MIDNIGHT_S, OFFSETS_S, check, runs, write
from tiltlog_days import NINE, NINE_S, frame, spans, start, whole_day

from monitor.errors import LogError
from monitor.judgement.assessment import State
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.notes import add_note, change_note, delete_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import LogSlice
from monitor.tiltlog.store import TiltLog

FIRST, LAST = date(2026, 3, 27), date(2026, 3, 31)
WIDE = MIDNIGHT - timedelta(days=3), MIDNIGHT + timedelta(days=3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two hours from nine on: upright, and tipped from 30 to 50 minutes; a warning at 32 min, a note at 40."""
    path = tmp_path / "tilt.sqlite"
    with TiltLog.open(path, lambda t: 0) as log:
        session = start(log, seat="chair")
        for second in range(7200):
            tipped = 1800 <= second < 3000
            session.record(
                frame(float(second), State.TIPPED if tipped else State.UPRIGHT, tilt_pct=80.0 if tipped else 5)
            )
        session.warn(1920.0, "dwell", "text")
        session.end(7200.0)
    add_note(path, NINE + timedelta(minutes=35), "back pain  4/10")
    return path


def forget(path: Path, start_s: float, end_s: float) -> None:
    with TiltLog.open(path) as log:
        log.forget(NINE_S + start_s, NINE_S + end_s)


def sound(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_stretch_inside_a_bout_is_cut_out(path: Path) -> None:
    forget(path, 2000.0, 2400.0)
    day = whole_day(path)
    assert spans(day) == [("upright", 0, 1800), ("tipped", 1800, 2000), ("tipped", 2400, 3000), ("upright", 3000, 7200)]
    assert len(day.samples) == 7200 - 400
    assert (len(day.warnings), len(day.notes)) == (1, 0)
    with LogReader.open(path) as reader:
        (part,) = reader.totals(NINE.date(), NINE.date())
    assert part.totals.tipped_s == 800
    assert part.totals.longest_ticks == 6000
    sound(path)


def test_a_whole_day_leaves_nothing_and_its_words_are_gone_from_the_file(path: Path) -> None:
    before = path.stat().st_size
    with TiltLog.open(path) as log:
        gone = log.forget(NINE_S - 3600, NINE_S + 86400)
    assert (gone.sessions, gone.bouts, gone.warnings, gone.notes) == (1, 3, 1, 1)
    assert gone.freed_bytes > 0
    day = whole_day(path)
    assert day.sessions == day.bouts == day.warnings == day.notes == ()
    assert path.stat().st_size < before
    assert b"back pain" not in path.read_bytes()
    with LogReader.open(path) as reader:
        assert reader.days() == ()
        assert reader.last_day() is None
        assert reader.hours(FIRST - timedelta(days=90), LAST) == ()


def test_everything(path: Path) -> None:
    with TiltLog.open(path) as log:
        log.forget()
    assert whole_day(path).sessions == ()


def test_of_an_empty_log_not_even_the_local_time_is_left(path: Path) -> None:
    with TiltLog.open(path, lambda t: 7200) as log:
        start(log, NINE + timedelta(days=1)).record(frame(0.0))
    told = ((NINE_S, 0), (NINE_S + 86400, 7200))
    forget(path, 0.0, 9000.0)
    assert clock(path).changes == told  # a session is left
    add_note(path, NINE, "and this note")
    forget(path, 1.0, 1e6)
    assert (clock(path).changes, whole_day(path).sessions) == (told, ())
    with TiltLog.open(path) as log:
        log.forget()
    assert clock(path).changes == ()
    assert whole_day(path).notes == ()
    with TiltLog.open(path, lambda t: -3600) as log:
        start(log).record(frame(0.0))
    assert clock(path).changes == ((NINE_S, -3600),)


def test_a_session_that_begins_when_all_is_forgotten_tells_the_local_time(path: Path) -> None:
    with TiltLog.open(path, lambda t: 7200) as log:
        session = start(log, NINE + timedelta(days=1))
        log.forget_before(NINE + timedelta(days=1))
        session.record(frame(0.0))
    assert clock(path).changes == ((NINE_S + 86400, 7200),)


def clock(path: Path) -> LocalClock:
    with LogReader.open(path) as reader:
        return reader.clock


def test_what_is_not_in_the_range_stays_as_it_was(path: Path) -> None:
    before = whole_day(path)
    forget(path, 7200.0, 9000.0)
    assert whole_day(path) == before


def test_old_days_go_by_themselves_and_the_rest_is_kept(path: Path) -> None:
    with TiltLog.open(path) as log:
        log.forget_before(NINE + timedelta(minutes=30))
    day = whole_day(path)
    assert spans(day) == [("tipped", 1800, 3000), ("upright", 3000, 7200)]
    assert day.sessions[0].started_utc_s == NINE_S + 1800


def test_a_tag_on_part_of_a_session_cuts_it_in_two_or_three(path: Path) -> None:
    with TiltLog.open(path) as log:
        assert log.tag(NINE_S + 2400, NINE_S + 3600, "cushion") == 1
    day = whole_day(path)
    assert [(s.seat, s.started_utc_s - NINE_S, s.ended_utc_s - NINE_S) for s in day.sessions] == [
        ("chair", 0, 2400),
        ("cushion", 2400, 3600),
        ("chair", 3600, 7200),
    ]
    assert len({session.uid for session in day.sessions}) == 3
    assert spans(day) == [
        *(("upright", 0, 1800), ("tipped", 1800, 2400), ("tipped", 2400, 3000)),
        *(("upright", 3000, 3600), ("upright", 3600, 7200)),
    ]
    assert len(day.samples) == 7200
    with LogReader.open(path) as reader:
        parts = reader.totals(NINE.date(), NINE.date())
        assert [(part.session.seat, part.totals.tipped_s) for part in parts] == [
            ("chair", 600),
            ("cushion", 600),
            ("chair", 0),
        ]
        assert reader.seats() == ("chair", "cushion")
        check(reader, parts)
    sound(path)


def test_a_tag_taken_away(path: Path) -> None:
    with TiltLog.open(path) as log:
        log.tag(NINE_S - 5, NINE_S + 9000, "")
    assert [session.seat for session in whole_day(path).sessions] == [""]


def test_rows_under_a_running_watch_are_left_alone(path: Path) -> None:
    with TiltLog.open(path) as log:
        start(log, started=NINE + timedelta(hours=4)).record(frame(0.0))
        for change in (log.forget, lambda: log.tag(0.0, 1e12, "x")):
            with pytest.raises(LogError, match="stop it first"):
                change()


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(sorted(OFFSETS_S)),
    st.lists(runs, min_size=1, max_size=3),
    st.integers(-8000, 12000),
    st.integers(1, 5000),
    st.booleans(),
)
def test_whatever_is_forgotten_or_tagged_the_rest_is_as_it_was(
    zone: str, sessions: list[tuple[int, list[tuple], bool]], begin_s: int, length_s: int, forgets: bool
) -> None:
    begin, end = MIDNIGHT_S + begin_s, MIDNIGHT_S + begin_s + length_s
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tilt.sqlite"
        write(path, OFFSETS_S[zone], sessions).close()
        with LogReader.open(path) as reader:
            before = reader.between(*WIDE)
        with TiltLog.open(path, OFFSETS_S[zone]) as log:
            if forgets:
                log.forget(begin, end)
            else:
                log.tag(begin, end, "cushion")
        with LogReader.open(path) as reader:
            after = reader.between(*WIDE)
            check(reader, reader.totals(FIRST, LAST))
        sound(path)
    kept = [t for t in seconds(before) if not (forgets and begin <= t[0] < end)]
    assert seconds(after) == kept
    samples = [row for row in before.samples if not (forgets and begin <= row.t_utc_s < end)]
    assert [(r.t_utc_s, repr(r.tilt_pct), r.state) for r in after.samples] == [
        (r.t_utc_s, repr(r.tilt_pct), r.state) for r in samples
    ]
    if not forgets:
        seat_of = {session.id: session.seat for session in after.sessions}
        assert all((seat_of[b.session_id] == "cushion") == (begin <= b.start_utc_s < end) for b in after.bouts)


def seconds(log: LogSlice) -> list[tuple[int, str]]:
    return sorted((t, str(b.state)) for b in log.bouts for t in range(round(b.start_utc_s), round(b.end_utc_s)))


def test_a_note_is_kept_changed_and_deleted_beside_a_running_watch(path: Path) -> None:
    with TiltLog.open(path) as log:
        start(log, started=NINE + timedelta(hours=4)).record(frame(0.0))
        note = add_note(path, NINE, "new chair")
        change_note(path, note.id, "another chair")
        assert [n.text for n in notes(path)] == ["another chair", "back pain 4/10"]
        delete_note(path, note.id)
    assert [n.text for n in notes(path)] == ["back pain 4/10"]


def notes(path: Path) -> Iterator[object]:
    with LogReader.open(path) as reader:
        return reader.notes(NINE.date(), NINE.date())


@pytest.mark.parametrize(("text", "words"), [("  \n", "empty"), ("x" * 501, "too long")])
def test_a_note_that_is_none(path: Path, text: str, words: str) -> None:
    with pytest.raises(LogError, match=words):
        add_note(path, NINE, text)


def test_a_note_that_is_not_there_and_a_log_that_is_not_there(path: Path) -> None:
    for change in (lambda: change_note(path, 99, "x"), lambda: delete_note(path, 99)):
        with pytest.raises(LogError, match="no note 99"):
            change()
    with pytest.raises(LogError, match="No log yet"):
        add_note(path.with_name("none"), datetime(2026, 3, 2, tzinfo=UTC), "x")
