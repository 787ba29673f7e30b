"""Danger in the languages besides English: counted on texts that were put apart before the patterns were written."""

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content.advising import load_danger
from prompts.source import FALLBACK, ROOT
from prompts.tongue import load_tongues

TEXTS = Path(__file__).parent / "texts"
TOGETHER = ("tuning", "held_apart")
LEAST_DANGER, LEAST_LOOK_ALIKE = 120, 200
PLAIN_NOTICED, FALSE_ALARMS = 0.6, 0.02
LANGUAGES = sorted(folder.name for folder in TEXTS.iterdir() if folder.is_dir())


@dataclass(frozen=True)
class DangerText:
    """A text, and what it is: of danger, said plainly or between the lines, or like it."""

    danger: bool
    plain: bool
    text: str


def read(language: str, half: str) -> list[DangerText]:
    """Read one half of a language's texts. Raises ValueError for a line that isn't of three parts."""
    with (TEXTS / language / f"{half}.tsv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row]
    for row in rows:
        if len(row) != 3 or row[0] not in ("danger", "lookalike") or not row[2].strip():
            raise ValueError(f"no text: {row[:2]}")
    return [DangerText(kind == "danger", how == "plain", text) for kind, how, text in rows]


def test_every_language_that_is_offered_has_texts() -> None:
    """In both halves; English has its own, of many hands."""
    offered = {tongue.code for tongue in load_tongues().values() if tongue.offered} - {FALLBACK}
    assert offered <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_is_heard_and_a_harmless_sentence_is_let_be(language: str) -> None:
    """On the half that no pattern was written for; there are enough of both, and none stands in both halves."""
    tuning, held = (read(language, half) for half in TOGETHER)
    everything = [*tuning, *held]
    assert len({one.text for one in everything}) == len(everything)
    assert sum(one.danger for one in everything) >= LEAST_DANGER
    assert sum(not one.danger for one in everything) >= LEAST_LOOK_ALIKE
    danger = load_danger(ROOT / language, ROOT)
    assert danger is not None
    plain = [danger.notices(one.text) is not None for one in held if one.danger and one.plain]
    alike = [danger.notices(one.text) is not None for one in held if not one.danger]
    assert sum(plain) / len(plain) >= PLAIN_NOTICED
    assert sum(alike) / len(alike) <= FALSE_ALARMS


@pytest.mark.parametrize(
    "language", [folder.name for folder in sorted(TEXTS.glob("*/")) if (folder / "fresh.tsv").exists()]
)
def test_danger_is_heard_in_the_words_of_another_hand(language: str) -> None:
    """Who had read neither patterns nor other texts; its harmless lines are meant to trick, and are for counting."""
    fresh = read(language, "fresh")
    danger = load_danger(ROOT / language, ROOT)
    assert danger is not None
    plain = [danger.notices(one.text) is not None for one in fresh if one.danger and one.plain]
    assert sum(plain) / len(plain) >= PLAIN_NOTICED
