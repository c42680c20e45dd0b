"""Writes one session into the tilt log: keeps what is not yet on disk, and writes it every two seconds."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import deque

from monitor.judgement.assessment import Assessment
from monitor.tiltlog import bouts
from monitor.tiltlog.bouts import Mark, Span
from monitor.tiltlog.logfile import LogFile
from monitor.tiltlog.records import NOT_OBSERVED
from monitor.tiltlog.schema import explain, transaction

FLUSH_S = 2.0
"""Rows wait at most this long, in time of the session, before they are written."""

KEPT_ROWS = 3600
"""Rows of each kind that wait in memory while the log cannot be written: an hour of the time line."""

# Each can be said twice with the same outcome, so that a write that was cut off can simply be tried again.
INSERT_SAMPLE = (
    "INSERT OR IGNORE INTO samples (session_id, t_utc, state, tilt_deg, tilt_low_deg, tilt_high_deg, tilt_pct,"
    " trunk_inclination_deg, thigh_elevation_deg, knee_above_hip_cm, view, basis, confidence, reason)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
INSERT_WARNING = "INSERT OR IGNORE INTO warnings (id, session_id, t_utc, kind, cause, text) VALUES (?, ?, ?, ?, ?, ?)"
ANSWER_WARNING = "UPDATE warnings SET answered_s = ? WHERE id = ?"
GROW_BOUT = (
    "INSERT INTO bouts (session_id, state, reason, start_utc, end_utc) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (session_id, start_utc) DO UPDATE"
    " SET state = excluded.state, reason = excluded.reason, end_utc = excluded.end_utc"
)
END_SESSION = "UPDATE sessions SET ended_utc = ? WHERE id = ?"


class SessionLog:
    """One session of the log, made by `TiltLog.start_session`.

    All methods run in the thread that owns the `TiltLog`. Each returns at once or blocks for one commit:
    milliseconds, at most 0.25 s more while another program holds the file. A failed write raises nothing until
    `end`: the attribute `problem` (None when all is well) says what is the matter, the rows wait in memory (up to an
    hour) and the next write tries again.
    Times are `t_s`, seconds on the source's clock; one that is not finite or before the last one changes nothing.
    """

    def __init__(
        self,
        file: LogFile,
        session_id: int,
        *,
        started_utc_s: float,
        t0_s: float,
        gap_s: float,
    ) -> None:
        self.id = session_id
        self.problem: str | None = None
        self._file = file
        self._started_utc_s = started_utc_s
        self._t0_s = t0_s
        self._gap_s = gap_s
        self._bout = bouts.begin(t0_s)
        self._last_second = -1
        self._flushed_t_s = t0_s
        self._ended = False
        self._samples: deque[tuple[object, ...]] = deque(maxlen=KEPT_ROWS)
        self._bouts: deque[Span] = deque(maxlen=KEPT_ROWS)
        self._warnings: deque[tuple[object, ...]] = deque(maxlen=KEPT_ROWS)
        self._answers: deque[tuple[float, int]] = deque(maxlen=KEPT_ROWS)

    def record(self, assessment: Assessment) -> None:
        """Take a judged frame: grows or opens a bout, and adds a row to the time line once in each second.

        The row is the first frame of that second as it was judged, never a mean. Writes every 2 s of `t_s`.
        """
        if not bouts.follows(self._bout, assessment.t_s):
            return
        self._mark(Mark.of(assessment))
        second = math.floor(assessment.t_s - self._t0_s)
        if second > self._last_second:
            self._last_second = second
            self._samples.append(self._sample_row(assessment))
        if assessment.t_s - self._flushed_t_s >= FLUSH_S:
            self.flush()

    def not_observed(self, t_s: float, reason: str) -> None:
        """No camera looks from now until the next `record`; writes at once. Say it again now and then to be exact."""
        self._mark(Mark(t_s, NOT_OBSERVED, reason))
        self.flush()

    def warn(self, t_s: float, kind: str, text: str, cause: str = "") -> int:
        """Keep a warning that was given, write at once, and return its number for `answered`.

        Raises ValueError for a time that is not finite.
        """
        if not math.isfinite(t_s):
            raise ValueError(f"a warning needs a time, not {t_s}")
        warning_id = next(self._file.warning_ids)
        texts = (stored_text(kind), stored_text(cause), stored_text(text))
        self._warnings.append((warning_id, self.id, self._utc_s(t_s), *texts))
        self.flush()
        return warning_id

    def answered(self, warning_id: int, after_s: float) -> None:
        """The person moved out of tipped `after_s` seconds after the warning; written with the next flush."""
        self._answers.append((after_s, warning_id))

    def flush(self) -> None:
        """Write all that waits, in one commit, and how far the open bout has come. Sets or clears `problem`."""
        try:
            self._write(ended_utc_s=None)
        except sqlite3.Error as error:
            self.problem = str(explain(error, self._file.path))
        else:
            self.problem = None

    def end(self, t_s: float | None = None) -> None:
        """End the session at `t_s`, or at its last mark. A second call does nothing.

        Raises LogError when rows still could not be written; they stay in memory, and `end` can be tried again.
        """
        if self._ended:
            return
        if t_s is not None:
            self._mark(Mark(t_s, self._bout.state, self._bout.reason))
        try:
            self._write(ended_utc_s=self._utc_s(self._bout.end_s))
        except sqlite3.Error as error:
            why = explain(error, self._file.path)
            self.problem = str(why)
            raise why from error
        self.problem = None
        self._ended = True

    def _mark(self, mark: Mark) -> None:
        self._bout, closed = bouts.step(self._bout, mark, self._gap_s)
        self._bouts.extend(closed)

    def _write(self, ended_utc_s: float | None) -> None:
        """Write all that waits in one commit and forget it; on sqlite3.Error nothing is written, all is kept."""
        self._flushed_t_s = self._bout.end_s
        rows = [row for span in (*self._bouts, self._bout) if (row := self._bout_row(span)) is not None]
        with transaction(self._file.connection) as connection:
            connection.executemany(INSERT_SAMPLE, self._samples)
            connection.executemany(GROW_BOUT, rows)
            connection.executemany(INSERT_WARNING, self._warnings)
            connection.executemany(ANSWER_WARNING, self._answers)
            if ended_utc_s is not None:
                connection.execute(END_SESSION, (ended_utc_s, self.id))
        for waiting in (self._samples, self._bouts, self._warnings, self._answers):
            waiting.clear()

    def _utc_s(self, t_s: float) -> float:
        return self._started_utc_s + (t_s - self._t0_s)

    def _bout_row(self, span: Span) -> tuple[object, ...] | None:
        """The row of a bout; None when its start and end are less apart than UTC times can tell (a microsecond)."""
        start_utc_s, end_utc_s = self._utc_s(span.start_s), self._utc_s(span.end_s)
        if end_utc_s <= start_utc_s:
            return None
        return (self.id, span.state, stored_text(span.reason), start_utc_s, end_utc_s)

    def _sample_row(self, a: Assessment) -> tuple[object, ...]:
        measures = (
            a.tilt_deg,
            a.tilt_low_deg,
            a.tilt_high_deg,
            a.tilt_pct,
            a.trunk_inclination_deg,
            a.thigh_elevation_deg,
            a.knee_above_hip_cm,
        )
        return (
            *(self.id, self._utc_s(a.t_s), a.state),
            *map(_null_unless_finite, measures),
            *(a.view, a.basis, _null_unless_finite(a.confidence), stored_text(a.reason)),
        )


def stored_text(text: str) -> str:
    """A text as SQLite can hold it: bytes of a file name that are no letters become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def source_text(source: str) -> str:
    """The source as it may be kept: the name and password in a camera's address are left out."""
    return stored_text(re.sub(r"//[^/\s]*@", "//", source))


def _null_unless_finite(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
