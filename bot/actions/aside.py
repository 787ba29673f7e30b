"""What was open before something else asks for words is put aside, in one sentence, and can be taken up again."""

from collections.abc import Sequence
from datetime import datetime

from bot.messages import Message, MessageKind
from bot.practice.destination import goes_on
from bot.practice.partner import Partner

K = MessageKind
WHAT = "what"


def aside(partner: Partner, now: datetime) -> Sequence[Message]:
    """Say that what a partner was asked for is put aside; nothing where they were asked for nothing."""
    expected = partner.expectation
    if not goes_on(expected, now):
        return ()
    details: dict[str, int | str] = {WHAT: expected.what.value}
    if expected.starter:
        details["starter"] = expected.starter
    return (Message(K.PUT_ASIDE, partner.chat, partner.id, round=expected.round, details=details),)
