"""What a stretch of the tilt log, mostly a day, comes to. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from monitor.judgement.assessment import SEATED_STATES, State
from monitor.tiltlog.eva import EvaMatrix, eva_matrix
from monitor.tiltlog.positions import position_changes
from monitor.tiltlog.records import NOT_OBSERVED, LogSlice
from monitor.tiltlog.timeline import Held, seated_runs, sit_bouts, stretches

HINT_KINDS = frozenset({"knee hint", "sit break"})
"""Kinds that are no warnings but hints on the set-up."""

ANSWERED_S = 60.0
"""A warning counts as answered when the person moved within this time."""

LONG_SIT_S = 30 * 60.0


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
    eva_pct: EvaMatrix | None

    def as_dict(self) -> dict[str, Any]:
        """The figures ready for JSON: NaN becomes None."""
        return {name: None if value != value else value for name, value in asdict(self).items()}


def summarize(log: LogSlice) -> Summary:
    """The figures of a slice as `LogReader.between` gives it: sorted, cut to its range, no time twice."""
    state_s = {str(state): 0.0 for state in (*State, NOT_OBSERVED)}
    for bout in log.bouts:
        state_s[bout.state] += bout.duration_s
    seated_s = math.fsum(state_s[state] for state in SEATED_STATES)
    was_seated = seated_s > 0
    runs = seated_runs(log)
    seated = [held for run in runs for held in run]
    tipped_s = [stretch.duration_s for stretch in stretches(log.bouts, {State.TIPPED})]
    sits_s = [stretch.duration_s for stretch in sit_bouts(log.bouts)]
    tilts_pct = [held.sample.tilt_pct for held in seated]
    changes = position_changes(runs, log.bouts)
    warned = [each for each in log.warnings if each.kind not in HINT_KINDS]
    return Summary(
        start_utc_s=log.start_utc_s,
        end_utc_s=log.end_utc_s,
        observed_s=math.fsum(duration for state, duration in state_s.items() if state != NOT_OBSERVED),
        seated_observed_s=seated_s,
        state_s=state_s,
        coverage_pct=_share_pct(seated_s, seated_s + state_s[State.UNKNOWN]),
        tipped_pct=_share_pct(state_s[State.TIPPED], seated_s),
        tilt_median_pct=_percentile(tilts_pct, 50),
        tilt_p90_pct=_percentile(tilts_pct, 90),
        longest_tipped_s=max(tipped_s, default=0.0) if was_seated else math.nan,
        tipped_over_2_min=_longer(tipped_s, 2 * 60.0) if was_seated else None,
        tipped_over_5_min=_longer(tipped_s, 5 * 60.0) if was_seated else None,
        tipped_over_20_min=_longer(tipped_s, 20 * 60.0) if was_seated else None,
        position_changes=changes,
        position_changes_per_hour=math.nan if changes is None else changes / (seated_s / 3600),
        sit_bouts_over_30_min=_longer(sits_s, LONG_SIT_S) if was_seated else None,
        knee_above_hip_median_cm=_percentile((held.sample.knee_above_hip_cm for held in seated), 50),
        knee_above_hip_pct=_knee_above_hip_pct(seated),
        thigh_elevation_median_deg=_percentile((held.sample.thigh_elevation_deg for held in seated), 50),
        warnings_given=len(warned),
        warnings_answered=sum(each.answered_s is not None and each.answered_s <= ANSWERED_S for each in warned),
        warnings_by_kind=dict(Counter(each.kind for each in log.warnings)),
        eva_pct=eva_matrix(runs, seated_s),
    )


def _share_pct(part: float, whole: float) -> float:
    return 100 * part / whole if whole > 0 else math.nan


def _percentile(values: Iterable[float], percent: float) -> float:
    known = [value for value in values if not math.isnan(value)]
    return float(np.percentile(known, percent)) if known else math.nan


def _longer(durations_s: Sequence[float], limit_s: float) -> int:
    return sum(duration_s > limit_s for duration_s in durations_s)


def _knee_above_hip_pct(seated: Sequence[Held]) -> float:
    known = [held for held in seated if not math.isnan(held.sample.knee_above_hip_cm)]
    above_s = math.fsum(held.duration_s for held in known if held.sample.knee_above_hip_cm > 0)
    return _share_pct(above_s, math.fsum(held.duration_s for held in known))
