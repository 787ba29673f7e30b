"""Danger in the languages besides English: their texts, and what their models learn."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

from plan import Plan, Sample

from bot.coach.danger import DANGER, SURE, Danger
from bot.coach.model import Limits

HERE = Path(__file__).resolve().parent
TEXTS, MEANINGS = HERE / "texts", HERE / "meanings"
PROMPTS = HERE.parent.parent / "prompts"
LANGUAGES = tuple(sorted(folder.name for folder in TEXTS.iterdir() if folder.is_dir()))
# Hands that are only counted; the second came when the models and thresholds of the first stood.
HELD_APART = ("held_apart", "held_late")
# An independent hand, by whose texts thresholds are chosen.
MANY = "hand_many"
# Hands of which a part is left out in turn.
IN_PARTS = frozenset({MANY, "hand_voices", "hand_streets", "hand_homes", "hand_yards"})
COUNTED = frozenset({"plain", "between", "lookalike"})
FOLDS = 5
# What the message says depends on whom the danger is for: the model tells no more apart.
ABOUT = {
    "self_harm": "hopelessness",
    "farewell": "hopelessness",
    "hopelessness": "hopelessness",
    "own_violence": "own_violence",
    "partner_danger": "partner_danger",
}
OTHERWISE = "fear"
# How much an example of the phrases weighs: it is shorter and plainer than what people write.
EXAMPLE = 0.5
# Of the look-alikes of a hand left out some 15 to 30 in 1000 are taken for danger at these, by phrases and model.
LIMITS = {
    "ar": Limits(share=3.0, alone=2.2, support=0.0, firm=2.0, doubt=-0.5, heard=-4.0),
    "de": Limits(share=3.0, alone=5.0, support=-1.0, firm=1.0, doubt=-0.5, heard=-4.0),
    "es": Limits(share=3.0, alone=5.5, support=2.0, firm=2.0, doubt=-0.5, heard=-4.0),
    "fr": Limits(share=3.0, alone=4.4, support=0.5, firm=1.0, doubt=-0.5, heard=-4.0),
    "pt-br": Limits(share=3.0, alone=3.8, support=0.5, firm=1.0, doubt=-0.5, heard=-4.0),
    "ru": Limits(share=3.0, alone=5.0, support=-0.5, firm=1.0, doubt=-0.5, heard=-4.0),
}


@dataclass(frozen=True, slots=True)
class DangerText:
    """A text, and what it is: of danger, said plainly or between the lines, or like it; its kind where it is known."""

    danger: bool
    said: str
    kind: str
    text: str


def read_texts(language: str, hand: str) -> list[DangerText]:
    """Read a hand's texts. Raises ValueError for a line that is none."""
    found = []
    for line in (TEXTS / language / f"{hand}.tsv").read_text("utf-8").splitlines():
        what, said, *kinds, text = line.split("\t")
        danger = what == "danger"
        if (
            what not in ("danger", "lookalike")
            or danger is not (said in ("plain", "between"))
            or not text.strip()
        ):
            raise ValueError(f"no text: {what}, {said}")
        found.append(DangerText(danger, said, "".join(kinds).replace("-", "_"), text))
    return found


def training_hands(language: str) -> list[str]:
    """Name the hands of a language that may be read and learnt from."""
    return sorted(path.stem for path in (TEXTS / language).glob("*.tsv") if path.stem not in HELD_APART)


def read_meanings(language: str) -> dict[str, str]:
    """Read what words mean, by sense."""
    return tomllib.loads((MEANINGS / f"{language}.toml").read_text("utf-8"))


@cache
def phrases(language: str) -> Danger:
    """Read the phrases of a language, without a model."""
    return Danger.from_data(_rules(language))


def _rules(language: str) -> dict[str, list[dict[str, list[str]]]]:
    return tomllib.loads((PROMPTS / language / "danger.toml").read_text("utf-8"))


def tongue_samples(language: str) -> Iterator[Sample]:
    """Yield dangers and look-alikes of all hands that may be learnt from, and the phrases' own examples."""
    for hand in training_hands(language):
        for one in read_texts(language, hand):
            kind = (one.kind or phrases(language).notices(one.text) or OTHERWISE) if one.danger else ""
            about = ABOUT.get(kind, OTHERWISE) if kind else ""
            yield Sample(one.text, hand, one.said or "lookalike", about, language=language)
    rules = _rules(language)
    for rule in (*rules["danger"], *rules.get("plain", [])):
        about = ABOUT.get(str(rule["kind"]), OTHERWISE)
        for text in rule["must"]:
            yield Sample(text, "house", "example", about, weight=EXAMPLE, language=language)
        yield from (Sample(text, "house", "example", language=language) for text in rule["must_not"])


def tongue_plan(language: str) -> Plan:
    """Return what a language's danger.model learns: from its own texts, and from the senses of the others'."""
    names = (language, *(name for name in LANGUAGES if name != language))
    return Plan(
        DANGER,
        [sample for name in names for sample in tongue_samples(name)],
        LIMITS[language],
        language=language,
        meanings={name: read_meanings(name) for name in LANGUAGES},
    )


def fold_of(sample: Sample) -> int:
    """Return in which fold a text is left out; -1 for one that is always learnt from."""
    return crc32(sample.text.encode()) % FOLDS if sample.hand in IN_PARTS else -1


def tables(language: str, counted: Iterable[tuple[Sample, float]]) -> str:
    """Return what each pair of thresholds notices, by model and phrases together."""
    scored = [
        (one, score, {*phrases(language).all(one.text)}) for one, score in counted if one.hand in IN_PARTS
    ]
    rows = [f"{language}: alone, support; between, false alarms, plain"]
    for tenths in range(0, 60, 3):
        for support in (-9.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0):
            alone = tenths / 10
            rows.append(
                f"  {alone:>5.2f} {support:>5.2f}  "
                + "  ".join(f"{_share(scored, group, alone, support):6.2%}" for group in sorted(COUNTED))
            )
    return "\n".join(rows)


def _share(
    scored: Sequence[tuple[Sample, float, set[str]]], group: str, alone: float, support: float
) -> float:
    those = [(score, found) for one, score, found in scored if one.group == group]
    noticed = sum(score > alone or bool(found if score > support else found & SURE) for score, found in those)
    return noticed / len(those)
