"""After the reveal of a quick prompt, one tap answers the other: with the words that stand on the button."""

from bot.actions.announce import to_other
from bot.actions.people import done, must_be_together
from bot.actions.ports import Work
from bot.actions.quote import retire
from bot.actions.respond import close, newest_shown
from bot.messages import MessageKind
from bot.practice import round as rules
from bot.practice.ids import RoundId
from bot.practice.partner import Expecting, Partner
from bot.practice.round import Slot, Tap

K = MessageKind
WORD = "word"
UNSENT = "unsent"  # an answer was written, and the tap has come before it


async def tap(work: Work, partner: Partner, round_: RoundId, word: Tap, shown_in: int) -> None:
    """Answer the other's quick words with one of ours; what was drafted is not sent any more, and that is said.

    Raises Refusal NOT_REVEALED, ROUND_OVER, ALREADY_ANSWERED.
    """
    us = await must_be_together(work, partner.id)
    found = await newest_shown(work, us, round_)
    moved = rules.tap(found, partner.id, work.now)
    await work.rounds.save(moved)
    await done(work, us.me, Expecting.RESPONSE, round_=round_)
    await work.outbox.put(us.message(K.BUTTONS_OFF, us.me, round_).editing(shown_in))
    said = {WORD: word.value}
    unsent = bool((await work.words.own(partner.id, round_, Slot.RESPONSE)).pieces)
    if unsent:
        await retire(work, us.me, round_, Slot.RESPONSE)
    await work.outbox.put(us.message(K.TAPPED, us.me, round_, details={**said, UNSENT: int(unsent)}))
    told = us.message(K.TAP_TOLD, us.other, round_, details=said)
    await work.outbox.put(*to_other(us, told, now=work.now))
    await close(work, us, found, moved)
