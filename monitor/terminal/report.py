"""The report of a day or range, for a terminal."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from monitor.judgement.assessment import State
from monitor.terminal.view import STATE_STYLES
from monitor.tiltlog.summary import Summary
from monitor.words import DISCLAIMER, STATE_WORDS, duration_words

_BAR_CELLS = 32
_BAR_ORDER = (
    State.UPRIGHT,
    State.LEANING,
    State.RECLINED,
    State.TIPPED,
    State.STANDING,
    State.AWAY,
    State.UNKNOWN,
)


def print_report(console: Console, title: str, summary: Summary) -> None:
    """Print a summary; what is not known is a dash, and the footer says how much could not be judged."""
    if summary.observed_s <= 0:
        console.print(f"{title}: nothing was observed in this time.")
        return
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim")
    facts.add_column()
    facts.add_row("seated time observed", duration_words(summary.seated_observed_s))
    facts.add_row("could be judged", f"{_pct(summary.coverage_pct)} of sitting")
    facts.add_row("tipped back", Text(f"{_pct(summary.tipped_pct)} of seated time", style=STATE_STYLES[State.TIPPED]))
    facts.add_row(
        "tilt, middle / high", f"{_pct(summary.tilt_median_pct)} / {_pct(summary.tilt_p90_pct)} of your slump"
    )
    facts.add_row("longest tipped", _duration(summary.longest_tipped_s))
    facts.add_row(
        "tipped over 2 / 5 / 20 min",
        " / ".join(
            _count(n) for n in (summary.tipped_over_2_min, summary.tipped_over_5_min, summary.tipped_over_20_min)
        )
        + " times",
    )
    facts.add_row("position changes", f"{_number(summary.position_changes_per_hour)} an hour")
    facts.add_row("sat over 30 min at once", f"{_count(summary.sit_bouts_over_30_min)} times")
    facts.add_row("warnings", f"{summary.warnings_given}, moved within a minute after {summary.warnings_answered}")
    facts.add_row("knees", _knees(summary))
    unjudged = 100.0 - summary.coverage_pct if math.isfinite(summary.coverage_pct) else math.nan
    footer = Text(f"{_pct(unjudged)} of sitting time could not be judged and is left out.\n{DISCLAIMER}", style="dim")
    console.print(
        Panel(
            Group(facts, Text(""), _bars(summary.state_s), Text(""), footer),
            title=title,
            width=min(console.width, 88),
        )
    )


def range_title(start: datetime, end: datetime, *, whole_day: bool) -> str:
    """What the report is about, in local time."""
    if whole_day:
        return f"{start.astimezone():%A, %d %B %Y}"
    return f"{start.astimezone():%d %b %Y %H:%M} to {end.astimezone():%d %b %Y %H:%M}"


def _bars(state_s: Mapping[str, float]) -> Table:
    bars = Table.grid(padding=(0, 2))
    bars.add_column(style="dim", min_width=26)
    bars.add_column()
    shown = {s: state_s.get(s.value, 0.0) for s in _BAR_ORDER}
    most = max([*shown.values(), 1.0])
    for state, seconds in shown.items():
        if seconds > 0:
            cells = max(1, round(_BAR_CELLS * seconds / most))
            bar = Text("█" * cells, style=STATE_STYLES[state])
            bar.append(f" {duration_words(seconds)}", style="default")
            bars.add_row(STATE_WORDS[state], bar)
    unseen = state_s.get("not observed", 0.0)
    if unseen > 0:
        bars.add_row("not observed", duration_words(unseen))
    return bars


def _pct(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.0f} %"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.0f}"


def _count(value: int | None) -> str:
    return "–" if value is None else str(value)


def _duration(value_s: float) -> str:
    return "–" if math.isnan(value_s) else duration_words(value_s)


def _knees(summary: Summary) -> str:
    height = summary.knee_above_hip_median_cm
    if math.isnan(height):
        return "–"
    where = "level with" if round(height) == 0 else f"{abs(height):.0f} cm {'above' if height > 0 else 'below'}"
    return f"{where} the hips; above them {_pct(summary.knee_above_hip_pct)} of the time"
