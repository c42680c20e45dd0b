from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from monitor.errors import SettingsError
from monitor.folder import DataFolder, data_folder, move_data, pointer_path


@pytest.fixture(autouse=True)
def _usual(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: tmp_path / "config")
    monkeypatch.setattr(platformdirs, "user_data_path", lambda *_, **__: tmp_path / "usual")


def filled(path: Path) -> DataFolder:
    folder = DataFolder(path)
    folder.profiles.mkdir(parents=True)
    (folder.profiles / "Desk.json").write_text("{}", encoding="utf-8")
    folder.settings.write_text("[alerts]\n", encoding="utf-8")
    folder.log.write_bytes(b"log")
    (path / "tilt.sqlite-wal").write_bytes(b"wal")
    return folder


def test_named_then_chosen_then_usual(tmp_path: Path) -> None:
    assert data_folder(None).path == tmp_path / "usual"
    move_data(data_folder(None), tmp_path / "chosen")
    assert data_folder(None).path == tmp_path / "chosen"
    assert data_folder(tmp_path / "named").path == tmp_path / "named"


def test_everything_is_copied_and_the_old_folder_stays(tmp_path: Path) -> None:
    old = filled(tmp_path / "old")
    new = move_data(old, tmp_path / "new")
    assert new.log.read_bytes() == b"log"
    assert (new.path / "tilt.sqlite-wal").read_bytes() == b"wal"
    assert (new.profiles / "Desk.json").exists()
    assert old.log.exists()


def test_a_folder_that_holds_data_is_used_as_it_is(tmp_path: Path) -> None:
    there = filled(tmp_path / "there")
    there.log.write_bytes(b"another log")
    move_data(filled(tmp_path / "old"), there.path)
    assert there.log.read_bytes() == b"another log"


def test_a_move_that_fails_changes_nothing(tmp_path: Path) -> None:
    old = filled(tmp_path / "old")
    (tmp_path / "blocked").write_text("a file in the way", encoding="utf-8")
    with pytest.raises(SettingsError, match="choose a folder"):
        move_data(old, tmp_path / "blocked")
    assert not pointer_path().exists()


def test_a_chosen_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    move_data(filled(tmp_path / "old"), tmp_path / "drive")
    (tmp_path / "drive").rename(tmp_path / "unplugged")
    with pytest.raises(SettingsError, match="is not there"):
        data_folder(None)
