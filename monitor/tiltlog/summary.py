"""What a stretch of the tilt log, mostly a day, comes to. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from monitor.judgement.assessment import State
from monitor.tiltlog.eva import COLUMN_EDGES_S, EvaMatrix
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.records import NOT_OBSERVED, TICKS_PER_S, LogSlice
from monitor.tiltlog.totals import Totals, added, count


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures of a slice of the log. NaN or None: nothing can be said; a 0 was really counted.

    Attributes:
        start_utc_s, end_utc_s: the range, seconds since 1970-01-01 UTC.
        observed_s: time with a camera looking, whatever it saw (unknown included).
        seated_observed_s: time judged as upright, leaning, reclined or tipped.
        state_s: seconds in each state, "not observed" among them.
        coverage_pct: share of sitting time that could be judged: seated / (seated + unknown).
        tipped_pct: share of the observed seated time in the state tipped.
        tilt_median_pct, tilt_p90_pct: of the tilt over the seated samples that know it.
        longest_tipped_s: the longest unbroken time tipped; 0 when never.
        tipped_over_2_min, tipped_over_5_min, tipped_over_20_min: how many tipped bouts lasted longer.
        position_changes: how many, by the rule in `positions`.
        position_changes_per_hour: for each hour of observed seated time.
        sit_bouts_over_30_min: how many times somebody sat longer than that without standing or leaving.
        knee_above_hip_median_cm: over the seated samples that know it.
        knee_above_hip_pct: share of the seated time that knows it with the knee more than 0 cm above the hip.
        thigh_elevation_median_deg: over the seated samples that know it.
        warnings_given: how many warnings that the hips stay tipped back; hints on the set-up do not count.
        warnings_answered: how many of them were answered within 60 s.
        warnings_by_kind: how many of each kind, hints included.
        peak_dose_pct: the highest leaky dose of tipped time, in percent of a full one (your slump for long).
        eva_pct: the matrix of `eva`, rows by columns, percentages of the observed seated time.
    """

    start_utc_s: float
    end_utc_s: float
    observed_s: float
    seated_observed_s: float
    state_s: Mapping[str, float]
    coverage_pct: float
    tipped_pct: float
    tilt_median_pct: float
    tilt_p90_pct: float
    longest_tipped_s: float
    tipped_over_2_min: int | None
    tipped_over_5_min: int | None
    tipped_over_20_min: int | None
    position_changes: int | None
    position_changes_per_hour: float
    sit_bouts_over_30_min: int | None
    knee_above_hip_median_cm: float
    knee_above_hip_pct: float
    thigh_elevation_median_deg: float
    warnings_given: int
    warnings_answered: int
    warnings_by_kind: Mapping[str, int]
    peak_dose_pct: int | None
    eva_pct: EvaMatrix | None

    def as_dict(self) -> dict[str, Any]:
        """The figures ready for JSON: NaN becomes None."""
        return {name: None if value != value else value for name, value in asdict(self).items()}


def summarize(log: LogSlice) -> Summary:
    """The figures of a slice as `LogReader.between` gives it: sorted, cut to its range, no time twice.

    What is uninterrupted ends with its session.
    """
    return summary_of(totals_in(log), log.start_utc_s, log.end_utc_s)


def totals_in(log: LogSlice) -> Totals:
    """The totals of a slice, session by session put together."""
    line = log.samples if isinstance(log.samples, TimeLine) else TimeLine.of(log.samples)
    ids = {bout.session_id for bout in log.bouts} | {warning.session_id for warning in log.warnings}
    ids |= {change.session_id for change in log.changes} | set(line.session_id.tolist())
    return added(count(_of_session(log, line, each)) for each in ids)


def summary_of(totals: Totals, start_utc_s: float, end_utc_s: float) -> Summary:
    """The figures that totals come to; the range is that of the totals."""
    state_s = {str(state): totals.state_s(state) for state in (*State, NOT_OBSERVED)}
    seated_s = totals.seated_s
    was_seated, was_placed = seated_s > 0, totals.placed > 0
    over = totals.tipped_over if was_seated else (None, None, None)
    return Summary(
        start_utc_s=start_utc_s,
        end_utc_s=end_utc_s,
        observed_s=math.fsum(duration for state, duration in state_s.items() if state != NOT_OBSERVED),
        seated_observed_s=seated_s,
        state_s=state_s,
        coverage_pct=_share_pct(seated_s, seated_s + state_s[State.UNKNOWN]),
        tipped_pct=totals.tipped_pct,
        tilt_median_pct=totals.percentile("tilt_pct", 50),
        tilt_p90_pct=totals.percentile("tilt_pct", 90),
        longest_tipped_s=totals.longest_ticks / TICKS_PER_S if was_seated else math.nan,
        tipped_over_2_min=over[0],
        tipped_over_5_min=over[1],
        tipped_over_20_min=over[2],
        position_changes=totals.changes if was_placed else None,
        position_changes_per_hour=totals.changes / (seated_s / 3600) if was_placed and was_seated else math.nan,
        sit_bouts_over_30_min=totals.long_sits if was_seated else None,
        knee_above_hip_median_cm=totals.percentile("knee_above_hip_cm", 50),
        knee_above_hip_pct=_share_pct(totals.knee_above_ticks, totals.knee_known_ticks),
        thigh_elevation_median_deg=totals.percentile("thigh_elevation_deg", 50),
        warnings_given=totals.given,
        warnings_answered=totals.answered,
        warnings_by_kind=dict(totals.warnings),
        peak_dose_pct=totals.peak_dose_pct,
        eva_pct=_eva_pct(totals),
    )


def _of_session(log: LogSlice, line: TimeLine, session_id: int) -> LogSlice:
    return replace(
        log,
        samples=line.chosen(line.session_id == session_id),
        bouts=tuple(row for row in log.bouts if row.session_id == session_id),
        warnings=tuple(row for row in log.warnings if row.session_id == session_id),
        changes=tuple(row for row in log.changes if row.session_id == session_id),
    )


def _eva_pct(totals: Totals) -> EvaMatrix | None:
    if totals.seated_s <= 0 or not any(totals.eva_ticks):
        return None
    width = len(COLUMN_EDGES_S) + 1
    cells = [100.0 * ticks / TICKS_PER_S / totals.seated_s for ticks in totals.eva_ticks]
    return tuple(tuple(cells[start : start + width]) for start in range(0, len(cells), width))


def _share_pct(part: float, whole: float) -> float:
    return 100 * part / whole if whole > 0 else math.nan
