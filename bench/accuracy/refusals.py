"""Moments in which nobody can tell the tilt: standing, a second person, hips out of sight."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from bench.accuracy.mesh import Mesh, box
from bench.accuracy.outfits import Paints, draw_outfit
from bench.accuracy.people import draw_habit, people
from bench.accuracy.posture import Hand, Posture, neutral
from bench.accuracy.setup import Setup, rig_of
from bench.accuracy.sitter import Sitter
from bench.accuracy.turning import yaw
from bench.accuracy.wardrobe import Wardrobe

PUSHED_BACK_M: Final = 0.55
"""So far the chair goes back when somebody gets up."""

NO_SEAT: Final = (9.0, 9.0, 0.0)
"""What carries somebody who stands: nothing."""


_DOWN: Final[Hand] = (("down", 1.0),)


def upright_on_feet(posture: Posture) -> Posture:
    """Standing at ease: the pelvis as in the rest pose, the arms down."""
    return replace(posture, tilt=0.0, lean=1.0, thoracic=2.0, crossed=0.0, raise_legs=0.0, left=_DOWN, right=_DOWN)


def visitor(setup: Setup, sitter: Sitter, paints: Paints, bodies: Path | None) -> tuple[Mesh, ...]:
    """Somebody else of the same split who stands behind the sitter, half hidden by them.

    Args:
        setup: the sitting.
        sitter: whose place it is.
        paints: colours of the sitter; the visitor wears them the other way round.
        bodies: folder of baked bodies.
    """
    rng = setup.rng("visitor")
    others = [person for person in people(setup.split) if person.name != setup.person.name]
    person = others[int(rng.integers(len(others)))]
    swapped = replace(paints, top=paints.trousers, trousers=paints.shoes)
    rig = rig_of(person, bodies)
    habit = draw_habit(rng)
    guest = Sitter(rig, habit, "flat", 0.0, 0.0, 0.0)
    seated = guest.stand(upright_on_feet(neutral(habit)), 0.0)
    dressed = Wardrobe(rig, draw_outfit(rng, person.female), swapped).dress(seated, sitter.place, NO_SEAT)
    turn = yaw(float(rng.uniform(-40.0, 40.0)))
    at = np.array([float(rng.uniform(-0.75, -0.45)), -setup.side * float(rng.uniform(0.35, 0.55)), 0.0])
    return tuple(mesh.moved(turn, at) for mesh in (dressed.skin, *dressed.extras))


def screen(setup: Setup, sitter: Sitter, row: int) -> Mesh:
    """A low cupboard beside the chair that hides the hips from the camera."""
    high = sitter.place.seat_m + 0.30
    return box((0.05, setup.side * 0.52, high / 2), (0.62, 0.34, high), row)
