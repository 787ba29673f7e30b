"""The texts by many hands: reading them, and which hands may be looked at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "texts"
TUNING = (
    "leeds",
    "bengaluru",
    "ohio",
    "rotterdam",
    "limerick",
    "voices",
    "harbour",
    "crossing",
    "orchard",
    "market",
    "lantern",
    "river",
    "harvest",
    "anchor",
    "quarry",
    "terrace",
    "cedar",
    "lighthouse",
    "mill",
    "cove",
    "viaduct",
)
# Nothing is trained on it, and no phrase is written for it: thresholds are chosen by it.
CHOOSING = ("fields",)
# What the models learn from, beside the older texts of tuning.toml and tuning_single.toml.
TRAINING = (*TUNING, "house")
# What the coach's model learns from besides: answers alone, without danger.
ANSWERS = ("porch", "depot", "wharf", "clinic", "schoolgate", "mirror", "lake")
# Good reflections, and answers that sound like one and aren't: only counted, and by themselves.
MIRRORS = ("reed",)
HELD_APART = ("nigeria", "ireland", "seven", "meadow", "ferry")
SETS = ("unhelpful", "kind", "danger", "lookalike")


@dataclass(frozen=True, slots=True)
class Text:
    """One labelled text, and whose it is."""

    hand: str
    set: str
    label: str
    said: str
    moment: str
    text: str


def read_hand(hand: str) -> list[Text]:
    """Return the texts of a hand in their order."""
    lines = (FOLDER / f"hand_{hand}.tsv").read_text("utf-8").splitlines()
    return [Text(hand, *line.split("\t")) for line in lines]


def read_hands(hands: Iterable[str]) -> list[Text]:
    """Return the texts of several hands."""
    return [text for hand in hands for text in read_hand(hand)]


def read_reflections() -> list[Text]:
    """Return good reflections in the manner of trained counsellors: nothing is trained on them."""
    lines = (FOLDER / "reflections.tsv").read_text("utf-8").splitlines()
    kinds = (line.split("\t") for line in lines)
    return [Text("counsellor", "reflection", kind, "", moment, text) for kind, moment, text in kinds]


def moments(texts: Iterable[Text]) -> Iterator[Text]:
    """Yield the partner's words that are answered, each once for a hand: ordinary, tender words."""
    seen = set()
    for text in texts:
        if text.moment and (text.hand, text.moment) not in seen:
            seen.add((text.hand, text.moment))
            yield Text(text.hand, "moment", "", "", "", text.moment)
