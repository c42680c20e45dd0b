from __future__ import annotations

import warnings
from pathlib import Path

import cv2
import numpy as np
import pytest
from pictures_helpers import grey, said

from monitor.errors import OutputError
from monitor.judgement.assessment import Assessment, State
from monitor.pictures.annotate import STATE_BGR
from monitor.pictures.chart import save_chart

STATES = (State.UPRIGHT, State.TIPPED, State.LEANING, State.RECLINED, State.STANDING)
DAY = [
    *(said(state, 4.0 * number, 60.0 * number) for number, state in enumerate(STATES)),
    Assessment(300.0, State.AWAY),
    Assessment(360.0, State.UNKNOWN, "your knee is hidden"),
]


def chart(path: Path, *args: object, **more: object) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # what matplotlib would write to the terminal
        save_chart(path, *args, **more)  # type: ignore[arg-type]
    picture = cv2.imread(str(path))
    assert picture is not None
    return picture


def shows(picture: np.ndarray, state: State) -> bool:
    return bool((np.abs(picture.astype(int) - STATE_BGR[state]).max(axis=2) < 6).sum() > 50)


def test_the_chart_shows_each_state_in_its_colour(tmp_path: Path) -> None:
    picture = chart(tmp_path / "chart.png", "a day", DAY, [60.0])
    assert picture.shape == (504, 1320, 3)
    assert all(shows(picture, a.state) for a in DAY)
    assert not shows(chart(tmp_path / "calm.png", "a day", DAY[:1] * 2), State.TIPPED)


def test_a_warning_is_a_line_in_it(tmp_path: Path) -> None:
    calm = [said(State.UPRIGHT, 3.0, float(second)) for second in range(60)]
    assert not shows(chart(tmp_path / "chart.png", "a day", calm), State.TIPPED)
    assert shows(chart(tmp_path / "chart.png", "a day", calm, [30.0]), State.TIPPED)


def test_pictures_stand_above_it(tmp_path: Path) -> None:
    pictures = [("at 1 min", grey()), ("costs $5, or $6", np.full((480, 640, 3), (0, 0, 255), np.uint8))]
    picture = chart(tmp_path / "chart.png", "a day", DAY, (), pictures)
    assert picture.shape == (864, 1320, 3)
    assert ((picture == (0, 0, 255)).all(axis=2)).mean() > 0.05


@pytest.mark.parametrize("title", ["$x_$ and $\\frac$.mp4", "clip_[1]^2.mp4", "100 %"])
def test_any_file_name_can_be_the_title(tmp_path: Path, title: str) -> None:
    assert chart(tmp_path / "chart.png", title, DAY).std() > 5


@pytest.mark.parametrize("day", [DAY[:1], DAY[5:6], DAY[6:]], ids=["one frame", "nobody", "nothing known"])
def test_days_with_little_in_them(tmp_path: Path, day: list[Assessment]) -> None:
    assert chart(tmp_path / "chart.png", "a day", day).std() > 2


@pytest.mark.parametrize("name", ["no/chart.png", "chart.xyz", "folder"])
def test_a_chart_that_cannot_be_written_keeps_what_was_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "chart.xyz").write_text("old")
    with pytest.raises(OutputError, match="cannot be written"):
        save_chart(tmp_path / name, "a day", DAY)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chart.xyz", "folder"]
    assert (tmp_path / "chart.xyz").read_text() == "old"
