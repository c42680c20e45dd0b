"""The tilt of a day as a line to draw: cut where nothing is known, thinned to what a screen can show. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from monitor.judgement.assessment import GAP_S
from monitor.tiltlog.line import Codes, Floats, TimeLine

_SAMPLE_S = 1.0
"""What a sample without neighbours stands for, so that it can be seen when one zooms in."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A line with its interval, ready to be drawn; NaN where the line is broken.

    Attributes:
        t_utc_s, tilt_deg: the line, shape (points,).
        outline_t_utc_s, outline_deg: the edge of the interval, one closed outline after the other, shape (corners,).
        is_joined: for each corner, whether it is joined to the next, shape (corners,).
    """

    t_utc_s: Floats
    tilt_deg: Floats
    outline_t_utc_s: Floats
    outline_deg: Floats
    is_joined: Codes


@dataclass(frozen=True, eq=False)
class TiltLine:
    """The samples that know the tilt, in runs that may be drawn through. Every array has the shape (samples,).

    Attributes:
        run: the number of the run; another begins after a gap, after a sample that does not know the tilt, and with
            another session.
    """

    t_utc_s: Floats
    tilt_deg: Floats
    low_deg: Floats
    high_deg: Floats
    run: Codes

    @classmethod
    def of(cls, line: TimeLine) -> TiltLine:
        """The line of these samples."""
        tilt_deg = line.measures["tilt_deg"]
        place = np.flatnonzero(np.isfinite(tilt_deg))
        t_utc_s, tilt_deg, session = line.t_utc_s[place], tilt_deg[place], line.session_id[place]
        low_deg, high_deg = line.measures["tilt_low_deg"][place], line.measures["tilt_high_deg"][place]
        broken = (np.diff(place) > 1) | (np.diff(t_utc_s) > GAP_S) | (np.diff(session) != 0)
        return cls(
            t_utc_s,
            tilt_deg,
            np.where(np.isfinite(low_deg), low_deg, tilt_deg),
            np.where(np.isfinite(high_deg), high_deg, tilt_deg),
            np.concatenate([[0], np.cumsum(broken)]).astype(np.int64)[: len(place)],
        )

    def drawn(self, start_utc_s: float, end_utc_s: float, columns: int) -> Drawn:
        """What can be seen of it between two moments on a screen with so many columns of pixels.

        Of all that falls into one column only the first, least, greatest and last value is kept: it looks the same.
        """
        first = max(int(np.searchsorted(self.t_utc_s, start_utc_s)) - 1, 0)
        last = int(np.searchsorted(self.t_utc_s, end_utc_s, side="right")) + 1
        t_utc_s, tilt_deg, run = self.t_utc_s[first:last], self.tilt_deg[first:last], self.run[first:last]
        if not len(t_utc_s):
            nothing = np.zeros(0)
            return Drawn(nothing, nothing, nothing, nothing, np.zeros(0, dtype=np.int64))
        column = np.floor((t_utc_s - start_utc_s) * (columns / (end_utc_s - start_utc_s)))
        starts = np.flatnonzero(np.concatenate([[True], (np.diff(run) != 0) | (np.diff(column) != 0)]))
        ends = np.append(starts[1:], len(t_utc_s)) - 1
        until_utc_s = np.where(self._is_alone(first + ends), t_utc_s[ends] + _SAMPLE_S, t_utc_s[ends])
        middle_utc_s = (t_utc_s[starts] + until_utc_s) / 2
        least, greatest = np.minimum.reduceat(tilt_deg, starts), np.maximum.reduceat(tilt_deg, starts)
        x = np.column_stack([t_utc_s[starts], middle_utc_s, middle_utc_s, until_utc_s])
        y = np.column_stack([tilt_deg[starts], least, greatest, tilt_deg[ends]])
        breaks = np.flatnonzero(np.diff(run[starts])) + 1
        outline = _outline(
            x[:, [0, 3]],
            np.minimum.reduceat(self.low_deg[first:last], starts),
            np.maximum.reduceat(self.high_deg[first:last], starts),
            breaks,
        )
        return Drawn(np.insert(x.ravel(), 4 * breaks, np.nan), np.insert(y.ravel(), 4 * breaks, np.nan), *outline)

    def _is_alone(self, place: Codes) -> Codes:
        before = np.concatenate([[-1], self.run[:-1]])[place]
        after = np.concatenate([self.run[1:], [-1]])[place]
        return np.asarray((self.run[place] != before) & (self.run[place] != after))


def _outline(t_utc_s: Floats, low_deg: Floats, high_deg: Floats, breaks: Codes) -> tuple[Floats, Floats, Codes]:
    """Around each run: along its high side and back along its low side; times have the shape (groups, 2)."""
    x, y, joined = [], [], []
    for place in np.split(np.arange(len(t_utc_s)), breaks):
        along = t_utc_s[place].ravel()
        x += [along, along[::-1], along[:1]]
        y += [np.repeat(high_deg[place], 2), np.repeat(low_deg[place], 2)[::-1], high_deg[place][:1]]
        joined += [np.ones(2 * len(along), dtype=np.int64), np.zeros(1, dtype=np.int64)]
    return np.concatenate(x), np.concatenate(y), np.concatenate(joined)
