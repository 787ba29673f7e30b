"""What is said by who is being watched, or is afraid for the other: help comes at once, and nothing of it is kept."""

from bot.messages import MessageKind
from bot.practice.destination import QUESTION_LASTS, Ask, Destination, Wish
from bot.practice.draft import PieceKind
from bot.screens import asides, safety, stands_last, taking_back
from bot.screens.request import Request
from prompts.courtesies import HIDE, WATCHED, WORRIED

K = MessageKind


async def is_met(request: Request) -> bool:
    """Bring help to who needs it before anything else; False for words that are of nothing like it.

    Whatever stands in the chat: nobody who hears a step on the stairs answers a question first.
    """
    if request.arrival is None or request.arrival.kind is not PieceKind.TEXT or request.passed_on:
        return False
    asked = request.says(HIDE)
    if asked or (request.says(WATCHED) and safety.is_near(request)):
        if safety.helped_lately(request):  # for their own words, which may be sealed
            await taking_back.show(request, QUESTION_LASTS)
        await safety.hide(request, asked=asked)
        return True
    if request.says(WORRIED) and not safety.helped_lately(request) and await asides.read_danger(request):
        if safety.was_worried_twice(request):
            await request.say(K.COURTESY, what=asides.CARED, **asides.held(request))
        else:
            await safety.worry(request)
        return True
    return False


async def is_beside(request: Request, where: Destination | Ask | Wish | None) -> bool:
    """Meet what is said right after help by who may be in danger; False for what may be for the other.

    Whoever speaks of somebody and says no "you", or seems to speak to the bot, says it to nobody who reads on. It's
    held for a moment, in case that was wrong. Who is afraid for the other may well write so to them: they are asked.
    """
    asked = isinstance(where, Ask) or where == asides.WAITING
    sought = safety.was_sought(request) and safety.helped_lately(request)
    if not asked or not sought or not await _speaks_of_it(request):
        return False
    await request.say(K.COURTESY, what=asides.CARED, **asides.held(request))
    return True


async def comforts(request: Request) -> bool:
    """Tell whether who was told what one can do for the other now speaks to them: "you matter to me"."""
    if not safety.was_sought(request) or safety.helped_lately(request):
        return False
    to_them = request.services.content.courtesies(request.language).speaks_to_somebody(request.text)
    return to_them and await asides.read_danger(request)


async def _speaks_of_it(request: Request) -> bool:
    """Tell whether a few words are about somebody, or for the bot, and can hardly be said to the other."""
    content = request.services.content
    if (
        request.arrival is None
        or request.arrival.kind is not PieceKind.TEXT
        or request.passed_on
        or request.reply
    ):
        return False
    few = stands_last.is_short(request) and asides.courtesy(request, request.arrival) is None
    if not few or request.alarm(request.text) is not None:
        return False
    courtesies = content.courtesies(request.language)
    for_bot = content.for_bot(request.text, request.language, request.called)
    return courtesies.speaks_of_somebody(request.text, request.called) or (
        for_bot and not courtesies.speaks_to_somebody(request.text)
    )
