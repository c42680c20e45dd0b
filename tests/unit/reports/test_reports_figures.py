from __future__ import annotations

import re
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from bench.made_log import make_log
from monitor.judgement.assessment import State
from monitor.reports.content import gather
from monitor.reports.day_figure import day_figure
from monitor.reports.figures import PNG_DPI, png_of, svg_of
from monitor.reports.look import STATE_COLOURS, WIDTH_IN
from monitor.reports.parts import Report
from monitor.reports.range_figures import heat_figure, rows_figure, trend_figure
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader

DAYS = (date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5))
PROJECT = Path(__file__).parents[3]
HEAVY = {"matplotlib", "jinja2", "fpdf", "PIL", "PySide6"}


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LogReader]:
    path = tmp_path_factory.mktemp("log") / "tilt.sqlite"
    make_log(path, DAYS, hours=1.0)
    add_note(path, datetime(2026, 3, 2, 8, 15, tzinfo=UTC), "new chair")
    with LogReader.open(path) as reader:
        yield reader


@pytest.fixture(scope="module")
def day(log: LogReader) -> Report:
    return gather(log, DAYS[0], DAYS[0])


@pytest.fixture(scope="module")
def days(log: LogReader) -> Report:
    return gather(log, DAYS[0], DAYS[-1])


def test_the_line_of_a_day_is_the_tilt_of_its_log(day: Report, log: LogReader) -> None:
    assert day.day is not None
    above, below = day_figure(day.day).axes
    line = next(each for each in above.lines if each.get_label() == "tilt")
    samples = log.day(DAYS[0], "live").samples
    drawn = np.asarray(line.get_ydata(), dtype=np.float64)
    assert np.nanmean(drawn) == pytest.approx(np.nanmean(samples.measures["tilt_deg"]), abs=0.3)
    assert below.get_yticklabels()[0].get_text() == "tipped back"
    assert "1" in [text.get_text() for text in above.texts]


def test_the_rows_show_as_long_a_time_tipped_as_the_log_has(days: Report) -> None:
    axis = rows_figure(days.day_rows).axes[0]
    assert [text.get_text() for text in axis.get_yticklabels()] == ["Mon 2 Mar", "Tue 3 Mar", "Wed 4 Mar", "Thu 5 Mar"]
    drawn = next(patch for patch in axis.patches if patch.get_label() == "tipped back")
    corners = drawn.get_path().vertices.reshape(-1, 5, 2)
    minutes = float((corners[:, 1, 0] - corners[:, 0, 0]).sum())
    assert minutes == pytest.approx(days.summary.state_s[State.TIPPED] / 60, rel=0.15)


def test_the_heat_map_writes_the_share_of_each_cell_and_the_coverage_below(days: Report) -> None:
    assert days.period is not None
    heat = days.period.heat
    cells, judged, _ = heat_figure(heat).axes
    told = [f"{cell.tipped_pct:.0f}" for row in heat.cells for cell in row if cell.has_share]
    assert [text.get_text() for text in cells.texts] == told != []
    assert [text.get_text() for text in judged.texts][2] == "–"  # the day without anything


def test_the_trend_has_a_bar_for_each_day_and_its_coverage(days: Report) -> None:
    assert days.period is not None
    tipped, judged, changes = trend_figure(days.period).axes
    points = [point for point in days.period.trend.points if point.sitting.seated]
    for axis, values in (
        (tipped, [point.tipped_pct for point in points]),
        (judged, [point.sitting.coverage_pct for point in points]),
        (changes, [point.changes_per_hour for point in points]),
    ):
        assert [bar.get_height() for bar in axis.patches] == pytest.approx(values)


def test_a_drawing_is_sound_and_as_it_was(day: Report) -> None:
    drawn = svg_of(day, "day", "a &amp; b")
    root = ElementTree.fromstring(drawn)  # noqa: S314 - drawn by the line above
    assert root.get("aria-label") == "a & b"
    assert root.get("width") is None
    assert "<metadata" not in drawn
    assert STATE_COLOURS[State.TIPPED] in drawn
    assert svg_of(day, "day", "a &amp; b") == drawn


def test_a_drawing_of_a_month_stays_small(days: Report) -> None:
    assert len(svg_of(days, "rows", "")) < 200_000
    assert len(re.findall("<path", svg_of(days, "rows", ""))) < 200


def test_a_picture_is_as_wide_as_the_page(day: Report) -> None:
    width, height = struct.unpack(">II", png_of(day, "day").getvalue()[16:24])
    assert width == int(WIDTH_IN * PNG_DPI)
    assert 0.4 * width < height < width


def test_a_plot_that_is_not_there_is_refused(day: Report) -> None:
    with pytest.raises(ValueError, match="no plot"):
        svg_of(replace(day, day=None), "day", "")


def test_the_heavy_libraries_wait_until_something_is_drawn() -> None:
    modules = ("content", "figures", "html", "pdf", "day_figure", "range_figures")
    names = ", ".join(f"monitor.reports.{name}" for name in modules)
    listed = f"import sys, {names}; print(*{{m.split('.')[0] for m in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", listed], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) & HEAVY == set()
