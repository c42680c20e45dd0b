"""With what a day was observed: profile, camera and seat. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.desktop.review.day_axis import time_words
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.records import NOT_OBSERVED, Bout, LogSlice, SessionInfo
from monitor.words import duration_words


@dataclass(frozen=True, slots=True)
class Setup:
    """One set-up of a day, in words: what it was, and when and for how long it was observed."""

    profile: str
    camera: str
    seat: str
    when: str


def setups_of(log: LogSlice, clock: LocalClock) -> tuple[Setup, ...]:
    """The set-ups in the order in which they were first observed; sessions with the same one are told together."""
    sessions = {session.id: session for session in log.sessions}
    bouts: dict[tuple[str, str, str], list[Bout]] = {}
    for bout in log.bouts:
        session = sessions.get(bout.session_id)
        if session is not None and bout.state != NOT_OBSERVED:
            bouts.setdefault(_key(session), []).append(bout)
    return tuple(Setup(*key, _when(own, clock)) for key, own in bouts.items())


def _key(session: SessionInfo) -> tuple[str, str, str]:
    return session.profile, session.source, session.seat


def _when(bouts: list[Bout], clock: LocalClock) -> str:
    first, last = time_words(clock, bouts[0].start_utc_s), time_words(clock, bouts[-1].end_utc_s)
    observed_s = sum(bout.duration_s for bout in bouts)
    return f"{first} to {last}, {duration_words(observed_s)} observed"
