"""Where the round stands for one partner, and nothing of the other."""

from dataclasses import replace
from datetime import timedelta

from bot.actions import announce, earlier, join
from bot.actions.aside import aside
from bot.actions.part import tell_now
from bot.actions.people import Together, expect, message, must_be_together, together
from bot.actions.ports import Work
from bot.actions.quotation import LAST, quotation
from bot.actions.quote import show
from bot.actions.respond import newest_shown
from bot.actions.seal import reveal_again
from bot.messages import Message, MessageKind, Shown
from bot.practice import round as rules
from bot.practice import standing
from bot.practice.ids import RoundId
from bot.practice.invite import Invite, InviteState
from bot.practice.partner import Partner
from bot.practice.round import WRITABLE, Round, RoundState, Slot
from bot.practice.standing import Standing
from bot.practice.thread import ThreadState

K = MessageKind
TO_DO = (Standing.TO_RESPOND, Standing.TO_HEAR, Standing.TO_CLARIFY)
TO_BE_DONE = "to_be_done"  # something waits: nothing is said of what comes next
ASKS = (Standing.UNWRITTEN, Standing.DRAFTED, Standing.SEALED, *TO_DO)
DROPPING = frozenset({*Standing}.difference(ASKS))
"""Where words that come are for nothing: it isn't said in the same words again and again."""
RESTS = (Standing.RESTING, Standing.BOTH_RESTING)
AFTER_REVEAL = (*TO_DO, Standing.SHOWN)
LEFT = "left"  # a couple of theirs has just ended
GRIEVES = timedelta(days=14)
UNKEPT = "unkept"  # the message of words that were taken as said to the bot, and may be given a place
BACK = "hello"  # "I'm back" is one
THANKS = "thanks"
REACTIONS = frozenset({THANKS, "fine"})  # to an answer of the other's: a button says it to them
COMING = (*announce.REVEALING, *(kind for kinds in announce.SENT_AS.values() for kind in kinds))


async def stand(work: Work, partner: Partner) -> tuple[Standing, Together | None, Round | None]:
    """Tell where a partner stands, with their couple and its newest round."""
    us = await together(work, partner.id)
    if us is None:
        return await _outside(work, partner), None, None
    newest = await work.rounds.latest(us.couple.id)
    drafted = False
    if newest is not None:
        drafted = bool((await work.words.own(partner.id, newest.id, Slot.REFLECTION)).pieces)
    return standing.in_couple(us.me, us.couple, newest, drafted=drafted), us, newest


async def _outside(work: Work, partner: Partner) -> Standing:
    claimed = await _claimed(work, partner)
    if claimed is not None:
        return Standing.TO_CONFIRM if claimed.inviter == partner.id else Standing.JOINING
    given = await work.invites.of(partner.id)
    return Standing.INVITED if any(invite.expires_at > work.now for invite in given) else Standing.ALONE


async def _claimed(work: Work, partner: Partner) -> Invite | None:
    """Find an invite that waits for the inviter's word."""
    given = await work.invites.of(partner.id)
    return next((invite for invite in given if invite.state is InviteState.CLAIMED), None)


async def _say_outside(
    work: Work,
    partner: Partner,
    where: Standing,
    courtesy: Message | None = None,
    *,
    dropped: int = 0,
    again: int = 0,
) -> None:
    """Tell somebody who is in no couple where they stand, with the buttons that they need there.

    `dropped`: words of theirs came, and are not kept; so `again`, the first time in a row or a later one.
    """
    if await tell_now(work, partner):
        return
    claimed = await _claimed(work, partner)
    if claimed is None:
        left = int(await _has_just_parted(work, partner))
        said = message(K.PLAIN, partner, standing=where.value, dropped=dropped, again=again, **{LEFT: left})
        await work.outbox.put(courtesy or said)
    else:
        asked = where is Standing.TO_CONFIRM
        said = join.ask_to_confirm(partner, claimed) if asked else join.waiting(partner, claimed)
        await work.outbox.put(
            replace(said, details={**said.details, "dropped": dropped}) if dropped else said
        )


async def _has_just_parted(work: Work, partner: Partner) -> bool:
    """Tell whether somebody's couple has ended in the last weeks: nothing new is held out to them unasked."""
    told = await work.outbox.newest(partner.id, (K.LEFT, K.OTHER_LEFT))
    return any(work.now - one.at < GRIEVES for one in told)


async def today(work: Work, partner: Partner) -> None:
    """Answer /today: what is open for this partner, their draft, or what has been revealed to them."""
    where, us, newest = await stand(work, partner)
    if us is None or newest is None:
        await _say_outside(work, partner, where)
    else:
        for round_ in await _revealed_late(work, us, newest):
            await _tell(work, us, round_, standing.in_couple(us.me, us.couple, round_, drafted=False))
        await _show_unsent_before(work, us, newest)
        await _tell(work, us, newest, where)
        if where in RESTS and newest.state in WRITABLE:  # a rest hides nothing that is open
            await work.outbox.put(_standing(us, newest, Standing.UNWRITTEN, rest=1))
        await work.outbox.put(*await earlier.listed(work, us))


async def show_open_card(work: Work, us: Together) -> None:
    """Show a partner the card that is open for them once more, with their draft, or what else is theirs to do.

    Nothing where nothing is. What they were at is put aside, as by anything that asks for words.
    """
    where, _, newest = await stand(work, us.me)
    if newest is None or where not in (Standing.UNWRITTEN, Standing.DRAFTED, *TO_DO):
        return
    if us.me.expectation.round != newest.id:
        await work.outbox.put(*aside(us.me, work.now))
        await expect(work, us.me)
    if where in TO_DO:
        await _tell(work, us, newest, where)
        return
    await work.outbox.put(_standing(us, newest, Standing.UNWRITTEN))
    if where is Standing.DRAFTED:
        await show(work, us, await work.words.own(us.me.id, newest.id, Slot.REFLECTION))


async def _revealed_late(work: Work, us: Together, newest: Round) -> list[Round]:
    """Load the other rounds in which something is a partner's to do since a late reveal, the oldest first."""
    live = [round_ for round_ in await work.rounds.live(us.couple.id) if round_.id != newest.id]
    revealed = [round_ for round_ in reversed(live) if round_.state is RoundState.REVEALED]
    return [r for r in revealed if standing.in_couple(us.me, us.couple, r, drafted=False) in TO_DO]


async def _tell(work: Work, us: Together, round_: Round, where: Standing) -> None:
    """Tell where one round stands. Words of the other's are not shown again before that is asked for."""
    if where is Standing.DRAFTED:
        await show(work, us, await work.words.own(us.me.id, round_.id, Slot.REFLECTION))
        return
    where = await _begun(work, us, round_, where)
    note = _standing(us, round_, where)
    if where not in AFTER_REVEAL:
        await work.outbox.put(note)
    elif not await _are_there(work, us, round_, where):
        await work.outbox.put(replace(note, details={**note.details, "gone": 1}))
    elif await work.outbox.refused(us.me.id, announce.REVEALING, round_.id):
        await work.outbox.put(*await reveal_again(work, us, round_))  # what did not get through
    elif not await _is_coming(work, us, round_):
        await work.outbox.put(note)
    await _show_unsent(work, us, round_)


async def _begun(work: Work, us: Together, round_: Round, where: Standing) -> Standing:
    """Tell what is a partner's to do first: what they have begun to write, before an answer that they haven't."""
    if where is not Standing.TO_RESPOND or Slot.CLARIFICATION not in rules.open_slots(round_, us.me.id):
        return where
    begun = await work.words.own(us.me.id, round_.id, Slot.CLARIFICATION)
    return Standing.TO_CLARIFY if begun.pieces else where


async def _are_there(work: Work, us: Together, round_: Round, where: Standing) -> bool:
    """Tell whether the words of the other's that a partner can do something about have not been deleted."""
    slot = Slot.RESPONSE if where in (Standing.TO_HEAR, Standing.TO_CLARIFY) else Slot.REFLECTION
    words = await work.words.read(us.me.id, us.other.id, round_.id, slot)
    return words is not None and bool(words.pieces)


async def _is_coming(work: Work, us: Together, round_: Round) -> bool:
    """Tell whether words of the other's, which were held for the morning, leave now: they tell enough."""
    return await work.outbox.waits(us.me.id, COMING, round_.id)


async def show_again(work: Work, partner: Partner, round_: RoundId, shown_in: int) -> None:
    """Show the other's words once more, uncovered, in place of message `shown_in` that offered it.

    Raises Refusal as newest_shown.
    """
    us = await must_be_together(work, partner.id)
    found = await newest_shown(work, us, round_)
    if await _is_coming(work, us, found):
        return
    where = standing.in_couple(us.me, us.couple, found, drafted=False)
    again = await _again(work, us, found, where if where in AFTER_REVEAL else Standing.SHOWN)
    await work.outbox.put(us.message(K.GONE, us.me, round_).editing(shown_in))
    if not again:
        note = _standing(us, found, where)
        await work.outbox.put(replace(note, details={**note.details, "gone": 1}))
    await work.outbox.put(*(replace(m, details={**m.details, announce.OPEN: 1}) for m in again))
    await _show_unsent(work, us, found)


async def _again(work: Work, us: Together, round_: Round, where: Standing) -> list[Message]:
    """Quote what of the other's a partner can do something about now, or else what was revealed."""
    if where in (Standing.TO_HEAR, Standing.TO_CLARIFY):
        return await _theirs(work, us, round_, Slot.RESPONSE, buttons=where is Standing.TO_HEAR)
    found = await reveal_again(work, us, round_)
    if not await work.outbox.refused(us.me.id, announce.REVEALING, round_.id):
        found = [m for m in found if m.kind is not K.REVEAL_FRAME]
    if round_.other(us.me.id).thread is ThreadState.CLARIFIED:
        found += await _theirs(work, us, round_, Slot.CLARIFICATION)
    return found


async def _show_unsent(work: Work, us: Together, round_: Round) -> None:
    """Quote again what a partner has written after the reveal and not sent, as long as it is theirs to send."""
    for slot in rules.open_slots(round_, us.me.id):
        draft = await work.words.own(us.me.id, round_.id, slot)
        if draft.pieces:
            await show(work, us, draft)


async def _show_unsent_before(work: Work, us: Together, newest: Round) -> None:
    """Quote again what was written for the round that was shown last, which the next has closed, and not sent."""
    shown = await work.rounds.latest_shown(us.couple.id)
    if shown is not None and shown.id != newest.id and shown.state is RoundState.COMPLETE:
        await _show_unsent(work, us, shown)


async def _theirs(
    work: Work, us: Together, round_: Round, slot: Slot, *, buttons: bool = True
) -> list[Message]:
    """Quote what the other has sent in a slot, in place of what is held of it; nothing where it is gone.

    Without `buttons` where it has been answered: a quotation's last message is the one that carries them.
    """
    words = await work.words.read(us.me.id, us.other.id, round_.id, slot)
    kinds = announce.SENT_AS[slot]
    await work.outbox.withdraw(to=us.me.id, round_=round_.id, kinds=kinds)
    quoted = quotation(us.message(kinds[0], us.me, round_.id), words, kinds) if words else []
    return quoted if buttons else [replace(m, details={**m.details, LAST: 0}) for m in quoted]


def _standing(
    us: Together, round_: Round, where: Standing, kind: MessageKind = K.TODAY, **besides: int
) -> Message:
    return replace(us.message(kind, us.me, round_.id), details={"standing": where.value, **besides})


async def lands(work: Work, partner: Partner, shown: Shown) -> bool:
    """Tell whether a message in the chat is an answer whose buttons still say how it landed."""
    asks = shown.kind in (K.RESPONSE_WORDS, K.RESPONSE_MEDIA)
    if shown.round is None or not (asks or shown.details.get("standing") == Standing.TO_HEAR):
        return False
    round_ = await work.rounds.find(shown.round)
    return round_ is not None and round_.turn(partner.id).thread is ThreadState.ANSWERED


async def ask_how_it_landed(work: Work, partner: Partner, shown: Shown) -> bool:
    """Show the buttons once more that say how an answer landed; False where a message in the chat is none."""
    us = await together(work, partner.id)
    if us is None or not await lands(work, partner, shown):
        return False
    round_ = await work.rounds.get(RoundId(shown.round or 0))
    await work.outbox.put(_standing(us, round_, Standing.TO_HEAR, K.PLAIN, dropped=0))
    return True


async def react(work: Work, partner: Partner, shown: Shown, courtesy: str | None) -> bool:
    """Answer thanks for what has come from the other: by the button that tells them, or by saying that nothing does.

    False where they can only be for the bot.
    """
    us = await together(work, partner.id)
    if us is None:
        return False
    if await ask_how_it_landed(work, partner, shown):
        return True
    if courtesy == THANKS:
        await work.outbox.put(us.message(K.COURTESY, us.me, details={"what": "theirs"}))
        return True
    return False


async def plain(
    work: Work, partner: Partner, courtesy: str | None = None, *, command: bool = False, unkept: int = 0
) -> None:
    """Answer words that are for nothing in particular, by where the person stands.

    `courtesy` names the thanks or the greeting that they are, and is answered; thanks for an answer of the other's
    can reach them by a button, which is shown. `unkept` is the message that words came in which could have been for
    the other.
    """
    where, us, newest = await stand(work, partner)
    said = us.message(K.COURTESY, us.me) if us else message(K.COURTESY, partner)
    talking = us is not None and await work.talks.live(us.couple.id) is not None
    waits = talking or bool(unkept) or where in (Standing.DRAFTED, *TO_DO)
    details: dict[str, int | str] = {"what": courtesy or "", TO_BE_DONE: int(waits), UNKEPT: unkept}
    answer = replace(said, about=None, details=details) if courtesy else None
    again = 0 if courtesy or command else await _again_dropped(work, partner)
    if us is None or newest is None:
        await _say_outside(work, partner, where, answer, dropped=int(not courtesy), again=again)
    elif where is Standing.RESTING and courtesy == BACK:
        await work.outbox.put(_standing(us, newest, where))  # which says how the rest ends
    elif answer is not None and not (where is Standing.TO_HEAR and courtesy in REACTIONS):
        await work.outbox.put(answer)
    else:
        said_again = again if where in DROPPING else 0
        await work.outbox.put(
            _standing(us, newest, where, K.PLAIN, dropped=int(not courtesy), again=said_again)
        )


async def _again_dropped(work: Work, partner: Partner) -> int:
    """Count how often in a row it has just been said that nothing is kept, two at most."""
    _, last = await work.outbox.shown_last(partner.id)
    said = last is not None and last.kind is K.PLAIN and last.details.get("dropped")
    return min(int(last.details.get("again", 0)) + 1, 2) if said and last is not None else 0
