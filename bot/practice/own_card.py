"""A card of one's own: a question that a person writes to both, which comes as a round of its own.

what is so                                    then
empty, too long, with a link                  refused, and what was written before stays
within a week of the last one                 refused
ready, and nothing else is                    it comes at the next opening
both have one ready                           the one that was ready first; the other at the opening after
its author takes it back before it has come   it is destroyed
the couple parts before it has come           it comes to nobody, and stays its author's
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.practice.ids import CoupleId, OwnCardId, PartnerId, RoundId
from bot.practice.refusals import Reason, Refusal

OWN_CARD = "own-card"
"""The prompt that stands in the library for all of them: how they are answered, and what is said where one is gone."""
LONGEST = 300  # characters: about twice the longest prompt
EVERY = timedelta(days=7)

_LINK = re.compile(
    r"://|\bwww\.|\bt\.me/|\b[\w-]+\.(?:[a-z]{2,}/|(?:com|org|net|io|me|info|app|co)\b)", re.IGNORECASE
)


@dataclass(frozen=True)
class OwnCard:
    """A card that somebody wrote for the two of them; a draft until `ready_at`."""

    id: OwnCardId
    author: PartnerId
    couple: CoupleId
    text: str = field(repr=False)
    made_at: datetime
    ready_at: datetime | None = None
    round: RoundId | None = None


def check(text: str) -> str:
    """Give a card's words without the blanks around them. Raises Refusal CARD_EMPTY, CARD_LONG, CARD_LINK."""
    words = text.strip()
    if not any(character.isalnum() for character in words):
        raise Refusal(Reason.CARD_EMPTY)
    if len(words) > LONGEST:
        raise Refusal(Reason.CARD_LONG)
    if _LINK.search(words):
        raise Refusal(Reason.CARD_LINK)
    return words


def check_due(last: datetime | None, now: datetime) -> None:
    """Refuse a card within a week of the author's last. Raises Refusal CARD_LATELY."""
    if last is not None and now - last < EVERY:
        raise Refusal(Reason.CARD_LATELY)
