"""Opens the tilt log for writing. There is one writer at a time; readers use `LogReader`."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import TracebackType
from typing import TypeVar
from uuid import uuid4

from monitor.errors import LogError
from monitor.judgement.assessment import GAP_S
from monitor.tiltlog.editing import Forgotten, forget, tag
from monitor.tiltlog.local_days import system_offset_s
from monitor.tiltlog.logfile import LogFile
from monitor.tiltlog.merging import Merged, merge_into
from monitor.tiltlog.records import SessionInfo, SourceKind, tick_s, utc_s
from monitor.tiltlog.schema import explain
from monitor.tiltlog.session import SessionLog, source_text, stored_text

_T = TypeVar("_T")


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
        return cls(LogFile(path, offset_of))

    @classmethod
    def open_to_watch(cls, path: Path, offset_of: Callable[[float], int] = system_offset_s) -> TiltLog:
        """Open the log as `open`, but let nothing about the file keep anybody from watching.

        A file that is no log, damaged or of a newer version is set aside under another name, and a new log begun. One
        that cannot be opened or written just now is tried again at every write, what is seen waiting in memory.
        `notice` then says so. Raises LogError when another Saddle is writing, or there is no place for a lock.
        """
        return cls(LogFile(path, offset_of, rescue=True))

    @property
    def notice(self) -> str:
        """What the user should know about how the log was opened; empty when all is well."""
        return self._file.notice

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
        are left out. The session is written with its first frame. ValueError for a time without a zone.
        """
        about = SessionInfo(
            id=0,
            started_utc_s=tick_s(utc_s(started)),
            ended_utc_s=None,
            profile=stored_text(profile),
            source=source_text(source),
            source_kind=source_kind,
            tilt_model=stored_text(tilt_model),
            program_version=_program_version(),
            seat=stored_text(seat),
            uid=uuid4().hex,
            enter_deg=enter_deg,
            leave_deg=leave_deg,
            slump_deg=slump_deg,
        )
        session = SessionLog(self._file, about, t0_s=t0_s, gap_s=gap_s)
        self._sessions.append(session)
        return session

    def forget(self, start_utc_s: float = -math.inf, end_utc_s: float = math.inf) -> Forgotten:
        """Forget all that lies from start up to end for good, and give its space back to the disk.

        May take seconds in a log of years. Raises LogError when the file cannot be written; nothing is forgotten then.
        """
        self._no_session()
        return self._doing(lambda connection: forget(connection, start_utc_s, end_utc_s))

    def forget_before(self, moment: datetime) -> None:
        """Forget what lies before ``moment`` (aware), for good; space is given back once it is worth it.

        Raises LogError when the file cannot be written; nothing is forgotten then.
        """
        self._doing(lambda connection: forget(connection, -math.inf, utc_s(moment), worth_it=True))

    def tag(self, start_utc_s: float, end_utc_s: float, seat: str) -> int:
        """Call the seat of all that was seen from start up to end by a name; empty takes the tag away.

        A session that reaches beyond is cut in two. Returns how many sessions have the tag. Raises LogError.
        """
        self._no_session()
        return self._doing(lambda connection: tag(connection, start_utc_s, end_utc_s, stored_text(seat)))

    def merge(self, source: Path) -> Merged:
        """Bring in the sessions and notes of another log that are not here yet. Raises LogError; see `merge_into`."""
        self._no_session()
        return merge_into(self._file, source)

    def _no_session(self) -> None:
        """Rows of a running session may not be changed under it."""
        if any(not session.is_ended for session in self._sessions):
            raise LogError("The log is being written by a watch: stop it first.")

    def _doing(self, do: Callable[[sqlite3.Connection], _T]) -> _T:
        try:
            return do(self._file.connection)
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
