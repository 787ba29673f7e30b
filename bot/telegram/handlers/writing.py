"""Writing: words in the open round, sealing, and what follows the reveal."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from zoneinfo import ZoneInfo

from bot import places
from bot.actions import edit, journal, preferences, reflect, rhythm, seal, take_words
from bot.actions.people import expect
from bot.actions.quote import show_again
from bot.actions.reflect import Arrival
from bot.actions.today import plain
from bot.messages import MessageKind
from bot.practice.draft import PieceKind
from bot.practice.partner import Expecting
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot
from bot.telegram.act import Act, round_of
from bot.telegram.handlers import living, solo
from prompts.names import clean_name, without_controls

K = MessageKind
CITY_LONGEST = 60  # more than this is no city: it is for the round
CITY_WORDS = 3  # more words than this, and no such city: also for the round
NAME_WORDS = 3  # of a name that is typed; more are for the round
TIME_WORDS = 8  # a longer sentence that names a time is for the round


async def words(act: Act) -> None:
    """Take words: an answer to a question that was asked, else what is open for this person."""
    if act.partner is None:
        await act.say(K.REFUSAL, reason=Reason.CONSENT_FIRST.value)
        return
    match act.partner.expectation.what:
        case Expecting.CITY if len(act.text) <= CITY_LONGEST:
            await _city(act)
        case Expecting.HOUR if _names_times(act.text):
            await _hour(act)
        case Expecting.QUIET if _names_times(act.text):
            await _quiet(act)
        case Expecting.SOLO if act.me.expectation.starter:
            await solo.answer(act, act.me.expectation.starter)
        case Expecting.SEARCH:
            await journal.search(act.work, act.me, without_controls(act.text))
        case Expecting.NAME if _could_be_a_name(act.text):
            await preferences.set_name(act.work, act.me, clean_name(act.text))
        case _:
            await part(act)


async def _take(act: Act, arrival: Arrival) -> None:
    adviser = act.setting.lexicon.adviser(act.language)
    await take_words.take_words(act.work, act.me, arrival, _opening(act), adviser)


def _opening(act: Act) -> str:
    """Give the opening of the starter that was picked last, if any."""
    return act.setting.lexicon.opening(act.me.expectation.starter, act.language)


async def _city(act: Act) -> None:
    """Find a partner's zone by their city, or by what their clock shows."""
    if places.clock_minute(act.text) is not None:
        found = await asyncio.to_thread(places.by_clock, act.text, act.work.now)
    else:
        found = await asyncio.to_thread(places.by_city, act.text)
    if not found and len(act.text.split()) > CITY_WORDS:
        await part(act)
    elif not found:
        await act.say(K.CITY_UNKNOWN)
    elif len(found) == 1:
        await rhythm.set_zone(act.work, act.me, found[0].zone)
    else:
        details: dict[str, int | str] = {}
        for number, place in enumerate(found):
            clock = act.work.now.astimezone(ZoneInfo(place.zone)).strftime("%H:%M")
            details |= {f"name{number}": f"{place.name} · {clock}", f"zone{number}": place.zone}
        await act.say(K.CITY_CHOICES, **details)


def _could_be_a_name(text: str) -> bool:
    """Tell a name from a sentence: the other reads a name, and no sentence may reach them so."""
    words = text.split()
    return len(text) <= CITY_LONGEST and len(words) <= NAME_WORDS and not (words and words[-1][-1] in "!?…,")


def _names_times(text: str) -> bool:
    """Tell whether a text answers a question for a time, well or not; else it is for the round."""
    return len(text.split()) <= (TIME_WORDS if places.clock_minutes(text) else CITY_WORDS)


async def _hour(act: Act) -> None:
    times = places.clock_minutes(act.text)
    if len(times) != 1:
        raise Refusal(Reason.BAD_HOUR)
    await expect(act.work, act.me)
    await rhythm.set_hour(act.work, act.me, times[0])


async def _quiet(act: Act) -> None:
    times = places.clock_minutes(act.text)
    if len(times) != len(("from", "to")):
        raise Refusal(Reason.BAD_QUIET)
    await preferences.set_quiet(act.work, act.me, *times)
    await living.settings(act)


async def part(act: Act) -> None:
    """Take a part of a draft: a text, or a voice message, a video note or a photo with its caption."""
    arrival = _arrived(act)
    if act.partner is None:
        await act.say(K.REFUSAL, reason=Reason.CONSENT_FIRST.value)
    elif arrival is None:
        await unsupported(act)
    else:
        await _take(act, arrival)


def _arrived(act: Act) -> Arrival | None:
    """Read what a message is made of, as a part of a draft; None for what can be none."""
    incoming, text = act.incoming, without_controls(act.text)
    if incoming is None:
        return None
    if incoming.voice:
        return Arrival(PieceKind.VOICE, text, act.source, incoming.voice.file_id)
    if incoming.video_note:
        return Arrival(PieceKind.VIDEO_NOTE, text, act.source, incoming.video_note.file_id)
    if incoming.photo:
        return Arrival(PieceKind.PHOTO, text, act.source, incoming.photo[-1].file_id)
    return Arrival(PieceKind.TEXT, text, act.source) if text and incoming.text else None


async def edited(act: Act) -> None:
    """Let an edit in Telegram change the part that it edits; other edits mean nothing to us."""
    arrival = _arrived(act)
    if act.partner is None:
        return
    if arrival is not None:
        await edit.edit_piece(act.work, act.partner, arrival, _opening(act))
    elif await act.work.words.by_source(act.partner.id, act.source) is not None:
        await unsupported(act)


async def press_seal(act: Act) -> None:
    """Seal what was quoted."""
    async with showing_changes(act, Slot.REFLECTION):
        await seal.seal(act.work, act.me, round_of(act), act.press.number(1), act.source)


@asynccontextmanager
async def showing_changes(act: Act, slot: Slot) -> AsyncIterator[None]:
    """Where the words have changed since they were quoted, say so and quote them as they are now."""
    try:
        yield
    except Refusal as refusal:
        if refusal.reason is not Reason.WORDS_CHANGED:
            raise
        await act.say(K.REFUSAL, reason=refusal.reason.value)
        await show_again(act.work, act.me, round_of(act), slot)


async def start_over(act: Act) -> None:
    """Clear the draft."""
    await reflect.start_over(act.work, act.me, round_of(act))


async def not_today(act: Act) -> None:
    """Leave today's round alone."""
    await reflect.not_today(act.work, act.me, round_of(act))


async def take_back(act: Act) -> None:
    """Open one's own seal again; whoever comes too late is shown the reveal."""
    try:
        await seal.take_back(act.work, act.me, round_of(act))
    except Refusal as refusal:
        if refusal.reason is not Reason.TOO_LATE:
            raise
        await act.say(K.REFUSAL, reason=refusal.reason.value)
        await seal.show_instead(act.work, act.me, round_of(act))


async def unsupported(act: Act) -> None:
    """Say once a minute what can be sent here; to strangers nothing."""
    if act.partner is not None:
        minute = int(act.work.now.timestamp() // 60)
        said = act.to_me(K.UNSUPPORTED)
        await act.work.outbox.put(said.once(f"unsupported:{act.visitor.chat}:{minute}"))


async def unknown_command(act: Act) -> None:
    """Answer a command that we do not have by where the person stands."""
    if act.partner is None:
        await act.say(K.REFUSAL, reason=Reason.CONSENT_FIRST.value)
    else:
        await plain(act.work, act.partner)
