"""A partner seals: their consent to the reveal. The second seal is the reveal, in the same transaction."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.actions import announce, left_out, put_away, waiting
from bot.actions.aside import aside
from bot.actions.over import todays
from bot.actions.people import Together, done, must_be_together, their_round
from bot.actions.ports import Work
from bot.actions.quote import DELETABLE, in_place, retire, show
from bot.messages import Message, MessageKind
from bot.practice import draft as drafts
from bot.practice import round as rules
from bot.practice.destination import Destination, DestinationKind
from bot.practice.draft import Draft
from bot.practice.ids import PartnerId, RoundId
from bot.practice.partner import Expecting, Partner
from bot.practice.round import Round, RoundState, Slot

K = MessageKind


async def seal(work: Work, partner: Partner, round_: RoundId, version: int, shown_in: int) -> None:
    """Seal the version that was quoted in message `shown_in`; a second tap on the same button does nothing.

    Raises Refusal as rules.check_writable, and NOTHING_WRITTEN, WORDS_CHANGED, and as left_out.check.
    """
    us = await must_be_together(work, partner.id)
    found = await their_round(work, us, round_)
    draft = await work.words.own(partner.id, round_, Slot.REFLECTION)
    if draft.committed_at is not None and draft.version == version:
        return
    sealed, committed = rules.seal(found, partner.id, work.now), drafts.commit(draft, version, work.now)
    await left_out.check(work, partner, Destination(DestinationKind.REFLECTION, round_))
    await work.words.save(committed)
    await work.rounds.save(sealed)
    me = await done(work, us.me, Expecting.REFLECTION, round_=round_)
    await work.outbox.withdraw(to=partner.id, round_=round_, kinds=(K.PROMPT,))
    note = us.message(K.SEALED, us.me, round_)
    asked = await _asked_once(work, me)
    away = await put_away.put_away_if_wanted(work, me, draft, shown_in)
    await work.outbox.put(replace(note, edit=shown_in, details={"version": version, **asked, **away}))
    if sealed.state is RoundState.REVEALED:
        await _reveal(work, us, sealed)
    elif us.couple.rhythm.set_by is None:  # nobody has said an hour, and now there is time to
        await work.outbox.put(us.message(K.ASK_HOUR, us.me, dedupe=f"ask_hour:{us.couple.id}:{us.me.id}"))


async def _asked_once(work: Work, me: Partner) -> Mapping[str, int]:
    """Ask somebody under their first seal whether their words shall leave the chat."""
    if me.put_away is not None:
        return {}
    await work.partners.save(replace(me, put_away=False))
    return {put_away.ASK: 1}


async def _reveal(work: Work, us: Together, round_: Round) -> None:
    """Show each the other's words. One transaction holds the second seal and all of this."""
    kept = replace(us.couple, kept=us.couple.kept + 1, lapses=0)
    await work.couples.save(kept)
    others = {card for partner in us.pair for card in round_.cards(partner.id)} - {round_.prompt}
    if others:  # not before both know of it: what has been seen has a say in the next prompts
        await work.rounds.see([partner.id for partner in us.pair], others)
    await work.outbox.withdraw(round_=round_.id, kinds=(K.REMINDER, K.PROMPT))
    theirs = await work.words.exchange(us.me.id, us.other.id, round_.id, Slot.REFLECTION)
    for reader, words in zip((us.me, us.other), theirs, strict=True):
        if words is None:
            raise LookupError("a revealed reflection cannot be read")
        messages = announce.revealing(us, round_, reader, words)
        if reader is us.me and round_.closes_at is not None:
            late = [us.message(kind, us.me, round_.id) for kind in (K.STAYS_SEALED, K.EARLIER_CARD)]
            messages = [*(in_place(one, one.kind) for one in late), *messages]
        messages = [*await waiting.offer_anew(work, reader), *messages]
        if reader is us.other:
            sealed = await no_longer_sealed(work, us, round_)
            messages = announce.to_other(us, *sealed, *aside(reader, work.now), *messages, now=work.now)
        await work.outbox.put(*messages)


async def no_longer_sealed(work: Work, us: Together, round_: Round) -> list[Message]:
    """Let what said that the other's words are sealed say that they are open, and offer no way back."""
    said = us.message(K.SEALED, us.other, round_.id)
    draft = await work.words.own(us.other.id, round_.id, Slot.REFLECTION)
    said = in_place(replace(said, details={announce.VERSION: draft.version}), K.SEALED)
    today = await todays(work, us.other, round_)
    if round_.closes_at is None:
        return [said, *today]
    stays = in_place(us.message(K.STAYS_SEALED, us.other, round_.id), K.STAYS_SEALED)
    card = in_place(us.message(K.EARLIER_CARD, us.other, round_.id), K.EARLIER_CARD)
    return [said, stays, card, *today]


async def reveal_again(work: Work, us: Together, round_: Round) -> list[Message]:
    """Give once more what was revealed to a partner, in place of what is held; nothing where it is gone."""
    words = await work.words.read(us.me.id, us.other.id, round_.id, Slot.REFLECTION)
    if words is None or not words.pieces:
        return []
    await work.outbox.withdraw(to=us.me.id, round_=round_.id, kinds=announce.REVEALING)
    return announce.revealing(us, round_, us.me, words)


async def show_instead(work: Work, partner: Partner, round_: RoundId) -> None:
    """Show the reveal to a partner who comes too late to take their words back."""
    us = await must_be_together(work, partner.id)
    await work.outbox.put(*await reveal_again(work, us, await their_round(work, us, round_)))


async def take_back(work: Work, partner: Partner, round_: RoundId) -> None:
    """Open a partner's seal again. Raises Refusal TOO_LATE (revealed), ROUND_OVER, NOT_SEALED."""
    us = await must_be_together(work, partner.id)
    draft = await open_seal(work, us, await their_round(work, us, round_))
    await work.outbox.put(us.message(K.TAKEN_BACK, us.me, round_))
    await show(work, us, draft)


async def keep_to_oneself(work: Work, partner: Partner, round_: RoundId) -> None:
    """Open a partner's seal, and leave their words in their own journal. Raises Refusal as take_back."""
    us = await must_be_together(work, partner.id)
    await open_seal(work, us, await their_round(work, us, round_), rules.keep_to_oneself)
    await retire(work, us.me, round_, Slot.REFLECTION)
    await work.outbox.put(us.message(K.KEPT_TO_ONESELF, us.me, round_))


async def open_seal(
    work: Work, us: Together, round_: Round, act: Callable[[Round, PartnerId], Round] = rules.take_back
) -> Draft:
    """Make a draft of what a partner has sealed. Raises Refusal as take_back."""
    opened = act(round_, us.me.id)
    await work.rounds.save(opened)
    if us.me.put_away:
        await put_away.hide(work, us.me)
    draft = await work.words.own(us.me.id, round_.id, Slot.REFLECTION)
    draft = replace(draft, committed_at=None, version=draft.version + 1)
    await work.words.save(draft)
    await work.outbox.put(*await sealed_no_more(work, us, opened, draft))
    return draft


async def sealed_no_more(work: Work, us: Together, round_: Round, draft: Draft) -> list[Message]:
    """Let what said that words are sealed say that they are their writer's alone, where it can't be taken away."""
    kinds = [K.STAYS_SEALED, K.EARLIER_CARD] if round_.late else []
    found = await work.outbox.standing(us.me.id, (K.SEALED,), round_.id)
    if any(work.now - one.at >= DELETABLE for one in found):
        kinds.append(K.SEALED)
    said = [us.message(kind, us.me, round_.id, details={announce.VERSION: draft.version}) for kind in kinds]
    return [*(in_place(one, one.kind) for one in said), *await todays(work, us.me, round_)]
