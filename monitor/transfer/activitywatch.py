"""Writes the log as buckets of ActivityWatch, to be imported there beside what its own watchers saw.

Three buckets: how somebody sat, the warnings that were given, and the notes. Every event has a `title`, which is what
ActivityWatch shows. A stretch of one state ends at midnight; a warning lasts until it was answered.
"""

from __future__ import annotations

import math
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np

from monitor.judgement.assessment import State
from monitor.tiltlog.line import TimeLine
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import GivenWarning, LogSlice, Note, SessionInfo, SourceKind
from monitor.tiltlog.timeline import Stretch
from monitor.transfer.summary_json import write_json
from monitor.transfer.tables import OnProgress, day_slices, moments
from monitor.words import STATE_WORDS

CLIENT: Final = "saddle"


def export_activitywatch(
    log: LogReader,
    out: Path,
    span: Stretch,
    *,
    source_kind: SourceKind | None = "live",
    on_progress: OnProgress | None = None,
) -> None:
    """Write what lies in the span as a file that ActivityWatch imports.

    Raises LogError or OutputError; then ``out`` is as it was.
    """
    write_json(out, buckets(log, span, source_kind, on_progress))


def buckets(
    log: LogReader,
    span: Stretch,
    source_kind: SourceKind | None = "live",
    on_progress: OnProgress | None = None,
    host: str | None = None,
) -> dict[str, Any]:
    """The content of the file; ``host`` is this computer's name unless told otherwise."""
    where = host or platform.node() or "unknown"
    postures: list[dict[str, Any]] = []
    warnings: list[dict[str, Any]] = []
    for part in day_slices(log, span, source_kind, on_progress):
        sessions = {session.id: session for session in part.sessions}
        postures += _postures(part, sessions)
        warnings += (_warning(each, sessions) for each in part.warnings)
    notes = log.between(*moments(span), source_kind, with_samples=False).notes
    made = [
        _bucket("posture", "app.posture.state", "How you sat", where, postures, span),
        _bucket("warnings", "app.posture.warning", "Warnings of Saddle", where, warnings, span),
        _bucket("notes", "app.posture.note", "Notes in Saddle", where, [_note(note) for note in notes], span),
    ]
    return {"buckets": {bucket["id"]: bucket for bucket in made}}


def _bucket(what: str, kind: str, name: str, host: str, events: list[dict[str, Any]], span: Stretch) -> dict[str, Any]:
    created = events[0]["timestamp"] if events else _time(span.start_utc_s)
    about = {"id": f"saddle-{what}_{host}", "name": name, "type": kind, "client": CLIENT, "hostname": host}
    return {**about, "created": created, "events": events}


def _postures(part: LogSlice, sessions: dict[int, SessionInfo]) -> Iterator[dict[str, Any]]:
    line = part.samples if isinstance(part.samples, TimeLine) else TimeLine.of(part.samples)
    tilt_deg = line.measures["tilt_deg"]
    for bout in part.bouts:
        first, last = np.searchsorted(line.t_utc_s, [bout.start_utc_s, bout.end_utc_s])
        known = tilt_deg[first:last][np.isfinite(tilt_deg[first:last])]
        words = STATE_WORDS[bout.state] if isinstance(bout.state, State) else bout.state
        yield _event(
            bout.start_utc_s,
            bout.duration_s,
            title=words,
            state=words,
            reason=bout.reason,
            cause=bout.cause,
            **_where(sessions.get(bout.session_id)),
            tilt_median_deg=round(float(np.median(known)), 2) if len(known) else math.nan,
        )


def _warning(warning: GivenWarning, sessions: dict[int, SessionInfo]) -> dict[str, Any]:
    answered_s = math.nan if warning.answered_s is None else warning.answered_s
    return _event(
        warning.t_utc_s,
        0.0 if math.isnan(answered_s) else answered_s,
        title=warning.text,
        kind=warning.kind,
        cause=warning.cause,
        **_where(sessions.get(warning.session_id)),
        answered_s=answered_s,
    )


def _note(note: Note) -> dict[str, Any]:
    return _event(note.t_utc_s, 0.0, title=note.text)


def _where(session: SessionInfo | None) -> dict[str, str]:
    return {} if session is None else {"seat": session.seat, "profile": session.profile}


def _event(t_utc_s: float, duration_s: float, **data: str | float) -> dict[str, Any]:
    """An event; what is empty or not known is left out of its data."""
    told = {name: value for name, value in data.items() if value != "" and value == value}
    return {"timestamp": _time(t_utc_s), "duration": round(duration_s, 3), "data": told}


def _time(t_utc_s: float) -> str:
    return datetime.fromtimestamp(t_utc_s, UTC).isoformat(timespec="milliseconds")
