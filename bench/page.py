"""Figures in a page: the part between two marks is replaced, what is written by hand round it stays."""

from __future__ import annotations

from pathlib import Path


def with_part(page: str, name: str, text: str) -> str:
    """The page with ``text`` between ``<!-- name: begin -->`` and ``<!-- name: end -->``.

    Raises:
        ValueError: the page does not have both marks, in this order.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    head, found_begin, rest = page.partition(begin)
    _, found_end, tail = rest.partition(end)
    if not (found_begin and found_end):
        raise ValueError(f"the page has no part between {begin} and {end}")
    return f"{head}{begin}\n{text}\n{end}{tail}"


def write_part(path: Path, name: str, text: str) -> None:
    """Replace that part of the page at ``path``; see `with_part`."""
    page = path.read_text(encoding="utf-8")
    path.write_text(with_part(page, name, text), encoding="utf-8")


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """The lines of a Markdown table."""
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *rows)]
