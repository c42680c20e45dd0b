"""A log of version 1, as Saddle wrote it before, is carried over with everything in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from made_sessions import check
from tiltlog_days import NINE, NINE_S

from monitor.errors import LogError
from monitor.judgement.assessment import State
from monitor.tiltlog import schema
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.schema import MIGRATIONS, migrate
from monitor.tiltlog.store import TiltLog


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two hours of version 1: upright, from 30 to 50 min tipped; times and measures are not rounded."""
    path = tmp_path / "tilt.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, 0, MIGRATIONS[:1])
        connection.execute("BEGIN")
        connection.execute(
            "INSERT INTO sessions VALUES (1, ?, ?, 'desk', 'camera 0', 'live', 'network', '0.1')",
            (NINE_S + 0.0371, NINE_S + 7200.0371),
        )
        edges = [(0.0371, 1800.25, "upright"), (1800.25, 3000.0, "tipped"), (3000.0, 3000.04, "leaning")]
        edges += [(3000.04, 7200.0371, "upright")]
        for begin, end, state in edges:
            connection.execute("INSERT INTO bouts VALUES (1, ?, '', ?, ?)", (state, NINE_S + begin, NINE_S + end))
        for second in range(7200):
            t_s = NINE_S + second + 0.0371
            state, pct = ("tipped", 81.234) if 1800.25 <= second + 0.0371 < 3000 else ("upright", 4.567)
            measures = (pct / 8, pct / 8 - 3, pct / 8 + 3, pct, 7.77, 1.23, None)
            row = (1, t_s, state, *measures, "side", "contour", 0.87, "")
            connection.execute("INSERT INTO samples VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute(
            "INSERT INTO warnings VALUES (1, 1, ?, 'dwell', 'head_forward', 'text', 12.5)", (NINE_S + 1920.123,)
        )
        connection.execute("COMMIT")
    return path


def test_everything_is_carried_over_rounded_packed_and_summed_up(path: Path) -> None:
    before = path.stat().st_size
    TiltLog.open(path, lambda t: 0).close()
    with LogReader.open(path) as reader:
        day = reader.between(NINE - timedelta(hours=12), NINE + timedelta(hours=12))
        (first, last) = (reader.days()[0], reader.days()[-1])
        parts = reader.totals(first, last)
        check(reader, parts)
    assert [(str(b.state), b.start_utc_s - NINE_S, b.end_utc_s - NINE_S) for b in day.bouts] == [
        ("upright", 0, pytest.approx(1800.2)),
        ("tipped", pytest.approx(1800.2), 3000),
        ("upright", 3000, 7200),
    ]
    assert len(day.samples) == 7200
    tipped = [row for row in day.samples if row.state is State.TIPPED]
    assert (tipped[0].tilt_pct, tipped[0].tilt_deg, tipped[0].tilt_low_deg, tipped[0].tilt_high_deg) == (
        81,
        10.2,
        7,
        13.5,
    )
    assert [(w.cause, w.answered_s) for w in day.warnings] == [("head_forward", 12.5)]
    assert [round(change.t_utc_s - NINE_S) for change in day.changes] == [1806, 3005]
    assert (day.sessions[0].seat, len(day.sessions[0].uid)) == ("", 32)
    assert sum(part.totals.tipped_s for part in parts) == pytest.approx(1199.8)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM samples").fetchone() == (0,)
        connection.execute("VACUUM")
    assert path.stat().st_size < before / 4


def test_a_reader_of_an_old_log_says_what_to_do_and_so_does_a_note(path: Path) -> None:
    for opens in (lambda: LogReader.open(path), lambda: add_note(path, NINE, "new chair")):
        with pytest.raises(LogError, match="run saddle watch once"):
            opens()


def test_a_log_that_cannot_be_carried_over_stays_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    before = path.read_bytes()
    spoilt = schema.Migration(MIGRATIONS[1].name, MIGRATIONS[1].statements, fails)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection, pytest.raises(sqlite3.Error):
        migrate(connection, 1, (MIGRATIONS[0], spoilt))
    assert path.read_bytes() == before
