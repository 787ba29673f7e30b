"""One of several, named in words: the part that shall go, the sentence that stays, another answer than was tapped."""

from bot.actions import highlight, parts
from bot.actions.choose import choose
from bot.actions.people import must_be_together, their_round
from bot.actions.reflect import Arrival
from bot.messages import MessageKind, Shown
from bot.practice.draft import PieceKind
from bot.practice.round import Slot
from bot.screens import stands_last
from bot.screens.request import Request

K = MessageKind
OF_A_CARD = frozenset({K.PROMPT, K.TODAY, K.REMINDER, K.DRAFT})


async def takes(request: Request) -> bool:
    """Take words as what they plainly name among what stands last in the chat; False where they name none of it."""
    number, shown = await request.work.outbox.shown_last(request.me.id)
    if number is None or shown is None or not stands_last.is_fresh(request, shown):
        return False
    if request.passed_on or request.reply not in (0, number) or not stands_last.is_short(request):
        return False
    if shown.kind is K.TAKE_OUT_ASK:
        return await _takes_out(request, shown, number)
    if shown.kind is K.HIGHLIGHT_ASK:
        return await _stays(request, shown, number)
    return shown.kind in OF_A_CARD and await _taps(request, shown)


async def _takes_out(request: Request, asked: Shown, number: int) -> bool:
    """Take the part out that words name, of the version that was asked about."""
    work, slot, version = request.work, Slot(str(asked.details["slot"])), int(asked.details["version"])
    if asked.round is None:
        return False
    draft = await work.words.own(request.me.id, asked.round, slot)
    among = [" ".join(piece.text for piece in part) for part in draft.parts]
    place = request.services.content.courtesies(request.language).choose(request.text, among)
    if place is None or draft.version != version:
        return False
    await parts.take_out(work, request.me, asked.round, slot, version=version, place=place, shown_in=number)
    return True


async def _stays(request: Request, asked: Shown, number: int) -> bool:
    """Mark the sentence of the other's that words name, or its number."""
    work, said = request.work, request.text.strip()
    round_ = await work.rounds.find(asked.round) if asked.round is not None else None
    if round_ is None:
        return False
    sentences = await highlight.sentences_of(work, request.me, round_)
    courtesies = request.services.content.courtesies(request.language)
    counted = int(said) - 1 if said.isdecimal() else None
    place = courtesies.choose(said, [one.text for one in sentences]) if counted is None else counted
    if place is None or not 0 <= place < len(sentences):
        return False
    one = sentences[place]
    await highlight.mark(work, request.me, round_.id, (one.piece, one.start, one.end), number)
    return True


async def _taps(request: Request, shown: Shown) -> bool:
    """Take an answer of a quick card, for which nothing is written yet but another one that was tapped."""
    work, content = request.work, request.services.content
    round_ = await work.rounds.find(shown.round) if shown.round is not None else None
    if round_ is None:
        return False
    choices = [*content.prompt(round_.card(request.me.id), request.language).choices]
    place = content.courtesies(request.language).choose(request.text, choices, whole=True)
    if place is None:
        return False
    written = [p.text for p in (await work.words.own(request.me.id, round_.id, Slot.REFLECTION)).pieces]
    if written and (len(written) > 1 or written[0] not in choices):
        return False
    if choices[place] in written:
        return False
    us = await must_be_together(work, request.me.id)
    picked = Arrival(PieceKind.TEXT, choices[place], request.source)
    await choose(work, us, await their_round(work, us, round_.id), choices, picked)
    return True
