"""What things are made of: a table of materials, and the pattern each shows at a place."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from bench.accuracy.compiled import compiled


class Kind(IntEnum):
    """Patterns."""

    PLAIN = 0
    MOTTLED = 1
    WOOD = 2
    WEAVE = 3
    STRIPES = 4
    CHECKS = 5
    PICTURE = 6
    PLANKS = 7
    SPINES = 8  # the backs of books


class Materials:
    """A table that grows; rows are kind, two colours, a scale in metres, gloss."""

    def __init__(self) -> None:
        self._rows: list[list[float]] = []

    def add(
        self,
        kind: Kind,
        colour: npt.ArrayLike,
        second: npt.ArrayLike | None = None,
        scale_m: float = 0.1,
        gloss: float = 0.0,
    ) -> int:
        """Its row.

        Args:
            kind: pattern.
            colour, second: red, green, blue as they look on a screen, 0 to 1; the second is a darker first if left out.
            scale_m: size of the pattern.
            gloss: 0 dull, 1 like plastic.
        """
        first = np.asarray(colour, dtype=float) ** 2.2
        other = first * 0.6 if second is None else np.asarray(second, dtype=float) ** 2.2
        self._rows.append([float(kind), *first, *other, scale_m, gloss])
        return len(self._rows) - 1

    def table(self) -> npt.NDArray[np.float64]:
        """(materials, 9)."""
        return np.array(self._rows)


@compiled
def _hash(x: int, y: int, z: int) -> float:
    """A number 0 to 1 for a cell."""
    h = (x * 374761393 + y * 668265263 + z * 1274126177) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1103515245) & 0xFFFFFFFF
    return ((h ^ (h >> 16)) & 0xFFFF) / 65535.0


@compiled
def noise(x: float, y: float, z: float) -> float:
    """Smooth noise, 0 to 1, with cells of size 1."""
    fx, fy, fz = np.floor(x), np.floor(y), np.floor(z)
    ix, iy, iz = int(fx), int(fy), int(fz)
    ax, ay, az = x - fx, y - fy, z - fz
    ax, ay, az = ax * ax * (3 - 2 * ax), ay * ay * (3 - 2 * ay), az * az * (3 - 2 * az)
    total = 0.0
    for k in range(8):
        dx, dy, dz = k & 1, (k >> 1) & 1, k >> 2
        share = (ax if dx else 1 - ax) * (ay if dy else 1 - ay) * (az if dz else 1 - az)
        total += share * _hash(ix + dx, iy + dy, iz + dz)
    return total


@compiled
def share_of_second(kind: int, x: float, y: float, z: float, scale: float) -> float:
    """How much of a material's second colour shows at a place (metres)."""
    u, v, w = x / scale, y / scale, z / scale
    if kind == 1:
        return 0.6 * noise(u, v, w) + 0.4 * noise(3.1 * u, 3.1 * v, 3.1 * w)
    if kind == 2:
        ring = noise(u * 0.6, v * 6.0, w * 6.0)
        return float(0.5 + 0.5 * np.sin(18.0 * ring))
    if kind == 3:
        return float(0.5 * noise(u, v, w) + 0.25 * (np.sin(40 * u) * np.sin(40 * w) + 1.0))
    if kind == 4:
        return 1.0 if (w - np.floor(w)) < 0.4 else 0.0
    if kind == 5:
        a = 0.5 if (w - np.floor(w)) < 0.45 else 0.0
        r = u + v
        return a + (0.5 if (r - np.floor(r)) < 0.45 else 0.0)
    if kind == 6:
        coarse = _hash(int(np.floor(u)), int(np.floor(v)), int(np.floor(w)))
        fine = _hash(int(np.floor(4 * u)), int(np.floor(4 * v)) + 7, int(np.floor(4 * w)))
        return coarse if coarse > 0.35 else fine
    if kind == 7:
        row = np.floor(v)
        seam = 0.25 if (v - row) < 0.03 else 0.0
        return (
            0.6 * _hash(int(row), int(np.floor(u * 0.15 + 0.37 * row)), 3) + 0.3 * noise(u * 0.5, v * 8.0, 0.5) + seam
        )
    if kind == 8:
        return _hash(int(np.floor(u)), 5, int(np.floor(w / 9.0)))
    return 0.0


@compiled
def colour_at(row: npt.NDArray[np.float64], place: npt.NDArray[Any], out: npt.NDArray[np.float64]) -> None:
    """Linear red, green, blue of a material at a place, into ``out``."""
    kind = int(row[0])
    share = share_of_second(kind, place[0], place[1], place[2], row[7])
    for k in range(3):
        out[k] = row[1 + k] * (1.0 - share) + row[4 + k] * share
    if kind == 6 or kind == 8:
        # Pictures and books are colourful: turn the colours about between cells.
        if share > 0.66:
            out[0], out[2] = out[2], out[0]
        elif share > 0.4:
            out[0], out[1] = out[1], out[0]
