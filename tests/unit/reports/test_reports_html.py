from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bench.made_log import make_log
from monitor.errors import OutputError
from monitor.judgement.assessment import Assessment, State
from monitor.reports import method
from monitor.reports.content import gather
from monitor.reports.html import MOST_SHADE, page_of, shades, write_html
from monitor.reports.parts import Exposure, Report
from monitor.tiltlog.notes import add_note
from monitor.tiltlog.reader import LogReader
from monitor.tiltlog.store import TiltLog
from monitor.words import DISCLAIMER

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
MADE = datetime(2026, 4, 1, 12, 0, tzinfo=UTC)
NASTY = "<script>alert('x')</script> & \"q\" $x^2$ {{ 7 * 7 }}"
FETCHING = {"src", "href", "xlink:href", "srcset", "action", "data", "poster", "background"}


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.ids: list[str] = []
        self.styles: list[str] = []
        self.words: list[str] = []
        self._in_style = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._in_style = tag == "style"
        for name, value in attrs:
            if name in FETCHING:
                self.fetched.append(value or "")
            elif name == "id":
                self.ids.append(value or "")
            elif value and "url(" in value:
                self.styles.append(value)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        (self.styles if self._in_style else self.words).append(data)


def report_of(path: Path, first: date, last: date | None = None) -> Report:
    with LogReader.open(path) as log:
        return gather(log, first, last or first, made=MADE)


@pytest.fixture(scope="module")
def log_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("log") / "tilt.sqlite"
    make_log(path, (MONDAY, TUESDAY), hours=0.6)
    started = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
    with TiltLog.open(path) as log:
        about = {"profile": NASTY, "source": NASTY, "source_kind": "live", "tilt_model": NASTY, "seat": NASTY}
        session = log.start_session(**about, started=started, t0_s=0.0)
        for t in range(400):
            session.record(Assessment(float(t), State.TIPPED, tilt_deg=9.0, tilt_pct=80.0))
        session.warn(300.0, "dwell", NASTY, NASTY)
        session.end(400.0)
    add_note(path, started, NASTY)
    return path


@pytest.fixture(scope="module", params=["day", "range"])
def report(request: pytest.FixtureRequest, log_path: Path) -> Report:
    return report_of(log_path, TUESDAY if request.param == "day" else MONDAY, TUESDAY)


@pytest.fixture(scope="module")
def text(report: Report) -> str:
    return page_of(report)


def test_the_page_needs_nothing_but_itself(report: Report, text: str) -> None:
    page = Page(text)
    assert page.tags.count("svg") == len(report.plots) > 0
    assert [each for each in page.fetched if not each.startswith(("#", "data:image/"))] == []
    assert re.findall(r"url\((?!['\"]?#)[^)]*\)|@import", " ".join(page.styles)) == []
    assert {"script", "link", "iframe", "object", "embed", "base", "form", "a"} & set(page.tags) == set()


def test_the_page_forbids_the_browser_to_fetch(text: str) -> None:
    assert "Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'" in text


def test_only_the_names_of_the_drawing_language_look_like_addresses(text: str) -> None:
    found = set(re.findall(r"https?://[^\s\"'<>]+", text))
    assert found == {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def test_what_the_user_wrote_is_text_and_nothing_else(text: str) -> None:
    page = Page(text)
    assert "<script" not in text
    shown = " ".join(page.words)
    assert NASTY in page.words  # the note
    assert shown.count("<script>alert('x')</script>") >= 5  # the profile, the seat, the camera, the cause as well
    assert "49" not in "".join(word for word in page.words if "script" in word)


def test_drawings_point_only_at_what_is_there_once(text: str) -> None:
    page = Page(text)
    assert len(page.ids) == len(set(page.ids)) > 0
    pointed = {each[1:] for each in page.fetched if each.startswith("#")}
    pointed |= set(re.findall(r"url\(#([^)]*)\)", " ".join(page.styles)))
    assert pointed <= set(page.ids)


def test_the_page_says_all_that_the_report_says(report: Report, text: str) -> None:
    words = re.sub(r"\s+", " ", " ".join(Page(text).words))
    assert report.steps is not None
    assert report.exposure is not None
    told = [report.title, "1 April 2026", report.unjudged, *report.sentences, report.exposure.words, DISCLAIMER]
    told += [cell for table in (report.numbers, report.states, report.steps) for row in table.rows for cell in row]
    told += [plot.caption for plot in report.plots] + [paragraph.text for paragraph in method.METHOD]
    told += [*method.AT_ONCE, *method.SOON]
    assert [each for each in told if each not in words] == []


def test_the_same_report_makes_the_same_page(report: Report, text: str) -> None:
    assert page_of(report) == text


def test_a_page_of_nothing_has_no_drawing(log_path: Path) -> None:
    page = Page(page_of(report_of(log_path, date(2026, 5, 1), date(2026, 5, 8))))
    assert "svg" not in page.tags
    assert "table" not in page.tags
    assert "Nothing was observed in this time." in page.words


def test_the_fullest_cell_is_shaded_most_and_an_empty_one_not_at_all() -> None:
    told = shades(Exposure(("far", "near"), ("short", "long"), 1, ((0.0, 10.0), (5.0, 40.0)), ""))
    assert told[0][0] == 0.0
    assert told[0][1] < MOST_SHADE
    assert told[1][1] == MOST_SHADE
    assert shades(Exposure(("far",), ("short",), 1, ((0.0,),), "")) == ((0.0,),)


def test_the_file_is_written_whole(report: Report, text: str, tmp_path: Path) -> None:
    write_html(report, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == text
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize("name", ["missing/report.html", "."])
def test_a_place_that_cannot_be_written_is_named(log_path: Path, tmp_path: Path, name: str) -> None:
    nothing = report_of(log_path, date(2026, 5, 1))
    with pytest.raises(OutputError, match="choose another place") as told:
        write_html(nothing, tmp_path / name)
    assert str(tmp_path / name) in str(told.value)
    assert list(tmp_path.iterdir()) == []
