"""Networks whose answers can be worked out by hand."""

from __future__ import annotations

import numpy as np

from models.changes import N_OWN, N_POSTURE
from models.measures import N_WINDOWS
from models.network import N_INPUTS, TiltNetwork

UNKNOWN_AT = N_POSTURE + 2 * N_WINDOWS
"""Number of the input that flags the lowest window of the back as not known."""


def small(members: int = 1, **changes: object) -> TiltNetwork:
    """One hidden unit in each layer; everything is zero but what is given. Changes are divided by 2, 4 and 8."""
    parts = {
        "posture_scale": np.full(N_POSTURE, 2.0),
        "back_scale": np.full((N_WINDOWS, 2), 4.0),
        "slump_scale": np.full(N_OWN, 8.0),
        "first": np.zeros((members, 1, N_INPUTS)),
        "first_bias": np.zeros((members, 1)),
        "second": np.zeros((members, 1, 1)),
        "second_bias": np.zeros((members, 1)),
        "last": np.zeros((members, 2, 1)),
        "last_bias": np.zeros((members, 2)),
        "straight": np.zeros((members, N_INPUTS)),
        "precision": np.eye(N_POSTURE),
        "far": np.array(1.0),
        "coverage": np.ones(2),
    }
    return TiltNetwork(**{**parts, **changes})  # type: ignore[arg-type]


def weights(at: int, value: float, members: int = 1) -> np.ndarray:
    row = np.zeros((members, N_INPUTS))
    row[:, at] = value
    return row


def linear(log_sd: float = -1.6) -> TiltNetwork:
    """A degree for each % of shortening, half of one for each degree that the lowest window leans back.

    Postures are usual up to a mean change of 10; every window that is not known makes the answer less sure.
    """
    first = np.zeros((1, 1, N_INPUTS))
    first[..., UNKNOWN_AT : UNKNOWN_AT + N_WINDOWS] = 0.1
    return small(
        posture_scale=np.ones(N_POSTURE),
        back_scale=np.ones((N_WINDOWS, 2)),
        slump_scale=np.ones(N_OWN),
        straight=weights(0, 0.1) + weights(N_POSTURE, -0.05),
        first=first,
        second=np.ones((1, 1, 1)),
        last=np.array([[[0.0], [0.5]]]),
        last_bias=np.array([[0.0, log_sd]]),
        precision=np.eye(N_POSTURE) / 100.0,
        coverage=np.array([1.2, 1.1]),
    )
