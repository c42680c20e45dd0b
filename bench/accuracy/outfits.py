"""What sitters wear: the choice. How it hangs is in `wardrobe`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from bench.accuracy.materials import Kind, Materials

Top = Literal["tight", "shirt", "loose", "cardigan"]
HairStyle = Literal["bald", "short", "bun", "long"]
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Outfit:
    """Clothes and hair of one sitter.

    Attributes:
        top: how the upper part fits; a cardigan hangs open behind and has a tail.
        sleeve: share of the arm it covers; 0.3 half the upper arm, 0.95 to the wrist.
        hem_m: height of the top's lower end over the hips.
        trousers_m: how far the trousers stand off.
        seed: of the folds.
        hair: what is on the head.
        hair_m: length of long hair below the ears.
    """

    top: Top
    sleeve: float
    hem_m: float
    trousers_m: float
    seed: int
    hair: HairStyle
    hair_m: float


@dataclass(frozen=True)
class Paints:
    """Rows of the table of materials for a dressed body."""

    skin: int
    top: int
    trousers: int
    shoes: int
    hair: int
    eyes: int
    lips: int


_SKINS: Final = ((0.93, 0.78, 0.68), (0.87, 0.69, 0.56), (0.76, 0.57, 0.43), (0.55, 0.38, 0.28), (0.38, 0.26, 0.20))
_HAIRS: Final = ((0.10, 0.08, 0.07), (0.25, 0.16, 0.10), (0.45, 0.31, 0.18), (0.70, 0.56, 0.33), (0.62, 0.62, 0.62))
_TOPS: Final = (
    (0.75, 0.15, 0.17), (0.17, 0.32, 0.55), (0.13, 0.13, 0.14), (0.88, 0.88, 0.86), (0.20, 0.45, 0.30),
    (0.55, 0.55, 0.58), (0.80, 0.60, 0.20), (0.45, 0.25, 0.50), (0.62, 0.72, 0.82), (0.72, 0.66, 0.56),
)  # fmt: skip
_TROUSERS: Final = ((0.20, 0.25, 0.36), (0.12, 0.12, 0.13), (0.55, 0.50, 0.40), (0.38, 0.38, 0.40), (0.45, 0.33, 0.25))


def draw_outfit(rng: np.random.Generator, female: float, top: Top | None = None) -> Outfit:
    """Somebody's clothes and hair; ``top`` fixes how the upper part fits."""
    tops: tuple[Top, ...] = ("tight", "shirt", "loose", "cardigan")
    chosen = top if top is not None else tops[int(rng.choice(4, p=[0.35, 0.25, 0.25, 0.15]))]
    long = rng.random() < (0.5 if female > 0.5 else 0.06)
    styles: tuple[HairStyle, ...] = ("short", "bun") if female > 0.5 else ("short", "bald")
    style: HairStyle = "long" if long else styles[int(rng.random() < 0.3)]
    return Outfit(
        top=chosen,
        sleeve=0.95 if chosen == "cardigan" or rng.random() < 0.45 else float(rng.uniform(0.22, 0.34)),
        hem_m=float(rng.uniform(-0.02, 0.06)),
        trousers_m=float(rng.choice([0.004, 0.010, 0.018])),
        seed=int(rng.integers(1 << 30)),
        hair=style,
        hair_m=float(rng.uniform(0.18, 0.42)),
    )


def paint_outfit(rng: np.random.Generator, materials: Materials, like: Colour | None = None) -> Paints:
    """Colours for an outfit; ``like`` makes the top almost that colour, such as the one behind it."""

    def pick(table: tuple[Colour, ...]) -> np.ndarray:
        return np.clip(np.array(table[rng.integers(len(table))]) + rng.normal(0, 0.03, 3), 0.03, 0.97)

    skin = pick(_SKINS)
    top = pick(_TOPS) if like is None else np.clip(np.array(like) + rng.normal(0, 0.04, 3), 0.03, 0.97)
    kinds = (Kind.WEAVE, Kind.WEAVE, Kind.STRIPES, Kind.CHECKS)
    kind = kinds[int(rng.choice(4, p=[0.45, 0.25, 0.17, 0.13]))]
    second = top * rng.uniform(0.7, 0.92) if kind == Kind.WEAVE else pick(_TOPS)
    return Paints(
        skin=materials.add(Kind.MOTTLED, skin, skin * np.array([0.96, 0.91, 0.9]), 0.05, 0.15),
        top=materials.add(kind, top, second, float(rng.uniform(0.03, 0.07))),
        trousers=materials.add(Kind.WEAVE, trousers := pick(_TROUSERS), trousers * 0.85, 0.04),
        shoes=materials.add(Kind.PLAIN, pick(_TROUSERS) * 0.7, gloss=0.3),
        hair=materials.add(Kind.WEAVE, hair := pick(_HAIRS), hair * 0.6, 0.012, 0.2),
        eyes=materials.add(Kind.PLAIN, (0.12, 0.09, 0.08), gloss=0.6),
        lips=materials.add(Kind.PLAIN, skin * np.array([0.85, 0.6, 0.6])),
    )
