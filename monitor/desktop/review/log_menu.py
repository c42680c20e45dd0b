"""What can be done with the log from its review: notes, tags, reports, exports, backups, forgetting."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from PySide6.QtWidgets import QDialog, QFileDialog, QMenu, QMessageBox

from monitor.desktop.review.dialogs import ForgetDialog, NoteDialog, NotesDialog, TagDialog, days_words
from monitor.desktop.review.file_kinds import chosen_file
from monitor.desktop.review.loading import Loader
from monitor.errors import SaddleError
from monitor.folder import DataFolder
from monitor.tiltlog.editing import Forgotten
from monitor.tiltlog.local_days import LocalClock
from monitor.tiltlog.notes import add_note, change_note, delete_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.records import SourceKind
from monitor.tiltlog.set_aside import copies
from monitor.tiltlog.store import TiltLog

if TYPE_CHECKING:
    from monitor.desktop.review.view import Span
    from monitor.desktop.review.window import ReviewWindow
    from monitor.transfer.exporting import Form


class LogKeeper(Protocol):
    """Where the log is, and who else writes it."""

    @property
    def path(self) -> Path:
        """The log."""
        ...

    def rest(self) -> None:
        """Let go of the log, and of the camera with it, so that it can be changed. Blocks for a moment."""
        ...

    def go_on(self) -> None:
        """Watch again."""
        ...


FORMS: Final[dict[str, Form]] = {
    ".csv": "csv",
    ".zip": "zip",
    ".parquet": "parquet",
    ".json": "json",
    ".aw.json": "activitywatch",
}
_NOTES = "log notes"


class LogMenu(QMenu):
    """The menu; what takes a while runs in the loader, under names that begin with "log ", one at a time.

    Attributes:
        doing: what is under way, in words; empty when nothing is.
    """

    def __init__(self, window: ReviewWindow, keeper: LogKeeper, loader: Loader) -> None:
        super().__init__(window)
        self._window, self._keeper, self._loader = window, keeper, loader
        self.doing = ""
        self._is_resting = False
        self._done_words: Callable[[Any], str] = str
        loader.failed.connect(lambda name, _: self.end() if name.startswith("log ") and name != _NOTES else None)
        for text, shortcut, do in (
            (self.tr("Write a &note…"), "Ctrl+N", self.write_note),
            (self.tr("N&otes of these days…"), "", self.show_notes),
            (self.tr("&Tag the seat of these days…"), "", self.tag),
            ("", "", None),
            (self.tr("&Report of these days…"), "Ctrl+P", self.report),
            (self.tr("&Export these days…"), "Ctrl+E", self.export),
            ("", "", None),
            (self.tr("&Back up the log…"), "", self.back_up),
            (self.tr("&Import into the log…"), "", self.import_),
            (self.tr("Re&store a backup…"), "", self.restore),
            ("", "", None),
            (self.tr("&Forget…"), "", self.forget),
        ):
            if do is None:
                self.addSeparator()
                continue
            action = self.addAction(text)
            action.triggered.connect(lambda _=False, d=do: d())
            if shortcut:
                action.setShortcut(shortcut)
                window.addAction(action)

    # -- notes and tags -----------------------------------------------------------------------------------------------

    def write_note(self, t_utc_s: float | None = None) -> None:
        """Ask for a note, for a moment of the day shown, and keep it."""
        if self.doing:
            return
        clock, day = self._window.clock, self._window.range.day
        at = clock.local(t_utc_s) if t_utc_s is not None else datetime.now().astimezone()
        if t_utc_s is None and at.date() != day and not self._window.is_whole:
            at = at.replace(year=day.year, month=day.month, day=day.day, hour=12, minute=0)
        dialog = NoteDialog(at, parent=self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            moment = datetime.fromtimestamp(clock.utc_of(dialog.chosen), UTC)
            self._try(lambda: add_note(self._keeper.path, moment, dialog.text.text()))

    def show_notes(self) -> None:
        """Go through the notes of the range."""
        span, is_whole = self._window.span, self._window.is_whole

        def read() -> tuple[LocalClock, tuple[Any, ...]]:
            with LogReader.open(self._keeper.path) as log:
                return log.clock, log.all_notes() if is_whole else log.notes(span.first, span.last)

        self._loader.run(_NOTES, read)

    def _go_through(self, clock: LocalClock, notes: tuple[Any, ...]) -> None:
        dialog = NotesDialog(notes, clock, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return

        def keep() -> None:
            for note_id, text in dialog.changed.items():
                change_note(self._keeper.path, note_id, text)
            for note_id in dialog.deleted:
                delete_note(self._keeper.path, note_id)

        self._try(keep)

    def tag(self) -> None:
        """Name the seat of the days shown."""
        try:
            with LogReader.open(self._keeper.path) as log:
                seats, clock = log.seats(), log.clock
        except SaddleError as error:
            self._window.say(str(error))
            return
        dialog = TagDialog(self._window.span, seats, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            seat, span = dialog.seat.currentText().strip(), dialog.days.span
            bounds = clock.bounds(span.first, span.last)
            self._change(
                "log tag",
                self.tr("Tagging…"),
                lambda log: log.tag(*bounds, seat),
                lambda count: self.tr("%n session(s) tagged.", "", int(count)),
            )

    # -- files --------------------------------------------------------------------------------------------------------

    def report(self) -> None:
        """Write a report of the range as HTML or PDF."""
        span, kind, log = self._window.span, self._window.kind, self._keeper.path
        kinds = (self.tr("Page for a browser (*.html)"), self.tr("PDF (*.pdf)"))
        path, end = self._where(self.tr("Report"), f"saddle-{span.first}.html", *kinds)
        if path is not None:
            self._write("log report", lambda: write_report(log, span, path, kind, is_pdf=end == ".pdf"), path)

    def export(self) -> None:
        """Write the range as tables or for other programs; the kind of file that is chosen decides."""
        from monitor.transfer.csv_set import export_set
        from monitor.transfer.exporting import export_range

        span, source_kind, log = self._window.span, self._window.kind, self._keeper.path
        kinds = (
            self.tr("Samples as a table (*.csv)"),
            self.tr("All tables (*.zip)"),
            self.tr("Samples as Parquet (*.parquet)"),
            self.tr("Summary (*.json)"),
            self.tr("Buckets for ActivityWatch (*.aw.json)"),
        )
        path, end = self._where(self.tr("Export"), f"saddle-{span.first}.csv", *kinds)
        if path is not None:
            days, form = (span.first, span.last), FORMS[end]
            if form == "zip" and self._window.is_whole:  # with notes from before the first day
                self._write("log export", lambda: export_set(log, path), path)
                return
            self._write("log export", lambda: export_range(log, path, *days, form=form, source_kind=source_kind), path)

    def back_up(self) -> None:
        """Write a whole copy of the log."""
        from monitor.tiltlog.backup import backup

        day = datetime.now(UTC).astimezone().date()
        path, _ = self._where(self.tr("Back up"), f"saddle-backup-{day}.sqlite", self.tr("Backup (*.sqlite)"))
        if path is not None:
            self._write("log backup", lambda: backup(self._keeper.path, path), path)

    def import_(self) -> None:
        """Bring in what another log or an exported set of tables holds."""
        path = self._which(self.tr("Import"))
        if path is not None:
            self._change(
                "log import",
                self.tr("Importing {name}…").format(name=path.name),
                lambda log: _merge(log, path, self._keeper.path),
                lambda merged: (
                    self.tr("%n session(s) imported.", "", merged.sessions)
                    + self.tr(" %n were there already.", "", merged.already_there)
                ),
            )

    def restore(self) -> None:
        """Put a backup in the place of the log; the log is set aside."""
        from monitor.tiltlog.backup import restore

        path = self._which(self.tr("Restore"))
        question = self.tr("Put this backup in the place of the log? The log is kept beside it under another name.")
        if path is not None and self._sure(question):
            self._begin(
                self.tr("Restoring {name}…").format(name=path.name), lambda _: self.tr("The backup is in its place.")
            )
            self._rest()
            self._loader.run("log restore", lambda: restore(path, self._keeper.path))

    def forget(self) -> None:
        """Forget days, or everything, after asking twice."""
        dialog = ForgetDialog(self._window.span, self._window)
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return
        span, clock = dialog.span, self._window.clock
        what = self.tr("everything in the log") if span is None else days_words(span)
        if self._sure(self.tr("Forget {what} for good?").format(what=what)):
            bounds = () if span is None else clock.bounds(span.first, span.last)
            self._change(
                "log forget",
                self.tr("Forgetting…"),
                lambda log: log.forget(*bounds),
                self._forgotten,
            )

    # -- how it works -------------------------------------------------------------------------------------------------

    def _forgotten(self, gone: Forgotten) -> str:
        size = self._window.locale().formattedDataSize(gone.freed_bytes)
        words = self.tr("Forgotten; {size} of the disk are free again.").format(size=size)
        kept = ", ".join(each.name for each in copies(self._keeper.path))
        return words + (self.tr(" Copies set aside are still there: {names}.").format(names=kept) if kept else "")

    def on_done(self, name: str, result: Any) -> None:
        """Something in the loader has been done."""
        if name == _NOTES:
            self._go_through(*result)
            return
        self.end()
        self._window.renew_and_say(self._done_words(result))

    def end(self) -> None:
        """Nothing is under way any more: watch again if that rested for it, once."""
        self.doing = ""
        for action in self.actions():
            action.setEnabled(True)
        if self._is_resting:
            self._is_resting = False
            self._keeper.go_on()

    def _begin(self, doing: str, done: Callable[[Any], str]) -> None:
        """Say at once what is under way, before anything blocks; until its `end` nothing else can be begun."""
        self.doing, self._done_words = doing, done
        for action in self.actions():
            action.setEnabled(False)
        self._window.say_at_once(doing)

    def _change(self, name: str, doing: str, do: Callable[[TiltLog], Any], done: Callable[[Any], str]) -> None:
        """Change the log while nobody watches."""
        self._begin(doing, done)
        self._rest()

        def change() -> Any:
            with TiltLog.open(self._keeper.path) as log:
                return do(log)

        self._loader.run(name, change)

    def _write(self, name: str, do: Callable[[], Any], path: Path) -> None:
        words = self.tr("Writing {name}…").format(name=path.name)
        self._begin(words, lambda _: self.tr("{name} is written.").format(name=path.name))
        self._loader.run(name, do)

    def _rest(self) -> None:
        self._is_resting = True
        self._keeper.rest()

    def _try(self, do: Callable[[], Any]) -> None:
        try:
            do()
        except SaddleError as error:
            self._window.say(str(error))
        else:
            self._window.renew()

    def _sure(self, question: str) -> bool:
        yes, no = QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No
        return QMessageBox.question(self._window, "Saddle", question, yes | no, no) == yes

    def _where(self, title: str, name: str, *kinds: str) -> tuple[Path | None, str]:
        """Where to write, and the end that tells the form; no path when it was thought better of."""
        asked, kind = QFileDialog.getSaveFileName(self._window, title, str(Path.home() / name), ";;".join(kinds))
        if not asked:
            return None, ""
        path, end = chosen_file(Path(asked), kind, kinds)
        if DataFolder(self._keeper.path.parent).owns(path):
            self._window.say(
                self.tr("{name} is one of Saddle's own files: choose another name.").format(name=path.name)
            )
            return None, ""
        is_new = path == Path(asked) or not path.exists()  # of any other name the dialog has not asked
        question = self.tr("{name} is there already. Replace it?").format(name=path.name)
        return (path if is_new or self._sure(question) else None), end

    def _which(self, title: str) -> Path | None:
        kinds = self.tr("Backups and sets of tables (*.sqlite *.zip);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self._window, title, str(Path.home()), kinds)
        return Path(path) if path else None


def _merge(log: TiltLog, path: Path, into: Path) -> Any:
    from monitor.transfer.csv_set import log_of

    with log_of(path, into) as source:
        return log.merge(source)


def write_report(log_path: Path, span: Span, path: Path, kind: SourceKind, *, is_pdf: bool) -> None:
    """Write the report of some days as a PDF or a page."""
    from monitor.reports.content import gather
    from monitor.reports.html import write_html
    from monitor.reports.pdf import write_pdf

    with LogReader.open(log_path) as log:
        report = gather(log, span.first, span.last, kind)
    (write_pdf if is_pdf else write_html)(report, path)
