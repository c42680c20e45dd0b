from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from monitor.errors import SettingsError
from monitor.settings import DesktopSettings, Settings, load_settings, save_settings, settings_toml

EVERY_KEY = [(table, name, info) for table, group in Settings() for name, info in type(group).model_fields.items()]
EVERY_NUMBER = [(table, name) for table, name, info in EVERY_KEY if info.annotation in (int, float)]


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "settings.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SettingsError) as refused:
        load_settings(path)
    assert "\n" not in str(refused.value)
    assert str(path) in str(refused.value)
    return str(refused.value)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.toml") == Settings()
    assert load_settings(written(tmp_path, "")) == Settings()


@pytest.mark.parametrize(("table", "name", "info"), EVERY_KEY, ids=lambda part: part if isinstance(part, str) else "")
def test_every_key_says_what_it_does(table: str, name: str, info: Any) -> None:
    assert info.description
    assert len(info.description) > 10


@pytest.mark.parametrize(("table", "name"), EVERY_NUMBER)
@pytest.mark.parametrize("value", ["-1e6", "1e6", "nan", "inf"])
def test_every_number_has_a_range_and_the_error_names_the_key(
    tmp_path: Path, table: str, name: str, value: str
) -> None:
    assert f"'{table}.{name}' is" in refusal(written(tmp_path, f"[{table}]\n{name} = {value}\n"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[camera]\nrate = 5", "The setting 'camera.rate' is not known"),
        ("[cameras]\nrate_hz = 5", "The setting 'cameras' is not known"),
        ("rate_hz = 5", "The setting 'rate_hz' is not known"),
        ("[camera]\nrate_hz = 'fast'", "The setting 'camera.rate_hz' is 'fast'"),
        ("[notice]\nbell = 'loud'", "The setting 'notice.bell' is 'loud'"),
        ("camera = 5", "The setting 'camera' must be a table"),
        ("[judgement]\nleave_pct = 80", "leave_pct must be below enter_pct"),
        ("[alerts]\ncool_down_s = 20", "answered_within_s must not be longer than cool_down_s"),
        ("[camera\nrate_hz = 5", "is not valid TOML"),
        ("[camera]\nrate_hz = 5\nrate_hz = 6", "is not valid TOML"),
        (b"[camera]\n# \xff", "cannot be read"),
    ],
)
def test_a_wrong_file_is_told_in_one_sentence(tmp_path: Path, text: str | bytes, words: str) -> None:
    assert words in refusal(written(tmp_path, text))


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    assert "cannot be read" in refusal(tmp_path / "settings.toml")


def test_a_file_saved_by_an_editor_that_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, b"\xef\xbb\xbf[camera]\nrate_hz = 2\n")).camera.rate_hz == 2.0


def test_what_is_shown_is_a_settings_file_that_gives_the_same(tmp_path: Path) -> None:
    changed = {"camera": {"rate_hz": 2.5}, "alerts": {"dwell_s": 60, "dose_warning": False}, "notice": {"bell": True}}
    changed["desktop"] = {"cameras": {"At home": 'rtsp://me:"x"@host/1', "Desk": "Side camera"}}
    for settings in (Settings(), Settings.model_validate(changed)):
        text = settings_toml(settings)
        assert load_settings(written(tmp_path, text)) == settings
        lines = [line for line in text.splitlines() if " = " in line]
        assert len(lines) == len(EVERY_KEY)
        assert all("  # " in line for line in lines)
        assert list(tomllib.loads(text)) == list(Settings.model_fields)


def test_reading_makes_nothing(tmp_path: Path) -> None:
    load_settings(tmp_path / "below" / "settings.toml")
    assert list(tmp_path.iterdir()) == []


WITH_PASSWORD = Settings(desktop=DesktopSettings(source="rtsp://me:secret@192.168.1.20/stream"))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.parametrize("before", [None, 0o600, 0o644])
def test_what_may_hold_a_password_is_readable_by_its_user_only(tmp_path: Path, before: int | None) -> None:
    path = tmp_path / "settings.toml"
    if before is not None:
        path.touch()
        path.chmod(before)
    mask = os.umask(0o022)
    try:
        for settings in (WITH_PASSWORD, Settings()):
            save_settings(path, settings)
            assert path.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(mask)


def test_settings_are_kept_where_there_are_no_rights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def chmod(path: Path, mode: int) -> None:
        if path.name == "settings.toml":
            raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", chmod)
    save_settings(tmp_path / "settings.toml", WITH_PASSWORD)
    assert load_settings(tmp_path / "settings.toml") == WITH_PASSWORD
