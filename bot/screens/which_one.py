"""One of several, named in words: the part that shall go, or another answer than the one that was tapped."""

from bot.actions import parts
from bot.actions.choose import choose
from bot.actions.people import must_be_together, their_round
from bot.actions.reflect import Arrival
from bot.messages import MessageKind, Shown
from bot.practice.draft import PieceKind
from bot.practice.round import Slot
from bot.screens import stands_last
from bot.screens.request import Request

K = MessageKind


async def takes(request: Request) -> bool:
    """Take words as what they plainly name among what stands last in the chat; False where they name none of it."""
    number, shown = await request.work.outbox.shown_last(request.me.id)
    if number is None or shown is None or not stands_last.is_fresh(request, shown):
        return False
    if request.passed_on or request.reply not in (0, number) or not stands_last.is_short(request):
        return False
    if shown.kind is K.TAKE_OUT_ASK:
        return await _takes_out(request, shown, number)
    return shown.kind is K.DRAFT and await _taps(request, shown)


def _named(request: Request, among: list[str]) -> int | None:
    return request.services.content.courtesies(request.language).choose(request.text, among)


async def _takes_out(request: Request, asked: Shown, number: int) -> bool:
    """Take the part out that words name, of the version that was asked about."""
    work, slot, version = request.work, Slot(str(asked.details["slot"])), int(asked.details["version"])
    if asked.round is None:
        return False
    draft = await work.words.own(request.me.id, asked.round, slot)
    place = _named(request, [" ".join(piece.text for piece in part) for part in draft.parts])
    if place is None or draft.version != version:
        return False
    await parts.take_out(work, request.me, asked.round, slot, version=version, place=place, shown_in=number)
    return True


async def _taps(request: Request, quoted: Shown) -> bool:
    """Put another answer of a quick card in place of the one that was tapped, and that stands there alone."""
    work = request.work
    round_ = await work.rounds.find(quoted.round) if quoted.round is not None else None
    if round_ is None:
        return False
    choices = [*request.services.content.prompt(round_.card(request.me.id), request.language).choices]
    draft = await work.words.own(request.me.id, round_.id, Slot.REFLECTION)
    place = _named(request, choices) if [piece.text in choices for piece in draft.pieces] == [True] else None
    if place is None or choices[place] == draft.pieces[0].text:
        return False
    us = await must_be_together(work, request.me.id)
    picked = Arrival(PieceKind.TEXT, choices[place], request.source)
    await choose(work, us, await their_round(work, us, round_.id), choices, picked)
    return True
