"""Enter and leave thresholds of the state *tipped*, from the settings and the person's own scatter."""

from __future__ import annotations

from dataclasses import dataclass

from models.tilt import Basis

SPREADS_OVER_LEAVE = 3.0
"""The band between leaving and entering is at least this many SDs of the person's neutral sit."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When the hips count as tipped, in % of the person's own slump.

    Attributes:
        enter_pct: tipped from here on when the contour is used.
        enter_skeleton_pct: the same when only the landmarks are used, which are noisier.
        leave_pct: no longer tipped at or below this.
    """

    enter_pct: float
    enter_skeleton_pct: float
    leave_pct: float

    def enter(self, basis: Basis) -> float:
        """The threshold that goes with a feature set."""
        return self.enter_pct if basis is Basis.CONTOUR else self.enter_skeleton_pct


def personal_thresholds(
    *, enter_pct: float, enter_skeleton_pct: float, leave_pct: float, neutral_spread_pct: float
) -> Thresholds:
    """Thresholds for a person whose neutral sit scatters by ``neutral_spread_pct`` (SD, % of the slump).

    The settings hold unless the person's scatter is so large that the band between leaving and entering would
    be narrower than three SDs; then entering moves up, to at most 90 %.
    """
    least = min(leave_pct + SPREADS_OVER_LEAVE * neutral_spread_pct, 90.0)
    return Thresholds(max(enter_pct, least), max(enter_skeleton_pct, least), leave_pct)
