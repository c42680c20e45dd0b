"""The kinds of files that a dialog offers: which one was chosen, and the name that goes with it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def end_of(kind: str) -> str:
    """How the names of a kind end: ".aw.json" of "Buckets for ActivityWatch (*.aw.json)"; empty for no kind."""
    return kind[kind.rfind("*") + 1 : kind.rfind(")")] if "*" in kind else ""


def chosen_file(path: Path, kind: str, kinds: Sequence[str]) -> tuple[Path, str]:
    """The file that is meant and its end, which tells the form; a dialog that tells no kind leaves it to the name.

    Some dialogs keep the end of the name that was offered, others put only the last part of the new one there.
    """
    ends = [end_of(each) for each in kinds]
    named = max((end for end in ends if path.name.lower().endswith(end)), key=len, default="")
    end = end_of(kind) if end_of(kind) in ends else named or ends[0]
    if named:
        return (path if named == end else path.with_name(path.name[: -len(named)] + end)), end
    return (path if path.suffix else path.with_name(path.name + end)), end
