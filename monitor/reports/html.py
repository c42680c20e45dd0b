"""Writes a report as one HTML file that needs nothing else: no network, no script, no further file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from monitor.reports import method
from monitor.reports.dates import dated
from monitor.reports.figures import svg_of
from monitor.reports.output import put
from monitor.reports.parts import Exposure, Report
from monitor.reports.sentences import EXPOSURE_WORDS, cell_words, made_words
from monitor.words import DISCLAIMER

TEMPLATE: Final = "page.html.j2"
LEAST_SHADE, MOST_SHADE = 0.08, 0.55
"""How strongly a cell that is not empty is shaded; at the most, text is still read on it, in the dark too."""


def write_html(report: Report, path: Path) -> None:
    """Write the report into a file; its folder must exist.

    Raises:
        OutputError: the file cannot be written.
    """
    put(path, page_of(report).encode("utf-8"))


def page_of(report: Report) -> str:
    """The whole page."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup, escape

    templates = Environment(
        loader=PackageLoader("monitor.reports", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    drawings = {
        plot.kind: Markup(svg_of(report, plot.kind, str(escape(plot.alt))))  # noqa: S704 - drawn here, its text escaped
        for plot in report.plots
    }
    return templates.get_template(TEMPLATE).render(
        report=report,
        drawings=drawings,
        made=made_words(report),
        day_made=dated(report.made),
        shades=shades(report.exposure) if report.exposure else (),
        cell_words=cell_words,
        exposure_words=EXPOSURE_WORDS,
        method=method,
        disclaimer=DISCLAIMER,
    )


def shades(exposure: Exposure) -> tuple[tuple[float, ...], ...]:
    """How strongly each cell of the matrix is shaded, 0 to `MOST_SHADE`."""
    most = max((cell for row in exposure.cells_pct for cell in row), default=0.0)
    return tuple(tuple(_shade(cell, most) for cell in row) for row in exposure.cells_pct)


def _shade(cell: float, most: float) -> float:
    return round(LEAST_SHADE + (MOST_SHADE - LEAST_SHADE) * cell / most, 3) if cell > 0 else 0.0
