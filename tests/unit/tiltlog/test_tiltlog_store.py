from __future__ import annotations

import math
import sqlite3
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tiltlog_days import MIDNIGHTS, NINE, NINE_S, frame, spans, start, whole_day

from monitor.errors import LogError
from monitor.judgement.assessment import Basis, State, View
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import GivenWarning, Sample, SessionInfo
from monitor.tiltlog.store import TiltLog

UPRIGHT, TIPPED, UNKNOWN, AWAY = State.UPRIGHT, State.TIPPED, State.UNKNOWN, State.AWAY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a folder" / "tilt.db"


def test_what_is_written_is_read_back_in_every_field(path: Path) -> None:
    known = frame(
        5.25,
        TIPPED,
        reason="tilt from the skeleton",
        tilt_deg=6.5,
        tilt_low_deg=4.0,
        tilt_high_deg=9.0,
        tilt_pct=65.0,
        confidence=0.5,
        basis=Basis.SKELETON,
        trunk_inclination_deg=-3.0,
        thigh_elevation_deg=2.0,
        knee_above_hip_cm=1.5,
        view=View.SIDE,
    )
    with TiltLog.open(path) as log:
        about = {"profile": "desk", "source": "clip.mp4", "source_kind": "recording", "tilt_model": "t 1"}
        limits = {"seat": "cushion", "enter_deg": 6.5, "leave_deg": 4.0, "slump_deg": 12.0}
        session = start(log, t0_s=5.0, **about, **limits)
        session.record(known)
        session.record(frame(6.5, UNKNOWN, reason="hips hidden"))
        warning = session.warn(6.5, "tipped", "Your hips have been tipped back for 2 min.", cause="low seat")
        session.answered(warning, 30.0)
        session.warn(7.0, "sitting", "Stand or walk.")
        session.end(8.0)
    day = whole_day(path)
    (about,) = day.sessions
    told = (*("desk", "clip.mp4", "recording", "t 1"), about.program_version, "cushion", about.uid, 6.5, 4.0, 12.0)
    assert about == SessionInfo(1, NINE_S, NINE_S + 3, *told)
    assert len(about.uid) == 32
    assert day.samples[0] == Sample(
        *(1, NINE_S + 0.2, TIPPED, 6.5, 4.0, 9.0, 65.0, -3.0, 2.0, 1.5),
        *(View.SIDE, Basis.SKELETON, 0.5, "tilt from the skeleton"),
    )
    assert (day.samples[1].t_utc_s, day.samples[1].reason) == (NINE_S + 1.5, "hips hidden")
    assert all(math.isnan(getattr(day.samples[1], name)) for name in ("tilt_deg", "tilt_pct", "knee_above_hip_cm"))
    begin_s = pytest.approx(0.2)
    assert spans(day) == [("not observed", 0, begin_s), ("tipped", begin_s, 1.5), ("unknown", 1.5, 3)]
    assert [bout.reason for bout in day.bouts] == ["starting", "", "hips hidden"]
    assert day.warnings == (
        GivenWarning(
            *(1, 1, NINE_S + 1.5, "tipped", "low seat", "Your hips have been tipped back for 2 min."), answered_s=30.0
        ),
        GivenWarning(2, 1, NINE_S + 2, "sitting", "", "Stand or walk."),
    )


def test_not_known_is_null_in_the_file(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        session.record(frame(0.0, UNKNOWN, tilt_deg=math.inf))
        session.flush()
        connection = sqlite3.connect(path)
        found = connection.execute("SELECT tilt_deg, tilt_pct, knee_above_hip_cm FROM samples").fetchall()
        connection.close()
    assert found == [(None, None, None)]


def test_a_workday_with_a_lost_camera_a_pause_and_a_gap(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        for second in range(61):
            session.record(frame(float(second)))
        session.not_observed(61.0, "camera lost")
        session.record(frame(100.0, TIPPED))
        session.record(frame(105.0, TIPPED))
        session.record(frame(200.0, AWAY))
        session.end(205.0)
    assert spans(whole_day(path)) == [
        ("upright", 0, 61),
        ("not observed", 61, 100),
        ("tipped", 100, 105),
        ("not observed", 105, 200),
        ("away", 200, 205),
    ]


def test_a_session_that_ends_long_after_its_last_frame_was_not_observed_at_the_end(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        session.record(frame(0.0))
        session.record(frame(5.0))
        session.end(60.0)
    assert spans(whole_day(path)) == [("upright", 0, 5), ("not observed", 5, 60)]


def test_the_time_line_has_the_first_frame_of_each_second_as_it_was(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        for n in range(101):
            session.record(frame(n / 30, TIPPED if n % 2 else UPRIGHT, tilt_pct=float(n)))
    samples = whole_day(path).samples
    assert [row.tilt_pct for row in samples] == [0, 30, 60, 90]
    assert all(row.state is UPRIGHT for row in samples)


def test_a_time_that_cannot_be_changes_nothing(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        session.record(frame(1.0))
        for t_s in (0.5, math.nan, math.inf, -math.inf):
            session.record(frame(t_s, TIPPED))
        session.record(frame(2.0))
        with pytest.raises(ValueError, match="time"):
            session.warn(math.nan, "tipped", "text")
    assert spans(whole_day(path)) == [("not observed", 0, 1), ("upright", 1, 2)]


def test_a_reader_sees_what_a_running_session_wrote_but_for_two_seconds(path: Path) -> None:
    with TiltLog.open(path) as log, LogReader.open(path) as reader:
        session = start(log)
        for n in range(50):
            session.record(frame(n / 5, UPRIGHT))
        day = reader.between(*MIDNIGHTS)
        assert NINE_S + 9.8 - 2.0 <= day.bouts[-1].end_utc_s <= NINE_S + 9.8
        assert day.sessions[0].ended_utc_s is None
        session.warn(9.8, "tipped", "text")
        assert len(reader.between(*MIDNIGHTS).warnings) == 1


def test_reading_holds_up_no_writer(path: Path) -> None:
    with TiltLog.open(path) as log, LogReader.open(path) as reader:
        session = start(log)
        with reader._reading():
            reader._connection.execute("SELECT count(*) FROM samples").fetchone()
            session.record(frame(0.0))
            session.record(frame(2.0))
            assert session.problem is None


def test_a_session_left_by_an_exception_ends_at_its_last_mark(path: Path) -> None:
    def fails() -> None:
        with TiltLog.open(path) as log:
            session = start(log)
            session.record(frame(0.0))
            session.record(frame(1.5))
            raise RuntimeError("the loop broke")

    with pytest.raises(RuntimeError):
        fails()
    day = whole_day(path)
    assert spans(day) == [("upright", 0, 1.5)]
    assert day.sessions[0].ended_utc_s == NINE_S + 1.5


def test_a_bout_across_local_midnight_is_cut_into_its_days(path: Path) -> None:
    east = timezone(timedelta(hours=9))
    with TiltLog.open(path, lambda _: 9 * 3600) as log:
        session = start(log, started=datetime(2026, 3, 2, 23, 30, tzinfo=east))
        for n in range(361):
            session.record(frame(n * 10.0, TIPPED))
    with LogReader.open(path) as reader:
        assert reader.days() == (date(2026, 3, 2), date(2026, 3, 3))
        first, second = reader.day(date(2026, 3, 2)), reader.day(date(2026, 3, 3))
        both = reader.between(*MIDNIGHTS)
    assert [bout.duration_s for bout in (*first.bouts, *second.bouts, *both.bouts)] == [1800, 1800, 3600]
    assert len(first.samples) + len(second.samples) == len(both.samples) == 361


def test_a_day_on_which_nothing_was_observed_is_no_day(path: Path) -> None:
    with TiltLog.open(path, lambda _: 0) as log:
        session = start(log)
        session.record(frame(0.0))
        session.record(frame(1.0))
        session.not_observed(1.0, "asleep")
        session.end(3 * 86400.0)
    with LogReader.open(path) as reader:
        assert reader.days() == (date(2026, 3, 2),)


def test_a_recording_watched_twice_counts_once(path: Path) -> None:
    with TiltLog.open(path) as log:
        for state in (UPRIGHT, TIPPED):
            session = start(log, source_kind="recording")
            for n in range(11):
                session.record(frame(float(n), state))
            session.warn(10.0, "tipped", "text")
            session.end(11.0)
    day = whole_day(path)
    assert spans(day) == [("tipped", 0, 11)]
    assert [row.session_id for row in day.samples] == [2] * 11
    assert len(day.warnings) == 1


def test_recordings_can_be_left_out_so_that_they_displace_nothing(path: Path) -> None:
    with TiltLog.open(path) as log:
        for kind, first_s, state in (("live", 0, UPRIGHT), ("recording", 5, TIPPED)):
            session = start(log, started=NINE + timedelta(seconds=first_s), source_kind=kind)
            for n in range(11):
                session.record(frame(float(n), state))
            session.warn(10.0, "tipped", kind)
    assert spans(whole_day(path)) == [("upright", 0, 5), ("tipped", 5, 15)]
    with LogReader.open(path) as reader:
        day = reader.between(*MIDNIGHTS, "live")
        assert spans(day) == [("upright", 0, 10)]
        assert [len(day.sessions), len(day.samples)] == [1, 11]
        assert [each.text for each in day.warnings] == ["live"]
        assert reader.days("live") == reader.days() == (date(2026, 3, 2),)


def test_two_times_that_are_one_in_utc_stop_nothing(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        for t_s in (0.99999999, 1.0, 1.00000001, 3.0):
            session.record(frame(t_s, UPRIGHT if t_s < 1 else TIPPED))
        session.flush()
        assert session.problem is None
    assert spans(whole_day(path)) == [("not observed", 0, 1), ("tipped", 1, 3)]


def test_a_write_every_two_seconds_is_enough(path: Path) -> None:
    with TiltLog.open(path) as log:
        session = start(log)
        statements: list[str] = []
        log._file.connection.set_trace_callback(statements.append)
        for n in range(301):
            session.record(frame(n / 30))
        assert statements.count("COMMIT") == 5
        assert len(session._samples) < 2


def test_the_name_and_password_of_a_camera_are_not_kept(path: Path) -> None:
    with TiltLog.open(path) as log:
        start(log, source="rtsp://me:s3cret@10.0.0.7:554/side")
    assert whole_day(path).sessions[0].source == "rtsp://10.0.0.7:554/side"
    assert b"s3cret" not in path.read_bytes()


def test_a_file_name_that_is_no_text_can_be_kept(path: Path) -> None:
    with TiltLog.open(path) as log:
        start(log, source="clip-\udcff.mp4")
    assert whole_day(path).sessions[0].source == "clip-?.mp4"


def test_nothing_is_made_before_the_log_is_opened_for_writing(path: Path) -> None:
    with pytest.raises(LogError, match=r"No log yet: run `saddle watch`\."):
        LogReader.open(path)
    assert not path.parent.exists()


def test_a_naive_time_is_refused(path: Path) -> None:
    with TiltLog.open(path) as log, pytest.raises(ValueError, match="zone"):
        start(log, started=NINE.replace(tzinfo=None))


def test_what_is_old_is_forgotten_and_the_rest_stays(tmp_path: Path) -> None:
    from datetime import UTC, datetime, timedelta

    from monitor.judgement.assessment import Assessment, State

    path, now = tmp_path / "tilt.sqlite", datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with TiltLog.open(path) as log:
        for days_ago in (40, 10):
            begun = now - timedelta(days=days_ago)
            session = log.start_session(
                profile="desk", source="cam", source_kind="live", tilt_model="m", started=begun, t0_s=0.0
            )
            for t_s in range(5):
                session.record(Assessment(float(t_s), State.UPRIGHT))
            session.end()
        log.forget_before(now - timedelta(days=31))
    with LogReader.open(path) as reader:
        left = reader.between(now - timedelta(days=100), now)
        assert len(left.sessions) == 1
        assert reader.days() == ((now - timedelta(days=10)).date(),)
        assert len(left.samples) == 5
