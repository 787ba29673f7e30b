"""Responding: what follows the reveal."""

from bot.actions import hear, respond
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Slot
from bot.practice.thread import Heard
from bot.telegram.act import Act, round_of
from bot.telegram.handlers.writing import showing_changes


async def starter(act: Act) -> None:
    """Begin a response with a starter that there is."""
    picked = act.press.text(1)
    if not act.setting.lexicon.opening(picked, act.language):
        raise Refusal(Reason.NOT_YOURS)
    await respond.begin_response(act.work, act.me, round_of(act), picked)


async def own_words(act: Act) -> None:
    """Begin a response in one's own words."""
    await respond.begin_response(act.work, act.me, round_of(act), None)


def _slot(act: Act, place: int) -> Slot:
    """Read which words a button would send. Raises Refusal NOT_YOURS where it could not."""
    said = act.press.text(place)
    if said not in set(Slot) - {Slot.REFLECTION}:
        raise Refusal(Reason.NOT_YOURS)
    return Slot(said)


async def send(act: Act) -> None:
    """Send the quoted response or clarification."""
    slot = _slot(act, 2)
    async with showing_changes(act, slot):
        await respond.send(act.work, act.me, round_of(act), slot, act.press.number(1), shown_in=act.source)


async def rewrite(act: Act) -> None:
    """Write the response or the clarification anew."""
    await respond.rewrite(act.work, act.me, round_of(act), _slot(act, 1))


async def heard(act: Act) -> None:
    """Take the author's word on a response."""
    word = act.press.text(1)
    if word not in set(Heard):
        raise Refusal(Reason.NOT_YOURS)
    await hear.say_heard(act.work, act.me, round_of(act), Heard(word), act.source)


async def leave_there(act: Act) -> None:
    """Close a thread without more words: one's own, or the other's."""
    own = bool(act.press.number(1))
    await hear.leave_there(act.work, act.me, round_of(act), act.source, own=own)
