"""Looking back: a round of long ago comes up again, and each can say that it shall not."""

from collections.abc import Mapping
from typing import Self

from bot.actions import look_back
from bot.messages import Message, MessageKind
from bot.practice.look_back import may_come_up
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.journal import ENTRY, day_of
from bot.screens.prompt import answered_card, is_protected, theirs_to_ask, worries
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, Unsaid, View, round_of

K = MessageKind

READ_AGAIN = Key(ENTRY.verb, "read_again")
RATHER_NOT = Key(Verb.NOT_AGAIN, "rather_not")


class MonthsLookBack(View, of=K.LOOK_BACK):
    """One's own card of a round of long ago; gone where either has deleted their words or finds them heavy."""

    ago: str
    day: str
    text: str
    theirs: bool  # the card is the other's own words
    cover: bool
    protect: Unsaid[bool]

    @property
    def protected(self) -> bool:
        """Whether the card's author wants nobody to forward or save it."""
        return self.protect

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Look whether it can still come up."""
        round_, me, other = context.round, context.me, context.other
        if round_ is None or me is None or other is None or not may_come_up(round_):
            return None
        if not {me.id, other.id} <= await context.work.words.authors(round_.id):
            return None
        card = round_.answered(me.id)
        return cls(
            ago=str(context.message.details["ago"]),
            day=day_of(context, round_),
            text=answered_card(context, round_, me, other.name),
            theirs=theirs_to_ask(context, round_, me, card),
            cover=context.cover,
            protect=is_protected(context, round_, me, card),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to the words, and the way to leave it be."""
        ways = [READ_AGAIN(round_of(message)), RATHER_NOT(round_of(message))]
        return [ways, worries(theirs=self.theirs)]


async def heavy(request: Request) -> None:
    """Mark a round of the journal as heavy, or not."""
    await look_back.toggle_heavy(request.work, request.me, request.round_of(), request.source)


async def not_again(request: Request) -> None:
    """Leave a round be that has come up."""
    await look_back.not_again(request.work, request.me, request.round_of(), request.source)


PRESSES: Mapping[Verb, Handler] = {
    Verb.HEAVY: heavy,
    Verb.NOT_AGAIN: not_again,
}
