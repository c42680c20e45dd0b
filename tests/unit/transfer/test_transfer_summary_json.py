"""The figures of a range as JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from transfer_logs import DAY, NEXT, NINE, make_log, span_of

from monitor.errors import OutputError
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.summary import summarize
from monitor.tiltlog.timeline import Stretch
from monitor.transfer.summary_json import export_summary, summary_figures
from monitor.transfer.tables import moments


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_log(tmp_path_factory.mktemp("summary") / "tilt.sqlite")


def figures(path: Path, span: Stretch, **how: object) -> dict:
    with LogReader.open(path) as log:
        return summary_figures(log, span, **how)


def told(path: Path, span: Stretch) -> dict:
    with LogReader.open(path) as log:
        return summarize(log.between(*moments(span), "live")).as_dict()


def test_a_day_has_the_figures_of_its_report(path: Path) -> None:
    span = span_of(path, DAY, DAY)
    found = figures(path, span)
    assert (found["from"], found["to"]) == ("2026-03-02T00:00:00+01:00", "2026-03-03T00:00:00+01:00")
    assert found["source_kind"] == "live"
    assert {name: found[name] for name in told(path, span)} == told(path, span)
    assert (found["tipped_pct"], found["coverage_pct"]) == (
        pytest.approx(100 * 240 / 330),
        pytest.approx(100 * 330 / 360),
    )
    assert found["knee_above_hip_median_cm"] == 1.5
    assert found["thigh_elevation_median_deg"] is None


def test_days_and_seats(path: Path) -> None:
    found = figures(path, span_of(path))
    assert [(each["day"], each["tipped_pct"], each["state_s"]["tipped"]) for each in found["days"]] == [
        ("2026-03-02", pytest.approx(100 * 240 / 330), 240.0),
        ("2026-03-03", 100.0, 60.0),
    ]
    assert [(each["seat"], each["seated_observed_s"], each["coverage_pct"]) for each in found["seats"]] == [
        (None, 120.0, 100.0),
        ("cushion", 270.0, 90.0),
    ]
    assert found["seated_observed_s"] == 390.0
    names = set(found) - {"from", "to", "source_kind", "days", "seats"}
    assert all(set(each) == names | {"day"} for each in found["days"])
    assert all(set(each) == names | {"seat"} for each in found["seats"])


def test_days_at_the_ends_are_cut_to_the_range(path: Path) -> None:
    nine_s = NINE.timestamp()
    part = Stretch(nine_s + 30, nine_s + 90)
    found = figures(path, part)
    assert {name: found[name] for name in told(path, part)} == told(path, part)
    assert (found["seated_observed_s"], found["state_s"]["tipped"]) == (60.0, 30.0)
    (day,) = found["days"]
    assert (day["day"], day["start_utc_s"], day["end_utc_s"]) == ("2026-03-02", nine_s + 30, nine_s + 90)
    assert day["seated_observed_s"] == 60.0
    longer = figures(path, Stretch(nine_s + 30, span_of(path).end_utc_s))
    assert [each["seated_observed_s"] for each in longer["days"]] == [330.0 - 30.0, 60.0]


def test_an_empty_range_knows_nothing(path: Path) -> None:
    found = figures(path, span_of(path, date(2026, 1, 1), date(2026, 1, 3)))
    assert (found["days"], found["seats"], found["tipped_pct"], found["eva_pct"]) == ([], [], None, None)


def test_recordings_apart(path: Path) -> None:
    assert figures(path, span_of(path), source_kind="recording")["state_s"]["reclined"] == 60.0


def test_the_file_is_plain_json_without_nan(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "summary.json"
    with LogReader.open(path) as log:
        export_summary(log, out, span_of(path, DAY, NEXT))
        expected = summary_figures(log, span_of(path, DAY, NEXT))

    def refuse(name: str) -> None:
        raise AssertionError(name)

    found = json.loads(out.read_text(encoding="utf-8"), parse_constant=refuse)
    assert found == json.loads(json.dumps(expected))
    with LogReader.open(path) as log, pytest.raises(OutputError, match="cannot be written"):
        export_summary(log, tmp_path / "missing" / "out.json", span_of(path))
