"""Plain words: an answer to a question that was asked, else for what is open."""

import asyncio
from zoneinfo import ZoneInfo

from bot import places
from bot.actions import journal, preferences, rhythm
from bot.actions.people import expect
from bot.messages import MessageKind
from bot.practice.partner import Expecting
from bot.practice.refusals import Reason, Refusal
from bot.screens import draft, settings, solo
from bot.screens.request import Request
from prompts.names import clean_name, without_controls

K = MessageKind
CITY_LONGEST = 60  # more than this is no city: it is for the round
CITY_WORDS = 3  # more words than this, and no such city: also for the round
NAME_WORDS = 3  # of a name that is typed; more are for the round
TIME_WORDS = 8  # a longer sentence that names a time is for the round


async def words(request: Request) -> None:
    """Take words: an answer to a question that was asked, else what is open for this person."""
    if request.partner is None:
        await request.say(K.REFUSAL, reason=Reason.CONSENT_FIRST.value)
        return
    match request.partner.expectation.what:
        case Expecting.CITY if len(request.text) <= CITY_LONGEST:
            await _city(request)
        case Expecting.HOUR if _names_times(request.text):
            await _hour(request)
        case Expecting.QUIET if _names_times(request.text):
            await _quiet(request)
        case Expecting.SOLO if request.me.expectation.starter:
            await solo.answer(request, request.me.expectation.starter)
        case Expecting.SEARCH:
            await journal.search(request.work, request.me, without_controls(request.text))
        case Expecting.NAME if _could_be_a_name(request.text):
            await preferences.set_name(request.work, request.me, clean_name(request.text))
        case _:
            await draft.part(request)


async def _city(request: Request) -> None:
    """Find a partner's zone by their city, or by what their clock shows."""
    if places.clock_minute(request.text) is not None:
        found = await asyncio.to_thread(places.by_clock, request.text, request.work.now)
    else:
        found = await asyncio.to_thread(places.by_city, request.text)
    if not found and len(request.text.split()) > CITY_WORDS:
        await draft.part(request)
    elif not found:
        await request.say(K.CITY_UNKNOWN)
    elif len(found) == 1:
        await rhythm.set_zone(request.work, request.me, found[0].zone)
    else:
        details: dict[str, int | str] = {}
        for number, place in enumerate(found):
            clock = request.work.now.astimezone(ZoneInfo(place.zone)).strftime("%H:%M")
            details |= {f"name{number}": f"{place.name} · {clock}", f"zone{number}": place.zone}
        await request.say(K.CITY_CHOICES, **details)


def _could_be_a_name(text: str) -> bool:
    """Tell a name from a sentence: the other reads a name, and no sentence may reach them so."""
    words = text.split()
    return len(text) <= CITY_LONGEST and len(words) <= NAME_WORDS and not (words and words[-1][-1] in "!?…,")


def _names_times(text: str) -> bool:
    """Return whether a text answers a question for a time, well or not; else it is for the round."""
    return len(text.split()) <= (TIME_WORDS if places.clock_minutes(text) else CITY_WORDS)


async def _hour(request: Request) -> None:
    times = places.clock_minutes(request.text)
    if len(times) != 1:
        raise Refusal(Reason.BAD_HOUR)
    await expect(request.work, request.me)
    await rhythm.set_hour(request.work, request.me, times[0])


async def _quiet(request: Request) -> None:
    times = places.clock_minutes(request.text)
    if len(times) != len(("from", "to")):
        raise Refusal(Reason.BAD_QUIET)
    await preferences.set_quiet(request.work, request.me, *times)
    await settings.show(request)
