"""What can be added up about a stretch of the log, so that a year is the sum of its days. Pure.

A session's part of a local day makes one `Totals`. Whatever is uninterrupted (tipped, sitting, a cell of the matrix)
ends with the session and with the day.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from monitor.judgement.assessment import GAP_S, SEATED_STATES, State
from monitor.tiltlog.eva import COLUMN_EDGES_S, ROW_EDGES_PCT
from monitor.tiltlog.line import STATES, TimeLine
from monitor.tiltlog.packing import STEPS
from monitor.tiltlog.peak_dose import peak_dose_pct
from monitor.tiltlog.records import TICKS_PER_S, LogSlice
from monitor.tiltlog.timeline import Stretch, sit_bouts, stretches

TIPPED_OVER_S = (2 * 60.0, 5 * 60.0, 20 * 60.0)
LONG_SIT_S = 30 * 60.0
ANSWERED_S = 60.0
"""A warning counts as answered when the person moved within this time."""

HINT_KINDS = frozenset({"knee hint", "sit break"})
"""Kinds that are no warnings but hints on the set-up."""

HISTOGRAMS = ("tilt_pct", "knee_above_hip_cm", "thigh_elevation_deg")
EVA_CELLS = (len(ROW_EDGES_PCT) + 1) * (len(COLUMN_EDGES_S) + 1)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a stretch of the log. Times are in ticks, tenths of a second, so that sums are exact.

    Attributes:
        state_ticks: time in each state that occurred, "not observed" among them.
        longest_ticks: the longest unbroken time tipped.
        tipped_over: how many tipped stretches lasted longer than each of `TIPPED_OVER_S`.
        long_sits: how many times somebody sat longer than `LONG_SIT_S`.
        changes: changes of position.
        placed: how many seated samples told a position at all.
        knee_known_ticks, knee_above_ticks: seated time that knows the knee, and with it above the hip.
        eva_ticks: the cells of the exposure matrix, row by row.
        histograms: for each name of `HISTOGRAMS`, how many seated samples had each value, in steps of `STEPS`.
        given, answered: warnings, and those answered within a minute; hints on the set-up do not count.
        warnings: how many of each kind, hints included.
        causes: warnings by their likely cause.
        peak_dose_pct: the highest dose of tipped time; None not known, as on days kept before it was counted.
    """

    state_ticks: Mapping[str, int] = field(default_factory=dict)
    longest_ticks: int = 0
    tipped_over: tuple[int, int, int] = (0, 0, 0)
    long_sits: int = 0
    changes: int = 0
    placed: int = 0
    knee_known_ticks: int = 0
    knee_above_ticks: int = 0
    eva_ticks: tuple[int, ...] = (0,) * EVA_CELLS
    histograms: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    given: int = 0
    answered: int = 0
    warnings: Mapping[str, int] = field(default_factory=dict)
    causes: Mapping[str, int] = field(default_factory=dict)
    peak_dose_pct: int | None = None

    @property
    def seated_s(self) -> float:
        """Observed seated time, seconds."""
        return sum(self.state_ticks.get(state, 0) for state in SEATED_STATES) / TICKS_PER_S

    @property
    def tipped_s(self) -> float:
        """Time tipped, seconds."""
        return self.state_s(State.TIPPED)

    @property
    def tipped_pct(self) -> float:
        """Share of the observed seated time that was tipped; NaN without any."""
        return 100.0 * self.tipped_s / self.seated_s if self.seated_s > 0 else math.nan

    def state_s(self, state: str) -> float:
        """Time in a state, seconds."""
        return self.state_ticks.get(state, 0) / TICKS_PER_S

    def percentile(self, name: str, percent: float) -> float:
        """A percentile of a measure over the seated samples that know it, as `numpy.percentile`; NaN without any."""
        counts = self.histograms.get(name)
        if not counts:
            return math.nan
        steps = sorted(counts)
        upto = np.cumsum([counts[step] for step in steps])
        place = (int(upto[-1]) - 1) * percent / 100.0
        low, high = (steps[int(np.searchsorted(upto, rank, side="right"))] for rank in (int(place), math.ceil(place)))
        return float(low + (high - low) * (place - int(place))) / STEPS[name]

    def __add__(self, other: Totals) -> Totals:
        return added((self, other))


def added(parts: Iterable[Totals]) -> Totals:
    """All of them together."""
    all_parts = tuple(parts)
    if len(all_parts) == 1:
        return all_parts[0]
    over = np.array([part.tipped_over for part in all_parts]).reshape(-1, 3).sum(axis=0).tolist()
    eva = np.array([part.eva_ticks for part in all_parts], dtype=np.int64).reshape(-1, EVA_CELLS).sum(axis=0).tolist()
    return Totals(
        state_ticks=_sum(part.state_ticks for part in all_parts),
        longest_ticks=max((part.longest_ticks for part in all_parts), default=0),
        tipped_over=(over[0], over[1], over[2]),
        long_sits=sum(part.long_sits for part in all_parts),
        changes=sum(part.changes for part in all_parts),
        placed=sum(part.placed for part in all_parts),
        knee_known_ticks=sum(part.knee_known_ticks for part in all_parts),
        knee_above_ticks=sum(part.knee_above_ticks for part in all_parts),
        eva_ticks=tuple(eva),
        histograms={
            name: _sum(part.histograms[name] for part in all_parts if name in part.histograms) for name in HISTOGRAMS
        },
        given=sum(part.given for part in all_parts),
        answered=sum(part.answered for part in all_parts),
        warnings=_sum(part.warnings for part in all_parts),
        causes=_sum(part.causes for part in all_parts),
        peak_dose_pct=max((p.peak_dose_pct for p in all_parts if p.peak_dose_pct is not None), default=None),
    )


def count(log: LogSlice) -> Totals:
    """The totals of a slice that holds one session, or nothing; its samples lie on the steps of `STEPS`."""
    line = log.samples if isinstance(log.samples, TimeLine) else TimeLine.of(log.samples)
    state_ticks: Counter[str] = Counter()
    for bout in log.bouts:
        state_ticks[str(bout.state)] += ticks(bout.duration_s)
    tipped = [stretch.duration_s for stretch in stretches(log.bouts, {State.TIPPED})]
    seated, held_s, breaks = _held(line, stretches(log.bouts, SEATED_STATES))
    knee_cm = seated.measures["knee_above_hip_cm"]
    knee_ticks = np.rint(held_s * TICKS_PER_S).astype(np.int64)
    warned = [each for each in log.warnings if each.kind not in HINT_KINDS]
    position = np.isfinite([seated.measures[name] for name in ("tilt_pct", "tilt_deg", "trunk_inclination_deg")])
    return Totals(
        state_ticks=dict(state_ticks),
        longest_ticks=ticks(max(tipped, default=0.0)),
        tipped_over=(
            _longer(tipped, TIPPED_OVER_S[0]),
            _longer(tipped, TIPPED_OVER_S[1]),
            _longer(tipped, TIPPED_OVER_S[2]),
        ),
        long_sits=_longer([stretch.duration_s for stretch in sit_bouts(log.bouts)], LONG_SIT_S),
        changes=len(log.changes),
        placed=int(position.any(axis=0).sum()),
        knee_known_ticks=int(knee_ticks[np.isfinite(knee_cm)].sum()),
        knee_above_ticks=int(knee_ticks[knee_cm > 0].sum()),
        eva_ticks=_eva(seated.measures["tilt_pct"], held_s, breaks),
        histograms={name: _histogram(seated, name) for name in HISTOGRAMS},
        given=len(warned),
        answered=sum(each.answered_s is not None and each.answered_s <= ANSWERED_S for each in warned),
        warnings=dict(Counter(each.kind for each in log.warnings)),
        causes=dict(Counter(each.cause for each in warned if each.cause)),
        peak_dose_pct=peak_dose_pct(line),
    )


def ticks(duration_s: float) -> int:
    """A duration in tenths of a second."""
    return round(duration_s * TICKS_PER_S)


def _held(line: TimeLine, seats: list[Stretch]) -> tuple[TimeLine, Any, Any]:
    """The seated samples, the time that each stands for, and whether a run begins with it. See `seated_runs`."""
    codes = np.isin(line.state, [STATES.index(state) for state in SEATED_STATES])
    starts = np.array([stretch.start_utc_s for stretch in seats])
    ends = np.array([stretch.end_utc_s for stretch in seats])
    if not len(starts) or not len(line):
        return line.chosen(slice(0, 0)), np.zeros(0), np.zeros(0, dtype=bool)
    place = np.searchsorted(starts, line.t_utc_s, side="right") - 1
    inside = codes & (place >= 0) & (line.t_utc_s < ends[np.maximum(place, 0)])
    seated, place = line.chosen(inside), place[inside]
    t_utc_s = seated.t_utc_s
    is_first = np.diff(place, prepend=-1) != 0
    is_last = np.diff(place, append=len(starts)) != 0
    wait_s = np.where(is_last, ends[place], np.append(t_utc_s[1:], 0.0)) - t_utc_s
    lead_s = np.where(is_first, t_utc_s - starts[place], 0.0)
    too_long = wait_s > GAP_S
    held_s = np.where(too_long, 0.0, wait_s) + np.where(lead_s <= GAP_S, lead_s, 0.0)
    breaks = is_first | np.append(True, too_long[:-1])[: len(t_utc_s)]
    return seated, held_s, breaks


def _eva(tilt_pct: Any, held_s: Any, breaks: Any) -> tuple[int, ...]:
    cells = np.zeros(EVA_CELLS, dtype=np.int64)
    row = np.where(np.isnan(tilt_pct), -1, np.digitize(tilt_pct, ROW_EDGES_PCT))
    first = np.flatnonzero(breaks | (np.diff(row, prepend=-2) != 0))
    if len(first):
        duration = np.rint(np.add.reduceat(held_s, first) * TICKS_PER_S).astype(np.int64)
        column = np.digitize(duration / TICKS_PER_S, COLUMN_EDGES_S)
        known = row[first] >= 0
        np.add.at(cells, (row[first] * (len(COLUMN_EDGES_S) + 1) + column)[known], duration[known])
    return tuple(cells.tolist())


def _histogram(line: TimeLine, name: str) -> dict[int, int]:
    column = line.measures[name]
    steps = np.rint(column[np.isfinite(column)] * STEPS[name]).astype(np.int64)
    values, counts = np.unique(steps, return_counts=True)
    return dict(zip(values.tolist(), counts.tolist(), strict=True))


def _sum(parts: Iterable[Mapping[Any, int]]) -> dict[Any, int]:
    whole: dict[Any, int] = {}
    for part in parts:
        for key, value in part.items():
            whole[key] = whole.get(key, 0) + value
    return whole


def _longer(durations_s: list[float], limit_s: float) -> int:
    return sum(ticks(duration_s) > ticks(limit_s) for duration_s in durations_s)
