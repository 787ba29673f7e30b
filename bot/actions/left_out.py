"""What isn't among the words that somebody seals or sends, though they may believe that it is."""

from collections.abc import Sequence

from bot.actions.ports import Work
from bot.actions.waiting import offered, quoted
from bot.messages import MessageKind, Shown
from bot.practice.destination import Destination
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

K = MessageKind


async def check(work: Work, partner: Partner, place: Destination) -> None:
    """Refuse to let words go while others that may be part of them wait, or it's open whether all of them shall go.

    Once for the same: whoever presses again has read it. Raises Refusal WORDS_BESIDE, START_OVER_OPEN.
    """
    said = await work.outbox.newest(partner.id, (K.REFUSAL, K.STAYED, K.STARTED_OVER))
    beside = await _beside(work, partner, place)
    if beside > _last(said, Reason.WORDS_BESIDE):
        raise Refusal(Reason.WORDS_BESIDE)
    asked = await work.outbox.standing(partner.id, (K.START_OVER_ASK,), place.round) if place.round else []
    if max((one.row for one in asked), default=0) > _last(said, Reason.START_OVER_OPEN):
        raise Refusal(Reason.START_OVER_OPEN)


async def _beside(work: Work, partner: Partner, place: Destination) -> int:
    """Find the newest of the words that wait and may be for this place, by its id; 0 for none.

    Of words whose question hasn't arrived yet it can't be told: they may be.
    """
    waiting = await work.kept.of(partner.id)
    if not waiting:
        return 0
    asking = [one.message.details for one in await work.outbox.standing(partner.id, (K.KEPT_ASK,))]
    known = {piece.id for details in asking for piece in quoted(waiting, details)}
    asking = [details for details in asking if any(_is_like(one, place) for one in offered(details))]
    found = {piece.id for details in asking for piece in quoted(waiting, details)}
    return max((piece.id for piece in waiting if piece.id in found or piece.id not in known), default=0)


def _is_like(one: Destination, place: Destination) -> bool:
    return one.round == place.round and (one.round is not None or one.kind is place.kind)


def _last(said: Sequence[Shown], reason: Reason) -> int:
    """Find what was said of it last, or what answers whether all shall go: another question may stand there still."""
    answers = (K.STAYED, K.STARTED_OVER)
    rows = [one.row for one in said if one.kind in answers or one.details.get("reason") == reason.value]
    return max(rows, default=0)
