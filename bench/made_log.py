"""Made logs: workdays of a sitter who does not exist, written second by second as a watch would write them.

The hips sink back in spells of minutes and come up again; now and then somebody stands, leaves, or cannot be judged.
With the seat "cushion" the spells are shorter than with "chair". The tilt moves from second to second about as much as
it does on the recorded days.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from monitor.judgement.assessment import Assessment, Basis, State, View
from monitor.tiltlog.store import TiltLog

ZONE = ZoneInfo("Europe/Amsterdam")
ENTER_DEG, LEAVE_DEG, SLUMP_DEG = 6.2, 3.7, 12.4
SEATS = ("chair", "cushion")
DWELL_S = 120


@dataclass
class Spell:
    """A stretch of the day: a state, how long, and where the tilt goes, in percent of the slump."""

    state: State
    seconds: int
    tilt_pct: float


def zone_offset_s(t_utc_s: float) -> int:
    """Local time of the made sitter, seconds ahead of UTC."""
    offset = datetime.fromtimestamp(t_utc_s, ZONE).utcoffset()
    return 0 if offset is None else round(offset.total_seconds())


def workdays(first: date, number: int) -> Iterator[date]:
    """So many Mondays to Fridays from a day on."""
    day, given = first, 0
    while given < number:
        if day.weekday() < 5:
            given += 1
            yield day
        day += timedelta(days=1)


def make_log(
    path: Path,
    days: Sequence[date],
    *,
    seed: int = 1,
    hours: float = 8.0,
    seat_of: Callable[[date], str] | None = None,
    offset_of: Callable[[float], int] = zone_offset_s,
) -> None:
    """Write a log of these days into a new file, or add them to one; ``seat_of`` tells the seat of a day."""
    choose = seat_of or (lambda day: SEATS[day.isocalendar().week % 2])
    with TiltLog.open(path, offset_of) as log:
        for day in days:
            _make_day(log, day, random.Random(f"{seed} {day}"), hours, choose(day))  # noqa: S311 - not for secrets


def _make_day(log: TiltLog, day: date, chance: random.Random, hours: float, seat: str) -> None:
    """Two sessions, before and after lunch, which are not observed in between."""
    begin = datetime(day.year, day.month, day.day, 8, 50, tzinfo=ZONE).astimezone(UTC)
    begin += timedelta(seconds=chance.randrange(1200))
    for part in range(2):
        started = begin + timedelta(hours=part * (hours / 2 + 0.6))
        session = log.start_session(
            profile="desk",
            source="Side camera",
            source_kind="live",
            tilt_model="network",
            started=started,
            t0_s=0.0,
            seat=seat,
            enter_deg=ENTER_DEG,
            leave_deg=LEAVE_DEG,
            slump_deg=SLUMP_DEG,
        )
        tipped_s, row, warned_s = 0.0, None, -math.inf
        cause = ""
        for a in frames(chance, round(hours * 1800), seat):
            if a.state is not State.TIPPED:
                if row is not None:
                    session.answered(row, a.t_s - warned_s)
                tipped_s, row = 0.0, None
                cause = chance.choice(("knees_above_hips", "head_forward", "shoulders_forward", ""))
            else:
                tipped_s += 1.0
            session.record(a, cause)
            if tipped_s > DWELL_S and row is None and a.t_s - warned_s > 600:
                text = "There is no single right way to sit. Your hips have been tipped back for 2 min."
                row, warned_s = session.warn(a.t_s, "dwell", text, cause), a.t_s
        session.end(hours * 1800)


def frames(chance: random.Random, seconds: int, seat: str) -> Iterator[Assessment]:
    """A judged frame for each second of a part of a day."""
    tilt = drift = 0.0
    trunk, thigh, width = 8.0, 2.0, 4.0
    spells = _spells(chance, seat)
    at = count()
    while True:
        spell = next(spells)
        thigh_aim, trunk_aim = chance.gauss(2, 2), chance.gauss(8, 4)
        for _ in range(spell.seconds):
            second = next(at)
            if second >= seconds:
                return
            t_s = second + 0.02 * chance.random()
            if spell.state in (State.AWAY, State.UNKNOWN, State.STANDING):
                reason = "hips hidden" if spell.state is State.UNKNOWN else ""
                view = View.UNKNOWN if spell.state is State.AWAY else View.SIDE
                yield Assessment(t_s, spell.state, reason, confidence=0.0 if reason else 0.9, view=view)
                continue
            drift += 0.05 * (chance.gauss(0, 1.2) - drift)
            tilt += 0.18 * (spell.tilt_pct * SLUMP_DEG / 100 + drift - tilt) + chance.gauss(0, 0.08)
            trunk += 0.1 * (trunk_aim - trunk) + chance.gauss(0, 0.2)
            thigh += 0.1 * (thigh_aim - thigh) + chance.gauss(0, 0.15)
            width += 0.05 * (4.0 + 0.1 * abs(tilt) - width) + chance.gauss(0, 0.05)
            yield Assessment(
                t_s,
                spell.state,
                tilt_deg=tilt,
                tilt_low_deg=tilt - width,
                tilt_high_deg=tilt + width,
                tilt_pct=100 * tilt / SLUMP_DEG,
                confidence=min(1.0, max(0.0, 0.85 + chance.gauss(0, 0.03))),
                basis=Basis.CONTOUR,
                trunk_inclination_deg=trunk,
                thigh_elevation_deg=thigh,
                knee_above_hip_cm=41 * math.sin(math.radians(thigh)),
                view=View.SIDE,
            )


def _spells(chance: random.Random, seat: str) -> Iterator[Spell]:
    while True:
        yield Spell(State.UPRIGHT, 20 + round(chance.expovariate(1 / 200)), chance.uniform(-10, 25))
        kind = chance.random()
        if kind < 0.45:
            mean_s = 110 if seat == "cushion" else 190
            yield Spell(State.TIPPED, 15 + round(chance.expovariate(1 / mean_s)), chance.uniform(55, 105))
        elif kind < 0.7:
            yield Spell(State.LEANING, 10 + round(chance.expovariate(1 / 60)), chance.uniform(0, 30))
        elif kind < 0.84:
            yield Spell(State.RECLINED, 10 + round(chance.expovariate(1 / 90)), chance.uniform(10, 40))
        elif kind < 0.9:
            yield Spell(State.UNKNOWN, 4 + round(chance.expovariate(1 / 20)), 0.0)
        else:
            yield Spell(State.STANDING, 5 + round(chance.expovariate(1 / 12)), 0.0)
            if chance.random() < 0.6:
                yield Spell(State.AWAY, 60 + round(chance.expovariate(1 / 300)), 0.0)
                yield Spell(State.STANDING, 5, 0.0)
