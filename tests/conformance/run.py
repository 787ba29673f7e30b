"""Print how far the sandbox and Telegram's own engine agree: `run.py [SEED [NUMBER]]`, a fresh seed by default."""

import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

import judge
from compare import KINDS, disagreements, sources


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    """Print a table, and the first disagreement of each kind."""
    seed, number = (*map(int, sys.argv[1:]), *(secrets.randbelow(10**9), 5_000)[len(sys.argv) - 1 :])
    _say(f"TDLib {judge.version()}, seed {seed}\n\n| kind | texts | agree |\n|---|---|---|")
    for kind in KINDS:
        asked = sum(1 for _ in sources(kind, seed, number))
        apart = list(disagreements(kind, seed, number))
        _say(f"| {kind} | {asked:,} | {100 * (1 - len(apart) / asked):.2f}% |")
        for one in apart[:1]:
            _say(f"  {one.source!r}\n  ours   {one.ours}\n  theirs {one.theirs}")


if __name__ == "__main__":
    main()
