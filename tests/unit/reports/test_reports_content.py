from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bench.made_log import make_log
from monitor.day_words import pct_words, summary_rows, unjudged_words
from monitor.errors import LogError
from monitor.judgement.assessment import Assessment, State
from monitor.reports.content import gather
from monitor.reports.parts import Report, Table
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog
from monitor.tiltlog.summary import summarize

MONDAY = date(2026, 3, 2)
DAYS = (MONDAY, date(2026, 3, 3), date(2026, 3, 11), date(2026, 3, 12))
"""Two days in a week with the seat "chair", a gap, two in one with "cushion"."""
MADE = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def log_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "tilt.sqlite"
    make_log(path, DAYS, hours=1.0, seat_of=lambda day: "chair" if day < date(2026, 3, 9) else "cushion")
    add_note(path, datetime(2026, 3, 3, 8, 10, tzinfo=UTC), "after lunch")
    add_note(path, datetime(2026, 3, 2, 8, 5, tzinfo=UTC), "new chair")
    return path


def report_of(path: Path, first: date, last: date | None = None) -> Report:
    with LogReader.open(path) as log:
        return gather(log, first, last or first, made=MADE)


def column(table: Table | None, name: str) -> list[str]:
    assert table is not None
    return [row[table.head.index(name)] for row in table.rows]


def a_log(path: Path, frames: list[Assessment], started: datetime, offset_s: int = 3600, **about: object) -> None:
    words = {"profile": "desk", "source": "camera 0", "source_kind": "live", "tilt_model": "network", **about}
    with TiltLog.open(path, lambda t: offset_s) as log:
        session = log.start_session(**words, started=started, t0_s=0.0)
        for frame in frames:
            session.record(frame)
        session.end(frames[-1].t_s + 1.0)


def test_the_figures_are_those_of_the_summary(log_path: Path) -> None:
    report = report_of(log_path, MONDAY)
    with LogReader.open(log_path) as log:
        summary = summarize(log.day(MONDAY, "live"))
    assert report.summary == summary
    for (label, value), (shown_label, shown) in zip(summary_rows(summary), report.numbers.rows, strict=True):
        assert shown_label.lower() == label.lower()
        assert shown.startswith(value)
    assert report.unjudged == unjudged_words(summary)


def test_every_share_says_how_much_could_be_judged(log_path: Path) -> None:
    report = report_of(log_path, MONDAY)
    coverage = f"{pct_words(report.summary.coverage_pct)} of sitting could be judged"
    numbers = dict(report.numbers.rows)
    assert numbers["Tipped back"].endswith(f"({coverage})")
    assert numbers["Knees"].endswith(f"({coverage})")
    assert any(coverage in sentence for sentence in report.sentences)
    assert report.exposure is not None
    assert coverage in report.exposure.words
    assert all(coverage in plot.alt for plot in report.plots)
    assert {"Could be judged", "Tipped back"} <= set(report.steps.head if report.steps else ())


def test_the_hours_of_a_day_add_up_to_it(log_path: Path) -> None:
    report = report_of(log_path, MONDAY)
    assert report.steps_title == "Hour by hour"
    assert sum(map(int, column(report.steps, "Position changes"))) == report.summary.position_changes


def test_a_day_is_drawn_as_a_line_and_a_range_as_rows(log_path: Path) -> None:
    assert [plot.kind for plot in report_of(log_path, MONDAY).plots] == ["day"]
    report = report_of(log_path, date(2026, 3, 1), date(2026, 3, 31))
    assert [plot.kind for plot in report.plots] == ["rows", "heat", "trend"]
    assert report.title == "March 2026"


def test_a_range_begins_and_ends_where_something_was_observed(log_path: Path) -> None:
    report = report_of(log_path, date(2026, 1, 1), date(2026, 3, 31))
    assert [row.day for row in report.day_rows] == [MONDAY + timedelta(days=n) for n in range(11)]
    assert "on 4 days, from 2 Mar to 12 Mar; nothing on 7 days in between" in report.sentences[0]
    assert column(report.steps, "Day") == ["Mon 2 Mar", "Tue 3 Mar", "Wed 11 Mar", "Thu 12 Mar"]


def test_a_range_with_one_day_observed_is_drawn_as_that_day(log_path: Path) -> None:
    report = report_of(log_path, date(2026, 3, 3), date(2026, 3, 8))
    assert [plot.kind for plot in report.plots] == ["day"]
    assert report.day is not None
    assert len(report.day.notes) == 1
    assert report.title == "3 to 8 March 2026"
    assert report.sentences[0] == "Something was observed on one day only: Tuesday, 3 March 2026."


def test_a_day_that_was_asked_for_alone_is_not_told_twice(log_path: Path) -> None:
    assert not any("observed on" in sentence for sentence in report_of(log_path, MONDAY).sentences)


def test_time_that_could_not_be_judged_never_stands_beside_100_percent(tmp_path: Path) -> None:
    path = tmp_path / "tilt.sqlite"
    frames = [Assessment(float(t), State.UNKNOWN if t < 2 else State.UPRIGHT) for t in range(1800)]
    a_log(path, frames, datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    report = report_of(path, MONDAY)
    assert dict(report.states.rows)["Can't tell"] == "2 s"
    assert report.sentences[0].endswith("; over 99 % of sitting could be judged.")
    assert report.unjudged == "Under 1 % of sitting time could not be judged and is left out."
    assert dict(report.numbers.rows)["Could be judged"] == "over 99 % of sitting"
    assert column(report.setups, "Seated; judged; tipped back")[0].endswith("over\u00a099\u00a0%; 0\u00a0%")
    assert column(report.steps, "Could be judged") == ["over 99 %"]


def test_a_long_range_goes_by_weeks(tmp_path: Path) -> None:
    path = tmp_path / "tilt.sqlite"
    make_log(path, (MONDAY, MONDAY + timedelta(days=60)), hours=0.2)
    report = report_of(path, MONDAY, MONDAY + timedelta(days=90))
    assert [plot.kind for plot in report.plots] == ["heat"]  # no day is long enough for a median
    assert report.steps_title == "Week by week"
    assert len(column(report.steps, "Week (median day)")) == 2


def test_nothing_observed_is_said_in_words(log_path: Path) -> None:
    report = report_of(log_path, date(2026, 3, 5), date(2026, 3, 6))
    assert report.is_empty
    assert report.sentences == ("Nothing was observed in this time.",)
    assert (report.plots, report.steps, report.exposure, report.warned, report.setups) == ((), None, None, None, None)


def test_recordings_are_no_part_of_the_life(log_path: Path) -> None:
    with LogReader.open(log_path) as log:
        report = gather(log, MONDAY, MONDAY, "recording")
    assert report.is_empty
    assert report.title.endswith("(recordings)")


def test_days_in_the_wrong_order_are_refused(log_path: Path) -> None:
    with pytest.raises(LogError, match="swap"):
        report_of(log_path, date(2026, 3, 3), date(2026, 3, 2))


def test_the_warnings_are_counted_by_what_stood_out(log_path: Path) -> None:
    report = report_of(log_path, DAYS[0], DAYS[-1])
    assert report.warned is not None
    assert sum(map(int, column(report.warned.causes, "Warnings"))) == report.summary.warnings_given > 0
    moved = column(report.warned.each, "Moved")
    assert len(moved) == report.summary.warnings_given
    assert f"within a minute after {report.summary.warnings_answered} of them" in report.warned.words[0]
    assert f"{sum(map(int, column(report.steps, 'Warnings')))} warning" in report.warned.words[0]


def test_notes_are_numbered_in_order_and_the_plots_use_the_numbers(log_path: Path) -> None:
    report = report_of(log_path, DAYS[0], DAYS[-1])
    assert [(note.number, note.when, note.text) for note in report.notes] == [
        (1, "Mon 2 Mar, 09:05", "new chair"),
        (2, "Tue 3 Mar, 09:10", "after lunch"),
    ]
    assert [row.notes for row in report.day_rows if row.notes] == [((545, 1),), ((550, 2),)]


def test_each_set_up_has_its_thresholds_its_time_and_its_share(log_path: Path) -> None:
    report = report_of(log_path, DAYS[0], DAYS[-1])
    assert column(report.setups, "Profile and seat") == ["desk; seat “chair”", "desk; seat “cushion”"]
    assert column(report.setups, "Thresholds of tipped") == ["enter 6.2°; leave 3.7°; your slump 12.4°"] * 2
    used = column(report.setups, "Used")
    assert used[0].startswith("2 March 2026, ")
    assert used[0].endswith("; on 2 days")
    with LogReader.open(log_path) as log:
        chair = summarize(log.between(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC), "live"))
    told = column(report.setups, "Seated; judged; tipped back")[0].replace("\u00a0", " ")
    assert told.endswith(f"{pct_words(chair.coverage_pct)}; {pct_words(chair.tipped_pct)}")


def test_the_exposure_matrix_is_that_of_the_summary(log_path: Path) -> None:
    report = report_of(log_path, MONDAY)
    assert report.exposure is not None
    assert report.summary.eva_pct is not None
    assert report.exposure.cells_pct == tuple(reversed(report.summary.eva_pct))
    assert report.exposure.rows[0] == "75 % and more"
    assert report.exposure.columns[0] == "under 10 s"
    far = math.fsum(cell for row in report.exposure.cells_pct[: report.exposure.far_rows] for cell in row)
    assert report.exposure.words.startswith(f"For {far:.0f} % of the seated time")


def test_three_minutes_make_a_report(tmp_path: Path) -> None:
    path = tmp_path / "tilt.sqlite"
    started = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    a_log(path, [Assessment(float(t), State.UPRIGHT, tilt_deg=1.0, tilt_pct=8.0) for t in range(180)], started)
    report = report_of(path, MONDAY)
    assert report.sentences[0].startswith("You were seen sitting for 3 min; 100 %")
    assert report.sentences[1] == "Your hips were not tipped back in that time."
    assert report.day is not None
    assert [words for _, words in report.day.ticks] == ["09:00", "09:01", "09:02", "09:03"]


@pytest.mark.parametrize(
    ("state", "said"),
    [(State.AWAY, "saw nobody sitting"), (State.UNKNOWN, "none of it could be judged")],
)
def test_time_without_judged_sitting_makes_no_share(tmp_path: Path, state: State, said: str) -> None:
    path = tmp_path / "tilt.sqlite"
    a_log(path, [Assessment(float(t), state) for t in range(600)], datetime(2026, 3, 2, 8, 0, tzinfo=UTC))
    report = report_of(path, MONDAY)
    assert said in report.sentences[0]
    assert len(report.sentences) == 1
    assert dict(report.numbers.rows)["Tipped back"] == "– of seated time"
    assert report.exposure is None
