"""`saddle note`, `saddle tag` and `saddle forget`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from monitor.commands.common import make_context, print_json, say
from monitor.commands.log_range import asked_range, clock_of
from monitor.commands.ranges import parse_moment
from monitor.errors import LogError
from monitor.settings import save_settings
from monitor.tiltlog.logfile import is_being_written
from monitor.tiltlog.notes import add_note, change_note, delete_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import Note, utc_s
from monitor.tiltlog.set_aside import copies
from monitor.tiltlog.store import TiltLog


@dataclass(frozen=True)
class Choice:
    """A day or a range, as typed; all None when nothing was."""

    day: str | None = None
    begin: str | None = None
    end: str | None = None

    @property
    def is_empty(self) -> bool:
        """True when nothing was typed."""
        return self.day is None and self.begin is None and self.end is None


def run_note(
    console: Console, text: str | None, at: str | None, choice: Choice, as_json: bool, data_dir: Path | None
) -> None:
    """Put a note on a moment, now if none was typed.

    Raises:
        LogError: there is no log, no text, or the moment makes no sense.
    """
    if text is None:
        raise LogError("--at needs a note: write its text, or leave --at out to list the notes.")
    if not choice.is_empty:
        raise LogError("--day, --from and --to choose notes to list: give the time of a note with --at.")
    path = make_context(data_dir).folder.log
    with LogReader.open(path) as log:
        clock = clock_of(log)
    now = clock.local(datetime.now(UTC).timestamp())
    moment = parse_moment(at, now, clock, is_end=False) if at is not None else now
    note = add_note(path, moment, text)
    told = {"id": note.id, "t_utc": datetime.fromtimestamp(note.t_utc_s, UTC).isoformat(), "text": note.text}
    say(console, as_json, told, f"Note {note.id} kept for {clock.local(note.t_utc_s):%Y-%m-%d %H:%M}.")


def run_change_note(
    console: Console, number: int, text: str | None, at: str | None, as_json: bool, data_dir: Path | None
) -> None:
    """Give a note another text. Raises LogError when there is none, or no such note."""
    if text is None:
        raise LogError(f"--change {number} needs the new text: write it too, in quotes.")
    if at is not None:
        raise LogError("--change and --at exclude each other: delete the note and write it anew at the other time.")
    change_note(make_context(data_dir).folder.log, number, text)
    say(console, as_json, {"changed": number}, f"Note {number} changed.")


def run_delete_note(console: Console, number: int, as_json: bool, data_dir: Path | None) -> None:
    """Delete a note. Raises LogError when it is not there."""
    delete_note(make_context(data_dir).folder.log, number)
    say(console, as_json, {"deleted": number}, f"Note {number} deleted.")


def run_list_notes(console: Console, choice: Choice, as_json: bool, data_dir: Path | None) -> None:
    """List the notes of a day or range, or all. Raises LogError as `saddle report`."""
    with LogReader.open(make_context(data_dir).folder.log) as log:
        clock, notes = clock_of(log), log.all_notes()
        if not choice.is_empty:
            start, stop = asked_range(log, choice.day, choice.begin, choice.end, last_day=False)
            notes = tuple(note for note in notes if utc_s(start) <= note.t_utc_s < utc_s(stop))

    def told(note: Note) -> dict[str, Any]:
        return {"id": note.id, "t_local": clock.local(note.t_utc_s).isoformat(), "text": note.text}

    if as_json:
        print_json(console, [told(note) for note in notes])
    elif not notes:
        console.print("No notes yet.")
    else:
        table = Table("number", "time", "note", box=None, padding=(0, 2))
        for note in notes:
            table.add_row(str(note.id), f"{clock.local(note.t_utc_s):%Y-%m-%d %H:%M}", note.text)
        console.print(table)


def run_tag(console: Console, seat: str, choice: Choice, as_json: bool, data_dir: Path | None) -> None:
    """Tag what was seen in a day or range; without one, all that will be seen from now on.

    Raises:
        LogError: there is no log, another Saddle is writing it, or the range makes no sense.
        SettingsError: the seat of now cannot be kept.
    """
    seat = " ".join(seat.split())
    if len(seat) > 64:
        raise LogError(f"The name of the seat is too long ({len(seat)} letters): keep it to 64.")
    context = make_context(data_dir)
    name = f'"{seat}"' if seat else "no seat"
    if choice.is_empty:
        if is_being_written(context.folder.log):
            raise LogError("Saddle is watching just now: choose the seat in its tray menu, or end the watch first.")
        log = context.settings.log.model_copy(update={"seat": seat})
        save_settings(context.folder.settings, context.settings.model_copy(update={"log": log}))
        say(console, as_json, {"seat": seat, "from": "now"}, f"From the next watch on: {name}.")
        return
    with LogReader.open(context.folder.log) as reader:
        start, stop = asked_range(reader, choice.day, choice.begin, choice.end, last_day=False)
    with TiltLog.open(context.folder.log) as writer:
        count = writer.tag(utc_s(start), utc_s(stop), seat)
    words = f"{count} session{'s' * (count != 1)} tagged with {name}."
    say(console, as_json, {"seat": seat, "sessions": count}, words)


def run_list_seats(console: Console, as_json: bool, data_dir: Path | None) -> None:
    """List the seats in use, and the one of now. Raises LogError or SettingsError."""
    context = make_context(data_dir)
    with LogReader.open(context.folder.log) as log:
        seats = log.seats()
    now = context.settings.log.seat
    words = f"Tagged: {', '.join(seats) or 'none yet'}. Now: {now or 'no seat'}."
    say(console, as_json, {"seats": seats, "now": now}, words)


def run_forget(
    console: Console, choice: Choice, everything: bool, sure: bool, as_json: bool, data_dir: Path | None
) -> None:
    """Forget a day, a range or everything for good, after asking unless ``sure``.

    Raises:
        LogError: there is no log, another Saddle is writing it, nothing to forget was named, or the user said no.
    """
    if everything != choice.is_empty:
        raise LogError("Say what to forget: --day, --from and --to, or --everything.")
    path = make_context(data_dir).folder.log
    with LogReader.open(path) as reader:
        bounds, what = (-math.inf, math.inf), "everything in the log"
        if not everything:
            start, stop = asked_range(reader, choice.day, choice.begin, choice.end, last_day=False)
            bounds = (utc_s(start), utc_s(stop))
            first, last = map(clock_of(reader).local, bounds)
            what = f"all from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M}"
    if not sure and not _confirmed(f"Forget {what} for good? Type yes: "):
        raise LogError("Nothing was forgotten: type yes when asked, or give --yes.")
    with TiltLog.open(path) as log:
        gone = log.forget(*bounds)
    said = {
        "sessions": gone.sessions,
        "bouts": gone.bouts,
        "warnings": gone.warnings,
        "notes": gone.notes,
        "freed_bytes": gone.freed_bytes,
        "copies": [str(each) for each in copies(path)],
    }
    words = f"Forgotten: {what}. {gone.freed_bytes / 1e6:.1f} MB of the disk are free again."
    kept = [each.name for each in copies(path)]
    if kept:
        words += f" Copies set aside are still there: {', '.join(kept)}."
    say(console, as_json, said, words)


def _confirmed(question: str) -> bool:
    """Whether the answer is yes; asked beside the output, which may go into a file or another program."""
    try:
        return Console(stderr=True, markup=False, emoji=False).input(question).strip().casefold() == "yes"
    except EOFError:
        return False
