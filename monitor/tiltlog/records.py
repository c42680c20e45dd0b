"""What the tilt log holds, as frozen values. Pure.

Every `..._utc_s` is a time in seconds since 1970-01-01 UTC. NaN (NULL in the file) means "not known".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Final, Literal, TypeAlias

from monitor.judgement.assessment import Basis, State, View

NOT_OBSERVED: Final = "not observed"
"""The bout state for time in which no camera looked: camera lost, computer asleep, paused."""

TICKS_PER_S: Final = 10
"""Times in the log are whole tenths of a second."""

BoutState: TypeAlias = State | Literal["not observed"]
SourceKind: TypeAlias = Literal["live", "recording"]


@dataclass(frozen=True, slots=True)
class SessionInfo:
    """One run over one source with one seat.

    Attributes:
        ended_utc_s: None while it still runs (or after a crash, until the next open).
        seat: the tag of the seat, as the user calls it; empty when untagged.
        uid: tells the session from any other, also of another log.
        enter_deg, leave_deg, slump_deg: the thresholds in force, degrees of tilt from neutral; NaN not known.
    """

    id: int
    started_utc_s: float
    ended_utc_s: float | None
    profile: str
    source: str
    source_kind: SourceKind
    tilt_model: str
    program_version: str
    seat: str = ""
    uid: str = ""
    enter_deg: float = math.nan
    leave_deg: float = math.nan
    slump_deg: float = math.nan


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
    """A stretch of one state, from start up to (not including) end.

    The reason is kept for unknown and not observed. `cause` is what most often stood out in a tipped bout, else empty.
    """

    session_id: int
    state: BoutState
    reason: str
    start_utc_s: float
    end_utc_s: float
    cause: str = ""

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
class PositionChange:
    """A moment at which somebody had changed position, by the rule in `positions`."""

    session_id: int
    t_utc_s: float


@dataclass(frozen=True, slots=True)
class Note:
    """What the user wrote down for a moment."""

    id: int
    t_utc_s: float
    text: str


@dataclass(frozen=True, slots=True)
class LogSlice:
    """All that the log holds from start up to (not including) end; bouts are cut to that range. Sorted by time.

    `samples` is a `TimeLine` when it comes from a log: a sequence of `Sample` that holds its columns as arrays.
    """

    start_utc_s: float
    end_utc_s: float
    sessions: tuple[SessionInfo, ...] = ()
    samples: Sequence[Sample] = ()
    bouts: tuple[Bout, ...] = ()
    warnings: tuple[GivenWarning, ...] = ()
    changes: tuple[PositionChange, ...] = ()
    notes: tuple[Note, ...] = ()


def tick_s(t_s: float) -> float:
    """The time as the log keeps it: the last tenth of a second at or before it.

    Rounding is monotonic, so what happened at one moment stays together and nothing changes places.
    """
    return math.floor(t_s * TICKS_PER_S + 1e-3) / TICKS_PER_S  # the margin: n / 10 stays n / 10


def utc_s(moment: datetime) -> float:
    """Seconds since 1970-01-01 UTC of an aware time; ValueError for a naive one, which could be any zone's."""
    if moment.utcoffset() is None:
        raise ValueError(f"a time with a zone is needed, not {moment.isoformat()}")
    return moment.timestamp()


def local_time(t_utc_s: float, zone: tzinfo | None = None) -> datetime:
    """The aware time in a zone; None is the zone of this computer."""
    return datetime.fromtimestamp(t_utc_s, UTC).astimezone(zone)
