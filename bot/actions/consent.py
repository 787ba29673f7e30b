"""A person consents: they become a partner, with a key of their own."""

from bot.actions.people import Visitor
from bot.actions.ports import Work
from bot.practice.ids import PartnerId
from bot.practice.partner import MAX_NAME, Partner


async def consent(work: Work, visitor: Visitor) -> Partner:
    """Make a partner of a visitor; one who is a partner already stays as they are."""
    known = await work.partners.by_chat(visitor.chat)
    if known is not None:
        return known
    partner = Partner(
        id=PartnerId(work.new_id()),
        chat=visitor.chat,
        name=visitor.name[:MAX_NAME],
        username=visitor.username,
        language=visitor.language,
        consented_at=work.now,
        acted_at=work.now,
    )
    await work.partners.add(partner)
    return partner
