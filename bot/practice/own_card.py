"""A card of one's own: a question that a person writes to both, which comes as a round of its own.

what is so                                    then
empty, too long, with a way out of the chat   refused, and what was written before stays
within a week of the last one                 refused
ready, and nothing else is                    it comes at the next opening
both have one ready                           the one that was ready first; the other at the opening after
its author takes it back before it has come   it is destroyed
the couple parts before it has come           it comes to nobody, stays its author's, and is no card of a later week
its message is edited                         a draft is written anew; what is ready stays as it is
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

    @property
    def waits(self) -> bool:
        """Whether it was let come, and has not."""
        return self.ready_at is not None and self.round is None


def check(text: str, *, leads_out: bool = False) -> str:
    """Give a card's words without the blanks around them; `leads_out` where Telegram has marked a link in them.

    Raises Refusal CARD_EMPTY, CARD_LONG, CARD_LINK.
    """
    words = text.strip()
    if not any(character.isalnum() for character in words):
        raise Refusal(Reason.CARD_EMPTY)
    if len(words) > LONGEST:
        raise Refusal(Reason.CARD_LONG)
    if leads_out or _LINK.search(words):
        raise Refusal(Reason.CARD_LINK)
    return words


def is_lately(last: datetime, now: datetime) -> bool:
    """Tell whether a card was let come within a week."""
    return now - last < EVERY


def check_due(last: datetime | None, now: datetime) -> None:
    """Refuse a card within a week of the author's last. Raises Refusal CARD_LATELY."""
    if last is not None and is_lately(last, now):
        raise Refusal(Reason.CARD_LATELY)
