"""What is said by who is being watched, or is afraid for the other: help comes at once, and nothing of it is kept."""

from bot.practice.destination import QUESTION_LASTS
from bot.practice.draft import PieceKind
from bot.screens import asides, safety, taking_back
from bot.screens.request import Request
from prompts.courtesies import HIDE, WATCHED, WORRIED
from prompts.source import FALLBACK


async def is_met(request: Request) -> bool:
    """Bring help to who needs it before anything else; False for words that are of nothing like it.

    Whatever stands in the chat: nobody who hears a step on the stairs answers a question first.
    """
    if request.arrival is None or request.arrival.kind is not PieceKind.TEXT or request.passed_on:
        return False
    asked = _says(request, HIDE)
    if asked or (_says(request, WATCHED) and safety.is_near(request)):
        if safety.helped_lately(request):  # for their own words, which may be sealed
            await taking_back.show(request, QUESTION_LASTS)
        await safety.hide(request, asked=asked)
        return True
    if _says(request, WORRIED) and not safety.helped_lately(request) and await asides.read_danger(request):
        await safety.worry(request)
        return True
    return False


def _says(request: Request, what: str) -> bool:
    """Tell whether words are of a list, in the language of who acts or in English."""
    content = request.services.content
    among = (content.courtesies(language) for language in dict.fromkeys((request.language, FALLBACK)))
    return any(one.says(what, request.text, request.called) for one in among)
