"""How sure a tilt is, as one number from 0 to 1 for the display."""

from __future__ import annotations

from models.measures import Measures
from models.tilt import Basis, TiltEstimate
from monitor.judgement.assessment import View
from monitor.judgement.observation import Observation

_BASIS = {Basis.CONTOUR: 1.0, Basis.SKELETON: 0.6, Basis.NONE: 0.0}
_VIEW = {View.SIDE: 1.0, View.OBLIQUE: 0.6, View.FRONT: 0.0, View.UNKNOWN: 0.0}


def confidence(seen: Observation, measures: Measures, estimate: TiltEstimate, view: View) -> float:
    """Product of the feature set, the view and, for the contour, the share of the back edge that was found.

    Landmark visibility plays no part: it says nothing about how well a hip is placed.
    """
    edge = measures.contour_valid if estimate.basis is Basis.CONTOUR else 1.0
    return _BASIS[estimate.basis] * _VIEW[view] * edge * (0.0 if seen.pose is None else 1.0)
