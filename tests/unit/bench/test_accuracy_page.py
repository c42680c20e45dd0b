import math

import pytest

from bench.page import table, with_part, write_part

PAGE = "# Title\n\nby hand\n\n<!-- judged: begin -->\nold\n<!-- judged: end -->\n\n<!-- figures: begin -->\nkept\n"


def test_only_what_stands_between_the_marks_is_replaced():
    page = with_part(PAGE, "judged", "new\nlines")
    assert page == PAGE.replace("old", "new\nlines")
    assert with_part(page, "judged", "old") == PAGE


@pytest.mark.parametrize("name", ["figures", "other"])
def test_a_page_without_both_marks_is_left_alone(tmp_path, name):
    path = tmp_path / "page.md"
    path.write_text(PAGE, encoding="utf-8")
    with pytest.raises(ValueError, match=f"{name}: begin"):
        write_part(path, name, "new")
    assert path.read_text(encoding="utf-8") == PAGE


def test_a_table_has_a_line_under_its_head():
    assert table(["a", "b"], [["1", "2"]]) == ["| a | b |", "| --- | --- |", "| 1 | 2 |"]


def test_nothing_is_measured_without_films():
    from bench.accuracy.report import Results, goals

    assert {goal.met for goal in goals(Results())} == {None}
    assert all("nan" not in goal.found for goal in goals(Results()))


def test_the_page_says_plainly_which_goal_is_missed():
    from accuracy_films import film

    from bench.accuracy.report import Results, as_markdown

    text = as_markdown(Results(work=[film(error_deg=6.0)]))
    row = next(line for line in text.splitlines() if "slump calibrated: RMSE" in line and "no slump" not in line)
    assert row == "| change of tilt, slump calibrated: RMSE | ≤ 3.5° | 6.00° | **missed** |"
    assert "nan" not in text


def test_refused_calibrations_are_listed_and_counted():
    from accuracy_films import film

    from bench.accuracy.judging import Refused
    from bench.accuracy.report import Results, as_markdown

    work = [film() for _ in range(3)]
    refused = Refused("work_judge_0009", {**work[0].header, "yaw": 25.0}, "Move the camera.")
    text = as_markdown(Results(work=work, work_refused=[refused]))
    assert "refused in 1 of 4 films (25 %), within 20° in 0 of 3 (0 %)" in text
    assert "Move the camera." in text


def test_photographs_say_which_pairs_go_the_other_way_and_what_was_refused():
    from bench.accuracy.photographs import Told
    from bench.accuracy.report import photograph_lines

    told = [
        Told("side_on", "a.jpg", "b.jpg", 5.0, 2.0, ""),
        Told("side_on", "c.jpg", "d.jpg", -3.0, 30.0, ""),
        Told("side_on", "e.jpg", "f.jpg", math.nan, math.nan, "knee hidden"),
        Told("front_on", "g.jpg", "g.jpg", math.nan, math.nan, "hip or shoulder not seen"),
    ]
    text = "\n".join(photograph_lines(told))
    assert "`side_on`: 1 of 2 pairs in the right order; 1 refused." in text
    assert "| c.jpg | d.jpg | -3.0° | +30° | **other way** |" in text
    assert "- refused, knee hidden: 1" in text
    assert "`front_on`: 1 of 1 pictures refused" in text


def test_false_warnings_say_what_truly_happened():
    from accuracy_films import film

    from bench.accuracy.report import Results, as_markdown

    text = as_markdown(Results(work=[film()], days=[film(course="upright", warned_s=(300.0,))]))
    assert "False warnings: 1" in text
    assert "  - warned while truly *tipped*, 0 (upright): j01, office" in text
