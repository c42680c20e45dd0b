from __future__ import annotations

import csv
import io
import math
import os
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tiltlog_days import NINE_S

from monitor.errors import OutputError
from monitor.judgement.assessment import State
from monitor.tiltlog import export
from monitor.tiltlog.export import COLUMNS, block_of, export_csv, kind_of, write_csv
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.records import Bout, GivenWarning, LogSlice, Note, PositionChange, Sample, SessionInfo

EAST = LocalClock(((NINE_S - 1e6, 9 * 3600), (NINE_S + 35, -3600 * 3 - 1800)))
SLICE = LogSlice(
    NINE_S,
    NINE_S + 60,
    (
        SessionInfo(
            *(7, NINE_S, None, "desk", "camera 0", "live", "contour 1", "0.1"),
            *("cushion", "abc", 6.5, 4.0, math.nan),
        ),
    ),
    (
        Sample(7, NINE_S + 0.5, State.TIPPED, tilt_deg=-6.54321, tilt_pct=65.0, confidence=0.5),
        Sample(7, NINE_S + 1.5, State.UNKNOWN, reason="hips hidden"),
    ),
    (Bout(7, State.TIPPED, "", NINE_S, NINE_S + 60, "knees above hips"),),
    (
        GivenWarning(1, 7, NINE_S + 30, "tipped", "=1+1", 'Your "hips", tipped', 12.0),
        GivenWarning(2, 7, NINE_S + 40, "-x", "@here", "+1"),
    ),
    (PositionChange(7, NINE_S + 12.3),),
    (Note(3, NINE_S + 20, "new chair, 45 cm"),),
)


def rows(table: str) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    export_csv(SLICE, out, table, EAST)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_samples() -> None:
    first, second = rows("samples")
    assert first["t_utc"] == "2026-03-02T09:00:00.500+00:00"
    assert first["t_local"] == "2026-03-02T18:00:00.500+09:00"
    assert (first["session_id"], first["state"], first["tilt_deg"], first["tilt_pct"]) == (
        "7",
        "tipped",
        "-6.543",
        "65.0",
    )
    assert (first["trunk_inclination_deg"], first["view"], first["basis"]) == ("", "unknown", "")
    assert (second["tilt_deg"], second["reason"]) == ("", "hips hidden")


def test_bouts() -> None:
    assert rows("bouts") == [
        {
            "start_utc": "2026-03-02T09:00:00.000+00:00",
            "start_local": "2026-03-02T18:00:00.000+09:00",
            "end_utc": "2026-03-02T09:01:00.000+00:00",
            "end_local": "2026-03-02T05:31:00.000-03:30",
            "duration_s": "60.0",
            "session_id": "7",
            "state": "tipped",
            "reason": "",
            "cause": "knees above hips",
            "seat": "cushion",
            "profile": "desk",
        }
    ]


def test_sessions_with_what_is_not_known_left_empty() -> None:
    (row,) = rows("sessions")
    assert (row["started_utc"], row["ended_utc"], row["ended_local"]) == ("2026-03-02T09:00:00.000+00:00", "", "")
    assert (row["session_id"], row["profile"], row["seat"], row["uid"]) == ("7", "desk", "cushion", "abc")
    assert (row["enter_deg"], row["leave_deg"], row["slump_deg"]) == ("6.5", "4.0", "")


def test_position_changes_and_notes() -> None:
    assert rows("position_changes") == [
        {"t_utc": "2026-03-02T09:00:12.300+00:00", "t_local": "2026-03-02T18:00:12.300+09:00", "session_id": "7"}
    ]
    (note,) = rows("notes")
    assert (note["t_local"], note["text"]) == ("2026-03-02T18:00:20.000+09:00", "new chair, 45 cm")


def test_days_as_they_are() -> None:
    values = dict.fromkeys(COLUMNS["days"])
    block = block_of("days", [{**values, "day": date(2026, 3, 2), "coverage_pct": 99.12345, "position_changes": 4}])
    out = io.StringIO(newline="")
    write_csv(out, "days", [block])
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert {name: cell for name, cell in row.items() if cell} == {
        "day": "2026-03-02",
        "coverage_pct": "99.123",
        "position_changes": "4",
    }


@pytest.fixture
def _in_kathmandu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this computer cannot be changed here")
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_in_kathmandu")
def test_without_a_clock_local_time_is_that_of_this_computer() -> None:
    out = io.StringIO(newline="")
    export_csv(SLICE, out, "warnings")
    assert ",2026-03-02T14:45:30.000+05:45,1,7," in out.getvalue()


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_a_share_stands_right_after_its_coverage_and_every_number_has_a_unit(table: str) -> None:
    columns = COLUMNS[table]
    if "tipped_pct" in columns:
        assert columns[columns.index("tipped_pct") - 1] == "coverage_pct"
    units = ("_s", "_deg", "_pct", "_cm", "_per_hour")
    assert [c for c in columns if kind_of(c) == "number" and not c.endswith(units)] in ([], ["confidence"])


def test_a_text_that_looks_like_a_formula_is_made_harmless_and_a_number_is_not_touched() -> None:
    first, second = rows("warnings")
    assert (first["cause"], first["text"], first["answered_s"]) == ("'=1+1", 'Your "hips", tipped', "12.0")
    assert (second["kind"], second["cause"], second["text"], second["answered_s"]) == ("'-x", "'@here", "'+1", "")


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_the_header_is_the_one_in_the_documentation(table: str) -> None:
    assert export.__doc__ is not None
    documented = export.__doc__.split(f"    {table} ")[1].split("\n\n")[0]
    for other in COLUMNS:
        documented = documented.split(f"\n    {other} ")[0]
    out = io.StringIO(newline="")
    write_csv(out, table, [])
    assert out.getvalue() == ",".join(documented.split()) + "\r\n"


def test_a_file_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "bouts.csv"
    path.write_text("before")
    export_csv(SLICE, path, "bouts", EAST)
    assert path.read_bytes().startswith(b"start_utc,start_local,")
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_cannot_be_finished_leaves_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bouts.csv"
    path.write_text("before")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OutputError, match="No space left"):
        export_csv(SLICE, path, "bouts")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        export_csv(SLICE, tmp_path / "missing" / "bouts.csv", "bouts")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        export_csv(SLICE, tmp_path / "folder.csv", "bouts")
