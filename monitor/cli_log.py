"""The commands of the command line that have to do with the tilt log."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

DataDir = Annotated[
    Path | None,
    typer.Option("--data-dir", envvar="SADDLE_DATA_DIR", help="Folder of settings, profiles and log.", metavar="DIR"),
]
Day = Annotated[str | None, typer.Option("--day", help="Day, as 2026-11-21, 'today' or 'yesterday'.")]
Begin = Annotated[
    str | None, typer.Option("--from", help="Begin, as 2026-11-21, 2026-11-21T09:00, 'today' or 'yesterday'.")
]
End = Annotated[str | None, typer.Option("--to", help="End, the same; a day is meant whole.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


def add_log_commands(app: typer.Typer, out: Console) -> None:
    """Add the commands to the command line; they print to ``out``."""
    for add in (_report, _export, _import, _note, _tag, _forget):
        add(app, lambda: out)


def _report(app: typer.Typer, out: Callable[[], Console]) -> None:
    @app.command()
    def report(
        day: Day = None,
        begin: Begin = None,
        end: End = None,
        html: Annotated[Path | None, typer.Option(help="Write it as one page for a browser.", metavar="HTML")] = None,
        pdf: Annotated[Path | None, typer.Option(help="Write it as PDF, fit to be printed.", metavar="PDF")] = None,
        compare: Annotated[
            tuple[str, str] | None,
            typer.Option(
                help="Compare two groups of days instead, each as seat:NAME, profile:NAME or 2026-09-01..2026-09-30; "
                "'seat:' is no tag. Without a range within the whole log.",
                metavar="FIRST SECOND",
            ),
        ] = None,
        json: AsJson = False,
        data_dir: DataDir = None,
    ) -> None:
        """Report a day (the last one logged) or a range: in the terminal, as a page or as PDF; or compare two seats."""
        from monitor.commands.report import ReportRequest, run_report

        run_report(out(), ReportRequest(day, begin, end, json, html, pdf, compare), data_dir)


def _export(app: typer.Typer, out: Callable[[], Console]) -> None:
    @app.command()
    def export(
        path: Annotated[Path, typer.Argument(help="File to write; its end tells the format.", metavar="FILE")],
        form: Annotated[
            str | None,
            typer.Option(
                "--format",
                help="csv: one table. zip: all tables, which can be imported again. parquet. json: a summary. "
                "activitywatch: buckets. backup: a whole copy.",
            ),
        ] = None,
        table: Annotated[
            str,
            typer.Option(
                help="For csv and parquet: samples, bouts, warnings, sessions, position_changes, notes, days, hours."
            ),
        ] = "samples",
        day: Day = None,
        begin: Begin = None,
        end: End = None,
        json: AsJson = False,
        data_dir: DataDir = None,
    ) -> None:
        """Write the log, or a range of it, for a spreadsheet or another program; or back it up."""
        from monitor.commands.transfer import ExportRequest, run_export

        run_export(out(), ExportRequest(path, form, table, day, begin, end, json), data_dir)


def _import(app: typer.Typer, out: Callable[[], Console]) -> None:
    @app.command("import")
    def import_(
        path: Annotated[Path, typer.Argument(help="A backup, or all tables as zip.", metavar="FILE")],
        replace: Annotated[
            bool, typer.Option("--replace", help="Put a backup in the place of the log, which is set aside.")
        ] = False,
        json: AsJson = False,
        data_dir: DataDir = None,
    ) -> None:
        """Bring in what another log holds; what is there already is left as it is."""
        from monitor.commands.transfer import run_import

        run_import(out(), path, replace, json, data_dir)


def _note(app: typer.Typer, out: Callable[[], Console]) -> None:
    @app.command()
    def note(
        text: Annotated[str | None, typer.Argument(help="What to keep, as 'new chair' or 'back pain 4/10'.")] = None,
        at: Annotated[str | None, typer.Option(help="When, as 2026-11-21T09:00; now if left out.")] = None,
        change: Annotated[int | None, typer.Option(help="Give this note the text instead.", metavar="NUMBER")] = None,
        delete: Annotated[int | None, typer.Option(help="Delete this note.", metavar="NUMBER")] = None,
        day: Day = None,
        begin: Begin = None,
        end: End = None,
        listing: Annotated[bool, typer.Option("--list", help="List the notes; so it does without a text.")] = False,
        json: AsJson = False,
        data_dir: DataDir = None,
    ) -> None:
        """Put a note on a time; list, change or delete notes."""
        from monitor.commands.annotate import Choice, run_change_note, run_delete_note, run_list_notes, run_note

        choice = Choice(day, begin, end)
        if delete is not None:
            run_delete_note(out(), delete, json, data_dir)
        elif change is not None:
            run_change_note(out(), change, text, at, json, data_dir)
        elif listing or (text is None and at is None):
            run_list_notes(out(), choice, json, data_dir)
        else:
            run_note(out(), text, at, choice, json, data_dir)


def _tag(app: typer.Typer, out: Callable[[], Console]) -> None:
    @app.command()
    def tag(
        seat: Annotated[
            str | None, typer.Argument(help="Name of the seat, as 'cushion'; '' for none. Without it they are listed.")
        ] = None,
        day: Day = None,
        begin: Begin = None,
        end: End = None,
        json: AsJson = False,
        data_dir: DataDir = None,
    ) -> None:
        """Tag the seat of a day or range, so that seats can be compared; without one, of all from now on."""
        from monitor.commands.annotate import Choice, run_list_seats, run_tag

        if seat is None:
            run_list_seats(out(), json, data_dir)
        else:
            run_tag(out(), seat, Choice(day, begin, end), json, data_dir)


def _forget(app: typer.Typer, out: Callable[[], Console]) -> None:
    @app.command()
    def forget(
        day: Day = None,
        begin: Begin = None,
        end: End = None,
        everything: Annotated[bool, typer.Option("--everything", help="The whole log.")] = False,
        yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
        json: AsJson = False,
        data_dir: DataDir = None,
    ) -> None:
        """Forget a day, a range or everything for good, and give its space back."""
        from monitor.commands.annotate import Choice, run_forget

        run_forget(out(), Choice(day, begin, end), everything, yes, json, data_dir)
