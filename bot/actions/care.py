"""Offering help to whoever wrote words that may mean danger: to them alone, and not twice in a day.

It never stops what they do, never changes what their partner sees or when, and tells nothing but to them.
"""

from dataclasses import replace
from datetime import timedelta

from bot.actions.people import message
from bot.actions.ports import Work
from bot.messages import MessageKind
from bot.practice.ids import PartnerId

AGAIN = timedelta(hours=24)


async def offer_help(work: Work, author: PartnerId) -> None:
    """Queue the one calm message, unless it was said within a day, or the author is no more."""
    partner = await work.partners.find(author)
    if partner is None or (partner.helped_at is not None and work.now - partner.helped_at < AGAIN):
        return
    await work.partners.save(replace(partner, helped_at=work.now))
    await work.outbox.put(message(MessageKind.CARE, partner))
