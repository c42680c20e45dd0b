from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.alerts.causes import Cause
from monitor.day_words import pct_words, summary_rows
from monitor.desktop.look import STATE_COLOURS as WINDOW_COLOURS
from monitor.desktop.wizard.doctor import at_once, soon
from monitor.reports import method
from monitor.reports.dates import long_day, range_words
from monitor.reports.look import STATE_COLOURS
from monitor.reports.sentences import CAUSE_WORDS, cause_words, cell_words, exposure, warned
from monitor.tiltlog.eva import COLUMN_EDGES_S, ROW_EDGES_PCT
from monitor.tiltlog.summary import summary_of
from monitor.tiltlog.totals import Totals
from monitor.words import shortened

ACCURACY = (Path(__file__).parents[3] / "docs" / "accuracy.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-10-05", "2026-10-05", "Monday, 5 October 2026"),
        ("2026-10-05", "2026-10-11", "Week 41, 5 to 11 October 2026"),
        ("2026-09-28", "2026-10-04", "Week 40, 28 September to 4 October 2026"),
        ("2026-02-01", "2026-02-28", "February 2026"),
        ("2026-12-01", "2026-12-31", "December 2026"),
        ("2026-10-05", "2026-10-12", "5 to 12 October 2026"),
        ("2026-12-28", "2027-01-02", "28 December 2026 to 2 January 2027"),
    ],
)
def test_a_range_has_a_name(first: str, last: str, words: str) -> None:
    assert range_words(date.fromisoformat(first), date.fromisoformat(last)) == words


def test_days_are_named_in_english_in_every_month() -> None:
    named = [long_day(date(2026, month, 1)).split()[2] for month in range(1, 13)]
    assert named[0] == "January"
    assert named[-1] == "December"
    assert len(set(named)) == 12


def test_the_published_figures_are_the_ones_told() -> None:
    within = next(line for line in ACCURACY.splitlines() if line.startswith("| **all within 20°** |"))
    films, _, rmse, _, worst, _, holds, *_ = (cell.strip() for cell in within.strip("|").split("|")[1:])
    assert int(films) > 1
    assert round(float(rmse.rstrip("°")), 1) == method.RMSE_DEG
    assert float(holds.rstrip(" %")) == method.INTERVAL_HOLDS_PCT
    assert float(worst.rstrip("°")) <= method.FILM_RMSE_DEG[1]
    assert f"| {method.WORST_HOLDS_PCT} % |" in ACCURACY
    assert f"| {method.KNEE_RMSE_CM[0]} cm |" in ACCURACY
    assert f"| {method.KNEE_RMSE_CM[1]} cm |" in ACCURACY
    assert "to 5.1° instead of 1.6 to" in ACCURACY
    assert method.FILM_RMSE_DEG == (1.6, 5.1)
    assert re.search(r"by a tenth to a\s+sixth", ACCURACY)
    tenth, sixth = method.READ_SHORT_PCT
    assert (tenth, sixth) == (round(100 / 10), round(100 / 6))


def test_the_signs_for_a_doctor_are_those_of_the_first_start() -> None:
    assert at_once() == method.AT_ONCE
    assert soon() == method.SOON


def test_a_state_has_the_colour_that_it_has_in_the_windows() -> None:
    assert {state: colour.name() for state, colour in WINDOW_COLOURS.items()} == STATE_COLOURS


def test_every_cause_has_words() -> None:
    assert set(CAUSE_WORDS) == set(Cause)
    assert cause_words("knees_above_hips") == cause_words("knees above hips") == "knees above the hips"
    assert cause_words("") == "nothing stood out"
    assert cause_words("of_a_later_version") == "of a later version"


def test_hints_are_told_apart_from_warnings() -> None:
    told = warned(Totals(warnings={"knee hint": 1, "sit break": 3}), None)
    assert told is not None
    assert told.causes is None
    assert told.words == (
        "No warning that the hips stay tipped back.",
        "Besides, Saddle gave a hint: once about the height of the knees; 3 times to stand up for a while.",
    )
    assert warned(Totals(), None) is None


def test_what_did_not_stand_out_comes_last_and_is_counted_once() -> None:
    told = warned(Totals(given=6, answered=2, causes={"plain": 1, "head_forward": 2, "knees_above_hips": 2}), None)
    assert told is not None
    assert told.causes is not None
    assert told.causes.rows == (("head moved forward", "2"), ("knees above the hips", "2"), ("nothing stood out", "2"))


def test_where_all_of_it_came_is_said_so() -> None:
    cells = [[0.0] * (len(COLUMN_EDGES_S) + 1) for _ in range(len(ROW_EDGES_PCT) + 1)]
    cells[1][2], cells[4][3] = 60.0, 20.0
    told = exposure(tuple(map(tuple, cells)), 80.0)
    assert told is not None
    assert told.words == (
        "For 20 % of the seated time your hips were tipped by half of your slump or more (80 % of sitting could be "
        "judged). All of that came in stretches of 1 min 40 s to 5 min."
    )
    cells[4][3] = 0.0
    none = exposure(tuple(map(tuple, cells)), 80.0)
    assert none is not None
    assert "stretches" not in none.words


@pytest.mark.parametrize(("share", "words"), [(0.0, "0"), (0.2, "< 1"), (0.5, "< 1"), (0.6, "1"), (99.7, "100")])
def test_a_cell_that_is_not_empty_never_reads_zero(share: float, words: str) -> None:
    assert cell_words(share) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [
        *((0.0, "0 %"), (1e-12, "0 %"), (-1e-12, "0 %"), (0.001, "under 1 %"), (0.5, "under 1 %"), (0.6, "1 %")),
        *((42.0, "42 %"), (99.4, "99 %"), (99.5, "over 99 %"), (99.999, "over 99 %")),
        *((100.0 - 1e-12, "100 %"), (100.0, "100 %"), (math.nan, "–"), (-3.2, "-3 %"), (104.0, "104 %")),
    ],
)
def test_a_share_reads_all_or_nothing_only_where_it_is(share: float, words: str) -> None:
    assert pct_words(share) == words


def test_where_nearly_all_of_it_came_is_not_said_to_be_all() -> None:
    cells = [[0.0] * (len(COLUMN_EDGES_S) + 1) for _ in range(len(ROW_EDGES_PCT) + 1)]
    cells[4][3], cells[4][2] = 20.0, 0.02
    told = exposure(tuple(map(tuple, cells)), 99.9)
    assert told is not None
    assert "(over 99 % of sitting could be judged). The largest part of that, over 99 % of it, came" in told.words


def test_the_tilt_is_no_share_and_the_dose_says_what_it_is_held_against() -> None:
    nothing = summary_of(Totals(), 0.0, 60.0)
    rows = dict(summary_rows(replace(nothing, tilt_median_pct=0.4, tilt_p90_pct=99.7, peak_dose_pct=62)))
    assert rows["tilt, middle / high"] == "0 % / 100 % of your slump"
    assert rows["tipping dose at its highest"] == "62 % (unless set otherwise, a warning comes at 45 %)"
    assert dict(summary_rows(nothing))["tipping dose at its highest"] == "–"


def test_a_long_name_is_cut() -> None:
    assert shortened("desk") == "desk"
    assert len(shortened("d" * 500)) == 80
