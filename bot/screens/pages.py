"""A page of chosen rounds: the question under a round of the journal, and the page as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Self

from bot.actions import pages
from bot.messages import Message, MessageKind
from bot.practice.partner import Partner
from bot.practice.reveal import may_stand_on_page
from bot.practice.round import Round, Slot
from bot.screens.call import File
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.journal import MAKE_PAGE, day_of
from bot.screens.kept import Files, KeptParcel, kept_round, with_whom
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, Unsaid, View, round_of
from prompts.keepsake import KeptRound, render

K = MessageKind

MARK = Key(Verb.PAGE_MARK, "page_mark")
YES = Key(Verb.PAGE_YES, "page_yes")


class PagesChoice(View, of=K.PAGE_CHOICE):
    """Asks whether a round is to be on a page, and, where it was revealed, whether with both's words."""

    day: str
    asked: bool
    on_page: Unsaid[bool]
    page_yes: Unsaid[bool]
    any_chosen: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load one's own answers: nothing here depends on the other's."""
        round_, me = context.round, context.me
        if round_ is None or me is None:
            return None
        lasts = context.couple is not None and context.couple.parted_at is None
        turn = round_.turn(me.id)
        theirs = lasts and round_.revealed_at is not None and await _has_theirs(context, round_, me)
        return cls(
            day=day_of(context, round_),
            asked=theirs,
            on_page=turn.on_page,
            page_yes=turn.page_yes,
            any_chosen=bool(await context.work.rounds.on_page(me.id, 1)),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place both answers, and the way to the page once there is something for it."""
        round_ = round_of(message)
        asked = [YES(round_, tick=self.page_yes)] if self.asked else []
        return [[MARK(round_, tick=self.on_page)], asked, [MAKE_PAGE()] if self.any_chosen else []]


async def _has_theirs(context: RenderContext, round_: Round, me: Partner) -> bool:
    """Tell whether there are words of the other's to ask about still, as one's journal shows them."""
    other = round_.other(me.id).partner
    read = [await context.work.words.read(me.id, other, round_.id, slot) for slot in Slot]
    return any(words is not None and words.pieces for words in read)


class PageFile(View, of=K.PAGE):
    """The words beside the page."""

    shared: bool  # it holds words of the other's
    other: str


async def gather(context: RenderContext) -> KeptParcel | None:
    """Read the chosen rounds in which there are words of one's own still; None where there are none."""
    me = context.me
    if me is None:
        return None
    rounds = []
    for id_ in await context.work.rounds.on_page(me.id, pages.MOST_ROUNDS):
        round_ = await context.work.rounds.get(id_)
        both = may_stand_on_page(round_)
        kept = await kept_round(context, me, round_, lent=both)
        if any(said.mine for said in kept.said):
            rounds.append(replace(kept, said=[said for said in kept.said if said.mine or both]))
    if not rounds:
        return None
    _, other = await with_whom(context)
    shared = any(not said.mine for kept in rounds for said in kept.said)
    view = PageFile(shared=shared, other=other.name if other else "")
    caption = context.content.renderer.message(
        K.PAGE.value, context.language, **context.names() | view.values()
    )
    return KeptParcel(context.message.chat, me.name, context.language, caption, rounds, build)


def build(parcel: KeptParcel, rounds: Sequence[KeptRound], files: Files) -> File:
    """Make the page; what was recorded stands in it."""
    del files
    return File("attune-page.html", render(rounds, parcel.name, parcel.language, chosen=True).encode())


async def show_choice(request: Request) -> None:
    """Ask about a round."""
    await pages.show_choice(request.work, request.me, request.round_of())


async def mark(request: Request) -> None:
    """Choose a round, or no more."""
    await pages.mark(request.work, request.me, request.round_of(), request.source)


async def say_yes(request: Request) -> None:
    """Say yes to both's words of a round, or take it back."""
    await pages.say_yes(request.work, request.me, request.round_of(), request.source)


async def make(request: Request) -> None:
    """Make the page."""
    await pages.make(request.work, request.me)


async def clear(request: Request) -> None:
    """Choose no round any more."""
    await pages.clear(request.work, request.me, request.source)


PRESSES: Mapping[Verb, Handler] = {
    Verb.PAGE_CHOICE: show_choice,
    Verb.PAGE_MARK: mark,
    Verb.PAGE_YES: say_yes,
    Verb.PAGE_MAKE: make,
    Verb.PAGE_CLEAR: clear,
}
