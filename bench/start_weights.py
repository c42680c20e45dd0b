"""The start weights: the linear estimator of the biomechanics brief, section 2.5, kept as a row to beat.

It is also a tilt model whose answers can be computed by hand.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from models.measures import Measures
from models.pose import FloatArray
from models.tilt import Basis, TiltEstimate, TiltReference, contour_usable

NAN = math.nan

WEIGHTS: Final = {
    # chord c per %, trunk per deg, ear drop per %, ear forward per %, sacral slope per deg, bulge per %, back slope
    Basis.CONTOUR: np.array([0.39, -0.16, 0.21, 0.25, 0.24, 1.00, -0.55]),
    Basis.SKELETON: np.array([0.62, -0.62, 0.35, 0.18]),
}
_RMSE_DEG: Final = {Basis.CONTOUR: 4.2, Basis.SKELETON: 5.0}
"""End-to-end error of the degree figure in simulation (brief, section 2.5)."""
_SHRINKAGE: Final = {Basis.CONTOUR: 0.61, Basis.SKELETON: 0.30}
"""Index over true tilt where the hips are tipped by 12 degrees or more: medians of ten rendered sitters (0.48-0.89 and
0.02-0.59). Ridge weights read short; docs/accuracy.md."""
_SLUMP_RANGE_DEG: Final = (5.0, 20.0)
"""Limits of a person's slump that was not measured (brief, section 2.5)."""
_SLUMP_SD: Final = 0.18
"""Relative uncertainty of a slump that was not measured: scatter of the ratio above over the ten sitters."""
_OBLIQUE_FACTOR: Final = 1.5
_Z90: Final = 1.645
_PCT_LIMITS: Final = (-50.0, 150.0)


def features(measures: Measures, neutral: Measures, scale: float = 1.0) -> FloatArray:
    """(7,) changes from neutral: c, tau, e, p, s, k, l of the brief, sections 2.3 and 2.4.

    Lengths are in % of the neutral trunk length, angles in degrees. NaN where a measure is missing.
    """
    length = neutral.trunk_px
    return np.array(
        [
            100.0 * (1.0 - scale * measures.trunk_px / length),
            measures.trunk_inclination_deg - neutral.trunk_inclination_deg,
            100.0 * (neutral.ear_rise_px - scale * measures.ear_rise_px) / length,
            100.0 * (scale * measures.ear_forward_px - neutral.ear_forward_px) / length,
            neutral.sacral_slope_deg - measures.sacral_slope_deg,
            100.0 * (scale * measures.lumbar_bulge_px - neutral.lumbar_bulge_px) / length,
            measures.back_slope_deg - neutral.back_slope_deg,
        ]
    )


class LinearTiltModel:
    """Weighted sum of seven (contour) or four (skeleton) changes from neutral, scaled by the person's slump."""

    name = "linear-1"

    def index(self, measures: Measures, neutral: Measures, basis: Basis, scale: float = 1.0) -> float:
        """See `TiltModel.index`."""
        weights = WEIGHTS[basis]
        return float(weights @ features(measures, neutral, scale)[: len(weights)])

    def slump_deg(self, reference: TiltReference, basis: Basis) -> float:
        """Tilt of the person's slump in degrees: as measured, else from the index, 5 to 20 degrees."""
        if math.isfinite(reference.slump_deg):
            return reference.slump_deg
        unshrunk = self.index(_slump(reference), reference.neutral, basis) / _SHRINKAGE[basis]
        return float(np.clip(unshrunk, *_SLUMP_RANGE_DEG))

    def estimate(
        self, measures: Measures, reference: TiltReference, *, oblique: bool = False, scale: float = 1.0
    ) -> TiltEstimate:
        """See `TiltModel.estimate`."""
        basis, index = self._best_index(measures, reference, oblique, scale)
        if basis is Basis.NONE:
            return TiltEstimate(reason=_why_none(measures, reference))
        whole = self.index(_slump(reference), reference.neutral, basis)
        pct = float(np.clip(100.0 * index / whole, *_PCT_LIMITS))
        slump_deg = self.slump_deg(reference, basis)
        tilt = slump_deg * pct / 100.0
        scale_sd = 0.0 if math.isfinite(reference.slump_deg) else _SLUMP_SD * abs(tilt)
        sd = math.hypot(_RMSE_DEG[basis] * (_OBLIQUE_FACTOR if oblique else 1.0), scale_sd)
        return TiltEstimate(tilt, tilt - _Z90 * sd, tilt + _Z90 * sd, pct, basis)

    def _best_index(
        self, measures: Measures, reference: TiltReference, oblique: bool, scale: float
    ) -> tuple[Basis, float]:
        """The first trusted feature set that is wholly known, and its index; NONE and NaN when there is none."""
        candidates = []
        if reference.contour_trusted and not oblique and contour_usable(measures):
            candidates.append(Basis.CONTOUR)
        if reference.skeleton_trusted:
            candidates.append(Basis.SKELETON)
        for basis in candidates:
            index = self.index(measures, reference.neutral, basis, scale)
            if math.isfinite(index):
                return basis, index
        return Basis.NONE, NAN


def _why_none(measures: Measures, reference: TiltReference) -> str:
    if math.isnan(measures.trunk_px):
        return "hip or shoulder not seen"
    if math.isnan(measures.ear_rise_px):
        return "head not seen"
    if not reference.skeleton_trusted:
        return "the edge of the back is not clear, and the landmarks alone did not separate at calibration"
    return "the edge of the back is not clear"


def _slump(reference: TiltReference) -> Measures:
    if reference.slump is None:
        raise ValueError("the start weights need a slump")
    return reference.slump
