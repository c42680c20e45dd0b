"""A log that cannot be written for a while. SQLite is told that the file may not grow, and later that it may."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tiltlog_days import NINE_S, frame, spans, start, whole_day

from monitor.errors import LogError
from monitor.judgement.assessment import State
from monitor.tiltlog import session as session_module
from monitor.tiltlog.store import TiltLog

KEPT_ROWS = 3600
UPRIGHT, TIPPED = State.UPRIGHT, State.TIPPED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tilt.db"


def fill_the_disk(log: TiltLog) -> None:
    (pages,) = log._file.connection.execute("PRAGMA page_count").fetchone()
    log._file.connection.execute(f"PRAGMA max_page_count = {pages}")


def make_room(log: TiltLog) -> None:
    log._file.connection.execute("PRAGMA max_page_count = 1000000")


def test_a_full_disk_is_said_and_loses_nothing_once_there_is_room(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        fill_the_disk(log)
        warnings = [session.warn(0.0, "tipped", "long " * 1000)]
        for second in range(1200):
            session.record(frame(float(second), TIPPED if second % 100 < 50 else UPRIGHT, reason="a few words " * 5))
        warnings.append(session.warn(1200.0, "tipped", "text"))
        session.answered(warnings[0], 12.0)
        assert session.problem is not None
        assert "full" in session.problem
        assert len(whole_day(path).warnings) == 0
        make_room(log)
        session.record(frame(1202.0, UPRIGHT))
        assert session.problem is None
        assert not session._samples
        session.end(1203.0)
    day = whole_day(path)
    assert len(day.samples) == 1201
    assert [(row.id, row.answered_s) for row in day.warnings] == [(warnings[0], 12.0), (warnings[1], None)]
    assert [end - begin for _, begin, end in spans(day)] == [50.0] * 23 + [53.0]


def test_the_end_on_a_full_disk_raises_and_can_be_tried_again(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        fill_the_disk(log)
        session.warn(1.0, "tipped", "long " * 1000)
        with pytest.raises(LogError, match="full"):
            session.end(2.0)
        make_room(log)
        session.end(2.0)
        session.end(99.0)
    day = whole_day(path)
    assert len(day.warnings) == 1
    assert day.sessions[0].ended_utc_s == NINE_S + 2


def test_what_waits_in_memory_is_bounded(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "FLUSH_S", 600.0)
    monkeypatch.setattr(session_module, "KEPT_ROWS", KEPT_ROWS)
    with TiltLog.open(path) as log:
        session = start(log)
        fill_the_disk(log)
        session.warn(0.0, "tipped", "long " * 1000)
        for second in range(2 * KEPT_ROWS):
            session.record(frame(float(second)))
        assert len(session._samples) == KEPT_ROWS
        make_room(log)
    assert len(whole_day(path).samples) == KEPT_ROWS


def test_a_held_file_is_said_and_written_later(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        session.warn(0.0, "tipped", "text")
        assert session.problem is not None
        assert "held by another program" in session.problem
        other.execute("ROLLBACK")
        other.close()
        session.flush()
        assert session.problem is None
    assert len(whole_day(path).warnings) == 1
