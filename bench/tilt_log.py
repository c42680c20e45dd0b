"""What a log of years costs: its size, the time to the first painted view, and an hour of writing.

    python -m bench.tilt_log [--rounds 5] [--keep FOLDER]

Ten different made workdays are written second by second, as a watch writes them, and put down again and again to fill
250 days of eight hours for each year. Each view is timed in a process of its own, from asking for the review window
until it is painted with what it loaded; with and without the time that importing the plotting library takes.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import random
import shutil
import sqlite3
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bench.made_log import frames, make_log, workdays
from monitor.judgement.assessment import Assessment
from monitor.tiltlog.local_days import day_number
from monitor.tiltlog.store import TiltLog

FIRST = date(2017, 1, 2)  # a Monday; every year is filled from this day on
DAYS_A_YEAR = 250
TEMPLATE_DAYS = 10
VIEWS = ("day", "year")


def build(template: Path, path: Path, years: int, *, first: date = FIRST, days: int = TEMPLATE_DAYS) -> None:
    """A log of so many years, made of the workdays of a template that begin with ``first``."""
    shutil.copy(template, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN")
        models = list(workdays(first, days))
        filled = [day for n in range(years) for day in workdays(first.replace(year=first.year + n), DAYS_A_YEAR)]
        for number, day in enumerate(filled):
            if number >= days:
                _put_down(connection, models[number % days], day)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _put_down(connection: sqlite3.Connection, template: date, day: date) -> None:
    """Copy the sessions of one day to another."""
    shift = (day - template).days
    shift_s = 86400.0 * shift
    rows = connection.execute("SELECT session_id FROM session_days WHERE day = ?", (day_number(template),)).fetchall()
    for (old,) in rows:
        connection.execute(
            "INSERT INTO sessions (started_utc, ended_utc, profile, source, source_kind, tilt_model, program_version,"
            " seat, uid, enter_deg, leave_deg, slump_deg, summed_utc) SELECT started_utc + :s, ended_utc + :s, profile,"
            " source, source_kind, tilt_model, program_version, seat, lower(hex(randomblob(16))), enter_deg, leave_deg,"
            " slump_deg, summed_utc + :s FROM sessions WHERE id = :old",
            {"s": shift_s, "old": old},
        )
        (new,) = connection.execute("SELECT last_insert_rowid()").fetchone()
        about = {"s": shift_s, "d": shift, "h": 24 * shift, "old": old, "new": new}
        for statement in (
            "INSERT INTO bouts SELECT :new, state, reason, start_utc + :s, end_utc + :s, cause FROM bouts"
            " WHERE session_id = :old",
            "INSERT INTO position_changes SELECT :new, t_utc + :s FROM position_changes WHERE session_id = :old",
            "INSERT INTO warnings (session_id, t_utc, kind, cause, text, answered_s)"
            " SELECT :new, t_utc + :s, kind, cause, text, answered_s FROM warnings WHERE session_id = :old",
            "INSERT INTO session_days SELECT day + :d, :new, source_kind, observed, totals FROM session_days"
            " WHERE session_id = :old",
            "INSERT INTO session_hours SELECT hour + :h, :new, away, standing, unknown, upright, leaning, reclined,"
            " tipped, not_observed, changes, minutes FROM session_hours WHERE session_id = :old",
        ):
            connection.execute(statement, {k: v for k, v in about.items() if f":{k}" in statement})
        for start_utc, data in connection.execute(
            "SELECT start_utc, data FROM chunks WHERE session_id = ?", (old,)
        ).fetchall():
            form, count, first_s = struct.unpack_from("<BHd", data)
            moved = struct.pack("<BHd", form, count, first_s + shift_s) + data[struct.calcsize("<BHd") :]
            connection.execute(
                "INSERT INTO chunks (session_id, start_utc, data) VALUES (?, ?, ?)", (new, start_utc + shift_s, moved)
            )


def time_view(path: Path, view: str) -> dict[str, float]:
    """Open the review in this process and paint a view; the seconds with and without the imports."""
    began = time.perf_counter()
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    app = QApplication([])
    asked = time.perf_counter()
    for name in ("day_view", "period_view"):  # the window begins with the day, whatever it shows then
        importlib.import_module(f"monitor.desktop.review.{name}")
    from monitor.desktop.review.range_bar import YEAR
    from monitor.desktop.review.window import ReviewWindow

    imported = time.perf_counter()

    class Keeper:
        def __init__(self) -> None:
            self.path = path

        def rest(self) -> None:
            """Nobody watches."""

        def go_on(self) -> None:
            """Nobody watches."""

    window = ReviewWindow(Keeper(), lambda: datetime.now(UTC))
    window.resize(1180, 760)
    if view == "year":
        window.range.show_day(window.range.day, YEAR)
        window.tabs.blockSignals(True)  # so that it opens with the year, without a look at the day before
        window.tabs.setCurrentIndex(1)
        window.tabs.blockSignals(False)
    window.show()
    while window.loader.is_busy:
        loop = QEventLoop()
        window.loader.idle.connect(loop.quit)
        QTimer.singleShot(2, loop.quit)
        loop.exec()
    app.processEvents()
    window.repaint()
    done = time.perf_counter()
    window.close()
    return {"cold_s": done - asked, "warm_s": done - imported, "qt_s": asked - began}


def append_cost(path: Path, hours: float = 1.0) -> tuple[float, float]:
    """Write an hour at five frames a second; CPU seconds for an hour, and the longest single call in seconds."""
    chance, longest_s = random.Random(7), 0.0  # noqa: S311 - not for secrets
    seconds = list(frames(chance, round(3600 * hours), "chair"))
    with TiltLog.open(path, lambda t: 3600) as log:
        session = log.start_session(
            profile="desk",
            source="Side camera",
            source_kind="live",
            tilt_model="network",
            started=datetime(2027, 6, 1, 9, tzinfo=UTC),
            t0_s=0.0,
        )
        began_s = time.process_time()
        for second in seconds:
            for part in range(5):
                at = time.perf_counter()
                session.record(_later(second, part / 5))
                longest_s = max(longest_s, time.perf_counter() - at)
        cost_s = (time.process_time() - began_s) / hours
    return cost_s, longest_s


def _later(assessment: Assessment, by_s: float) -> Assessment:
    return replace(assessment, t_s=int(assessment.t_s) + by_s)


def _views(path: Path, rounds: int) -> dict[str, dict[str, list[float]]]:
    found: dict[str, dict[str, list[float]]] = {view: {"cold_s": [], "warm_s": []} for view in VIEWS}
    for _ in range(rounds):
        for view in VIEWS:
            done = subprocess.run(  # noqa: S603 - this very module
                [sys.executable, "-m", "bench.tilt_log", "--view", view, "--log", str(path)],
                check=True,
                capture_output=True,
                text=True,
                env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            )
            for name, value in json.loads(done.stdout.splitlines()[-1]).items():
                if name in found[view]:
                    found[view][name].append(value)
    return found


def main() -> None:
    """Build the logs, measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="folder in which the logs are built and stay")
    parser.add_argument("--view", choices=VIEWS, help=argparse.SUPPRESS)
    parser.add_argument("--log", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.view:
        print(json.dumps(time_view(chosen.log, chosen.view)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        template, logs = folder / "template.sqlite", dict[int, Path]()
        if not template.exists():
            print("Writing ten made workdays …", flush=True)
            make_log(template, list(workdays(FIRST, TEMPLATE_DAYS)), offset_of=lambda t: 3600)
        empty = folder / "empty.sqlite"
        TiltLog.open(empty, lambda t: 3600).close()
        for years in (1, 10):
            path = logs[years] = folder / f"{years}.sqlite"
            if not path.exists():
                build(template, path, years)
            print(f"{years} y: {path.stat().st_size / 1e6 / years:.1f} MB a year (goal 20)", flush=True)
        base = _views(empty, chosen.rounds)
        found = {years: _views(path, chosen.rounds) for years, path in logs.items()}
        for years, views in found.items():
            for view in VIEWS:
                _print_view(f"{years} y, {view}", views[view], base[view])
        for view in VIEWS:
            ten, one = (statistics.median(found[years][view]["warm_s"]) for years in (10, 1))
            print(f"ten years against one, {view}: {ten / one:.2f} (goal 1.3)")
        for name, path in {"empty log": empty, "ten years": logs[10]}.items():
            copy = folder / "grown.sqlite"
            shutil.copy(path, copy)
            cost_s, longest_s = append_cost(copy)
            share = f"{cost_s:.2f} s of CPU, {cost_s / 36:.3f} %"
            print(f"an hour of writing, {name}: {share}; longest call {1000 * longest_s:.0f} ms")
            copy.unlink()


def _print_view(name: str, found: dict[str, list[float]], base: dict[str, list[float]]) -> None:
    parts = []
    for kind in ("cold_s", "warm_s"):
        mine, empty = statistics.median(found[kind]), statistics.median(base[kind])
        spread = f"{1000 * min(found[kind]):.0f}-{1000 * max(found[kind]):.0f}"
        parts.append(f"{kind[:4]} {1000 * mine:.0f} ms ({spread}), {mine / empty:.2f} x empty ({1000 * empty:.0f} ms)")
    print(f"{name}: {'; '.join(parts)} (goal 3)", flush=True)


if __name__ == "__main__":
    main()
