"""What is said by who is being watched, or is afraid for the other: help comes at once, and nothing of it is kept."""

from bot.practice.destination import QUESTION_LASTS
from bot.practice.draft import PieceKind
from bot.screens import asides, safety, taking_back
from bot.screens.request import Request
from prompts.courtesies import HIDE, WATCHED, WORRIED


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
