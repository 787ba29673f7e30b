"""A no or a yes that is typed to whether something is to end: a no is taken at its word, a yes takes its button."""

from bot.actions import named
from bot.messages import MessageKind
from bot.practice.draft import PieceKind
from bot.screens import stands_last
from bot.screens.request import Request
from prompts.courtesies import FINE

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
    if request.says_no():
        stopped = await named.stop_what_ends(request.work, request.me, ENDS)
        await request.say(K.CANCELLED, what=stopped)
        return True
    words = request.text.split()
    if len(words) > MOST_WORDS or request.courtesy(words[0]) != FINE:
        return False
    await request.say(K.COURTESY, what=stands_last.PRESS, dropped=int(len(words) > 1))
    return True
