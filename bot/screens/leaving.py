"""Leaving a couple, and being forgotten: each asks once, and then happens at once."""

from collections.abc import Mapping

from bot.actions import forget, part
from bot.actions.people import message as to_one
from bot.messages import Message, MessageKind
from bot.practice.ids import CoupleId
from bot.practice.refusals import Reason, Refusal
from bot.screens.callbacks import Verb
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, View

K = MessageKind

LEAVE = Key(Verb.LEAVE, "leave")
STAY = Key(Verb.STAY, "stay")
FORGET = Key(Verb.FORGET, "forget", "danger")


class LeaveAsk(View, of=K.LEAVE_ASK):
    """Asks before leaving."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place both answers."""
        return [[LEAVE(message.couple or 0), STAY()]]


class ForgetAsk(View, of=K.FORGET_ASK):
    """Asks before forgetting."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place both answers."""
        return [[FORGET(message.to or 0), STAY()]]


async def ask_leave(request: Request) -> None:
    """Ask once before leaving."""
    await part.ask_to_leave(request.work, request.me)


async def leave(request: Request) -> None:
    """Leave the couple that was asked about, at once."""
    await part.leave(request.work, request.me, CoupleId(request.press.number(0)))


async def stay(request: Request) -> None:
    """Change nothing."""
    await request.work.outbox.put(to_one(K.STAYED, request.me))


async def ask_forget(request: Request) -> None:
    """Ask once before forgetting."""
    await forget.ask_to_forget(request.work, request.me)


async def forget_me(request: Request) -> None:
    """Forget a person, at once; an old button means somebody who is forgotten already."""
    if request.press.number(0) != request.me.id:
        raise Refusal(Reason.NOT_YOURS)
    await forget.forget(request.work, request.me)


COMMANDS: Mapping[str, Handler] = {"leave": ask_leave, "forget": ask_forget}
PRESSES: Mapping[Verb, Handler] = {Verb.LEAVE: leave, Verb.STAY: stay, Verb.FORGET: forget_me}
