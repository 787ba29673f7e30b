"""How well sentences around a place are read, by kind: `python tests/practice/said_places.py SET` (of `sentences`).

Right is the place where the writer is: set, or the first that is offered; nothing where none is meant. `--wrong`
shows what went wrong. What is read from a set belongs to it: a set that is counted once and tuned on is no measure.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import made_places

from bot import places
from prompts.source import ROOT, read_toml

FOLDER = Path(__file__).parent / "sentences"
SETS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def judge(meant: str, outcome: places.PlaceAnswer) -> tuple[bool, bool]:
    """Tell whether an outcome is right, and whether it is silently wrong."""
    wanted = None if meant == "?" else made_places.rule(meant)
    if isinstance(outcome, places.PlainPlace):
        fits = made_places.rule(outcome.place.zone) == wanted
        return fits, not fits
    first = made_places.rule(outcome.places[0].zone) if isinstance(outcome, places.Choices) else None
    return first == wanted, False


def cases(name: str) -> list[tuple[str, str, str]]:
    """List each kind of a set, what was typed, and the zone that is meant."""
    found, kind = [], ""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            kind = line[1:-1]
        elif line and not line.startswith("#"):
            typed, _, meant = line.rpartition(" = ")
            found.append((kind, typed, meant))
    return found


def main(arguments: Sequence[str]) -> None:
    """Print a table by kind."""
    parser = argparse.ArgumentParser()
    parser.add_argument("set")
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args(arguments)
    words = places.read_words(read_toml(ROOT / "en" / "places.toml", ROOT).data)
    tried: Counter[str] = Counter()
    right: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for kind, typed, meant in cases(given.set):
        outcome = places.find(typed, words, made_places.NOW)
        fits, wrong = judge(meant, outcome)
        for name in (kind, "all"):
            tried[name] += 1
            right[name] += fits
            silent[name] += wrong
        if given.wrong and not fits:
            said = (
                [place.label for place in outcome.places] if isinstance(outcome, places.Choices) else outcome
            )
            print("   ", "SILENT" if wrong else "", typed, "|", meant, "->", said)  # noqa: T201 (for a person)
    for kind, number in tried.items():
        print(f"| {kind} | {number} | {right[kind] / number:.1%} | {silent[kind]} |")  # noqa: T201 (as above)


if __name__ == "__main__":
    main(sys.argv[1:])
