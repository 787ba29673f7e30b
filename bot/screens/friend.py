"""The neutral friend: three prompts to write to alone, and what was kept of it, in one's own journal."""

from collections.abc import Mapping, Sequence
from typing import Self

from bot.actions import friend as actions
from bot.actions.reflect import Arrival
from bot.messages import Message, MessageKind
from bot.practice import calendar
from bot.practice.draft import PieceKind
from bot.practice.friend import STEPS, SittingId
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.journal import written_day
from bot.screens.request import Handler, Request
from bot.screens.safety import FIND_HELP
from bot.screens.serving import stop_practice
from bot.screens.view import ButtonRows, Key, Unsaid, View

K = MessageKind
BEGIN = Key(Verb.FRIEND_BEGIN, "friend_begin")
GO_ON = Key(Verb.FRIEND_ON, "friend_on")
KEEP = Key(Verb.FRIEND_KEEP, "friend_keep")
LET_GO = Key(Verb.FRIEND_LET_GO, "friend_let_go")
NEWER = Key(Verb.FRIEND_SHOW, "newer")
OLDER = Key(Verb.FRIEND_SHOW, "older")
DELETE_ASK = Key(Verb.FRIEND_DELETE_ASK, "delete_mine")
DELETE = Key(Verb.FRIEND_DELETE, "delete_mine")
LEAVE_IT = Key(Verb.FRIEND_SHOW, "friend_leave_it")


class FriendOffer(View, of=K.FRIEND_OFFER):
    """What it is, and for what it is not."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place the beginning, and help."""
        del message
        return [[BEGIN()], [FIND_HELP(0)]]


class FriendStep(View, of=K.FRIEND_STEP):
    """One of the three prompts."""

    step: str
    number: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take it from the message."""
        number = int(context.message.details[actions.STEP])
        return cls(step=STEPS[number], number=number)

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way on: nobody has to write to each."""
        del message
        return [[GO_ON(self.number)]]


class FriendNoted(View, of=K.FRIEND_NOTED):
    """Words have come: the way on stands below them."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way on."""
        return [[GO_ON(int(message.details[actions.STEP]))]]


class FriendEnd(View, of=K.FRIEND_END):
    """Asks whether it is to be kept."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place both answers."""
        del message
        return [[KEEP(), LET_GO()]]


class FriendKept(View, of=K.FRIEND_SHOWN):
    """What was kept: a day, and what was written to each prompt."""

    day: str
    told: str
    hard: str
    next: str
    ask: bool  # whether it is to be deleted
    id: Unsaid[int]
    number: Unsaid[int]
    many: Unsaid[int]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load it; gone where it has been deleted."""
        me, details = context.me, context.message.details
        kept = await context.work.sittings.of(me.id) if me else []
        number = int(details["number"])
        if number >= len(kept):
            return None
        sitting = kept[number]
        told, hard, following = (sitting.said(step) for step in range(len(STEPS)))
        return cls(
            day=written_day(context, calendar.local_date(sitting.begun_at, context.zone)),
            told=told,
            hard=hard,
            next=following,
            ask=bool(details.get("ask")),
            id=sitting.id,
            number=number,
            many=len(kept),
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place what comes before and after it, and the way to delete it, which is asked once."""
        del message
        if self.ask:
            return [[DELETE(self.id), LEAVE_IT(self.number)]]
        newer = [NEWER(self.number - 1)] if self.number else []
        older = [OLDER(self.number + 1)] if self.number + 1 < self.many else []
        return [[*newer, *older], [DELETE_ASK(self.number)]]


async def offer(request: Request) -> None:
    """Say what it is; practice stops there."""
    request = await stop_practice(request)
    await actions.offer(request.work, request.me)


async def begin(request: Request) -> None:
    """Ask the first step."""
    await actions.begin(request.work, request.me)


async def go_on(request: Request) -> None:
    """Ask the next step."""
    await actions.go_on(request.work, request.me, request.press.number(0))


async def take_up(request: Request) -> None:
    """Go on with what was put aside."""
    await actions.take_up(request.work, request.me, request.press.number(2))


async def answer(request: Request, arrivals: Sequence[Arrival]) -> None:
    """Take words for the step that is asked; a recording or a picture can't be."""
    written = [arrival for arrival in arrivals if arrival.kind is PieceKind.TEXT]
    if written:
        await actions.write(request.work, request.me, written)
    if len(written) < len(arrivals):
        await request.say(K.FRIEND_TYPED)


async def keep(request: Request) -> None:
    """Keep it for oneself."""
    await actions.keep(request.work, request.me, request.source)


async def let_go(request: Request) -> None:
    """Let it go."""
    await actions.let_go(request.work, request.me, request.source)


async def show(request: Request) -> None:
    """Show one that was kept; in place of another, but for the journal's own page."""
    press = request.press
    place = None if len(press.arguments) > 1 else request.source
    await actions.show(request.work, request.me, press.number(0), place)


async def ask_delete(request: Request) -> None:
    """Ask once."""
    await actions.ask_delete(request.work, request.me, request.press.number(0), request.source)


async def delete(request: Request) -> None:
    """Delete it."""
    await actions.delete(request.work, request.me, SittingId(request.press.number(0)), request.source)


PRESSES: Mapping[Verb, Handler] = {
    Verb.FRIEND: offer,
    Verb.FRIEND_BEGIN: begin,
    Verb.FRIEND_ON: go_on,
    Verb.FRIEND_KEEP: keep,
    Verb.FRIEND_LET_GO: let_go,
    Verb.FRIEND_SHOW: show,
    Verb.FRIEND_DELETE_ASK: ask_delete,
    Verb.FRIEND_DELETE: delete,
}
