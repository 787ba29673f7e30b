"""A person's own language: chosen from those that are spoken here, and told to nobody."""

from collections.abc import Mapping
from typing import Self

from bot.actions import commands, preferences
from bot.actions.people import together
from bot.actions.today import show_open_card
from bot.messages import Message, MessageKind
from bot.practice.refusals import Reason, Refusal
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.settings import BACK, show
from bot.screens.view import ButtonRows, Key, Unsaid, View

LANGUAGE = Key(Verb.LANGUAGE)


class LanguageChoice(View, of=MessageKind.SETTINGS_LANGUAGE):
    """The languages spoken here, each by its own name."""

    spoken: Unsaid[Mapping[str, str]]
    mine: Unsaid[str]

    @classmethod
    async def load(cls, context: RenderContext) -> Self | None:
        """Load the languages, and the reader's own; none for a visitor."""
        spoken = {tongue.code: tongue.name for tongue in context.content.spoken()}
        return cls(spoken=spoken, mine=context.content.nearest(context.language)) if context.me else None

    def buttons(self, message: Message) -> ButtonRows:
        """Place a button a language, two in a row."""
        del message
        each = [LANGUAGE.saying(name, code, tick=code == self.mine) for code, name in self.spoken.items()]
        return [*(each[at : at + 2] for at in range(0, len(each), 2)), [BACK()]]


async def choose(request: Request) -> None:
    """Speak another language with a person from now on, and show their open card and the commands in it."""
    chosen, content = request.press.text(0), request.services.content
    if chosen not in {tongue.code for tongue in content.spoken()}:
        raise Refusal(Reason.NOT_YOURS)
    if (
        chosen == request.me.language or content.nearest(chosen) != chosen
    ):  # broken, which shows when it is read
        await show(request)
        return
    await preferences.set_language(request.work, request.me, chosen)
    await show(request)
    us = await together(request.work, request.me.id)
    if us is not None:
        await show_open_card(request.work, us)
    await commands.show(request.work, request.me, request.visitor.language)


COMMANDS: Mapping[str, Handler] = {}
PRESSES: Mapping[Verb, Handler] = {Verb.LANGUAGE: choose}
