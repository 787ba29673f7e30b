"""The five numbers, from what was noticed."""

from collections.abc import Iterable, Mapping

from bot.coach.phrasebook import Hit
from bot.coach.reading import NUMBERS
from bot.coach.rules import Rule
from bot.coach.tokens import Tokens

# What each word of weight that is taken up from the partner adds to `reflects`, and the most that all can.
TAKEN_UP = 0.25
MOST_TAKEN_UP = 0.9
# A sentence about oneself alone reflects less with the same words.
OF_ONESELF = 0.5
# Beside contempt or sarcasm kind words are not meant.
NOT_MEANT = 0.3


def weigh(noticed: Iterable[tuple[Rule, Hit]], taken_up: float, *, meant: bool) -> dict[str, float]:
    """Return the five numbers, each from 0 to 1.

    Every rule counts once, with what it shows; several rules for one number add up as independent signs do.
    """
    missing = dict.fromkeys(NUMBERS, 1.0)
    missing["reflects"] -= min(MOST_TAKEN_UP, TAKEN_UP * taken_up)
    for rule in {id(rule): rule for rule, _ in noticed}.values():
        for number, strength in rule.shows.items():
            missing[number] *= 1.0 - strength
    factor = 1.0 if meant else NOT_MEANT
    return {number: round((1.0 - left) * factor, 2) for number, left in missing.items()}


class TakenUp:
    """Counts the partner's words of weight that a response takes up."""

    def __init__(self, persons: Mapping[str, frozenset[str]]) -> None:
        self._self = persons.get("self", frozenset())
        self._other = persons.get("other", frozenset())

    def count(self, text: Tokens, places: Iterable[tuple[int, str]], troubled: bytes) -> float:
        """Return how many different words are taken up; those in a sentence about oneself count by half."""
        worth: dict[str, float] = {}
        ours = self._about_oneself(text)
        in_trouble = {text.sentence_of[place] for place in range(len(text)) if troubled[place]}
        for place, key in places:
            sentence = text.sentence_of[place]
            if sentence not in in_trouble:
                worth[key] = max(worth.get(key, 0.0), OF_ONESELF if sentence in ours else 1.0)
        return sum(worth.values())

    def _about_oneself(self, text: Tokens) -> set[int]:
        ours = {text.sentence_of[place] for place, word in enumerate(text.words) if word in self._self}
        return ours - {
            text.sentence_of[place] for place, word in enumerate(text.words) if word in self._other
        }
