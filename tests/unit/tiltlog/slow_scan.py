"""The figures of a slice of one session, worked out sample by sample in plain Python: what the fast ways must give."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import TypeAlias

import numpy as np

from monitor.alerts.dose import dose_after, drained
from monitor.alerts.policy import AlertSettings
from monitor.judgement.assessment import GAP_S, SEATED_STATES, Assessment, State
from monitor.tiltlog.eva import COLUMN_EDGES_S, ROW_EDGES_PCT, EvaMatrix
from monitor.tiltlog.records import NOT_OBSERVED, Bout, LogSlice, Sample
from monitor.tiltlog.summary import Summary
from monitor.tiltlog.timeline import SEAM_S, Held, seated_runs, sit_bouts, stretches
from monitor.tiltlog.totals import ANSWERED_S, HINT_KINDS, LONG_SIT_S

Position: TypeAlias = tuple[float, float, float]
"""Tilt in percent, tilt in degrees, trunk inclination in degrees; NaN not known."""

STEPS: Position = (25.0, 3.0, 5.0)
HELD_S = 5.0


def position_changes(runs: Sequence[Sequence[Held]], bouts: Iterable[Bout]) -> int | None:
    """The number of changes of position, by the rule above; None when no sample tells a position.

    `runs` are the seated runs of the time line, `bouts` all bouts in order.
    """
    samples = [[held.sample for held in run if _is_known(_position(held.sample))] for run in runs]
    if not any(samples):
        return None
    return sum(map(_seated_changes, samples)) + _ups_and_downs(bouts)


def _seated_changes(samples: Sequence[Sample]) -> int:
    changes = 0
    rest = candidate = (math.nan,) * 3
    candidate_since_utc_s = math.nan  # NaN: nothing is on the move
    for sample in samples:
        here = _position(sample)
        rest = _filled(rest, here)
        if not _moved(rest, here):
            if all(not math.isnan(here[measure]) for measure in _moved(rest, candidate)):
                candidate, candidate_since_utc_s = rest, math.nan  # back again
        elif math.isnan(candidate_since_utc_s) or _moved(candidate, here):
            candidate, candidate_since_utc_s = here, sample.t_utc_s
        elif sample.t_utc_s - candidate_since_utc_s >= HELD_S:
            changes += 1
            rest, candidate, candidate_since_utc_s = here, here, math.nan
    return changes


def _ups_and_downs(bouts: Iterable[Bout]) -> int:
    return sum(
        {before.state in SEATED_STATES, after.state in SEATED_STATES} == {True, False}
        and State.STANDING in {before.state, after.state}
        and after.start_utc_s - before.end_utc_s <= SEAM_S
        for before, after in pairwise(bouts)
    )


def _position(sample: Sample) -> Position:
    return sample.tilt_pct, sample.tilt_deg, sample.trunk_inclination_deg


def _is_known(position: Position) -> bool:
    return not all(map(math.isnan, position))


def _filled(position: Position, here: Position) -> Position:
    """The position, with what it did not know yet taken from here."""
    pct, deg, trunk_deg = (new if math.isnan(old) else old for old, new in zip(position, here, strict=True))
    return pct, deg, trunk_deg


def _moved(one: Position, other: Position) -> list[int]:
    """The measures in which two positions differ by a step or more."""
    return [index for index, step in enumerate(STEPS) if abs(one[index] - other[index]) >= step]


def eva_matrix(runs: Sequence[Sequence[Held]], seated_observed_s: float) -> EvaMatrix | None:
    """Five rows of six cells, each a percentage of the observed seated time; None when no tilt is known.

    Time counts in the column of the whole uninterrupted stretch in one row that it belongs to. The cells add up to
    100 less the share of seated time for which the tilt is not known.
    """
    cells_s = [[0.0] * (len(COLUMN_EDGES_S) + 1) for _ in range(len(ROW_EDGES_PCT) + 1)]
    for run in runs:
        for row, group in groupby(run, key=_row):
            if row is not None:
                duration_s = math.fsum(held.duration_s for held in group)
                cells_s[row][bisect_right(COLUMN_EDGES_S, duration_s)] += duration_s
    if not any(map(any, cells_s)) or seated_observed_s <= 0:
        return None
    return tuple(tuple(100 * cell_s / seated_observed_s for cell_s in row_s) for row_s in cells_s)


def _row(held: Held) -> int | None:
    tilt_pct = held.sample.tilt_pct
    return None if math.isnan(tilt_pct) else bisect_right(ROW_EDGES_PCT, tilt_pct)


def slow_summary(log: LogSlice) -> Summary:
    """The figures of a slice that holds one session."""
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
        peak_dose_pct=_peak_dose_pct(log.samples),
        eva_pct=eva_matrix(runs, seated_s),
    )


def _peak_dose_pct(samples: Sequence[Sample]) -> int | None:
    settings, dose, peak = AlertSettings(), 0.0, 0.0
    seen = [Assessment(sample.t_utc_s, State(sample.state), tilt_pct=sample.tilt_pct) for sample in samples]
    for now, then in pairwise(seen):
        wait_s = then.t_s - now.t_s
        dose = drained(dose, wait_s, settings) if wait_s > GAP_S else dose_after(dose, now, wait_s, settings)
        peak = max(peak, dose)
    told = (now for now in seen if now.state in (State.UPRIGHT, State.TIPPED) and not math.isnan(now.tilt_pct))
    return None if next(told, None) is None else round(100 * peak)


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
