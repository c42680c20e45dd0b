"""A4 pages to write a report on: headings, paragraphs, tables and pictures that keep together and stay on the page."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from monitor.reports.look import ACCENT, INK, PALE
from monitor.reports.parts import Table

if TYPE_CHECKING:
    from fpdf import FPDF

FONT: Final = "DejaVu"
MARGIN_MM: Final = 15.0
BOTTOM_MM: Final = 18.0
AFTER_MM: Final = 1.5
"""Empty below each paragraph, but for the last one of a page."""
TEXT_PT: Final = 9.5
NAMED_MM: Final = 4.5
"""From line to line of a paragraph with its name beside it."""
TABLE_PT: Final = 8.5
SMALL_PT: Final = 8.0
LINE: Final = "#ccd3d3"
WIDE_MM, HIGH_MM, ENDLESS_MM = 210.0, 297.0, 14_000.0
KEPT_ROWS: Final = 12
"""A table of so many rows is not divided where a page has room for it."""
LEAST_ROWS: Final = 2
"""Of a longer one at least so many rows stand on each of its pages."""
LEAST_SHRUNK: Final = 0.85
"""A picture may be drawn down to so much of its size to find room on a page that has begun."""
GAP: Final = "[…]"
GAP_WORDS: Final = (
    f"{GAP} stands for letters that the font of this file lacks; the page for a browser (saddle report --html) has "
    "them."
)
SEAM_MM: Final = 0.01
"""Heights closer together than this are the same."""
_LACKING = re.compile(r"x(?: *x)*")
PNG_SIZE: Final = slice(16, 24)


def page_parts(head_mm: float, rows_mm: Sequence[float], room_mm: float, page_mm: float) -> list[int]:
    """How many rows of a table stand on this page, which has ``room_mm`` left, and on each further one."""
    left, parts = len(rows_mm), []
    while left:
        rows = rows_mm[-left:]
        is_new = room_mm > page_mm - SEAM_MM
        fit = sum(head_mm + sum(rows[: number + 1]) < room_mm - SEAM_MM for number in range(left))
        if fit < left and not is_new and left <= KEPT_ROWS and head_mm + sum(rows) < page_mm:
            fit = 0
        if 0 < left - fit < LEAST_ROWS:
            fit = left - LEAST_ROWS
        if fit < LEAST_ROWS and fit < left:
            fit = 1 if is_new else 0
        parts.append(fit)
        left -= fit
        room_mm = page_mm
    return parts


def _new_document(footer: str, height_mm: float) -> FPDF:
    """An empty document with its footer on every page."""
    from fpdf import FPDF

    class Document(FPDF):
        def footer(self) -> None:
            self.set_y(-12.0)
            self.set_font(FONT, "", 7.0)
            self.set_text_color(PALE)
            self.cell(0.8 * self.epw, 4.0, footer)
            self.cell(0.2 * self.epw, 4.0, f"Page {self.page_no()} of {{nb}}", align="R")

    return Document(format=(WIDE_MM, height_mm))


class Paper:
    """The pages of one report. Whatever text it is given, runs of letters that the font lacks become […].

    Attributes:
        has_gaps: whether there were such letters since `tell_gaps` told so.
    """

    def __init__(self, title: str, program: str, made: datetime, *, height_mm: float = HIGH_MM) -> None:
        from fpdf.fonts import TTFFont
        from matplotlib import get_data_path

        self.has_gaps = False
        self._made = made
        self._told_gaps = False
        self._scratch: Paper | None = None
        self.pdf = _new_document(f"{program} – {title}", height_mm)
        self.pdf.set_margins(MARGIN_MM, MARGIN_MM)
        self.pdf.set_auto_page_break(True, BOTTOM_MM)
        fonts = Path(get_data_path()) / "fonts" / "ttf"
        self.pdf.add_font(FONT, "", fonts / "DejaVuSans.ttf")
        self.pdf.add_font(FONT, "B", fonts / "DejaVuSans-Bold.ttf")
        letters = [frozenset(font.cmap) for font in self.pdf.fonts.values() if isinstance(font, TTFFont)]
        self._known = frozenset.intersection(*letters)
        self.pdf.set_title(title)
        self.pdf.set_creator(program)
        self.pdf.set_lang("en-GB")
        self.pdf.set_creation_date(made)
        self.pdf.add_page()

    def bytes(self) -> bytes:
        """The finished file."""
        return bytes(self.pdf.output())

    @property
    def room_mm(self) -> float:
        """What is left of the page."""
        return float(self.pdf.page_break_trigger - self.pdf.get_y())

    def height_mm(self, draw: Callable[[Paper], None]) -> float:
        """How much room something takes where no page ends."""
        if self._scratch is None:
            self._scratch = Paper("", "", self._made, height_mm=ENDLESS_MM)
        top_mm = 2 * MARGIN_MM
        self._scratch.pdf.set_y(top_mm)
        draw(self._scratch)
        return float(self._scratch.pdf.get_y()) - top_mm

    def together(self, *draws: Callable[[Paper], None]) -> None:
        """Draw what belongs together: on a new page when this one has no room for it."""
        needed_mm = sum(map(self.height_mm, draws)) - AFTER_MM
        if self.room_mm - SEAM_MM < needed_mm < self.pdf.eph:
            self.pdf.add_page()
        for draw in draws:
            draw(self)

    def fitting(self, text: str) -> str:
        """The text with […] for letters that the font lacks; tabs and other controls become spaces."""
        return "\n".join(map(self._fitted, text.splitlines() or [""]))

    def _fitted(self, line: str) -> str:
        line = "".join(letter if letter.isprintable() or letter == "\u00a0" else " " for letter in line)
        kinds = "".join(letter if letter == " " else "k" if ord(letter) in self._known else "x" for letter in line)
        lacking = [found.span() for found in _LACKING.finditer(kinds)]
        self.has_gaps |= bool(lacking)
        for start, end in reversed(lacking):
            line = f"{line[:start]}{GAP}{line[end:]}"
        return line

    def tell_gaps(self) -> None:
        """Say once what […] stands for, where it has occurred."""
        if self.has_gaps and not self._told_gaps:
            self._told_gaps = True
            self.paragraph(GAP_WORDS, small=True)

    def title(self, over: str, title: str, below: str) -> None:
        """The head of the first page."""
        self._text(over, 9.5, bold=True, colour=ACCENT)
        self._text(title, 20.0, bold=True, leading=1.25)
        self._text(below, SMALL_PT, colour=PALE)
        self.pdf.ln(3.0)

    def heading(self, text: str, room_mm: float = 30.0) -> None:
        """A heading, on a new page when what follows has less than ``room_mm``."""
        if self.pdf.get_y() > MARGIN_MM:
            self.pdf.ln(4.0)
        if self.pdf.will_page_break(room_mm + 8.0):
            self.pdf.add_page()
        self._text(text, 12.5, bold=True, colour=ACCENT)
        self.pdf.ln(AFTER_MM)

    def paragraph(self, text: str, *, small: bool = False, bold: bool = False) -> None:
        """A paragraph; a small one is paler."""
        self._text(text, SMALL_PT if small else TEXT_PT, bold=bold, colour=PALE if small else INK)
        self.pdf.ln(AFTER_MM)

    def named(self, name: str, text: str, *, name_mm: float) -> None:
        """A paragraph with its name beside it."""
        from fpdf.enums import XPos, YPos

        self.pdf.set_font(FONT, "", TEXT_PT)
        lines = self.pdf.multi_cell(
            self.pdf.epw - name_mm, text=self.fitting(text), align="L", dry_run=True, output="LINES"
        )
        if self.pdf.will_page_break(min(6, len(lines)) * NAMED_MM):  # type: ignore[arg-type]  # lines were asked for
            self.pdf.add_page()
        top = self.pdf.get_y()
        self.pdf.set_text_color(INK)
        self.pdf.set_font(FONT, "B", SMALL_PT + 0.5)
        self.pdf.multi_cell(name_mm - 3.0, NAMED_MM, self.fitting(name), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        below, page = self.pdf.get_y(), self.pdf.page_no()
        self.pdf.set_xy(MARGIN_MM + name_mm, top)
        self.pdf.set_font(FONT, "", TEXT_PT)
        self.pdf.set_left_margin(MARGIN_MM + name_mm)
        self.pdf.multi_cell(0.0, NAMED_MM, self.fitting(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.pdf.set_left_margin(MARGIN_MM)
        if self.pdf.page_no() == page:
            self.pdf.set_y(max(below, self.pdf.get_y()))
        self.pdf.ln(AFTER_MM)

    def columns(self, left: Callable[[], None], right: Callable[[], None], left_mm: float, gap_mm: float = 9.0) -> None:
        """Two parts beside each other; both must have room on the page."""
        top = self.pdf.get_y()
        whole_mm = self.pdf.epw
        self.pdf.set_right_margin(MARGIN_MM + whole_mm - left_mm)
        left()
        below = self.pdf.get_y()
        self.pdf.set_right_margin(MARGIN_MM)
        self.pdf.set_left_margin(MARGIN_MM + left_mm + gap_mm)
        self.pdf.set_y(top)
        right()
        self.pdf.set_left_margin(MARGIN_MM)
        self.pdf.set_y(max(below, self.pdf.get_y()))

    def points(self, texts: Sequence[str]) -> None:
        """A list."""
        left_mm = self.pdf.l_margin
        for text in texts:
            self.pdf.set_font(FONT, "", TEXT_PT)
            self.pdf.set_text_color(INK)
            self.pdf.text(left_mm + 0.5, self.pdf.get_y() + 3.5, "•")
            self.pdf.set_left_margin(left_mm + 4.0)
            self._text(text, TEXT_PT)
            self.pdf.set_left_margin(left_mm)
        self.pdf.ln(AFTER_MM)

    def table(
        self,
        table: Table,
        widths: Sequence[float],
        right: Sequence[int] = (),
        *,
        width_mm: float = 0.0,
        heading: str = "",
    ) -> None:
        """A table, below its heading if any, whose head is repeated on each page; ``right`` are columns of figures."""
        width_mm = width_mm or self.pdf.epw

        def height_mm(*rows: tuple[str, ...]) -> float:
            return self.height_mm(lambda paper: paper._rows(Table(table.head, rows), widths, right, width_mm))

        above_mm = self.height_mm(lambda paper: paper.heading(heading, 0.0)) if heading else 0.0
        head_mm = height_mm()
        rows_mm = [height_mm(row) - head_mm for row in table.rows]
        done = 0
        for page, number in enumerate(page_parts(head_mm, rows_mm, self.room_mm - above_mm, self.pdf.eph - above_mm)):
            if page:
                self.pdf.add_page()
            if heading and number and not done:
                self.heading(heading, room_mm=0.0)
            if number:
                self._rows(Table(table.head, table.rows[done : done + number]), widths, right, width_mm)
            done += number
        self.pdf.ln(2.0)

    def _rows(self, table: Table, widths: Sequence[float], right: Sequence[int], width_mm: float) -> None:
        align = tuple("RIGHT" if index in right else "LEFT" for index in range(len(table.head)))
        with self._table(widths, align, width_mm) as drawn:
            for row in (table.head, *table.rows):
                cells = drawn.row()
                for cell in row:
                    cells.cell(self.fitting(cell))

    def shaded(self, table: Table, fills: Sequence[Sequence[tuple[int, int, int]]], widths: Sequence[float]) -> None:
        """A table with a ground of its own for each cell but the first of a row."""
        from fpdf.fonts import FontFace

        align = ("LEFT", *("CENTER" for _ in table.head[1:]))
        with self._table(widths, align, self.pdf.epw) as drawn:
            drawn.row([self.fitting(cell) for cell in table.head])
            for row, grounds in zip(table.rows, fills, strict=True):
                cells = drawn.row()
                cells.cell(self.fitting(row[0]))
                for cell, ground in zip(row[1:], grounds, strict=True):
                    cells.cell(self.fitting(cell), style=FontFace(fill_color=ground))
        self.pdf.ln(2.0)

    def _table(self, widths: Sequence[float], align: tuple[str, ...], width_mm: float) -> Any:
        from fpdf.fonts import FontFace

        self.pdf.set_font(FONT, "", TABLE_PT)
        self.pdf.set_text_color(INK)
        self.pdf.set_draw_color(LINE)
        return self.pdf.table(
            align="LEFT",
            borders_layout="HORIZONTAL_LINES",
            col_widths=tuple(widths),
            headings_style=FontFace(emphasis="BOLD", color=PALE, size_pt=TABLE_PT - 1.0),
            line_height=4.2,
            padding=(0.7, 1.2),
            text_align=align,
            v_align="TOP",
            width=width_mm,
        )

    def takes(self, png: BytesIO, heading: str, caption: str) -> bool:
        """Whether the page has room for a picture, a little smaller if need be."""
        return self._picture_mm(heading, caption) >= LEAST_SHRUNK * self._full_mm(png)

    def picture(self, heading: str, png: BytesIO, caption: str, alt: str) -> None:
        """A picture over the whole width with its heading and caption, all on one page."""
        if not self.takes(png, heading, caption):
            self.pdf.add_page()
        height_mm = min(self._full_mm(png), self._picture_mm(heading, caption))
        across, down = _size_px(png)
        self.heading(heading, room_mm=0.0)
        self.pdf.image(png, x=MARGIN_MM, w=height_mm * across / down, h=height_mm, alt_text=alt)
        self.pdf.ln(1.0)
        self.paragraph(caption, small=True)

    def _full_mm(self, png: BytesIO) -> float:
        """How high a picture over the whole width is."""
        across, down = _size_px(png)
        return float(self.pdf.epw) * down / across

    def _picture_mm(self, heading: str, caption: str) -> float:
        """How high a picture may be for its heading and caption to find room, too."""

        def words(paper: Paper) -> None:
            paper.heading(heading)
            paper.pdf.ln(1.0)
            paper.paragraph(caption, small=True)

        return self.room_mm - self.height_mm(words) - SEAM_MM

    def _text(self, text: str, size_pt: float, *, bold: bool = False, colour: str = INK, leading: float = 1.4) -> None:
        from fpdf.enums import XPos, YPos

        self.pdf.set_font(FONT, "B" if bold else "", size_pt)
        self.pdf.set_text_color(colour)
        height_mm = leading * size_pt / self.pdf.k
        self.pdf.multi_cell(0.0, height_mm, self.fitting(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _size_px(png: BytesIO) -> tuple[int, int]:
    across, down = struct.unpack(">II", png.getvalue()[PNG_SIZE])
    return across, down
