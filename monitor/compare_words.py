"""Two groups of days side by side, in words and as data, for the terminal and the report. Pure."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

from monitor.day_words import pct_words
from monitor.tiltlog.compare import (
    INTERVAL_PCT,
    Choice,
    Comparison,
    Difference,
    Side,
    What,
    digits_of,
    outwards,
    sentence,
    side_notes,
)
from monitor.tiltlog.records import TICKS_PER_S
from monitor.words import duration_words


class FigureRow(NamedTuple):
    """A figure of both sides; the difference is empty where it says nothing."""

    name: str
    a: str
    b: str
    difference: str


def figure_rows(found: Comparison) -> tuple[FigureRow, ...]:
    """The rows of the table. What is not known is a dash."""
    a, b, tipped, changes, tilt = found.a, found.b, found.tipped, found.changes, found.tilt
    tipped_digits, tilt_digits = _digits(tipped), _digits(tilt)
    longest_a, longest_b = _longest_s(a), _longest_s(b)
    return (
        FigureRow("Days", _days(a), _days(b), ""),
        FigureRow("Seated time", _seated(a), _seated(b), ""),
        FigureRow("Could be judged", _of_sitting(a.coverage_pct), _of_sitting(b.coverage_pct), ""),
        FigureRow("Tipped back", *_both(tipped, "{} %", tipped_digits), _points(tipped, tipped_digits)),
        FigureRow("Longest tipped", _time(longest_a), _time(longest_b), _longer(longest_b - longest_a)),
        FigureRow("Position changes", *_both(changes, "{} an hour", 1), _with_range(changes, 1)),
        FigureRow("Middle tilt", *_both(tilt, "{} % of your slump", tilt_digits), _points(tilt, tilt_digits)),
    )


def has_figures(found: Comparison) -> bool:
    """Whether there is anything to put into the table."""
    return bool(found.a.days or found.b.days) and not found.is_same


def group_name(choice: Choice) -> str:
    """A group in a few words."""
    if choice.what is not What.RANGE:
        return choice.name or "no seat tag"
    first, last = (f"{day.day} {day:%b} {day.year}" for day in (choice.first, choice.last))
    return first if choice.first == choice.last else f"{first} – {last}"


def interval_words(found: Comparison) -> str:
    """What stands in brackets behind the differences, or why nothing does."""
    if not found.tipped.has_interval:
        return "Too few days to say how sure these differences are."
    return f"In brackets: where the difference lies over days like these, {INTERVAL_PCT:.0f} times in 100."


def all_notes(found: Comparison) -> tuple[str, ...]:
    """What belongs below the figures."""
    return (interval_words(found), *side_notes(found, pct_words)) if has_figures(found) else ()


def as_dict(found: Comparison) -> dict[str, Any]:
    """The comparison ready for JSON; what is not known is None."""
    tipped, changes, tilt = found.tipped, found.changes, found.tilt
    return {
        "first": _side_dict(found.a, tipped.a, changes.a, tilt.a),
        "second": _side_dict(found.b, tipped.b, changes.b, tilt.b),
        "difference": {
            "tipped_pct_points": _difference_dict(tipped),
            "position_changes_per_hour": _difference_dict(changes),
            "tilt_median_pct_points": _difference_dict(tilt),
        },
        "interval_pct": INTERVAL_PCT,
        "is_clear": tipped.is_clear,
        "is_same": found.is_same,
        "shared_days": found.shared_days,
        "sentence": sentence(found),
        "notes": list(all_notes(found)),
    }


def _side_dict(side: Side, tipped_pct: float, changes_per_hour: float, tilt_pct: float) -> dict[str, Any]:
    choice = side.choice
    is_range = choice.what is What.RANGE
    return {
        "by": str(choice.what),
        "name": None if is_range else choice.name,
        "from_day": choice.first.isoformat() if is_range else None,
        "to_day": choice.last.isoformat() if is_range else None,
        "days": len(side.days),
        "days_too_short": side.short_days,
        "seated_s": side.totals.seated_s,
        "coverage_pct": _or_none(side.coverage_pct),
        "tipped_pct": _or_none(tipped_pct),
        "longest_tipped_s": _or_none(_longest_s(side)),
        "position_changes_per_hour": _or_none(changes_per_hour),
        "tilt_median_pct": _or_none(tilt_pct),
        "each_day": [
            {
                "day": day.day.isoformat(),
                "seated_s": day.seated_s,
                "coverage_pct": _or_none(day.coverage_pct),
                "tipped_pct": _or_none(day.tipped_pct),
            }
            for day in side.days
        ],
    }


def _difference_dict(found: Difference) -> dict[str, float | None]:
    return {"value": _or_none(found.value), "low": _or_none(found.low), "high": _or_none(found.high)}


def _or_none(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _longest_s(side: Side) -> float:
    return side.totals.longest_ticks / TICKS_PER_S if side.days else math.nan


def _days(side: Side) -> str:
    return f"{len(side.days)}, and {side.short_days} too short" if side.short_days else str(len(side.days))


def _seated(side: Side) -> str:
    return duration_words(side.totals.seated_s) if side.days else "–"


def _of_sitting(value_pct: float) -> str:
    return "–" if math.isnan(value_pct) else f"{pct_words(value_pct)} of sitting"


def _digits(found: Difference) -> int:
    return digits_of(found) if math.isfinite(found.value) else 0


def _both(found: Difference, words: str, decimals: int) -> tuple[str, str]:
    """The figure of each side."""
    a, b = ("–" if math.isnan(each) else words.format(_fixed(each, decimals)) for each in (found.a, found.b))
    return a, b


def _time(value_s: float) -> str:
    return "–" if math.isnan(value_s) else duration_words(value_s)


def _longer(value_s: float) -> str:
    if math.isnan(value_s):
        return "–"
    sign = "+" if value_s > 0 else "−" if value_s < 0 else ""
    return f"{sign}{duration_words(abs(value_s))}"


def _points(found: Difference, decimals: int) -> str:
    one = math.isfinite(found.value) and signed(found.value, decimals) in ("+1", "−1")
    return _with_range(found, decimals, " point" if one else " points")


def _with_range(found: Difference, decimals: int, unit: str = "") -> str:
    if math.isnan(found.value):
        return "–"
    said = f"{signed(found.value, decimals)}{unit}"
    if not found.has_interval:
        return said
    steps = 10**decimals
    low, high = (each / steps for each in outwards(found.low * steps, found.high * steps))
    return f"{said} ({signed(low, decimals)} … {signed(high, decimals)})"


def _fixed(value: float, decimals: int) -> str:
    return f"{round(value, decimals) or 0.0:.{decimals}f}".replace("-", "−")


def signed(value: float, decimals: int = 0) -> str:
    """A number with its sign; nothing is neither more nor less."""
    rounded = round(value, decimals)
    return f"{rounded:+.{decimals}f}".replace("-", "−") if rounded else "0"
