"""What stands in a chat of a round that is over promises nothing any more, and asks for nothing."""

from collections.abc import Sequence
from dataclasses import replace

from bot.actions import announce
from bot.actions.ports import Work
from bot.actions.quote import SHOWN_AS, buttons_off, in_place
from bot.messages import Message, MessageKind
from bot.practice import round as rules
from bot.practice.partner import Partner
from bot.practice.round import SHOWN, WRITABLE, Round, Slot
from bot.practice.standing import Standing

K = MessageKind
ASKING = (
    *(K.PROMPT, K.TODAY, K.PUT_ASIDE),
    *(K.REVEAL_WORDS, K.REVEAL_MEDIA, K.REVEAL_INVITE, K.RESPONSE_WORDS, K.RESPONSE_MEDIA),
    *(K.CLARIFY_ASK, K.CLARIFICATION_WORDS, K.CLARIFICATION_MEDIA, K.TOGETHER_ASK, K.TOGETHER_NOTED),
)
"""What has buttons that lead nowhere when a couple has ended."""

PROMISING = (K.DRAFT, K.SEALED, K.STAYS_SEALED, K.EARLIER_CARD)
"""What says in its own words how a reflection goes on."""

UNSENT = (Slot.RESPONSE, Slot.CLARIFICATION, Slot.SECOND_RESPONSE)


async def over(work: Work, partner: Partner, round_: Round) -> list[Message]:
    """Change in place what stands in somebody's chat of their words in a round that nobody writes in any more."""
    draft = await work.words.own(partner.id, round_.id, Slot.REFLECTION)
    kinds = (K.DRAFT if draft.committed_at is None else K.SEALED, K.STAYS_SEALED, K.EARLIER_CARD)
    said = [
        in_place(_said(partner, round_, kind, **{announce.VERSION: draft.version}), kind)
        for kind in kinds
        if draft.pieces or kind is K.EARLIER_CARD
    ]
    return [*said, *await todays(work, partner, round_)]


async def todays(work: Work, partner: Partner, round_: Round) -> list[Message]:
    """Change what /today has said of sealed words, which are not that any more."""
    found = await work.outbox.standing(partner.id, (K.TODAY,), round_.id)
    told = {one.number: one.message for one in found if one.message.details["standing"] == Standing.SEALED}
    return [
        _said(partner, round_, K.TODAY, **message.details).editing(number)
        for number, message in told.items()
        if number is not None
    ]


async def ended(work: Work, partner: Partner, rounds: Sequence[Round]) -> list[Message]:
    """Do so for the rounds that a couple's end has closed: what was not sent will not be, and no button leads on."""
    found: list[Message] = []
    asking = {
        (one.message.round, one.message.kind): None
        for one in await work.outbox.standing(partner.id, ASKING)
        if one.number is not None
    }
    for round_ in rounds:
        if round_.revealed_at is None:
            found += await over(work, partner, round_)
        for slot in UNSENT if round_.revealed_at is not None else ():
            draft = await work.words.own(partner.id, round_.id, slot)
            if draft.committed_at is None and draft.pieces:
                kind, version = SHOWN_AS[slot], {announce.VERSION: draft.version}
                found.append(in_place(_said(partner, round_, kind, slot=slot.value, **version), kind))
        if not round_.late:  # a late one's prompt is far up in the chat
            found += [buttons_off(partner, id_, kind) for id_, kind in asking if id_ == round_.id]
    return found


async def over_meanwhile(work: Work, partner: Partner) -> list[Message]:
    """Change what has ceased to be true while nothing reached somebody."""
    said = [one for one in await work.outbox.standing(partner.id, PROMISING) if one.number is not None]
    found: list[Message] = []
    for id_ in dict.fromkeys(one.message.round for one in said):
        stored = await work.rounds.find(id_) if id_ else None
        round_ = rules.as_of(stored, work.now) if stored else None
        if round_ is None or round_.ended_at is None or round_.state in WRITABLE | SHOWN:
            continue
        if max(one.at for one in said if one.message.round == id_) < round_.ended_at:
            found += await over(work, partner, round_)
    return found


def _said(partner: Partner, round_: Round, kind: MessageKind, **details: int | str) -> Message:
    said = Message(kind, partner.chat, partner.id, couple=round_.couple, round=round_.id)
    return replace(said, details=details)
