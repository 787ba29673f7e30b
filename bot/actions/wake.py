"""Whoever acts is awake: what quiet hours held for them comes now, before the answer to what they did."""

from bot.actions import announce
from bot.actions.ports import Work
from bot.actions.talk_told import WORDS
from bot.messages import MessageKind
from bot.practice.partner import Partner

K = MessageKind
HELD = (
    K.PUT_ASIDE,
    *announce.REVEALING,
    *announce.RESPONSE,
    *announce.CLARIFICATION,
    *announce.SECOND_RESPONSE,
    K.NEAR_TOLD,
    K.HEARD_TOLD,
    K.ENOUGH_TOLD,
    K.CLOSING,
    K.TALK_ASK,
    K.TALK_NOT_NOW,
    *WORDS,
    K.TALK_STEP,
    K.TALK_BLANK,
    K.TALK_MORE,
    K.TALK_PAUSED_TOLD,
    K.TALK_STOPPED_TOLD,
    K.TALK_CLOSED,
    K.TALK_KEEP_ASK,
    K.TALK_KEPT,
    K.CONFIRM_JOINER,
    K.JOIN_DECLINED,
    K.JOIN_WITHDRAWN,
    K.SEALED,
    K.STAYS_SEALED,
    K.LAPSED,
    K.PROMPT,  # what they write now is for the round that has opened meanwhile
)


async def wake(work: Work, partner: Partner) -> None:
    """Let what the other one's acts have brought leave now: later events must not overtake it."""
    await work.outbox.hasten(partner.id, HELD)
