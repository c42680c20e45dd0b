"""Draws the line of a day: the tilt over its thresholds, and the states as lanes below it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from monitor.judgement.assessment import State
from monitor.reports.look import (
    ACCENT,
    GRID,
    INK,
    PALE,
    SMALL_PT,
    STATE_COLOURS,
    hatched,
    label,
    new_figure,
    note_mark,
    whole_numbers,
)
from monitor.reports.look import plain as plain_axis
from monitor.reports.parts import DayStrip
from monitor.words import STATE_WORDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LANES: Final = (
    *(State.TIPPED, State.RECLINED, State.LEANING, State.UPRIGHT),
    *(State.STANDING, State.AWAY, State.UNKNOWN),
)
LEAST_DEG: Final = (-6.0, 14.0)
"""The scale of the tilt reaches at least from here to there."""


def day_figure(strip: DayStrip) -> Figure:
    """The figure of a day."""
    lanes = [state for state in LANES if state in strip.spans]
    figure = new_figure(2.9 + 0.19 * len(lanes))
    grid = figure.add_gridspec(2, 1, height_ratios=[2.5, 0.19 * len(lanes)], hspace=0.02)
    above = figure.add_subplot(grid[0])
    below = figure.add_subplot(grid[1], sharex=above)
    _tilt(above, strip)
    _lanes(below, strip, lanes)
    above.tick_params(labelbottom=False)
    return figure


def _tilt(axis: Axes, strip: DayStrip) -> None:
    plain_axis(axis, grid=True)
    minutes = _minutes(strip, strip.t_utc_s)
    for start, length in strip.unseen:
        hatched(axis, _minute(strip, start), length / 60.0)
    axis.axhline(0.0, color=PALE, linewidth=0.8)
    axis.fill_between(
        minutes, strip.low_deg, strip.high_deg, color="#b9dcde", linewidth=0, label="90 % interval", step=None
    )
    line = axis.plot(minutes, strip.tilt_deg, color=INK, linewidth=0.9, label="tilt", solid_joinstyle="round")[0]
    alone = np.isfinite(strip.tilt_deg) & ~np.isfinite(_beside(strip.tilt_deg))
    axis.plot(minutes[alone], strip.tilt_deg[alone], ".", color=INK, markersize=2)
    names = _limits(axis, strip)
    axis.set_ylim(*_scale(strip))
    whole_numbers(axis)
    if not np.isfinite(strip.tilt_deg).any():
        axis.text(0.5, 0.6, "the tilt was not known", transform=axis.transAxes, ha="center", fontsize=9, color=PALE)
    for t_utc_s in strip.warnings_utc_s:
        at = _minute(strip, t_utc_s)
        axis.axvline(at, color=STATE_COLOURS[State.TIPPED], linewidth=0.6, alpha=0.6)
        given = axis.plot(at, 1.0, "v", color=STATE_COLOURS[State.TIPPED], markersize=5, clip_on=False, **_top(axis))[0]
    for t_utc_s, number in strip.notes:
        axis.axvline(_minute(strip, t_utc_s), color=ACCENT, linewidth=0.6, linestyle=":")
        note_mark(axis, _minute(strip, t_utc_s), 1.07, number, of_axis=True)
    label(axis, "tilt from your neutral, °\n(tipped back is up)")
    handles = [line, axis.collections[0], *names]
    if strip.warnings_utc_s:
        given.set_label("warning")
        handles.append(given)
    axis.legend(
        handles=handles,
        loc="lower right",
        bbox_to_anchor=(1.0, 1.1 if strip.notes else 1.03),
        ncols=len(handles),
        frameon=False,
        fontsize=SMALL_PT,
        labelcolor=INK,
        borderaxespad=0,
        handlelength=1.6,
        columnspacing=1.4,
    )


def _limits(axis: Axes, strip: DayStrip) -> list[Any]:
    """The thresholds while they were in force; a line of each kind for the legend."""
    tipped = STATE_COLOURS[State.TIPPED]
    kinds = (
        ("enter_deg", "tipped from", tipped, (0, (5, 2))),
        ("leave_deg", "until", tipped, (0, (1, 1.5))),
        ("slump_deg", "your slump", PALE, (0, (6, 2, 1, 2))),
    )
    handles = []
    for name, words, colour, dashes in kinds:
        known = [each for each in strip.limits if math.isfinite(getattr(each, name))]
        for each in known:
            height = getattr(each, name)
            ends = [_minute(strip, each.start_utc_s), _minute(strip, each.end_utc_s)]
            drawn = axis.plot(ends, [height, height], color=colour, linewidth=0.9, linestyle=dashes)[0]
        if known:
            drawn.set_label(words)
            handles.append(drawn)
    return handles


def _lanes(axis: Axes, strip: DayStrip, lanes: list[State]) -> None:
    plain_axis(axis)
    axis.spines[["left"]].set_visible(False)
    for start, length in strip.unseen:
        hatched(axis, _minute(strip, start), length / 60.0)
    for row, state in enumerate(lanes):
        spans = [(_minute(strip, start), length / 60.0) for start, length in strip.spans[state]]
        colour = STATE_COLOURS[state]
        axis.axhline(row, color=GRID, linewidth=0.5, zorder=0.5)
        # The thin edge keeps a stretch of seconds visible.
        axis.broken_barh(spans, (row - 0.36, 0.72), facecolors=colour, edgecolor=colour, linewidth=0.3)
    axis.set_ylim(len(lanes) - 0.5, -0.5)
    axis.set_yticks(range(len(lanes)), [STATE_WORDS[state] for state in lanes])
    axis.tick_params(axis="y", length=0)
    axis.set_xlim(0.0, _minute(strip, strip.end_utc_s))
    axis.set_xticks([_minute(strip, t) for t, _ in strip.ticks], [words for _, words in strip.ticks])


def _scale(strip: DayStrip) -> tuple[float, float]:
    """From where to where the degrees go."""
    limits = [getattr(each, name) for each in strip.limits for name in ("enter_deg", "slump_deg")]
    values = np.concatenate([strip.low_deg, strip.high_deg, strip.tilt_deg, limits])
    values = values[np.isfinite(values)]
    low = min(LEAST_DEG[0], float(values.min()) - 1.0) if len(values) else LEAST_DEG[0]
    high = max(LEAST_DEG[1], float(values.max()) + 1.0) if len(values) else LEAST_DEG[1]
    return low, high


def _beside(values: Any) -> Any:
    """Finite where a point has a known neighbour, so that a line is drawn to it."""
    before, after = np.append(np.nan, values[:-1]), np.append(values[1:], np.nan)
    return np.where(np.isfinite(before), before, after)


def _top(axis: Axes) -> dict[str, Any]:
    return {"transform": axis.get_xaxis_transform(), "zorder": 5}


def _minute(strip: DayStrip, t_utc_s: float) -> float:
    return (t_utc_s - strip.start_utc_s) / 60.0


def _minutes(strip: DayStrip, t_utc_s: Any) -> Any:
    return (t_utc_s - strip.start_utc_s) / 60.0
