"""The figures of a day or range in words, the same in the terminal and in the windows."""

from __future__ import annotations

import math

from monitor.judgement.assessment import State
from monitor.tiltlog.compare import SEAM
from monitor.tiltlog.peak_dose import POLICY
from monitor.tiltlog.summary import Summary
from monitor.words import duration_words


def summary_rows(summary: Summary) -> tuple[tuple[str, str], ...]:
    """Label and value of each figure; what is not known is a dash."""
    over = (summary.tipped_over_2_min, summary.tipped_over_5_min, summary.tipped_over_20_min)
    return (
        ("seated time observed", duration_words(summary.seated_observed_s)),
        ("could be judged", f"{pct_words(summary.coverage_pct)} of sitting"),
        ("tipped back", f"{pct_words(summary.tipped_pct)} of seated time"),
        (
            "tilt, middle / high",
            f"{_whole_pct(summary.tilt_median_pct)} / {_whole_pct(summary.tilt_p90_pct)} of your slump",
        ),
        ("longest tipped", _duration(summary.longest_tipped_s)),
        ("tipped over 2 / 5 / 20 min", " / ".join(_count(n) for n in over) + " times"),
        ("tipping dose at its highest", _dose(summary)),
        ("leaning / reclined", " / ".join(_held(summary, state) for state in (State.LEANING, State.RECLINED))),
        ("position changes", f"{_number(summary.position_changes_per_hour)} an hour"),
        ("sat over 30 min at once", f"{_count(summary.sit_bouts_over_30_min)} times"),
        ("warnings", f"{summary.warnings_given}, moved within a minute after {summary.warnings_answered}"),
        ("knees", _knees(summary)),
    )


def unjudged_words(summary: Summary) -> str:
    """How much of the sitting is left out of every share."""
    unjudged = 100.0 - summary.coverage_pct if math.isfinite(summary.coverage_pct) else math.nan
    share = pct_words(unjudged)
    return f"{share[:1].upper()}{share[1:]} of sitting time could not be judged and is left out."


def pct_words(value: float) -> str:
    """A share in whole percent; what is not quite all, or not quite nothing, says so."""
    if value > SEAM and _whole_pct(value) == "0 %":
        return "under 1 %"
    if value < 100.0 - SEAM and _whole_pct(value) == "100 %":
        return "over 99 %"
    return _whole_pct(value)


def _whole_pct(value: float) -> str:
    return "–" if math.isnan(value) else f"{round(value)} %"


def _number(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.0f}"


def _count(value: int | None) -> str:
    return "–" if value is None else str(value)


def _dose(summary: Summary) -> str:
    if summary.peak_dose_pct is None:
        return "–"
    return f"{summary.peak_dose_pct} % (unless set otherwise, a warning comes at {_whole_pct(100 * POLICY.dose_limit)})"


def _held(summary: Summary, state: State) -> str:
    return duration_words(summary.state_s[state]) if summary.seated_observed_s > 0 else "–"


def _duration(value_s: float) -> str:
    return "–" if math.isnan(value_s) else duration_words(value_s)


def _knees(summary: Summary) -> str:
    height = summary.knee_above_hip_median_cm
    if math.isnan(height):
        return "–"
    where = "level with" if round(height) == 0 else f"{abs(height):.0f} cm {'above' if height > 0 else 'below'}"
    return f"{where} the hips; above them {pct_words(summary.knee_above_hip_pct)} of the time"
