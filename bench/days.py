"""How far the tilt, the thigh and the states are from the truth, on recordings with known truth.

    python -m bench.days [FOLDER] [--write docs/accuracy.md]

Each recording is calibrated on its own first 54 seconds and judged from second 57 on, with a dwell of 60 s. The
longer recordings are used when they lie beside the project (or where SADDLE_SHARED says). With a FOLDER, the recordings
in it are scored instead, e.g. what `python -m bench.accuracy.generate recordings` made.
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.page import write_part
from bench.recordings import JUDGED_FROM_S, calibrated, with_truth, with_truth_in
from bench.scoring import auc, bias, correlation, coverage_pct, rms
from models.landmarker import Landmarker
from models.pose import FloatArray
from monitor.analyze import Analysis, analyze
from monitor.capture.video import VideoSource
from monitor.errors import CalibrationError
from monitor.judgement.assessment import Assessment, State
from monitor.settings import Settings

DWELL_S = 60.0


@dataclass(frozen=True)
class Score:
    """Figures of one recording. Degrees and centimetres; `said` counts the states told in each true stretch."""

    name: str
    seated: int
    answered_pct: float
    unknown_pct: float
    r: float
    rmse_deg: float
    bias_deg: float
    auc: float
    cover_pct: float
    width_deg: float
    thigh_rmse_deg: float
    knee_rmse_cm: float
    away_right_pct: float
    warnings: tuple[str, ...]
    said: dict[str, Counter[str]]


def score(name: str, analysis: Analysis, truth: dict[str, Any]) -> Score:
    """Compare the assessments with the truth frame by frame, after the calibration."""
    told = {round(a.t_s): a for a in analysis.assessments}
    later = [f for f in truth["frames"] if f["t_s"] >= JUDGED_FROM_S and f["t_s"] in told]
    seated = [f for f in later if f["state"] != "away"]
    pairs = [(told[f["t_s"]], f) for f in seated]
    true = _true(seated, "pelvic_tilt_deg") - truth["neutral_tilt_deg"]
    estimate, low, high = (_values(pairs, n) for n in ("tilt_deg", "tilt_low_deg", "tilt_high_deg"))
    known = np.isfinite(estimate)
    error = estimate - true
    said: dict[str, Counter[str]] = {}
    for f in later:
        said.setdefault(f["state"], Counter())[told[f["t_s"]].state.value] += 1
    stretch = {f["t_s"]: f["state"] for f in truth["frames"]}
    away = said.get("away", Counter())
    return Score(
        name=name,
        seated=len(seated),
        answered_pct=100.0 * float(known.mean()),
        unknown_pct=100.0 * sum(a.state is State.UNKNOWN for a, _ in pairs) / len(pairs),
        r=correlation(estimate, true),
        rmse_deg=rms(error),
        bias_deg=bias(error),
        auc=auc(estimate, true),
        cover_pct=coverage_pct(true, low, high),
        width_deg=float((high - low)[known].mean()),
        thigh_rmse_deg=rms(_values(pairs, "thigh_elevation_deg") - _true(seated, "thigh_elevation_deg")),
        knee_rmse_cm=rms(_values(pairs, "knee_above_hip_cm") - _true(seated, "knee_minus_hip_cm")),
        away_right_pct=100.0 * away["away"] / away.total() if away else math.nan,
        warnings=tuple(f"{w.kind} at {w.t_s:.0f} s ({stretch[round(w.t_s)]})" for w in analysis.warnings),
        said=said,
    )


def run(name: str, video: Path, truth: Path) -> Score | str:
    """Calibrate on the recording itself, analyze it as the user would, and score it; or why it was refused."""
    try:
        profile = calibrated(video)
    except CalibrationError as error:
        return f"{name}: the calibration was refused. {error}"
    settings = Settings()
    settings = settings.model_copy(update={"alerts": settings.alerts.model_copy(update={"dwell_s": DWELL_S})})
    with tempfile.TemporaryDirectory() as folder, closing(Landmarker()) as estimator, VideoSource(video) as source:
        analysis = analyze(source, profile, estimator, settings, Path(folder) / "out.csv")
    return score(name, analysis, json.loads(truth.read_text()))


def as_markdown(outcomes: Iterable[Score | str]) -> str:
    """The figures as two tables, and a line for each recording whose calibration was refused."""
    lines = [
        "| recording | r | RMSE | bias | AUC >=10 vs <=4 | 90 % interval covers | its width | thigh RMSE | knee RMSE "
        "| seated unknown | away right | warnings |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    outcomes = list(outcomes)
    scores = [s for s in outcomes if isinstance(s, Score)]
    for s in scores:
        lines.append(
            f"| {s.name} | {s.r:.3f} | {s.rmse_deg:.2f}° | {s.bias_deg:+.2f}° | {s.auc:.3f} | {s.cover_pct:.0f} % | "
            f"{s.width_deg:.1f}° | {s.thigh_rmse_deg:.1f}° | {s.knee_rmse_cm:.1f} cm | {s.unknown_pct:.1f} % | "
            f"{s.away_right_pct:.0f} % | {'; '.join(s.warnings) or 'none'} |"
        )
    lines += ["", *(o for o in outcomes if isinstance(o, str))]
    lines += ["", "What was said in each true stretch (frames):", "", "| recording | stretch | said |", "|---|---|---|"]
    lines += [
        f"| {s.name} | {stretch} | {', '.join(f'{state} {n}' for state, n in counts.most_common())} |"
        for s in scores
        for stretch, counts in s.said.items()
    ]
    return "\n".join(lines)


def main() -> None:
    """Score every recording that is there, and print the figures or put them into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="folder of recordings with their truth beside them")
    parser.add_argument("--write", type=Path, help="page whose figures are replaced, between its two marks")
    arguments = parser.parse_args()
    recordings = with_truth_in(arguments.folder) if arguments.folder else with_truth()
    if not recordings:
        raise SystemExit(f"{arguments.folder} holds no .mp4 with a .json of the same name.")
    text = as_markdown(run(name, *paths) for name, paths in recordings.items())
    print(text)
    if arguments.write:
        write_part(arguments.write, "figures", text)


def _values(pairs: list[tuple[Assessment, dict[str, Any]]], name: str) -> FloatArray:
    return np.array([getattr(a, name) for a, _ in pairs], dtype=np.float64)


def _true(frames: list[dict[str, Any]], name: str) -> FloatArray:
    return np.array([f.get(name, math.nan) for f in frames], dtype=np.float64)


if __name__ == "__main__":
    main()
