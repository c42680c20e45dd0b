"""Fit the tilt network on rendered sittings, compare it with its rivals on held-out ones, and write its coefficients.

    python -m bench.accuracy.fit [--sittings 1100] [--held-out 120] [--write]

Sittings are rendered where they are missing (about five seconds each) and kept in bench/out/sittings. The single
frames of rendered sitters beside the project are used, too, where they are there. Needs the dependency group
`accuracy`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from bench.accuracy import sittings
from bench.accuracy.bake import OUT
from bench.accuracy.examples import Examples, Sitting, examples, joined, measure_all
from bench.accuracy.generate import Progress
from bench.accuracy.people import Split
from bench.accuracy.rivals import RIVALS
from bench.accuracy.single_frames import frame_sittings
from bench.accuracy.train import answers, fit
from bench.scoring import auc
from models.network import COEFFICIENTS, TiltNetwork
from models.pose import BoolArray, FloatArray

SEEDS: Final = {"fit": (range(600), range(1000, 1500)), "judge": (range(120),)}
"""Sittings are taken in this order."""
REPEATS: Final = 3
FRAME_REPEATS: Final = 15
"""The single frames are few; they are used so often that they are about a thirtieth of all."""
MAX_YAW_DEG: Final = 20.0
"""Held-out figures are for views within this yaw."""
FOLDS: Final = 4
Z90: Final = 1.645


def fold_of(bodies: Sequence[str]) -> FloatArray:
    """(n,) fold of each example: whole bodies go together."""
    names = sorted(set(bodies))
    return np.array([names.index(body) % FOLDS for body in bodies])


def coverage(known: list[Sitting], also: Examples | None) -> FloatArray:
    """(2,) factors on the SD with which 90 % of the bodies left out are covered, without and with the back."""
    asked = examples(known)
    folds = fold_of(asked.body.tolist())
    miss = np.full(len(asked), np.nan)
    for fold in range(FOLDS):
        out = set(asked.body[folds == fold])
        rest = examples([s for s in known if str(s.header["subject"]) not in out], 2, seed=fold)
        network = fit(joined(rest, also) if also is not None else rest, members=2)
        rows = folds == fold
        tilts, sds = answers(network, asked[rows])
        miss[rows] = np.abs(tilts - asked.tilt[rows]) / sds
    whole = with_back(asked)
    return np.array([np.quantile(miss[use], 0.9) / Z90 for use in (~whole, whole)])


def with_back(asked: Examples) -> BoolArray:
    """(N,) whether the whole back is known."""
    whole: BoolArray = np.all(np.isfinite(asked.back), axis=(1, 2))
    return whole


def line(name: str, told: FloatArray, true: FloatArray, sds: FloatArray | None = None) -> str:
    """One row of the comparison."""
    use = np.isfinite(told)
    told, true = told[use], true[use]
    covered = "" if sds is None else f"{100 * np.mean(np.abs(told - true) <= Z90 * sds[use]):.0f} %"
    return (
        f"| {name} | {len(told)} | {np.corrcoef(told, true)[0, 1]:.3f} | {np.sqrt(np.mean((told - true) ** 2)):.2f}° | "
        f"{np.mean(told - true):+.2f}° | {auc(told, true):.3f} | {covered} |"
    )


def compare(known: list[Sitting], network: TiltNetwork, asked: Examples) -> str:
    """The table: every estimator on held-out single frames whose back is known, then the network on the rest."""
    whole = with_back(asked)
    plain = examples(known)
    rows = ["| estimator | frames | r | RMSE | bias | AUC | 90 % covers |", "|---|---|---|---|---|---|---|"]
    rows += [line(name, make(plain)(asked)[whole], asked.tilt[whole]) for name, make in RIVALS.items()]
    for name, with_slump, use in (
        ("network", True, whole),
        ("network, no slump", False, whole),
        ("network, back not known", True, ~whole),
        ("network, no slump, back not known", False, ~whole),
    ):
        tilts, sds = answers(network, asked, with_slump)
        sds = sds * network.coverage[whole.astype(int)]
        rows.append(line(name, tilts[use], asked.tilt[use], sds[use]))
    return "\n".join(rows)


def write(network: TiltNetwork, path: Path = COEFFICIENTS) -> None:
    """Write the coefficients; the file is there whole or not at all."""
    part = path.with_name(path.name + ".part.npz")
    np.savez(part, **{name: getattr(network, name).astype(np.float32) for name in network.__dataclass_fields__})
    part.replace(path)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 130 when stopped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sittings", type=int, default=1100, help="how many to fit on (default: %(default)s)")
    parser.add_argument("--held-out", type=int, default=120, help="how many to compare on (default: %(default)s)")
    parser.add_argument("--cache", type=Path, default=OUT / "sittings", help="folder (default: in bench/out)")
    parser.add_argument("--bodies", type=Path, help="folder of baked bodies (default: bench/out/bodies)")
    parser.add_argument("--write", action="store_true", help="replace the program's coefficients")
    given = parser.parse_args(argv)
    try:
        known = _measured(given.sittings, "fit", given.cache, given.bodies)
        held_out = _measured(given.held_out, "judge", given.cache, given.bodies)
        frames = frame_sittings()
        also = examples(frames, FRAME_REPEATS, seed=1) if frames else None
        print(f"{len(known)} sittings, {len(frames)} bodies in single frames.", file=sys.stderr)
        network = fit(joined(examples(known, REPEATS), also) if also is not None else examples(known, REPEATS))
        network = network.with_coverage(coverage(known, also))
        asked = examples([s for s in held_out if abs(s.header["yaw"]) <= MAX_YAW_DEG])
        print(compare(known, network, asked))
        if given.write:
            write(network)
    except KeyboardInterrupt:
        print("\nStopped. What was rendered is kept; the same command goes on from there.", file=sys.stderr)
        return 130
    return 0


def _measured(count: int, split: Split, cache: Path, bodies: Path | None) -> list[Sitting]:
    progress = Progress(f"sittings ({split})", count)
    seeds = list(chain(*SEEDS[split]))[:count]
    paths = [path for seed in seeds for path in sittings.generate(1, seed, cache, split, bodies, progress.tick)]
    progress.end()
    progress = Progress("measured", len(paths))
    found = measure_all(paths, progress.tick)
    progress.end()
    return found


if __name__ == "__main__":
    raise SystemExit(main())
