"""The picture beside the figures: estimate against truth, error by view and clothes, and one film as time goes by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bench.accuracy.figures import GOAL_YAW_DEG, figures, for_goals, groups, without_slump, yaw_class
from bench.accuracy.judging import Judged
from bench.scoring import rms

# Colours of Okabe and Ito, which people with any kind of colour vision tell apart; a mark of its own for each as well.
_LOOKS: Final = {
    "stool": ("#0072B2", "o"),
    "office": ("#E69F00", "s"),
    "arms": ("#009E73", "^"),
    "saddle": ("#CC79A7", "D"),
    "kneel": ("#D55E00", "v"),
}
_TRUTH, _TOLD = "#000000", "#0072B2"
_SIZE_IN: Final = (11.0, 8.5)
_EVERY: Final = 4


def draw(work: Sequence[Judged], path: Path) -> None:
    """Draw the films of work into a PNG; without any, nothing is drawn."""
    judged = for_goals(work)
    if not judged:
        return
    figure = Figure(figsize=_SIZE_IN, dpi=120, layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.add_gridspec(2, 2, width_ratios=(1.0, 1.15), height_ratios=(1.25, 1.0))
    _scatter(figure.add_subplot(grid[0, 0]), judged)
    _bars(figure.add_subplot(grid[0, 1]), list(work), judged)
    _time_line(figure.add_subplot(grid[1, :]), _median_film(judged))
    figure.savefig(path)


def _scatter(axes: Any, judged: list[Judged]) -> None:
    for chair, own in groups(judged, lambda film: str(film.header["chair"])).items():
        true = np.concatenate([film.true_deg[::_EVERY] for film in own])
        told = np.concatenate([film.run.tilt_deg[::_EVERY] for film in own])
        colour, mark = _LOOKS[chair]
        axes.scatter(true, told, s=9, c=colour, marker=mark, alpha=0.45, linewidths=0, label=f"{chair} ({len(own)})")
    ends = (-22, 36)
    axes.plot(ends, ends, color="0.3", linewidth=1)
    axes.set(xlim=ends, ylim=ends, xlabel="true change of pelvic tilt (°, tipped back +)", ylabel="estimate (°)")
    axes.set_aspect("equal")
    axes.set_title(f"{len(judged)} films, camera within {GOAL_YAW_DEG:.0f}° of the side", fontsize=10)
    legend = axes.legend(title="chair (films)", fontsize=8, title_fontsize=8, markerscale=2.2, loc="upper left")
    for handle in legend.legend_handles:
        handle.set_alpha(1.0)
    axes.grid(alpha=0.25)


def _bars(axes: Any, work: list[Judged], judged: list[Judged]) -> None:
    rows = [
        *((f"yaw {name}", own) for name, own in groups(work, yaw_class).items()),
        *((f"top: {name}", own) for name, own in groups(judged, lambda film: str(film.header["clothes"])).items()),
        *((f"chair: {name}", own) for name, own in groups(judged, lambda film: str(film.header["chair"])).items()),
    ]
    at = np.arange(len(rows))[::-1]
    axes.barh(at, [figures(own).rmse_deg for _, own in rows], 0.62, color="#56B4E9", label="slump calibrated")
    lean = [figures(own, without_slump).rmse_deg for _, own in rows]
    axes.plot(lean, at, "D", color="#D55E00", markersize=6, label="no slump calibrated")
    for y, (_, own) in zip(at, rows, strict=True):
        each = [rms(film.run.tilt_deg - film.true_deg) for film in own]
        axes.plot(each, [y] * len(each), "|", color="#000000", markersize=9, label="each film" if y == at[0] else None)
    axes.axvline(3.5, color="0.3", linestyle="--", linewidth=1)
    axes.text(3.45, at[0] + 0.62, "goal 3.5°", fontsize=8, ha="right", color="0.3")
    axes.set_yticks(at, [f"{name} ({len(own)})" for name, own in rows], fontsize=8)
    axes.set(xlabel="RMSE of the change of tilt (°)", xlim=(0, None), ylim=(-0.6, at[0] + 1.1))
    axes.legend(fontsize=8, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.11))
    axes.set_title("error by view, clothes and chair (films)", fontsize=10)
    axes.grid(axis="x", alpha=0.25)


def _median_film(judged: list[Judged]) -> Judged:
    """The film whose error is the middle one."""
    order = sorted(judged, key=lambda film: rms(film.run.tilt_deg - film.true_deg))
    return order[len(order) // 2]


def _time_line(axes: Any, film: Judged) -> None:
    run, minutes = film.run, film.t_s / 60.0
    axes.fill_between(minutes, run.low_deg, run.high_deg, color=_TOLD, alpha=0.2, linewidth=0, label="90 % interval")
    axes.plot(minutes, run.tilt_deg, color=_TOLD, linewidth=1.4, label="estimate")
    axes.plot(minutes, film.true_deg, color=_TRUTH, linewidth=1.4, linestyle="--", label="truth")
    low, high = axes.get_ylim()
    high += 0.22 * (high - low)
    tipped = np.array([said == "tipped" for said in run.said])
    axes.fill_between(
        minutes, low, low + 0.04 * (high - low), where=tipped, color="#D55E00", linewidth=0, label="told as tipped"
    )
    begin = 0
    for i in range(1, len(film.stretch) + 1):
        if i < len(film.stretch) and film.stretch[i] == film.stretch[begin]:
            continue
        if film.stretch[begin] != "neutral":
            middle = (minutes[begin] + minutes[i - 1]) / 2
            word = film.stretch[begin].replace("_", " ")
            axes.text(middle, high, word, fontsize=7, rotation=90, ha="center", va="top")
        begin = i
    h = film.header
    axes.set(xlabel="minutes", ylabel="change of pelvic tilt (°)", ylim=(low, high), xlim=(minutes[0], minutes[-1]))
    error = rms(run.tilt_deg - film.true_deg)
    axes.set_title(
        f"the film of median error: {h['chair']}, yaw {h['yaw']:+.0f}°, {h['clothes']} top, RMSE {error:.1f}°",
        fontsize=10,
    )
    axes.legend(fontsize=8, ncols=4, loc="upper center", bbox_to_anchor=(0.5, -0.15))
    axes.grid(alpha=0.25)
