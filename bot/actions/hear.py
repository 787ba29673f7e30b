"""The author says how a response landed; after "partly" or "not yet" they may add one thing."""

from collections.abc import Sequence

from bot.actions.announce import to_other
from bot.actions.named import can_be_added_to
from bot.actions.people import Together, done, expect, must_be_together
from bot.actions.ports import Work
from bot.actions.quote import buttons_off, show
from bot.actions.reflect import Arrival
from bot.actions.respond import close, expect_more, keep_draft, newest_shown
from bot.messages import MessageKind
from bot.practice import round as rules
from bot.practice.destination import Destination
from bot.practice.ids import RoundId
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import RoundState, Slot
from bot.practice.thread import Heard, ThreadState

K = MessageKind


async def say_heard(work: Work, partner: Partner, round_: RoundId, word: Heard, shown_in: int) -> None:
    """Take the author's word on a response. Raises Refusal NOT_ANSWERED, ALREADY_SAID."""
    us = await must_be_together(work, partner.id)
    found = await newest_shown(work, us, round_)
    moved = rules.hear(found, partner.id, word, work.now)
    await work.rounds.save(moved)
    completes = found.state is RoundState.REVEALED and moved.state is RoundState.COMPLETE
    if word is Heard.YES:
        await work.outbox.put(us.message(K.HEARD_NOTED, us.me, round_).editing(shown_in))
        if not completes:  # else the closing says it
            await work.outbox.put(*to_other(us, us.message(K.HEARD_TOLD, us.other, round_), now=work.now))
    else:
        await work.outbox.put(us.message(K.BUTTONS_OFF, us.me, round_).editing(shown_in))
        await expect(work, us.me, _clarifying(us, round_))
        await work.outbox.put(us.message(K.CLARIFY_ASK, us.me, round_))
    await close(work, us, found, moved, heard=word is Heard.YES)


async def hear_in_part(work: Work, partner: Partner, place: Destination) -> None:
    """Take words that are for a clarification as the author's word that the answer isn't all of it yet."""
    if place.round is None or not await can_be_added_to(work, partner, place):
        return
    us = await must_be_together(work, partner.id)
    moved = rules.hear(await newest_shown(work, us, place.round), partner.id, Heard.NOT_YET, work.now)
    await work.rounds.save(moved)
    await work.outbox.put(buttons_off(us.me, place.round, K.RESPONSE_WORDS, K.RESPONSE_MEDIA))


async def draft_clarification(work: Work, us: Together, round_: RoundId, arrivals: Sequence[Arrival]) -> None:
    """Take words as the author's one addition and quote them back."""
    found = await newest_shown(work, us, round_)
    rules.check_clarifiable(found, us.me.id)
    await expect_more(work, us, round_, Expecting.CLARIFICATION)
    await show(work, us, await keep_draft(work, us, round_, Slot.CLARIFICATION, arrivals))


def _clarifying(us: Together, round_: RoundId) -> Expectation:
    """Expect what an author would like understood, and keep the starter of a response that may still be edited."""
    before = us.me.expectation
    return Expectation(Expecting.CLARIFICATION, round_, before.starter if before.round == round_ else None)


async def leave_there(work: Work, partner: Partner, round_: RoundId, shown_in: int, *, own: bool) -> None:
    """Close a thread without more words: the author's `own`, or the other's, after their clarification.

    After a "partly" the one who responded hears that it was enough for today; after a "not yet" nobody hears more.
    Raises Refusal NOT_ANSWERED, ALREADY_SAID: it is only for whoever's turn it is.
    """
    us = await must_be_together(work, partner.id)
    found = await newest_shown(work, us, round_)
    author = us.me.id if own else us.other.id
    moved = rules.leave_there(found, author, work.now)
    if found.turn(author).thread is not (ThreadState.UNHEARD if own else ThreadState.CLARIFIED):
        raise Refusal(Reason.ALREADY_SAID)
    await work.rounds.save(moved)
    await done(work, us.me, Expecting.CLARIFICATION if own else Expecting.RESPONSE, round_=round_)
    await work.outbox.put(
        us.message(K.BUTTONS_OFF, us.me, round_).editing(shown_in),
        us.message(K.LEFT_THERE, us.me, round_),
    )
    if own and found.turn(author).heard is Heard.PARTLY:
        await work.outbox.put(*to_other(us, us.message(K.ENOUGH_TOLD, us.other, round_), now=work.now))
    await close(work, us, found, moved)
