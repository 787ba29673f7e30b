"""What is said to the bot alone: thanks, questions to it, and wishes for a button that are typed."""

from collections.abc import Awaitable, Callable, Mapping

from bot.actions import named
from bot.actions import talk as talks
from bot.actions.people import together
from bot.actions.quote import SHOWN_AS, show_again
from bot.actions.reflect import Arrival
from bot.actions.today import UNKEPT, show_open_card, stand, today
from bot.actions.unsent import slots_of
from bot.messages import MessageKind
from bot.practice.answering import SENTENCE_WORDS
from bot.practice.destination import ANSWERS, REFLECTIONS, Ask, Destination, DestinationKind, Wish
from bot.practice.draft import PieceKind
from bot.practice.partner import Expecting
from bot.practice.round import Slot
from bot.practice.standing import Standing
from bot.screens import capsule, safety, stands_last
from bot.screens.labels import letters
from bot.screens.request import Request
from prompts.courtesies import ANOTHER, BREAK, CHANGE, FINE, NOT_NOW, PRIVATE, SAFETY, SEND, WORRIED, YOUNG

K = MessageKind
UNDO = "undo"  # where the button is that takes back
SORRY = "sorry"  # may be meant for the other, and is asked about where something is open
ANSWERING = frozenset({SORRY, CHANGE, FINE, "bye"})  # a yes, a never mind, or "later"
UNDONE = frozenset(
    {K.DRAFT, K.SEALED, K.RESPONSE_DRAFT, K.CLARIFICATION_DRAFT, K.TALK_DRAFT, K.CARD_WAITS, K.CAPSULE_SEALED}
)
"""What has a button that takes back, or begins anew."""
OF_ITS_OWN = frozenset({"who", "data", "set", "help"})  # asked of the bot alone, at any time
CHEERFUL = frozenset({"fine", "how", "wish", "night", "bye"})  # answered lightly
CARED = "cared"  # what is said instead, where help was just offered
GREETINGS = frozenset({"hello", "how", "wish", "night", "bye"})
LIGHT = GREETINGS | {"thanks", FINE, SORRY}
"""What is no answer to a card by itself, unless the card has it among its answers."""
WAITING = Destination(DestinationKind.WAITING)
WISHES = frozenset({SEND, CHANGE})  # for a button under what is written
BUTTONS_OF_TODAY = {
    ANOTHER: Standing.UNWRITTEN,
    NOT_NOW: Standing.UNWRITTEN,
    BREAK: Standing.UNWRITTEN,
    CHANGE: Standing.SEALED,
}
BUTTONS = WISHES | {ANOTHER, NOT_NOW}
ROUNDS_ANSWERS = frozenset({DestinationKind.RESPONSE, DestinationKind.CLARIFICATION})
OF_A_TALK = frozenset({K.TALK_STEP, K.TALK_DRAFT, K.TALK_SENT, K.TALK_WORDS, K.TALK_MEDIA, K.TALK_BLANK})
NEEDS_NOTHING = frozenset({K.NOT_TODAY, K.REMINDER})  # they name the round: an "ok" to them is no part of it


def soberly(request: Request, courtesy: str | None) -> str | None:
    """Name the courtesy to answer with: after help was offered there is no "Good", and no "Take care"."""
    return CARED if courtesy in CHEERFUL and safety.helped_lately(request) else courtesy


async def is_under_today(request: Request, where: Destination | Ask | None, courtesy: str) -> bool:
    """Tell whether the button that is wished for stands under today's prompt, or under words that are sealed."""
    if isinstance(where, Destination) and where.kind not in REFLECTIONS:
        return False
    standing, _, _ = await stand(request.work, request.me)
    return standing is BUTTONS_OF_TODAY[courtesy]


async def can_be_undone(request: Request) -> bool:
    """Tell whether what stands last in the chat has a button that takes back, or it was just said where one is."""
    if request.reply:
        return False
    _, shown = await request.work.outbox.shown_last(request.me.id)
    return shown is not None and (
        shown.kind in UNDONE or (shown.kind is K.COURTESY and shown.details["what"] == UNDO)
    )


async def show_under_today(
    request: Request, courtesy: str, where: Destination | Ask | Wish | None = None
) -> None:
    """Say where the button stands that is wished for, and show it; a break has none there."""
    what = ANOTHER if courtesy == NOT_NOW else courtesy
    await request.say(K.COURTESY, what=what, **await in_case(request, where, courtesy))
    us = await together(request.work, request.me.id)
    if courtesy == CHANGE:
        await today(request.work, request.me)
    elif courtesy != BREAK and us is not None:
        await show_open_card(request.work, us)


async def meets_break(request: Request, where: Destination | Ask | Wish | None) -> bool:
    """Say to who says "stop" while they write for the other that a break is all right; False elsewhere.

    A sentence ("I need a break tonight") may be what the other is to read, and goes where it went.
    """
    written = isinstance(where, Destination) and where.kind in REFLECTIONS | ROUNDS_ANSWERS
    if not written or request.reply or len(request.text.split()) >= SENTENCE_WORDS:
        return False
    await request.say(K.COURTESY, what=BREAK, **await in_case(request, where, BREAK))
    return True


async def wished_before(request: Request) -> str:
    """Name the button that was just pointed to, and not pressed since; empty for none.

    What it stands under may have been shown again below that.
    """
    last = await stands_last.last_shown(request)
    if last is not None and last.kind in SHOWN_AS.values():
        pointed = await request.work.outbox.newest(request.me.id, (K.COURTESY,))
        last = next((one for one in pointed if one.sure and stands_last.is_fresh(request, one)), None)
    what = str(last.details["what"]) if last is not None and last.kind is K.COURTESY else ""
    return what if what in WISHES else ""


async def show_button(request: Request, place: Destination, what: str) -> None:
    """Say what does that: a button under what is written, which is shown again where it's no more the last."""
    if place.kind is DestinationKind.CAPSULE and what == SEND:
        await capsule.show_button(request)
        return
    await request.say(K.COURTESY, what=what, **await in_case(request, place, what))
    last, us = await stands_last.last_shown(request), await together(request.work, request.me.id)
    if us is None or place.round is None or (last is not None and last.kind in SHOWN_AS.values()):
        return
    for slot in await slots_of(request.work, us, place):
        await show_again(request.work, request.me, place.round, slot)


async def in_case(
    request: Request, where: Destination | Ask | Wish | None, courtesy: str | None
) -> Mapping[str, int]:
    """Hold words that are answered as said to the bot where they could have been for the other, and name them.

    The answer says that they aren't kept, and has a button that gives them a place.
    """
    arrival = request.arrival
    if arrival is None or courtesy is None or not await _may_be_theirs(request, where, courtesy):
        return {}
    return held(request)


def held(request: Request) -> Mapping[str, int]:
    """Hold what was written in memory, for whoever says that it wasn't for the bot, and name it."""
    if request.arrival is None:
        return {}
    request.services.unkept.hold(request.visitor.chat, request.arrival.source, request.arrival.text)
    return {UNKEPT: request.arrival.source}


async def _may_be_theirs(request: Request, where: Destination | Ask | Wish | None, courtesy: str) -> bool:
    """Tell whether they could: what only the bot can answer, where an answer to the other is being written.

    An "ok" and the like, where words are asked for; a wish, wherever they would be words.
    """
    if courtesy == SEND or courtesy in GREETINGS or safety.helped_lately(request):
        return False
    if isinstance(where, Ask):
        some = any(place.kind in REFLECTIONS | ANSWERS for place in where.places)
        return some and courtesy not in ASKED and courtesy not in LIGHT
    if not isinstance(where, Destination):
        return isinstance(where, Wish)
    if courtesy in ASKED:
        return where.kind in ANSWERS and courtesy not in OF_ITS_OWN
    if courtesy not in LIGHT:
        return where.kind in REFLECTIONS | ANSWERS
    _, shown = await request.work.outbox.shown_last(request.me.id)
    return shown is not None and shown.kind not in NEEDS_NOTHING and named.place_of(shown) is not None


async def answer_asked(request: Request, courtesy: str | None, where: Destination | Ask | None) -> None:
    """Answer a question or a wish to the bot; right under it stands the way back, where it wasn't one."""
    await ASKED[courtesy](request)
    unkept = await in_case(request, where, courtesy)
    if unkept:
        await request.say(K.COURTESY, what=UNKEPT, **unkept)


def may_be_aside(where: Destination | Ask | Wish | None) -> bool:
    """Tell whether words that would go there may be said to the bot: a question of its own and practice take all."""
    return not isinstance(where, Destination) or where.kind in REFLECTIONS | ANSWERS


def is_asked(request: Request, where: Destination | Ask | None, courtesy: str | None) -> bool:
    """Tell whether a text is a question or a wish to the bot that is answered where it would go.

    An answer to a question of its own is one; practice is none in the hours after help was offered, and nobody has
    to practise what they mustn't be overheard with, or writes into a letter that it's for no eyes.
    """
    if courtesy not in ASKED:
        return False
    if may_be_aside(where) or where == WAITING:
        return True
    place = where.kind if isinstance(where, Destination) else None
    if place is DestinationKind.PRACTICE:
        return courtesy in (PRIVATE, SAFETY) or safety.helped_lately(request)
    return place is DestinationKind.CAPSULE and courtesy == PRIVATE


def _saying(what: str) -> Callable[[Request], Awaitable[None]]:
    async def say(request: Request) -> None:
        await request.say(K.COURTESY, what=what)

    return say


async def _what_now(request: Request) -> None:
    if await safety.is_last(request) or safety.helped_lately(request):
        await safety.show(request)
    elif await read_danger(request):
        await safety.worry(request)
    elif not (await _is_in_a_talk(request) and await talks.stand_again(request.work, request.me)):
        await today(request.work, request.me)


async def _is_in_a_talk(request: Request) -> bool:
    """Tell whether a step of a talk is what is asked for, or what stands last: "what do I do" is asked of that."""
    _, shown = await request.work.outbox.shown_last(request.me.id)
    stands = shown is not None and shown.kind in OF_A_TALK
    return stands or request.me.expectation.what is Expecting.TALK


async def _help(request: Request) -> None:
    """Say what the bot can do; where somebody cries for help, or just had some, how to find it."""
    if (
        request.alarm(request.text) is not None
        or safety.helped_lately(request)
        or await safety.is_last(request)
    ):
        await safety.show(request)
    elif await read_danger(request):
        await safety.worry(request)
    else:
        await request.say(K.HELP)


ASKED: Mapping[str | None, Callable[[Request], Awaitable[None]]] = {
    "who": _saying("who"),
    "bot": _saying("bot"),
    "data": _saying("data"),
    "off": _saying("off"),
    "set": _saying("set"),
    "now": _what_now,
    "help": _help,
    YOUNG: _saying(YOUNG),
    SAFETY: safety.show,
    PRIVATE: _saying(PRIVATE),
}
"""What answers a question or a wish to the bot, whatever is open: nobody writes that for the other to read."""


async def is_aside(request: Request, where: Destination | Ask | None, courtesy: str) -> bool:
    """Tell whether thanks or a greeting are said to the bot, and are no words of a round.

    So they are where it would have to be asked what they are for, and where what the bot said last asks for nothing:
    after a setting, a reminder, "not today". Right under what asks for words they go where it says; but nobody answers
    a card of which nothing is written yet by a greeting or an "ok" alone, unless it is one of its answers.
    """
    if not may_be_aside(where):
        return False
    if not isinstance(where, Destination):
        return where is not None and courtesy != SORRY
    if request.reply:
        return False
    if where.kind is DestinationKind.REFLECTION and courtesy in LIGHT:
        fresh = await _is_fresh_card(request, where)
        if fresh or courtesy in GREETINGS:
            return fresh or (await stand(request.work, request.me))[0] is Standing.RESTING
    _, shown = await request.work.outbox.shown_last(request.me.id)
    asks = shown is None or (shown.kind not in NEEDS_NOTHING and named.place_of(shown) is not None)
    return courtesy != SORRY and not asks


async def _is_fresh_card(request: Request, place: Destination) -> bool:
    """Tell whether nothing is written for a card yet, and what was said is none of the answers that it offers."""
    round_ = await request.work.rounds.find(place.round) if place.round else None
    if round_ is None or (await request.work.words.own(request.me.id, round_.id, Slot.REFLECTION)).pieces:
        return False
    return not await is_choice(request, place)


async def is_choice(request: Request, place: Destination) -> bool:
    """Tell whether words are one of the answers that a round's card offers."""
    round_ = await request.work.rounds.find(place.round) if place.round else None
    if round_ is None:
        return False
    card = request.services.content.prompt(round_.card(request.me.id), request.language)
    return letters(request.text) in {letters(choice) for choice in card.choices}


def courtesy(request: Request, arrival: Arrival) -> str | None:
    """Name the thanks, the greeting, the question or the wish that a text is, if it is nothing else."""
    if arrival.kind is not PieceKind.TEXT or request.passed_on:
        return None
    return request.courtesy(arrival.text)


async def is_for_bot(request: Request) -> bool:
    """Tell whether a message seems to speak to the bot: it is asked about, and never guessed to be the other's.

    None does that answers words in which danger was heard: "are you safe?" is held up by nothing.
    """
    if request.arrival is None or request.arrival.kind is not PieceKind.TEXT or request.passed_on:
        return False
    content = request.services.content
    if request.alarm(request.text) is not None:
        return False  # a cry for help is met by help, wherever it goes
    nearly = content.courtesies(request.language).is_nearly_one(request.text)
    seems = nearly or content.for_bot(request.text, request.language, request.called)
    return request.says(WORRIED) or (seems and not await read_danger(request))


async def read_danger(request: Request) -> bool:
    """Tell whether what the other wrote in the newest round or a talk, and somebody read, may mean danger to them."""
    work, (_, us, newest) = request.work, await stand(request.work, request.me)
    if us is None:
        return False
    talk = await work.talks.live(us.couple.id)
    said = await work.talks.said(us.me.id, talk) if talk is not None else []
    found = [piece for one in said if one.author == us.other.id for piece in one.pieces]
    if newest is not None:
        read = [await work.words.read(us.me.id, us.other.id, newest.id, slot) for slot in Slot]
        found += [piece for draft in read if draft for piece in draft.pieces]
    alarms, spoken = request.services.content.alarms, us.other.language
    return any(alarms(piece.text, spoken) is not None for piece in found)


async def is_late_yes(request: Request) -> bool:
    """Tell whether a bare yes may be for a question that buttons answer, though other things have come since."""
    yes = request.arrival is not None and courtesy(request, request.arrival) == FINE
    return yes and await named.stands_unanswered(request.work, request.me)
