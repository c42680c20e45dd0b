"""Draws a range: its days as rows, its hours as a heat map, and its trend."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from monitor.judgement.assessment import State
from monitor.reports.dates import day_month, short_day
from monitor.reports.look import (
    ACCENT,
    GRID,
    INK,
    NAMED_COLUMNS,
    PALE,
    SMALL_PT,
    STATE_COLOURS,
    hatched,
    label,
    new_figure,
    note_mark,
    plain,
    whole_numbers,
)
from monitor.reports.parts import DayRow
from monitor.reports.strips import runs
from monitor.tiltlog.hours import COLUMNS
from monitor.tiltlog.periods import Days, HeatMap, Period, Trend
from monitor.words import STATE_WORDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HEIGHTS: Final = {
    State.TIPPED: 0.86,
    **dict.fromkeys((State.UPRIGHT, State.LEANING, State.RECLINED), 0.56),
    State.STANDING: 0.3,
    State.UNKNOWN: 0.3,
    State.AWAY: 0.12,
}
"""How much of its row a state fills: tipped back stands out, away is a line."""
LOW_COVERAGE_PCT: Final = 50.0
OBSERVED: Final = tuple(code for code, name in enumerate(COLUMNS) if name in STATE_COLOURS)
"""The places in `hours.COLUMNS` of the states in which a camera looked."""


def rows_figure(rows: Sequence[DayRow]) -> Figure:
    """The days, one below the other."""
    first, last = _hours_of(rows)
    figure = new_figure(0.75 + max(0.13, 0.3 - 0.006 * len(rows)) * len(rows))
    axis = figure.add_subplot()
    plain(axis)
    axis.spines[["left"]].set_visible(False)
    axis.set_xlim(60 * first, 60 * last)
    axis.set_ylim(len(rows) - 0.4, -0.6)
    hatched(axis, 60 * first, 60.0 * (last - first))
    boxes: dict[State, list[tuple[float, float, float, float]]] = {state: [] for state in HEIGHTS}
    for index, row in enumerate(rows):
        _row(axis, index, row, boxes)
    seen = [(start, index - 0.5, length, 1.0) for index, row in enumerate(rows) for start, length in _seen(row)]
    _boxes(axis, seen, "white", "", zorder=0.6)  # what stays hatched was not observed
    for state, drawn in boxes.items():
        _boxes(axis, drawn, STATE_COLOURS[state], STATE_WORDS[state])
    step = next(step for step in (1, 2, 3, 4) if (last - first) / step <= 14)
    hours = range(first, last + 1, step)
    axis.set_xticks([60 * hour for hour in hours], [f"{hour:02d}:00" for hour in hours])
    axis.set_yticks(range(len(rows)), [short_day(row.day) for row in rows])
    axis.tick_params(axis="y", length=0)
    handles, names = axis.get_legend_handles_labels()
    figure.legend(
        handles, names, loc="outside upper right", ncols=7, frameon=False, fontsize=SMALL_PT, handlelength=1.0,
        columnspacing=1.2, labelcolor=INK,
    )  # fmt: skip
    return figure


def _row(axis: Axes, index: int, row: DayRow, boxes: dict[State, list[tuple[float, float, float, float]]]) -> None:
    for code, start, length in runs(row.states):
        name = COLUMNS[code] if code >= 0 else ""
        if name in STATE_COLOURS:
            height = HEIGHTS[State(name)]
            boxes[State(name)].append((start, index + 0.43 - height, length, height))
    tipped = STATE_COLOURS[State.TIPPED]
    if row.warnings_min:
        axis.plot(
            [minute + 0.5 for minute in row.warnings_min], [index - 0.46] * len(row.warnings_min), "v", color=tipped,
            markeredgecolor="white", markeredgewidth=0.4, markersize=4, clip_on=False, zorder=4,
        )  # fmt: skip
    for minute, number in row.notes:
        note_mark(axis, minute + 0.5, index - 0.1, number, of_axis=False)


def _seen(row: DayRow) -> list[tuple[int, int]]:
    """The stretches of a day in which a camera looked: start and length, minutes."""
    looked = np.isin(row.states, OBSERVED).astype(np.int64)
    return [(start, length) for is_seen, start, length in runs(looked) if is_seen]


def _boxes(
    axis: Axes, boxes: Sequence[tuple[float, float, float, float]], colour: str, words: str, zorder: float = 2.0
) -> None:
    """Many boxes (x, y, width, height) as one path, which keeps the file small."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    if not boxes:
        return
    corners = np.array([[(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)] for x, y, w, h in boxes])
    codes = np.tile([Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY], len(boxes))
    path = Path(corners.reshape(-1, 2), codes)
    axis.add_patch(PathPatch(path, facecolor=colour, linewidth=0, label=words, zorder=zorder))


def _hours_of(rows: Sequence[DayRow]) -> tuple[int, int]:
    """From which hour to which anything was observed."""
    seen = np.flatnonzero(np.any([np.isin(row.states, OBSERVED) for row in rows], axis=0))
    return int(seen[0] // 60), int(seen[-1] // 60) + 1


def heat_figure(heat: HeatMap) -> Figure:
    """The share tipped in each hour of each day or week, and below it how much could be judged."""
    columns, hours = len(heat.columns), len(heat.hours)
    cells = np.array([[cell.tipped_pct for cell in row] for row in heat.cells])
    figure = new_figure(1.3 + 0.21 * max(hours, 4))
    grid = figure.add_gridspec(2, 2, height_ratios=[hours, 0.9], width_ratios=[60, 1], hspace=0.0, wspace=0.02)
    axis = figure.add_subplot(grid[0, 0])
    below = figure.add_subplot(grid[1, 0], sharex=axis)
    plain(axis)
    axis.spines[:].set_visible(False)
    hatched(axis, -0.5, columns)
    most = max(10.0, float(np.nanmax(cells))) if np.isfinite(cells).any() else 10.0
    drawn = axis.pcolormesh(
        np.arange(columns + 1) - 0.5, np.arange(hours + 1) - 0.5, np.ma.masked_invalid(cells), cmap="Oranges",
        vmin=0.0, vmax=most, edgecolors="white", linewidth=0.8, zorder=1,
    )  # fmt: skip
    _cell_words(axis, heat, cells, most)
    axis.set_ylim(hours - 0.5, -0.5)
    axis.set_yticks(range(hours), [f"{hour:02d}–{hour + 1:02d} h" for hour in heat.hours])
    axis.tick_params(length=0, labelbottom=False)
    bar = figure.colorbar(drawn, cax=figure.add_subplot(grid[0, 1]))
    bar.ax.tick_params(labelsize=SMALL_PT, length=2, colors=INK)
    bar.outline.set_visible(False)
    bar.set_label("tipped back, %", fontsize=SMALL_PT, color=INK)
    _judged(below, heat)
    _name_columns(below, heat.columns)
    return figure


def _cell_words(axis: Axes, heat: HeatMap, cells: Any, most: float) -> None:
    """The number in each cell where there is room, and a dot where little could be judged."""
    for row, hour in enumerate(heat.cells):
        for column, cell in enumerate(hour):
            if not math.isfinite(cells[row, column]):
                continue
            colour = "white" if cells[row, column] > 0.72 * most else INK
            if len(heat.columns) <= NAMED_COLUMNS:
                words = f"{cells[row, column]:.0f}"
                axis.text(column, row, words, ha="center", va="center", fontsize=SMALL_PT, color=colour, zorder=3)
            if cell.coverage_pct < LOW_COVERAGE_PCT:
                axis.plot(column + 0.36, row - 0.28, "o", color=colour, markersize=2.2, zorder=3)


def _judged(axis: Axes, heat: HeatMap) -> None:
    plain(axis)
    axis.spines[:].set_visible(False)
    small = SMALL_PT if len(heat.columns) <= NAMED_COLUMNS else 4.8
    for column in range(len(heat.columns)):
        cells = [row[column] for row in heat.cells]
        seated, unknown = sum(cell.seated for cell in cells), sum(cell.unknown for cell in cells)
        words = f"{100 * seated / (seated + unknown):.0f}" if seated + unknown else "–"
        axis.text(column, 0.5, words, ha="center", va="center", fontsize=small, color=INK)
    axis.set_ylim(0.0, 1.0)
    axis.set_yticks([0.5], ["judged, %"])
    axis.tick_params(axis="y", length=0)


def trend_figure(period: Period) -> Figure:
    """Share tipped, how much could be judged, and position changes an hour, one below the other."""
    trend = period.trend
    figure = new_figure(4.3)
    tipped, judged, changes = figure.subplots(3, 1, sharex=True, height_ratios=[2.2, 1.0, 1.6])
    places = np.arange(len(trend.points))
    width = 0.62 if len(places) <= NAMED_COLUMNS else 0.72
    shares = [point.tipped_pct for point in trend.points]
    _bars(tipped, places, shares, STATE_COLOURS[State.TIPPED], width, "tipped back,\n% of seated time")
    _bars(judged, places, [p.sitting.coverage_pct for p in trend.points], "#9aa7a9", width, "judged, %\nof sitting")
    _bars(changes, places, [p.changes_per_hour for p in trend.points], ACCENT, width, "position\nchanges an hour")
    judged.set_ylim(0.0, 100.0)
    judged.set_yticks([0, 50, 100])
    if len(trend.points) > NAMED_COLUMNS:
        _week_lines(tipped, trend, [week.tipped_pct for week in trend.weeks])
        _week_lines(changes, trend, [week.changes_per_hour for week in trend.weeks])
    _name_columns(changes, [point.days for point in trend.points])
    for axis in (tipped, judged):
        axis.tick_params(labelbottom=False)
    return figure


def _bars(axis: Axes, places: Any, values: Sequence[float], colour: str, width: float, words: str) -> None:
    plain(axis, grid=True)
    heights = np.array(values, dtype=np.float64)
    known = np.isfinite(heights)
    axis.bar(places[known], heights[known], width, color=colour, linewidth=0)
    if len(places) <= NAMED_COLUMNS:
        for place, height in zip(places[known], heights[known], strict=True):
            axis.annotate(
                f"{height:.0f}", (place, height), (0, 1.5), textcoords="offset points", ha="center",
                fontsize=SMALL_PT, color=INK, annotation_clip=False,
            )  # fmt: skip
    top = float(heights[known].max()) if known.any() else 0.0
    axis.set_ylim(0.0, max(1.0, 1.18 * top))
    whole_numbers(axis)
    label(axis, words)


def _week_lines(axis: Axes, trend: Trend, values: Sequence[float]) -> None:
    """The median day of each week, across its days."""
    place = {point.days: index for index, point in enumerate(trend.points)}
    for week, value in zip(trend.weeks, values, strict=True):
        days = [place[Days(day, day)] for day in week.days.all if Days(day, day) in place]
        if len(days) > 1 and math.isfinite(value) and week.counted > 1:
            axis.plot(
                [days[0] - 0.45, days[-1] + 0.45], [value, value], color=INK, linewidth=1.1, linestyle=(0, (4, 2))
            )


def _name_columns(axis: Axes, columns: Sequence[Days]) -> None:
    """Names below the columns: each where there is room, else the Mondays or some of the weeks."""
    number = len(columns)
    if number <= NAMED_COLUMNS and columns[0].is_day:
        named = [(index, short_day(days.first).replace(" ", "\n", 1)) for index, days in enumerate(columns)]
    elif columns[0].is_day and columns[-1].is_day:
        named = [(index, day_month(days.first)) for index, days in enumerate(columns) if days.first.weekday() == 0]
    else:
        named = [(index, day_month(columns[index].first)) for index in range(0, number, math.ceil(number / 12))]
    axis.set_xlim(-0.5, number - 0.5)
    axis.set_xticks([index for index, _ in named], [words for _, words in named], color=INK)
    axis.tick_params(axis="x", length=3 if number > NAMED_COLUMNS else 0)
    axis.spines[["bottom"]].set_color(GRID if number <= NAMED_COLUMNS else PALE)
