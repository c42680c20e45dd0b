from __future__ import annotations

import sys
from pathlib import Path

import pytest
from replay_helpers import OFFICE, ROOT, Replay, replay

sys.path.append(str(ROOT / "tests" / "unit" / "capture"))  # its camera on 127.0.0.1 serves here as well


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    return replay(OFFICE, ROOT / "tests/data/office.json", tmp_path_factory.mktemp("office"), with_video=True)


@pytest.fixture(scope="session")
def stool(tmp_path_factory: pytest.TempPathFactory) -> Replay:
    data = ROOT / "tests" / "data"
    return replay(data / "stool.mp4", data / "stool.json", tmp_path_factory.mktemp("stool"))


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that the command line works in."""
    return tmp_path_factory.mktemp("data")
