from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from review_fakes import DAYS, NOW, Keeper, settle

from bench.made_log import make_log
from monitor.desktop.review.window import ReviewWindow


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "tilt.sqlite"
    make_log(path, DAYS, hours=0.5, seat_of=lambda day: "chair" if day < DAYS[2] else "cushion")
    return path


@pytest.fixture
def keeper(tmp_path: Path, made: Path) -> Keeper:
    path = tmp_path / "tilt.sqlite"
    path.write_bytes(made.read_bytes())
    return Keeper(path)


@pytest.fixture
def window(qtbot: QtBot, keeper: Keeper) -> Iterator[ReviewWindow]:
    made = ReviewWindow(keeper, lambda: NOW)
    qtbot.addWidget(made)
    made.resize(1180, 760)
    made.show()
    settle(qtbot, made)
    yield made
    made.close()
