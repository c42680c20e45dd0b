"""Live advice on where the camera stands and what it sees, before a calibration. Pure: time is an argument."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

import numpy as np

from calibration.stretch import (
    FRONTAL_YAW_DEG,
    MIN_BRIGHTNESS,
    MIN_SEEN,
    MIN_TRUNK_PX,
    Sample,
    view_problem,
)
from models.measures import Measures
from models.tilt import contour_usable

WINDOW_S: Final = 1.5
"""Numbers are medians, and advice is voted on, over the looks of so long."""
HOLD_S: Final = 1.0
"""An advice shows once it has held for so long, and goes once it was absent for so long."""
MAX_SHOWN: Final = 2
HINT_YAW_DEG: Final = 15.0
"""From here on it is said which way to turn the camera; calibration is refused from twice as much on."""
MAX_BRIGHTNESS: Final = 225.0
SIZE_PCT: Final = (20.0, 50.0)
"""A trunk shorter or longer than this, in % of the picture's height, is too far or too near."""
BORDER: Final = 0.02
"""A part of the body so near to the picture's border, in picture heights, counts as cut off."""
MIN_LOW_BACK: Final = 0.5
MIN_HIGH_BACK: Final = 0.5


class Advice(StrEnum):
    """What to change, the most basic first."""

    NOBODY = "nobody"
    TOO_DARK = "too dark"
    TOO_BRIGHT = "too bright"
    FRONT_VIEW = "front view"
    CUT_OFF = "cut off"
    TOO_FAR = "too far"
    HEAD_HIDDEN = "head hidden"
    HIP_HIDDEN = "hip hidden"
    KNEE_HIDDEN = "knee hidden"
    TURN_TO_BACK = "turn to back"
    TURN_TO_FRONT = "turn to front"
    TOO_NEAR = "too near"
    BACK_UNCLEAR = "back unclear"


ADVICE_WORDS: Final = {
    Advice.NOBODY: "Nobody is found in the picture: sit in your usual place and point the camera at your side.",
    Advice.TOO_DARK: "It is too dark: switch on a light that falls on you, or move the camera.",
    Advice.TOO_BRIGHT: "The picture is too bright: turn the camera away from window or lamp, or draw a curtain.",
    Advice.FRONT_VIEW: "The camera does not see you from the side: put it square to your side.",
    Advice.CUT_OFF: "A part of you is at the border of the picture: move the camera back or turn it until head, hips "
    "and knees are well inside.",
    Advice.TOO_FAR: "You are small in the picture: bring the camera nearer, to 1.5 to 2.5 m.",
    Advice.HEAD_HIDDEN: "Your head or shoulder is hidden: move the camera, or what is before it, until both are seen.",
    Advice.HIP_HIDDEN: "Your hip is hidden: lower or swing away the armrest, or raise the camera a little.",
    Advice.KNEE_HIDDEN: "Your knee is hidden: lower the camera or move it aside until it sees below the table.",
    Advice.TURN_TO_BACK: "The camera stands too far towards your front: move it towards your back until it is square "
    "to your side.",
    Advice.TURN_TO_FRONT: "The camera stands too far towards your back: move it towards your front until it is square "
    "to your side.",
    Advice.TOO_NEAR: "You nearly fill the picture: move the camera back, to 1.5 to 2.5 m.",
    Advice.BACK_UNCLEAR: "The edge of your back is not clear: wear a plainer, tighter top, keep the chair back clear "
    "of you, or change what is behind you.",
}
"""One sentence each, with what to do."""

BLOCKING: Final = frozenset(
    {Advice.NOBODY, Advice.TOO_DARK, Advice.FRONT_VIEW, Advice.CUT_OFF, Advice.HEAD_HIDDEN, Advice.KNEE_HIDDEN}
)
"""With one of these a placement is never fine. Others are hints; the limits of a calibration hold beside them."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one frame shows of the placement.

    Attributes:
        measures: of the person; all NaN when nobody was found.
        brightness: mean grey of the picture, 0 to 255.
        height_px: of the picture.
        person: whether somebody was found.
        cut_off: whether the near ear, shoulder, hip or knee lies outside the picture or close to its border.
        frontal: whether even the guessed landmarks look as from the front, for when the hips are not seen.
        hip_seen, shoulder_seen, knee_seen, head_seen: whether the near landmark is visible.
        low_back: share of the rays to the lowest part of the back (up to 22 % of the trunk) that show its edge, 0 to 1;
            NaN when it was not looked for.
        high_back: the same for the part above.
    """

    measures: Measures
    brightness: float
    height_px: int
    person: bool = True
    cut_off: bool = False
    frontal: bool = False
    hip_seen: bool = True
    shoulder_seen: bool = True
    knee_seen: bool = True
    head_seen: bool = True
    low_back: float = math.nan
    high_back: float = math.nan


@dataclass(frozen=True, slots=True)
class PlacementMoment:
    """What to say about the placement at one step.

    Attributes:
        advice: what to change, the most basic first, at most two.
        ok: a calibration would be accepted as far as light, size, direction and hidden parts go. Hints may still show.
        ok_for_s: for how long that has been so without a break; 0 when it is not.
        yaw_deg: view yaw, camera towards the person's front positive, 0 square to the side; NaN when not known.
        size_pct: length of the trunk in % of the picture's height; NaN when not known.
    """

    advice: tuple[Advice, ...]
    ok: bool
    ok_for_s: float
    yaw_deg: float
    size_pct: float

    def words(self, advice: Advice) -> str:
        """The sentence of an advice, with the degrees of the turn where they are known."""
        words = ADVICE_WORDS[advice]
        if advice in (Advice.TURN_TO_BACK, Advice.TURN_TO_FRONT) and math.isfinite(self.yaw_deg):
            return words.replace("too far", f"about {max(5, 5 * round(abs(self.yaw_deg) / 5))} degrees too far")
        return words


@dataclass(frozen=True, slots=True)
class _Voiced:
    """One advice that is shown or about to be: since when it is raised or dropped, NaN when it is not changing."""

    shown: bool
    changing_since_s: float


@dataclass(frozen=True, slots=True)
class PlacementState:
    """What is remembered between steps: the looks of the last 1.5 s, what shows or changes, and since when it is ok."""

    looks: tuple[tuple[float, Look], ...] = ()
    voiced: tuple[tuple[Advice, _Voiced], ...] = field(default=())
    ok_since_s: float = math.nan


def step(state: PlacementState, t_s: float, look: Look) -> tuple[PlacementState, PlacementMoment]:
    """Take in one look; a new `PlacementState` begins.

    Args:
        state: what the step before gave.
        t_s: time of the frame in seconds, growing.
        look: what it shows.
    """
    looks = (*((t, each) for t, each in state.looks if t_s - t <= WINDOW_S), (t_s, look))
    seen = [each for _, each in looks]
    raised = _raised(seen)
    voiced = _voiced(dict(state.voiced), raised, t_s)
    shown = tuple(a for a in Advice if a in voiced and voiced[a].shown)
    fine = not (BLOCKING & (raised | set(shown))) and not view_problem("placement", [_sample(each) for each in seen])
    since_s = t_s if fine and (math.isnan(state.ok_since_s) or len(looks) == 1) else state.ok_since_s
    state = PlacementState(looks, tuple(voiced.items()), since_s if fine else math.nan)
    ok = fine and t_s - since_s >= HOLD_S
    moment = PlacementMoment(
        advice=shown[:MAX_SHOWN],
        ok=ok,
        ok_for_s=t_s - since_s if ok else 0.0,
        yaw_deg=_median(each.measures.view_yaw_deg for each in seen),
        size_pct=_median(_size_pct(each) for each in seen),
    )
    return state, moment


def advise(look: Look) -> frozenset[Advice]:
    """Everything that one look by itself asks for."""
    light = {Advice.TOO_DARK} if look.brightness < MIN_BRIGHTNESS else set()
    if look.brightness > MAX_BRIGHTNESS:
        light.add(Advice.TOO_BRIGHT)
    if not look.person:
        return frozenset(light | {Advice.NOBODY})
    return frozenset(light | _hidden(look) | _view(look) | _back(look))


def _hidden(look: Look) -> set[Advice]:
    if look.cut_off:
        return {Advice.CUT_OFF}
    seen = {
        Advice.HEAD_HIDDEN: look.head_seen and look.shoulder_seen,
        Advice.HIP_HIDDEN: look.hip_seen,
        Advice.KNEE_HIDDEN: look.knee_seen,
    }
    return {advice for advice, visible in seen.items() if not visible}


def _view(look: Look) -> set[Advice]:
    advice = set()
    yaw_deg, size_pct = look.measures.view_yaw_deg, _size_pct(look)
    if abs(yaw_deg) > FRONTAL_YAW_DEG or (look.frontal and math.isnan(yaw_deg)):
        return {Advice.FRONT_VIEW}
    if abs(yaw_deg) >= HINT_YAW_DEG:
        advice.add(Advice.TURN_TO_BACK if yaw_deg > 0 else Advice.TURN_TO_FRONT)
    if size_pct < SIZE_PCT[0] or look.measures.trunk_px < MIN_TRUNK_PX:
        advice.add(Advice.TOO_FAR)
    elif size_pct > SIZE_PCT[1]:
        advice.add(Advice.TOO_NEAR)
    return advice


def _back(look: Look) -> set[Advice]:
    """Only where hip and shoulder are seen: without them nobody looks for the edge of the back."""
    if math.isnan(look.measures.trunk_px):
        return set()
    if look.low_back < MIN_LOW_BACK and look.high_back >= MIN_HIGH_BACK:
        return {Advice.HIP_HIDDEN}
    return set() if contour_usable(look.measures) else {Advice.BACK_UNCLEAR}


def _raised(looks: list[Look]) -> set[Advice]:
    """Advice that enough looks of the window ask for: half of them; for hidden parts what a calibration stops at."""
    each = [advise(look) for look in looks]
    share = {advice: sum(advice in one for one in each) / len(each) for advice in Advice}
    hidden = {Advice.NOBODY, Advice.CUT_OFF, Advice.HEAD_HIDDEN, Advice.HIP_HIDDEN, Advice.KNEE_HIDDEN}
    return {a for a, s in share.items() if s > (1.0 - MIN_SEEN if a in hidden else 0.5)}


def _voiced(before: dict[Advice, _Voiced], raised: set[Advice], t_s: float) -> dict[Advice, _Voiced]:
    after = {}
    for advice in Advice:
        now = before.get(advice, _Voiced(False, math.nan))
        if (advice in raised) == now.shown:
            now = replace(now, changing_since_s=math.nan)
        elif math.isnan(now.changing_since_s):
            now = replace(now, changing_since_s=t_s)
        elif t_s - now.changing_since_s >= HOLD_S:
            now = _Voiced(not now.shown, math.nan)
        if now.shown or math.isfinite(now.changing_since_s):
            after[advice] = now
    return after


def _sample(look: Look) -> Sample:
    return Sample(look.measures, look.brightness)


def _size_pct(look: Look) -> float:
    return 100.0 * look.measures.trunk_px / look.height_px


def _median(values: Iterable[float]) -> float:
    known = [v for v in values if math.isfinite(v)]
    return float(np.median(known)) if known else math.nan
