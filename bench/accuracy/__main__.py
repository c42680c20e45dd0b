"""``python -m bench.accuracy``: how far the program is from the truth on sitters it has never seen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.accuracy.bake import OUT, BakeError
from bench.accuracy.courses import ODD_STATES
from bench.accuracy.drawing import draw
from bench.accuracy.generate import Progress
from bench.accuracy.held_out import Film, films, from_the_side
from bench.accuracy.judging import Case, Judged, judge, judge_front, judge_refusals
from bench.accuracy.photographs import Told, judge_all, photographs
from bench.accuracy.poses import poses_of
from bench.accuracy.report import Results, as_markdown
from bench.page import write_part
from bench.recordings import ROOT
from models.bundle import BundleError
from models.landmarker import Landmarker
from monitor.errors import SaddleError

PAGE = ROOT / "docs" / "accuracy.md"
QUICK_COUNT, QUICK_HOURS = 5, 0.0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.accuracy",
        description="Render held-out recordings (those that are there are kept), run the program on them, and write "
        "the figures and a picture. A stopped command goes on where it was.",
    )
    parser.add_argument("--cache", type=Path, default=OUT / "judge", help="folder of the films (default: %(default)s)")
    parser.add_argument("--bodies", type=Path, help="folder of baked bodies (default: bench/out/bodies)")
    parser.add_argument("--count", type=int, default=24, help="films of work (default: %(default)s)")
    parser.add_argument("--hours", type=float, default=8.0, help="natural upright sitting (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="five films, no long day; writes only where --write says")
    parser.add_argument("--there", action="store_true", help="render nothing: judge the films that are there")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="page to write into (default: docs/accuracy.md)")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 1 with a reason, 130 when stopped."""
    given = _parser().parse_args(argv)
    page = given.write if given.write is not None else None if given.quick else PAGE
    wanted = films(QUICK_COUNT, QUICK_HOURS) if given.quick else films(given.count, given.hours)
    if given.there:
        wanted = [film for film in wanted if _is_there(film, given.cache)]
    try:
        results = _judge_films(wanted, given.cache, given.bodies)
        results.told = _judge_photographs()
    except KeyboardInterrupt:
        print("\nStopped. What was finished is kept; the same command goes on from there.", file=sys.stderr)
        return 130
    except (BakeError, BundleError, OSError, SaddleError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    text = as_markdown(results)
    print(text)
    if page is not None:
        write_part(page, "judged", text)
        draw(results.work, page.with_suffix(".png"))
    return 0


def _is_there(film: Film, cache: Path) -> bool:
    needed = [film, from_the_side(film)] if film.purpose == "front" else [film]
    return all(one.path(cache).exists() for one in needed)


def _judge_films(wanted: list[Film], cache: Path, bodies: Path | None) -> Results:
    results = Results()
    for number, film in enumerate(wanted, 1):
        name = f"frames of {film.purpose} {film.seed} ({number} of {len(wanted)})"
        progress = Progress(f"{name} rendered", 0)
        path = film.make(cache, bodies, progress.tick)
        if film.purpose == "refusals":
            outcome = judge_refusals(path, Landmarker, ODD_STATES)
            results.cases += outcome if isinstance(outcome, list) else []
            results.cases_refused += [] if isinstance(outcome, list) else [outcome]
        elif film.purpose == "front":
            _judge_front(path, from_the_side(film).make(cache, bodies, progress.tick), results)
        else:
            _judge_sitting(film, path, name, results)
        print(f"\r{f'{film.purpose} {film.seed} judged ({number} of {len(wanted)})':<79}", file=sys.stderr)
    return results


def _judge_sitting(film: Film, path: Path, name: str, results: Results) -> None:
    player = poses_of(path, Progress(f"{name} looked at", 0).tick)
    outcome = judge(path, lambda: player)
    judged, refused = (
        (results.work, results.work_refused) if film.purpose == "work" else (results.days, results.days_refused)
    )
    if isinstance(outcome, Judged):
        judged.append(outcome)
    else:
        refused.append(outcome)


def _judge_front(path: Path, side: Path, results: Results) -> None:
    outcome, front_refused = judge_front(path, side, Landmarker)
    if isinstance(outcome, Case):
        results.cases.append(outcome)
    else:
        results.cases_refused.append(outcome)
    if not front_refused:
        results.front_calibrated.append(path.stem)


def _judge_photographs() -> list[Told] | None:
    pictures = photographs()
    if not pictures:
        return None
    told = []
    progress = Progress("photographs compared", 0)
    for one in judge_all(pictures):
        told.append(one)
        progress.tick(1)
    progress.end()
    return told


if __name__ == "__main__":
    raise SystemExit(main())
