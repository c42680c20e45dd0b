"""The desk before a sitter, and what stands on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bench.accuracy.materials import Kind, Materials
from bench.accuracy.mesh import Mesh, box, cushion, join, tube
from bench.accuracy.place import Place


@dataclass(frozen=True)
class Desk:
    """One desk. Lengths in metres.

    Attributes:
        depth, half: from the edge forward, and half its length across.
        thick: of the top.
        panel_legs: legs as panels, which hide what is behind them, instead of bars.
        laptop: a laptop instead of a screen.
        screen_back: where the screen stands, from the edge.
        colour: of the top.
    """

    depth: float
    half: float
    thick: float
    panel_legs: bool
    laptop: bool
    screen_back: float
    colour: tuple[float, float, float]


def draw_desk(rng: np.random.Generator) -> Desk:
    """Some desk."""
    tops = ((0.66, 0.50, 0.33), (0.88, 0.88, 0.86), (0.35, 0.25, 0.18), (0.20, 0.20, 0.21), (0.78, 0.68, 0.52))
    return Desk(
        depth=float(rng.uniform(0.6, 0.8)),
        half=float(rng.uniform(0.38, 0.70)),
        thick=float(rng.uniform(0.02, 0.04)),
        panel_legs=bool(rng.random() < 0.1),
        laptop=bool(rng.random() < 0.3),
        screen_back=float(rng.uniform(0.42, 0.58)),
        colour=tops[int(rng.integers(len(tops)))],
    )


def build_desk(desk: Desk, place: Place, materials: Materials, rng: np.random.Generator) -> Mesh:
    """The desk at a place."""
    wood = materials.add(Kind.WOOD, desk.colour, np.array(desk.colour) * 0.86, 0.25)
    steel = materials.add(Kind.PLAIN, (0.28, 0.28, 0.30), gloss=0.6)
    dark = materials.add(Kind.PLAIN, (0.07, 0.07, 0.08), gloss=0.7)
    glow = materials.add(Kind.PICTURE, (0.75, 0.80, 0.88), (0.35, 0.45, 0.60), 0.07)
    mug = materials.add(Kind.PLAIN, rng.uniform(0.15, 0.85, 3), gloss=0.5)
    top, edge = place.desk_m, place.desk_edge_m
    middle = edge + desk.depth / 2
    parts = [box((middle, 0, top - desk.thick / 2), (desk.depth, 2 * desk.half, desk.thick), wood)]
    for y in (-desk.half + 0.05, desk.half - 0.05):
        if desk.panel_legs:
            parts.append(
                box((middle + 0.1, y, (top - desk.thick) / 2), (desk.depth - 0.25, 0.025, top - desk.thick), wood)
            )
        else:
            for x in (edge + 0.2, edge + desk.depth - 0.06):
                parts.append(box((x, y, (top - desk.thick) / 2), (0.05, 0.05, top - desk.thick), steel))
    if desk.laptop:
        x = edge + 0.34
        parts.append(box((x - 0.1, 0, top + 0.009), (0.23, 0.33, 0.018), steel))
        parts.append(box((x + 0.06, 0, top + 0.12), (0.012, 0.33, 0.22), dark))
        parts.append(box((x + 0.052, 0, top + 0.12), (0.004, 0.31, 0.20), glow))
    else:
        x = edge + desk.screen_back
        parts.append(box((x, 0, top + 0.012), (0.20, 0.24, 0.02), dark))
        parts.append(box((x + 0.03, 0, top + 0.16), (0.03, 0.06, 0.30), dark))
        parts.append(box((x, 0, top + 0.33), (0.035, 0.56, 0.34), dark))
        parts.append(box((x - 0.019, 0, top + 0.33), (0.004, 0.53, 0.31), glow))
        parts.append(box((edge + 0.20, 0, top + 0.01), (0.14, 0.42, 0.018), dark))
    parts.append(cushion((edge + 0.13, -0.30, top + 0.012), (0.10, 0.06, 0.03), dark, 0.8))
    where = float(rng.uniform(0.22, min(desk.half - 0.08, 0.5))) * (1 if rng.random() < 0.5 else -1)
    parts.append(tube((edge + 0.3, where, top), (edge + 0.3, where, top + 0.1), 0.04, mug))
    return join(parts)


def foot_rest(rise_m: float, ankle_x_m: float, row: int) -> Mesh:
    """A block under feet that are off the floor by ``rise_m``."""
    return box((ankle_x_m + 0.07, 0.0, rise_m / 2), (0.32, 0.46, rise_m), row)
