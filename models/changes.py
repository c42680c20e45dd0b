"""Measures of a moment -> changes from the person's neutral sit, which is all that the tilt is made from.

Lengths are in % of the neutral trunk length, angles in degrees. NaN where a measure is missing.
"""

from __future__ import annotations

import numpy as np

from models.measures import Measures
from models.pose import FloatArray

N_POSTURE = 17
N_OWN = 9
"""The first nine of the posture's changes do not need the far side."""


def posture_changes(measures: Measures, neutral: Measures, scale: float = 1.0) -> FloatArray:
    """(17,) shortening of the trunk, its inclination, the thigh's slope, then the points of `Measures.marks_px`.

    Args:
        measures: of the moment.
        neutral: of the neutral sit.
        scale: factor on lengths that undoes a change of distance to the camera since calibration.
    """
    length = neutral.trunk_px
    return np.concatenate(
        [
            [
                100.0 * (1.0 - scale * measures.trunk_px / length),
                measures.trunk_inclination_deg - neutral.trunk_inclination_deg,
                measures.thigh_angle_deg - neutral.thigh_angle_deg,
            ],
            100.0 * (scale * np.array(measures.marks_px) - neutral.marks_px) / length,
        ]
    )


def back_changes(measures: Measures, neutral: Measures, scale: float = 1.0) -> FloatArray:
    """(10, 2) change of slope and of depth in each window of the back contour; see `posture_changes`."""
    depths = 100.0 * (scale * np.array(measures.back_depths_px) - neutral.back_depths_px) / neutral.trunk_px
    return np.column_stack([np.array(measures.back_slopes_deg) - neutral.back_slopes_deg, depths])
