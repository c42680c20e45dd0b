"""Tables of a range, as CSV and as Parquet, from a log."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from transfer_logs import DAY, NEXT, NINE, make_log, span_of

from monitor.errors import OutputError
from monitor.tiltlog.export import COLUMNS, Table, export_csv
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog
from monitor.tiltlog.timeline import Stretch
from monitor.transfer import tables
from monitor.transfer.exporting import export_range, form_of
from monitor.transfer.parquet import export_parquet
from monitor.transfer.tables import blocks, export_table


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_log(tmp_path_factory.mktemp("tables") / "tilt.sqlite")


def rows(path: Path, table: Table, span: Stretch | None = None, **how: object) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    with LogReader.open(path) as log:
        export_table(log, out, table, span or span_of(path), **how)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_samples_day_by_day_are_those_of_the_whole_range(path: Path) -> None:
    told = []
    streamed = rows(path, "samples", on_progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]
    out = io.StringIO(newline="")
    with LogReader.open(path) as log:
        export_csv(log.between(*tables.moments(span_of(path)), "live"), out, "samples", log.clock)
    assert streamed == list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert len(streamed) == 301 + 121
    assert streamed[0]["t_local"] == "2026-03-02T09:00:00.000+01:00"
    assert streamed[-1]["t_local"] == "2026-03-03T00:01:00.000+01:00"


def test_no_more_than_a_day_is_held_at_once(path: Path) -> None:
    with LogReader.open(path) as log:
        sizes = [len(block["t_utc"]) for block in blocks(log, "samples", span_of(path))]
    assert sizes == [301 + 60, 61]


def test_a_range_cuts_bouts_and_samples(path: Path) -> None:
    nine_s = NINE.timestamp()
    part = Stretch(nine_s + 100, nine_s + 110)
    assert [(row["state"], row["duration_s"]) for row in rows(path, "bouts", part)] == [("tipped", "10.0")]
    assert len(rows(path, "samples", part)) == 10
    assert rows(path, "samples", Stretch(nine_s - 20, nine_s - 10)) == []


def test_days_tell_coverage_beside_the_share(path: Path) -> None:
    first, second = rows(path, "days")
    assert first["day"] == "2026-03-02"
    assert (first["observed_s"], first["seated_observed_s"]) == ("360.0", "330.0")
    assert (first["coverage_pct"], first["tipped_pct"]) == ("91.667", "72.727")
    assert (first["tipped_s"], first["unknown_s"], first["not_observed_s"]) == ("240.0", "30.0", "0.0")
    assert (first["tipped_bouts_over_2_min"], first["longest_tipped_s"]) == ("1", "180.0")
    assert (first["warnings_given"], first["warnings_answered"]) == ("1", "1")
    assert (second["day"], second["tipped_pct"], second["thigh_elevation_median_deg"]) == ("2026-03-03", "100.0", "")


def test_hours(path: Path) -> None:
    told = [(row["day"], row["hour"], row["coverage_pct"], row["tipped_pct"]) for row in rows(path, "hours")]
    assert told == [
        ("2026-03-02", "9", "90.0", "66.667"),
        ("2026-03-02", "23", "100.0", "100.0"),
        ("2026-03-03", "0", "100.0", "100.0"),
    ]


def test_an_hour_of_two_sessions_is_one_row(tmp_path: Path) -> None:
    log = make_log(tmp_path / "tilt.sqlite")
    with TiltLog.open(log) as writer:
        writer.tag(NINE.timestamp() + 100, NINE.timestamp() + 200, "mat")
    assert [row["tipped_pct"] for row in rows(log, "hours")] == ["66.667", "100.0", "100.0"]
    assert [row["seat"] for row in rows(log, "bouts")][:3] == ["cushion", "cushion", "mat"]


def test_sessions_changes_warnings_and_notes(path: Path) -> None:
    assert [row["seat"] for row in rows(path, "sessions")] == ["cushion", ""]
    assert [row["source_kind"] for row in rows(path, "sessions", source_kind=None)] == ["live", "recording", "live"]
    assert rows(path, "position_changes")[0]["t_local"].startswith("2026-03-02T09:01:0")
    assert [row["answered_s"] for row in rows(path, "warnings")] == ["60.0"]
    assert [row["text"] for row in rows(path, "notes")] == ["'=1+1 new chair", "back pain 2/10"]


def test_a_running_session_is_there(tmp_path: Path) -> None:
    path = make_log(tmp_path / "tilt.sqlite")
    before = len(rows(path, "samples"))
    with TiltLog.open(path, lambda t: 3600) as log:
        session = log.start_session(
            profile="desk",
            source="camera",
            source_kind="live",
            tilt_model="contour 1",
            started=datetime(2026, 3, 3, 9, 0, tzinfo=UTC),
            t0_s=0.0,
        )
        session.not_observed(0.0, "paused")
        session.not_observed(100.0, "paused")
        assert len(rows(path, "samples")) == before
        assert rows(path, "bouts")[-1]["state"] == "not observed"


def test_who_gives_up_on_the_way_leaves_nothing(path: Path, tmp_path: Path) -> None:
    class EnoughError(Exception):
        pass

    def enough(done: int, of: int) -> None:
        raise EnoughError

    for form in ("csv", "parquet", "activitywatch", "zip"):
        with pytest.raises(EnoughError):
            export_range(path, tmp_path / "out", DAY, NEXT, form=form, on_progress=enough)
    assert list(tmp_path.iterdir()) == []


def read_parquet(path: Path, out: Path, table: Table) -> tuple[object, list[dict]]:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is an extra")
    with LogReader.open(path) as log:
        export_parquet(log, out, table, span_of(path))
    read = pq.read_table(out)
    return read.schema, read.to_pylist()


@pytest.mark.parametrize("table", list(COLUMNS))
def test_parquet_holds_what_csv_holds(path: Path, tmp_path: Path, table: Table) -> None:
    schema, found = read_parquet(path, tmp_path / "out.parquet", table)
    assert schema.names == list(COLUMNS[table])
    expected = rows(path, table)
    assert len(found) == len(expected) > 0

    def as_csv(name: str, value: object, local: datetime | None) -> object:
        if value is None:
            return ""
        if isinstance(value, datetime):
            return value.replace(tzinfo=None).isoformat(timespec="milliseconds")
        if isinstance(value, float):
            return str(round(value, 3))
        return f"'{value}" if str(value).startswith("=") else str(value)

    for row, told in zip(found, expected, strict=True):
        assert {name: as_csv(name, value, None) for name, value in row.items()} == {
            name: cell[:23] if name.endswith(("_utc", "_local")) else cell for name, cell in told.items()
        }


def test_parquet_is_typed(path: Path, tmp_path: Path) -> None:
    schema, found = read_parquet(path, tmp_path / "out.parquet", "samples")
    types = {field.name: str(field.type) for field in schema}
    assert (types["t_utc"], types["t_local"]) == ("timestamp[ms, tz=UTC]", "timestamp[ms]")
    assert types["state"] == "dictionary<values=string, indices=int32, ordered=0>"
    assert (types["tilt_deg"], types["session_id"]) == ("double", "int64")
    assert found[0]["t_utc"] == NINE
    assert (found[250]["reason"], found[250]["tilt_deg"]) == ("hips hidden", None)
    schema, found = read_parquet(path, tmp_path / "out.parquet", "days")
    assert (str(schema.field("day").type), found[0]["day"]) == ("date32[day]", DAY)


def test_without_pyarrow_parquet_says_what_to_install(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with LogReader.open(path) as log, pytest.raises(OutputError, match=r"pip install 'saddle\[parquet\]'\.$"):
        export_parquet(log, tmp_path / "out.parquet", "samples", span_of(path))
    assert list(tmp_path.iterdir()) == []


def csv_writer(log: LogReader, out: Path, span: Stretch) -> None:
    export_table(log, out, "bouts", span)


def parquet_writer(log: LogReader, out: Path, span: Stretch) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is an extra")
    export_parquet(log, out, "bouts", span)


@pytest.mark.parametrize("write", [csv_writer, parquet_writer])
def test_a_place_that_cannot_be_written_is_said(
    path: Path, tmp_path: Path, write: Callable[[LogReader, Path, Stretch], None]
) -> None:
    with LogReader.open(path) as log, pytest.raises(OutputError, match="cannot be written"):
        write(log, tmp_path / "missing" / "out", span_of(path))


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.csv", "csv"),
        ("a.CSV", "csv"),
        ("a.zip", "zip"),
        ("a.parquet", "parquet"),
        ("a.json", "json"),
        ("a.aw.json", "activitywatch"),
    ],
)
def test_the_end_of_the_name_tells_the_format(path: Path, tmp_path: Path, name: str, form: str) -> None:
    assert form_of(Path(name)) == form
    export_range(path, tmp_path / name, DAY, NEXT)
    starts = {"csv": b"t_utc,", "zip": b"PK", "parquet": b"PAR1", "json": b"{", "activitywatch": b'{\n "buckets"'}
    assert (tmp_path / name).read_bytes().startswith(starts[form])


def test_a_name_that_tells_no_format_is_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"does not tell the format: end it with .*\.csv"):
        export_range(path, tmp_path / "out.txt", DAY, date(2026, 3, 3))
