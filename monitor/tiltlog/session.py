"""Writes one session into the tilt log: keeps what is not yet on disk, and writes it every two seconds."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, deque
from dataclasses import replace

from monitor.errors import LogError
from monitor.judgement.assessment import SEATED_STATES, Assessment, State
from monitor.tiltlog import bouts, positions
from monitor.tiltlog.bouts import Mark, Span
from monitor.tiltlog.carrying import INSERT_SAMPLE, sample_row
from monitor.tiltlog.keeping import insert_session, pack_session, sum_up
from monitor.tiltlog.logfile import LogFile
from monitor.tiltlog.packing import rounded
from monitor.tiltlog.positions import Rest, is_up_or_down
from monitor.tiltlog.records import NOT_OBSERVED, BoutState, Sample, SessionInfo, tick_s
from monitor.tiltlog.rows import CHUNK_S
from monitor.tiltlog.schema import explain, transaction

FLUSH_S = 2.0
"""Rows wait at most this long, in time of the session, before they are written."""

SUM_UP_S = 600.0
"""So often the summaries of days and hours are brought up to date, and whole hours of the time line packed."""

KEPT_ROWS = 12 * 3600
"""Rows of each kind that wait in memory while the log cannot be written: twelve hours of the time line."""

# Each can be said twice with the same outcome, so that a write that was cut off can simply be tried again.
INSERT_WARNING = "INSERT OR IGNORE INTO warnings (session_id, id, t_utc, kind, cause, text) VALUES (?, ?, ?, ?, ?, ?)"
ANSWER_WARNING = "UPDATE warnings SET answered_s = ? WHERE id = ?"
GROW_BOUT = (
    "INSERT INTO bouts (session_id, state, reason, start_utc, end_utc, cause) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (session_id, start_utc) DO UPDATE"
    " SET state = excluded.state, reason = excluded.reason, end_utc = excluded.end_utc, cause = excluded.cause"
)
INSERT_CHANGE = "INSERT OR IGNORE INTO position_changes (session_id, t_utc) VALUES (?, ?)"
END_SESSION = "UPDATE sessions SET ended_utc = ? WHERE id = ?"


class SessionLog:
    """One session of the log, made by `TiltLog.start_session`.

    All methods run in the thread that owns the `TiltLog`. Each returns at once or blocks for one commit:
    milliseconds, at most 0.25 s more while another program holds the file. A failed write raises nothing until
    `end`: the attribute `problem` (None when all is well) says what is the matter, the rows wait in memory (up to
    twelve hours) and the next write tries again.
    Times are `t_s`, seconds on the source's clock; one that is not finite or before the last one changes nothing.
    """

    def __init__(self, file: LogFile, about: SessionInfo, *, t0_s: float, gap_s: float) -> None:
        self.problem: str | None = None
        self._file = file
        self._about = about
        self._id: int | None = None  # once it is written
        self._started_utc_s = about.started_utc_s
        self._t0_s = t0_s
        self._gap_s = gap_s
        self._bout = bouts.begin(t0_s)
        self._causes: Counter[str] = Counter()
        self._rest = Rest()
        self._before: BoutState = NOT_OBSERVED  # of the last bout that is written and closed
        self._last_second = -1
        self._summed_s = t0_s
        self._flushed_t_s = t0_s
        self.is_ended = False
        self._samples: deque[Sample] = deque(maxlen=KEPT_ROWS)
        self._bouts: deque[tuple[Span, str]] = deque(maxlen=KEPT_ROWS)
        self._changes: deque[float] = deque(maxlen=KEPT_ROWS)
        self._warnings: deque[tuple[object, ...]] = deque(maxlen=KEPT_ROWS)
        self._answers: deque[tuple[float, int]] = deque(maxlen=KEPT_ROWS)

    def record(self, assessment: Assessment, cause: str = "") -> None:
        """Take a judged frame: grows or opens a bout, and adds a row to the time line once in each second.

        The row is the first frame of that second as it was judged, rounded to the steps of `packing`, never a mean.
        ``cause`` is what stands out beside the tilt. Writes every 2 s of `t_s`; every ten minutes the
        summaries of its days are brought up to date, which takes some hundredths of a second.
        """
        if not bouts.follows(self._bout, assessment.t_s):
            return
        self._mark(Mark.of(assessment))
        if assessment.state is State.TIPPED and cause:
            self._causes[cause] += 1
        second = math.floor(assessment.t_s - self._t0_s)
        if second > self._last_second:
            self._last_second = second
            self._take_sample(assessment)
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
        warning_id = self._file.next_warning_id()
        texts = (stored_text(kind), stored_text(cause), stored_text(text))
        self._warnings.append((warning_id, self._utc_s(t_s), *texts))
        self.flush()
        return warning_id

    def answered(self, warning_id: int, after_s: float) -> None:
        """The person moved out of tipped `after_s` seconds after the warning; written with the next flush."""
        self._answers.append((after_s, warning_id))

    def flush(self) -> None:
        """Write all that waits, in one commit, and how far the open bout has come. Sets or clears `problem`."""
        try:
            self._keep()
        except sqlite3.Error as error:
            self.problem = str(explain(error, self._file.path))
        except LogError as error:
            self.problem = str(error)
        else:
            self.problem = None

    def _keep(self) -> None:
        """Write, and now and then sum up; into a new log when the one there turns out to be damaged."""
        try:
            self._write(ended_utc_s=None)
            if self._bout.end_s - self._summed_s >= SUM_UP_S:
                whole = (self._bout.end_s - self._t0_s) // CHUNK_S
                self._sum_up(self._started_utc_s + CHUNK_S * whole)
        except sqlite3.Error as error:
            if not self._file.give_up(error):
                raise
            self._id = None
            self._write(ended_utc_s=None)

    def end(self, t_s: float | None = None) -> None:
        """End the session at `t_s`, or at its last mark. A second call does nothing.

        Raises LogError when rows still could not be written; they stay in memory, and `end` can be tried again.
        """
        if self.is_ended:
            return
        if t_s is not None:
            self._mark(Mark(t_s, self._bout.state, self._bout.reason))
        try:
            self._write(ended_utc_s=self._utc_s(self._bout.end_s))
            self._sum_up(math.inf)
        except sqlite3.Error as error:
            why = explain(error, self._file.path)
            self.problem = str(why)
            raise why from error
        except LogError as error:
            self.problem = str(error)
            raise
        self.problem = None
        self.is_ended = True

    def _mark(self, mark: Mark) -> None:
        self._bout, closed = bouts.step(self._bout, mark, self._gap_s)
        if any(span.state not in SEATED_STATES for span in (*closed, self._bout)):
            self._rest = Rest()
        for span in closed:
            self._bouts.append((span, self._cause_of(span)))
        if closed:
            self._causes.clear()

    def _cause_of(self, span: Span) -> str:
        """What stood out most often in the bout that is or was open."""
        most = self._causes.most_common(1) if span.state == State.TIPPED else []
        return most[0][0] if most else ""

    def _take_sample(self, a: Assessment) -> None:
        sample = rounded(
            Sample(
                *(0, self._utc_s(a.t_s), a.state),
                *(a.tilt_deg, a.tilt_low_deg, a.tilt_high_deg, a.tilt_pct),
                *(a.trunk_inclination_deg, a.thigh_elevation_deg, a.knee_above_hip_cm),
                view=a.view,
                basis=a.basis,
                confidence=a.confidence,
                reason=stored_text(a.reason),
            )
        )
        self._samples.append(sample)
        if a.state in SEATED_STATES:
            self._rest, changed = positions.step(self._rest, sample)
            if changed:
                self._changes.append(sample.t_utc_s)

    def _write(self, ended_utc_s: float | None) -> None:
        """Write all that waits in one commit and forget it; on sqlite3.Error nothing is written, all is kept."""
        self._flushed_t_s = self._bout.end_s
        spans = (*self._bouts, (self._bout, self._cause_of(self._bout)))
        told = [(span, row) for span, cause in spans if (row := self._bout_row(span, cause)) is not None]
        rows = [row for _, row in told]
        states = [self._before, *(span.state for span, _ in told)]
        changes = [
            self._utc_s(span.start_s)
            for before, (span, _) in zip(states, told, strict=False)
            if is_up_or_down(before, span.state)
        ]
        session_id = self._id
        with transaction(self._file.connection) as connection:
            if session_id is None:
                self._file.keep_offset(self._started_utc_s)
                session_id = insert_session(connection, self._about)
            self._file.keep_offset(self._utc_s(self._bout.end_s))
            connection.executemany(
                INSERT_SAMPLE, (sample_row(replace(row, session_id=session_id)) for row in self._samples)
            )
            connection.executemany(GROW_BOUT, ((session_id, *row) for row in rows))
            connection.executemany(INSERT_CHANGE, ((session_id, t_utc_s) for t_utc_s in (*self._changes, *changes)))
            connection.executemany(INSERT_WARNING, ((session_id, *row) for row in self._warnings))
            connection.executemany(ANSWER_WARNING, self._answers)
            if ended_utc_s is not None:
                connection.execute(END_SESSION, (ended_utc_s, session_id))
        self._id = session_id
        self._before = next((span.state for span, _ in reversed(told) if span is not self._bout), self._before)
        for waiting in (self._samples, self._bouts, self._changes, self._warnings, self._answers):
            waiting.clear()

    def _sum_up(self, until_utc_s: float) -> None:
        """Pack what is older than a moment, and bring the summaries of the session's days up to date."""
        if self._id is None:
            return
        with transaction(self._file.connection) as connection:
            pack_session(connection, self._id, self._started_utc_s, until_utc_s)
            sum_up(connection, self._file.clock(), self._id)
        self._summed_s = self._bout.end_s

    def _utc_s(self, t_s: float) -> float:
        return tick_s(self._started_utc_s + (t_s - self._t0_s))

    def _bout_row(self, span: Span, cause: str) -> tuple[object, ...] | None:
        """The row of a bout; None when it began and ended within the same tenth of a second."""
        start_utc_s, end_utc_s = self._utc_s(span.start_s), self._utc_s(span.end_s)
        if end_utc_s <= start_utc_s:
            return None
        return (span.state, stored_text(span.reason), start_utc_s, end_utc_s, cause)


def stored_text(text: str) -> str:
    """A text as SQLite can hold it: bytes of a file name that are no letters become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def source_text(source: str) -> str:
    """The source as it may be kept: the name and password in a camera's address are left out."""
    return stored_text(re.sub(r"//[^/\s]*@", "//", source))
