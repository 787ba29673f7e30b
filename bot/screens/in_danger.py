"""What is said by who is being watched, or is afraid for the other: help comes at once, and nothing of it is kept."""

from bot.actions.today import UNKEPT
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
        await safety.worry(request)
        return True
    return False


async def is_beside(request: Request, where: Destination | Ask | Wish | None) -> bool:
    """Meet what is said right after help, and would be asked about; False for what may be for the other.

    Whoever speaks of somebody and says no "you", or seems to speak to the bot, says it to nobody who reads on. It's
    held for a moment, in case that was wrong.
    """
    asked = isinstance(where, Ask) or where == asides.WAITING
    if not asked or not safety.was_sought(request) or not await _speaks_of_it(request):
        return False
    if safety.helped_lately(request):
        await request.say(K.COURTESY, what=asides.CARED, **asides.held(request))
    elif await asides.read_danger(request):
        await safety.worry(request)
        await request.say(K.COURTESY, what=UNKEPT, **asides.held(request))
    else:
        return False
    return True


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
