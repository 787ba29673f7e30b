"""What may be an answer to a question of the bot's: told by its length and its sentences, before it is understood."""

import re

from bot.practice.destination import DestinationKind
from bot.practice.own_card import LONGEST

ANSWER_WORDS = 8  # more are plainly no answer to a question for a city or an hour
ANSWER_CHARACTERS = 80
FEW_WORDS = 3  # of a name, or of what is searched for: more are plainly none
SENTENCE_WORDS = 3  # of a sentence that tells something
_SENTENCES = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u061f\u0964]+(?:\s+|$)|\n+")


def may_answer(kind: DestinationKind, text: str) -> bool:
    """Tell whether words may be an answer to a question.

    Plainly none are long ones, and several sentences of which two tell something. A card may be several sentences.
    """
    if kind is DestinationKind.CARD:
        return len(text.strip()) <= LONGEST
    most = FEW_WORDS if kind in (DestinationKind.NAME, DestinationKind.SEARCH) else ANSWER_WORDS
    if len(text) > ANSWER_CHARACTERS or len(text.split()) > most:
        return False
    told = [part for part in _SENTENCES.split(text) if len(part.split()) >= SENTENCE_WORDS]
    return len(told) <= 1
