"""Answers to the bot's own questions: taken, asked for once more, and let go."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.actions import journal, named, waiting
from bot.actions.people import expect, together
from bot.messages import MessageKind
from bot.places import Why
from bot.practice import answering
from bot.practice.answering import FEW_WORDS
from bot.practice.destination import (
    QUESTIONS,
    Destination,
    DestinationKind,
    beside_question,
    expected_place,
    goes_on,
)
from bot.practice.draft import PieceKind
from bot.practice.naming import NameKind
from bot.practice.partner import Expecting
from bot.practice.refusals import Reason, Refusal
from bot.screens import capsule, city, hours, naming, own_card, pulse, talk_later
from bot.screens.request import Request
from prompts.names import without_controls

K = MessageKind
NOT_UNDERSTOOD = frozenset(
    {Reason.BAD_HOUR, Reason.BAD_QUIET, Reason.BAD_NAME, Reason.BAD_LATER, Reason.BAD_DAY}
)


async def may_answer(request: Request, kind: DestinationKind) -> bool:
    """Tell whether words may answer a question of that kind at all."""
    if kind is DestinationKind.NAME:
        return await naming.may_answer(request)
    return answering.may_answer(kind, request.text)


async def take(request: Request, kind: DestinationKind) -> None:
    """Take words as the answer to a question; what can't be understood is asked once more, kindly.

    More than a few words may be for something else, a letter whose day is asked for: what they are for is asked.
    """
    why = await _why_not(request, kind)
    open_ = await named.open_places(request.work, await together(request.work, request.me.id))
    offered = beside_question(Destination(kind), open_)
    if why == "" and len(offered) > 1 and request.arrival is not None and _is_more_than_a_try(request):
        await waiting.ask(request.work, request.me, request.arrival, offered)
    elif why is not None and request.says_no():
        await request.say(K.CANCELLED, what=request.me.expectation.what.value)
        await expect(request.work, request.me)
    elif why is not None:
        await ask_again(request, why)


def _is_more_than_a_try(request: Request) -> bool:
    """Tell whether what a question doesn't understand is more than a few words, without a number."""
    some = len(request.text.split()) > FEW_WORDS and not any(map(str.isdigit, request.text))
    return some and not request.me.expectation.again


async def _why_not(request: Request, kind: DestinationKind) -> str | None:
    """Take words as the answer to a question; return why they can't be understood, empty for no reason of its own."""
    try:
        async with request.work.savepoint():
            return await ANSWERS[kind](request)
    except Refusal as refusal:
        if refusal.reason not in NOT_UNDERSTOOD:
            raise
        return ""


async def after_all(request: Request) -> bool:
    """Take words as the answer to a question whose first answer waits; False where they aren't understood as one.

    A search and a card take whatever is written: there more of what waits couldn't be told from an answer.
    """
    asked = request.me.expectation
    place = expected_place(asked)
    if place is None or place.kind not in UNDERSTOOD or not goes_on(asked, request.work.now):
        return False
    if request.arrival is None or request.arrival.kind is not PieceKind.TEXT or request.passed_on:
        return False
    if place.kind is DestinationKind.NAME and await naming.read(request) is NameKind.UNSURE:
        return False
    return await may_answer(request, place.kind) and await _why_not(request, place.kind) is None


async def ask_again(request: Request, why: str = "") -> None:
    """Ask a question once more, with two examples; the next time it is let go, and the words are not.

    Where words are, it is said: they may have been for something else.
    """
    asked = request.me.expectation
    if asked.what is Expecting.NOTHING:
        return
    again = asked.again + 1
    places = await named.open_places(request.work, await together(request.work, request.me.id))
    kept = again > 1 and bool(places) and request.arrival is not None
    await expect(request.work, request.me, replace(asked, again=again) if again == 1 else None)
    await request.say(K.ASK_AGAIN, what=asked.what.value, last=int(again > 1), why=why, kept=int(kept))
    if kept and request.arrival is not None:
        await waiting.ask(request.work, request.me, request.arrival, places)


async def _city(request: Request) -> str | None:
    """Find a partner's zone by their city, or by what their clock shows."""
    why = await city.typed(request)
    if why is None:
        return None
    return "" if why is Why.UNKNOWN else why.value


async def _search(request: Request) -> None:
    wanted = without_controls(request.text)
    cards = request.services.content.cards_with(wanted, request.language)
    await journal.search(request.work, request.me, wanted, cards)


UNDERSTOOD = QUESTIONS - {DestinationKind.SEARCH, DestinationKind.CARD}
ANSWERS: Mapping[DestinationKind, Callable[[Request], Awaitable[str | None]]] = {
    DestinationKind.CITY: _city,
    DestinationKind.HOUR: hours.typed_hour,
    DestinationKind.QUIET: hours.typed_quiet,
    DestinationKind.PULSE_HOUR: pulse.typed_hour,
    DestinationKind.NAME: naming.typed,
    DestinationKind.SEARCH: _search,
    DestinationKind.LATER: talk_later.typed_later,
    DestinationKind.CARD: own_card.typed,
    DestinationKind.CAPSULE_DAY: capsule.typed_day,
}
