"""A small network: changes from neutral -> tilt with its standard deviation.

NumPy only; fitted by ``bench.accuracy.fit``. Several members of the same shape, fitted from different starts; where
they disagree the answer is less sure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from models.changes import N_OWN, N_POSTURE
from models.measures import N_WINDOWS
from models.pose import BoolArray, FloatArray

COEFFICIENTS: Final = Path(__file__).with_name("tilt_network.npz")
LOG_SD_RANGE: Final = (-3.0, 2.0)
UNIT_DEG: Final = 10.0
"""The members answer in units of ten degrees."""
N_INPUTS: Final = N_POSTURE + 2 * N_WINDOWS + N_WINDOWS + N_OWN + 1


@dataclass(frozen=True, eq=False)
class TiltNetwork:
    """M members with H hidden units in two layers, N inputs.

    Attributes:
        posture_scale: (17,), back_scale: (10, 2), slump_scale: (9,) what the changes are divided by.
        first: (M, H, N), first_bias: (M, H); second: (M, H, H), second_bias: (M, H); last: (M, 2, H), last_bias:
            (M, 2) for mean and log SD; straight: (M, N) added to the mean.
        precision: (17, 17) inverse covariance of the posture's changes in fitting.
        far: distance from what was fitted (root of the mean square in SDs) from which the answer is less sure.
        coverage: (2,) factor on the SD for which the 90 % interval holds, without and with the back.
    """

    posture_scale: FloatArray
    back_scale: FloatArray
    slump_scale: FloatArray
    first: FloatArray
    first_bias: FloatArray
    second: FloatArray
    second_bias: FloatArray
    last: FloatArray
    last_bias: FloatArray
    straight: FloatArray
    precision: FloatArray
    far: FloatArray
    coverage: FloatArray

    def inputs(self, posture: FloatArray, back: FloatArray, slump: FloatArray | None) -> FloatArray:
        """(N,) inputs. A window of the back that is not known is zero and flagged; so is a slump that is not."""
        unknown: BoolArray = ~np.all(np.isfinite(back), axis=1)
        seen = np.where(unknown[:, None], 0.0, back / self.back_scale)
        sunk = np.zeros(N_OWN + 1) if slump is None else np.append(slump / self.slump_scale, 1.0)
        return np.concatenate([posture / self.posture_scale, seen.ravel(), unknown.astype(np.float64), sunk])

    def answer(self, posture: FloatArray, back: FloatArray, slump: FloatArray | None) -> tuple[float, float]:
        """Tilt and its standard deviation in degrees; NaN when a change of the posture or of the slump is.

        Args:
            posture: (17,) `models.changes.posture_changes`.
            back: (10, 2) `models.changes.back_changes`, NaN in windows that are not known.
            slump: (9,) the first changes of the person's own slump, or None.
        """
        x = self.inputs(posture, back, slump)
        hidden = np.tanh(self.first @ x + self.first_bias)
        hidden = np.tanh(np.einsum("mij,mj->mi", self.second, hidden) + self.second_bias)
        out = np.einsum("mij,mj->mi", self.last, hidden) + self.last_bias
        tilts = UNIT_DEG * (out[:, 0] + self.straight @ x)
        sds = UNIT_DEG * np.exp(np.clip(out[:, 1], *LOG_SD_RANGE))
        return float(tilts.mean()), float(np.sqrt(np.mean(sds**2) + tilts.var()))

    def with_coverage(self, factors: FloatArray) -> TiltNetwork:
        """The same network with other factors on its SD."""
        return replace(self, coverage=factors)

    def strangeness(self, posture: FloatArray) -> float:
        """How far the posture is from what was fitted: below 1 is usual."""
        return float(np.sqrt(posture @ self.precision @ posture / len(posture)) / self.far)


@cache
def tilt_network() -> TiltNetwork:
    """The network that comes with the program."""
    with np.load(COEFFICIENTS) as file:
        return TiltNetwork(**{name: file[name].astype(np.float64) for name in file.files})
