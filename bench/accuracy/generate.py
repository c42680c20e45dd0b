"""``python -m bench.accuracy.generate``: silhouettes for fitting, recordings for judging."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.accuracy import recordings, silhouettes
from bench.accuracy.bake import OUT, BakeError, load_body
from bench.accuracy.people import people
from bench.accuracy.setup import Wish


class Progress:
    """A line that says how far things are; one thread."""

    def __init__(self, what: str, total: int) -> None:
        self._what, self._total, self._done = what, total, 0
        self._start_s = time.monotonic()
        self._said_s = -1.0

    def tick(self, more: int) -> None:
        """So many more are done."""
        self._done += more
        now = time.monotonic()
        if now - self._said_s < 1.0 and self._done < self._total:
            return
        self._said_s = now
        rate = self._done / max(now - self._start_s, 1e-6)
        of = f" of {self._total}" if self._total else ""
        print(f"\r{self._done}{of} {self._what}, {rate:.1f} a second   ", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line."""
        print(file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.accuracy.generate",
        description="Sitting with exactly known pelvic tilt. The same seed and split give the same output.",
    )
    parser.add_argument("--bodies", type=Path, help="folder of baked bodies (default: bench/out/bodies)")
    commands = parser.add_subparsers(dest="command", required=True)
    many = commands.add_parser("silhouettes", help="masks, joints and truth in npz shards, for fitting")
    films = commands.add_parser("recordings", help="640x480 films with truth beside them, for judging")
    bake = commands.add_parser("bodies", help="bake all bodies of a split and stop")
    for command, default in ((many, "fit"), (films, "judge"), (bake, "fit")):
        command.add_argument("--split", choices=("fit", "judge"), default=default, help="default: %(default)s")
    for command, number in ((many, 2400), (films, 1)):
        command.add_argument("--count", type=int, default=number, help="how many (default: %(default)s)")
        command.add_argument("--seed", type=int, default=0, help="default: %(default)s")
        command.add_argument("--out", type=Path, help="folder (default: in bench/out)")
    films.add_argument(
        "--course",
        choices=("work", "upright", "mixed", "refusals"),
        default="work",
        help="six minutes with everything, a long natural day without or with slumps, or what must be refused",
    )
    films.add_argument("--hours", type=float, default=8.0, help="length of a long day (default: %(default)s)")
    films.add_argument("--every", type=float, default=1.0, metavar="S", help="one frame in S seconds (default: 1)")
    films.add_argument("--masks", action="store_true", help="keep the true masks, too")
    films.add_argument("--chair", help="a chair by name, such as office-j1")
    films.add_argument("--body", help="a body by name, such as j03")
    films.add_argument("--room", help="a room by name, such as room-j01")
    films.add_argument("--top", choices=("tight", "shirt", "loose", "cardigan"), help="how the top fits")
    films.add_argument("--yaw", type=float, help="camera yaw in degrees, towards the front positive")
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; 0 when done, 1 with a reason, 130 when stopped."""
    given = _parser().parse_args(argv)
    try:
        if given.command == "bodies":
            for person in people(given.split):
                load_body(person, given.bodies)
            return 0
        out = given.out if given.out is not None else OUT / given.command
        if given.command == "silhouettes":
            progress = Progress("silhouettes", given.count)
            silhouettes.generate(given.count, given.seed, out, given.split, given.bodies, progress.tick)
        else:
            progress = Progress("frames", 0)
            plan = recordings.Plan(given.course, given.hours, given.every, given.masks)
            wish = Wish(given.body, given.chair, given.room, given.top, given.yaw)
            recordings.generate(given.count, given.seed, out, given.split, plan, wish, given.bodies, progress.tick)
        progress.end()
    except KeyboardInterrupt:
        print("\nStopped. What was finished is kept; the same command goes on from there.", file=sys.stderr)
        return 130
    except (BakeError, KeyError, OSError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
