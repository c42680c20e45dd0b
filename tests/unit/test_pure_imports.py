"""The pure parts load no device, window, database or plotting library, tried in a fresh interpreter."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
DEVICES = {"cv2", "mediapipe", "PySide6", "matplotlib"}
PURE_PACKAGES = ("monitor.posture", "monitor.judgement", "monitor.alerts", "calibration")
PURE_MODULES = ("models.pose", "models.measures", "models.changes", "models.network", "models.tilt")
LIST_LOADED = "import json, sys, {names}; print(json.dumps([m.split('.')[0] for m in sys.modules]))"


def modules_of(package: str) -> list[str]:
    folder = PROJECT.joinpath(*package.split("."))
    return [package, *(f"{package}.{m.name}" for m in pkgutil.iter_modules([str(folder)]))]


def loaded_by(*names: str) -> set[str]:
    """Top-level modules in a fresh interpreter that imported the named ones."""
    command = [sys.executable, "-c", LIST_LOADED.format(names=", ".join(names))]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("package", PURE_PACKAGES)
def test_a_pure_package_loads_no_device_library(package: str) -> None:
    modules = modules_of(package)
    assert len(modules) > 3
    assert loaded_by(*modules) & (DEVICES | {"sqlite3"}) == set()


def test_the_pure_modules_of_the_models_load_no_device_library() -> None:
    assert loaded_by(*PURE_MODULES) & (DEVICES | {"sqlite3"}) == set()


def test_the_commands_can_be_listed_without_loading_a_device_library() -> None:
    assert loaded_by("monitor.cli") & DEVICES == set()


def test_the_check_itself_sees_what_is_loaded() -> None:
    assert "sqlite3" in loaded_by("sqlite3")
