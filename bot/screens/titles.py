"""Titles: a round is called by the first words of its card."""

from bot.practice.ids import PartnerId
from bot.practice.round import Round
from bot.screens.context import RenderContext
from bot.screens.prompt import card_text
from prompts.deck import with_bare_name

LONGEST = 32  # characters, so that a button shows them beside a date
TRAILING = ",;:.\u2013\u2014-('\"\u201c\u2018"


def title_of(context: RenderContext, round_: Round, me: PartnerId, other: str, longest: int = LONGEST) -> str:
    """Write the title of a round, as one partner has its card; `other` is whom it names, `longest` in characters."""
    plain = context.me is not None and context.me.plain
    card = card_text(context, round_, me, round_.answered(me), plain=plain)
    return first_words(with_bare_name(card, other), longest)


def first_words(text: str, longest: int = LONGEST) -> str:
    """Give as many whole words as fit, and a sign that there are more; a word that is longer is cut."""
    words = " ".join(text.split())
    if len(words) <= longest:
        return words
    kept = words[:longest]
    if not words[longest].isspace() and " " in kept:
        kept = kept.rpartition(" ")[0]
    return f"{kept.rstrip().rstrip(TRAILING).rstrip()}\N{HORIZONTAL ELLIPSIS}"
