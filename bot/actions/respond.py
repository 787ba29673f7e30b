"""After the reveal: a response, the author's word on it, one clarifying turn, and the end of the round."""

from dataclasses import replace

from bot.actions import announce
from bot.actions.advice import Adviser, advise
from bot.actions.announce import to_other
from bot.actions.people import Together, expect, must_be_together, their_round
from bot.actions.ports import Work
from bot.actions.reflect import Arrival, piece_of, retire, show
from bot.messages import Message, MessageKind
from bot.practice import draft as drafts
from bot.practice import round as rules
from bot.practice.draft import Draft
from bot.practice.ids import RoundId
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round, RoundState, Slot
from bot.practice.thread import Heard, ThreadState

K = MessageKind


async def _newest_shown(work: Work, us: Together, round_: RoundId) -> Round:
    """Load the newest revealed round. Raises Refusal NOT_YOURS, NOT_REVEALED, ROUND_OVER for any other."""
    found = await their_round(work, us, round_)
    shown = await work.rounds.latest_shown(us.couple.id)
    if shown is None or shown.id != found.id:
        raise Refusal(Reason.NOT_REVEALED if found.state in rules.WRITABLE else Reason.ROUND_OVER)
    return found


async def begin_response(work: Work, partner: Partner, round_: RoundId, starter: str | None) -> None:
    """Let a partner begin a response, with a starter or in their own words. Raises as response_slot."""
    us = await must_be_together(work, partner.id)
    found = await _newest_shown(work, us, round_)
    rules.response_slot(found, partner.id)
    await expect(work, us.me, Expectation(Expecting.RESPONSE, round_, starter))
    begun = us.message(K.STARTER, us.me, round_)
    await work.outbox.put(replace(begun, details={"starter": starter} if starter else {}))


async def draft_response(
    work: Work, us: Together, round_: RoundId, arrival: Arrival, adviser: Adviser | None = None
) -> None:
    """Take words as a response and quote them back, perhaps with one private suggestion."""
    found = await _newest_shown(work, us, round_)
    draft = await _draft(work, us, found, rules.response_slot(found, us.me.id), arrival)
    await show(work, us, draft, await advise(work, us, found, draft, adviser))


async def draft_clarification(work: Work, us: Together, round_: RoundId, arrival: Arrival) -> None:
    """Take words as the author's one addition and quote them back."""
    found = await _newest_shown(work, us, round_)
    rules.check_clarifiable(found, us.me.id)
    await show(work, us, await _draft(work, us, found, Slot.CLARIFICATION, arrival))


def opened(arrival: Arrival, opening: str) -> Arrival:
    """Put a starter before what was written, unless the person wrote it out themselves."""
    text = arrival.text.strip()
    if not opening or not text or text.casefold().startswith(opening.casefold()):
        return arrival
    return replace(arrival, text=f"{opening} {text}")


async def _draft(work: Work, us: Together, round_: Round, slot: Slot, arrival: Arrival) -> Draft:
    draft = await work.words.own(us.me.id, round_.id, slot)
    draft = drafts.add(draft, piece_of(work, arrival))
    await work.words.save(draft)
    await expect(work, us.me)
    return draft


async def rewrite(work: Work, partner: Partner, round_: RoundId, slot: Slot) -> None:
    """Let a partner write a response or a clarification anew."""
    us = await must_be_together(work, partner.id)
    found = await _newest_shown(work, us, round_)
    if slot is Slot.CLARIFICATION:
        rules.check_clarifiable(found, partner.id)
        expecting = Expecting.CLARIFICATION
    else:
        rules.response_slot(found, partner.id)
        expecting = Expecting.RESPONSE
    await expect(work, us.me, Expectation(expecting, round_))
    shown_as = K.CLARIFICATION_DRAFT if slot is Slot.CLARIFICATION else K.RESPONSE_DRAFT
    await retire(work, partner.id, round_, shown_as)
    await work.outbox.put(us.message(K.RESPONSE_REWRITE, us.me, round_))


async def _commit(work: Work, us: Together, round_: Round, slot: Slot, version: int) -> Draft:
    draft = await work.words.own(us.me.id, round_.id, slot)
    sent = drafts.commit(draft, version, work.now)
    await work.words.save(sent)
    await expect(work, us.me)
    return sent


async def send_response(work: Work, partner: Partner, round_: RoundId, version: int, shown_in: int) -> None:
    """Send the response that was quoted in message `shown_in` to the author.

    Raises Refusal as response_slot, and NOTHING_WRITTEN, WORDS_CHANGED.
    """
    us = await must_be_together(work, partner.id)
    found = await _newest_shown(work, us, round_)
    slot = rules.response_slot(found, partner.id)
    sent = await _commit(work, us, found, slot, version)
    moved = rules.respond(found, partner.id, work.now)
    await work.rounds.save(moved)
    await work.outbox.put(_sent(us, K.RESPONSE_SENT, sent, shown_in))
    kinds = announce.RESPONSE if slot is Slot.RESPONSE else announce.SECOND_RESPONSE
    frame = us.message(kinds[0], us.other, round_)
    await work.outbox.put(*to_other(us, *announce.quotation(frame, sent, kinds), now=work.now))
    await _close(work, us, found, moved)


async def say_heard(work: Work, partner: Partner, round_: RoundId, word: Heard, shown_in: int) -> None:
    """Take the author's word on a response. Raises Refusal NOT_ANSWERED, ALREADY_SAID."""
    us = await must_be_together(work, partner.id)
    found = await _newest_shown(work, us, round_)
    moved = rules.hear(found, partner.id, word, work.now)
    await work.rounds.save(moved)
    await work.outbox.put(replace(us.message(K.BUTTONS_OFF, us.me, round_), edit=shown_in))
    if word is Heard.YES:
        await work.outbox.put(us.message(K.HEARD_NOTED, us.me, round_))
        await work.outbox.put(*to_other(us, us.message(K.HEARD_TOLD, us.other, round_), now=work.now))
    else:
        await expect(work, us.me, Expectation(Expecting.CLARIFICATION, round_))
        await work.outbox.put(us.message(K.CLARIFY_ASK, us.me, round_))
    await _close(work, us, found, moved)


async def send_clarification(
    work: Work, partner: Partner, round_: RoundId, version: int, shown_in: int
) -> None:
    """Send the author's one addition to their partner, who may respond once more.

    Raises Refusal as check_clarifiable, and NOTHING_WRITTEN, WORDS_CHANGED.
    """
    us = await must_be_together(work, partner.id)
    found = await _newest_shown(work, us, round_)
    moved = rules.clarify(found, partner.id, work.now)
    sent = await _commit(work, us, found, Slot.CLARIFICATION, version)
    await work.rounds.save(moved)
    await work.outbox.put(_sent(us, K.CLARIFICATION_SENT, sent, shown_in))
    frame = us.message(K.CLARIFICATION_WORDS, us.other, round_)
    quoted = announce.quotation(frame, sent, announce.CLARIFICATION)
    await work.outbox.put(*to_other(us, *quoted, now=work.now))


async def leave_there(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> None:
    """Close a thread without more words: the author's, or the partner's after a clarification.

    Raises Refusal NOT_ANSWERED, ALREADY_SAID.
    """
    us = await must_be_together(work, partner.id)
    found = await _newest_shown(work, us, round_)
    clarified = found.other(partner.id).thread is ThreadState.CLARIFIED
    unheard = found.turn(partner.id).thread is ThreadState.UNHEARD
    author = partner.id if unheard or not clarified else us.other.id
    moved = rules.leave_there(found, author, work.now)
    await work.rounds.save(moved)
    await expect(work, us.me)
    await work.outbox.put(
        replace(us.message(K.BUTTONS_OFF, us.me, round_), edit=shown_in),
        us.message(K.LEFT_THERE, us.me, round_),
    )
    await _close(work, us, found, moved)


def _sent(us: Together, kind: MessageKind, draft: Draft, shown_in: int) -> Message:
    """Say in place of the quotation's buttons that it has gone out."""
    note = us.message(kind, us.me, draft.round).editing(shown_in)
    return replace(note, details={"slot": draft.slot.value, "version": draft.version})


async def _close(work: Work, us: Together, before: Round, after: Round) -> None:
    if before.state is RoundState.REVEALED and after.state is RoundState.COMPLETE:
        await work.outbox.put(*announce.closing(us, after, work.now))
