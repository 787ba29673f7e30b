"""Practising alone: nothing of it reaches a partner, and nothing of it is kept."""

from collections.abc import Mapping, Sequence
from typing import Self

from bot.actions import solo
from bot.actions.practised import practised
from bot.actions.today import stand
from bot.messages import Message, MessageKind
from bot.practice.destination import goes_on
from bot.practice.partner import Expecting
from bot.practice.standing import Standing
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, View
from prompts.vignettes import Vignette

K = MessageKind

PRACTISE = Key(Verb.SOLO, "practise")
ANOTHER = Key(Verb.SOLO, "another")
AGAIN = Key(Verb.SOLO_AGAIN, "try_again")
ENOUGH = Key(Verb.SOLO_ENOUGH, "enough")
NEUTRAL_FRIEND = Key(Verb.FRIEND, "friend")


def _told(context: RenderContext) -> Vignette | None:
    return context.content.told(context.language, str(context.message.details["vignette"]))


class SoloMoment(View, of=K.SOLO):
    """A moment to practise on."""

    text: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the moment."""
        told = _told(context)
        return cls(text=told.text) if told else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place another one, the end, and what else can be done alone."""
        del message
        return [[ANOTHER(), ENOUGH()], [NEUTRAL_FRIEND()]]


class Landed(View, of=K.SOLO_FELT):
    """How an answer would have landed, perhaps with one suggestion."""

    reply: str
    suggestion: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load what whoever told the moment says to the answer."""
        told, details = _told(context), context.message.details
        if told is None:
            return None
        whispers = context.here.whispers
        return cls(
            reply=whispers.text(int(details.get("reply", 0))) or told.partly,
            suggestion=whispers.text(int(details.get("whisper", 0))),
        )


class Answers(View, of=K.SOLO_ANSWERS):
    """Two answers that could land well."""

    answers: Sequence[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the answers."""
        told = _told(context)
        return cls(answers=told.answers) if told else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place the ways to go on."""
        return [[AGAIN(str(message.details["vignette"])), ANOTHER()], [ENOUGH()]]


class Ended(View, of=K.SOLO_ENDED):
    """Says that nothing of it is kept, and that a draft stands as it did."""

    drafted: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Take it from the message."""
        return cls(drafted=bool(context.message.details.get("drafted")))


async def begin(request: Request) -> None:
    """Tell another moment than the one that was answered last."""
    pressed, expected = request.pressed, request.me.expectation
    told = (expected.starter or "") if expected.what is Expecting.SOLO else ""
    current = pressed.arguments[0] if pressed and pressed.arguments else told
    request.services.scenes.begin(request.visitor.chat)
    seed = request.work.new_id() >> 20  # changes with every act
    vignette = request.services.content.vignette(request.language, seed, besides=current)
    await solo.tell(request.work, request.me, vignette)


async def again(request: Request) -> None:
    """Tell the same moment once more."""
    vignette = request.press.text(0)
    if request.services.content.has_vignette(request.language, vignette):
        request.services.scenes.begin(request.visitor.chat)
        await solo.tell(request.work, request.me, vignette)
    else:
        await begin(request)


async def enough(request: Request) -> None:
    """End it; what was written since it was over, by another button or by the hour, may stand in a draft."""
    expected = request.me.expectation
    goes = expected.what is Expecting.SOLO and goes_on(expected, request.work.now)
    standing, _, _ = await stand(request.work, request.me)
    await solo.enough(request.work, request.me, drafted=not goes and standing is Standing.DRAFTED)


async def answer(request: Request, text: str, sources: Sequence[int]) -> None:
    """Read an answer, and say how it would have landed; a recording can't be read."""
    services, me = request.services, request.me
    vignette = me.expectation.starter
    chat = request.visitor.chat
    if me.expectation.what is not Expecting.SOLO or not vignette or services.scenes.over(chat, vignette):
        await begin(request)
    elif request.wants_break(text):
        await practised(request.work, me, sources)
        await enough(request)
    elif not text:
        await practised(request.work, me, sources)
        await request.say(K.SOLO_WRITTEN)
    else:
        keep, only_helps = services.whispers.keep, request.only_helps(text)
        landing = services.content.practise(request.language, vignette, text, only_helps=only_helps)
        reply = keep(landing.reply(services.scenes.turn(chat, landing.felt)))
        if landing.ended:
            services.scenes.end(chat, vignette)
        whisper = keep(landing.suggestion * me.coach)
        await solo.land(
            request.work, me, vignette, reply=reply, whisper=whisper, sources=sources, shows=not only_helps
        )


COMMANDS: Mapping[str, Handler] = {"practice": begin}
PRESSES: Mapping[Verb, Handler] = {
    Verb.SOLO: begin,
    Verb.SOLO_AGAIN: again,
    Verb.SOLO_ENOUGH: enough,
}
