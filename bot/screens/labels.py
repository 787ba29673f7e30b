"""Words that are the very label of a button that answers what was asked last: their writer is shown where to press."""

from collections.abc import Iterable

from bot.actions.today import stand
from bot.messages import MessageKind, Shown
from bot.practice.pulse import LEAST, MOST
from bot.practice.standing import Standing
from bot.screens import talk_steps
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
