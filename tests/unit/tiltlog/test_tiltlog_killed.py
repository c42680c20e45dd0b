"""A writer that is killed at a random moment, hundreds of times."""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
import struct
from datetime import timedelta
from pathlib import Path

import pytest
from tiltlog_days import NINE, frame, start

from monitor.judgement.assessment import State
from monitor.tiltlog import session as session_module
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog

KILLS = 300
LOST_S = 5.0
DAY = timedelta(days=1)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


def write_until_killed(path: Path, number: int, pipe: int) -> None:
    """Write as a watch does, but summing up and packing every few seconds, and tell how far it has come."""
    session_module.SUM_UP_S, session_module.CHUNK_S = 7.0, 20.0
    log = TiltLog.open_to_watch(path, lambda t: 3600)
    session = start(log, started=NINE + number * DAY)
    chance = random.Random(number)  # noqa: S311 - not for secrets
    for n in range(10**9):
        t_s = n / 5
        state = State.TIPPED if t_s % 60 < 30 else State.UPRIGHT
        session.record(frame(t_s, state, tilt_pct=chance.uniform(0, 100), tilt_deg=chance.uniform(0, 12)))
        if n % 97 == 50:
            session.answered(session.warn(t_s, "dwell", "text"), 20.0)
        if n % 211 == 200:
            session.not_observed(t_s + 0.1, "paused")
        os.write(pipe, struct.pack("<d", t_s))


def test_each_log_opens_is_whole_and_has_lost_at_most_five_seconds(tmp_path: Path) -> None:
    chance = random.Random(4)  # noqa: S311 - not for secrets
    path, lost_s = tmp_path / "tilt.sqlite", []
    for number in range(KILLS):
        if number % 20 == 0:  # mostly the log that was left by the kill before
            path = tmp_path / f"{number}.sqlite"
        reads, writes = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                os.close(reads)
                write_until_killed(path, number, writes)
            finally:
                os._exit(1)
        os.close(writes)
        for _ in range(chance.randrange(1, 400)):  # so far it comes before it is killed, and a little further
            os.read(reads, 8)
        select.select([], [], [], chance.random() * 0.003)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        said_s = 0.0
        while told := os.read(reads, 8 * 4096):
            said_s = struct.unpack_from("<d", told, len(told) - 8)[0]
        os.close(reads)
        lost_s.append(check(path, number, said_s))
    assert len(lost_s) == KILLS
    assert max(lost_s) <= LOST_S


def check(path: Path, number: int, said_s: float) -> float:
    """Open the log as the next watch does; returns the seconds that were lost."""
    with TiltLog.open(path):
        pass
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    begin = NINE + number * DAY
    with LogReader.open(path) as reader:
        day = reader.between(begin, begin + DAY)
        parts = reader.totals(begin.date(), begin.date())
    if not day.bouts:
        return said_s
    assert [bout.start_utc_s for bout in day.bouts[1:]] == [bout.end_utc_s for bout in day.bouts[:-1]]
    assert day.sessions[0].ended_utc_s == day.bouts[-1].end_utc_s
    seated_s = sum(bout.duration_s for bout in day.bouts if bout.state in {State.TIPPED, State.UPRIGHT})
    assert sum(part.totals.seated_s for part in parts) == pytest.approx(seated_s)
    assert len({int(row.t_utc_s) for row in day.samples}) == len(day.samples)
    return said_s - (day.bouts[-1].end_utc_s - begin.timestamp())
