"""What a message is by itself, for the law of `bot.practice.destination`: a wish, a press, words for the other."""

import re

from bot.actions import named
from bot.practice.destination import Said, expected_place
from bot.practice.draft import PieceKind
from bot.screens import answer, asides, in_danger, safety, stands_last
from bot.screens.request import Request

_LINKS = re.compile(r"(?:(?:https?://|www\.|t\.me/)\S+\s*)+", re.IGNORECASE)


async def read(request: Request) -> Said:
    """Tell what the law asks of a message before it says where it goes."""
    arrival, me = request.arrival, request.me
    text = arrival is not None and arrival.kind is PieceKind.TEXT
    courtesy = asides.courtesy(request, arrival) if arrival is not None else None
    done, asked = request.says_done(), expected_place(me.expectation)
    comforts = text and courtesy is None and await in_danger.comforts(request)
    return Said(
        wishes=courtesy in asides.WISHES or done,
        press=await _may_be_a_press(request)
        or (text and not done and await _speaks_to_the_bot(request, courtesy))
        or (await safety.is_last(request) and not comforts),
        texts=text,
        answers=text and asked is not None and await answer.may_answer(request, asked.kind),
        names=text and _names_the_other(request),
        passed_on=request.passed_on or bool(_LINKS.fullmatch(request.text)),
        reply=await named.replied_to(request.work, me, request.reply),
        tells=courtesy is None
        and not request.answers_in_a_word()
        and (comforts or not safety.was_sought(request)),
        to_them=comforts,
    )


def _names_the_other(request: Request) -> bool:
    """Tell whether words call the other by name; a cry for help that does is met where it is."""
    courtesies = request.services.content.courtesies(request.language)
    return courtesies.calls(request.text, request.called) and request.alarm(request.text) is None


async def _speaks_to_the_bot(request: Request, courtesy: str | None) -> bool:
    """Tell whether words, or the first of them, are said to the bot, though more stands with them."""
    courtesies, called = request.services.content.courtesies(request.language), request.called
    return (
        courtesies.asks_among_others(request.text, called)
        or courtesies.begins_in_private(request.text, called)
        or (courtesy is None and await asides.is_for_bot(request))
    )


async def _may_be_a_press(request: Request) -> bool:
    """Tell whether words may be of what stands in the chat, and asks for no words."""
    question = await stands_last.question(request)
    if question is not None and question.kind in named.PRIVATE:
        return True
    if await named.is_of_oneself(request.work, request.me):
        return True
    last = question if question is not None and stands_last.is_fresh(request, question) else None
    looks = last is not None and last.kind in named.LOOKED_AT and not last.details.get(named.CHOSEN)
    if last is not None and (looks or named.asks_for_a_press(last)):
        return True
    offered = (
        last is not None and last.kind in named.OFFERED | named.CHOICES and stands_last.is_short(request)
    )
    return offered or await asides.is_late_yes(request)
