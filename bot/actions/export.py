"""A person takes their words with them: at most once an hour, into their own private chat."""

from dataclasses import replace
from datetime import timedelta

from bot.actions.people import message
from bot.actions.ports import Work
from bot.messages import MessageKind
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

K = MessageKind
EVERY = timedelta(hours=1)


async def export(work: Work, partner: Partner) -> None:
    """Queue a person's keepsake. Raises Refusal EXPORTED_LATELY, NOTHING_KEPT."""
    last = partner.exported_at
    if last is not None and timedelta(0) <= work.now - last < EVERY:
        raise Refusal(Reason.EXPORTED_LATELY)
    waits = bool(await work.kept.of(partner.id) or await work.own_cards.of(partner.id))
    waits = waits or bool(await work.talks.mine(partner.id) or await work.sittings.of(partner.id))
    waits = waits or bool(await work.capsules.of(partner.id) or await work.pulses.of(partner.id))
    if not (await work.words.written(partner.id, 1) or waits):
        raise Refusal(Reason.NOTHING_KEPT)
    await work.partners.save(replace(partner, exported_at=work.now))
    await work.outbox.put(message(K.EXPORTING, partner), message(K.EXPORT, partner))
