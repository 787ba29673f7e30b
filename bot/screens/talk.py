"""A talk begins: one is asked how calm they are, and the other whether now is a good time."""

from collections.abc import Mapping
from typing import Self

from bot.actions import talk as actions
from bot.actions.talk_told import Subject
from bot.messages import Message, MessageKind
from bot.practice.ids import TalkId
from bot.practice.talk import MOST_CALM, TalkKind, TalkState
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.safety import FIND_HELP
from bot.screens.talk_common import kind_of, loaded, pressed_kind, talk_id, talk_of
from bot.screens.view import ButtonRows, Key, View

K = MessageKind

CALM = Key(Verb.TALK_CALM)
HERE = Key(Verb.TALK_WHERE, "talk_chats")
SOFA = Key(Verb.TALK_WHERE, "talk_sofa")
YES = Key(Verb.TALK_YES, "talk_yes")
LATER = Key(Verb.TALK_LATER, "talk_later")
NOT_NOW = Key(Verb.TALK_NO, "not_now")
TAKE_IT_BACK = Key(Verb.TALK_STOP, "take_back")


class TalkCalm(View, of=K.TALK_CALM):
    """Asks one person alone how calm they are. The answer is kept nowhere."""

    kind: str
    asked: bool  # by the other

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load what it is for; gone where the question is over."""
        asked = bool(talk_of(context.message))
        if asked and await loaded(context, TalkState.ASKED) is None:
            return None
        return cls(kind=kind_of(context), asked=asked)

    def buttons(self, message: Message) -> ButtonRows:
        """Place one to five, and help where there was a quarrel."""
        talk = talk_of(message)
        numbers = [CALM.saying(str(n), self.kind, n, talk) for n in range(1, MOST_CALM + 1)]
        return [numbers, [FIND_HELP(0)] if self.kind == TalkKind.REPAIR else []]


class TalkWhere(View, of=K.TALK_WHERE):
    """Asks whether each writes in their own chat, or both sit together with one phone."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place both."""
        since = int(message.details[actions.SINCE])
        return [[HERE(0, since)], [SOFA(1, since)]]


class TalkWaits(View, of=K.TALK_WAITS):
    """Says that the other is asked."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back."""
        return [[TAKE_IT_BACK(talk_of(message))]]


class TalkAsked(View, of=K.TALK_ASK):
    """Asks the other whether now is a good time."""

    kind: str
    sofa: bool
    back: bool  # they had asked themselves, and the other has time now

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load it; gone where it has been answered or taken back."""
        talk = await loaded(context, TalkState.ASKED)
        if talk is None or context.me is None or talk.partners[talk.asked] != context.me.id:
            return None
        return cls(kind=talk.kind.value, sofa=talk.sofa, back=talk.asked == 0)

    def buttons(self, message: Message) -> ButtonRows:
        """Place yes, later, and not now; and help where there was a quarrel."""
        talk = talk_of(message)
        help_ = [FIND_HELP(0)] if self.kind == TalkKind.REPAIR else []
        return [[YES(talk), LATER(talk)], [NOT_NOW(talk), *help_]]


async def dialogue(request: Request) -> None:
    """Begin a dialogue, or show what is open."""
    await actions.begin(request.work, request.me, TalkKind.DIALOGUE)


async def repair(request: Request) -> None:
    """Begin what follows a quarrel, or show what is open."""
    await actions.begin(request.work, request.me, TalkKind.REPAIR)


async def calm(request: Request) -> None:
    """Take an answer to how calm somebody is."""
    number, talk = request.press.number(1), request.press.number(2)
    subject = Subject(pressed_kind(request), TalkId(talk) if talk else None)
    await actions.say_calm(request.work, request.me, subject, number, request.source)


async def where(request: Request) -> None:
    """Take where the two are."""
    sofa, since = bool(request.press.number(0)), request.press.number(1)
    await actions.say_where(request.work, request.me, since, request.source, sofa=sofa)


async def yes(request: Request) -> None:
    """Take a yes."""
    await actions.say_yes(request.work, request.me, talk_id(request), request.source)


async def later(request: Request) -> None:
    """Take the wish for a later time."""
    await actions.say_not_now(request.work, request.me, talk_id(request), request.source, later=True)


async def not_now(request: Request) -> None:
    """Take a no."""
    await actions.say_not_now(request.work, request.me, talk_id(request), request.source, later=False)


COMMANDS: Mapping[str, Handler] = {"dialogue": dialogue, "repair": repair}
PRESSES: Mapping[Verb, Handler] = {
    Verb.TALK_CALM: calm,
    Verb.TALK_WHERE: where,
    Verb.TALK_YES: yes,
    Verb.TALK_LATER: later,
    Verb.TALK_NO: not_now,
}
