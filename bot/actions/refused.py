"""Telegram refuses a message for good: whom it concerns is told, and nothing is lost."""

from dataclasses import replace

from bot.actions.people import message
from bot.actions.ports import Work
from bot.messages import Message, MessageKind, Refused, Row

K = MessageKind
MEDIA = frozenset({K.REVEAL_MEDIA, K.RESPONSE_MEDIA, K.CLARIFICATION_MEDIA, K.SECOND_RESPONSE_MEDIA})
THEIRS = MEDIA | {K.REVEAL_WORDS, K.RESPONSE_WORDS, K.CLARIFICATION_WORDS, K.SECOND_RESPONSE_WORDS}
IN_WORDS = frozenset({K.GROWTH, K.BOTH_LINES})
WORDS = "words"  # in a message's details: no picture is to be drawn
VOICE = "voice messages forbidden by the reader"


async def not_shown(work: Work, row: Row, refused: Refused) -> None:
    """Tell a reader, alone, of a part of the other's words that didn't get through, and how to get at it."""
    shown = row.message
    if shown.to is None or shown.kind not in THEIRS:
        return
    minute = int(work.now.timestamp() // 60)  # of several parts one line is enough
    told = Message(
        K.NOT_SHOWN, shown.chat, shown.to, couple=shown.couple, round=shown.round, about=shown.about
    )
    told = replace(told, details={"voice": int(refused.why == VOICE)})
    await work.outbox.put(told.once(f"not_shown:{shown.to}:{minute}"))


async def export_failed(work: Work, row: Row) -> None:
    """Tell somebody that a file of theirs couldn't be brought; it may be asked for again at once.

    What a picture would have shown is told in words.
    """
    if row.message.kind in IN_WORDS and not row.message.details.get(WORDS):
        await work.outbox.put(replace(row.message, details={**row.message.details, WORDS: 1}))
        return
    partner = await work.partners.find(row.message.to) if row.message.to else None
    if partner is not None and row.message.kind is not K.MONTH_BACK:  # for which nobody has asked
        if row.message.kind is K.EXPORT:
            await work.partners.save(replace(partner, exported_at=None))
        await work.outbox.put(message(K.EXPORT_FAILED, partner))
