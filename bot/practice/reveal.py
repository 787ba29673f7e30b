"""Who may read whose words: the one rule of the seal.

A person reads their own words always. Of their partner's they read, while the couple lasts,
reflections of a round that has been revealed, and responses and clarifications that were sent.
Nothing else, ever. `storage.words` asks this rule wherever it returns a word.

What one may read stays in the chat: to take the other's words along as a file needs their yes besides, and on a
page to hand to somebody stands what both have said yes to, each alone.
"""

from bot.practice.couple import Couple
from bot.practice.ids import PartnerId
from bot.practice.partner import Partner
from bot.practice.round import SHOWN, Round, Slot


def may_read(
    reader: PartnerId, author: PartnerId, round_: Round, slot: Slot, *, committed: bool, parted: bool
) -> bool:
    """Tell whether `reader` may read what `author` wrote in one slot of a round.

    `committed`: sealed or sent by its author. `parted`: the couple has ended.
    """
    members = {turn.partner for turn in round_.turns}
    if author not in members or reader not in members:
        return False
    if reader == author:
        return True
    if parted or not committed or round_.state not in SHOWN:
        return False
    return slot is not Slot.REFLECTION or all(turn.sealed for turn in round_.turns)


def may_read_card(reader: PartnerId, author: PartnerId, round_: Round, *, parted: bool) -> bool:
    """Tell whether `reader` may read the card that its author wrote for both, which this round asks."""
    members = {turn.partner for turn in round_.turns}
    return {reader, author} <= members and (reader == author or not parted)


def may_read_letter(
    reader: PartnerId, author: PartnerId, *, addressed: bool, opened: bool, parted: bool
) -> bool:
    """Tell whether `reader` may read a time capsule: its author always, whom it is to once it has opened."""
    return reader == author or (addressed and opened and not parted)


def may_keep(author: Partner, couple: Couple) -> bool:
    """Tell whether the other's keepsake may hold what they may read of an author: never while it is protected."""
    return author.id in couple.keepable and not author.protect


def may_stand_on_page(round_: Round) -> bool:
    """Tell whether a page of either may hold the other's words of a round: by the yes of both to that very round."""
    return all(turn.page_yes for turn in round_.turns)
