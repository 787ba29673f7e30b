"""What was open before something else asks for words is put aside, in one sentence, and can be taken up again.

That is said once of what was asked for once, however often something else comes after it.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.messages import Message, MessageKind
from bot.practice.destination import goes_on
from bot.practice.partner import Expecting, Partner
from bot.practice.round import LATE

K = MessageKind
WHAT = "what"


def aside(partner: Partner, now: datetime) -> Sequence[Message]:
    """Say that what a partner was asked for is put aside; nothing where they were asked for nothing, or long ago."""
    expected = partner.expectation
    if expected.what is Expecting.SEARCH and expected.again:  # it has found something, and may find more
        return ()
    if expected.since is None or now - expected.since >= LATE or not goes_on(expected, now):
        return ()
    details: dict[str, int | str] = {WHAT: expected.what.value}
    begun = expected.what is Expecting.RESPONSE and expected.again  # the starter has had its words
    if expected.starter and not begun:
        details["starter"] = expected.starter
    said = Message(K.PUT_ASIDE, partner.chat, partner.id, round=expected.round, details=details)
    since = int(expected.since.timestamp() * 1_000)
    return (said.once(f"{K.PUT_ASIDE.value}:{partner.id}:{expected.mark}:{since}"),)
