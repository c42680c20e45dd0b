"""Which recordings the program is judged on; none of their bodies, chairs or rooms is used in fitting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from bench.accuracy.recordings import Plan, generate
from bench.accuracy.setup import Wish

Purpose = Literal["work", "day", "refusals", "front"]

FRONT_YAWS_DEG: Final = (50.0, 65.0, 80.0)
"""Views from the front, in which nobody can tell the tilt."""
DAY_SITTERS: Final = 4
"""The long day is shared by so many sitters; the first seeds see them from within 20 degrees of the side."""
DAY_EVERY_S: Final = 5.0
REFUSALS: Final = 5
_FRONT_HOURS: Final = 0.05


@dataclass(frozen=True)
class Film:
    """One recording to be judged on.

    Attributes:
        purpose: what it is for.
        seed: of the sitting; the same seed is the same sitter on the same chair, whatever the purpose.
        plan: what is recorded.
        yaw_deg: the camera's yaw, None leaves it to the draw.
    """

    purpose: Purpose
    seed: int
    plan: Plan
    yaw_deg: float | None = None

    def path(self, cache: Path) -> Path:
        """Where it is kept; days of another length have a folder of their own."""
        folder = f"day-{self.plan.hours:g}h" if self.purpose == "day" else self.purpose
        return cache / folder / f"{self.plan.course}_judge_{self.seed:04d}.mp4"

    def make(self, cache: Path, bodies: Path | None, tick: Callable[[int], None]) -> Path:
        """Render it if it is not there yet; one that was broken off leaves nothing.

        Raises:
            BakeError: a body is not baked and cannot be baked.
        """
        path = self.path(cache)
        if not path.exists():
            generate(1, self.seed, path.parent, "judge", self.plan, Wish(yaw_deg=self.yaw_deg), bodies, tick)
        return path


def films(count: int, hours: float) -> list[Film]:
    """All films: ``count`` of work, a natural upright day of so many hours, refusals, and views from the front."""
    each = hours / DAY_SITTERS
    front = Plan("upright", _FRONT_HOURS)
    return [
        *(Film("refusals", seed, Plan("refusals")) for seed in range(min(REFUSALS, count))),
        *(Film("front", seed, front, yaw) for seed, yaw in enumerate(FRONT_YAWS_DEG[:count])),
        *(Film("work", seed, Plan("work")) for seed in range(count)),
        *(Film("day", seed, Plan("upright", each, DAY_EVERY_S)) for seed in range(DAY_SITTERS if hours else 0)),
    ]


def from_the_side(film: Film) -> Film:
    """The recording in which the same sitter on the same chair is seen from the side."""
    return Film("refusals", film.seed, Plan("refusals"))
