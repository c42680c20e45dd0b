"""The plots of a report, as SVG that fits into a page or as PNG."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Final

from monitor.reports.parts import PlotKind, Report

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PNG_DPI: Final = 200
_BEFORE_SVG = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_ROOT = re.compile(r"<svg\b[^>]*>")
_VIEW_BOX = re.compile(r'viewBox="([^"]*)"')
_ID = re.compile(r'\bid="([^"]+)"')


def svg_of(report: Report, kind: PlotKind, alt: str) -> str:
    """A plot as an SVG element: no prologue, no metadata, no fixed size, and names of its own.

    ``alt`` is already escaped for HTML.
    """
    written = BytesIO()
    _figure_of(report, kind).savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    return _trimmed(written.getvalue().decode("utf-8"), kind, alt)


def png_of(report: Report, kind: PlotKind) -> BytesIO:
    """A plot as PNG."""
    written = BytesIO()
    _figure_of(report, kind).savefig(written, format="png", dpi=PNG_DPI, metadata={"Software": None})
    written.seek(0)
    return written


def _figure_of(report: Report, kind: PlotKind) -> Figure:
    from monitor.reports.day_figure import day_figure
    from monitor.reports.range_figures import heat_figure, rows_figure, trend_figure

    if kind == "day" and report.day is not None:
        return day_figure(report.day)
    if kind == "rows":
        return rows_figure(report.day_rows)
    if report.period is not None and kind == "heat":
        return heat_figure(report.period.heat)
    if report.period is not None and kind == "trend":
        return trend_figure(report.period)
    raise ValueError(f"this report has no plot of the kind {kind}")


def _trimmed(svg: str, kind: str, alt: str) -> str:
    """What a page needs of an SVG file. Ids are numbered, so that no two plots share one and nothing is random."""
    svg = _COMMENT.sub("", _METADATA.sub("", _BEFORE_SVG.sub("", svg)))
    box = _VIEW_BOX.search(svg)
    view_box = box.group(1) if box else ""
    root = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="{view_box}"'
    svg = _ROOT.sub(lambda _: f'{root} role="img" aria-label="{alt}">', svg, count=1)
    ids = {old: f"{kind}-{number}" for number, old in enumerate(dict.fromkeys(_ID.findall(svg)))}
    svg = _ID.sub(lambda found: f'id="{ids[found.group(1)]}"', svg)
    return re.sub(r'(?<=#)([\w-]+)(?=[)"])', lambda found: ids.get(found.group(1), found.group(1)), svg)
