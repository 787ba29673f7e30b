"""Break the rules one by one and see a test turn red: `python tests/breaks/run.py [--jobs N] [WORDS]`.

Each break is made in a copy of the project, and the tests nearest to it are run there. What no test notices
has survived: it is printed, and the status is 1. So it is where the first red test came late.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE)]

from break_list import Break, load  # noqa: E402 (found by the path above)
from breaking import NotGreen, Outcome, try_all  # noqa: E402 (found by the path above)

NEAR = 3.0  # seconds in tests until the first red one: a second or so, two where a process is started


def main() -> int:
    """Try the breaks and print what became of them."""
    parser = argparse.ArgumentParser(description="Break the rules one by one and see a test turn red.")
    parser.add_argument("words", nargs="?", default="", help="only breaks with these words in name or file")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many at a time")
    parser.add_argument("--near", type=float, default=NEAR, help="seconds within which a test must be red")
    given = parser.parse_args()
    breaks = [broken for broken in load() if _is_meant(broken, given.words)]
    if not breaks:
        parser.error(f"no break is called anything with “{given.words}”")
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="attune-breaks-") as scratch:
        try:
            for outcome in try_all(breaks, Path(scratch), given.jobs):
                outcomes.append(outcome)
                _print(outcome)
        except NotGreen as red:
            sys.stderr.write(f"{red}\n")
            return 2
    return _sum_up(outcomes, given.near)


def _is_meant(broken: Break, words: str) -> bool:
    return words.casefold() in broken.name.casefold() or words in broken.file


def _print(outcome: Outcome) -> None:
    said = f"red in {outcome.seconds:5.2f} s" if outcome.seconds is not None else "SURVIVED     "
    sys.stdout.write(f"{said}  {outcome.broken.name}\n")
    sys.stdout.flush()


def _sum_up(outcomes: list[Outcome], near: float) -> int:
    survivors = [outcome for outcome in outcomes if not outcome.found]
    late = [outcome for outcome in outcomes if outcome.found and (outcome.seconds or 0.0) > near]
    for outcome in survivors:
        sys.stdout.write(f"survived: {outcome.broken.name} ({outcome.broken.file}): {outcome.told}\n")
    for outcome in late:
        sys.stdout.write(f"late: {outcome.broken.name}: {outcome.seconds:.1f} s until {outcome.told}\n")
    longest = max((outcome.seconds or 0.0 for outcome in outcomes), default=0.0)
    sys.stdout.write(
        f"{len(outcomes)} rules broken, {len(survivors)} survived; red within {longest:.1f} s of tests\n"
    )
    return int(bool(survivors or late))


if __name__ == "__main__":
    sys.exit(main())
