"""A month or a year looked back on, as a page: what both have seen of it, read when it is sent.

The other's sentences stand in it only where they allow their words in a keepsake: it is a file like that one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Self

from bot.actions import week as actions
from bot.actions.announce import FIRST_DAY, LAST_DAY
from bot.actions.week import Stays
from bot.messages import MessageKind
from bot.practice import themes
from bot.practice.couple import Couple
from bot.practice.covers import marked as with_covers
from bot.practice.month import PageSpan, evenly
from bot.practice.partner import Partner
from bot.practice.reveal import may_keep
from bot.practice.round import Round
from bot.screens.call import Call, File
from bot.screens.context import RenderContext
from bot.screens.parcel import Fetch
from bot.screens.titles import title_of
from bot.screens.view import View
from prompts.looked_back import KeptSentence, LookedBack, PageMonth, render

K = MessageKind
CARDS, SENTENCES = 12, 8  # on a month's page
CARDS_OF_YEAR, SENTENCES_OF_YEAR = 3, 2  # of each month, on a year's
TITLE = 90  # characters


class MonthBack(View, of=K.MONTH_BACK):
    """The words beside the page."""

    span: str  # its name: a month, or a year


@dataclass(frozen=True)
class BackParcel:
    """A page to send, made already: nothing in it was recorded."""

    chat: int
    caption: str
    page: File

    async def pack(self, fetch: Fetch) -> Call:
        """Make the call that sends it."""
        del fetch
        payload = {"chat_id": self.chat, "document": self.page, "caption": self.caption, "parse_mode": "HTML"}
        return Call("sendDocument", payload | {"protect_content": False})


@dataclass(frozen=True)
class _Pair:
    context: RenderContext
    couple: Couple
    me: Partner
    other: Partner

    @classmethod
    def of(cls, context: RenderContext) -> Self | None:
        """Take the two from what was loaded; None where they are a couple no more."""
        couple, me, other = context.couple, context.me, context.other
        if couple is None or me is None or other is None or couple.parted_at is not None:
            return None
        return cls(context, couple, me, other)


async def gather(context: RenderContext) -> BackParcel | None:
    """Read what both have seen, and make the page; None where nothing of it stands any more."""
    us = _Pair.of(context)
    if us is None:
        return None
    span = _span(context)
    rounds, stays = await actions.seen_in(context.work, us.couple, us.me.id, span)
    if not rounds:
        return None
    if span.year and (months := {_month(one.local_date) for one in rounds}) == {max(months)}:
        span = replace(span, first=max(months))
    page = _page(us, span, rounds, stays)
    words = context.names() | MonthBack(span=page.title).values()
    caption = context.content.renderer.message(K.MONTH_BACK.value, context.language, **words)
    made = render(page, context.language).encode()
    return BackParcel(context.message.chat, caption, File(f"attune-{_name(span)}.html", made))


def _span(context: RenderContext) -> PageSpan:
    first, last = (date.fromisoformat(str(context.message.details[name])) for name in (FIRST_DAY, LAST_DAY))
    return PageSpan(first, last)


def _name(span: PageSpan) -> str:
    return f"{span.first:%Y}" if span.year else f"{span.first:%Y-%m}"


def _month(day: date) -> date:
    return day.replace(day=1)


def _page(us: _Pair, span: PageSpan, rounds: Sequence[Round], stays: Sequence[Stays]) -> LookedBack:
    tongue = us.context.content.tongue(us.context.language)
    if span.year:
        parts = [
            _part(
                us, tongue.month(month), list(some), [one for one in stays if _month(one.on) == month], span
            )
            for month, some in groupby(rounds, key=lambda one: _month(one.local_date))
        ]
    else:
        parts = [_part(us, "", rounds, stays, span)]
    title = f"{span.first:%Y}" if span.year else tongue.month_of_year(span.first)
    wish = themes.wished((us.me, us.other), us.context.work.now)
    known = us.context.content.library(us.context.language).themes
    return LookedBack(
        title=title,
        name=us.me.name,
        other=us.other.name,
        year=span.year,
        parts=parts,
        ahead=known[wish].title if wish is not None and wish in known else "",
    )


def _part(
    us: _Pair, title: str, rounds: Sequence[Round], stays: Sequence[Stays], span: PageSpan
) -> PageMonth:
    cards, sentences = (CARDS_OF_YEAR, SENTENCES_OF_YEAR) if span.year else (CARDS, SENTENCES)
    me, other = us.me.id, us.other.name
    titles = [title_of(us.context, one, me, other, TITLE) for one in rounds]
    shown = [
        one for one in stays if one.marked.author != me or not us.me.put_away
    ]  # what was cleared stays so
    return PageMonth(
        title=title,
        cards=evenly(list(dict.fromkeys(titles)), cards),
        sentences=[_sentence(us, one) for one in evenly(shown, sentences)],
    )


def _sentence(us: _Pair, one: Stays) -> KeptSentence:
    mine, said = one.marked.author == us.me.id, one.sentence
    if not mine and not may_keep(us.other, us.couple):
        return KeptSentence(mine, "", withheld=True)
    return KeptSentence(mine, with_covers(said.text, ((0, len(said.text)),) if said.covered else ()))
