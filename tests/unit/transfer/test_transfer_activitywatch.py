"""The buckets for ActivityWatch, checked against its own schemas."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from transfer_logs import LATE, NINE, make_log, span_of

from monitor.errors import OutputError
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.timeline import Stretch
from monitor.transfer.activitywatch import buckets, export_activitywatch


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_log(tmp_path_factory.mktemp("aw") / "tilt.sqlite")


@pytest.fixture
def content(path: Path) -> dict:
    with LogReader.open(path) as log:
        return buckets(log, span_of(path), host="desk-pc")["buckets"]


def test_each_stretch_of_one_state_is_an_event_that_ends_at_midnight(content: dict) -> None:
    posture = content["saddle-posture_desk-pc"]
    told = [(e["timestamp"], e["duration"], e["data"]["title"]) for e in posture["events"]]
    assert told == [
        ("2026-03-02T08:00:00.000+00:00", 60.0, "upright"),
        ("2026-03-02T08:01:00.000+00:00", 180.0, "tipped back"),
        ("2026-03-02T08:04:00.000+00:00", 30.0, "can't tell"),
        ("2026-03-02T08:04:30.000+00:00", 30.0, "upright"),
        ("2026-03-02T22:59:00.000+00:00", 60.0, "tipped back"),
        ("2026-03-02T23:00:00.000+00:00", 60.0, "tipped back"),
    ]
    about = {"seat": "cushion", "profile": "desk"}
    assert [e["data"] for e in posture["events"]][1:3] == [
        {
            **about,
            "title": "tipped back",
            "state": "tipped back",
            "cause": "knees above hips",
            "tilt_median_deg": 8.0,
        },
        {**about, "title": "can't tell", "state": "can't tell", "reason": "hips hidden"},
    ]
    assert "seat" not in posture["events"][-1]["data"]
    assert posture["created"] == NINE.isoformat(timespec="milliseconds")


def test_a_warning_lasts_until_it_was_answered(content: dict) -> None:
    (event,) = content["saddle-warnings_desk-pc"]["events"]
    assert (event["timestamp"], event["duration"]) == ("2026-03-02T08:03:00.000+00:00", 60.0)
    assert event["data"] == {
        "title": "Tipped for 2 min.",
        "kind": "dwell",
        "cause": "knees above hips",
        "seat": "cushion",
        "profile": "desk",
        "answered_s": 60.0,
    }


def test_notes_of_days_without_a_session_are_there_too(content: dict) -> None:
    events = content["saddle-notes_desk-pc"]["events"]
    assert [(e["timestamp"][:16], e["duration"], e["data"]) for e in events] == [
        ("2026-03-02T08:00", 0.0, {"title": "=1+1 new chair"}),
        ("2026-03-03T12:00", 0.0, {"title": "back pain 2/10"}),
    ]


def test_the_form_is_that_of_activitywatch(path: Path, tmp_path: Path) -> None:
    models = pytest.importorskip("aw_core.models", reason="aw-core, which holds the schemas, is not installed")
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema, which checks them, is not installed")
    schema = pytest.importorskip("aw_core.schema").get_json_schema
    out = tmp_path / "saddle.aw.json"
    with LogReader.open(path) as log:
        export_activitywatch(log, out, span_of(path))
    made = json.loads(out.read_text(encoding="utf-8"))["buckets"]
    # Its schemas name one another without saying where, an empty list of what is required is not one that a schema may
    # have, and its server takes buckets by their id, not as a list.
    whole = {**schema("export"), "definitions": {"Bucket": schema("bucket"), "Event": schema("event")}}
    form = jsonschema.Draft4Validator(whole, format_checker=jsonschema.FormatChecker())
    assert len(made) == 3
    form.validate({"buckets": list(made.values())})
    assert not form.is_valid({"buckets": [{**bucket, "events": [{"duration": 1}]} for bucket in made.values()]})
    assert not form.is_valid({"buckets": [{**bucket, "hostname": None} for bucket in made.values()]})
    for bucket_id, bucket in made.items():
        assert bucket["id"] == bucket_id
        assert datetime.fromisoformat(bucket["created"]).utcoffset() is not None
        for event in bucket["events"]:
            taken = models.Event(**event)
            assert taken.timestamp.isoformat(timespec="milliseconds") == event["timestamp"]
            assert taken.duration.total_seconds() == event["duration"]


def test_an_empty_range_makes_empty_buckets(path: Path, tmp_path: Path) -> None:
    day_s = datetime(2025, 1, 1, tzinfo=UTC).timestamp()
    with LogReader.open(path) as log:
        made = buckets(log, Stretch(day_s, day_s + 86400), host="desk-pc")["buckets"]
    assert [bucket["events"] for bucket in made.values()] == [[], [], []]
    assert {bucket["created"] for bucket in made.values()} == {"2025-01-01T00:00:00.000+00:00"}


def test_recordings_are_left_out_unless_they_are_asked_for(path: Path) -> None:
    span = span_of(path)
    with LogReader.open(path) as log:
        recorded = buckets(log, span, "recording", host="pc")["buckets"]["saddle-posture_pc"]["events"]
    assert [event["data"]["title"] for event in recorded] == ["reclined"]
    assert LATE.timestamp() < span.end_utc_s


def test_a_place_that_cannot_be_written_is_said(path: Path, tmp_path: Path) -> None:
    with LogReader.open(path) as log, pytest.raises(OutputError, match="cannot be written"):
        export_activitywatch(log, tmp_path / "missing" / "out.json", span_of(path))
