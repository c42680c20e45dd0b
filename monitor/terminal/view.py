"""What `saddle watch` shows while it runs: a live panel in a terminal, a line for each change elsewhere."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from monitor.judgement.assessment import Assessment, State
from monitor.words import STATE_WORDS, duration_words, knee_words, tilt_words

STATE_STYLES = {
    State.AWAY: "dim",
    State.STANDING: "cyan",
    State.UNKNOWN: "yellow",
    State.UPRIGHT: "green",
    State.LEANING: "blue",
    State.RECLINED: "magenta",
    State.TIPPED: "bold dark_orange",
}
GAUGE_CELLS = 40
_GAUGE_RANGE_PCT = (-50.0, 150.0)
_MESSAGES_SHOWN = 4


class LiveView:
    """A panel that is redrawn in place. Use as a context manager."""

    def __init__(self, console: Console, title: str) -> None:
        self._console = console
        self._title = title
        self._messages: deque[Text] = deque(maxlen=_MESSAGES_SHOWN)
        self._draw: Callable[[], RenderableType] = lambda: Group(*self._messages)
        self._live = Live(console=console, refresh_per_second=10, transient=False)

    def show(self, assessment: Assessment, clock: str, judged_hz: float, dropped: int) -> None:
        """See `monitor.view.View.show`."""
        self._draw = lambda: self.panel(assessment, clock, judged_hz, dropped)
        self._live.update(self._draw())

    def show_lost(self, reason: str) -> None:
        """See `monitor.view.View.show_lost`."""
        self._draw = lambda: self.lost_panel(reason)
        self._live.update(self._draw())

    def show_off(self, reason: str) -> None:
        """See `monitor.view.View.show_off`."""
        self._draw = lambda: self.off_panel(reason)
        self._live.update(self._draw())

    def say(self, text: str, style: str = "") -> None:
        """See `monitor.view.View.say`."""
        self._messages.append(Text(text, style=style))
        self._live.update(self._draw())  # at once: there may be no next frame to show it with

    def panel(self, assessment: Assessment, clock: str, judged_hz: float, dropped: int) -> Panel:
        """The whole panel for one moment."""
        style = STATE_STYLES[assessment.state]
        facts = _facts()
        state = Text(STATE_WORDS[assessment.state], style=style)
        state.append(f"  for {duration_words(assessment.time_in_state_s)}", style="dim")
        facts.add_row("state", state)
        facts.add_row("tilt", Text(tilt_words(assessment)))
        facts.add_row("", _gauge(assessment.tilt_pct, style))
        facts.add_row("", _scale())
        facts.add_row("knees", knee_words(assessment))
        if assessment.reason:
            facts.add_row("why", Text(assessment.reason, style="yellow"))
        drops = f" · {dropped} dropped" if dropped else ""
        return self._framed(facts, style, f"{clock} · {judged_hz:.1f} frames judged a second{drops} · Ctrl-C ends")

    def lost_panel(self, reason: str) -> Panel:
        """The panel while the camera is lost."""
        facts = _facts()
        facts.add_row("state", Text("not observed: the camera is lost", style="yellow"))
        facts.add_row("why", Text(reason))
        return self._framed(facts, "yellow", "trying again until it is back; this time is not counted · Ctrl-C ends")

    def off_panel(self, reason: str) -> Panel:
        """The panel while the camera is held off."""
        facts = _facts()
        facts.add_row("state", Text("not observed: the camera is off", style="dim"))
        facts.add_row("why", Text(reason))
        return self._framed(facts, "dim", "it is taken again by itself; this time is not counted · Ctrl-C ends")

    def _framed(self, facts: Table, style: str, subtitle: str) -> Panel:
        body = Group(facts, Text(""), *self._messages) if self._messages else facts
        width = min(self._console.width, 88)
        return Panel(body, title=Text(self._title), subtitle=subtitle, border_style=style, width=width)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()


class PlainView:
    """A line for each change of state and each message: for pipes, files and plain terminals."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._state: State | None = None

    def show(self, assessment: Assessment, clock: str, judged_hz: float, dropped: int) -> None:
        """See `monitor.view.View.show`."""
        if assessment.state is not self._state:
            self._state = assessment.state
            reason = f" ({assessment.reason})" if assessment.reason else ""
            tilt = "" if math.isnan(assessment.tilt_deg) else f", tilt {tilt_words(assessment)}"
            self._console.print(f"{clock}  {STATE_WORDS[assessment.state]}{reason}{tilt}", highlight=False)

    def show_lost(self, reason: str) -> None:
        """See `monitor.view.View.show_lost`."""
        self._state = None
        self._console.print(f"{reason} Trying again until it is back; this time is not counted.", style="yellow")

    def show_off(self, reason: str) -> None:
        """See `monitor.view.View.show_off`."""
        self._state = None
        self._console.print(f"The camera is off ({reason}); this time is not counted.", style="dim")

    def say(self, text: str, style: str = "") -> None:
        """See `monitor.view.View.say`."""
        self._console.print(text, style=style, highlight=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def choose_view(console: Console, title: str) -> LiveView | PlainView:
    """The live panel where the terminal can redraw, else plain lines."""
    return LiveView(console, title) if console.is_terminal else PlainView(console)


def _facts() -> Table:
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", min_width=8)
    facts.add_column()
    return facts


def _gauge(pct: float, style: str) -> Text:
    """A bar from neutral to the slump: a mark where the tilt is, a bar line at neutral (0) and at the slump (100)."""
    cells = ["·"] * GAUGE_CELLS
    cells[_cell(0.0)] = cells[_cell(100.0)] = "│"
    if math.isnan(pct):
        return Text("".join(cells), style="dim")
    begin, end = sorted((_cell(0.0), _cell(pct)))
    text = Text()
    text.append("".join(cells[:begin]), style="dim")
    text.append("█" * (end - begin + 1), style=style)
    text.append("".join(cells[end + 1 :]), style="dim")
    text.append(f"  {pct:.0f} % of your slump")
    return text


def _scale() -> Text:
    """The words below the gauge: where neutral and the slump are."""
    words = [" "] * GAUGE_CELLS
    for value, word in ((0.0, "neutral"), (100.0, "slump")):
        at = _cell(value) - len(word) // 2
        words[at : at + len(word)] = word
    return Text("".join(words), style="dim")


def _cell(pct: float) -> int:
    low, high = _GAUGE_RANGE_PCT
    return round((min(max(pct, low), high) - low) / (high - low) * (GAUGE_CELLS - 1))
