"""Words that say what a button says: their writer is shown where to press.

They are the very label of one, or answer the question that stands last: by a yes or a no of any degree, or by naming
one of its buttons.
"""

from collections.abc import Iterable

from bot.actions import named
from bot.actions.today import ask_how_it_landed, stand
from bot.messages import MessageKind, Shown
from bot.practice.pulse import LEAST, MOST
from bot.practice.standing import Standing
from bot.screens import stands_last, talk_steps
from bot.screens.request import Request
from bot.screens.response import HEARD, NOT_YET, PARTLY
from bot.screens.view import Key
from prompts.prompt import OTHER

K = MessageKind
LABEL = "label"  # where the button is
LOOKED_AT = 6  # messages: a button further up is none that somebody has before them


async def is_label(request: Request, asked: Shown | None) -> bool:
    """Tell whether words are such a label: of what `asked` for a press, or of how the other's answer has landed."""
    said = letters(request.text)
    if not said or request.passed_on:
        return False
    if asked is not None and asked.kind is K.PULSE:
        return said in {str(step) for step in range(LEAST, MOST + 1)}
    if asked is not None and asked.kind is K.TALK_STEP:
        answers = await talk_steps.is_asked_to_press(request, asked)
        return answers and said in _labels(request, (talk_steps.GOT_IT, talk_steps.MORE))
    hears = said in _labels(request, (HEARD, PARTLY, NOT_YET))
    return hears and (await stand(request.work, request.me))[0] is Standing.TO_HEAR


async def answers(request: Request) -> bool:
    """Tell whether a few words answer the question that stands last, or is replied to, though buttons take it."""
    asked = await stands_last.question(request)
    if asked is None or request.passed_on or not stands_last.is_short(request):
        return False
    waits = request.reply or asked.kind in named.TALK_QUESTIONS  # for as long as a talk does
    if not (waits or stands_last.is_fresh(request, asked)):
        return False
    step = asked.kind is K.TALK_STEP and await talk_steps.is_asked_to_press(request, asked)
    asks = step or asked.kind in named.ASKING - named.BESIDE
    if asks and request.answers_in_a_word():
        return True
    chooses = asks or asked.kind in named.BESIDE | named.CHOSEN_FROM
    return chooses and await _names_one(request, asked)


async def says_how_it_landed(request: Request) -> bool:
    """Ask once more how the other's answer has landed, where a yes or a no of any degree says it; False otherwise."""
    asked = await stands_last.question(request) if request.answers_in_a_word() else None
    if asked is None or not (request.reply or stands_last.is_fresh(request, asked)):
        return False
    return await ask_how_it_landed(request.work, request.me, asked)


async def _names_one(request: Request, asked: Shown) -> bool:
    """Tell whether words name one of a question's buttons, by what it says or by its number among them."""
    newest = await request.work.outbox.newest_standing(request.me.id, LOOKED_AT)
    message = next((one.message for one in newest if one.row == asked.row), None)
    shown = await request.services.labels(request.work, message) if message is not None else ()
    if letters(request.text) in {letters(label) for label in shown}:
        return True
    return request.services.content.courtesies(request.language).choose(request.text, shown) is not None


async def stands(request: Request) -> bool:
    """Tell whether words are the very label of a button that stands among the last messages in the chat."""
    said, language = letters(request.text), request.language
    if not said or request.passed_on:
        return False
    known = request.services.content.renderer.labels(language).values()
    if said not in {letters(label.replace(OTHER, request.called)) for label in known}:
        return False
    for one in await request.work.outbox.newest_standing(request.me.id, LOOKED_AT):
        shown = await request.services.labels(request.work, one.message)
        if said in {letters(label) for label in shown}:
            return True
    return False


def _labels(request: Request, keys: Iterable[Key]) -> set[str]:
    button = request.services.content.renderer.button
    return {letters(button(key.label, request.language)) for key in keys}


def letters(text: str) -> str:
    """Leave letters and digits alone, small ones."""
    return "".join(filter(str.isalnum, text)).casefold()
