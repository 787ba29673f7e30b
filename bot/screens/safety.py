"""Help and resources: lines by country. Nothing of it is noted; which country somebody looks at is never stored."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Self

from bot import places
from bot.messages import Message, MessageKind
from bot.practice.destination import QUESTION_LASTS
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.view import ButtonRows, Key, Unsaid, View
from prompts.safety import Line

K = MessageKind
PAGE = 12

LATELY = timedelta(hours=3)
SOUGHT_LASTS = timedelta(hours=1)  # where no danger was heard: somebody has only looked at a page

COUNTRY = Key(Verb.COUNTRY)
ELSEWHERE = Key(Verb.COUNTRY, "somewhere_else")
PREVIOUS = Key(Verb.HELP, "previous")
MORE = Key(Verb.HELP, "more")
FIND_HELP = Key(Verb.HELP, "find_help")
COUNTRIES = Key(Verb.HELP, "countries")
SAFE = Key(Verb.SAFE, "safe_this_week")
# What the calm message is about, by the type of danger.
ABOUT = {
    "own_violence": "own_violence",
    "partner_danger": "partner_danger",
    **dict.fromkeys(("self_harm", "farewell", "hopelessness"), "oneself"),
}


class Countries(View, of=K.SAFETY):
    """A page of countries by name."""

    countries: Unsaid[Sequence[tuple[str, str]]]
    page: Unsaid[int]
    more: Unsaid[bool]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load the page, or the last one for a page that there is not."""
        known = sorted(context.content.countries(context.language).values(), key=lambda country: country.name)
        last = (len(known) - 1) // PAGE
        page = min(int(context.message.details.get("page", 0)), last)
        shown = known[page * PAGE : (page + 1) * PAGE]
        return cls(countries=[(c.id, c.name) for c in shown], page=page, more=page < last)

    def buttons(self, message: Message) -> ButtonRows:
        """Place two countries a row, then the turning of pages."""
        del message
        countries = [COUNTRY.saying(name, id_) for id_, name in self.countries]
        turning = [PREVIOUS(self.page - 1)] if self.page else []
        if self.more:
            turning.append(MORE(self.page + 1))
        pairs = [countries[place : place + 2] for place in range(0, len(countries), 2)]
        return [*pairs, turning, [ELSEWHERE("else")]]


class Lines(View, of=K.SAFETY_LINES):
    """A country's lines; none for one that we don't have, or that a restart has forgotten."""

    country: str
    lines: Sequence[Line]

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load the lines."""
        picked = context.here.whispers.text(int(context.message.details.get("whisper", 0)))
        country = context.content.countries(context.language).get(picked)
        return cls(country=country.name if country else "", lines=country.lines if country else ())

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back."""
        del message
        return [[COUNTRIES(0)]]


class Care(View, of=K.CARE):
    """The one calm message to whoever wrote words that may mean danger, by what they are about."""

    about: str  # "own_violence", "partner_danger", "oneself", or empty: done to them, or forgotten

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load what it is about, where memory still has it."""
        danger = context.here.whispers.text(int(context.message.details.get("whisper", 0)))
        return cls(about=ABOUT.get(danger, ""))

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to somebody who listens, and to being left alone."""
        del message
        return [[FIND_HELP(0)], [SAFE()]]


class CareRested(View, of=K.CARE_RESTED):
    """Help is not offered for this again this week."""


class Worry(View, of=K.WORRY):
    """What one can do when the other's words worry one: for whoever asks, and always the same."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to somebody who knows more."""
        del message
        return [[FIND_HELP(0)]]


class Hide(View, of=K.SAFETY_HIDE):
    """How this chat is taken away, in a breath: for whoever has no more than that."""

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way to help."""
        del message
        return [[FIND_HELP(0)]]


async def show(request: Request) -> None:
    """Say how to find help, with the first page of countries."""
    await _page(request, 0)


async def turn_page(request: Request) -> None:
    """Show another page of countries, in place."""
    await _page(request, request.press.number(0))


async def country(request: Request) -> None:
    """Show a country's lines in place, or for one that we don't have how to find them."""
    await _note(request)
    whisper = request.services.whispers.keep(request.press.text(0))
    shown = _unnamed(request, request.to_me(K.SAFETY_LINES, whisper=whisper))
    await request.work.outbox.put(shown.editing(request.source))


async def shows_typed_country(request: Request) -> bool:
    """Show the lines of a country that is typed in any language; tell whether one was."""
    code = await asyncio.to_thread(places.country_in, request.text)
    if code:
        await _note(request)
        whisper = request.services.whispers.keep(code)
        await request.work.outbox.put(_unnamed(request, request.to_me(K.SAFETY_LINES, whisper=whisper)))
    return bool(code)


async def is_last(request: Request) -> bool:
    """Tell whether help is what was shown last to whoever acts, and not long ago."""
    sought, chat, now = request.services.sought, request.visitor.chat, request.work.now
    if not sought.lately(chat, now, QUESTION_LASTS):
        return False
    newest, _ = await request.work.outbox.shown_last(request.me.id)
    return sought.last(chat, now, newest or 0)


def helped_lately(request: Request) -> bool:
    """Tell whether help was offered to whoever acts in the last hours: then nothing cheerful is said."""
    helped = request.me.helped_at
    return helped is not None and timedelta(0) <= request.work.now - helped < LATELY


def was_sought(request: Request) -> bool:
    """Tell whether whoever acts has looked for help a moment ago: what they tell meanwhile may be for no other eyes."""
    return request.services.sought.lately(request.visitor.chat, request.work.now, QUESTION_LASTS)


def is_near(request: Request) -> bool:
    """Tell whether help was offered to whoever acts, or they have looked for it, in the last hours."""
    return helped_lately(request) or request.services.sought.lately(
        request.visitor.chat, request.work.now, LATELY
    )


async def _note(request: Request, lasts: timedelta = SOUGHT_LASTS) -> None:
    """Note in memory that help is shown: what is typed right under it is for nobody else unasked."""
    if request.partner is not None:
        newest, _ = await request.work.outbox.shown_last(request.partner.id)
        request.services.sought.note(request.visitor.chat, request.work.now, newest or 0, lasts)


async def _page(request: Request, page: int) -> None:
    await _note(request)
    shown = _unnamed(request, request.to_me(K.SAFETY, page=page))
    await request.work.outbox.put(shown.editing(request.source if request.pressed else None))


async def rest(request: Request) -> None:
    """Hold back for a week what somebody says they are safe from."""
    request.services.offered.rest(request.visitor.chat, request.work.now)
    await request.work.outbox.put(_unnamed(request, request.to_me(K.CARE_RESTED)))


def was_worried_twice(request: Request) -> bool:
    """Tell whether whoever acts was told a moment ago, and told again, what one can do for the other."""
    return request.services.sought.worries(request.visitor.chat, request.work.now) > 1


async def worry(request: Request) -> None:
    """Say what one can do; nothing is read, and nothing is noted but in memory."""
    await _note(request)
    request.services.sought.worry(request.visitor.chat, request.work.now)
    await request.work.outbox.put(_unnamed(request, request.to_me(K.WORRY)))


async def hide(request: Request, *, asked: bool) -> None:
    """Say how this chat is taken away.

    Many an ordinary couple asks for that: where no danger was heard, “he's coming” is a cry for help no longer than
    a question lasts, and such words don't draw it out.
    """
    lasts = QUESTION_LASTS if asked else timedelta(0)
    await _note(request, LATELY if helped_lately(request) else lasts)
    await request.work.outbox.put(_unnamed(request, request.to_me(K.SAFETY_HIDE)))


def _unnamed(request: Request, message: Message) -> Message:
    """Address a message to nobody by name: the outbox does not remember who asked for help."""
    return replace(message, to=None, language=request.language)


COMMANDS: Mapping[str, Handler] = {"safety": show}
PRESSES: Mapping[Verb, Handler] = {
    Verb.HELP: turn_page,
    Verb.COUNTRY: country,
    Verb.SAFE: rest,
    Verb.WORRIES: worry,
}
