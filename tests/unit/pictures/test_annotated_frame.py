from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pictures_helpers import HIP, JOINTS, TRUNK_PX, grey, nobody, profile, said, seen

from models.pose import ImageArray
from monitor.judgement.assessment import Assessment, State
from monitor.judgement.observation import person_frame
from monitor.pictures.annotate import STATE_BGR, annotate
from monitor.posture.contour import BackContour


def changed(before: ImageArray, after: ImageArray) -> ImageArray:
    return (np.abs(after.astype(int) - before).max(axis=2) > 20).astype(np.uint8)


def share_of(colour: tuple[int, int, int], picture: ImageArray) -> float:
    return float((np.abs(picture.astype(int) - colour).max(axis=2) < 12).mean())


def test_a_drawn_copy_of_the_same_size_and_the_frame_itself_untouched() -> None:
    frame = grey()
    drawn = annotate(frame, seen(), said(), profile())
    assert drawn.shape == frame.shape
    assert drawn.dtype == np.uint8
    assert (frame == 120).all()
    for x, y in JOINTS.values():
        assert changed(frame, drawn)[y - 5 : y + 6, x - 5 : x + 6].any()


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_own_colour_in_the_picture(state: State) -> None:
    drawn = annotate(grey(), nobody(), Assessment(0.0, state), profile())
    shares = {other: share_of(colour, drawn) for other, colour in STATE_BGR.items()}
    assert shares[state] > 0
    assert shares[state] == max(shares.values())


def test_without_a_person_only_the_caption_is_drawn() -> None:
    drawn = annotate(grey(), nobody(), Assessment(0.0, State.AWAY), profile())
    assert changed(grey(), drawn).any()
    assert not changed(grey(), drawn)[:400].any()
    assert not changed(grey(), drawn)[:, 400:].any()


def test_no_dial_while_the_tilt_is_not_known() -> None:
    known = annotate(grey(), seen(), said(State.TIPPED), profile())
    unknown = annotate(grey(), seen(), Assessment(0.0, State.UNKNOWN, "your knee is hidden"), profile())
    behind = (slice(200, 290), slice(250, 310))
    assert changed(grey(), known)[behind].any()
    assert not changed(grey(), unknown)[behind].any()


@pytest.mark.parametrize("facing", [1, -1])
def test_the_dial_turns_back_away_from_where_the_person_looks(facing: int) -> None:
    drawn = annotate(grey(), replace(seen(), pose=seen().pose), said(tilt_deg=30.0), profile(facing))
    reach = round(0.62 * TRUNK_PX * 0.5)
    rows = slice(HIP[1] - round(0.6 * TRUNK_PX), HIP[1] - 20)
    behind = slice(HIP[0] - reach, HIP[0] - 12) if facing > 0 else slice(HIP[0] + 12, HIP[0] + reach)
    ahead = slice(HIP[0] + 12, HIP[0] + reach) if facing > 0 else slice(HIP[0] - reach, HIP[0] - 12)
    assert changed(grey(), drawn)[rows, behind].sum() > 200
    assert not changed(grey(), drawn)[rows, ahead].any()


def test_the_back_edge_is_drawn_where_it_was_found() -> None:
    rows = np.linspace(290.0, 180.0, 60)
    frame = profile()
    picture = np.column_stack([np.full(60, 270.0), rows])
    points = person_frame(frame).to_person(picture, 640, 480)
    points[:20] = np.nan
    contour = BackContour(np.linspace(0, 1, 60), points, np.ones(60), TRUNK_PX)
    drawn = annotate(grey(), replace(seen(), contour=contour), Assessment(0.0, State.UNKNOWN), frame)
    line = changed(grey(), drawn)[:, 268:273].any(axis=1)
    assert line[182:250].all()
    assert not line[262:295].any()


@pytest.mark.parametrize("size", [(320, 240), (1280, 720), (1920, 1080)])
def test_pictures_of_other_sizes(size: tuple[int, int]) -> None:
    drawn = annotate(grey(*size), seen(), said(), profile())
    assert drawn.shape == (size[1], size[0], 3)
    assert changed(grey(*size), drawn).any()
