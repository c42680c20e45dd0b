from __future__ import annotations

from pathlib import Path

import pytest
from desk_fakes import sitter

from monitor.desktop.status import sentence
from monitor.errors import SaddleError
from monitor.profiles import check_fits, check_folder, load_profile


def refused(do: object, *args: object) -> str:
    with pytest.raises(SaddleError) as error:
        do(*args)  # type: ignore[operator]
    return str(error.value)


def test_a_phrase_becomes_a_sentence() -> None:
    assert sentence("the lid is closed") == "The lid is closed."
    assert sentence("Is it plugged in?") == "Is it plugged in?"
    assert sentence("") == ""


def test_windows_do_not_tell_what_to_type_in_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "Desk.json").write_text("{", encoding="utf-8")
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = (
        refused(load_profile, tmp_path, "Desk"),
        refused(load_profile, tmp_path, "Couch"),
        refused(check_fits, sitter(), 320, 240),
        refused(check_fits, sitter(), 640, 480, "webcam 1 (Other)"),
        refused(check_folder, tmp_path / "file"),
        'No camera is called "Desk" (cameras found: 0 (Side); see `saddle cameras`).',
        "There is no webcam 3 (no cameras found): plug it in or choose another camera (see `saddle cameras`).",
    )
    for text in said:
        assert "`" in text, text
        words = sentence(text)
        assert "`" not in words, words
        assert "--" not in words, words
        assert words.count("(") == words.count(")")
        assert "  " not in words
        assert " ." not in words
    assert sentence(said[2]).endswith("these are 320x240: calibrate again or choose another profile.")
    assert sentence(said[5]) == 'No camera is called "Desk" (cameras found: 0 (Side)).'
