"""Earlier rounds: those whose day is over and that are still open to both."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Self

from bot.actions import earlier, seal
from bot.messages import Message, MessageKind
from bot.practice import calendar
from bot.practice import round as rules
from bot.practice.round import Slot
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.draft import TAKE_BACK, fate_of, is_shown
from bot.screens.prompt import (
    asked_of,
    choices_of,
    is_protected,
    label_of,
    prompt_of,
    theirs_to_ask,
    ways_on,
    worries,
)
from bot.screens.put_away import SHOW_MINE
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, Unsaid, View, round_of

K = MessageKind
PAGE = 7

EARLIER = Key(Verb.EARLIER, "earlier")
EARLIER_CARD = Key(Verb.EARLIER_CARD)
EARLIER_NEWER = Key(Verb.EARLIER, "newer")
EARLIER_OLDER = Key(Verb.EARLIER, "older")
WRITE_FOR = Key(Verb.WRITE_FOR, "write_for")
KEEP_TO_ONESELF = Key(Verb.KEEP_TO_ONESELF, "keep_to_oneself")


class StaysSealed(View, of=K.STAYS_SEALED):
    """Tells whoever has sealed that their words stay so, as long as they do."""

    day: str
    shown: bool
    fate: str  # as `fate_of` has it
    alone: bool  # taken back, or kept

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Look whether they are sealed still, open to both by now, their writer's alone, or will be seen by nobody."""
        round_, me = context.round, context.me
        if round_ is None or me is None:
            return None
        shown, fate = is_shown(round_), fate_of(round_)
        alone = not (shown or fate or round_.turn(me.id).sealed)
        if (alone and context.message.edit is None) or not (shown or fate or round_.late):
            return None
        return cls(day=context.date(round_.local_date), shown=shown, fate=fate, alone=alone)

    def buttons(self, message: Message) -> ButtonRows:
        """Place both ways back, while there are any."""
        if self.shown or self.fate or self.alone:
            return []
        return [[TAKE_BACK(round_of(message))], [KEEP_TO_ONESELF(round_of(message))]]


class EarlierOnes(View, of=K.EARLIER):
    """A page of earlier rounds as buttons: the date and the kind of prompt."""

    entries: Unsaid[Sequence[tuple[int, str]]]
    page: Unsaid[int]
    more: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the rounds, whatever either has written in them."""
        if context.couple is None or context.couple.parted_at is not None:
            return None
        live = await context.work.rounds.live(context.couple.id)
        late = [r for r in (rules.as_of(round_, context.work.now) for round_ in live) if r.late]
        page = int(context.message.details.get("page", 0))
        entries: list[tuple[int, str]] = []
        for round_ in late[page * PAGE : (page + 1) * PAGE]:
            own = await context.work.own_cards.read(context.me.id, round_) if context.me else None
            label = label_of(replace(context, own=own), round_.prompt, context.called)
            entries.append((round_.id, f"{context.date(round_.local_date)} · {label}"))
        return cls(entries=entries, page=page, more=len(late) > (page + 1) * PAGE) if late else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place a button a round, then the turning of pages."""
        del message
        turning = [EARLIER_NEWER(self.page - 1)] if self.page else []
        if self.more:
            turning.append(EARLIER_OLDER(self.page + 1))
        return [*([EARLIER_CARD.saying(label, round_)] for round_, label in self.entries), turning]


class EarlierCard(View, of=K.EARLIER_CARD):
    """An earlier round's prompt, until when it is open, and whether one's own words for it are sealed."""

    day: str
    label: str
    text: str
    asked: str
    hint: str
    quick: bool  # a tap can answer it
    theirs: bool  # the other's own words
    cover: bool
    sealed: bool
    shown: bool  # to both, by now
    fate: str  # as `fate_of` has it
    until: str
    protect: Unsaid[bool]
    choices: Unsaid[Sequence[str]]
    swaps: Unsaid[int]
    away: Unsaid[bool]  # one's own words are

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the prompt as this partner has it."""
        round_, me = context.round, context.me
        if round_ is None or me is None or round_.closes_at is None:
            return None
        if not round_.late and context.message.edit is None:
            return None
        return cls(
            day=context.date(round_.local_date),
            **prompt_of(context, round_, me),
            asked=asked_of(context, round_, me),
            quick=bool(choices := choices_of(context, round_, me)),
            theirs=theirs_to_ask(context, round_, me),
            cover=context.cover,
            choices=choices,
            swaps=round_.turn(me.id).swaps,
            sealed=round_.turn(me.id).sealed,
            shown=is_shown(round_),
            fate=fate_of(round_),
            away=bool(me.put_away),
            until=context.date(calendar.local_date(round_.closes_at, context.zone)),
            protect=is_protected(context, round_, me),
        )

    @property
    def protected(self) -> bool:
        """Whether the card's author wants nobody to forward or save it."""
        return self.protect

    def buttons(self, message: Message) -> ButtonRows:
        """Place the ways to write, or both ways back."""
        round_, worry = round_of(message), worries(theirs=self.theirs)
        if self.shown or self.fate:
            return [worry]
        if self.sealed:
            mine = [SHOW_MINE(round_, Slot.REFLECTION.value)] if self.away else []
            return [[*mine, TAKE_BACK(round_)], [KEEP_TO_ONESELF(round_)], worry]
        return [*ways_on(round_, self.choices, self.swaps), [WRITE_FOR(round_)], worry]


class EarlierWrite(View, of=K.EARLIER_WRITE, asks=True):
    """Says for which round the next words are."""

    day: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Write its date."""
        return cls(day=context.date(context.round.local_date)) if context.round else None


class LapsedTold(View, of=K.LAPSED):
    """Tells whoever has written that nobody has seen it."""

    day: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Write the round's date, unless the words have been deleted meanwhile."""
        round_, me = context.round, context.me
        if round_ is None or me is None or me.id not in await context.work.words.authors(round_.id):
            return None
        return cls(day=context.date(round_.local_date))


async def show_list(request: Request) -> None:
    """Show the earlier rounds: in place where a page is turned."""
    arguments = request.press.arguments
    page = request.press.number(0) if arguments else 0
    await earlier.show_list(request.work, request.me, page, request.source if arguments else None)


async def show_card(request: Request) -> None:
    """Show one of them."""
    await earlier.show_card(request.work, request.me, request.round_of())


async def write_for(request: Request) -> None:
    """Write for one of them."""
    await earlier.write_for(request.work, request.me, request.round_of())


async def keep_to_oneself(request: Request) -> None:
    """Take one's own words back without writing on."""
    await seal.keep_to_oneself(request.work, request.me, request.round_of())


PRESSES: Mapping[Verb, Handler] = {
    Verb.EARLIER: show_list,
    Verb.EARLIER_CARD: show_card,
    Verb.WRITE_FOR: write_for,
    Verb.KEEP_TO_ONESELF: keep_to_oneself,
}
