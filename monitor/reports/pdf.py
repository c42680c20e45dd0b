"""Writes a report as PDF: A4, the same contents as the HTML file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from monitor.reports import method
from monitor.reports.figures import png_of
from monitor.reports.html import shades
from monitor.reports.output import put
from monitor.reports.paper import Paper
from monitor.reports.parts import Exposure, Report, Table
from monitor.reports.sentences import EXPOSURE_WORDS, cell_words, made_words
from monitor.words import DISCLAIMER

FAR: Final = (212, 87, 10)
NEAR: Final = (15, 123, 131)
SETUP_WIDTHS: Final = (3, 3, 2.6, 4, 2.6)


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
        _exposure(paper, report.exposure)
    _warnings(paper, report)
    if report.notes:
        paper.heading("Your notes")
        for note in report.notes:
            paper.named(f"{note.number}   {note.when}", note.text, name_mm=44.0)
    if report.setups:
        paper.heading("Set-ups used")
        paper.table(report.setups, SETUP_WIDTHS)
    _method(paper)
    return paper


def _figures(paper: Paper, report: Report) -> None:
    paper.heading("In figures")
    paper.columns(
        lambda: paper.table(report.numbers, (1, 1.5)),
        lambda: paper.table(report.states, (1.2, 1), right=(1,)),
        left_mm=116.0,
    )
    paper.paragraph(report.unjudged, small=True)
    for plot in report.plots:
        paper.picture(plot.heading, png_of(report, plot.kind), plot.caption, plot.alt)
    if report.steps:
        paper.heading(f"{report.steps_title}, in figures", room_mm=40.0)
        columns = len(report.steps.head)
        paper.table(report.steps, (1.4, *(1 for _ in range(columns - 1))), right=range(1, columns))


def _exposure(paper: Paper, exposure: Exposure) -> None:
    paper.heading("How far and for how long at a time", room_mm=85.0)
    paper.paragraph(exposure.words)
    rows = ((name, *map(cell_words, cells)) for name, cells in zip(exposure.rows, exposure.cells_pct, strict=True))
    fills = [
        [_on_white(FAR if number < exposure.far_rows else NEAR, shade) for shade in row]
        for number, row in enumerate(shades(exposure))
    ]
    head = ("Tilt, in % of your slump; without a break for:", *exposure.columns)
    paper.shaded(Table(head, tuple(rows)), fills, (2.2, *(1 for _ in exposure.columns)))
    paper.paragraph(EXPOSURE_WORDS, small=True)


def _warnings(paper: Paper, report: Report) -> None:
    if report.warned is None:
        return
    paper.heading("Warnings")
    for sentence in report.warned.words:
        paper.paragraph(sentence)
    if report.warned.causes:
        paper.table(report.warned.causes, (2, 1), right=(1,), width_mm=90.0)
    if report.warned.each:
        paper.table(report.warned.each, (1.2, 2, 1.4), width_mm=140.0)


def _method(paper: Paper) -> None:
    paper.heading(method.HEADING, room_mm=60.0)
    for name, text in method.METHOD:
        paper.named(name, text)
    paper.paragraph(method.MEANING)
    paper.paragraph(DISCLAIMER, bold=True)
    paper.heading(method.DOCTOR_HEADING, room_mm=75.0)
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
