"""`saddle report --compare`: two seats, profiles or ranges of days side by side, as the review window shows them."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from command_helpers import refusal, saddle
from rich.console import Console

from monitor.commands.report import ReportRequest, parse_group, run_report
from monitor.errors import LogError, OutputError
from monitor.folder import data_folder
from monitor.judgement.assessment import Assessment, State
from monitor.tiltlog.compare import Choice, What, compare, sentence
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TODAY = date(2026, 4, 1)
STEP_S, SESSION_S = 5, 2100


def watched(folder: Path, day: int, seat: str, tipped_s: int, profile: str = "desk", kind: str = "live") -> None:
    """35 minutes of a day on a seat, the first of them tipped."""
    with TiltLog.open(data_folder(folder).log, lambda t: 3600) as log:
        session = log.start_session(
            profile=profile,
            source="a camera",
            source_kind=kind,  # type: ignore[arg-type]
            tilt_model="network",
            started=MONDAY + timedelta(days=day),
            t0_s=0.0,
            seat=seat,
        )
        for t_s in range(0, SESSION_S, STEP_S):
            tipped = t_s < tipped_s
            state = State.TIPPED if tipped else State.UPRIGHT
            tilt = {"tilt_deg": 9.0, "tilt_pct": 80.0} if tipped else {"tilt_deg": 1.0, "tilt_pct": 10.0}
            session.record(Assessment(float(t_s), state, **tilt))
        session.end(float(SESSION_S))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seats")
    for day in range(12):
        is_chair = day < 6
        watched(folder, day, "chair" if is_chair else "cushion", (900 if is_chair else 300) + 20 * (day % 3))
    return folder


def printed(folder: Path, first: str, second: str, **choice: Any) -> str:
    console = Console(file=io.StringIO(), width=100)
    run_report(console, ReportRequest(groups=(first, second), **choice), folder)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def data(folder: Path, first: str, second: str, **choice: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed(folder, first, second, as_json=True, **choice))
    return found


def test_two_seats_are_told_side_by_side(folder: Path) -> None:
    text = " ".join(printed(folder, "seat:chair", "seat:cushion").replace("│", " ").split())
    with LogReader.open(data_folder(folder).log) as log:
        parts = log.totals(date(2026, 3, 1), date(2026, 3, 31), "live")
    found = compare(parts, Choice(What.SEAT, "chair"), Choice(What.SEAT, "cushion"))
    assert sentence(found) in text
    assert "over days like these the difference lies between" in text
    assert "chair cushion Difference" in text
    assert "Days 6 6" in text
    assert "Seated time 3 h 30 min 3 h 30 min" in text
    assert "Could be judged 100 % of sitting 100 % of sitting" in text
    assert re.search(r"Tipped back 44 % 15 % −29 points \(−\d\d … −\d\d\)", text)
    assert "95 times in 100" in text
    assert "not medical advice" in text


def test_all_of_it_is_there_as_data(folder: Path) -> None:
    found = data(folder, "seat:chair", "seat:cushion")
    first, second = found["first"], found["second"]
    assert (found["source_kind"], first["by"], first["name"], second["name"]) == ("live", "seat", "chair", "cushion")
    assert [len(side["each_day"]) for side in (first, second)] == [first["days"], second["days"]] == [6, 6]
    assert first["each_day"][0] == {
        "day": "2026-03-02",
        "seated_s": SESSION_S,
        "coverage_pct": 100.0,
        "tipped_pct": pytest.approx(100 * 900 / SESSION_S),
    }
    assert first["tipped_pct"] == pytest.approx(100 * 920 / SESSION_S)
    tipped = found["difference"]["tipped_pct_points"]
    assert tipped["value"] == pytest.approx(second["tipped_pct"] - first["tipped_pct"])
    assert tipped["low"] < tipped["value"] < tipped["high"] < 0
    assert (found["interval_pct"], found["is_clear"], found["is_same"], found["shared_days"]) == (95.0, True, False, 0)
    assert found["sentence"].startswith("With 'cushion' the hips were tipped")
    assert any("Could be judged: 100 %" in note for note in found["notes"])


def test_ranges_of_days_and_a_seat_are_compared_as_well(folder: Path) -> None:
    found = data(folder, "2026-03-02..2026-03-07", "seat:cushion")
    first = found["first"]
    assert (first["by"], first["from_day"], first["to_day"], first["days"]) == ("range", "2026-03-02", "2026-03-07", 6)
    assert found["difference"] == data(folder, "seat:chair", "seat:cushion")["difference"]


def test_a_range_narrows_what_is_compared(folder: Path) -> None:
    found = data(folder, "seat:chair", "seat:cushion", begin="2026-03-05", end="2026-03-10")
    assert (found["from"], found["to"]) == ("2026-03-05T00:00:00+01:00", "2026-03-11T00:00:00+01:00")
    assert (found["first"]["days"], found["second"]["days"]) == (3, 3)
    assert found["sentence"] == "Not enough days yet: 3 with 'chair', 3 with 'cushion'; each side needs 5."
    assert found["difference"]["tipped_pct_points"]["low"] is None
    text = printed(folder, "seat:chair", "seat:cushion", begin="2026-03-05", end="2026-03-10")
    assert "Too few days to say how sure these differences are." in text


def test_profiles_and_no_tag_are_groups_too(tmp_path: Path) -> None:
    watched(tmp_path, 0, "", 300, profile="desk")
    watched(tmp_path, 1, "chair", 300, profile="sofa")
    assert data(tmp_path, "profile:desk", "profile:sofa")["second"]["name"] == "sofa"
    assert data(tmp_path, "seat:", "seat:chair")["first"]["name"] == ""
    assert "no seat tag and chair compared" in printed(tmp_path, "seat:", "seat:chair")
    with pytest.raises(LogError, match=r"^There is no seat 'x' in .*: choose seat: \(no tag\) or seat:chair\.$"):
        printed(tmp_path, "seat:x", "seat:chair")


def test_a_group_with_itself_has_no_figures(folder: Path) -> None:
    text = printed(folder, "seat:chair", "seat:chair")
    assert "the same group of days" in text
    assert "Difference" not in text


def test_recordings_are_compared_where_no_camera_watched(tmp_path: Path) -> None:
    watched(tmp_path, 0, "chair", 300, kind="recording")
    assert data(tmp_path, "seat:chair", "profile:desk")["source_kind"] == "recording"
    assert "(recordings)" in printed(tmp_path, "seat:chair", "profile:desk")


@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("seat:sofa", "There is no seat 'sofa' in what was observed: choose seat:chair or seat:cushion."),
        ("profile:sofa", "There is no profile 'sofa' in what was observed: choose profile:desk."),
        ("chair", "'chair' is not a group that can be compared: write it as seat:NAME, profile:NAME or days as"),
        ("", "'' is not a group"),
        ("2026-03-09..2026-03-02", "The days 2026-03-09..2026-03-02 run backwards: swap them."),
        ("2026-03-02..soon", "'soon' is not a day: write it as 2026-04-01."),
        ("2026-03-02..2026-05-02", "2026-05-02 lies in the future"),
    ],
)
def test_a_group_that_makes_no_sense_is_refused(folder: Path, group: str, words: str) -> None:
    with LogReader.open(data_folder(folder).log) as log:
        parts = log.totals(date(2026, 3, 1), date(2026, 3, 31), "live")
    with pytest.raises(LogError) as told:
        parse_group(group, parts, TODAY)
    assert str(told.value).startswith(words)


def test_without_any_tag_it_is_said_how_to_get_one(tmp_path: Path) -> None:
    watched(tmp_path, 0, "", 300)
    with pytest.raises(LogError, match="no seat is tagged there, so tag one with `saddle tag` first"):
        printed(tmp_path, "seat:chair", "seat:")


def test_a_seat_is_found_as_it_is_kept(tmp_path: Path) -> None:
    watched(tmp_path, 0, "blue chair", 300)
    assert data(tmp_path, "seat: blue  chair ", "profile:desk")["first"]["name"] == "blue chair"


def test_parts_of_days_are_not_compared(folder: Path) -> None:
    with pytest.raises(LogError, match="leave the times of day out of --from and --to"):
        printed(folder, "seat:chair", "seat:cushion", begin="2026-03-05T09:00")


def test_time_in_which_nothing_was_observed_has_no_groups(folder: Path) -> None:
    with pytest.raises(LogError, match="Nothing was observed in this time: choose another day or range"):
        printed(folder, "seat:chair", "seat:cushion", day="2026-02-02")


def test_a_comparison_makes_no_file(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="leave out --html and --pdf"):
        printed(folder, "seat:chair", "seat:cushion", html=tmp_path / "a.html")
    assert list(tmp_path.iterdir()) == []


def test_it_is_typed_as_two_groups_behind_one_option(folder: Path, tmp_path: Path) -> None:
    typed = ("report", "--data-dir", folder, "--json", "--compare", "seat:chair")
    done = saddle(*typed, "seat:cushion", home=tmp_path)
    assert json.loads(done.stdout) == data(folder, "seat:chair", "seat:cushion")
    assert refusal(saddle(*typed, "seat:sofa", home=tmp_path)).endswith("choose seat:chair or seat:cushion.")
