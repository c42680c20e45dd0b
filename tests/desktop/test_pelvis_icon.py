from __future__ import annotations

import numpy as np
import pytest
from desk_fakes import reading
from PySide6.QtGui import QColor, QImage, QPixmap
from pytestqt.qtbot import QtBot

from monitor.desktop.look import ACCENT, ACCENT_ON_DARK, STATE_COLOURS, contrast
from monitor.desktop.pelvis_icon import pelvis_icon, pelvis_pixmap
from monitor.desktop.status import Kind, Status
from monitor.judgement.assessment import State

GREEN = QColor("#2c8a57")


def opaque(pixmap: QPixmap) -> np.ndarray:
    image = pixmap.toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return data[..., 3] > 100


def centre(shape: np.ndarray) -> np.ndarray:
    return np.argwhere(shape).mean(axis=0)


@pytest.mark.parametrize("state", list(State))
def test_every_shade_is_told_apart_from_light_and_dark_panels(state: State) -> None:
    for ground in ("white", "#f0f0f0", "#202020", "#000000"):
        assert contrast(STATE_COLOURS[state], QColor(ground)) >= 3.0


def test_text_in_the_accent_colour_can_be_read() -> None:
    assert contrast(ACCENT, QColor("white")) >= 4.5
    assert contrast(ACCENT_ON_DARK, QColor("#202020")) >= 4.5
    assert contrast(STATE_COLOURS[State.TIPPED].darker(115), QColor("white")) >= 4.5


def test_at_16_px_the_pelvis_fills_the_icon_and_rolls_back(qtbot: QtBot) -> None:
    neutral, half, slump = (opaque(pelvis_pixmap(16, "solid", pct, GREEN)) for pct in (0, 50, 100))
    assert neutral.sum() > 60
    assert (neutral != half).sum() >= 20
    assert (half != slump).sum() >= 20
    columns = [np.argwhere(shape[:6]).mean(axis=0)[1] for shape in (neutral, slump)]
    assert columns[1] > columns[0]  # the front rises as the sacrum sinks back


def test_states_differ_by_more_than_colour(qtbot: QtBot) -> None:
    shapes = {
        "upright": Status(Kind.WATCHING, reading=reading()),
        "tipped": Status(Kind.WATCHING, reading=reading(State.TIPPED, 80.0)),
        "unknown": Status(Kind.WATCHING, reading=reading(State.UNKNOWN, float("nan"), reason="front view")),
        "away": Status(Kind.WATCHING, reading=reading(State.AWAY, float("nan"))),
        "paused": Status(Kind.PAUSED),
    }
    drawn = {name: opaque(pelvis_icon(status).pixmap(16, 16)) for name, status in shapes.items()}
    names = list(drawn)
    for i, one in enumerate(names):
        for other in names[i + 1 :]:
            assert (drawn[one] != drawn[other]).sum() >= 8, (one, other)


def test_an_unknown_tilt_is_drawn_still(qtbot: QtBot) -> None:
    lent = pelvis_icon(Status(Kind.LENT, "the calibration has the camera")).pixmap(32, 32)
    off = pelvis_icon(Status(Kind.OFF, "locked")).pixmap(32, 32)
    assert (opaque(lent) == opaque(off)).all()


@pytest.mark.parametrize("kind", [Kind.LOST, Kind.TROUBLE, Kind.SETUP])
def test_what_asks_for_the_user_looks_otherwise_than_a_rest(qtbot: QtBot, kind: Kind) -> None:
    off = pelvis_icon(Status(Kind.OFF, "locked")).pixmap(16, 16)
    assert (opaque(pelvis_icon(Status(kind)).pixmap(16, 16)) != opaque(off)).sum() >= 8
