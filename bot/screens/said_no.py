"""A no or a yes that is typed to whether something is to end: a no is taken at its word, a yes takes its button."""

from bot.actions import named
from bot.messages import MessageKind
from bot.practice.draft import PieceKind
from bot.practice.naming import says_no
from bot.screens import asides, stands_last
from bot.screens.request import Request

K = MessageKind
ENDS = frozenset({K.LEAVE_ASK, K.FORGET_ASK, K.JOURNAL_DELETE_ASK})
MOST_WORDS = 4  # of a yes that says more than that


async def is_answered(request: Request) -> bool:
    """Take a no as one, and tell whoever says yes where to press; False where words are neither, or nothing asks."""
    asked = await stands_last.question(request)
    if asked is None or asked.kind not in ENDS or not (request.reply or stands_last.is_fresh(request, asked)):
        return False
    if request.arrival is None or request.arrival.kind is not PieceKind.TEXT or request.passed_on:
        return False
    content, language = request.services.content, request.language
    if says_no(request.text, content.names(language), lambda said: _is_yes(request, said)):
        stopped = await named.stop_what_ends(request.work, request.me, ENDS)
        await request.say(K.CANCELLED, what=stopped)
        return True
    words = request.text.split()
    if len(words) > MOST_WORDS or not _is_yes(request, words[0]):
        return False
    await request.say(K.COURTESY, what=stands_last.PRESS, dropped=int(len(words) > 1))
    return True


def _is_yes(request: Request, text: str) -> bool:
    return request.courtesy(text) == asides.FINE
