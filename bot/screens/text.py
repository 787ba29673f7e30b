"""Words: where they go by the law of `bot.practice.destination`, and what is said to the bot alone."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.actions import capsule as letters
from bot.actions import named, waiting
from bot.actions.advice import Adviser, OnNoBreak, OnTelling
from bot.actions.people import together
from bot.actions.practised import practised
from bot.actions.quote import SHOWN_AS, show_again
from bot.actions.reflect import Arrival
from bot.actions.take_words import take_words
from bot.actions.today import REACTIONS, lands, plain, react, show_open_card, stand, today
from bot.actions.unsent import slots_of
from bot.messages import MessageKind, Shown
from bot.practice.destination import (
    ANSWERS,
    QUESTION_LASTS,
    QUESTIONS,
    REFLECTIONS,
    TEXTS_ALONE,
    Ask,
    Destination,
    DestinationKind,
    Said,
    Wish,
    expected_place,
    may_answer,
)
from bot.practice.draft import PieceKind
from bot.practice.hours import read, understood
from bot.practice.refusals import Reason, Refusal
from bot.practice.standing import Standing
from bot.screens import answer, capsule, draft, friend, joining, labels, own_card, safety, solo, talk_steps
from bot.screens.prompt import task_of
from bot.screens.request import Request
from prompts.courtesies import ANOTHER, BREAK, CHANGE, NOT_NOW, SEND
from prompts.prompt import Task

K = MessageKind
NOT_TAKEN = "not taken"
PRESS = "press"  # where to answer
SAID_UNDER = frozenset({K.COURTESY, K.KEPT_ASK, K.KEPT_PLACED, K.UNSUPPORTED})  # a question for a press
FINE = "fine"
UNDO = "undo"  # where the button is that takes back
SORRY = "sorry"  # may be meant for the other, and is asked about where something is open
ANSWERING = frozenset({SORRY, CHANGE, FINE, "bye"})  # a yes, a never mind, or "later"
UNDONE = frozenset(
    {K.DRAFT, K.SEALED, K.RESPONSE_DRAFT, K.CLARIFICATION_DRAFT, K.TALK_DRAFT, K.CARD_WAITS, K.CAPSULE_SEALED}
)
"""What has a button that takes back, or begins anew."""
CHEERFUL = frozenset({"fine", "how", "wish", "night", "bye"})  # answered lightly
CARED = "cared"  # what is said instead, where help was just offered
GREETINGS = frozenset({"hello", "how", "wish", "night", "bye"})
WAITING = Destination(DestinationKind.WAITING)
WISHES = frozenset({SEND, CHANGE})  # for a button under what is written
BUTTONS_OF_TODAY = {
    ANOTHER: Standing.UNWRITTEN,
    NOT_NOW: Standing.UNWRITTEN,
    BREAK: Standing.UNWRITTEN,
    CHANGE: Standing.SEALED,
}
BUTTONS = WISHES | {ANOTHER, NOT_NOW}
NEEDS_NOTHING = frozenset({K.NOT_TODAY, K.REMINDER})  # they name the round: an "ok" to them is no part of it

_LINKS = re.compile(r"(?:(?:https?://|www\.|t\.me/)\S+\s*)+", re.IGNORECASE)


async def words(request: Request) -> None:
    """Take a text, a voice message, a video note or a photo to what it is for, or ask.

    What has come already, as an edit that was quicker than its message, is taken once.
    """
    if request.services.early.gone(request.visitor.chat, request.source):
        return
    code = await _invitation(request)
    if code:
        await joining.look(request, code)
    elif request.partner is None:
        await _meet(request)
    elif request.arrival is None:
        await draft.unsupported(request)
    elif await _is_first_hour(request):
        await put(request, Destination(DestinationKind.HOUR), [request.arrival])
    else:
        where = await named.decide(request.work, request.me, await _said(request))
        if not await _is_answered(request, where):
            await _go(request, request.arrival, where)


async def _meet(request: Request) -> None:
    """Say to a stranger how to begin. A yes to what they were asked is given by its button."""
    fine = request.arrival is not None and await _courtesy(request, request.arrival) == FINE
    if not fine and not joining.is_typed_button(request):
        raise Refusal(Reason.CONSENT_FIRST)
    await request.say(K.COURTESY, what=PRESS)


async def edited(request: Request) -> None:
    """Let an edit in Telegram change the part that it edits; one of a question's answer answers anew."""
    if request.partner is None or await draft.edited(request) or await talk_steps.edited(request):
        return
    if own_card.is_card(request.text):
        await own_card.edited(request)
        return
    if request.arrival is None or await waiting.edit(request.work, request.partner, request.arrival):
        return
    if await letters.edit(request.work, request.partner, request.arrival):
        return
    place = await named.decide(request.work, request.me, Said(edit=True))
    if isinstance(place, Destination):
        await put(request, place, [request.arrival])
    elif await _came_first(request):
        await words(request)
        request.services.early.note(request.visitor.chat, request.source)
    else:
        await draft.say_at_the_end(request, K.EDIT_NOWHERE)


async def _came_first(request: Request) -> bool:
    """Tell whether an edit has come before the message that it is of: nothing here is newer than that."""
    newest, _ = await request.work.outbox.shown_last(request.me.id)
    return newest is not None and request.source > newest and not request.text.startswith("/")


async def _invitation(request: Request) -> str:
    """Find the code of an invitation in a pasted link, or pasted by itself; empty for none.

    A stranger's link is looked at in any case, and also among other words: they may have pasted all they got.
    """
    code = joining.code_in(request.text, alone=request.partner is not None)
    if code and (request.partner or code == request.text.strip()):
        return code if await request.work.invites.by_code(code) else ""
    return code


async def _said(request: Request) -> Said:
    arrival, me = request.arrival, request.me
    courtesies = request.services.content.courtesies(request.language)
    text = arrival is not None and arrival.kind is PieceKind.TEXT
    asked = expected_place(me.expectation)
    return Said(
        wishes=arrival is not None and await _courtesy(request, arrival) in WISHES,
        press=await _may_be_a_press(request)
        or (text and courtesies.asks_among_others(request.text, await _others_name(request)))
        or await safety.is_last(request)
        or await safety.is_last(request),
        texts=text,
        answers=text and asked is not None and await answer.may_answer(request, asked.kind),
        passed_on=request.passed_on or bool(_LINKS.fullmatch(request.text)),
        reply=await named.replied_to(request.work, me, request.reply),
    )


async def _may_be_a_press(request: Request) -> bool:
    """Tell whether words may be of what stands in the chat, and asks for no words."""
    _, stands = await request.work.outbox.shown_last(request.me.id)
    if stands is not None and stands.kind in named.PRIVATE:
        return True
    question = await _question(request)
    last = question if question is not None and _is_fresh(request, question) else None
    if last is not None and (named.asks_for_a_press(last) or last.kind in named.LOOKED_AT):
        return True
    offered = last is not None and last.kind in named.OFFERED | named.CHOICES and _is_short(request)
    return offered or await _is_late_yes(request)


def _is_short(request: Request) -> bool:
    text = request.arrival is not None and request.arrival.kind is PieceKind.TEXT
    return text and may_answer(DestinationKind.CITY, request.text)


async def _is_late_yes(request: Request) -> bool:
    """Tell whether a bare yes may be for a question that buttons answer, though other things have come since."""
    yes = request.arrival is not None and await _courtesy(request, request.arrival) == FINE
    return yes and await named.stands_unanswered(request.work, request.me)


async def _is_first_hour(request: Request) -> bool:
    """Tell whether words can only be the hour that was asked for under a first seal.

    That question stands by itself, and may be let be: it is no question that has to be answered. "Morning" names
    one of its buttons; "good morning" is said to somebody, and "the morning was hard" is of the day.
    """
    text, shown = request.text.strip(), await _last_shown(request)
    if shown is None or shown.kind is not K.ASK_HOUR:
        return False
    newest, _ = await request.work.outbox.shown_last(request.me.id)
    if request.passed_on or request.reply not in (0, newest) or expected_place(request.me.expectation):
        return False
    if " " in text and request.services.content.courtesies(request.language).find(text):
        return False
    hours = request.services.content.hours(request.language)
    return read(text, hours) is not None and understood(text, hours)


async def _last_shown(request: Request) -> Shown | None:
    """Load what stands last in the chat, by what it says now, for as long as a question lasts."""
    _, shown = await request.work.outbox.shown_last(request.me.id)
    return shown if shown is not None and _is_fresh(request, shown) else None


def _is_fresh(request: Request, shown: Shown) -> bool:
    return request.work.now - shown.at < QUESTION_LASTS


async def _question(request: Request) -> Shown | None:
    """Load what words may be meant as a press of: the question that they reply to, or what stands last in the chat.

    Under a question it is said where to press, or asked what words are for: it is the question still.
    """
    replied = await request.work.outbox.shown_in(request.me.id, request.reply) if request.reply else None
    if replied is not None and replied.kind in named.ASKING:
        return replied
    _, last = await request.work.outbox.shown_last(request.me.id)
    if last is None or last.kind not in SAID_UNDER or last.details.get("what", PRESS) != PRESS:
        return last
    return await named.standing_question(request.work, request.me) or last


async def _is_asking(request: Request, *, ever: bool = False) -> bool:
    """Tell whether its buttons answer what was asked last, or is replied to; `ever`: also where that is long ago."""
    last = await _question(request)
    if last is None or not (ever or request.reply or _is_fresh(request, last)):
        return False
    if last.kind is K.TALK_STEP:
        return await talk_steps.is_asked_to_press(request, last)
    return last.kind in named.ASKING


async def _go(request: Request, arrival: Arrival, where: Destination | Ask | Wish | None) -> None:
    courtesy = await _courtesy(request, arrival)
    if not isinstance(where, Destination) and await labels.is_label(request, await _question(request)):
        await request.say(K.COURTESY, what=PRESS)
        return
    if isinstance(where, Wish):
        await _show_button(request, where.place, courtesy or SEND)
        return
    undoes = courtesy == CHANGE and _may_be_aside(where) and await _can_be_undone(request)
    answers = _may_be_aside(where) and await _is_asking(request, ever=courtesy in (SORRY, FINE))
    asking = (courtesy in BUTTONS and isinstance(where, Ask)) or answers
    if answers and (courtesy in ANSWERING or where is None):
        await request.say(K.COURTESY, what=PRESS, dropped=int(not courtesy))
    elif undoes:
        await request.say(K.COURTESY, what=UNDO)
    elif courtesy in BUTTONS_OF_TODAY and await _is_under_today(request, where, courtesy):
        await _show_under_today(request, courtesy)
    elif courtesy in ASKED and (_may_be_aside(where) or where == WAITING):
        await ASKED[courtesy](request)
    elif courtesy == FINE and isinstance(where, Destination) and (wished := await _wished_before(request)):
        await _show_button(request, where, wished)
    elif courtesy in BUTTONS and where != WAITING:  # nothing is written there
        await _file(request, arrival, _asked_of(where, courtesy), None, asking=asking)
    elif courtesy and await _is_aside(request, where, courtesy):
        await _answer_aside(request, courtesy, arrival, where)
    else:
        asking = asking or await safety.is_last(request) or await _may_choose(request)
        await _file(request, arrival, where, courtesy, asking=asking)


def _soberly(request: Request, courtesy: str | None) -> str | None:
    """Name the courtesy to answer with: after help was offered there is no "Good", and no "Take care"."""
    return CARED if courtesy in CHEERFUL and safety.helped_lately(request) else courtesy


async def _ask_of_a_yes(request: Request, arrival: Arrival, where: Destination | Ask | None) -> None:
    """Ask what a bare yes is for that may answer an earlier question: by itself it's a consent to nothing."""
    places = where.places if isinstance(where, Ask) else ()
    if any(place.kind is not DestinationKind.ADDITION for place in places):
        await _file(request, arrival, where, None, asking=True)
    else:
        await request.say(K.COURTESY, what=PRESS)


async def _may_choose(request: Request) -> bool:
    """Tell whether a few words may be for the buttons that stand last: a choice, or how an answer landed."""
    last = await _last_shown(request)
    if last is None or not _is_short(request):
        return False
    return last.kind in named.CHOSEN_FROM or await lands(request.work, request.me, last)


async def _answer_aside(
    request: Request, courtesy: str | None, arrival: Arrival, where: Destination | Ask | None
) -> None:
    """Answer what is for nothing in particular; thanks right under what has come from the other may be for them."""
    if await _is_late_yes(request):
        await _ask_of_a_yes(request, arrival, where)
        return
    _, last = await request.work.outbox.shown_last(request.me.id)
    theirs = last is not None and last.kind in named.THEIRS and not request.reply
    reacts = theirs and courtesy in REACTIONS
    if last is None or not reacts or not await react(request.work, request.me, last, courtesy):
        await plain(request.work, request.me, _soberly(request, courtesy))


def _asked_of(where: Destination | Ask | None, courtesy: str) -> Destination | Ask | None:
    """Ask about a wish for a button that isn't there; one to send, and "not now" as an answer, are words."""
    if not isinstance(where, Destination) or courtesy == SEND or not _may_be_aside(where):
        return where
    return where if courtesy == NOT_NOW and where.kind not in REFLECTIONS else Ask((where,))


async def _is_under_today(request: Request, where: Destination | Ask | None, courtesy: str) -> bool:
    """Tell whether the button that is wished for stands under today's prompt, or under words that are sealed."""
    if isinstance(where, Destination) and where.kind not in REFLECTIONS:
        return False
    standing, _, _ = await stand(request.work, request.me)
    return standing is BUTTONS_OF_TODAY[courtesy]


async def _can_be_undone(request: Request) -> bool:
    """Tell whether what stands last in the chat has a button that takes back, or it was just said where one is."""
    if request.reply:
        return False
    _, shown = await request.work.outbox.shown_last(request.me.id)
    return shown is not None and (
        shown.kind in UNDONE or (shown.kind is K.COURTESY and shown.details["what"] == UNDO)
    )


async def _file(
    request: Request,
    arrival: Arrival,
    where: Destination | Ask | None,
    courtesy: str | None,
    *,
    asking: bool,
) -> None:
    """Take words where they go, or ask what they are for."""
    match where:
        case None:
            await _answer_aside(request, courtesy, arrival, where)
        case Destination(kind=DestinationKind.WAITING) if courtesy:
            await _press_under_words(request)
        case Ask() if await request.work.words.by_source(request.me.id, arrival.source):
            pass  # an edit of it has come before it
        case Ask():
            await waiting.ask(request.work, request.me, arrival, where.places, press=asking)
            await named.note_asked(request.work, request.me)
        case Destination(kind=DestinationKind.WAITING):
            if not await answer.after_all(request):
                await waiting.ask_more(request.work, request.me, arrival)
        case Destination():
            await put(request, where, [arrival])


async def _press_under_words(request: Request) -> None:
    """Say that a button tells what waits where it is for, under the question, which is shown again if need be."""
    last = await _last_shown(request)
    if last is None or last.kind not in SAID_UNDER:
        await waiting.ask_again(request.work, request.me)
    await request.say(K.COURTESY, what=PRESS)


async def _show_under_today(request: Request, courtesy: str) -> None:
    """Say where the button stands that is wished for, and show it; a break has none there."""
    await request.say(K.COURTESY, what=ANOTHER if courtesy == NOT_NOW else courtesy)
    us = await together(request.work, request.me.id)
    if courtesy == CHANGE:
        await today(request.work, request.me)
    elif courtesy != BREAK and us is not None:
        await show_open_card(request.work, us)


async def _wished_before(request: Request) -> str:
    """Name the button that was just pointed to, and not pressed since; empty for none."""
    last = await _last_shown(request)
    what = str(last.details["what"]) if last is not None and last.kind is K.COURTESY else ""
    return what if what in WISHES else ""


async def _show_button(request: Request, place: Destination, what: str) -> None:
    """Say what does that: a button under what is written, which is shown again where it's no more the last."""
    if place.kind is DestinationKind.CAPSULE and what == SEND:
        await capsule.show_button(request)
        return
    await request.say(K.COURTESY, what=what)
    last, us = await _last_shown(request), await together(request.work, request.me.id)
    if us is None or place.round is None or (last is not None and last.kind in SHOWN_AS.values()):
        return
    for slot in await slots_of(request.work, us, place):
        await show_again(request.work, request.me, place.round, slot)


async def _is_answered(request: Request, where: Destination | Ask | Wish | None) -> bool:
    """Tell whether a picture is of an album that can't be taken and whose sender has been told so."""
    taken = where is not None and not (isinstance(where, Destination) and where.kind in TEXTS_ALONE)
    if taken or not request.is_rest_of_album(NOT_TAKEN):
        return False
    if where == Destination(DestinationKind.PRACTICE):
        await practised(request.work, request.me, [request.source])
    return True


def _may_be_aside(where: Destination | Ask | Wish | None) -> bool:
    """Tell whether words that would go there may be said to the bot: a question of its own and practice take all."""
    return not isinstance(where, Destination) or where.kind in REFLECTIONS | ANSWERS


def _saying(what: str) -> Callable[[Request], Awaitable[None]]:
    async def say(request: Request) -> None:
        await request.say(K.COURTESY, what=what)

    return say


async def _what_now(request: Request) -> None:
    if await safety.is_last(request) or safety.helped_lately(request):
        await safety.show(request)
    else:
        await today(request.work, request.me)


async def _help(request: Request) -> None:
    """Say what the bot can do; where somebody cries for help, or just had some, how to find it."""
    if request.alarm(request.text) is not None or safety.helped_lately(request):
        await safety.show(request)
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
}
"""What answers a question or a wish to the bot, whatever is open: nobody writes that for the other to read."""


async def _is_aside(request: Request, where: Destination | Ask | None, courtesy: str) -> bool:
    """Tell whether thanks or a greeting are said to the bot, and are no words of a round.

    So they are where it would have to be asked what they are for, and where what the bot said last asks for nothing:
    after a setting, a reminder, "not today". Right under what asks for words they go where it says; but nobody begins
    an answer to today's prompt with a greeting.
    """
    if courtesy == SORRY or not _may_be_aside(where):
        return False
    if not isinstance(where, Destination):
        return where is not None
    if request.reply:
        return False
    if courtesy in GREETINGS and where.kind is DestinationKind.REFLECTION:
        return (await stand(request.work, request.me))[0] in (Standing.UNWRITTEN, Standing.RESTING)
    _, shown = await request.work.outbox.shown_last(request.me.id)
    return shown is not None and (shown.kind in NEEDS_NOTHING or named.place_of(shown) is None)


async def _courtesy(request: Request, arrival: Arrival) -> str | None:
    """Name the thanks, the greeting, the question or the wish that a text is, if it is nothing else."""
    if arrival.kind is not PieceKind.TEXT or request.passed_on:
        return None
    return request.services.content.courtesies(request.language).find(
        arrival.text, await _others_name(request)
    )


async def _others_name(request: Request) -> str:
    us = await together(request.work, request.me.id) if request.partner is not None else None
    return us.other.name if us is not None else ""


async def put(request: Request, place: Destination, arrivals: Sequence[Arrival]) -> None:
    """Give words to what they are for."""
    texts = [arrival.text for arrival in arrivals if arrival.kind is PieceKind.TEXT]
    if place.kind is DestinationKind.PRACTICE:
        await solo.answer(request, "\n".join(texts), [arrival.source for arrival in arrivals])
    elif place.kind is DestinationKind.TALK:
        await talk_steps.take(request, arrivals)
    elif place.kind is DestinationKind.CAPSULE:
        if len(arrivals) != 1 or not texts or not await capsule.takes_day(replace(request, text=texts[0])):
            await letters.add(request.work, request.me, arrivals)
    elif place.kind is DestinationKind.FRIEND:
        await friend.answer(request, arrivals)
    elif place.kind in QUESTIONS:
        await answer.take(replace(request, text="\n".join(texts)), place.kind)
    else:
        begun, adviser = draft.opening(request), await _adviser(request, place, "\n".join(texts))
        await take_words(request.work, request.me, place, arrivals, opening=begun, adviser=adviser)


async def _adviser(request: Request, place: Destination, text: str) -> Adviser | None:
    """Choose who reads an answer: one to a guess or a question is asked to tell, and not to say what it heard.

    Nobody, where help is all that is to be said.
    """
    content, language = request.services.content, request.language
    found = content.adviser(language)
    adviser = OnNoBreak(found, content.courtesies(language).rests_in) if found is not None else None
    round_ = await request.work.rounds.find(place.round) if place.round else None
    if adviser is None or request.only_helps(text):
        return None
    if round_ is None or place.kind is not DestinationKind.RESPONSE:
        return adviser
    if request.me.id not in {turn.partner for turn in round_.turns}:  # which is refused where they are taken
        return adviser
    task = task_of(content, language, round_, round_.other(request.me.id).partner)
    return OnTelling(adviser) if task in (Task.GUESS, Task.ASK) else adviser
