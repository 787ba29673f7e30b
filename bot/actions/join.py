"""Two people become a couple: the joiner consents, the inviter confirms, the first round opens at once."""

from dataclasses import replace

from bot.actions.consent import consent
from bot.actions.invite import take_buttons_off
from bot.actions.open_rounds import House, open_first
from bot.actions.people import Together, Visitor, message
from bot.actions.ports import Work
from bot.messages import Message, MessageKind, Priority
from bot.practice import calendar, themes
from bot.practice import invite as rules
from bot.practice.calendar import Rhythm
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, InviteId, PartnerId
from bot.practice.invite import Invite, InviteState
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

K = MessageKind
FAR = "far"  # the visitor's own language is not spoken here
FIRST_MINUTE = 20 * 60  # until somebody has said an hour


async def look(work: Work, visitor: Visitor, code: str) -> None:
    """Show a visitor whose invitation they hold. Raises Refusal LINK_* , ALREADY_TOGETHER, IN_A_COUPLE."""
    invite = await _held(work, visitor, code)
    if invite is None:
        return
    known = await work.partners.by_chat(visitor.chat)
    await work.outbox.put(
        Message(
            K.WELCOME_INVITED,
            visitor.chat,
            to=known.id if known else None,
            language=visitor.language,
            about=invite.inviter,
            invite=invite.id,
            details={FAR: int(visitor.far)},
        )
    )


async def join(work: Work, visitor: Visitor, code: str) -> None:
    """Use an invite up by the joiner's consent, and ask the inviter. Raises Refusal as look."""
    invite = await _held(work, visitor, code)
    if invite is None:
        return
    joiner = await consent(work, visitor)
    claimed = rules.claim(invite, joiner.id, work.now)
    await work.invites.save(claimed)
    inviter = await work.partners.get(claimed.inviter)
    await take_buttons_off(work, inviter, K.INVITE)
    await work.outbox.put(waiting(joiner, claimed))
    await _tell(work, ask_to_confirm(inviter, claimed), inviter)


async def _held(work: Work, visitor: Visitor, code: str) -> Invite | None:
    """Find the invite that a visitor may take up; None where they wait on it already, which is told."""
    known = await work.partners.by_chat(visitor.chat)
    found = await work.invites.by_code(code)
    if await _waits(work, known, found):
        return None
    await _check_free(work, known, found)
    return rules.check_open(found, known.id if known else None, work.now)


def waiting(joiner: Partner, invite: Invite) -> Message:
    """Tell a joiner that their word has gone out; they can take it back."""
    return replace(message(K.JOIN_WAITING, joiner), invite=invite.id)


def ask_to_confirm(inviter: Partner, invite: Invite) -> Message:
    """Ask an inviter whether who has come is who they meant."""
    return replace(message(K.CONFIRM_JOINER, inviter), invite=invite.id, about=invite.joiner)


async def _waits(work: Work, visitor: Partner | None, invite: Invite | None) -> bool:
    """Tell one who has taken this invite up already that they wait; a second tap is no second claim."""
    if visitor is None or invite is None or invite.joiner != visitor.id:
        return False
    if invite.state is not InviteState.CLAIMED:
        return False
    await work.outbox.put(waiting(visitor, invite))
    return True


async def _tell(work: Work, said: Message, partner: Partner) -> None:
    """Tell somebody who is in no couple; their quiet hours hold, once their zone is known."""
    due = work.now
    if partner.zone is not None:
        due = calendar.deliver_at(work.now, partner.quiet, partner.zone, partner.acted_at)
    await work.outbox.put(replace(said, priority=Priority.EVENT, due=due))


async def _check_free(work: Work, visitor: Partner | None, invite: Invite | None) -> None:
    """Refuse a visitor who is in a couple. Raises Refusal OWN_LINK, ALREADY_TOGETHER, IN_A_COUPLE."""
    couple = await work.couples.of(visitor.id) if visitor else None
    if visitor is None or couple is None:
        return
    inviter = invite.inviter if invite else None
    if inviter == visitor.id:
        raise Refusal(Reason.OWN_LINK)
    raise Refusal(Reason.ALREADY_TOGETHER if inviter in couple.partners else Reason.IN_A_COUPLE)


async def confirm(work: Work, inviter: Partner, invite: InviteId, house: House) -> None:
    """Make the couple. Raises Refusal JOIN_OVER, ALREADY_TOGETHER, IN_A_COUPLE."""
    found = await work.invites.get(invite)
    couple = await work.couples.of(inviter.id)
    if couple is not None:
        joined = found is not None and found.joiner in couple.partners and found.inviter == inviter.id
        raise Refusal(Reason.ALREADY_TOGETHER if joined else Reason.IN_A_COUPLE)
    spent = rules.answer(found if found and found.inviter == inviter.id else None, inviter.id, work.now)
    joiner = await _joiner(work, spent)
    await work.invites.save(spent)
    await _void_others(work, inviter, joiner)
    us = await _make_couple(work, inviter, joiner, house)
    await take_buttons_off(work, inviter, K.CONFIRM_JOINER)
    await take_buttons_off(work, joiner, K.JOIN_WAITING)
    await open_first(work, us.couple.id, house)


async def _joiner(work: Work, invite: Invite) -> Partner:
    joiner = await work.partners.find(invite.joiner) if invite.joiner else None
    if joiner is None or await work.couples.of(joiner.id) is not None:
        raise Refusal(Reason.JOIN_OVER)
    return joiner


async def _make_couple(work: Work, inviter: Partner, joiner: Partner, house: House) -> Together:
    for partner in (inviter, joiner):
        await work.partners.save(themes.afresh(partner))  # a yes was for one other person
    zone = inviter.zone or house.zone
    rhythm = Rhythm(FIRST_MINUTE, zone)
    today = calendar.local_date(work.now, zone)
    couple = Couple(
        id=CoupleId(work.new_id()),
        partners=(inviter.id, joiner.id),
        rhythm=rhythm,
        last_opening=work.now,
        last_date=today,
        next_opening=calendar.next_opening(rhythm, work.now, today, work.now),
    )
    await work.couples.add(couple)
    return Together(themes.afresh(inviter), themes.afresh(joiner), couple)


async def _void_others(work: Work, *pair: Partner) -> None:
    """Void every other invite and confirmation of both; whoever waits on one is told."""
    for partner in pair:
        for invite in await work.invites.of(partner.id):
            await spend(work, invite, besides={p.id for p in pair})


async def spend(work: Work, invite: Invite, besides: set[PartnerId]) -> None:
    """Spend an invite and tell whoever waits on it, `besides` those who need no telling."""
    await work.invites.save(rules.spent(invite, work.now))
    if invite.state is InviteState.CLAIMED:
        await _tell_waiting(work, invite, besides)


async def _tell_waiting(work: Work, invite: Invite, besides: set[PartnerId]) -> None:
    for waiting, kind in ((invite.inviter, K.JOIN_WITHDRAWN), (invite.joiner, K.JOIN_DECLINED)):
        person = await work.partners.find(waiting) if waiting and waiting not in besides else None
        if person is not None:
            await _tell(work, message(kind, person), person)


async def decline(work: Work, inviter: Partner, invite: InviteId) -> None:
    """Burn an invite because the wrong person came. Raises Refusal JOIN_OVER, ALREADY_TOGETHER."""
    await _end(work, inviter, invite, by_inviter=True)


async def withdraw(work: Work, joiner: Partner, invite: InviteId) -> None:
    """Take a joiner's consent back, before the inviter has confirmed. Raises as decline."""
    await _end(work, joiner, invite, by_inviter=False)


async def _end(work: Work, actor: Partner, invite: InviteId, *, by_inviter: bool) -> None:
    found = await work.invites.get(invite)
    couple = await work.couples.of(actor.id)
    if found is not None and couple is not None and {found.inviter, found.joiner} == {*couple.partners}:
        raise Refusal(Reason.ALREADY_TOGETHER)
    asked = (found.inviter if by_inviter else found.joiner) if found else None
    spent = rules.answer(found if asked == actor.id else None, actor.id, work.now)
    await work.invites.save(spent)
    await _tell_waiting(work, spent, besides={actor.id})
    await take_buttons_off(work, actor, K.CONFIRM_JOINER if by_inviter else K.JOIN_WAITING)
    await work.outbox.put(message(K.CANCELLED, actor, what="invite"))
