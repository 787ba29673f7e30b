"""A partner seals: their consent to the reveal. The second seal is the reveal, in the same transaction."""

from dataclasses import replace

from bot.actions import announce
from bot.actions.people import Together, expect, must_be_together, their_round
from bot.actions.ports import Work
from bot.actions.reflect import show
from bot.messages import MessageKind
from bot.practice import draft as drafts
from bot.practice import round as rules
from bot.practice.ids import RoundId
from bot.practice.partner import Partner
from bot.practice.round import Round, RoundState, Slot

K = MessageKind


async def seal(work: Work, partner: Partner, round_: RoundId, version: int, shown_in: int) -> None:
    """Seal the version that was quoted in message `shown_in`.

    Raises Refusal as rules.check_writable, and NOTHING_WRITTEN, WORDS_CHANGED.
    """
    us = await must_be_together(work, partner.id)
    found = await their_round(work, us, round_)
    sealed = rules.seal(found, partner.id, work.now)
    draft = await work.words.own(partner.id, round_, Slot.REFLECTION)
    await work.words.save(drafts.commit(draft, version, work.now))
    await work.rounds.save(sealed)
    await expect(work, us.me)
    await work.outbox.withdraw(to=partner.id, round_=round_, kinds=(K.REMINDER,))
    note = us.message(K.SEALED, us.me, round_)
    await work.outbox.put(replace(note, edit=shown_in, details={"version": version}))
    if sealed.state is RoundState.REVEALED:
        await _reveal(work, us, sealed)


async def _reveal(work: Work, us: Together, round_: Round) -> None:
    """Show each the other's words. One transaction holds the second seal and all of this."""
    kept = replace(us.couple, kept=us.couple.kept + 1, lapses=0)
    await work.couples.save(kept)
    await work.outbox.withdraw(round_=round_.id, kinds=(K.REMINDER, K.PROMPT))
    for reader, author in ((us.me, us.other), (us.other, us.me)):
        words = await work.words.read(reader.id, author.id, round_.id, Slot.REFLECTION)
        if words is None:
            raise LookupError("a revealed reflection cannot be read")
        messages = announce.revealing(us, round_, reader, words)
        if reader is us.other:
            sealed = await work.outbox.sent(reader.id, (K.SEALED,), round_.id)
            off = us.message(K.BUTTONS_OFF, reader, round_.id).editing(sealed)  # no more taking back
            messages = announce.to_other(us, *([off] if sealed else []), *messages, now=work.now)
        await work.outbox.put(*messages)


async def show_reveal(work: Work, us: Together, round_: Round) -> None:
    """Show a partner once more what was revealed to them, as a reply to their own act."""
    words = await work.words.read(us.me.id, us.other.id, round_.id, Slot.REFLECTION)
    if words is not None:
        await work.outbox.put(*announce.revealing(us, round_, us.me, words))


async def take_back(work: Work, partner: Partner, round_: RoundId) -> None:
    """Open a partner's seal again. Raises Refusal TOO_LATE (revealed), ROUND_OVER, NOT_SEALED."""
    us = await must_be_together(work, partner.id)
    found = await their_round(work, us, round_)
    await work.rounds.save(rules.take_back(found, partner.id))
    draft = await work.words.own(partner.id, round_, Slot.REFLECTION)
    draft = replace(draft, committed_at=None, version=draft.version + 1)
    await work.words.save(draft)
    sent = await work.outbox.sent(partner.id, (K.SEALED, K.DRAFT), round_)
    note = us.message(K.TAKEN_BACK, us.me, round_)
    await work.outbox.put(note)
    if sent is not None:
        off = us.message(K.BUTTONS_OFF, us.me, round_)
        await work.outbox.put(replace(off, edit=sent, dedupe=f"off:{partner.id}:{sent}:{draft.version}"))
    await show(work, us, draft)
