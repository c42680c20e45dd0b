"""Reads the text of a PDF, with where it stands."""

from __future__ import annotations

import re
import zlib
from datetime import datetime
from typing import NamedTuple

from monitor.reports.paper import Paper


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
        wide = re.search(rb"\n%d 0 obj\n.*?/W \[ (.*?)\]\n>>" % below, data, re.DOTALL).group(1)
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


class WatchedPaper(Paper):
    """Keeps what is written, with the page on which it begins, so that no file has to be made and read."""

    def __init__(self, title: str, program: str, made: datetime) -> None:
        self.shown: list[tuple[str, int]] = []
        super().__init__(title, program, made)

    def fitting(self, text: str) -> str:
        self.shown.append((text, self.pdf.page_no()))
        return super().fitting(text)

    def pages(self, *texts: str) -> list[int]:
        """On which pages these stand."""
        return [page for text, page in self.shown if text in texts]
