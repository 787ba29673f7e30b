"""After the reveal a partner responds: with a starter or without, and quoted before it goes."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from bot.actions import announce, left_out
from bot.actions.advice import Adviser, advise
from bot.actions.announce import to_other
from bot.actions.aside import aside
from bot.actions.people import Together, done, expect, must_be_together, their_round
from bot.actions.ports import Work
from bot.actions.put_away import put_away_if_wanted
from bot.actions.quotation import quotation
from bot.actions.quote import buttons_off, retire, show
from bot.actions.reflect import Arrival, piece_of
from bot.actions.rhythm import tell_at_last
from bot.messages import MessageKind
from bot.practice import draft as drafts
from bot.practice import round as rules
from bot.practice.covers import moved
from bot.practice.destination import Destination, DestinationKind
from bot.practice.draft import Draft
from bot.practice.ids import RoundId
from bot.practice.partner import Expectation, Expecting, Partner
from bot.practice.refusals import Reason, Refusal
from bot.practice.round import Round, RoundState, Slot

K = MessageKind
RESPONSES = (Slot.RESPONSE, Slot.SECOND_RESPONSE)
ASKED_BY = {  # what carries the buttons that led to words
    Slot.RESPONSE: (*announce.REVEAL, K.REVEAL_INVITE),
    Slot.SECOND_RESPONSE: announce.CLARIFICATION,
    Slot.CLARIFICATION: (K.CLARIFY_ASK,),
}


class PickedStarter(Protocol):
    """The opening that a person picked, which joins itself with what they write."""

    @property
    def words(self) -> str:
        """The words that are put first."""
        ...

    def join(self, text: str) -> str:
        """Put them before a text where the two make a sentence; else give the text alone."""
        ...


async def newest_shown(work: Work, us: Together, round_: RoundId) -> Round:
    """Load the newest revealed round. Raises Refusal NOT_YOURS, NOT_REVEALED, ROUND_OVER for any other."""
    found = await their_round(work, us, round_)
    if found.state not in rules.SHOWN:
        raise Refusal(Reason.NOT_REVEALED if found.state in rules.WRITABLE else Reason.ROUND_OVER)
    return found


async def check_open_slot(work: Work, us: Together, round_: RoundId, slot: Slot) -> Round:
    """Load a round in which a partner may write in a slot now. Raises as newest_shown, and ALREADY_*."""
    found = await newest_shown(work, us, round_)
    if slot is Slot.CLARIFICATION:
        rules.check_clarifiable(found, us.me.id)
    elif rules.response_slot(found, us.me.id) is not slot:
        raise Refusal(Reason.ALREADY_ANSWERED)
    return found


async def begin_response(work: Work, partner: Partner, round_: RoundId, starter: str | None) -> None:
    """Let a partner begin a response, with a starter or in their own words. Raises as response_slot."""
    us = await must_be_together(work, partner.id)
    found = await newest_shown(work, us, round_)
    rules.response_slot(found, partner.id)
    await expect(work, us.me, Expectation(Expecting.RESPONSE, round_, starter))
    begun = us.message(K.STARTER, us.me, round_)
    await work.outbox.put(replace(begun, details={"starter": starter} if starter else {}))


async def draft_response(
    work: Work,
    us: Together,
    round_: RoundId,
    arrivals: Sequence[Arrival],
    *,
    opening: PickedStarter | None,
    adviser: Adviser | None,
) -> None:
    """Take words as a response and quote them back, perhaps with one private suggestion.

    `opening` is the starter's, put before the first text after it was picked.
    """
    found = await newest_shown(work, us, round_)
    slot = rules.response_slot(found, us.me.id)
    picked = us.me.expectation.what is Expecting.RESPONSE and not us.me.expectation.again
    await expect_more(work, us, round_, Expecting.RESPONSE)
    draft = await keep_draft(work, us, round_, slot, arrivals, opening=opening if picked else None)
    await show(work, us, draft, await advise(work, us, found, draft, adviser))


async def expect_more(work: Work, us: Together, round_: RoundId, what: Expecting) -> None:
    """Note that words of an answer have come, so that it is said when they are put aside.

    A starter that was picked joins no second part, but an edit of what it began joins it anew.
    """
    before = us.me.expectation
    starter = before.starter if before.round == round_ else None
    me = await expect(work, us.me, Expectation(what, round_, starter, again=1))
    if starter:
        kept = replace(me.expectation, mark=before.mark)
        await work.partners.save(replace(me, expectation=kept))


def opened(arrival: Arrival, opening: PickedStarter | None) -> Arrival:
    """Put a starter before what was written, where the two make a sentence."""
    if opening is None or not arrival.text.strip():
        return arrival
    text = opening.join(arrival.text)
    if arrival.covers and text[len(text) - len(arrival.text) + 1 :] != arrival.text[1:]:
        return replace(arrival, text=text, covered=True, covers=None)
    return replace(arrival, text=text, covers=moved(arrival.covers or (), len(text) - len(arrival.text)))


async def keep_draft(
    work: Work,
    us: Together,
    round_: RoundId,
    slot: Slot,
    arrivals: Sequence[Arrival],
    *,
    opening: PickedStarter | None = None,
) -> Draft:
    """Add words to the draft of a slot; a starter stands before the first of them, where it fits."""
    draft = await work.words.own(us.me.id, round_, slot)
    for number, arrival in enumerate(arrivals):
        if draft.find(arrival.source) is not None:  # an edit of it has come before it
            continue
        draft = drafts.add(draft, piece_of(work, arrival if number else opened(arrival, opening)))
    await work.words.save(draft)
    return draft


async def ask_clarification(work: Work, partner: Partner, round_: RoundId) -> None:
    """Ask once more for what an author would like understood. Raises as check_open_slot."""
    us = await must_be_together(work, partner.id)
    await check_open_slot(work, us, round_, Slot.CLARIFICATION)
    await expect(work, us.me, Expectation(Expecting.CLARIFICATION, round_))
    await work.outbox.put(us.message(K.CLARIFY_ASK, us.me, round_))


async def rewrite(work: Work, partner: Partner, round_: RoundId, slot: Slot) -> None:
    """Let a partner write a response or a clarification anew. Raises as check_open_slot."""
    us = await must_be_together(work, partner.id)
    await check_open_slot(work, us, round_, slot)
    what = Expecting.CLARIFICATION if slot is Slot.CLARIFICATION else Expecting.RESPONSE
    await work.words.save(drafts.clear(await work.words.own(partner.id, round_, slot)))
    await expect(work, us.me, Expectation(what, round_))
    await retire(work, us.me, round_, slot)
    asked = us.message(K.RESPONSE_REWRITE, us.me, round_)
    await work.outbox.put(replace(asked, details={"slot": slot.value}))


async def send(
    work: Work, partner: Partner, round_: RoundId, slot: Slot, version: int, *, shown_in: int
) -> None:
    """Send the words that were quoted in message `shown_in`; a second tap on the same button does nothing.

    Raises Refusal as check_open_slot, and NOTHING_WRITTEN, WORDS_CHANGED, and as left_out.check.
    """
    us = await must_be_together(work, partner.id)
    draft = await work.words.own(partner.id, round_, slot)
    if draft.committed_at is not None and draft.version == version:
        return
    found = await check_open_slot(work, us, round_, slot)
    sent = drafts.commit(draft, version, work.now)
    clarifies = slot is Slot.CLARIFICATION
    kind = DestinationKind.CLARIFICATION if clarifies else DestinationKind.RESPONSE
    await left_out.check(work, partner, Destination(kind, round_))
    await work.words.save(sent)
    await done(work, us.me, Expecting.CLARIFICATION if clarifies else Expecting.RESPONSE, round_=round_)
    act = rules.clarify if clarifies else rules.respond
    moved = act(found, partner.id, work.now)
    await work.rounds.save(moved)
    await _say_sent(work, us, sent, shown_in)
    kinds = announce.SENT_AS[slot]
    frame = us.message(kinds[0], us.other, round_)
    told = (*aside(us.other, work.now), *quotation(frame, sent, kinds))
    await work.outbox.put(*to_other(us, *told, now=work.now))
    await close(work, us, found, moved)


async def _say_sent(work: Work, us: Together, sent: Draft, shown_in: int) -> None:
    """Say in place of the quotation's buttons that it has gone out; what led there needs its own no more."""
    kind = K.CLARIFICATION_SENT if sent.slot is Slot.CLARIFICATION else K.RESPONSE_SENT
    note = us.message(kind, us.me, sent.round).editing(shown_in)
    away = await put_away_if_wanted(work, us.me, sent, shown_in)
    note = replace(note, details={"slot": sent.slot.value, "version": sent.version, **away})
    ways = (ASKED_BY[sent.slot], (K.PUT_ASIDE,))
    await work.outbox.put(note, *(buttons_off(us.me, sent.round, *kinds) for kinds in ways))


async def close(work: Work, us: Together, before: Round, after: Round, *, heard: bool = False) -> None:
    """Say the closing to both where an act has completed the round; to the other also that they were `heard`.

    To whoever acts it takes the place of "feels heard", where that is the last message in their chat.
    """
    if before.state is not RoundState.REVEALED or after.state is not RoundState.COMPLETE:
        return
    mine, theirs = announce.closing(us, after, work.now)
    told = await work.outbox.sent(us.me.id, (K.HEARD_TOLD,), after.id)
    if told is not None and told == await work.outbox.last(us.me.id):
        mine = replace(mine.editing(told), details={announce.HEARD: 1})
    await work.outbox.put(mine, replace(theirs, details={announce.HEARD: int(heard)}))
    await tell_at_last(work, us, after)
