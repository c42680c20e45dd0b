"""What several commands need: the data folder, the settings with what was typed on top, the pose model, a last word."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from models.pose import PoseEstimator
from monitor.capture.frame import FrameSource
from monitor.folder import DataFolder, data_folder
from monitor.settings import Settings, load_settings


@dataclass(frozen=True)
class Context:
    """Where things are kept and all numbers in force."""

    folder: DataFolder
    settings: Settings


def make_context(data_dir: Path | None, *, dwell_s: float | None = None, rate_hz: float | None = None) -> Context:
    """The folder and the settings; ``dwell_s`` and ``rate_hz`` as typed take the place of the settings'.

    Raises:
        SettingsError: the settings file is wrong.
    """
    folder = data_folder(data_dir)
    settings = load_settings(folder.settings)
    if dwell_s is not None:
        settings = settings.model_copy(update={"alerts": settings.alerts.model_copy(update={"dwell_s": dwell_s})})
    if rate_hz is not None:
        settings = settings.model_copy(update={"camera": settings.camera.model_copy(update={"rate_hz": rate_hz})})
    return Context(folder, settings)


def open_frames(spec: str, settings: Settings) -> FrameSource:
    """The source of frames that the user named.

    Raises:
        CameraError: it cannot be opened.
    """
    from monitor.capture.opening import open_source

    return open_source(spec, folder_rate_hz=settings.camera.folder_rate_hz)


@contextmanager
def pose_model(console: Console) -> Iterator[PoseEstimator]:
    """The pose model, loaded with a word to the user, and closed at the end.

    Raises:
        ModelError: it is missing, damaged or does not start.
    """
    from monitor.loop import open_estimator

    with console.status("Loading the pose model…"):
        estimator = open_estimator()
    with closing(estimator):
        yield estimator


def say(console: Console, as_json: bool, told: object, words: str) -> None:
    """Say what was done: in words, or what there is to tell of it as JSON."""
    if as_json:
        print_json(console, told)
    else:
        console.print(words, highlight=False, soft_wrap=True)


def print_json(console: Console, told: object) -> None:
    """Print something as JSON; letters that the output cannot show are escaped, so that none is lost."""
    console.print_json(json.dumps(told), ensure_ascii=not console.encoding.startswith("utf"))
