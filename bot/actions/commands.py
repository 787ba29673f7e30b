"""The menu of commands in one chat: in the language that is chosen there."""

from dataclasses import replace
from datetime import timedelta

from bot.actions.people import message
from bot.actions.ports import Work
from bot.messages import Message, MessageKind, Outcome, Refused, Row
from bot.practice.partner import Partner

K = MessageKind
NOT_NOW = "commands are not taken now"
AGAIN = timedelta(hours=1)
UNTIL = timedelta(days=1)  # a courtesy: after that it is let be


async def show(work: Work, partner: Partner, phone: str) -> None:
    """Give a partner's chat the commands in their language; `phone` is the language that it has them in by itself."""
    await work.outbox.withdraw(to=partner.id, kinds=[K.COMMANDS])
    given = message(K.COMMANDS, partner, phone=phone)
    await work.outbox.put(replace(given, not_after=work.now + UNTIL))


async def forget(work: Work, chat: int) -> None:
    """Take from a chat what was chosen there."""
    await work.outbox.put(Message(K.COMMANDS, chat, not_after=work.now + UNTIL))


async def came_back(work: Work, row: Row, outcome: Outcome) -> None:
    """Try again in an hour where Telegram takes no commands for now: nothing that is said waits for them."""
    if isinstance(outcome, Refused) and outcome.why == NOT_NOW:
        await work.outbox.put(replace(row.message, due=work.now + AGAIN))
