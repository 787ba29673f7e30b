"""What somebody is called: only what is plainly a name is taken at once; of anything else they are asked."""

from collections.abc import Collection

from bot.actions import preferences, waiting
from bot.actions.people import expect, together
from bot.messages import MessageKind
from bot.practice.destination import Destination, DestinationKind
from bot.practice.naming import MOST_WORDS, NameKind, read_name, without_lead
from bot.practice.partner import MAX_NAME, Expecting
from bot.screens.request import Request
from prompts.courtesies import SET
from prompts.names import clean_name

K = MessageKind
PLACE = Destination(DestinationKind.NAME)


async def read(request: Request) -> NameKind:
    """Tell whether what was typed is plainly a name, a way back, or has to be asked about."""
    content, name = request.services.content, clean_name(request.text)
    if not name or (len(name) > MAX_NAME and len(name.split()) <= MOST_WORDS):
        return NameKind.NAME  # which is refused as the name that it can't be
    us = await together(request.work, request.me.id)
    taken: Collection[str] = (us.other.name,) if us else ()
    own = content.names(request.language)
    others = [content.names(tongue.code) for tongue in content.spoken() if tongue.code != request.language]
    kind = read_name(request.text, own, others, taken)
    said = content.courtesies(request.language).find(request.text) if kind is NameKind.NAME else None
    return NameKind.UNSURE if said not in (None, SET) else kind  # "call me Ada" is what was asked for


async def may_answer(request: Request) -> bool:
    """Tell whether words are for that question alone; one that greets in a single word may be a name."""
    return len(request.text.split()) == 1 or await read(request) is not NameKind.UNSURE


async def typed(request: Request) -> None:
    """Take a name, or ask about what may be none. Raises Refusal BAD_NAME for what can't be one."""
    kind = NameKind.NAME if request.pressed else await read(request)
    if kind is NameKind.BACK:
        await expect(request.work, request.me)
        await request.say(K.CANCELLED, what=Expecting.NAME.value)
    elif kind is NameKind.UNSURE and request.arrival is not None:
        await waiting.ask(request.work, request.me, request.arrival, [PLACE])
    else:
        name = without_lead(request.text, request.services.content.names(request.language))
        await preferences.set_name(request.work, request.me, clean_name(name))
