"""A request is served: who acts is loaded, their handler runs in a savepoint, and a refusal is said kindly."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.actions.aside import aside
from bot.actions.care import offer_help
from bot.actions.part import tell_now
from bot.actions.people import Visitor, expect, together
from bot.actions.rest import welcome_back
from bot.actions.store import Unit
from bot.actions.wake import wake
from bot.messages import Message, MessageKind
from bot.practice.destination import QUESTIONS, expected_place
from bot.practice.ids import RoundId
from bot.practice.partner import PRACTICES, Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.screens import own_card, safety
from bot.screens.callbacks import Verb, decode
from bot.screens.request import Handler, Request, Services
from prompts.courtesies import SAFETY

K = MessageKind
OF_THE_ROUND = frozenset({Verb.SEAL, Verb.SEND, Verb.TAKE_BACK, Verb.START_OVER, Verb.NOT_TODAY})
KEEP_ASKING = frozenset({Verb.PLACE, Verb.NOWHERE, Verb.ONE_BY_ONE, Verb.NEVER_MIND})
FRESH = timedelta(minutes=1)  # acts closer than this are not noted one by one


async def arrive(unit: Unit, services: Services, visitor: Visitor, source: int) -> Request:
    """Load who acts, and note that they did: replies soon after are never held by quiet hours."""
    partner = await unit.partners.by_chat(visitor.chat)
    if partner is not None:
        if partner.acted_at is None or unit.now - partner.acted_at > FRESH:
            partner = replace(partner, acted_at=unit.now)
            await unit.partners.save(partner)
        if not partner.reachable:
            partner = await welcome_back(unit, partner)
        await wake(unit, partner)
    us = await together(unit, partner.id) if partner is not None else None
    called = us.other.name if us is not None else ""
    return Request(unit, services, visitor, partner, source=source, called=called)


async def take_message(request: Request, handler: Handler, *, heed: bool = False) -> None:
    """Let a message take effect; `heed` where these are free words, which may mean danger."""
    await answer(request, handler)
    if heed:
        await _heed(request)


async def _heed(request: Request) -> None:
    """Offer help where free words may mean danger; who has asked where to call has just been shown it."""
    text = own_card.words_in(request.text) if own_card.is_card(request.text) else request.text
    danger = request.alarm(text) if text else None
    if danger is not None and not (request.courtesy(text) == SAFETY and await safety.is_last(request)):
        await _offer_help(request, danger)


async def take_command(request: Request, handler: Handler) -> None:
    """Let a command take effect: a question that waits for an answer is one no more."""
    await answer(await _let_go(request), handler)
    if handler is own_card.write:  # the one command that free words follow for another to read
        await _heed(request)


async def _let_go(request: Request) -> Request:
    """Let a question go, because something else was pressed."""
    partner = request.partner
    place = expected_place(partner.expectation) if partner else None
    if partner is None or place is None or place.kind not in QUESTIONS:
        return request
    return replace(request, partner=await expect(request.work, partner))


async def stop_practice(request: Request) -> Request:
    """Put practice aside, because something else is taken up."""
    partner = request.partner
    if partner is None or partner.expectation.what not in PRACTICES:
        return request
    await request.work.outbox.put(*aside(partner, request.work.now))
    return replace(request, partner=await expect(request.work, partner))


async def take_press(request: Request, data: str, handlers: Mapping[Verb, Handler], *, ours: bool) -> None:
    """Give a pressed button to its verb's handler; `ours` where it stands in the presser's own chat."""
    press = decode(data)
    handler = handlers.get(press.verb) if press and ours else None
    if press is None or handler is None:
        await request.say(K.REFUSAL, reason=Reason.NOT_YOURS.value)
        return
    if press.verb not in KEEP_ASKING:
        request = await _let_go(request)
    if press.verb in OF_THE_ROUND:
        request = await stop_practice(request)
    await answer(replace(request, pressed=press), handler)


async def answer(request: Request, handler: Handler) -> None:
    """Run a handler; a refusal changes nothing and is said kindly."""
    try:
        async with request.work.savepoint():
            await handler(request)
    except Refusal as refusal:
        ended = refusal.reason is Reason.NO_COUPLE and request.partner is not None
        told = request.is_rest_of_album(refusal.reason) or (
            ended and await tell_now(request.work, request.me)
        )
        if not told:
            await request.work.outbox.put(await _refused(request, refusal.reason))


async def _refused(request: Request, reason: Reason) -> Message:
    said = request.to_me(K.REFUSAL, reason=reason.value)
    if reason in (Reason.TOO_MUCH, Reason.TOO_MUCH_WAITING):  # whoever writes very much is told once a minute
        minute = int(request.work.now.timestamp() // 60)
        return said.once(f"{reason.value}:{request.visitor.chat}:{minute}")
    if reason is Reason.ALREADY_SEALED and request.partner is not None:
        return replace(said, round=await _sealed_round(request, request.partner))
    return said


async def _sealed_round(request: Request, partner: Partner) -> RoundId | None:
    """Tell which round's seal stands in the way: what was pressed or asked for says so, or it is the newest's."""
    if request.pressed is not None:
        return request.round_of()
    if partner.expectation.what is Expecting.REFLECTION:
        return partner.expectation.round
    couple = await request.work.couples.of(partner.id)
    newest = await request.work.rounds.latest(couple.id) if couple else None
    return newest.id if newest else None


async def _leave_help_alone(request: Request, partner: Partner) -> bool:
    """Withdraw that words are for nothing here, where they may mean danger; tell whether nothing else is said."""
    if partner.expectation.what is Expecting.SOLO:
        return request.only_helps(request.text)
    plain = await request.work.outbox.waits(partner.id, (K.PLAIN,))
    if plain:
        await request.work.outbox.withdraw(to=partner.id, kinds=(K.PLAIN,))
    return plain


async def _offer_help(request: Request, danger: str) -> None:
    """Say the one calm message, also to somebody who has not joined: of them nothing is kept but in memory."""
    services, partner = request.services, request.partner
    before = partner.helped_at if partner else None
    if not services.offered.first(request.visitor.chat, danger, request.work.now, before):
        if partner is not None and await _leave_help_alone(request, partner):
            await safety.show(request)  # never silence
        return
    if partner is not None:
        await _leave_help_alone(request, partner)
    whisper = services.whispers.keep(danger)
    if partner is not None:
        await offer_help(request.work, partner.id, whisper)
    else:
        await request.say(K.CARE, whisper=whisper)
