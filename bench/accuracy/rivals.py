"""The estimators that the network is compared with, each fitted on the same examples.

All answer the change of pelvic tilt in degrees; NaN where they cannot. None is part of the program.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from bench.accuracy.examples import Examples
from bench.accuracy.spine_fit import fit_spine
from bench.start_weights import WEIGHTS
from models.pose import BoolArray, FloatArray
from models.tilt import Basis

Rival = Callable[[Examples], FloatArray]
RIDGE: Final = 100.0


def start_weights(known: Examples) -> Rival:
    """The brief's weights, with the one factor that suits the fitted sitters best."""
    return _scaled(known, lambda asked: np.where(_whole(asked), asked.seven @ WEIGHTS[Basis.CONTOUR], np.nan))


def ridge(known: Examples) -> Rival:
    """Ridge regression on posture and back profile; no constant term: neutral reads zero."""
    x, y = _flat(known), known.tilt
    use = np.isfinite(x).all(axis=1)
    scale = x[use].std(axis=0)
    z = x[use] / scale
    weights = np.linalg.solve(z.T @ z + RIDGE * np.eye(z.shape[1]), z.T @ y[use]) / scale
    return lambda asked: _flat(asked) @ weights


def boosted_trees(known: Examples) -> Rival:
    """Gradient-boosted trees on posture, back profile and slump; they take missing values as they are."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        max_iter=400, learning_rate=0.05, max_leaf_nodes=12, min_samples_leaf=40, l2_regularization=1.0, random_state=0
    )
    model.fit(np.hstack([_flat(known), known.slump]), known.tilt)

    def answer(asked: Examples) -> FloatArray:
        told: FloatArray = model.predict(np.hstack([_flat(asked), asked.slump]))
        return told

    return answer


def articulated_spine(known: Examples) -> Rival:
    """Pelvis, lumbar and thoracic spine bent until back and shoulder fit the picture (analysis by synthesis)."""
    return _scaled(known, lambda asked: np.where(_whole(asked), fit_spine(asked.posture, asked.back), np.nan))


RIVALS: Final[dict[str, Callable[[Examples], Rival]]] = {
    "start weights": start_weights,
    "ridge on the back profile": ridge,
    "boosted trees": boosted_trees,
    "articulated spine": articulated_spine,
}


def _flat(asked: Examples) -> FloatArray:
    return np.hstack([asked.posture, asked.back.reshape(len(asked), -1)])


def _whole(asked: Examples) -> BoolArray:
    whole: BoolArray = np.all(np.isfinite(asked.back), axis=(1, 2))
    return whole


def _scaled(known: Examples, raw: Rival) -> Rival:
    told = raw(known)
    use = np.isfinite(told)
    factor = float(told[use] @ known.tilt[use] / (told[use] @ told[use]))
    return lambda asked: factor * raw(asked)
