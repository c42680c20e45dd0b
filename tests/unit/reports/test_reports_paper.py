"""How things keep together on the pages of a PDF."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

import pytest
from matplotlib.figure import Figure
from pdf_text import WatchedPaper, runs

from monitor.reports.paper import GAP, KEPT_ROWS, Paper, page_parts
from monitor.reports.parts import Table

MADE = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
PAGE_MM = 264.0


def a_paper(room_mm: float = PAGE_MM) -> WatchedPaper:
    """A page with so much room left."""
    paper = WatchedPaper("a report", "Saddle", MADE)
    paper.pdf.set_y(paper.pdf.get_y() + paper.room_mm - room_mm)
    return paper


def a_table(rows: int) -> Table:
    return Table(("When", "What"), tuple((f"row {number}", "x") for number in range(rows)))


def rows_by_page(paper: Paper) -> list[int]:
    """How many rows of `a_table` stand on each page."""
    pages = [run.page for run in runs(paper.bytes()) if run.text.startswith("row ")]
    return [pages.count(page) for page in range(1, max(pages) + 1)]


@pytest.mark.parametrize(
    ("rows", "room_mm", "parts"),
    [
        (4, 50.0, [4]),
        (4, 24.9, [0, 4]),  # one would stand alone, and it is short enough to be kept together
        (12, 60.0, [0, 12]),
        (20, 60.0, [10, 10]),
        (20, 104.9, [18, 2]),  # 19 would fit: the last one does not stay alone
        (20, 14.9, [0, 20]),  # only one would fit
        (120, 60.0, [10, 51, 51, 8]),
        (103, 10.0, [0, 51, 50, 2]),
        (0, 50.0, []),
    ],
)
def test_no_row_stands_alone(rows: int, room_mm: float, parts: list[int]) -> None:
    assert page_parts(5.0, [5.0] * rows, room_mm, 260.1) == parts


def test_rows_as_high_as_a_page_are_put_on_one_each() -> None:
    assert page_parts(5.0, [250.0] * 3, 100.0, PAGE_MM) == [0, 1, 1, 1]


def test_a_short_table_stays_in_one_piece_with_its_heading() -> None:
    paper = a_paper(30.0)
    paper.table(a_table(KEPT_ROWS), (1, 1), heading="Things")
    assert rows_by_page(paper) == [0, KEPT_ROWS]
    assert paper.pages("Things") == [2]


def test_a_long_table_goes_on_with_its_head_and_two_rows() -> None:
    paper, table = a_paper(), a_table(30)
    all_mm = paper.height_mm(lambda paper: paper.table(table, (1, 1)))
    paper.pdf.set_y(paper.pdf.get_y() + paper.room_mm - all_mm + 4.0)
    paper.table(table, (1, 1))
    assert rows_by_page(paper) == [28, 2]
    assert paper.pages("When") == [1, 2]


def test_what_belongs_together_goes_to_the_next_page() -> None:
    def part(paper: Paper) -> None:
        paper.paragraph("one")
        paper.paragraph("two")

    needed_mm = a_paper(100.0).height_mm(part)
    for room_mm, page in ((needed_mm + 0.1, 1), (needed_mm - 3.0, 2)):
        paper = a_paper(room_mm)
        paper.together(part)
        assert paper.pages("one", "two") == [page, page]


def test_what_is_measured_is_what_it_takes() -> None:
    def part(paper: Paper) -> None:
        paper.heading("Things", room_mm=0.0)
        paper.named("name", "words " * 60, name_mm=40.0)
        paper.table(a_table(5), (1, 1))

    paper = a_paper(200.0)
    needed_mm = paper.height_mm(part)
    part(paper)
    assert paper.room_mm == pytest.approx(200.0 - needed_mm)


@pytest.mark.parametrize(("share", "page"), [(1.02, 1), (0.9, 1), (0.8, 2)])
def test_a_picture_is_drawn_a_little_smaller_to_find_room(share: float, page: int) -> None:
    png = BytesIO()
    Figure(figsize=(6, 3)).savefig(png, format="png", dpi=50)
    paper = a_paper(200.0)
    words_mm = 200.0 - paper._picture_mm("A picture", "What it shows")
    paper = a_paper(words_mm + share * paper.pdf.epw / 2)
    paper.picture("A picture", png, "What it shows", "")
    assert paper.pages("A picture", "What it shows") == [page, page]
    assert paper.pdf.page == page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("新しい椅子", GAP),
        ("新しい 椅子 chair 漢字", f"{GAP} chair {GAP}"),
        ("on \U0001f469\u200d\U0001f9bd\U0001f3fd today", f"on {GAP} today"),
        ("a\tb", "a b"),
        ("höher ✓", "höher ✓"),
        ("", ""),
    ],
)
def test_runs_of_letters_that_the_font_lacks_become_one_sign(text: str, shown: str) -> None:
    paper = a_paper()
    assert paper.fitting(text) == shown
    assert paper.has_gaps == (GAP in shown)
