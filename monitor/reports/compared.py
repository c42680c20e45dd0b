"""Which two seats or profiles of a range are compared in its report, and the comparison in words. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from monitor.compare_words import all_notes, figure_rows, group_name, has_figures
from monitor.reports.parts import Compared, Table
from monitor.tiltlog.compare import MIN_SEATED_S, Choice, What, compare, sentence
from monitor.tiltlog.reader import DayPart
from monitor.words import shortened


class _Use(NamedTuple):
    """How much a seat or profile was in use."""

    long_days: int
    days: int
    seated_s: float


def compared(parts: Sequence[DayPart]) -> Compared | None:
    """The two seats with the most days, or with one seat the two such profiles; None where there are no two."""
    for what in (What.SEAT, What.PROFILE):
        used = _used(parts, what)
        if len(used) > 1:
            return _of_pair(parts, what, used)
    return None


def _used(parts: Sequence[DayPart], what: What) -> dict[str, _Use]:
    """The seats or profiles on which somebody sat, in the order of first use."""
    seated_s: dict[str, dict[date, float]] = {}
    for part in parts:
        if part.totals.seated_s > 0:
            days = seated_s.setdefault(part.session.seat if what is What.SEAT else part.session.profile, {})
            days[part.day] = days.get(part.day, 0.0) + part.totals.seated_s
    return {
        name: _Use(sum(each >= MIN_SEATED_S for each in days.values()), len(days), sum(days.values()))
        for name, days in seated_s.items()
    }


def _of_pair(parts: Sequence[DayPart], what: What, used: dict[str, _Use]) -> Compared:
    most = sorted(used, key=lambda name: used[name], reverse=True)[:2]
    first, second = (Choice(what, name) for name in used if name in most)
    found = compare(parts, first, second)
    names = [shortened(group_name(choice)) for choice in (first, second)]
    which = ""
    if len(used) > 2:
        which = f"Of the {len(used)} {what}s in use, these two have the most days: {names[0]} and {names[1]}."
    table = None
    if has_figures(found):
        table = Table(("Figure", *names, "Difference"), tuple(map(tuple, figure_rows(found))))
    return Compared(sentence(found), which, table, " ".join(all_notes(found)))
