"""Fits the tilt network (PyTorch on the CPU) and hands it over as NumPy coefficients."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from bench.accuracy.examples import Examples
from models.measures import N_WINDOWS
from models.network import LOG_SD_RANGE, N_INPUTS, UNIT_DEG, TiltNetwork
from models.pose import BoolArray, FloatArray

HIDDEN: Final = 28
MEMBERS: Final = 5
EPOCHS: Final = 120
BATCH: Final = 512
RATE: Final = 4e-3
DECAY: Final = 1e-2
NOISE: Final = 0.1
"""Inputs are shaken by so many of their SDs."""
NO_BACK: Final = 0.15
"""Share of the moments that are shown without a back,"""
GAP: Final = 0.3
"""with a gap in it,"""
NO_SLUMP: Final = 0.3
"""and without the sitter's slump."""
MEAN_FIRST: Final = 0.3
"""For this share of the epochs only the mean is fitted."""
USUAL: Final = 0.99
"""Postures within this share of the fitted ones are usual."""


def fit(known: Examples, members: int = MEMBERS, epochs: int = EPOCHS) -> TiltNetwork:
    """A network fitted on all the examples; its coverage is not set yet (1)."""
    import torch

    torch.set_num_threads(1)
    posture_scale = known.posture.std(axis=0) + 1e-9
    back_scale = np.sqrt(np.nanmean(known.back**2, axis=0)) + 1e-9
    slump_scale = np.sqrt(np.nanmean(known.slump**2, axis=0)) + 1e-9
    inputs = _inputs(known, posture_scale, back_scale, slump_scale)
    nets = [_member(torch, inputs, known.tilt / UNIT_DEG, seed, epochs) for seed in range(members)]

    def stacked(name: str) -> FloatArray:
        return np.array([net[name] for net in nets], np.float64)

    # The centre is the neutral sit itself: changes are zero there.
    precision: FloatArray = np.linalg.inv(known.posture.T @ known.posture / len(known)).astype(np.float64)
    distances = np.sqrt(np.einsum("ni,ij,nj->n", known.posture, precision, known.posture) / known.posture.shape[1])
    return TiltNetwork(
        posture_scale, back_scale, slump_scale, stacked("0.weight"), stacked("0.bias"), stacked("2.weight"),
        stacked("2.bias"), stacked("4.weight"), stacked("4.bias"), stacked("straight"), precision,
        np.array(np.quantile(distances, USUAL)), np.ones(2),
    )  # fmt: skip


def answers(network: TiltNetwork, asked: Examples, with_slump: bool = True) -> tuple[FloatArray, FloatArray]:
    """(N,) tilts and standard deviations in degrees."""
    pairs = [
        network.answer(posture, back, own if with_slump and np.isfinite(own).all() else None)
        for posture, back, own in zip(asked.posture, asked.back, asked.slump, strict=True)
    ]
    tilts, sds = np.array(pairs).T
    return tilts, sds


def _inputs(known: Examples, posture_scale: FloatArray, back_scale: FloatArray, slump_scale: FloatArray) -> FloatArray:
    """(N, inputs) in the order of `TiltNetwork.inputs`."""
    unknown: BoolArray = ~np.all(np.isfinite(known.back), axis=2)
    back = np.where(unknown[:, :, None], 0.0, known.back / back_scale).reshape(len(known), -1)
    given = np.all(np.isfinite(known.slump), axis=1)[:, None]
    slump = np.where(given, known.slump / slump_scale, 0.0)
    return np.hstack([known.posture / posture_scale, back, unknown, slump, given])


def _member(torch: Any, inputs: FloatArray, target: FloatArray, seed: int, epochs: int) -> dict[str, FloatArray]:
    nn = torch.nn
    torch.manual_seed(seed)
    x, y = torch.tensor(inputs, dtype=torch.float32), torch.tensor(target, dtype=torch.float32)
    layers = nn.Sequential(
        nn.Linear(N_INPUTS, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 2)
    )
    straight = nn.Parameter(torch.zeros(N_INPUTS))
    parameters = [*layers.parameters(), straight]
    steps = epochs * -(-len(y) // BATCH)
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps)
    for epoch in range(epochs):
        for rows in torch.randperm(len(y)).split(BATCH):
            shown = _shaken(torch, x[rows])
            out = layers(shown)
            error = (out[:, 0] + shown @ straight - y[rows]) ** 2
            log_sd = out[:, 1].clamp(*LOG_SD_RANGE)
            whole = epoch >= MEAN_FIRST * epochs
            loss = (0.5 * error * torch.exp(-2 * log_sd) + log_sd).mean() if whole else error.mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    found = {name: value.detach().numpy() for name, value in layers.state_dict().items()}
    return found | {"straight": straight.detach().numpy()}


def _shaken(torch: Any, x: Any) -> Any:
    """A batch with noise, and without what may be missing in use: the back, a stretch of it, the slump."""
    at = N_INPUTS - 10 - 3 * N_WINDOWS
    n = len(x)
    values = x + NOISE * torch.randn_like(x)
    missing = x[:, at + 2 * N_WINDOWS : at + 3 * N_WINDOWS] > 0.5
    chance = torch.rand(n, 1)
    first, length = torch.randint(0, N_WINDOWS, (n, 1)), torch.randint(1, 6, (n, 1))
    window = torch.arange(N_WINDOWS)[None]
    gap = (window >= first) & (window < first + length) & (chance > 1 - GAP)
    missing = missing | gap | (chance < NO_BACK)
    there = (~missing).float().repeat_interleave(2, dim=1)
    slump = x[:, -1:] * (torch.rand(n, 1) >= NO_SLUMP).float()
    return torch.cat(
        [
            values[:, :at],
            values[:, at : at + 2 * N_WINDOWS] * there,
            missing.float(),
            values[:, at + 3 * N_WINDOWS : -1] * slump,
            slump,
        ],
        dim=1,
    )
