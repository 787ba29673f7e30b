"""Offering help to whoever wrote words that may mean danger: to them alone, and not twice in a day for the same type.

It never stops what they do, never changes what their partner sees or when, and tells nothing but to them.
"""

from dataclasses import replace
from datetime import timedelta

from bot.actions.people import message
from bot.actions.ports import Work
from bot.messages import MessageKind
from bot.practice.ids import PartnerId

AGAIN = timedelta(hours=24)
QUIET_WEEK = timedelta(days=7)  # what somebody who says that they are safe asks for


async def offer_help(work: Work, author: PartnerId, whisper: int = 0) -> None:
    """Queue the one calm message, unless the author is no more; `whisper` names in memory what it is about."""
    partner = await work.partners.find(author)
    if partner is None:
        return
    await work.partners.save(replace(partner, helped_at=work.now))
    await work.outbox.put(message(MessageKind.CARE, partner, whisper=whisper))
