"""What a report is made of, as frozen values. Pure.

Every `..._utc_s` is a time in seconds since 1970-01-01 UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from monitor.tiltlog.periods import Period
from monitor.tiltlog.summary import Summary

PlotKind: TypeAlias = Literal["day", "rows", "heat", "trend"]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of words under a head; the first cell of a row says what it is about."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """The words around a plot; ``alt`` stands in its place for those who do not see it."""

    kind: PlotKind
    heading: str
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds in force for a while, degrees of tilt from neutral; NaN not known."""

    start_utc_s: float
    end_utc_s: float
    enter_deg: float
    leave_deg: float
    slump_deg: float


@dataclass(frozen=True, eq=False)
class DayStrip:
    """The line of one day.

    Attributes:
        start_utc_s, end_utc_s: from where to where it is drawn.
        ticks: moments and their local time in words.
        bin_s: each point of the line is the mean over so many seconds.
        t_utc_s, tilt_deg, low_deg, high_deg: the line with its interval, shape (points,); NaN not known.
        spans: for each state that occurred, its stretches (start, length), seconds.
        unseen: stretches (start, length) in which no camera looked.
        warnings_utc_s: when a warning was given.
        notes: when, and the number of the note.
    """

    start_utc_s: float
    end_utc_s: float
    ticks: tuple[tuple[float, str], ...]
    bin_s: float
    t_utc_s: NDArray[np.float64]
    tilt_deg: NDArray[np.float64]
    low_deg: NDArray[np.float64]
    high_deg: NDArray[np.float64]
    limits: tuple[Limits, ...]
    spans: Mapping[str, tuple[tuple[float, float], ...]]
    unseen: tuple[tuple[float, float], ...]
    warnings_utc_s: tuple[float, ...]
    notes: tuple[tuple[float, int], ...]


@dataclass(frozen=True, eq=False)
class DayRow:
    """One day as a row of minutes.

    Attributes:
        states: shape (1440,): the state that took most of each local minute, as its place in `hours.COLUMNS`; -1
            when there is nothing.
        warnings_min: the minutes of the day with a warning.
        notes: minutes of the day, and the number of the note.
    """

    day: date
    states: NDArray[np.int64]
    warnings_min: tuple[int, ...]
    notes: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Exposure:
    """The matrix of how far against how long.

    Attributes:
        rows: what each row is; the first ones are further tipped.
        far_rows: how many of the first rows count as tipped far.
        cells_pct: rows by columns, percent of the seated time observed.
        words: what stands out.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    far_rows: int
    cells_pct: tuple[tuple[float, ...], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Warned:
    """The warnings in words; ``causes`` is None without any, ``each`` where one by one would be too long."""

    words: tuple[str, ...]
    causes: Table | None
    each: Table | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Two seats or profiles side by side.

    Attributes:
        words: what the comparison says.
        which: which two of more are compared; empty where there are no more.
        table: the figures of both; None where no day is long enough.
        notes: what is to be borne in mind; empty without a table.
    """

    words: str
    which: str
    table: Table | None
    notes: str


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A note with its number in the plots and its local time in words."""

    number: int
    when: str
    text: str


@dataclass(frozen=True, eq=False)
class Report:
    """All that a report says and draws.

    Attributes:
        title: the range in words.
        made: the moment of making, aware; version: of the program that made it, empty when not known.
        sentences: the whole in a few plain sentences.
        numbers: label and value of each figure; unjudged: how much is left out of them.
        states: how long each state lasted.
        steps_title, steps: hour by hour, day by day or week by week.
        compared: two seats or profiles, where more than one was in use.
        period: what was observed of the range, trimmed to the first and last day observed; None when nothing was.
        day: the line of the day, where only one day was observed.
        day_rows: the days as rows of minutes, where there is more than one but not too many.
    """

    title: str
    first: date
    last: date
    made: datetime
    version: str
    sentences: tuple[str, ...]
    summary: Summary
    numbers: Table
    unjudged: str
    states: Table
    plots: tuple[Plot, ...]
    steps_title: str
    steps: Table | None
    exposure: Exposure | None
    compared: Compared | None
    warned: Warned | None
    notes: tuple[NoteLine, ...]
    setups: Table | None
    period: Period | None
    day: DayStrip | None
    day_rows: tuple[DayRow, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was observed in the whole range."""
        return self.period is None
