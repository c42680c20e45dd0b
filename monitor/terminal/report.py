"""The report of a day or range, for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from monitor.day_words import summary_rows, unjudged_words
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
    for label, value in summary_rows(summary):
        facts.add_row(label, Text(value, style=STATE_STYLES[State.TIPPED] if label == "tipped back" else ""))
    footer = Text(f"{unjudged_words(summary)}\n{DISCLAIMER}", style="dim")
    console.print(
        Panel(
            Group(facts, Text(""), _bars(summary.state_s, _cell(console)), Text(""), footer),
            title=title,
            width=min(console.width, 88),
        )
    )


def range_title(start: datetime, end: datetime, *, whole_day: bool) -> str:
    """What the report is about; the times are local already."""
    if whole_day:
        return f"{start:%A, %d %B %Y}"
    return f"{start:%d %b %Y %H:%M} to {end:%d %b %Y %H:%M}"


def _cell(console: Console) -> str:
    """What bars are made of: a block, or where the output has no such letter a #."""
    try:
        "█".encode(console.encoding)
    except UnicodeEncodeError:
        return "#"
    return "█"


def _bars(state_s: Mapping[str, float], cell: str) -> Table:
    bars = Table.grid(padding=(0, 2))
    bars.add_column(style="dim", min_width=26)
    bars.add_column()
    shown = {s: state_s.get(s.value, 0.0) for s in _BAR_ORDER}
    most = max([*shown.values(), 1.0])
    for state, seconds in shown.items():
        if seconds > 0:
            cells = max(1, round(_BAR_CELLS * seconds / most))
            bar = Text(cell * cells, style=STATE_STYLES[state])
            bar.append(f" {duration_words(seconds)}", style="default")
            bars.add_row(STATE_WORDS[state], bar)
    unseen = state_s.get("not observed", 0.0)
    if unseen > 0:
        bars.add_row("not observed", duration_words(unseen))
    return bars
