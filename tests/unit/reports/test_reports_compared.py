"""The section that compares two seats or profiles, and its words."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import compared_days
import pytest
from compared_days import DAY

from bench.made_log import make_log, workdays
from monitor.compare_words import all_notes, as_dict, figure_rows, group_name, has_figures
from monitor.reports.compared import compared
from monitor.reports.content import gather
from monitor.reports.html import page_of
from monitor.tiltlog.compare import Choice, What, compare
from monitor.tiltlog.reader import LogReader

days = partial(compared_days.days, unknown=1 / 400)
CHAIR, CUSHION = Choice(What.SEAT, "chair"), Choice(What.SEAT, "cushion")


WEEKS = (*days("chair", (30, 28, 26, 27, 29, 28)), *days("cushion", (18, 20, 19, 21, 17, 19), first=7))


def test_each_figure_stands_beside_the_other_with_the_difference_and_its_range() -> None:
    rows = {row.name: row[1:] for row in figure_rows(compare(WEEKS, CHAIR, CUSHION))}
    assert rows["Days"] == ("6", "6", "")
    assert rows["Seated time"] == ("10 h 00 min", "10 h 00 min", "")
    assert rows["Could be judged"] == ("over 99 % of sitting", "over 99 % of sitting", "")
    assert rows["Tipped back"][:2] == ("28 %", "19 %")
    assert re.fullmatch(r"−9 points \(−1\d … −\d\)", rows["Tipped back"][2])
    assert rows["Longest tipped"] == ("30 min", "21 min", "−9 min")
    assert rows["Position changes"][:2] == ("16.8 an hour", "11.4 an hour")
    assert rows["Middle tilt"][:2] == ("28 % of your slump", "19 % of your slump")


def test_figures_that_would_not_add_up_in_whole_percents_have_a_decimal() -> None:
    found = compare((*days("chair", (17,) * 5), *days("cushion", (13, 13, 14, 14), first=7)), CHAIR, CUSHION)
    middle = next(row for row in figure_rows(found) if row.name == "Middle tilt")
    assert middle[1:] == ("17.0 % of your slump", "13.5 % of your slump", "−3.5 points")


def test_what_is_not_known_is_a_dash_and_no_number() -> None:
    found = compare((*days("chair", (30,)), *days("cushion", (5,), first=7, seated_min=20)), CHAIR, CUSHION)
    rows = {row.name: row[1:] for row in figure_rows(found)}
    assert rows["Days"] == ("1", "0, and 1 too short", "")
    assert {rows[name][1] for name in rows if name != "Days"} == {"–"}
    assert {rows[name][2] for name in ("Tipped back", "Longest tipped", "Position changes", "Middle tilt")} == {"–"}
    told = as_dict(found)
    assert told["second"]["tipped_pct"] is None
    assert told["difference"]["tipped_pct_points"] == {"value": None, "low": None, "high": None}
    assert "NaN" not in json.dumps(told)


def test_a_share_just_short_of_all_never_reads_100_in_the_notes() -> None:
    notes = all_notes(compare(WEEKS, CHAIR, CUSHION))
    assert "Could be judged: over 99 % of sitting with 'chair', over 99 % with 'cushion'." in notes
    assert notes[0].startswith("In brackets: where the difference lies over days like these, 95 times in 100")


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        (CHAIR, "chair"),
        (Choice(What.SEAT), "no seat tag"),
        (Choice(What.PROFILE, "desk"), "desk"),
        (Choice(What.RANGE, "", date(2025, 3, 2), date(2026, 3, 3)), "2 Mar 2025 – 3 Mar 2026"),
        (Choice(What.RANGE, "", DAY, DAY), "2 Mar 2026"),
    ],
)
def test_a_group_has_a_short_name(choice: Choice, name: str) -> None:
    assert group_name(choice) == name


def test_one_seat_and_one_profile_leave_nothing_to_compare() -> None:
    assert compared(()) is None
    assert compared(days("chair", (30, 28))) is None
    never_sat = days("cushion", (0,), first=3, seated_min=0)
    assert compared((*days("chair", (30, 28)), *never_sat)) is None


def test_two_seats_are_compared_in_the_order_of_first_use() -> None:
    told = compared(WEEKS)
    assert told is not None
    assert told.table is not None
    assert told.table.head == ("Figure", "chair", "cushion", "Difference")
    assert told.words.startswith("With 'cushion' the hips were tipped 9 points less of the seated time (28 % to 19 %)")
    assert told.which == ""
    assert "Other things than the seat may have changed, too." in told.notes


def test_of_more_seats_the_two_with_most_days_are_compared_and_named() -> None:
    told = compared((*days("stool", (9, 9)), *days("chair", (30,) * 3, first=2), *days("", (10,) * 4, first=5)))
    assert told is not None
    assert told.table is not None
    assert told.table.head[1:3] == ("chair", "no seat tag")
    assert told.which == "Of the 3 seats in use, these two have the most days: chair and no seat tag."
    assert told.words == "Not enough days yet: 3 with 'chair', 4 without a seat tag; each side needs 5."


def test_days_that_are_long_enough_count_before_short_ones() -> None:
    short = days("stool", (1,) * 9, seated_min=10)
    told = compared((*short, *days("chair", (30,) * 2, first=10), *days("cushion", (10,) * 3, first=20)))
    assert told is not None
    assert told.table is not None
    assert told.table.head[1:3] == ("chair", "cushion")


def test_with_one_seat_two_profiles_are_compared() -> None:
    told = compared((*days("chair", (30, 28)), *days("chair", (10, 12), first=4, profile="sofa")))
    assert told is not None
    assert told.words == (
        "Not enough days yet: 2 with the profile 'desk', 2 with the profile 'sofa'; each side needs 5."
    )


def test_seats_without_a_long_day_have_a_sentence_and_no_table() -> None:
    told = compared((*days("chair", (5,), seated_min=20), *days("cushion", (5,), first=2, seated_min=20)))
    assert told is not None
    assert (told.table, told.notes) == (None, "")
    assert told.words.startswith("Not enough days yet: 0 with 'chair', 0 with 'cushion'")


def test_a_group_with_itself_has_no_figures() -> None:
    assert not has_figures(compare(WEEKS, CHAIR, CHAIR))
    assert all_notes(compare(WEEKS, CHAIR, CHAIR)) == ()


def test_the_page_has_the_comparison(tmp_path: Path) -> None:
    path = tmp_path / "tilt.sqlite"
    make_log(path, tuple(workdays(DAY, 2)), hours=0.9, seat_of=lambda day: "chair" if day == DAY else "cushion")
    with LogReader.open(path) as log:
        report = gather(log, DAY, DAY + timedelta(days=1))
        assert gather(log, DAY, DAY).compared is None
    assert report.compared is not None
    assert report.compared.table is not None
    page = page_of(report).replace("&#39;", "'")
    assert "<h2>Compared</h2>" in page
    assert f"<p>{report.compared.words}</p>" in page
    assert report.compared.notes in page
    assert [cell for row in report.compared.table.rows for cell in row if cell not in page] == []
