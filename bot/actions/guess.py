"""After the reveal the teller says how near the other's guess was; the guesser sees it, and both may respond."""

from dataclasses import replace

from bot.actions.announce import to_other
from bot.actions.people import must_be_together
from bot.actions.ports import Work
from bot.actions.respond import newest_shown
from bot.messages import MessageKind
from bot.practice import round as rules
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.round import Near
from bot.practice.thread import ThreadState

K = MessageKind
NEAR = "near"


async def say_near(work: Work, partner: Partner, round_: RoundId, word: Near, shown_in: int) -> None:
    """Tell the guesser the teller's word, and lead the teller to their response. Raises as rules.say_near."""
    us = await must_be_together(work, partner.id)
    said = rules.say_near(await newest_shown(work, us, round_), partner.id, word)
    await work.rounds.save(said)
    await work.outbox.put(us.message(K.BUTTONS_OFF, us.me, round_).editing(shown_in))
    if said.turn(us.other.id).thread is ThreadState.QUIET:
        await work.outbox.put(us.message(K.REVEAL_INVITE, us.me, round_))
    told = replace(us.message(K.NEAR_TOLD, us.other, round_), details={NEAR: word.value})
    await work.outbox.put(*to_other(us, told, now=work.now))
