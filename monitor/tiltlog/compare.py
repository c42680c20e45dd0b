"""Compares two groups of days, mostly those on one seat with those on another. Pure.

A day is one observation: the seconds of a day resemble each other far too much to be counted one by one. How sure a
difference is comes from drawing the days of each side again and again (a bootstrap with percentile interval), with the
same dice every time, so that the same log always gives the same answer.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from monitor.judgement.assessment import State
from monitor.tiltlog.reader import DayPart
from monitor.tiltlog.totals import Totals, added

MIN_SEATED_S = 30 * 60.0
"""A day counts for a side with at least this much judged seated time on it."""
MIN_DAYS = 5
"""Each side needs so many days before anything is said about how sure a difference is."""
ROUGH_DAYS = 10
"""With fewer days the interval holds the true difference less often than it says: on 5 days 86 times in 100."""
DRAWS = 4000
INTERVAL_PCT = 95.0
SEAM = 1e-9
"""Figures closer together than this are the same."""
_SEED = 20260302
_ROWS_AT_ONCE = 1_000_000

_Values: TypeAlias = NDArray[np.float64]


class What(StrEnum):
    """By what a group of days is chosen."""

    SEAT = "seat"
    PROFILE = "profile"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Choice:
    """A group of days: those on a seat, with a profile, or from first to last (included). No seat tag is a seat too."""

    what: What
    name: str = ""
    first: date = date.min
    last: date = date.max

    def takes(self, part: DayPart) -> bool:
        """Whether a session's part of a day belongs to the group."""
        if self.what is What.RANGE:
            return self.first <= part.day <= self.last
        return self.name == (part.session.seat if self.what is What.SEAT else part.session.profile)

    @property
    def words(self) -> str:
        """The group as it stands within a sentence: "with 'cushion'"."""
        if self.what is What.RANGE:
            last = _date_words(self.last)
            return f"on {last}" if self.first == self.last else f"from {_date_words(self.first)} to {last}"
        if self.what is What.PROFILE:
            return f"with the profile '{self.name}'"
        return f"with '{self.name}'" if self.name else "without a seat tag"


@dataclass(frozen=True, slots=True)
class SideDay:
    """What one side has of a day."""

    day: date
    totals: Totals

    @property
    def seated_s(self) -> float:
        """Judged seated time, seconds."""
        return self.totals.seated_s

    @property
    def tipped_pct(self) -> float:
        """Share of it that was tipped."""
        return self.totals.tipped_pct

    @property
    def coverage_pct(self) -> float:
        """Share of the sitting time that could be judged."""
        return _coverage_pct(self.totals)


@dataclass(frozen=True, slots=True)
class Side:
    """One group: the days that count, how many had too little seated time, and the sum of those that count."""

    choice: Choice
    days: tuple[SideDay, ...]
    short_days: int
    totals: Totals

    @property
    def coverage_pct(self) -> float:
        """Share of the sitting time that could be judged, over all its days; NaN without any."""
        return _coverage_pct(self.totals)


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of both sides, B minus A, and where that lies over days like these; NaN not known or too few days."""

    a: float
    b: float
    low: float = math.nan
    high: float = math.nan

    @property
    def value(self) -> float:
        """B minus A."""
        return self.b - self.a

    @property
    def has_interval(self) -> bool:
        """Whether there were days enough to say how sure it is."""
        return math.isfinite(self.low)

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > SEAM or self.high < -SEAM


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups of days side by side.

    Attributes:
        is_same: both sides hold exactly the same time, so there is nothing to compare.
        shared_days: days of which some time is on both sides.
        tipped: share of the seated time tipped, percent, over all seated time of the days that count.
        changes: position changes per hour of seated time; days on which no position was told are left out.
        tilt: median over the days of the day's median tilt, % of the slump.
    """

    a: Side
    b: Side
    is_same: bool
    shared_days: int
    tipped: Difference
    changes: Difference
    tilt: Difference


def compare(parts: Sequence[DayPart], a: Choice, b: Choice) -> Comparison:
    """Compare two groups within the parts of days of a log. With the sides swapped every difference is negated."""
    taken_a, taken_b = ([part for part in parts if choice.takes(part)] for choice in (a, b))
    keys_a, keys_b = ({(part.day, part.session.id) for part in taken} for taken in (taken_a, taken_b))
    side_a, side_b = _side(a, taken_a), _side(b, taken_b)
    # Each side keeps its own dice when the sides are swapped.
    seed_a, seed_b = (0, 1) if (a.what, a.name, a.first, a.last) <= (b.what, b.name, b.first, b.last) else (1, 0)

    def difference(estimate: Callable[[Any], Any], columns: Callable[[Side], _Values]) -> Difference:
        one, other = columns(side_a), columns(side_b)
        value_a, value_b = (float(estimate(each)) if each.size else math.nan for each in (one, other))
        if min(one.shape[1], other.shape[1]) < MIN_DAYS:
            return Difference(value_a, value_b)
        drawn = _drawn(estimate, other, seed_b) - _drawn(estimate, one, seed_a)
        low, high = np.percentile(drawn, (50 - INTERVAL_PCT / 2, 50 + INTERVAL_PCT / 2))
        return Difference(value_a, value_b, float(low), float(high))

    return Comparison(
        side_a,
        side_b,
        is_same=a == b or (keys_a == keys_b and bool(keys_a)),
        shared_days=len({day for day, _ in keys_a & keys_b}),
        tipped=difference(lambda of: 100.0 * _ratio(of), _tipped),
        changes=difference(lambda of: 3600.0 * _ratio(of), _changes),
        tilt=difference(lambda of: np.median(of[0], axis=-1), _tilts),
    )


def _side(choice: Choice, parts: Iterable[DayPart]) -> Side:
    of_day: defaultdict[date, list[Totals]] = defaultdict(list)
    for part in parts:
        of_day[part.day].append(part.totals)
    days = [SideDay(day, added(totals)) for day, totals in sorted(of_day.items())]
    counted = tuple(day for day in days if day.seated_s >= MIN_SEATED_S)
    short_days = sum(0 < day.seated_s < MIN_SEATED_S for day in days)
    return Side(choice, counted, short_days, added(day.totals for day in counted))


def _tipped(side: Side) -> _Values:
    return _columns((day.totals.tipped_s, day.seated_s) for day in side.days)


def _changes(side: Side) -> _Values:
    return _columns((day.totals.changes, day.seated_s) for day in side.days if day.totals.placed)


def _tilts(side: Side) -> _Values:
    medians = (day.totals.percentile("tilt_pct", 50) for day in side.days)
    return _columns((median, 1.0) for median in medians if math.isfinite(median))


def _columns(rows: Iterable[tuple[float, float]]) -> _Values:
    """What a figure needs of each day, shape (2, days)."""
    return np.array(list(rows), dtype=np.float64).reshape(-1, 2).T


def _ratio(of: _Values) -> Any:
    return of[0].sum(axis=-1) / of[1].sum(axis=-1)


def _drawn(estimate: Callable[[Any], Any], columns: _Values, seed: int) -> _Values:
    """The estimate for `DRAWS` times as many days as there are, drawn with replacement."""
    dice = np.random.default_rng((_SEED, seed))
    days = columns.shape[1]
    at_once = max(1, _ROWS_AT_ONCE // days)
    sizes = [min(at_once, DRAWS - done) for done in range(0, DRAWS, at_once)]
    return np.concatenate([estimate(columns[:, dice.integers(0, days, (size, days))]) for size in sizes])


def _coverage_pct(totals: Totals) -> float:
    sitting_s = totals.seated_s + totals.state_s(State.UNKNOWN)
    return 100.0 * totals.seated_s / sitting_s if sitting_s else math.nan


def sentence(found: Comparison) -> str:
    """What the comparison says about time tipped, in one sentence. Never why it is so."""
    a, b, tipped = found.a, found.b, found.tipped
    if found.is_same:
        return "Both sides are the same group of days: choose another one on one of them."
    empty = [side.choice.words for side in (a, b) if not side.days and not side.short_days]
    if empty:
        return f"There is no seated time {' or '.join(empty)} in the log yet."
    if not tipped.has_interval:
        counts = f"{len(a.days)} {a.choice.words}, {len(b.days)} {b.choice.words}"
        return f"Not enough days yet: {counts}; each side needs {MIN_DAYS}."
    digits = digits_of(tipped)
    over = f"over days like these the difference lies {_between_words(tipped)}."
    share_a, share_b = f"{tipped.a:.{digits}f} %", f"{tipped.b:.{digits}f} %"
    if not tipped.is_clear:
        shares = f"{share_a} of the seated time tipped {a.choice.words}, {share_b} {b.choice.words}"
        return f"No clear difference: {shares}; {over}"
    points = f"{abs(tipped.value):.{digits}f}"
    amount = f"{points} {'point' if points == '1' else 'points'} {'more' if tipped.value > 0 else 'less'}"
    said = f"{b.choice.words} the hips were tipped {amount} of the seated time ({share_a} to {share_b}); {over}"
    return said[:1].upper() + said[1:]


def _whole_pct(share_pct: float) -> str:
    return f"{share_pct:.0f} %"


def side_notes(found: Comparison, share_words: Callable[[float], str] = _whole_pct) -> tuple[str, ...]:
    """What belongs beside the sentence: how much could be judged, and what else is to be borne in mind."""
    a, b = found.a, found.b
    if found.is_same or not (a.days and b.days):
        return ()
    judged_a, judged_b = share_words(a.coverage_pct), share_words(b.coverage_pct)
    judged = f"{judged_a} of sitting {a.choice.words}, {judged_b} {b.choice.words}"
    notes = [f"Could be judged: {judged}."]
    if a.short_days or b.short_days:
        notes.append(f"Days with less than {MIN_SEATED_S / 60:.0f} min of seated time on a side are left out.")
    if found.tipped.has_interval and min(len(a.days), len(b.days)) < ROUGH_DAYS:
        notes.append(f"With fewer than {ROUGH_DAYS} days on a side that range is a rough one.")
    if found.shared_days:
        days = "1 day is" if found.shared_days == 1 else f"{found.shared_days} days are"
        notes.append(f"{days} on both sides in part or in whole, which makes the two look more alike than they are.")
    kinds = {a.choice.what, b.choice.what}
    than = "" if len(kinds) > 1 or What.RANGE in kinds else f" than the {kinds.pop()}"
    notes.append(f"Other things{than} may have changed, too.")
    return tuple(notes)


def digits_of(share: Difference) -> int:
    """A decimal where whole percents would not add up, or would hide the difference."""
    adds_up = round(share.b) - round(share.a) == round(share.value)
    return 0 if adds_up and abs(share.value) >= 1 - SEAM else 1


def outwards(low: float, high: float) -> tuple[int, int]:
    """An interval in whole steps: never surer than it is."""
    return math.floor(low + SEAM), math.ceil(high - SEAM)


def _between_words(tipped: Difference) -> str:
    low, high = outwards(tipped.low, tipped.high)
    if tipped.is_clear:
        nearer, further = sorted((abs(low), abs(high)))
        return f"between {nearer} and {further} points {'more' if high > 0 else 'less'}"
    return f"between {-low} points less and {high} points more"


def _date_words(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"
