"""Writes a report as PDF: A4, the same contents as the HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from monitor.reports import method
from monitor.reports.figures import png_of
from monitor.reports.html import shades
from monitor.reports.output import put
from monitor.reports.paper import Paper
from monitor.reports.parts import Compared, Exposure, NoteLine, Report, Table, Warned
from monitor.reports.sentences import EXPOSURE_WORDS, cell_words, made_words
from monitor.words import DISCLAIMER

FAR: Final = (212, 87, 10)
NEAR: Final = (15, 123, 131)
SETUP_WIDTHS: Final = (3, 3, 2.6, 4, 2.6)
METHOD_MM, NOTE_MM = 38.0, 44.0
"""How wide the names of paragraphs are."""
CAUSES_MM, GAP_MM, EACH_MM = 68.0, 6.0, 106.0
"""The counts of the warnings, and the list beside them."""


def write_pdf(report: Report, path: Path) -> None:
    """Write the report into a file; its folder must exist.

    Raises:
        OutputError: the file cannot be written.
    """
    put(path, pages_of(report).bytes())


def pages_of(report: Report) -> Paper:
    """All pages of the report."""
    paper = Paper(report.title, f"Saddle {report.version}".strip(), report.made)
    paper.title("Report of how you sat", report.title, made_words(report))
    for sentence in report.sentences:
        paper.paragraph(sentence)
    if not report.is_empty:
        _figures(paper, report)
    if report.exposure:
        paper.together(partial(_exposure, exposure=report.exposure))
    if report.compared:
        paper.together(partial(_compared, found=report.compared))
    if report.warned:
        _warnings(paper, report.warned)
    if report.notes:
        _notes(paper, report.notes)
    if report.setups:
        _set_ups(paper, report.setups)
    _closing(paper)
    return paper


def _figures(paper: Paper, report: Report) -> None:
    paper.heading("In figures")
    paper.columns(
        lambda: paper.table(report.numbers, (1, 1.5)),
        lambda: paper.table(report.states, (1.2, 1), right=(1,)),
        left_mm=116.0,
    )
    paper.paragraph(report.unjudged, small=True)
    _plots(paper, report)
    if report.steps:
        heading, columns = f"{report.steps_title}, in figures", len(report.steps.head)
        widths = (1.4, *(1 for _ in range(columns - 1)))
        paper.table(report.steps, widths, right=range(1, columns), heading=heading)


def _plots(paper: Paper, report: Report) -> None:
    """Every plot; one that the page has room for comes before one that needs a new page."""
    waiting = [(plot, png_of(report, plot.kind)) for plot in report.plots]
    while waiting:
        fitting = (at for at, (plot, png) in enumerate(waiting) if paper.takes(png, plot.heading, plot.caption))
        plot, png = waiting.pop(next(fitting, 0))
        paper.picture(plot.heading, png, plot.caption, plot.alt)


def _exposure(paper: Paper, exposure: Exposure) -> None:
    paper.heading("How far and for how long at a time", room_mm=0.0)
    paper.paragraph(exposure.words)
    rows = ((name, *map(cell_words, cells)) for name, cells in zip(exposure.rows, exposure.cells_pct, strict=True))
    fills = [
        [_on_white(FAR if number < exposure.far_rows else NEAR, shade) for shade in row]
        for number, row in enumerate(shades(exposure))
    ]
    head = ("Tilt, in % of your slump; without a break for:", *exposure.columns)
    paper.shaded(Table(head, tuple(rows)), fills, (2.2, *(1 for _ in exposure.columns)))
    paper.paragraph(EXPOSURE_WORDS, small=True)


def _compared(paper: Paper, found: Compared) -> None:
    paper.heading("Compared", room_mm=0.0)
    paper.paragraph(found.words)
    if found.which:
        paper.paragraph(found.which)
    if found.table:
        paper.table(found.table, (1, 1.2, 1.2, 1.4))
    if found.notes:
        paper.paragraph(found.notes, small=True)


def _warnings(paper: Paper, warned: Warned) -> None:
    """The counts, and beside them the list where the page has room for it, else below."""
    causes, each = warned.causes, warned.each

    def words(paper: Paper) -> None:
        paper.heading("Warnings", room_mm=0.0)
        for sentence in warned.words:
            paper.paragraph(sentence)

    def counts(paper: Paper) -> None:
        if causes:
            paper.table(causes, (2.4, 1), right=(1,), width_mm=CAUSES_MM)

    def listed(paper: Paper) -> None:
        if each:
            paper.table(each, (1.5, 1.8, 1.2), width_mm=EACH_MM)

    beside_mm = paper.height_mm(words) + max(map(paper.height_mm, (counts, listed)))
    if beside_mm < paper.room_mm:
        words(paper)
        paper.columns(lambda: counts(paper), lambda: listed(paper), left_mm=CAUSES_MM, gap_mm=GAP_MM)
    else:
        paper.together(words, counts)
        listed(paper)


def _notes(paper: Paper, notes: Sequence[NoteLine]) -> None:
    paper.heading("Your notes")
    for note in notes:
        paper.named(f"{note.number}   {note.when}", note.text, name_mm=NOTE_MM)
    paper.tell_gaps()


def _set_ups(paper: Paper, used: Table) -> None:
    paper.table(used, SETUP_WIDTHS, heading="Set-ups used")
    paper.tell_gaps()


def _closing(paper: Paper) -> None:
    """How it was made, and when to see a doctor, which never stands alone on a page."""
    paper.heading(method.HEADING, room_mm=60.0)
    *paragraphs, last = method.METHOD
    for name, text in paragraphs:
        paper.named(name, text, name_mm=METHOD_MM)
    paper.together(lambda paper: paper.named(*last, name_mm=METHOD_MM), _meaning, _doctor)


def _meaning(paper: Paper) -> None:
    paper.paragraph(method.MEANING)
    paper.paragraph(DISCLAIMER, bold=True)


def _doctor(paper: Paper) -> None:
    paper.heading(method.DOCTOR_HEADING, room_mm=0.0)
    paper.paragraph(method.DOCTOR_WORDS)
    paper.columns(
        lambda: _signs(paper, method.AT_ONCE_HEADING, method.AT_ONCE),
        lambda: _signs(paper, method.SOON_HEADING, method.SOON),
        left_mm=85.0,
    )


def _signs(paper: Paper, name: str, signs: Sequence[str]) -> None:
    paper.paragraph(name, bold=True)
    paper.points(signs)


def _on_white(colour: tuple[int, int, int], strength: float) -> tuple[int, int, int]:
    red, green, blue = (round(255 + strength * (part - 255)) for part in colour)
    return red, green, blue
