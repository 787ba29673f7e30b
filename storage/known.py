"""An identity map: whom and what a unit of work has loaded, so that it holds nobody twice.

What is saved takes the place of what was loaded. Whatever is rolled back to a savepoint takes with it what has
been learned since: it may never have been. The unit that renders what another has queued begins with what that
one knew at its commit, where nothing can have come between.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from bot.messages import Shown
from bot.practice.couple import Couple
from bot.practice.draft import Draft
from bot.practice.ids import CoupleId, PartnerId, RoundId
from bot.practice.partner import Partner
from bot.practice.round import Round, Slot
from storage.engine import Rows
from storage.vault import PartnerKey

FEW = 100  # people whom one unit of work hands on
WordsKey = tuple[PartnerId, RoundId, Slot]
"""Whose words, in which round, as what."""


@dataclass
class Known:
    """What a unit of work knows; None stands for what is known not to be there."""

    partners: dict[PartnerId, Partner | None] = field(default_factory=dict)
    keys: dict[PartnerId, PartnerKey] = field(default_factory=dict)
    chats: dict[int, PartnerId | None] = field(default_factory=dict)
    couples: dict[CoupleId, Couple] = field(default_factory=dict)
    together: dict[PartnerId, CoupleId | None] = field(default_factory=dict)  # the couple that lasts
    rounds: dict[RoundId, Round | None] = field(default_factory=dict)
    newest: dict[CoupleId, RoundId | None] = field(default_factory=dict)
    held: dict[PartnerId, Rows] = field(default_factory=dict)  # rows of the outbox that are not due yet
    last: dict[PartnerId, tuple[int | None, Shown | None]] = field(default_factory=dict)  # in their chats
    said: dict[tuple[PartnerId, frozenset[str]], list[Shown]] = field(
        default_factory=dict
    )  # to them, by kinds
    standing: dict[tuple[PartnerId, frozenset[str]], Rows] = field(default_factory=dict)  # in their chats
    drafts: dict[WordsKey, Draft] = field(default_factory=dict)  # their authors' own
    sealed: dict[WordsKey, Rows] = field(default_factory=dict)  # the same, as they are stored
    read: dict[tuple[PartnerId, WordsKey], Draft | None] = field(default_factory=dict)  # by whom

    def copy(self) -> Known:
        """Return what is known now, for whoever may have to come back to it."""
        return Known(*(part.copy() for part in vars(self).values()))

    def handed_on(self) -> Known:
        """Return what is as true after the commit: not what an hour changes, nor what the sending does.

        Of many people nothing: it is for an answer, and stays in memory until somebody asks for something.
        """
        if len(self.partners) > FEW:
            return Known()
        return replace(self, chats={}, held={}, last={}, said={}, standing={}, sealed={}, read={})

    def forget_shown(self) -> None:
        """Know no more what stands in chats: something of it has changed."""
        self.last.clear()
        self.said.clear()
        self.standing.clear()

    def forget_words(self) -> None:
        """Know no words any more: some have changed, or who may read them."""
        self.drafts.clear()
        self.sealed.clear()
        self.read.clear()

    def forget(self) -> None:
        """Know nothing any more."""
        for part in vars(self).values():
            part.clear()
