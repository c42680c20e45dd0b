"""A chart of the tilt over time, with its interval and the state below it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.pose import ImageArray
from monitor.errors import OutputError
from monitor.files import whole_file
from monitor.judgement.assessment import Assessment, State
from monitor.pictures.annotate import STATE_BGR
from monitor.words import STATE_WORDS

_STATE_ORDER = (
    State.UPRIGHT,
    State.TIPPED,
    State.LEANING,
    State.RECLINED,
    State.STANDING,
    State.AWAY,
    State.UNKNOWN,
)


def save_chart(
    path: Path,
    title: str,
    assessments: Sequence[Assessment],
    warnings_s: Sequence[float] = (),
    pictures: Sequence[tuple[str, ImageArray]] = (),
) -> None:
    """Write the chart as a picture; ``pictures`` (label, BGR image) are put in a row above it.

    Raises:
        OutputError: it cannot be written.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    t_s = np.array([a.t_s for a in assessments])
    tilt, low, high = (
        np.array([getattr(a, n) for a in assessments]) for n in ("tilt_deg", "tilt_low_deg", "tilt_high_deg")
    )
    figure = Figure(figsize=(11, 7.2 if pictures else 4.2), layout="constrained")
    FigureCanvasAgg(figure)
    figure.suptitle(title, x=0.01, ha="left", fontsize=13, parse_math=False)
    rows = figure.add_gridspec(2 if pictures else 1, 1, height_ratios=[1.15, 1.6] if pictures else [1])
    if pictures:
        row = rows[0].subgridspec(1, len(pictures))
        for i, (label, image) in enumerate(pictures):
            axis = figure.add_subplot(row[i])
            axis.imshow(image[:, :, ::-1])
            axis.set_title(label, fontsize=10, parse_math=False)
            axis.set_axis_off()
    axis = figure.add_subplot(rows[-1])
    minutes = t_s / 60.0
    present = [s for s in _STATE_ORDER if any(a.state is s for a in assessments)]
    states = np.array([_STATE_ORDER.index(a.state) for a in assessments])
    ends = np.append(minutes[1:], minutes[-1] + (minutes[-1] - minutes[-2] if len(minutes) > 1 else 0.0))
    bottom = min(-12.0, float(np.nanmin(low)) if np.isfinite(low).any() else 0.0) - 2.0
    for state in present:
        chosen = states == _STATE_ORDER.index(state)
        spans = list(zip(minutes[chosen], (ends - minutes)[chosen], strict=True))
        axis.broken_barh(spans, (bottom - 3.0, 2.6), facecolors=_rgb(state), label=STATE_WORDS[state], linewidth=0)
    axis.fill_between(minutes, low, high, color="0.87", linewidth=0, label="90 % interval")
    axis.plot(minutes, tilt, color="0.15", linewidth=1.5, label="tilt")
    axis.axhline(0.0, color="0.6", linewidth=0.8, linestyle="--")
    for i, at_s in enumerate(warnings_s):
        axis.axvline(at_s / 60.0, color=_rgb(State.TIPPED), linewidth=1.5, label="warning" if i == 0 else None)
    axis.set_ylim(bottom=bottom - 3.5)
    axis.margins(x=0)
    axis.set_xlabel("time, min")
    axis.set_ylabel("pelvic tilt from your neutral, degrees\n(tipped back is up)")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=9, frameon=False, fontsize=9)
    try:
        with whole_file(path) as partial:
            figure.savefig(partial, dpi=120, format=path.suffix.lstrip(".") or "png")
    except (OSError, ValueError) as error:
        raise OutputError(f"The picture {path} cannot be written ({error}): choose another place or name.") from error


def _rgb(state: State) -> tuple[float, float, float]:
    blue, green, red = STATE_BGR[state]
    return red / 255.0, green / 255.0, blue / 255.0
