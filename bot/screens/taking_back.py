"""What was sealed, or let come, and is regretted: it is shown again with the button that takes it back."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from bot.actions import capsule as letters
from bot.actions import own_card as cards
from bot.actions.people import together
from bot.actions.today import stand, today
from bot.messages import MessageKind, Shown
from bot.practice.capsule import CapsuleState
from bot.practice.destination import LAPSED_FOR
from bot.practice.ids import CapsuleId, OwnCardId
from bot.practice.standing import Standing
from bot.screens import asides, safety
from bot.screens.request import Request

K = MessageKind
FOR_LATER = (K.CAPSULE_SEALED, K.CARD_WAITS)
CAN_GO = (*FOR_LATER, K.SEALED)
NOTHING: Mapping[str, int] = {}


async def say_how(
    request: Request, within: timedelta = LAPSED_FOR, besides: Mapping[str, int] = NOTHING
) -> bool:
    """Say which buttons take back what stands last, or what was sealed last; False where nothing can be.

    `besides` is what else that says.
    """
    if not await asides.can_be_undone(request):
        return await show(request, within, besides=besides)
    await request.say(K.COURTESY, what=asides.UNDO, **besides)
    return True


async def show(
    request: Request,
    within: timedelta = LAPSED_FOR,
    kinds: Collection[MessageKind] = CAN_GO,
    besides: Mapping[str, int] = NOTHING,
) -> bool:
    """Show what was sealed last with its buttons, and say that they take it back; False where nothing can be."""
    sealed = await last_sealed(request, within, kinds)
    if sealed is None:
        return False
    _, stands = await request.work.outbox.shown_last(request.me.id)
    below = safety.is_near(request)  # help may stand there, of which nothing is noted
    if below or stands is None or stands.row != sealed.row:
        await _show_again(request, sealed)
    await request.say(K.COURTESY, what=asides.UNDO, **besides)
    return True


async def last_sealed(request: Request, within: timedelta, kinds: Collection[MessageKind]) -> Shown | None:
    """Find what was sealed or let come last, if it can be taken back; a letter and a card no longer ago than this."""
    for shown in await request.work.outbox.newest(request.me.id, tuple(kinds)):
        if shown.sure and await _can_be_taken_back(request, shown, within):
            return shown
    return None


async def _can_be_taken_back(request: Request, shown: Shown, within: timedelta) -> bool:
    work, me = request.work, request.me
    us = await together(work, me.id)
    if us is None:
        return False
    if shown.kind is K.SEALED:
        standing, _, newest = await stand(work, me)
        return standing is Standing.SEALED and newest is not None and newest.id == shown.round
    if work.now - shown.at >= within:
        return False
    if shown.kind is K.CARD_WAITS:
        id_ = OwnCardId(int(shown.details[cards.CARD]))
        return any(card.id == id_ and card.waits for card in await work.own_cards.of(me.id))
    letter = await work.capsules.own(me.id, CapsuleId(int(shown.details[letters.ABOUT])))
    return letter is not None and letter.couple == us.couple.id and letter.state is CapsuleState.SEALED


async def _show_again(request: Request, sealed: Shown) -> None:
    """Show at the end of the chat what was sealed, with its buttons."""
    if sealed.kind is K.CAPSULE_SEALED:
        await letters.show_sealed(request.work, request.me, CapsuleId(int(sealed.details[letters.ABOUT])))
    elif sealed.kind is K.CARD_WAITS:
        await cards.show_waiting(request.work, request.me)
    else:
        await today(request.work, request.me)
