"""`saddle report` and `saddle export` on a log with a camera's session and a recording's."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from monitor.commands.report import ReportRequest, run_report
from monitor.commands.transfer import ExportRequest, run_export
from monitor.errors import LogError, OutputError
from monitor.folder import data_folder
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.store import TiltLog

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)


def watched(folder: Path, kind: str, state: State, seconds: int) -> None:
    with TiltLog.open(data_folder(folder).log) as log:
        session = log.start_session(
            profile="desk",
            source="a camera",
            source_kind=kind,  # type: ignore[arg-type]
            tilt_model="linear-1",
            started=MORNING,
            t0_s=0.0,
        )
        for t_s in range(seconds + 1):
            session.record(Assessment(float(t_s), state))


def report(folder: Path, **choice: Any) -> dict[str, object]:
    console = Console(file=io.StringIO(), width=100)
    run_report(console, ReportRequest(**choice, as_json=True), folder)
    figures: dict[str, object] = json.loads(console.file.getvalue())  # type: ignore[attr-defined]
    return figures


def test_a_recording_is_reported_where_no_camera_watched(tmp_path: Path) -> None:
    watched(tmp_path, "recording", State.TIPPED, 60)
    figures = report(tmp_path, day="2026-03-02")
    assert (figures["source_kind"], figures["tipped_pct"], figures["seated_observed_s"]) == ("recording", 100, 60)


def test_a_recording_does_not_mix_with_what_the_camera_saw(tmp_path: Path) -> None:
    watched(tmp_path, "live", State.UPRIGHT, 120)
    watched(tmp_path, "recording", State.TIPPED, 60)
    figures = report(tmp_path, day="2026-03-02")
    assert (figures["source_kind"], figures["tipped_pct"], figures["seated_observed_s"]) == ("live", 0, 120)


def test_without_a_day_the_last_one_logged_is_reported(tmp_path: Path) -> None:
    watched(tmp_path, "live", State.UPRIGHT, 120)
    assert report(tmp_path)["seated_observed_s"] == 120


def test_a_range_cuts_what_is_counted(tmp_path: Path) -> None:
    watched(tmp_path, "live", State.UPRIGHT, 120)
    half = (MORNING + timedelta(seconds=30)).isoformat()
    assert report(tmp_path, begin=half)["seated_observed_s"] == 90


@pytest.mark.parametrize(
    "choice", [{"day": "2026-03-02", "begin": "2026-03-02"}, {"begin": "2026-03-03", "end": "2026-03-01"}]
)
def test_a_choice_that_makes_no_sense_is_refused(tmp_path: Path, choice: dict[str, str]) -> None:
    watched(tmp_path, "live", State.UPRIGHT, 10)
    with pytest.raises(LogError):
        report(tmp_path, **choice)


@pytest.mark.parametrize("times", [("2026-03-02T09:00", None), ("2026-03-02", "2026-03-02T12:00")])
def test_a_page_is_never_wider_than_what_was_asked_for(tmp_path: Path, times: tuple[str, str | None]) -> None:
    watched(tmp_path, "live", State.UPRIGHT, 120)
    with pytest.raises(LogError, match=r"whole days.*: leave the times of day out"):
        report(tmp_path, begin=times[0], end=times[1], html=tmp_path / "a.html", pdf=tmp_path / "a.pdf")
    assert not list(tmp_path.glob("a.*"))


@pytest.mark.parametrize(
    "times",
    [{"begin": "2026-03-01", "end": "2026-03-02"}, {"begin": "2026-03-01T00:00", "end": "2026-03-03T00:00"}, {}],
)
def test_a_page_tells_the_same_as_the_figures(tmp_path: Path, times: dict[str, str]) -> None:
    watched(tmp_path, "live", State.UPRIGHT, 120)
    figures = report(tmp_path, **times, html=tmp_path / "a.html")
    assert figures["seated_observed_s"] == 120
    assert figures["written"] == [str(tmp_path / "a.html")]
    assert "You were seen sitting for 2 min" in (tmp_path / "a.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("other", ["a", "sub/../a"])
def test_page_and_pdf_in_one_file_are_refused(tmp_path: Path, other: str) -> None:
    watched(tmp_path, "live", State.UPRIGHT, 10)
    (tmp_path / "sub").mkdir()
    with pytest.raises(OutputError, match=r"name the same file, .*: give each a name of its own"):
        report(tmp_path, html=tmp_path / "a", pdf=tmp_path / other)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("name", ["tilt.sqlite", "tilt.sqlite-wal", "settings.toml", "profiles/desk.json"])
def test_an_export_never_replaces_one_of_its_own_files(tmp_path: Path, name: str) -> None:
    watched(tmp_path, "live", State.UPRIGHT, 10)
    (tmp_path / "profiles").mkdir()
    before = data_folder(tmp_path).log.read_bytes()
    with pytest.raises(OutputError, match="own files"):
        run_export(Console(file=io.StringIO()), ExportRequest(tmp_path / name, "csv"), tmp_path)
    assert data_folder(tmp_path).log.read_bytes() == before


def test_an_export_holds_the_rows_of_the_range(tmp_path: Path) -> None:
    watched(tmp_path / "data", "live", State.UPRIGHT, 10)
    target = tmp_path / "data" / "out.csv"
    run_export(Console(file=io.StringIO()), ExportRequest(target, table="bouts"), tmp_path / "data")
    header, row = target.read_text().splitlines()
    assert header.startswith("start_utc,")
    assert ",upright," in row
