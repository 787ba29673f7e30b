"""Where a person is: asked, answered in words, by what their clock shows, or by a pin."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Self

from bot import places
from bot.actions import rhythm
from bot.messages import Message, MessageKind
from bot.places import Choices, Place, PlainPlace, Why
from bot.practice import calendar, hours
from bot.practice.hours import AskBack, Hour
from bot.practice.partner import Expecting
from bot.screens import draft
from bot.screens.callbacks import Verb
from bot.screens.context import RenderContext
from bot.screens.request import Handler, Request
from bot.screens.rhythm import days_of, hour_of, together_in
from bot.screens.view import ButtonRows, Key, View

K = MessageKind
MOST = 12  # cities on buttons: one for each rule of the coming year, whichever half of the day it is

CITY = Key(Verb.ZONE)
NOT_IT = Key(Verb.CITY, "not_it")


class AskCity(View, of=K.ASK_CITY, asks=True):
    """Asks for a city, or the time that a clock shows."""


class CityChoices(View, of=K.CITY_CHOICES):
    """Cities that may be meant, to pick one."""

    alone: bool

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load whether there is one alone."""
        return cls(alone="zone1" not in context.message.details)

    def buttons(self, message: Message) -> ButtonRows:
        """Place a button a city."""
        given = message.details
        return [
            [CITY.saying(str(given[f"name{i}"]), str(given[f"zone{i}"]), int(given[f"city{i}"]))]
            for i in range(MOST)
            if f"zone{i}" in given
        ]


class ZoneSet(View, of=K.ZONE_SET):
    """The city and the time where the reader is now, and the couple's hour there if that is news."""

    city: str
    pin: bool
    clock: str
    hour: str
    days: str

    @classmethod
    async def load(cls, context: RenderContext) -> Self:
        """Load what the reader's clock shows."""
        now = context.work.now.astimezone(calendar.zone_named(context.zone))
        couple = together_in(context)
        if couple is not None and (couple.rhythm.set_by is None or not context.message.details.get("news")):
            couple = None
        return cls(
            city=(context.me and context.me.city) or "",
            pin=bool(context.message.details.get("pin")),
            clock=now.strftime("%H:%M"),
            hour=hour_of(context, couple) if couple else "",
            days=days_of(context, couple) if couple else "",
        )

    def buttons(self, message: Message) -> ButtonRows:
        """Place the way back to the question."""
        del message
        return [[NOT_IT()]]


async def ask(request: Request) -> None:
    """Ask for a partner's city."""
    await rhythm.ask_city(request.work, request.me)


async def choose(request: Request) -> None:
    """Set a partner's zone from a choice of cities."""
    zone = request.press.text(0)
    number = request.press.number(1) if len(request.press.arguments) > 1 else -1
    place = await asyncio.to_thread(places.called, number, zone) if number >= 0 else None
    await rhythm.set_zone(request.work, request.me, zone, _label(request, place) if place else "")


async def typed(request: Request) -> Why | None:
    """Take words as the answer to where somebody is; return why it is to be asked again, if it is."""
    now, content = request.work.now, request.services.content
    shown = _clock(hours.read(request.text, content.hours(request.language)))
    if shown:
        keeping = await asyncio.to_thread(places.by_clock, shown, now)
        if keeping:
            await _offer_or_set(request, keeping)
            return None
    outcome = await asyncio.to_thread(places.find, request.text, content.places(request.language), now)
    match outcome:
        case PlainPlace(place):
            await rhythm.set_zone(request.work, request.me, place.zone, _label(request, place))
        case Choices(found):
            await _offer(request, found)
        case places.Unclear(why):
            return why
    return None


def _clock(read: Hour | AskBack | None) -> tuple[int, ...]:
    """Return what a clock may show; nothing where the words are more than a time."""
    if isinstance(read, Hour):
        return (read.minute,)
    return read.minutes if read and read.why is hours.Unclarity.HALF else ()


async def _offer_or_set(request: Request, found: Sequence[Place]) -> None:
    if len(found) == 1:
        await rhythm.set_zone(request.work, request.me, found[0].zone, _label(request, found[0]))
    else:
        await _offer(request, found)


async def _offer(request: Request, found: Sequence[Place]) -> None:
    details: dict[str, int | str] = {}
    for number, place in enumerate(found[:MOST]):
        clock = request.work.now.astimezone(calendar.zone_named(place.zone)).strftime("%H:%M")
        details |= {f"name{number}": f"{_label(request, place)} · {clock}", f"zone{number}": place.zone}
        details[f"city{number}"] = max(place.city, 0)
    await request.say(K.CITY_CHOICES, **details)


def _label(request: Request, place: Place) -> str:
    content = request.services.content
    return place.told(content.territories(request.language), content.tongue(request.language).comma).label


async def pin(request: Request) -> None:
    """Take a shared point as the answer to where somebody is; of it the nearest city is kept, if that."""
    if request.point is None or request.partner is None or request.me.expectation.what is not Expecting.CITY:
        await draft.unsupported(request)
        return
    place = await asyncio.to_thread(places.nearest, *request.point)
    await rhythm.set_zone(request.work, request.me, place.zone, _label(request, place), by_pin=True)


COMMANDS: Mapping[str, Handler] = {}
PRESSES: Mapping[Verb, Handler] = {Verb.CITY: ask, Verb.ZONE: choose}
