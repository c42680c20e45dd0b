"""From what was said in each film to the figures: of all films, by group, by body, and against the goals. Pure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bench.accuracy.judging import Case, Judged, Run
from bench.accuracy.peers import PEERS
from bench.scoring import (
    NEAR_DEG,
    TIPPED_FROM_DEG,
    auc,
    best_factor,
    bias,
    correlation,
    coverage_pct,
    latencies_s,
    per_hours,
    rms,
    settled,
    share_pct,
)
from models.pose import FloatArray
from monitor.judgement.assessment import State

GOAL_YAW_DEG: Final = 20.0
"""The goals are for cameras within so much of the side."""


@dataclass(frozen=True)
class Figures:
    """Figures of some films in one kind of run; NaN where there is no frame for one.

    Attributes:
        films: how many.
        r, rmse_deg, bias_deg: of the change of pelvic tilt, over all frames.
        mean_deg, worst_deg: mean of the films' RMSE, and that of the worst film.
        cover_pct, width_deg: how often the 90 % interval holds the truth, and its mean width.
        auc: chance that a frame of >= 10 degrees reads higher than one of <= 4.
        sensitivity_pct, specificity_pct: settled frames of >= 10 degrees told as tipped, of <= 4 not told as tipped.
        unanswered_pct: seated frames without a number.
        thigh_rmse_deg, thigh_bias_deg, knee_rmse_cm: of the leg towards the camera.
    """

    films: int
    r: float
    rmse_deg: float
    bias_deg: float
    mean_deg: float
    worst_deg: float
    cover_pct: float
    width_deg: float
    auc: float
    sensitivity_pct: float
    specificity_pct: float
    unanswered_pct: float
    thigh_rmse_deg: float
    thigh_bias_deg: float
    knee_rmse_cm: float


Pick = Callable[[Judged], Run | None]


def with_slump(judged: Judged) -> Run | None:
    """The run that was calibrated with a slump."""
    return judged.run


def without_slump(judged: Judged) -> Run | None:
    """The run without one, with the neutral sit's thigh given."""
    return judged.lean


def figures(films: Sequence[Judged], pick: Pick = with_slump) -> Figures:
    """The figures of these films, all frames together."""
    pairs = [(film, run) for film in films if (run := pick(film)) is not None]
    true = _all(film.true_deg for film, _ in pairs)
    tilt, low, high = (_all(getattr(run, name) for _, run in pairs) for name in ("tilt_deg", "low_deg", "high_deg"))
    thigh = _all(run.thigh_deg - film.true_thigh_deg for film, run in pairs)
    knee = _all(run.knee_cm - film.true_knee_cm for film, run in pairs)
    tipped = _all(np.array([said == State.TIPPED for said in run.said], dtype=np.float64) for _, run in pairs) > 0
    still = _all(settled(film.t_s, film.true_deg).astype(np.float64) for film, _ in pairs) > 0
    width = high - low
    each = np.array([rms(run.tilt_deg - film.true_deg) for film, run in pairs])
    each = each[np.isfinite(each)]
    return Figures(
        films=len(pairs),
        r=correlation(tilt, true),
        rmse_deg=rms(tilt - true),
        bias_deg=bias(tilt - true),
        mean_deg=bias(each),
        worst_deg=float(each.max()) if len(each) else math.nan,
        cover_pct=coverage_pct(true, low, high),
        width_deg=float(width[np.isfinite(width)].mean()) if np.isfinite(width).any() else math.nan,
        auc=auc(tilt, true),
        sensitivity_pct=share_pct(tipped, still & (true >= TIPPED_FROM_DEG)),
        specificity_pct=share_pct(~tipped, still & (true <= NEAR_DEG)),
        unanswered_pct=share_pct(~np.isfinite(tilt), np.isfinite(true)),
        thigh_rmse_deg=rms(thigh),
        thigh_bias_deg=bias(thigh),
        knee_rmse_cm=rms(knee),
    )


def groups(films: Sequence[Judged], key: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    """The films by what ``key`` says of them, in the order of its words."""
    found: dict[str, list[Judged]] = {}
    for film in films:
        found.setdefault(key(film), []).append(film)
    return dict(sorted(found.items()))


def yaw_class(film: Judged) -> str:
    """How far the camera is from the side, whichever way."""
    yaw = abs(film.header["yaw"])
    return "0 to 10°" if yaw <= 10 else "10 to 20°" if yaw <= GOAL_YAW_DEG else "20 to 30°"


def for_goals(films: Sequence[Judged]) -> list[Judged]:
    """The films whose camera stands where the goals hold."""
    return [film for film in films if abs(film.header["yaw"]) <= GOAL_YAW_DEG]


@dataclass(frozen=True)
class Bodies:
    """A figure's mean over bodies, and the body where it is worst."""

    mean: float
    worst: float
    who: str


def over_bodies(films: Sequence[Judged], name: str, pick: Pick = with_slump, least: bool = False) -> Bodies:
    """Mean and worst over bodies of the figure called ``name``; the least is the worst when ``least``."""
    values = {
        body: float(getattr(figures(own, pick), name))
        for body, own in groups(films, lambda film: str(film.header["subject"])).items()
    }
    known = {body: value for body, value in values.items() if math.isfinite(value)}
    if not known:
        return Bodies(math.nan, math.nan, "")
    who = min(known, key=lambda body: known[body] if least else -known[body])
    return Bodies(float(np.mean(list(known.values()))), known[who], who)


@dataclass(frozen=True)
class PeerFigures:
    """A measure on the same frames, brought to degrees of tilt by the best single factor: r, RMSE, AUC."""

    name: str
    r: float
    rmse_deg: float
    auc: float


def peer_figures(films: Sequence[Judged]) -> list[PeerFigures]:
    """Saddle and each of the peers' measures, on the frames that have them all."""
    true = _all(film.true_deg for film in films)
    saddle = _all(film.run.tilt_deg for film in films)
    angles = np.concatenate([film.peers_deg for film in films]) if films else np.zeros((0, len(PEERS)))
    known = np.isfinite(saddle) & np.isfinite(true) & np.isfinite(angles).all(axis=1)
    rows = [("Saddle", saddle, 1.0)]
    rows += [(name, angles[:, i], best_factor(angles[known, i], true[known])) for i, name in enumerate(PEERS)]
    found = []
    for name, measure, factor in rows:
        tilt = factor * measure[known]
        found.append(PeerFigures(name, correlation(tilt, true[known]), rms(tilt - true[known]), auc(tilt, true[known])))
    return found


def latencies(films: Sequence[Judged]) -> list[float]:
    """Seconds from each tip of 15 degrees to the state *tipped*; see `scoring.latencies_s`."""
    return [
        late
        for film in films
        for late in latencies_s(film.t_s, film.true_deg, np.array([said == State.TIPPED for said in film.run.said]))
    ]


@dataclass(frozen=True)
class Day:
    """Natural upright sitting, in which every warning is false.

    Attributes:
        seated_h: hours of sitting after the calibration.
        warnings: how many there were.
        per_8_h: the same for eight hours.
        tipped_pct: share of the seated frames that were told as tipped.
    """

    seated_h: float
    warnings: int
    per_8_h: float
    tipped_pct: float


def day(films: Sequence[Judged]) -> Day:
    """What was said on the long days of these sitters together."""
    seated_s = sum(float(np.isfinite(film.true_deg).sum()) * film.header["every_s"] for film in films)
    warnings = sum(len(film.run.warned_s) for film in films)
    seated = _all(film.true_deg for film in films)
    tipped = _all(np.array([said == State.TIPPED for said in film.run.said], dtype=np.float64) for film in films) > 0
    return Day(seated_s / 3600.0, warnings, per_hours(warnings, seated_s), share_pct(tipped, np.isfinite(seated)))


def numbered_pct(cases: Sequence[Case]) -> float:
    """Frames that wrongly got a number, % of all in which there is none to be had."""
    frames = sum(case.frames for case in cases)
    return 100.0 * sum(case.numbered for case in cases) / frames if frames else math.nan


def _all(parts: Iterable[FloatArray]) -> FloatArray:
    listed = list(parts)
    return np.concatenate(listed) if listed else np.zeros(0)
