"""Train the small models of the coach, from the project's own texts alone, and write them beside the phrases.

    python tests/coach/train.py            both models, a few minutes; the same texts give the same file, byte for byte
    python tests/coach/train.py --check    the same, and compares with the files that are there
    python tests/coach/train.py --table    what each threshold costs on hands that were left out; writes nothing

Nothing is read but the hands for training, the older texts for tuning, and the examples of the phrases. A head is a
linear classifier (a support vector machine with a squared hinge, by dual coordinate descent after Hsieh and others,
ICML 2008): sums, products and comparisons of Python's own numbers in a fixed order, so that every machine comes to
the same weights. Its thresholds are chosen with one hand left out at a time.
"""

import random
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
for folder in (ROOT, ROOT / "tests" / "coach"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from english_files import english  # noqa: E402 - found only once its folder is on the path
from hands import TRAINING, TUNING, Text, moments, read_hands  # noqa: E402 - as above
from measure import labelled  # noqa: E402 - as above

from bot.coach.features import features, parts  # noqa: E402 - as above
from bot.coach.model import Model, write_model  # noqa: E402 - as above

ENGLISH = ROOT / "prompts" / "en"
SEED = 14
ROUNDS = 40
# A round in which no sample moves by more than this is the last.
STILL = 0.01
LARGEST = 127
OLD = "house"
OLD_WEIGHT = 0.6
# Which types of danger are one sort to the reader of the calm message.
SORTS = {
    "sort_self": frozenset({"self-harm", "hopelessness", "farewell"}),
    "sort_own": frozenset({"own-violence"}),
    "sort_partner": frozenset({"partner-danger"}),
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with what it is, how much it weighs, and whose it is."""

    text: str
    hand: str
    group: str
    yes: bool = False
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What one head learns: from which samples, in how many places, how hard (`cost`), and within which budgets.

    `alone` says for each group of harmless texts which share may be taken for a yes; `doubted` which share of the
    true ones may be without support when a phrase is found, and when a less sure one is.
    """

    name: str
    samples: Sequence[Sample]
    places: int
    cost: float
    alone: dict[str, float]
    doubted: tuple[float, float]


def fit(rows: Sequence[Sequence[int]], plan: Plan, samples: Sequence[Sample]) -> tuple[list[float], float]:
    """Return the weights and the bias that part the samples."""
    yes = sum(sample.weight for sample in samples if sample.yes)
    no = sum(sample.weight for sample in samples if not sample.yes)
    even = no / yes if yes and no else 1.0
    weights, bias = [0.0] * plan.places, 0.0
    alphas = [0.0] * len(samples)
    costs = [plan.cost * sample.weight * (even if sample.yes else 1.0) for sample in samples]
    values = [1.0 / sqrt(len(row)) for row in rows]
    order = list(range(len(samples)))
    shuffle = random.Random(SEED)  # noqa: S311 - an order, and no secret
    for _ in range(ROUNDS):
        shuffle.shuffle(order)
        largest = 0.0
        for at in order:
            row, value, sign = rows[at], values[at], 1.0 if samples[at].yes else -1.0
            slack = 0.5 / costs[at]
            total = sum(map(weights.__getitem__, row)) * value + bias
            gradient = sign * total - 1.0 + alphas[at] * slack
            before = alphas[at]
            after = max(
                before - gradient / (2.0 + slack), 0.0
            )  # the length of a row is 1, and 1 for the bias
            moved = (after - before) * sign
            if moved:
                alphas[at] = after
                largest = max(largest, abs(moved))
                bias += moved
                step = moved * value
                for place in row:
                    weights[place] += step
        if largest < STILL:
            break
    return weights, bias


def score(row: Sequence[int], weights: Sequence[float], bias: float) -> float:
    """Return the side that a row is on, and how far."""
    return sum(map(weights.__getitem__, row)) / sqrt(len(row)) + bias


def left_out(rows: Sequence[Sequence[int]], plan: Plan) -> list[float | None]:
    """Return for each sample of a tuning hand how a model scores it that saw nothing of that hand."""
    found: list[float | None] = [None] * len(rows)
    for hand in TUNING:
        kept = [at for at, sample in enumerate(plan.samples) if sample.hand != hand]
        weights, bias = fit([rows[at] for at in kept], plan, [plan.samples[at] for at in kept])
        for at, sample in enumerate(plan.samples):
            if sample.hand == hand:
                found[at] = score(rows[at], weights, bias)
    return found


def thresholds(plan: Plan, scores: Sequence[float | None]) -> dict[str, float]:
    """Return above what a score stands alone, and above what it supports a phrase, and a less sure one."""
    alone = max(
        _above([scores[at] for at, sample in enumerate(plan.samples) if sample.group == group], share)
        for group, share in plan.alone.items()
    )
    true = sorted(found for at, found in enumerate(scores) if found is not None and plan.samples[at].yes)
    support, firm = (min(alone, true[int(share * len(true))]) for share in plan.doubted)
    return {"alone": round(alone, 3), "support": round(support, 3), "firm": round(firm, 3)}


def head(plan: Plan) -> tuple[dict[str, object], list[tuple[str, str, float]]]:
    """Train one head; return its block for the file, and what its first texts score by the file's own numbers."""
    rows = [_row(sample.text, plan.places) for sample in plan.samples]
    limits = thresholds(plan, left_out(rows, plan))
    weights, bias = fit(rows, plan, plan.samples)
    scale = max(map(abs, weights)) / LARGEST
    whole = [round(weight / scale) for weight in weights]
    block = {"scale": scale, "bias": bias, **limits, "weights": whole}
    shown = [at for yes in (True, False) for at in _first(plan.samples, yes=yes)]
    by_file = [scale * weight for weight in whole]
    examples = [(plan.name, plan.samples[at].text, round(score(rows[at], by_file, bias), 4)) for at in shown]
    return block, examples


def train(plans: Iterable[Plan]) -> str:
    """Train the heads of one file and return it."""
    blocks, examples = {}, []
    for plan in plans:
        block, own = head(plan)
        blocks[plan.name] = block
        examples += own
    return write_model(blocks, examples)


def _row(text: str, places: int) -> list[int]:
    words = [word for part in parts(text) for word in part]
    return features(words, places)


def _first(samples: Sequence[Sample], *, yes: bool) -> list[int]:
    return [at for at, sample in enumerate(samples) if sample.yes is yes and len(parts(sample.text)) == 1][:3]


def _above(scores: Iterable[float | None], share: float) -> float:
    found = sorted((one for one in scores if one is not None), reverse=True)
    return found[int(share * len(found))]


def danger_samples() -> list[Sample]:
    """Return dangers and look-alikes, and ordinary texts with less weight."""
    texts = read_hands(TRAINING)
    found = [
        Sample(text.text, text.hand, text.set, yes=text.set == "danger") for text in texts if _private(text)
    ]
    answers = [text for text in texts if not _private(text)]
    found += [Sample(text.text, text.hand, "ordinary", weight=0.3) for text in (*answers, *moments(texts))]
    found += [Sample(text, OLD, "example", yes=yes) for text, yes in _examples()]
    return found + [Sample(text, OLD, "old", weight=0.3) for text in _old()]


def _examples() -> list[tuple[str, bool]]:
    """Return the examples of the phrases: what they must find, and what they must not."""
    rules = english("danger.toml")["danger"]
    return [(text, key == "must") for rule in rules for key in ("must", "must_not") for text in rule[key]]


def _private(text: Text) -> bool:
    return text.set in ("danger", "lookalike")


def _old() -> list[str]:
    items = [item for half in ("tuning", "tuning_single") for item in labelled(half)]
    return [item.text for item in items] + list(dict.fromkeys(item.about for item in items if item.about))


def unhelpful_samples() -> list[Sample]:
    """Return unhelpful and kind answers."""
    answers = [text for text in read_hands(TRAINING) if not _private(text)]
    found = [Sample(text.text, text.hand, text.set, yes=text.set == "unhelpful") for text in answers]
    items = [item for half in ("tuning", "tuning_single") for item in labelled(half)]
    found += [Sample(item.text, OLD, "old", yes=not item.kind, weight=OLD_WEIGHT) for item in items]
    rules = english("coach.toml")["in_the_way"]
    return found + [
        Sample(_text(example), OLD, "example", yes=key == "must", weight=OLD_WEIGHT)
        for rule in rules
        for key in ("must", "must_not")
        for example in rule[key]
    ]


def _text(example: str | dict[str, str]) -> str:
    return example if isinstance(example, str) else example["text"]


def danger_plans() -> list[Plan]:
    """Return what danger.model learns."""
    samples = danger_samples()
    dangers = [text for text in read_hands(TRAINING) if text.set == "danger"]
    sorts = [
        Plan(
            name,
            [Sample(text.text, text.hand, _side(text, labels), yes=text.label in labels) for text in dangers],
            1 << 12,
            2.0,
            {"other": 0.1},
            (0.08, 0.08),
        )
        for name, labels in SORTS.items()
    ]
    return [
        Plan("danger", samples, 1 << 15, 2.0, {"lookalike": 0.005, "ordinary": 0.001}, (0.1, 0.1)),
        *sorts,
    ]


def _side(text: Text, labels: frozenset[str]) -> str:
    return "own" if text.label in labels else "other"


def coach_plans() -> list[Plan]:
    """Return what coach.model learns."""
    return [Plan("unhelpful", unhelpful_samples(), 1 << 15, 2.0, {"kind": 0.007}, (0.06, 0.25))]


FILES: dict[str, Callable[[], list[Plan]]] = {"danger.model": danger_plans, "coach.model": coach_plans}


def table(plan: Plan) -> str:
    """Return what thresholds cost and find, on hands that were left out."""
    scores = left_out([_row(sample.text, plan.places) for sample in plan.samples], plan)
    rows = [plan.name]
    for share in (0.003, 0.005, 0.007, 0.01, 0.015, 0.02, 0.03):
        first = next(iter(plan.alone))
        limit = _above([scores[at] for at, one in enumerate(plan.samples) if one.group == first], share)
        groups: dict[str, list[bool]] = {}
        for at, one in enumerate(plan.samples):
            if (found := scores[at]) is not None:
                groups.setdefault(one.group, []).append(found > limit)
        rows.append(
            f"  {limit:>6.2f}  "
            + "  ".join(f"{name} {sum(those) / len(those):.2%}" for name, those in groups.items())
        )
    return "\n".join(rows)


def main(arguments: Sequence[str]) -> int:
    """Train and write; 1 where `--check` finds a difference."""
    different = 0
    for name, plans in FILES.items():
        if "--table" in arguments:
            print("\n".join(table(plan) for plan in plans()))  # noqa: T201 - its purpose
            continue
        written = train(plans())
        flaws = Model.from_text(written).flaws()
        path = ENGLISH / name
        same = path.exists() and path.read_text("utf-8") == written
        if "--check" not in arguments:
            path.write_text(written, "utf-8")
        print(f"{name}: {len(written) / 1000:.0f} kB, {'the same' if same else 'new'}", *flaws)  # noqa: T201 - its purpose
        different += bool(flaws) or not same
    return int("--check" in arguments and different > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
