from __future__ import annotations

import logging
import re
import zlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from bench.made_log import make_log
from monitor.errors import OutputError
from monitor.judgement.assessment import Assessment, State
from monitor.reports import method
from monitor.reports.content import gather
from monitor.reports.paper import MARGIN_MM
from monitor.reports.parts import Report
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


class Run(NamedTuple):
    """Some letters in a row on a page, and where they begin and end, points."""

    page: int
    left: float
    right: float
    bottom: float
    text: str


def streams(data: bytes) -> dict[int, bytes]:
    """The streams of a PDF by the number of their object, unpacked."""
    found = {}
    pattern = rb"\n(\d+) 0 obj\n(<<(?:(?!endobj).)*?>>)\nstream\n(.*?)\nendstream"
    for number, head, packed in re.findall(pattern, data, re.DOTALL):
        if b"/Image" not in head and b"/Length1" not in head:
            found[int(number)] = zlib.decompress(packed) if b"/FlateDecode" in head else packed
    return found


def letters_of(data: bytes) -> dict[str, tuple[dict[int, str], dict[int, float]]]:
    """For each font its letters by their codes, and how wide they are, thousandths of the size."""
    unpacked = streams(data)
    fonts = {}
    for name, number in set(re.findall(rb"/(F\d+) (\d+) 0 R", data)):
        font = re.search(rb"\n%d 0 obj\n(.*?)endobj" % int(number), data, re.DOTALL).group(1)
        codes = unpacked[int(re.search(rb"/ToUnicode (\d+)", font).group(1))]
        below = int(re.search(rb"/DescendantFonts \[(\d+)", font).group(1))
        wide = re.search(rb"\n%d 0 obj\n.*?/W \[ (.*?)\n\]\n" % below, data, re.DOTALL).group(1)
        widths = {
            int(first) + index: float(each)
            for first, listed in re.findall(rb"(\d+) \[([^\]]*)", wide)
            for index, each in enumerate(listed.split())
        }
        letters = {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
            for code, text in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", codes)
        }
        fonts[name.decode()] = letters, widths
    return fonts


def _unescaped(found: re.Match[bytes]) -> bytes:
    return {b"r": b"\r", b"n": b"\n"}.get(found[1], found[1])


def runs(data: bytes) -> list[Run]:
    """All text of a PDF in the order in which it was written."""
    fonts, unpacked = letters_of(data), streams(data)
    found = []
    for page, number in enumerate(re.findall(rb"/Contents (\d+) 0 R", data), 1):
        font, size = "", 0.0
        shown = rb"\(((?:\\.|[^\\)])*)\) Tj"
        pattern = rb"BT /(F\d+) ([\d.]+) Tf ET|BT ([\d.]+) ([\d.]+) Td([^(]*(?:%s\s*)+)ET" % shown
        for name, size_pt, left, bottom, *written in re.findall(pattern, unpacked[int(number)], re.DOTALL):
            if name:
                font, size = name.decode(), float(size_pt)
                continue
            parts = re.findall(shown, written[0], re.DOTALL)
            plain = b"".join(re.sub(rb"\\(.)", _unescaped, part, flags=re.DOTALL) for part in parts)
            codes = [int.from_bytes(plain[i : i + 2]) for i in range(0, len(plain), 2)]
            letters, widths = fonts[font]
            text = "".join(letters[code] for code in codes)
            wide = sum(widths.get(code, 600.0) for code in codes[: len(text.rstrip())]) * size / 1000
            found.append(Run(page, float(left), float(left) + wide, float(bottom), text))
    return found


def words_of(data: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(run.text for run in runs(data)))


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


def test_letters_that_the_font_lacks_become_boxes(
    reports: dict[str, Report], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.WARNING):
        words = words_of(pages_of(reports["day"]).bytes())
    assert "ąęł ß" in words
    assert "□□ □" in words
    assert caplog.records == []
    assert capfd.readouterr().err == ""


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
