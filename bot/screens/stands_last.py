"""What stands last in the chat, and whether words may be meant for it: a question that buttons answer."""

from bot.actions import named, waiting
from bot.actions.people import together
from bot.actions.unsent import written_in
from bot.messages import MessageKind, Shown
from bot.practice.answering import may_answer
from bot.practice.destination import QUESTION_LASTS, DestinationKind
from bot.practice.draft import PieceKind
from bot.screens import talk_steps
from bot.screens.request import Request

K = MessageKind
SAID_UNDER = frozenset({K.COURTESY, K.KEPT_ASK, K.KEPT_PLACED, K.UNSUPPORTED})  # a question for a press
PRESS = "press"  # where to answer


async def last_shown(request: Request) -> Shown | None:
    """Load what stands last in the chat, by what it says now, for as long as a question lasts."""
    _, shown = await request.work.outbox.shown_last(request.me.id)
    return shown if shown is not None and is_fresh(request, shown) else None


def is_fresh(request: Request, shown: Shown) -> bool:
    """Tell whether a message is no older than a question lasts."""
    return request.work.now - shown.at < QUESTION_LASTS


async def question(request: Request) -> Shown | None:
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


async def is_asking(request: Request, *, ever: bool = False) -> bool:
    """Tell whether its buttons answer what was asked last, or is replied to; `ever`: also where that is long ago."""
    last = await question(request)
    if last is None or not (ever or request.reply or is_fresh(request, last)):
        return False
    if last.kind is K.TALK_STEP:
        return await talk_steps.is_asked_to_press(request, last)
    return last.kind in named.ASKING


def is_short(request: Request) -> bool:
    """Tell whether a text is short enough to be meant as a press."""
    text = request.arrival is not None and request.arrival.kind is PieceKind.TEXT
    return text and may_answer(DestinationKind.CITY, request.text)


async def press_under_words(request: Request) -> None:
    """Say that a button tells what waits where it is for, under the question, which is shown again if need be."""
    last = await last_shown(request)
    if last is None or last.kind not in SAID_UNDER:
        await waiting.ask_again(request.work, request.me)
    await request.say(K.COURTESY, what=PRESS, then=int(await _is_done_elsewhere(request)))


async def _is_done_elsewhere(request: Request) -> bool:
    """Tell whether somebody says that they are done, and has words for the other that wait for their own button."""
    us = await together(request.work, request.me.id)
    if us is None or not request.says_done():
        return False
    written = await written_in(request.work, us, await named.open_places(request.work, us))
    return any(place.kind is not DestinationKind.CAPSULE for place in written)
