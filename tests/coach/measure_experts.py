"""Compare the coach with three experts on a public set of fifty conversations, which this project doesn't keep.

    python tests/coach/measure_experts.py CONVERSATIONS RATINGS

The two files are the sample of *Lend an Ear* and the combined ratings of Kumar and others (Nature Machine Intelligence
2026; doi 10.5281/zenodo.17230987): `original_data/sample_lend_an_ear_conversations.csv` and
`annotations/combined_annotations_across_methods_and_datasets.csv`. Printed is Spearman's rank correlation with the mean
of three experts, and the experts' with each other. Nothing is trained or chosen on these conversations; how a
conversation gets its numbers was set before the count, each from what the experts were asked ("to what extent"):

- advice: the mean, over the supporter's sentences, of how likely one advises: 1 where a phrase of advice is found, else
  a logistic of the advice head's score;
- turning to oneself: the share of the supporter's words that stand in sentences about themselves: somebody who says "I"
  and not "you", and in which nothing is noticed that is an understanding, thanks, warmth or a question;
- dismissing: the mean over turns of the highest of the heads that make smaller what was said.
"""

import csv
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from math import exp
from pathlib import Path
from statistics import correlation, fmean

ROOT = Path(__file__).resolve().parent.parent.parent
for folder in (ROOT, ROOT / "tests" / "coach"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from english_files import english, english_model  # noqa: E402 - found only once its folder is on the path

from bot.coach.coach import Coach, hints  # noqa: E402 - as above
from bot.coach.features import parts, words_of  # noqa: E402 - as above

EXPERTS = ("expert1", "expert2", "expert3")
RATED = {
    "advice": "advice_giving",
    "turning to oneself": "self_oriented",
    "dismissing": "dismissing_emotions",
}
SMALLER = ("dismissal", "minimising", "toxic_positivity", "whats_the_big_deal")
SELF = frozenset({"i", "im", "ive", "id", "ill", "me", "my", "mine", "myself", "we", "us", "our"})
OTHER = frozenset({"you", "your", "youre", "youve", "youd", "youll", "u", "yours", "yourself"})
# A head's score is trained towards 1 and -1: between them the logistic goes from 2 in a hundred to 98.
STEEP = 4.0
SEEKER, SUPPORTER = "Seeker:", "Supporter:"
Conversation = tuple[str, list[str]]


class Experts:
    """The coach, asked about whole conversations."""

    def __init__(self) -> None:
        self._model = english_model("coach.model")
        self._coach = Coach.from_data(english("coach.toml"), self._model)

    def numbers(self, conversation: Conversation) -> dict[str, float]:
        """Return how much a conversation advises, turns to oneself, and dismisses."""
        about, turns = conversation
        sentences = [(turn[start:end], about) for turn in turns for start, end in self._sentences(turn)]
        return {
            "advice": fmean(self._advises(*one) for one in sentences),
            "turning to oneself": self._of_oneself([text for text, _ in sentences], about),
            "dismissing": fmean(max(self._heads(turn, about, SMALLER)) for turn in turns),
        }

    def _sentences(self, turn: str) -> Sequence[tuple[int, int]]:
        return self._coach.reader.read(turn).sentences or ((0, len(turn)),)

    def _heads(self, text: str, about: str, names: Sequence[str]) -> list[float]:
        known = hints(self._coach.reader.read(text, about))
        found = [self._model.scores(part, known) for part in parts(text)]
        return [max((scores[name] for scores in found), default=-1.0) for name in names]

    def _advises(self, text: str, about: str) -> float:
        if "advice" in self._coach.reader.read(text, about).kinds:
            return 1.0
        return 1.0 / (1.0 + exp(-STEEP * self._heads(text, about, ["advice"])[0]))

    def _of_oneself(self, sentences: Sequence[str], about: str) -> float:
        lengths = [(len(words_of(text)), self._is_of_oneself(text, about)) for text in sentences]
        return sum(length for length, own in lengths if own) / max(1, sum(length for length, _ in lengths))

    def _is_of_oneself(self, text: str, about: str) -> bool:
        words = set(words_of(text))
        return bool(words & SELF) and not words & OTHER and not self._coach.reader.read(text, about).noticed


def conversations(path: Path) -> dict[str, Conversation]:
    """Return by its number each conversation's first words, and the supporter's turns."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["conversation_id"]: _turns(row["full_conversation"]) for row in csv.DictReader(file)}


def _turns(written: str) -> Conversation:
    said: list[tuple[str, str]] = []
    for line in written.splitlines():
        for who in (SEEKER, SUPPORTER):
            if line.startswith(who):
                said.append((who, line.removeprefix(who).strip()))
                break
        else:
            if said:
                said[-1] = (said[-1][0], f"{said[-1][1]} {line}".strip())
    return said[0][1], [text for who, text in said if who == SUPPORTER and text]


def ratings(path: Path) -> dict[str, dict[str, dict[str, float]]]:
    """Return by expert, by what is rated and by conversation, from 1 to 5."""
    found: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["annotation_method"] in EXPERTS and row["lend_an_ear_conversation_id"]:
                for name, column in RATED.items():
                    found[row["annotation_method"]][name][row["lend_an_ear_conversation_id"]] = float(
                        row[column]
                    )
    return found


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the rank correlation; equal values share a rank."""
    return correlation(_ranks(one), _ranks(other))


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) - 1) / 2 for value in values]


def table(
    said: dict[str, Conversation], rated: dict[str, dict[str, dict[str, float]]], coach: Experts
) -> Iterator[str]:
    """Yield a line for each of the three."""
    order = sorted(said)
    ours = [coach.numbers(said[number]) for number in order]
    for name in RATED:
        each = [[rated[expert][name][number] for number in order] for expert in EXPERTS]
        mean = [fmean(values) for values in zip(*each, strict=True)]
        between = sorted(spearman(one, other) for one, other in combinations(each, 2))
        mine = spearman([numbers[name] for numbers in ours], mean)
        yield f"{name:<20}{mine:.2f}   two experts with each other {between[0]:.2f} to {between[-1]:.2f}"


def main(arguments: Sequence[str]) -> int:
    """Print the table; 2 where the two files aren't named."""
    if len(arguments) != 2:
        print(__doc__)  # noqa: T201 - its purpose
        return 2
    said, rated = conversations(Path(arguments[0])), ratings(Path(arguments[1]))
    print("\n".join(table(said, rated, Experts())))  # noqa: T201 - its purpose
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
