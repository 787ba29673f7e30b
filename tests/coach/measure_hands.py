"""Count how coach and danger do on the texts by many hands, and print the tables with their intervals.

    python tests/coach/measure_hands.py                       the hands that may be read while patterns are written
    python tests/coach/measure_hands.py choosing              the hand that thresholds are chosen by
    python tests/coach/measure_hands.py held_apart            the hands that are only counted
    python tests/coach/measure_hands.py reflections           good reflections, in the manner of trained counsellors
    python tests/coach/measure_hands.py mirrors               the same by a hand that knew nothing, and near misses
    python tests/coach/measure_hands.py held_apart --markdown the same as tables for docs/results.md
    python tests/coach/measure_hands.py --show unhelpful but  what is missed of one kind; refused for what is held apart

A suggestion on an unhelpful answer is a find, on a kind one a false alarm; help offered on a danger is a find, on a
look-alike, a kind answer or a partner's tender words a false alarm; "I felt heard" in practice is a mistake on an
unhelpful answer. The intervals are Wilson's, at 95 in 100.
"""

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))
if str(ROOT / "tests" / "coach") not in sys.path:
    sys.path.insert(0, str(ROOT / "tests" / "coach"))

from english_files import english, english_model  # noqa: E402 - found only once its folder is on the path
from hands import (  # noqa: E402 - as above
    CHOOSING,
    HELD_APART,
    MIRRORS,
    SETS,
    TUNING,
    Text,
    moments,
    read_hands,
    read_reflections,
)

from bot.coach.coach import Coach  # noqa: E402 - as above
from bot.coach.danger import Danger  # noqa: E402 - as above
from bot.coach.solo import Felt, felt  # noqa: E402 - as above

Z = 1.96
REFUSED = "The hands that are held apart are counted and not looked at."


@dataclass(slots=True)
class Tally:
    """How many of how many."""

    found: int = 0
    all: int = 0

    def add(self, *, found: bool) -> None:
        """Count one more."""
        self.found += found
        self.all += 1

    def interval(self) -> tuple[float, float]:
        """Return where the share lies, by Wilson's score."""
        if not self.all:
            return 0.0, 1.0
        share, n = self.found / self.all, self.all
        middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
        half = Z / (1 + Z * Z / n) * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval()
        return (
            f"{self.found:>5} of {self.all:<5} {self.found / max(1, self.all):>6.1%}  [{low:.1%}, {high:.1%}]"
        )


@dataclass(slots=True)
class Tables:
    """Tallies by heading and row, in the order in which they came up."""

    rows: dict[str, dict[str, Tally]] = field(default_factory=dict)

    def add(self, heading: str, *rows: str, found: bool) -> None:
        """Count a text under a heading's total and some of its rows."""
        for row in ("all", *rows):
            self.rows.setdefault(heading, {}).setdefault(row, Tally()).add(found=found)

    def markdown(self) -> str:
        """Return a table for each heading."""
        lines: list[str] = []
        for heading, rows in self.rows.items():
            lines += ["", f"| {heading} | found | of | share | 95 in 100 |", "|---|---|---|---|---|"]
            for row, tally in rows.items():
                low, high = tally.interval()
                share = tally.found / max(1, tally.all)
                lines.append(
                    f"| {row} | {tally.found} | {tally.all} | {share:.1%} | {low:.1%} to {high:.1%} |"
                )
        return "\n".join(lines[1:])

    def __str__(self) -> str:
        lines: list[str] = []
        for heading, rows in self.rows.items():
            lines += ["", heading, *(f"  {row:<26}{tally}" for row, tally in rows.items())]
        return "\n".join(lines[1:])


class Measure:
    """The English coach and danger, asked about every text."""

    def __init__(self) -> None:
        self.coach = Coach.from_data(english("coach.toml"), english_model("coach.model"))
        self.danger = Danger.from_data(english("danger.toml"), english_model("danger.model"))

    def advised(self, text: Text) -> bool:
        """Whether an answer gets a suggestion."""
        return self.coach.suggest(self.coach.read(text.text, text.moment)) is not None

    def heard(self, text: Text) -> bool:
        """Whether an answer would be told in practice that it was heard."""
        return felt(self.coach.read(text.text, text.moment)) is Felt.HEARD

    def helped(self, text: Text) -> bool:
        """Whether help would be offered on a text."""
        return self.danger.notices(text.text) is not None

    def tables(self, texts: Sequence[Text]) -> Tables:
        """Count all texts."""
        tables = Tables()
        of = {name: [text for text in texts if text.set == name] for name in SETS}
        for text in of["unhelpful"]:
            tables.add("unhelpful answers noticed", text.hand, text.label, found=self.advised(text))
        for text in of["kind"]:
            tables.add("false alarms on kind answers", text.hand, found=self.advised(text))
        for text in texts:
            if text.set == "reflection":
                tables.add("objections to good reflections", text.label, found=self.advised(text))
        for name in ("unhelpful", "kind"):
            for text in of[name]:
                tables.add(f"practice: “I felt heard” to {name} answers", text.hand, found=self.heard(text))
        for text in of["danger"]:
            rows = (text.hand, text.said, f"{text.said}, {text.hand}", f"{text.label}, {text.said}")
            tables.add("danger noticed", *rows, found=self.helped(text))
        for text in of["lookalike"]:
            tables.add("danger: false alarms on look-alikes", text.hand, found=self.helped(text))
        for text in (*moments(texts), *of["kind"], *of["unhelpful"]):
            tables.add("danger: false alarms on ordinary texts", text.set, found=self.helped(text))
        return tables


def _show(measure: Measure, texts: Iterable[Text], wanted: Sequence[str]) -> None:
    """Print what is missed of a set, or is a false alarm in it."""
    for text in texts:
        if text.set != wanted[0] or (len(wanted) > 1 and text.label not in wanted[1:]):
            continue
        found = measure.advised(text) if text.set in ("unhelpful", "kind") else measure.helped(text)
        if found != (text.set in ("unhelpful", "danger")):
            print(f"[{text.hand} {text.label} {text.said}] {text.moment} | {text.text}")  # noqa: T201 - its purpose


READ: Mapping[str, Callable[[], list[Text]]] = {
    "tuning": partial(read_hands, TUNING),
    "choosing": partial(read_hands, CHOOSING),
    "held_apart": partial(read_hands, HELD_APART),
    "mirrors": partial(read_hands, MIRRORS),
    "reflections": read_reflections,
}
COUNTED = frozenset({"held_apart", "mirrors"})
"""What is only counted, and never shown."""


def main(arguments: Sequence[str]) -> int:
    """Print the tables that were asked for; 2 for a word that names none, or for what is only counted."""
    shows = "--show" in arguments
    if shows and not COUNTED.isdisjoint(arguments):
        print(REFUSED)  # noqa: T201 - its purpose
        return 2
    asked = arguments[: arguments.index("--show")] if shows else arguments
    names = [word for word in asked if word != "--markdown"]
    if len(names) > 1 or not {*names} <= READ.keys():
        print(__doc__)  # noqa: T201 - its purpose
        return 2
    measure, texts = Measure(), READ[names[0] if names else "tuning"]()
    if shows:
        _show(measure, texts, arguments[arguments.index("--show") + 1 :])
    else:
        tables = measure.tables(texts)
        print(tables.markdown() if "--markdown" in arguments else tables)  # noqa: T201 - its purpose
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
