"""A4 pages to write a report on: headings, paragraphs, tables and pictures that keep together and stay on the page."""

from __future__ import annotations

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
TEXT_PT: Final = 9.5
TABLE_PT: Final = 8.5
SMALL_PT: Final = 8.0
LINE: Final = "#ccd3d3"
NO_GLYPH: Final = "□"
PNG_SIZE: Final = slice(16, 24)


def _new_document(footer: str) -> FPDF:
    """An empty document with its footer on every page."""
    from fpdf import FPDF

    class Document(FPDF):
        def footer(self) -> None:
            self.set_y(-12.0)
            self.set_font(FONT, "", 7.0)
            self.set_text_color(PALE)
            self.cell(0.8 * self.epw, 4.0, footer)
            self.cell(0.2 * self.epw, 4.0, f"Page {self.page_no()} of {{nb}}", align="R")

    return Document(format="A4")


class Paper:
    """The pages of one report. Whatever text it is given, the letters that the font lacks become □."""

    def __init__(self, title: str, program: str, made: datetime) -> None:
        from fpdf.fonts import TTFFont
        from matplotlib import get_data_path

        self.pdf = _new_document(f"{program} – {title}")
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

    def fitting(self, text: str) -> str:
        """The text with □ for every letter that the font lacks; tabs and other controls become spaces."""
        lines = text.splitlines() or [""]
        return "\n".join("".join(map(self._letter, line)) for line in lines)

    def _letter(self, letter: str) -> str:
        if not letter.isprintable() and letter != "\u00a0":
            return " "
        return letter if ord(letter) in self._known else NO_GLYPH

    def title(self, over: str, title: str, below: str) -> None:
        """The head of the first page."""
        self._text(over, 9.5, bold=True, colour=ACCENT)
        self._text(title, 20.0, bold=True, leading=1.25)
        self._text(below, SMALL_PT, colour=PALE)
        self.pdf.ln(3.0)

    def heading(self, text: str, room_mm: float = 30.0) -> None:
        """A heading, on a new page when what follows has less than ``room_mm``."""
        self.pdf.ln(4.0)
        if self.pdf.will_page_break(room_mm + 8.0):
            self.pdf.add_page()
        self._text(text, 12.5, bold=True, colour=ACCENT)
        self.pdf.ln(1.5)

    def paragraph(self, text: str, *, small: bool = False, bold: bool = False) -> None:
        """A paragraph; a small one is paler."""
        self._text(text, SMALL_PT if small else TEXT_PT, bold=bold, colour=PALE if small else INK)
        self.pdf.ln(1.5)

    def named(self, name: str, text: str, *, name_mm: float = 38.0) -> None:
        """A paragraph with its name beside it."""
        from fpdf.enums import XPos, YPos

        self.pdf.set_font(FONT, "", TEXT_PT)
        lines = self.pdf.multi_cell(
            self.pdf.epw - name_mm, text=self.fitting(text), align="L", dry_run=True, output="LINES"
        )
        if self.pdf.will_page_break(min(6, len(lines)) * 4.7):  # type: ignore[arg-type]  # lines were asked for
            self.pdf.add_page()
        top = self.pdf.get_y()
        self.pdf.set_text_color(INK)
        self.pdf.set_font(FONT, "B", SMALL_PT + 0.5)
        self.pdf.multi_cell(name_mm - 3.0, 4.7, self.fitting(name), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        below, page = self.pdf.get_y(), self.pdf.page_no()
        self.pdf.set_xy(MARGIN_MM + name_mm, top)
        self.pdf.set_font(FONT, "", TEXT_PT)
        self.pdf.set_left_margin(MARGIN_MM + name_mm)
        self.pdf.multi_cell(0.0, 4.7, self.fitting(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.pdf.set_left_margin(MARGIN_MM)
        if self.pdf.page_no() == page:
            self.pdf.set_y(max(below, self.pdf.get_y()))
        self.pdf.ln(1.5)

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
        self.pdf.ln(1.5)

    def table(self, table: Table, widths: Sequence[float], right: Sequence[int] = (), *, width_mm: float = 0.0) -> None:
        """A table whose head is repeated on each page; ``right`` are the columns of figures."""
        align = tuple("RIGHT" if index in right else "LEFT" for index in range(len(table.head)))
        with self._table(widths, align, width_mm or self.pdf.epw) as drawn:
            for row in (table.head, *table.rows):
                cells = drawn.row()
                for cell in row:
                    cells.cell(self.fitting(cell))
        self.pdf.ln(2.0)

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

    def picture(self, heading: str, png: BytesIO, caption: str, alt: str) -> None:
        """A picture over the whole width with its heading and caption, all on one page."""
        across, down = struct.unpack(">II", png.getvalue()[PNG_SIZE])
        most_mm = self.pdf.eph - 30.0
        width_mm = min(self.pdf.epw, most_mm * across / down)
        height_mm = width_mm * down / across
        self.heading(heading, room_mm=height_mm + 12.0)
        self.pdf.image(png, x=MARGIN_MM, w=width_mm, h=height_mm, alt_text=alt)
        self.pdf.ln(1.0)
        self.paragraph(caption, small=True)

    def _text(self, text: str, size_pt: float, *, bold: bool = False, colour: str = INK, leading: float = 1.4) -> None:
        from fpdf.enums import XPos, YPos

        self.pdf.set_font(FONT, "B" if bold else "", size_pt)
        self.pdf.set_text_color(colour)
        height_mm = leading * size_pt / self.pdf.k
        self.pdf.multi_cell(0.0, height_mm, self.fitting(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
