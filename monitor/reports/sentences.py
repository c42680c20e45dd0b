"""The sentences of a report. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from monitor.alerts.causes import Cause
from monitor.day_words import pct_words
from monitor.judgement.assessment import State
from monitor.reports.dates import dated, day_month, long_day
from monitor.reports.parts import Exposure, Report, Table, Warned
from monitor.tiltlog.eva import COLUMN_EDGES_S, ROW_EDGES_PCT, EvaMatrix
from monitor.tiltlog.periods import FAR_PCT, Days, Period, stand_out
from monitor.tiltlog.summary import Summary
from monitor.tiltlog.totals import HINT_KINDS, Totals
from monitor.words import duration_words, shortened

NOTHING_OBSERVED: Final = "Nothing was observed in this time."
EXPOSURE_WORDS: Final = (
    "Each cell is its share of the seated time in percent; the darker, the more. What is missing to 100 is sitting "
    "whose tilt was not known, and rounding."
)
CAUSE_WORDS: Final = {
    Cause.KNEES_ABOVE_HIPS: "knees above the hips",
    Cause.HEAD_FORWARD: "head moved forward",
    Cause.SHOULDERS_FORWARD: "arms reaching forward",
    Cause.LEGS_CROSSED: "legs crossed or held together",
    Cause.PLAIN: "nothing stood out",
}
NO_CAUSE: Final = CAUSE_WORDS[Cause.PLAIN]
HINT_WORDS: Final = {"knee hint": "about the height of the knees", "sit break": "to stand up for a while"}


def summary_sentences(summary: Summary, period: Period | None, days: Days) -> tuple[str, ...]:
    """The whole of these days in a few plain sentences; every share with how much could be judged."""
    if period is None:
        return (NOTHING_OBSERVED,)
    words = list(_observed(period, days))
    if summary.seated_observed_s <= 0:
        return (*words, _nothing_judged(summary))
    sat = duration_words(summary.seated_observed_s)
    words.append(f"You were seen sitting for {sat}; {coverage_words(summary.coverage_pct)}.")
    if summary.longest_tipped_s > 0:
        share, longest = pct_words(summary.tipped_pct), duration_words(summary.longest_tipped_s)
        words.append(f"Your hips were tipped back for {share} of that time, at the longest for {longest}.")
    else:
        words.append("Your hips were not tipped back in that time.")
    if math.isfinite(summary.position_changes_per_hour):
        words.append(f"You changed position about {summary.position_changes_per_hour:.0f} times an hour.")
    return tuple(words)


def _observed(period: Period, days: Days) -> Iterable[str]:
    """On which of several days there is anything."""
    first, last = period.first_day, period.last_day
    if days.is_day or first is None or last is None:
        return
    if first == last:
        yield f"Something was observed on one day only: {long_day(first)}."
        return
    number = (last - first).days + 1 - period.empty_days
    gaps = f"; nothing on {_days(period.empty_days)} in between" if period.empty_days else ""
    yield f"Something was observed on {_days(number)}, from {day_month(first)} to {day_month(last)}{gaps}."


def _nothing_judged(summary: Summary) -> str:
    looked = f"The camera looked for {duration_words(summary.observed_s)}"
    unknown_s = summary.state_s.get(State.UNKNOWN, 0.0)
    if unknown_s > 0:
        return f"{looked}; you were there for {duration_words(unknown_s)}, and none of it could be judged."
    return f"{looked} and saw nobody sitting."


def coverage_words(coverage_pct: float) -> str:
    """How much of the sitting a share stands for."""
    return f"{pct_words(coverage_pct)} of sitting could be judged"


def cause_words(cause: str) -> str:
    """What stood out, as a person says it; what this version does not know is shown as it is written."""
    known = {str(each): words for each, words in CAUSE_WORDS.items()}
    return known.get(cause.replace(" ", "_"), shortened(cause.replace("_", " "))) if cause else NO_CAUSE


def exposure(matrix: EvaMatrix | None, coverage_pct: float) -> Exposure | None:
    """The exposure matrix with its words, the furthest tipped row first; None without any."""
    if matrix is None:
        return None
    found = stand_out(matrix)
    words = (
        f"For {pct_words(found.far_pct)} of the seated time your hips were tipped by half of your slump or more "
        f"({coverage_words(coverage_pct)})."
    )
    if found.far_pct > 0:
        where = _column(found.column)
        share = pct_words(found.column_pct)
        part = "All of that" if share == pct_words(100.0) else f"The largest part of that, {share} of it,"
        words += f" {part} came in stretches of {where}."
    rows = [_row(index) for index in range(len(ROW_EDGES_PCT) + 1)]
    return Exposure(
        tuple(reversed(rows)),
        tuple(_column(index) for index in range(len(COLUMN_EDGES_S) + 1)),
        sum(edge >= FAR_PCT for edge in ROW_EDGES_PCT),
        tuple(reversed(matrix)),
        words,
    )


def _row(index: int) -> str:
    if index == 0:
        return f"below {ROW_EDGES_PCT[0]:.0f} % (forward)"
    low = f"{ROW_EDGES_PCT[index - 1]:.0f}"
    return f"{low} to {ROW_EDGES_PCT[index]:.0f} %" if index < len(ROW_EDGES_PCT) else f"{low} % and more"


def _column(index: int) -> str:
    if index == 0:
        return f"under {duration_words(COLUMN_EDGES_S[0])}"
    low = duration_words(COLUMN_EDGES_S[index - 1])
    return f"{low} to {duration_words(COLUMN_EDGES_S[index])}" if index < len(COLUMN_EDGES_S) else f"{low} and more"


def warned(totals: Totals, each: Table | None) -> Warned | None:
    """The warnings in words; None when there was neither a warning nor a hint."""
    hints = [
        f"{_times(totals.warnings[kind])} {HINT_WORDS.get(kind, kind)}"
        for kind in sorted(HINT_KINDS)
        if totals.warnings.get(kind)
    ]
    if not totals.given and not hints:
        return None
    words = []
    if totals.given:
        words.append(
            f"{_count(totals.given, 'warning')} that the hips stay tipped back; you moved within a minute after "
            f"{totals.answered} of them."
        )
    else:
        words.append("No warning that the hips stay tipped back.")
    if hints:
        words.append(f"Besides, Saddle gave a hint: {'; '.join(hints)}.")
    return Warned(tuple(words), _causes(totals), each)


def _causes(totals: Totals) -> Table | None:
    if not totals.given:
        return None
    by_words: dict[str, int] = {}
    for cause, number in totals.causes.items():
        by_words[cause_words(cause)] = by_words.get(cause_words(cause), 0) + number
    plain = by_words.pop(NO_CAUSE, 0) + totals.given - sum(totals.causes.values())
    rows = sorted(by_words.items(), key=lambda row: (-row[1], row[0]))
    if plain > 0:
        rows.append((NO_CAUSE, plain))
    return Table(("What stood out at the time", "Warnings"), tuple((words, str(number)) for words, number in rows))


def _days(number: int) -> str:
    return _count(number, "day")


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def cell_words(share_pct: float) -> str:
    """A cell of the exposure matrix in whole percent; what is less than one but not nothing says so."""
    return "< 1" if share_pct > 0 and round(share_pct) == 0 else f"{share_pct:.0f}"


def made_words(report: Report) -> str:
    """When and by which program."""
    program = f"Saddle {report.version}".strip()
    return f"Made on {dated(report.made)} by {program}."
