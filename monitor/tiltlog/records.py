"""What the tilt log holds, as frozen values. Pure.

Every `..._utc_s` is a time in seconds since 1970-01-01 UTC. NaN (NULL in the file) means "not known".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, Literal, TypeAlias

from monitor.judgement.assessment import Basis, State, View

NOT_OBSERVED: Final = "not observed"
"""The bout state for time in which no camera looked: camera lost, computer asleep, paused."""

BoutState: TypeAlias = State | Literal["not observed"]
SourceKind: TypeAlias = Literal["live", "recording"]


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """One run over one source. `ended_utc_s` is None while it still runs (or after a crash, until the next open)."""

    id: int
    started_utc_s: float
    ended_utc_s: float | None
    profile: str
    source: str
    source_kind: SourceKind
    tilt_model: str
    program_version: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One row of the time line, at most one for each second of a session; fields as in `Assessment`, NaN not known."""

    session_id: int
    t_utc_s: float
    state: State
    tilt_deg: float = math.nan
    tilt_low_deg: float = math.nan
    tilt_high_deg: float = math.nan
    tilt_pct: float = math.nan
    trunk_inclination_deg: float = math.nan
    thigh_elevation_deg: float = math.nan
    knee_above_hip_cm: float = math.nan
    view: View = View.UNKNOWN
    basis: Basis = Basis.NONE
    confidence: float = 0.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Bout:
    """A stretch of one state, from start up to (not including) end. The reason is kept for unknown and not observed."""

    session_id: int
    state: BoutState
    reason: str
    start_utc_s: float
    end_utc_s: float

    @property
    def duration_s(self) -> float:
        """How long it lasted, seconds."""
        return self.end_utc_s - self.start_utc_s


@dataclass(frozen=True, slots=True)
class GivenWarning:
    """A warning that was given. `answered_s`: seconds until the person moved out of tipped; None: not answered."""

    id: int
    session_id: int
    t_utc_s: float
    kind: str
    cause: str
    text: str
    answered_s: float | None = None


@dataclass(frozen=True, slots=True)
class LogSlice:
    """All that the log holds from start up to (not including) end; bouts are cut to that range. Sorted by time."""

    start_utc_s: float
    end_utc_s: float
    sessions: tuple[SessionInfo, ...] = ()
    samples: tuple[Sample, ...] = ()
    bouts: tuple[Bout, ...] = ()
    warnings: tuple[GivenWarning, ...] = ()


def utc_s(moment: datetime) -> float:
    """Seconds since 1970-01-01 UTC of an aware time; ValueError for a naive one, which could be any zone's."""
    if moment.utcoffset() is None:
        raise ValueError(f"a time with a zone is needed, not {moment.isoformat()}")
    return moment.timestamp()


def local_time(t_utc_s: float, zone: tzinfo | None = None) -> datetime:
    """The aware time in a zone; None is the zone of this computer."""
    return datetime.fromtimestamp(t_utc_s, UTC).astimezone(zone)


def day_bounds(day: date, zone: tzinfo | None = None) -> tuple[datetime, datetime]:
    """First moment of a local day and of the next one, aware: 23 or 25 hours apart when the clocks change."""
    start, end = (datetime.combine(each, time.min, zone) for each in (day, day + timedelta(days=1)))
    return start.astimezone(UTC), end.astimezone(UTC)
