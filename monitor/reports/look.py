"""Colours, sizes and small drawing helpers of the plots: dark on a white ground, on the screen as on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from monitor.judgement.assessment import State

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH_IN: Final = 7.09
"""As wide as the text on A4."""
TEXT_PT: Final = 8.0
SMALL_PT: Final = 7.0
NAMED_COLUMNS: Final = 10
"""Up to so many days or weeks each has its name, and its figure is written at it."""
INK: Final = "#22292b"
PALE: Final = "#5d686b"
GRID: Final = "#e4e9e9"
ACCENT: Final = "#0f7b83"
UNSEEN: Final = "#f3f5f5"
HATCH: Final = "#c8d0d0"

# The colours of the windows; none is the only sign of its state.
STATE_COLOURS: Final = {
    State.AWAY: "#7d7d7d",
    State.STANDING: "#2f87b8",
    State.UNKNOWN: "#8a7a2a",
    State.UPRIGHT: "#2c8a57",
    State.LEANING: "#4a77c9",
    State.RECLINED: "#9a63b8",
    State.TIPPED: "#d4570a",
}


def new_figure(height_in: float) -> Figure:
    """An empty figure of the usual width, drawn without a window."""
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH_IN, height_in), layout="constrained", facecolor="white")


def plain(axis: Axes, *, grid: bool = False) -> None:
    """A quiet frame, small figures, and if wanted thin lines across."""
    axis.spines[["top", "right"]].set_visible(False)
    axis.spines[["left", "bottom"]].set_color(PALE)
    axis.tick_params(labelsize=SMALL_PT, colors=PALE, labelcolor=INK, length=3, width=0.6)
    axis.set_axisbelow(True)
    if grid:
        axis.grid(axis="y", color=GRID, linewidth=0.6)


def whole_numbers(axis: Axes) -> None:
    """No fractions along the axis upwards: finer than the estimate is sure of would be a pretence."""
    from matplotlib.ticker import MaxNLocator

    axis.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))


def label(axis: Axes, text: str) -> None:
    """What the axis upwards tells, written along it."""
    axis.set_ylabel(text, fontsize=SMALL_PT, color=INK)


def hatched(axis: Axes, start: float, length: float, bottom: float = 0.0, height: float = 1.0) -> None:
    """A patch of time in which no camera looked, from bottom to top in shares of the axis unless given in its units."""
    from matplotlib.patches import Rectangle

    where = axis.get_xaxis_transform() if (bottom, height) == (0.0, 1.0) else axis.transData
    axis.add_patch(
        Rectangle(
            (start, bottom),
            length,
            height,
            transform=where,
            facecolor=UNSEEN,
            edgecolor=HATCH,
            hatch="/////",
            linewidth=0,
            zorder=0.4,
        )
    )


def note_mark(axis: Axes, at: float, height: float, number: int, *, of_axis: bool) -> None:
    """The number of a note in a circle; the height in shares of the axis or in its units."""
    axis.annotate(
        str(number),
        (at, height),
        xycoords=("data", "axes fraction") if of_axis else "data",
        fontsize=5.5,
        color="white",
        ha="center",
        va="center",
        bbox={"boxstyle": "circle,pad=0.25", "facecolor": ACCENT, "edgecolor": "white", "linewidth": 0.5},
        annotation_clip=False,
        zorder=6,
    )
