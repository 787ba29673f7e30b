"""Words given to what they are for: practice, a talk, a letter, a question of the bot's, or what the other reads."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions import capsule as letters
from bot.actions.advice import Adviser, OnNoBreak, OnTelling, text_of
from bot.actions.reflect import Arrival
from bot.actions.take_words import take_words
from bot.practice.destination import QUESTIONS, Destination, DestinationKind
from bot.practice.draft import PieceKind
from bot.practice.round import Slot
from bot.screens import answer, capsule, draft, friend, solo, talk_steps
from bot.screens.prompt import task_of
from bot.screens.request import Request
from prompts.prompt import Task


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

    Nor is one to sad words: love is no lesson's occasion there. Nobody reads it where help is all that is to be said.
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
    other = await request.work.partners.get(round_.other(request.me.id).partner)
    told = task_of(content, language, round_, other.id) in (Task.GUESS, Task.ASK)
    read = await request.work.words.read(request.me.id, other.id, round_.id, Slot.REFLECTION)
    return OnTelling(adviser) if told or content.sore(text_of(read), other.language) else adviser
