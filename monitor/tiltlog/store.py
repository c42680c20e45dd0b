"""Opens the tilt log for writing. There is one writer at a time; readers use `LogReader`."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from uuid import uuid4

from monitor.judgement.assessment import GAP_S
from monitor.tiltlog.carrying import null_unless_finite
from monitor.tiltlog.local_days import system_offset_s
from monitor.tiltlog.logfile import LogFile
from monitor.tiltlog.records import SourceKind, tick_s, utc_s
from monitor.tiltlog.schema import explain, transaction
from monitor.tiltlog.session import SessionLog, source_text, stored_text

FORGET = (
    "DELETE FROM samples WHERE t_utc < :cut",
    "DELETE FROM bouts WHERE end_utc < :cut",
    "DELETE FROM warnings WHERE t_utc < :cut",
    "DELETE FROM sessions WHERE ended_utc < :cut AND NOT EXISTS (SELECT 1 FROM bouts WHERE session_id = sessions.id)"
    " AND NOT EXISTS (SELECT 1 FROM samples WHERE session_id = sessions.id)",
)
"""What is older than a moment; a session goes when nothing of it is left."""


class TiltLog:
    """The one writer of a tilt log. Made by `open`, used from one thread at a time (the loop's), closed by `with`."""

    def __init__(self, file: LogFile) -> None:
        self._file = file
        self._sessions: list[SessionLog] = []

    @classmethod
    def open(cls, path: Path, offset_of: Callable[[float], int] = system_offset_s) -> TiltLog:
        """Open the log, making its folder and file when missing. May block for some tenths of a second.

        Sessions that a crash left open are closed at their last heartbeat. Raises LogError when another Saddle is
        writing, when the file is not a log, damaged or of a newer version, and when it cannot be written; a file
        that cannot be used is never changed or removed.
        """
        return cls(LogFile.open(path, offset_of))

    def start_session(
        self,
        *,
        profile: str,
        source: str,
        source_kind: SourceKind,
        tilt_model: str,
        started: datetime,
        t0_s: float,
        gap_s: float = GAP_S,
        seat: str = "",
        enter_deg: float = math.nan,
        leave_deg: float = math.nan,
        slump_deg: float = math.nan,
    ) -> SessionLog:
        """Begin a session: `started` (aware) is the real time at `t0_s` on the source's clock.

        ``seat`` is the tag of the seat, empty for none; the last three are the thresholds in force, as `SessionInfo`.

        More than `gap_s` seconds without a frame count as not observed. The name and password in a camera's address
        are left out. Blocks for one commit: milliseconds, at most 0.25 s more while the file is held. Raises LogError
        when the session cannot be written, ValueError for a time without a zone.
        """
        started_utc_s = tick_s(utc_s(started))
        texts = (stored_text(profile), source_text(source), source_kind, stored_text(tilt_model), _program_version())
        limits = tuple(map(null_unless_finite, (enter_deg, leave_deg, slump_deg)))
        try:
            with transaction(self._file.connection) as connection:
                self._file.keep_offset(started_utc_s)
                connection.execute(
                    "INSERT INTO sessions (started_utc, profile, source, source_kind, tilt_model, program_version,"
                    " seat, uid, enter_deg, leave_deg, slump_deg) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (started_utc_s, *texts, stored_text(seat), uuid4().hex, *limits),
                )
                (session_id,) = connection.execute("SELECT last_insert_rowid()").fetchone()
        except sqlite3.Error as error:
            raise explain(error, self._file.path) from error
        session = SessionLog(self._file, session_id, started_utc_s=started_utc_s, t0_s=t0_s, gap_s=gap_s)
        self._sessions.append(session)
        return session

    def forget_before(self, moment: datetime) -> None:
        """Forget what ended before ``moment`` (aware), for good. Blocks for some tenths of a second.

        Raises LogError when the file cannot be written; nothing is forgotten then.
        """
        cut = {"cut": utc_s(moment)}
        try:
            with transaction(self._file.connection) as connection:
                for statement in FORGET:
                    connection.execute(statement, cut)
        except sqlite3.Error as error:
            raise explain(error, self._file.path) from error

    def close(self) -> None:
        """End every open session at its last mark and let go of the file and the lock; a second call does nothing.

        Raises LogError when rows could still not be written; the file is let go of all the same.
        """
        try:
            for session in self._sessions:
                session.end()
        finally:
            self._sessions.clear()
            self._file.close()

    def __enter__(self) -> TiltLog:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _program_version() -> str:
    try:
        return version("saddle")
    except PackageNotFoundError:
        return ""
