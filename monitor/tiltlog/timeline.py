"""Lays the samples of the time line onto the bouts: which time is one stretch, and for how long a sample stands. Pure.

Times are seconds UTC.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from monitor.judgement.assessment import GAP_S, SEATED_STATES, State
from monitor.tiltlog.records import Bout, BoutState, LogSlice, Sample

SEAM_S = 1e-3
"""Two bouts this close together follow one another."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Unbroken time, from start up to (not including) end."""

    start_utc_s: float
    end_utc_s: float

    @property
    def duration_s(self) -> float:
        """How long it lasted, seconds."""
        return self.end_utc_s - self.start_utc_s


@dataclass(frozen=True, slots=True)
class Held:
    """A sample and the time that it stands for."""

    sample: Sample
    duration_s: float


def stretches(bouts: Iterable[Bout], states: Collection[BoutState]) -> list[Stretch]:
    """The time spent in any of the states; bouts that follow one another make one stretch."""
    result: list[Stretch] = []
    for bout in bouts:
        if bout.state not in states:
            continue
        if result and bout.start_utc_s - result[-1].end_utc_s <= SEAM_S:
            result[-1] = Stretch(result[-1].start_utc_s, bout.end_utc_s)
        else:
            result.append(Stretch(bout.start_utc_s, bout.end_utc_s))
    return result


def sit_bouts(bouts: Iterable[Bout]) -> list[Stretch]:
    """From sitting down to getting up: seated time, with unknown time inside it.

    Standing, away, time not observed and time without any bout end it. It begins and ends with time that was judged.
    """
    result: list[Stretch] = []
    goes_on = False
    last_end_utc_s = float("-inf")
    for bout in bouts:
        goes_on = goes_on and bout.start_utc_s - last_end_utc_s <= SEAM_S
        last_end_utc_s = bout.end_utc_s
        if bout.state in SEATED_STATES:
            start_utc_s = result.pop().start_utc_s if goes_on else bout.start_utc_s
            result.append(Stretch(start_utc_s, bout.end_utc_s))
            goes_on = True
        elif bout.state != State.UNKNOWN:
            goes_on = False
    return result


def seated_runs(log: LogSlice) -> list[list[Held]]:
    """The samples of each unbroken stretch of seated time, with the time that each stands for.

    A sample stands for the time until the next one; the first and the last also for the ends of the stretch. Where
    samples are more than 10 s apart the run is broken, and the time between belongs to no sample.
    """
    seated = [sample for sample in log.samples if sample.state in SEATED_STATES]
    runs: list[list[Held]] = []
    index = 0
    for stretch in stretches(log.bouts, SEATED_STATES):
        while index < len(seated) and seated[index].t_utc_s < stretch.start_utc_s:
            index += 1
        first = index
        while index < len(seated) and seated[index].t_utc_s < stretch.end_utc_s:
            index += 1
        runs += _runs(stretch, seated[first:index])
    return runs


def _runs(stretch: Stretch, samples: Sequence[Sample]) -> list[list[Held]]:
    """The runs in one stretch; `samples` are those that lie in it."""
    if not samples:
        return []
    times_utc_s = [sample.t_utc_s for sample in samples]
    runs: list[list[Held]] = []
    wait_s = times_utc_s[0] - stretch.start_utc_s
    lead_s = wait_s if wait_s <= GAP_S else 0.0
    is_broken = True
    for sample, next_utc_s in zip(samples, [*times_utc_s[1:], stretch.end_utc_s], strict=True):
        if is_broken:
            runs.append([])
        wait_s = next_utc_s - sample.t_utc_s
        is_broken = wait_s > GAP_S
        runs[-1].append(Held(sample, lead_s + (0.0 if is_broken else wait_s)))
        lead_s = 0.0
    return runs
