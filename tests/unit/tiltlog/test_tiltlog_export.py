from __future__ import annotations

import csv
import io
import os
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from tiltlog_days import NINE_S, session

from monitor.errors import OutputError
from monitor.judgement.assessment import State
from monitor.tiltlog import export
from monitor.tiltlog.export import COLUMNS, export_csv
from monitor.tiltlog.records import Bout, GivenWarning, LogSlice, Sample

EAST = timezone(timedelta(hours=9))
SLICE = LogSlice(
    NINE_S,
    NINE_S + 60,
    (session(7, NINE_S),),
    (
        Sample(7, NINE_S + 0.5, State.TIPPED, tilt_deg=-6.54321, tilt_pct=65.0, confidence=0.5),
        Sample(7, NINE_S + 1.5, State.UNKNOWN, reason="hips hidden"),
    ),
    (Bout(7, State.TIPPED, "", NINE_S, NINE_S + 60),),
    (
        GivenWarning(1, 7, NINE_S + 30, "tipped", "=1+1", 'Your "hips", tipped', 12.0),
        GivenWarning(2, 7, NINE_S + 40, "-x", "@here", "+1"),
    ),
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
            "end_local": "2026-03-02T18:01:00.000+09:00",
            "duration_s": "60.0",
            "session_id": "7",
            "state": "tipped",
            "reason": "",
        }
    ]


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
    export_csv(LogSlice(0.0, 1.0), out, table)
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
