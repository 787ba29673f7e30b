"""To whom a message speaks: the texts, by language, and what their models learn.

A few hundred messages of each language speak to the bot (`bot` in `tests/coach/addressee`), some look like it and speak
to the other, and all that is short in the texts of the coach and of danger speaks to the other, too. So does what is
written in another language than the bot's: without it, a model takes whatever it can't read for the bot's.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zlib import crc32

from hands import ANSWERS, TRAINING, moments, read_hands
from plan import FALLBACK, Plan, Sample
from tongues import HELD_APART, TEXTS, read_texts

from bot.coach.addressee import ADDRESSEE, MOST, NAME, TO_BOT
from bot.coach.model import Limits

FOLDER = Path(__file__).resolve().parent / "addressee"
SPOKEN = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))
OTHER, SHORT, FOREIGN = "other", "short", "foreign"
SHORT_WEIGHT = 0.5
FOREIGN_WEIGHT = 0.25
PARTS = 4
# Chosen on four parts of the texts, of which the model that was asked had learnt from the three others.
ALONE = 0.15
FIRM = 0.6  # what a question needs: people ask each other, too
PLACES = 1 << 14  # twice as many notice no more


def addressee_plan(language: str) -> Plan:
    """Return what one language's addressee.model learns."""
    limits = Limits(share=0.0, alone=ALONE, support=ALONE, firm=FIRM, doubt=ALONE, heard=ALONE)
    return Plan(
        ADDRESSEE, list(samples(language)), limits, places=PLACES, language=language, meanings={language: {}}
    )


def samples(language: str) -> Iterator[Sample]:
    """Yield what speaks to the bot, what looks like it, and what else is short."""
    for group in (TO_BOT, OTHER):
        kind = TO_BOT if group == TO_BOT else ""
        for line in _lines(language, group):
            yield Sample(line, ADDRESSEE, group, kind, language=language)
    for text in dict.fromkeys(_told(language)):
        if len(text.split()) <= MOST:
            yield Sample(text, SHORT, SHORT, weight=SHORT_WEIGHT, language=language)
    for text in dict.fromkeys(line for other in SPOKEN if other != language for line in _lines(other, OTHER)):
        yield Sample(text, FOREIGN, FOREIGN, weight=FOREIGN_WEIGHT, language=language)


def _lines(language: str, group: str) -> list[str]:
    data = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    return [line.replace("{other}", NAME) for line in data[group].split("\n") if line]


def _told(language: str) -> Iterator[str]:
    if language == FALLBACK:
        texts = read_hands((*TRAINING, *ANSWERS))
        yield from (text.text for text in (*texts, *moments(texts)))
        return
    for file in sorted((TEXTS / language).glob("*.tsv")):
        if file.stem not in HELD_APART:
            yield from (text.text for text in read_texts(language, file.stem))


def part_of(sample: Sample) -> int:
    """Tell in which of the parts a text is that are left out in turn."""
    return crc32(sample.text.encode()) % PARTS


def without(plan: Plan, part: int) -> Plan:
    """Leave one part out of what is learnt."""
    return replace(plan, samples=[one for one in plan.samples if part_of(one) != part])
