"""Train the small models of the coach, from the project's own texts alone, and write them beside the phrases.

    python tests/coach/train.py            all models, on all cores, some minutes; the same texts give the same
                                           file, byte for byte
    python tests/coach/train.py --check    the same, and compares with the files that are there
    python tests/coach/train.py danger es  one of them: coach, danger or addressee, and a language, with any of the
                                           others
    python tests/coach/train.py --table    what each threshold costs on the hand for choosing; writes nothing;
                                           in another language than English, on five parts of the texts in turn, of
                                           which the model that is asked has learnt from the four others

Nothing is read but the hands for training, the older texts for tuning, and the examples of the phrases. A feature is
worth the more the rarer it is. Each kind has a head of its own, which parts it from what is harmless, and one head
parts all kinds from it: linear classifiers (support vector machines with a squared hinge, by dual coordinate descent
with shrinking after Hsieh and others, ICML 2008): sums, products and comparisons of Python's own numbers in a fixed
order, so that every machine comes to the same weights. The English thresholds were chosen on
hands that were left out in turn, and on the hand for choosing, from which nothing learns.
"""

import random
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from math import log, sqrt
from operator import itemgetter, mul
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
for folder in (ROOT, ROOT / "tests" / "coach"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from addressee import PARTS, SPOKEN, addressee_plan, part_of, without  # noqa: E402 - found only once its folder is on the path
from english_files import english  # noqa: E402 - as above
from hands import ANSWERS, CHOOSING, TRAINING, Text, moments, read_hands  # noqa: E402 - as above
from measure import labelled  # noqa: E402 - as above
from plan import FALLBACK, MORE_PLACES, Plan, Sample  # noqa: E402 - as above
from tongues import COUNTED, FOLDS, LANGUAGES, fold_of, tables, tongue_plan  # noqa: E402 - as above

from bot.coach.addressee import ADDRESSEE  # noqa: E402 - as above
from bot.coach.addressee import FEWEST as FEWEST_WORDS  # noqa: E402 - as above
from bot.coach.coach import UNHELPFUL, Coach, hints  # noqa: E402 - as above
from bot.coach.danger import DANGER  # noqa: E402 - as above
from bot.coach.features import features, parts, placed, words_of  # noqa: E402 - as above
from bot.coach.model import ANY, Limits, Model, write_model  # noqa: E402 - as above
from bot.coach.senses import NONE, Senses  # noqa: E402 - as above
from bot.coach.wording import Manner, wording  # noqa: E402 - as above

PROMPTS = ROOT / "prompts"
ENGLISH = PROMPTS / FALLBACK
SEED = 14
COST = 2.0
ROUNDS = 40
# A round in which no sample moves by more than this is the last.
STILL = 0.01
# The largest worth of a feature; weights are whole numbers too, up to a plan's `largest`: the larger, the larger the
# file, and the nearer to what was learned.
DEAREST = 127
# A feature that stands in fewer texts says nothing.
FEWEST = 4
OLD = "house"
# How much a text weighs that is not of a hand, and one that is about no danger.
OLD_WEIGHT, ORDINARY = 0.6, 0.3
# ... and an example of what no phrase may find.
NEVER = 5.0
Row = tuple[list[int], list[float]]


def fit(
    rows: Sequence[Row], yes: Sequence[bool], weights_of: Sequence[float], places: int
) -> tuple[list[float], float]:
    """Return the weights and the bias that part the rows; both sides weigh the same."""
    sides = Counter(yes)
    even = {side: len(rows) / (2 * count) for side, count in sides.items()}
    slacks = [0.5 / (COST * weight * even[side]) for weight, side in zip(weights_of, yes, strict=True)]
    weights, bias = [0.0] * places, 0.0
    alphas = [0.0] * len(rows)
    shuffle = random.Random(SEED)  # noqa: S311 - an order, and no secret
    # A taker picks a row's weights at once; two more places, worth nothing, since of one it would give no tuple.
    takers = [itemgetter(*found, 0, 0) for found, _ in rows]
    everyone = list(range(len(rows)))
    active, limit = everyone[:], float("inf")
    for _ in range(ROUNDS):
        shuffle.shuffle(active)
        largest, steepest = 0.0, 0.0
        kept = []
        for at in active:
            (found, worth), sign = rows[at], 1.0 if yes[at] else -1.0
            total = sum(map(mul, takers[at](weights), worth)) + bias
            before = alphas[at]
            gradient = sign * total - 1.0 + before * slacks[at]
            if before <= 0.0 and gradient > limit:
                continue
            kept.append(at)
            steepest = max(steepest, gradient if before > 0.0 else 0.0, -gradient)
            # The length of a row is 1, and 1 for the bias.
            moved = (max(before - gradient / (2.0 + slacks[at]), 0.0) - before) * sign
            if moved:
                alphas[at] = before + moved * sign
                largest = max(largest, abs(moved))
                bias += moved
                for place, value in zip(found, worth, strict=True):
                    weights[place] += moved * value
        if largest < STILL and len(kept) == len(rows):
            break
        everybody = largest < STILL
        active, limit = (everyone[:], float("inf")) if everybody else (kept, steepest or float("inf"))
    return weights, bias


def worths(places: Iterable[int], table: Sequence[int]) -> tuple[list[int], list[float]]:
    """Return those places that are worth something, and how much each, so that their squares add up to 1."""
    found = [place for place in places if table[place]]
    length = sqrt(sum(table[place] * table[place] for place in found)) or 1.0
    return found, [table[place] / length for place in found]


def worth_of(rows: Iterable[Sequence[int]], places: int) -> list[int]:
    """Return what each feature is worth: the more the fewer texts it stands in, and nothing where it stands alone."""
    texts = list(rows)
    counts = Counter(place for row in texts for place in row)
    dearest = log(1 + len(texts) / FEWEST)
    worth = [0] * places
    for place, count in counts.items():
        if count >= FEWEST:
            worth[place] = max(1, round(DEAREST * log(1 + len(texts) / count) / dearest))
    return worth


def train(plan: Plan, without: str = "") -> dict[str, Any]:
    """Train one model, perhaps without one hand; return what its file holds."""
    samples = [sample for sample in plan.samples if sample.hand != without]
    common = most_common((sample.text for sample in samples), plan.frames)
    meant = Senses.from_data(plan.senses) if plan.senses else NONE
    wordings = {
        name: wording(name, plan.meanings.get(name, {})) for name in {one.language for one in samples}
    }
    found = [
        _row(sample, plan.places, common, meant, wordings[sample.language])
        if sample.language == plan.language
        else _sensed(sample, plan.places, wordings[sample.language])
        for sample in samples
    ]
    worth = worth_of(found, plan.places)
    rows = [worths(row, worth) for row in found]
    kinds = sorted({sample.kind for sample in samples if sample.kind})
    jobs = []
    for kind in (*kinds, ANY):
        chosen = [at for at, one in enumerate(samples) if kind == ANY or one.kind in ("", kind)]
        jobs.append(
            (
                [rows[at] for at in chosen],
                [samples[at].kind != "" for at in chosen],
                [samples[at].weight for at in chosen],
                plan.places,
            )
        )
    with ProcessPoolExecutor() as pool:
        fitted = pool.map(fit, *zip(*jobs, strict=True))
        heads = {kind: _head(*one, plan.largest) for kind, one in zip((*kinds, ANY), fitted, strict=True)}
    limits = {
        key: getattr(plan.limits, key) for key in ("share", "alone", "support", "firm", "doubt", "heard")
    }
    read = (
        {}
        if plan.language == FALLBACK
        else {"language": plan.language, "meanings": {**plan.meanings[plan.language]}}
    )
    return {
        "about": plan.about,
        **read,
        "places": plan.places,
        "limits": limits,
        "common": common,
        **({"senses": plan.senses} if plan.senses else {}),
        "worth": worth,
        "heads": heads,
        "examples": [],
    }


def _head(weights: Sequence[float], bias: float, largest: int) -> dict[str, Any]:
    scale = max(map(abs, weights)) / largest
    return {"scale": scale, "bias": bias, "weights": [round(weight / scale) for weight in weights]}


def write(plan: Plan) -> str:
    """Train one model and return its file, with what its first texts score."""
    data = train(plan)
    model = Model.from_text(write_model(data))
    shown = [text for yes in (True, False) for text in _first(plan, yes=yes)]
    return write_model({**data, "examples": [(text, round(model.score(text), 4)) for text in shown]})


def most_common(texts: Iterable[str], count: int) -> list[str]:
    """Return the words that stand most often, the first of equals by the alphabet, in the order of the alphabet."""
    counts = Counter(word for text in texts for word in words_of(text)) if count else Counter[str]()
    return sorted(sorted(counts, key=lambda word: (-counts[word], word))[:count])


def _row(sample: Sample, places: int, common: Sequence[str], senses: Senses, read: Manner) -> list[int]:
    words = [word for part in parts(sample.text, read) for word in part]
    return features(words, places, sample.hints, frozenset(common), senses, wording=read)


def _sensed(sample: Sample, places: int, read: Manner) -> list[int]:
    """Return what a text in another language teaches: the senses of its words."""
    return placed(read.sensed([word for part in parts(sample.text, read) for word in part]), places)


def _first(plan: Plan, *, yes: bool) -> list[str]:
    own = (one.text for one in plan.samples if bool(one.kind) is yes and one.language == plan.language)
    alike = (text for text in own if len(parts(text)) == 1)
    return [text for text, _ in zip(alike, range(3), strict=False)]


def _named(label: str) -> str:
    return label.replace("-", "_")


def danger_samples(hands: Sequence[str] = TRAINING) -> Iterator[Sample]:
    """Yield dangers and look-alikes, and ordinary texts with less weight."""
    texts = read_hands(hands)
    answers = [text for text in texts if not _private(text)]
    for text in texts:
        if _private(text):
            yield Sample(text.text, text.hand, text.said or text.set, _named(text.label))
    for text in (*answers, *moments(texts)):
        yield Sample(text.text, text.hand, "ordinary", weight=ORDINARY)
    for rule in english("danger.toml")["danger"]:
        yield from (Sample(text, OLD, "example", rule["kind"]) for text in rule["must"])
        yield from (Sample(text, OLD, "example", weight=NEVER) for text in rule["must_not"])
    for text_ in _old():
        yield Sample(text_, OLD, "old", weight=ORDINARY)


def _private(text: Text) -> bool:
    return text.set in ("danger", "lookalike")


def _old() -> list[str]:
    items = [item for half in ("tuning", "tuning_single") for item in labelled(half)]
    return [item.text for item in items] + list(dict.fromkeys(item.about for item in items if item.about))


# What a rule's kind is among the kinds that the hands wrote.
RULES = {
    "leaving": "threat_to_leave",
    "attacked": "feel_attacked",
    "curt": "one_word",
    "defending": "defensiveness",
    "big_deal": "whats_the_big_deal",
}


def unhelpful_samples(hands: Sequence[str] = (*TRAINING, *ANSWERS)) -> Iterator[Sample]:
    """Yield unhelpful and kind answers, each with what the phrases notice of an understanding in it."""
    coach = Coach.from_data(english("coach.toml"))

    def sample(text: str, moment: str, hand: str, group: str, kind: str = "") -> Sample:
        known = hints(coach.read(text, moment))
        if hand == OLD:  # the phrases were made for these, and find them more surely than others
            known = {name for name in known if "found " not in name}
        return Sample(text, hand, group, kind, OLD_WEIGHT if hand == OLD else 1.0, frozenset(known))

    for one in read_hands(hands):
        if not _private(one):
            yield sample(one.text, one.moment, one.hand, one.set, _named(one.label))
    for half in ("tuning", "tuning_single"):
        yield from (sample(item.text, item.about, OLD, "old") for item in labelled(half) if item.kind)
    for rule in english("coach.toml")["in_the_way"]:
        kind = RULES.get(rule["kind"], rule["kind"])
        yield from (sample(_text(one), "", OLD, "example", kind) for one in rule["must"])
        yield from (sample(_text(one), "", OLD, "example") for one in rule["must_not"])


def _text(example: str | dict[str, str]) -> str:
    return example if isinstance(example, str) else example["text"]


def danger_plan() -> Plan:
    """Return what danger.model learns."""
    return Plan(
        DANGER,
        list(danger_samples()),
        Limits(share=0.5, alone=0.12, support=-0.15, firm=0.1, doubt=-1.0, heard=-0.4),
        largest=15,
    )


def coach_plan() -> Plan:
    """Return what coach.model learns."""
    return Plan(
        UNHELPFUL,
        list(unhelpful_samples()),
        Limits(share=0.5, alone=0.12, support=0.05, firm=0.05, doubt=-0.85, heard=-0.98),
        largest=31,
        places=MORE_PLACES,
        frames=200,
        senses=tomllib.loads((ROOT / "tests" / "coach" / "senses.toml").read_text("utf-8")),
    )


FILES: dict[tuple[str, str], Callable[[], Plan]] = {
    (FALLBACK, "coach.model"): coach_plan,
    (FALLBACK, "danger.model"): danger_plan,
    **{(language, "danger.model"): partial(tongue_plan, language) for language in LANGUAGES},
    **{(language, "addressee.model"): partial(addressee_plan, language) for language in SPOKEN},
}
OPTIONS = ("--check", "--table")
ADDRESSEE_LIMITS = (-0.1, 0.0, 0.1, 0.2, 0.3, 0.4)
SHARES = (0.003, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05)


def fold_table(language: str) -> str:
    """Return what phrases and model notice of the texts of each fold that the model did not see, by threshold."""
    plan = tongue_plan(language)
    counted = []
    for fold in range(FOLDS):
        seen = replace(plan, samples=[one for one in plan.samples if fold_of(one) != fold])
        model = Model.from_text(write_model(train(seen)))
        counted += [
            (one, model.score(one.text))
            for one in plan.samples
            if one.language == language and one.group in COUNTED and fold_of(one) == fold
        ]
    return tables(language, counted)


def table(name: str) -> str:
    """Return which share of each group is above which score on the hand for choosing, and of answers below."""
    model = Model.from_text((ENGLISH / name).read_text("utf-8"))
    samples = {"coach.model": unhelpful_samples, "danger.model": danger_samples}[name](CHOOSING)
    scores: dict[str, list[float]] = {}
    for one in samples:
        if one.hand in CHOOSING:
            scores.setdefault(one.group, []).append(model.score(one.text, one.hints))
    first = "kind" if "kind" in scores else "lookalike"
    ranked = sorted(scores[first], reverse=True)
    rows = [name]
    for share in SHARES:
        limit = ranked[int(share * len(ranked))]
        shares = (
            f"{group} {sum(s > limit for s in those) / len(those):.2%}" for group, those in scores.items()
        )
        rows.append(f"  {limit:>6.2f}  " + "  ".join(shares))
    for share in SHARES if first == "kind" else ():
        limit = sorted(scores["unhelpful"])[int(share * len(scores["unhelpful"]))]
        warm = sum(score < limit for score in scores[first]) / len(scores[first])
        rows.append(f"  below {limit:>6.2f}  unhelpful {share:.2%}  kind {warm:.2%}")
    return "\n".join(rows)


def _table(language: str, name: str) -> str:
    if name.startswith(ADDRESSEE):
        return addressee_table(language)
    return table(name) if language == FALLBACK else fold_table(language)


def addressee_table(language: str) -> str:
    """Return what a model of the other parts takes for the bot's, of each group of each part, by threshold."""
    plan = addressee_plan(language)
    scores: dict[str, list[float]] = {}
    for part in range(PARTS):
        model = Model.from_text(write_model(train(without(plan, part))))
        for one in plan.samples:
            if part_of(one) == part and len(one.text.split()) >= FEWEST_WORDS:
                scores.setdefault(one.group, []).append(model.score(one.text))
    rows = [f"{language} addressee: " + ", ".join(f"{name} {len(those)}" for name, those in scores.items())]
    for limit in ADDRESSEE_LIMITS:
        shares = (
            f"{name} {sum(s > limit for s in those) / len(those):.1%}" for name, those in scores.items()
        )
        rows.append(f"  {limit:>5.2f}  " + "  ".join(shares))
    return "\n".join(rows)


def chosen(arguments: Collection[str]) -> list[tuple[str, str]]:
    """Return language and name of the models that were named, all where none was; ValueError for another word."""
    known = {"coach", "danger", ADDRESSEE, FALLBACK, *LANGUAGES, *OPTIONS}
    if unknown := sorted({*arguments} - known):
        raise ValueError(f"{unknown[0]}: not one of {', '.join(sorted(known))}")
    names = {"coach", "danger", ADDRESSEE} & {*arguments} or {"coach", "danger", ADDRESSEE}
    languages = {FALLBACK, *LANGUAGES} & {*arguments} or {FALLBACK, *LANGUAGES}
    return [
        (language, name)
        for language, name in FILES
        if language in languages and name.removesuffix(".model") in names
    ]


def main(arguments: Sequence[str]) -> int:
    """Train and write; 1 where `--check` finds a difference."""
    different = 0
    try:
        models = chosen(arguments)
    except ValueError as error:
        print(error, __doc__, sep="\n\n", file=sys.stderr)  # noqa: T201 - its purpose
        return 2
    for language, name in models:
        if "--table" in arguments:
            print(_table(language, name))  # noqa: T201 - its purpose
            continue
        written = write(FILES[language, name]())
        flaws = Model.from_text(written).flaws()
        path = PROMPTS / language / name
        same = path.exists() and path.read_text("utf-8") == written
        if "--check" not in arguments:
            path.write_text(written, "utf-8")
        print(  # noqa: T201 - its purpose
            f"{language} {name}: {len(written) / 1000:.0f} kB, {'the same' if same else 'new'}", *flaws
        )
        different += bool(flaws) or not same
    return int("--check" in arguments and different > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
