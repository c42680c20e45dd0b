"""Makes time count once when sessions overlap, as when a recording is watched twice. Pure.

The session that started last has the say over all the time that its bouts cover (on a tie, the one written last).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.records import Bout, GivenWarning, LogSlice, PositionChange, Sample

Stretches: TypeAlias = list[tuple[float, float]]
"""Sorted stretches of time (start, end), seconds UTC, that neither overlap nor touch."""


def newest_wins(log: LogSlice) -> LogSlice:
    """The slice cut to its range, with each moment left only in the newest session that has a bout there.

    What belongs to none of the sessions of the slice is left out.
    """
    bouts_of = defaultdict(list)
    for bout in log.bouts:
        bouts_of[bout.session_id].append(bout)
    taken_before: dict[int, Stretches] = {}
    taken: Stretches = [(-float("inf"), log.start_utc_s), (log.end_utc_s, float("inf"))]
    bouts: list[Bout] = []
    for session in sorted(log.sessions, key=lambda each: (each.started_utc_s, each.id), reverse=True):
        taken_before[session.id] = taken
        own = bouts_of[session.id]
        bouts += (
            replace(bout, start_utc_s=start, end_utc_s=end)
            for bout in own
            for start, end in free(bout.start_utc_s, bout.end_utc_s, taken)
        )
        taken = merged([*taken, *((bout.start_utc_s, bout.end_utc_s) for bout in own)])

    def counts(row: Sample | GivenWarning | PositionChange) -> bool:
        newer = taken_before.get(row.session_id)
        return newer is not None and not covers(newer, row.t_utc_s)

    seen = {
        session_id: merged([(bout.start_utc_s, bout.end_utc_s) for bout in own]) for session_id, own in bouts_of.items()
    }

    def is_seen(change: PositionChange) -> bool:
        """A change with the very last frame of a session lies in no bout of it: no time has passed since."""
        return counts(change) and covers(seen.get(change.session_id, []), change.t_utc_s)

    return replace(
        log,
        samples=_samples(log.samples, taken_before),
        bouts=tuple(sorted(bouts, key=lambda bout: bout.start_utc_s)),
        warnings=tuple(sorted(filter(counts, log.warnings), key=lambda row: row.t_utc_s)),
        changes=tuple(sorted(filter(is_seen, log.changes), key=lambda row: row.t_utc_s)),
    )


def _samples(samples: Sequence[Sample], taken_before: dict[int, Stretches]) -> TimeLine:
    """The samples that count, as columns."""
    line = samples if isinstance(samples, TimeLine) else TimeLine.of(sorted(samples, key=lambda row: row.t_utc_s))
    keeps = np.zeros(len(line), dtype=bool)
    for session_id, taken in taken_before.items():
        starts, ends = (np.array(column) for column in zip(*taken, strict=True))
        place = np.searchsorted(starts, line.t_utc_s, side="right") - 1
        covered = (place >= 0) & (line.t_utc_s < ends[np.maximum(place, 0)])
        keeps |= (line.session_id == session_id) & ~covered
    return line if keeps.all() else line.chosen(keeps)


def merged(stretches: Stretches) -> Stretches:
    """The same time as sorted stretches that neither overlap nor touch."""
    result: Stretches = []
    for start, end in sorted(stretches):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def covers(taken: Stretches, t_utc_s: float) -> bool:
    """True when the time lies in one of the stretches (start included, end not)."""
    index = bisect_right(taken, (t_utc_s, float("inf"))) - 1
    return index >= 0 and t_utc_s < taken[index][1]


def free(start_utc_s: float, end_utc_s: float, taken: Stretches) -> Stretches:
    """The parts of a stretch that are not taken."""
    result: Stretches = []
    index = max(0, bisect_right(taken, (start_utc_s, float("inf"))) - 1)
    for taken_start, taken_end in taken[index:]:
        if taken_start >= end_utc_s:
            break
        if start_utc_s < taken_start:
            result.append((start_utc_s, taken_start))
        start_utc_s = max(start_utc_s, taken_end)
    if start_utc_s < end_utc_s:
        result.append((start_utc_s, end_utc_s))
    return result
