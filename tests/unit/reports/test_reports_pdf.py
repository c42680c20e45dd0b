from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pdf_text import WatchedPaper, runs, words_of

from bench.made_log import make_log
from monitor.errors import OutputError
from monitor.judgement.assessment import Assessment, State
from monitor.reports import method
from monitor.reports.content import gather
from monitor.reports.paper import GAP_WORDS, MARGIN_MM
from monitor.reports.parts import Compared, NoteLine, Report, Table
from monitor.reports.pdf import pages_of, write_pdf
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog
from monitor.words import DISCLAIMER

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
MADE = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
PT_PER_MM = 72 / 25.4
STRANGE = "ąęł ß קטן 漢字 \U0001f642 \U0001f469\u200d\U0001f9bd"
LONG = "w" * 500


def report_of(path: Path, first: date, last: date | None = None) -> Report:
    with LogReader.open(path) as log:
        return gather(log, first, last or first, made=MADE)


@pytest.fixture(scope="module")
def log_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "tilt.sqlite"
    make_log(path, (MONDAY, TUESDAY), hours=0.6)
    started = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
    with TiltLog.open(path) as log:
        about = {"profile": LONG, "source": STRANGE, "source_kind": "live", "tilt_model": LONG, "seat": LONG}
        session = log.start_session(**about, started=started, t0_s=0.0)
        for t in range(300):
            session.record(Assessment(float(t), State.TIPPED, tilt_deg=9.0, tilt_pct=80.0))
        session.warn(200.0, "dwell", LONG, LONG)
        session.end(300.0)
    add_note(path, started, STRANGE)
    add_note(path, started, LONG)
    return path


@pytest.fixture(scope="module")
def reports(log_path: Path) -> dict[str, Report]:
    return {
        "day": report_of(log_path, TUESDAY),
        "range": report_of(log_path, MONDAY, TUESDAY),
        "nothing": report_of(log_path, date(2026, 5, 1)),
    }


@pytest.fixture(scope="module")
def written(reports: dict[str, Report]) -> dict[str, bytes]:
    return {name: pages_of(report).bytes() for name, report in reports.items()}


@pytest.mark.parametrize(("name", "pages", "plots"), [("day", 4, 1), ("range", 5, 3), ("nothing", 1, 0)])
def test_a_report_has_its_pages_and_its_plots(written: dict[str, bytes], name: str, pages: int, plots: int) -> None:
    data = written[name]
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert re.search(rb"/Count (\d+)", data).group(1) == b"%d" % pages
    assert len(re.findall(rb"/Subtype /Image\b", data)) == plots
    assert f"Page {pages} of {pages}" in words_of(data)


@pytest.mark.parametrize("name", ["day", "range"])
def test_the_pages_say_all_that_the_report_says(
    reports: dict[str, Report], written: dict[str, bytes], name: str
) -> None:
    report, words = reports[name], words_of(written[name])
    assert report.steps is not None
    assert report.exposure is not None
    told = [report.title, "1 April 2026", report.unjudged, *report.sentences, report.exposure.words, DISCLAIMER]
    told += [cell for table in (report.numbers, report.states, report.steps) for row in table.rows for cell in row]
    told += [plot.caption for plot in report.plots] + [paragraph.text for paragraph in method.METHOD]
    told += [*method.AT_ONCE, *method.SOON]
    assert [each for each in told if each not in words] == []


@pytest.mark.parametrize("name", ["day", "range", "nothing"])
def test_no_text_runs_off_the_page(written: dict[str, bytes], name: str) -> None:
    found = runs(written[name])
    assert len(found) > 20
    left, right = MARGIN_MM * PT_PER_MM, (210 - MARGIN_MM) * PT_PER_MM
    assert [run for run in found if not left <= run.left <= run.right <= right + 0.1] == []
    assert [run for run in found if not 20 <= run.bottom <= 842 - 20] == []


def test_a_long_name_goes_on_in_the_next_line(written: dict[str, bytes]) -> None:
    assert sum(run.text.count("w") for run in runs(written["day"])) >= 500


def test_letters_that_the_font_lacks_are_told_as_left_out(
    reports: dict[str, Report], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.WARNING):
        words = words_of(pages_of(reports["day"]).bytes())
    note = next(note for note in reports["day"].notes if note.text == STRANGE)
    assert f"{note.number} {note.when} ąęł ß קטן […] " in words
    assert words.count(GAP_WORDS) == 1  # the camera has such letters as well
    assert words.index("Your notes") < words.index(GAP_WORDS) < words.index("Set-ups used")
    assert caplog.records == []
    assert capfd.readouterr().err == ""


def test_where_only_a_set_up_has_such_letters_it_is_said_there(reports: dict[str, Report]) -> None:
    words = words_of(pages_of(replace(reports["day"], notes=())).bytes())
    assert words.count(GAP_WORDS) == 1
    assert words.index("Set-ups used") < words.index(GAP_WORDS)
    assert GAP_WORDS not in words_of(pages_of(reports["nothing"]).bytes())


def test_the_comparison_is_told_with_its_table(reports: dict[str, Report]) -> None:
    table = Table(("Figure", "chair", "cushion", "Difference"), (("Tipped back", "28 %", "19 %", "−9 points"),))
    told = Compared("With 'cushion' less.", "Of the 3 seats in use, these two.", table, "In brackets: the range.")
    words = words_of(pages_of(replace(reports["day"], compared=told)).bytes())
    found = f"Compared {told.words} {told.which} Figure chair cushion Difference Tipped back 28 % 19 % −9 points"
    assert f"{found} {told.notes}" in words


@pytest.mark.parametrize("notes", range(0, 42, 2))
def test_the_doctor_never_stands_alone_on_a_page(
    reports: dict[str, Report], notes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.reports.pdf.Paper", WatchedPaper)
    told = tuple(NoteLine(each, "09:00", "a note") for each in range(notes))
    paper = pages_of(replace(reports["nothing"], notes=told))
    assert isinstance(paper, WatchedPaper)
    assert paper.pages(method.DOCTOR_HEADING) == paper.pages(method.MEANING)


def test_a_page_that_has_begun_takes_the_first_plot_with_room(
    reports: dict[str, Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.reports.pdf.Paper", WatchedPaper)
    report = reports["range"]
    tall = replace(report, day_rows=report.day_rows * 16)
    paper = pages_of(tall)
    assert isinstance(paper, WatchedPaper)
    page = {plot.kind: paper.pages(plot.heading)[0] for plot in tall.plots}
    assert (page["heat"], page["rows"]) == (1, 2)


def test_nothing_observed_is_said_in_words(written: dict[str, bytes]) -> None:
    assert "Nothing was observed in this time." in words_of(written["nothing"])


def test_the_same_report_makes_the_same_file(reports: dict[str, Report], written: dict[str, bytes]) -> None:
    assert pages_of(reports["day"]).bytes() == written["day"]


def test_the_file_is_written_whole(reports: dict[str, Report], written: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_text("what was there")
    write_pdf(reports["nothing"], path)
    assert path.read_bytes() == written["nothing"]


@pytest.mark.parametrize("name", ["missing/report.pdf", "."])
def test_a_place_that_cannot_be_written_is_named(reports: dict[str, Report], tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="choose another place") as told:
        write_pdf(reports["nothing"], tmp_path / name)
    assert str(tmp_path / name) in str(told.value)
    assert list(tmp_path.iterdir()) == []
