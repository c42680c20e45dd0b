"""A minute of the day in words, and what each mark on the picture means. Pure."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from monitor.desktop.review.day_axis import Seen, minute_of, time_words
from monitor.judgement.assessment import State
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.records import NOT_OBSERVED, TICKS_PER_S, Bout, GivenWarning, LogSlice, Note, PositionChange
from monitor.tiltlog.totals import HINT_KINDS
from monitor.words import STATE_WORDS, duration_words, shortened

_LONGEST_NOTE = 80
_Row = TypeVar("_Row", Bout, GivenWarning, PositionChange, Note)


@dataclass(frozen=True, eq=False)
class DayWords:
    """Tells a day of the log in words.

    Attributes:
        causes: the words for each cause as the log has it; what is not among them is told as it is, empty for nothing.
    """

    log: LogSlice
    clock: LocalClock
    causes: Mapping[str, str]

    def minute(self, t_utc_s: float) -> str:
        """The minute of a moment: how one sat, the tilt, and all that was said, moved and noted in it."""
        minute = minute_of(self.clock, t_utc_s)
        told = [self._states(minute), self._tilt(minute)]
        told += [self._warned(each) for each in _rows(self.log.warnings, minute, _moment)]
        changes = len(_rows(self.log.changes, minute, _moment))
        told += ["changed position" + (f" {changes} times" if changes > 1 else "")] if changes else []
        told += [f"note: {shortened(each.text, _LONGEST_NOTE)}" for each in _rows(self.log.notes, minute, _moment)]
        return f"{time_words(self.clock, minute.start_utc_s)} – {'; '.join(filter(None, told))}"

    def warning(self, warning: GivenWarning) -> str:
        """All about a warning or a hint: when, what stood out, what was said, and what came of it."""
        lines = [self._warned(warning).capitalize(), *warning.text.splitlines()]
        if warning.kind not in HINT_KINDS:
            lines.append(
                "No move out of tipped is known."
                if warning.answered_s is None
                else f"Moved after {duration_words(warning.answered_s)}."
            )
        return "\n".join(lines)

    def note(self, note: Note) -> str:
        """All of a note, with its time."""
        return f"{time_words(self.clock, note.t_utc_s)} – {note.text}"

    def letter(self, cause: str) -> str:
        """The letter that stands for a cause on the picture; empty for none."""
        return self.cause(cause)[:1].upper()

    def cause(self, cause: str) -> str:
        """A cause of the log in words; empty for none."""
        return self.causes.get(cause, cause)

    def _states(self, minute: Seen) -> str:
        ticks: dict[str, int] = {}
        about: dict[str, list[str]] = {}
        left = round(minute.length_s * TICKS_PER_S)
        for bout in self._bouts(minute):
            seen_s = min(bout.end_utc_s, minute.end_utc_s) - max(bout.start_utc_s, minute.start_utc_s)
            ticks[bout.state] = ticks.get(bout.state, 0) + round(seen_s * TICKS_PER_S)
            why = self.cause(bout.cause) or bout.reason
            if why and why not in about.setdefault(bout.state, []):
                about[bout.state].append(why)
        unseen = left - sum(ticks.values())
        if unseen > 0:
            ticks[NOT_OBSERVED] = ticks.get(NOT_OBSERVED, 0) + unseen
        longest = sorted(ticks, key=lambda state: -ticks[state])
        return ", ".join(_state_words(state, ticks[state], left, about.get(state, [])) for state in longest)

    def _bouts(self, minute: Seen) -> Sequence[Bout]:
        first = bisect_left(self.log.bouts, minute.start_utc_s, key=lambda bout: bout.end_utc_s)
        last = bisect_left(self.log.bouts, minute.end_utc_s, key=lambda bout: bout.start_utc_s)
        return [bout for bout in self.log.bouts[first:last] if bout.end_utc_s > minute.start_utc_s]

    def _tilt(self, minute: Seen) -> str:
        if not isinstance(self.log.samples, TimeLine):
            return ""
        part = self.log.samples.cut(minute.start_utc_s, minute.end_utc_s)
        known = part.chosen(np.isfinite(part.measures["tilt_deg"]))
        if not len(known):
            return ""
        tilt_deg = f"tilt {_degrees(float(known.measures['tilt_deg'].mean()))}"
        slump_deg = self._slump_deg(int(known.session_id[-1]))
        of_slump = f" of {_degrees(slump_deg)} slump" if math.isfinite(slump_deg) else ""
        return tilt_deg + of_slump + _interval(known)

    def _slump_deg(self, session_id: int) -> float:
        return next((each.slump_deg for each in self.log.sessions if each.id == session_id), math.nan)

    def _warned(self, warning: GivenWarning) -> str:
        said = warning.kind if warning.kind in HINT_KINDS else "warned"
        cause = self.cause(warning.cause)
        when = time_words(self.clock, warning.t_utc_s, seconds=True)
        return f"{said} at {when}" + (f": {cause}" if cause else "")


def _state_words(state: str, ticks: int, all_ticks: int, about: list[str]) -> str:
    words = NOT_OBSERVED if state == NOT_OBSERVED else STATE_WORDS[State(state)]
    words += f" {max(1, round(ticks / TICKS_PER_S))} s" if ticks < all_ticks else ""
    return words + (f" ({', '.join(about)})" if about else "")


def _interval(known: TimeLine) -> str:
    low_deg, high_deg = known.measures["tilt_low_deg"], known.measures["tilt_high_deg"]
    has = np.isfinite(low_deg) & np.isfinite(high_deg)
    if not has.any():
        return ""
    # Outwards: an interval never looks surer than it is.
    low, high = math.floor(float(low_deg[has].mean())), math.ceil(float(high_deg[has].mean()))
    return f" (between {_whole(low)} and {_whole(high)})"


def _degrees(value_deg: float) -> str:
    return f"{value_deg:.1f}°".replace("-0.0", "0.0").replace("-", "−")


def _whole(value_deg: int) -> str:
    return f"{value_deg}°".replace("-", "−")


def _moment(row: GivenWarning | PositionChange | Note) -> float:
    return row.t_utc_s


def _rows(rows: Sequence[_Row], minute: Seen, moment: Callable[[_Row], float]) -> Sequence[_Row]:
    first = bisect_left(rows, minute.start_utc_s, key=moment)
    return rows[first : bisect_left(rows, minute.end_utc_s, key=moment)]
