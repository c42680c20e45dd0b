"""The time line as columns: a day of samples is read, cut and counted at once. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from monitor.judgement.assessment import Basis, State, View
from monitor.tiltlog.records import Sample

STATES: Final = tuple(State)
VIEWS: Final = tuple(View)
BASES: Final = tuple(Basis)
MEASURES: Final = (
    *("tilt_deg", "tilt_low_deg", "tilt_high_deg", "tilt_pct"),
    *("trunk_inclination_deg", "thigh_elevation_deg", "knee_above_hip_cm", "confidence"),
)
"""The columns of numbers; NaN not known."""

Floats: TypeAlias = NDArray[np.float64]
Codes: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class TimeLine(Sequence[Sample]):
    """Samples in order of time, at most one for each second of a session. Every array has the shape (samples,).

    Attributes:
        session_id: the session of each.
        t_utc_s: when, seconds since 1970-01-01 UTC.
        state, view, basis: places in `STATES`, `VIEWS`, `BASES`.
        measures: a column for each name of `MEASURES`, as in `Sample`; NaN not known.
        reason: places in `reasons`.
    """

    session_id: Codes
    t_utc_s: Floats
    state: Codes
    view: Codes
    basis: Codes
    measures: dict[str, Floats]
    reason: Codes
    reasons: tuple[str, ...]

    @classmethod
    def of(cls, samples: Iterable[Sample]) -> TimeLine:
        """The same samples as columns."""
        rows = list(samples)
        reasons: dict[str, int] = {}
        codes = [reasons.setdefault(row.reason, len(reasons)) for row in rows]
        return cls(
            _codes(row.session_id for row in rows),
            np.array([row.t_utc_s for row in rows], dtype=np.float64),
            _codes(STATES.index(row.state) for row in rows),
            _codes(VIEWS.index(row.view) for row in rows),
            _codes(BASES.index(row.basis) for row in rows),
            {name: np.array([getattr(row, name) for row in rows], dtype=np.float64) for name in MEASURES},
            _codes(codes),
            tuple(reasons),
        )

    @classmethod
    def joined(cls, lines: Sequence[TimeLine]) -> TimeLine:
        """All the lines as one, in order of time."""
        if not lines:
            return cls.of(())
        reasons: dict[str, int] = {}
        codes = []
        for line in lines:
            renamed = [reasons.setdefault(text, len(reasons)) for text in line.reasons] or [0]
            codes.append(np.array(renamed, dtype=np.int64)[line.reason])
        whole = cls(
            np.concatenate([line.session_id for line in lines]),
            np.concatenate([line.t_utc_s for line in lines]),
            np.concatenate([line.state for line in lines]),
            np.concatenate([line.view for line in lines]),
            np.concatenate([line.basis for line in lines]),
            {name: np.concatenate([line.measures[name] for line in lines]) for name in MEASURES},
            np.concatenate(codes),
            tuple(reasons),
        )
        t_utc_s = whole.t_utc_s
        return whole if bool((np.diff(t_utc_s) >= 0).all()) else whole.chosen(np.argsort(t_utc_s, kind="stable"))

    def chosen(self, which: NDArray[Any] | slice) -> TimeLine:
        """Only these samples: a mask, an array of places, or a slice."""
        return TimeLine(
            self.session_id[which],
            self.t_utc_s[which],
            self.state[which],
            self.view[which],
            self.basis[which],
            {name: column[which] for name, column in self.measures.items()},
            self.reason[which],
            self.reasons,
        )

    def cut(self, start_utc_s: float, end_utc_s: float) -> TimeLine:
        """The samples from start up to (not including) end."""
        first, last = np.searchsorted(self.t_utc_s, [start_utc_s, end_utc_s])
        return self.chosen(slice(int(first), int(last)))

    def __len__(self) -> int:
        return len(self.t_utc_s)

    def __iter__(self) -> Iterator[Sample]:
        return iter(self._rows())

    @overload
    def __getitem__(self, index: int) -> Sample: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Sample]: ...
    def __getitem__(self, index: int | slice) -> Sample | Sequence[Sample]:
        if isinstance(index, slice):
            return self.chosen(index)
        place = range(len(self))[index]
        return self.chosen(slice(place, place + 1))._rows()[0]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]  # compared by what it holds

    def _rows(self) -> list[Sample]:
        numbers = (self.measures[name].tolist() for name in MEASURES)
        about = (column.tolist() for column in (self.session_id, self.t_utc_s, self.state))
        last = (column.tolist() for column in (self.view, self.basis, self.reason))
        rows = []
        for session_id, t_utc_s, state, *measures, confidence, view, basis, reason in zip(
            *about, *numbers, *last, strict=True
        ):
            tilt, low, high, pct, trunk, thigh, knee = measures
            at = session_id, t_utc_s, STATES[state]
            known_as = VIEWS[view], BASES[basis], confidence, self.reasons[reason]
            rows.append(Sample(*at, tilt, low, high, pct, trunk, thigh, knee, *known_as))
        return rows


def _same(one: Sample, other: Sample) -> bool:
    return repr(one) == repr(other)  # NaN is the same as NaN


def _codes(values: Iterable[int]) -> Codes:
    return np.array(list(values), dtype=np.int64)
