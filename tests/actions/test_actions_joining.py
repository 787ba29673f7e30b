"""Between an invitation and a couple: who is told when, and that nobody is drawn out of a couple."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from couple_person import Person
from couple_world import DAY, NOW, ZONE, World

from bot.actions import join
from bot.practice.calendar import Quiet
from bot.practice.ids import InviteId, PartnerId
from bot.practice.invite import Invite, InviteState
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal

Pair = tuple[Person, Person]
NIGHT = datetime(2026, 3, 2, 23, 0, tzinfo=ZoneInfo(ZONE))
MORNING = datetime(2026, 3, 3, 8, 0, tzinfo=ZoneInfo(ZONE))


async def newcomer(world: World, chat: int, zone: str | None = None) -> Partner:
    """Store somebody who has consented and is in no couple."""
    async with world.unit() as work:
        id_ = PartnerId(work.new_id())
        partner = Partner(id_, chat, "Cy", "en", NOW, zone=zone, quiet=Quiet(22 * 60, 8 * 60))
        await work.partners.add(partner)
    return partner


async def claimed(world: World, inviter: PartnerId, joiner: PartnerId) -> InviteId:
    """Store an invitation that somebody has taken up."""
    async with world.unit() as work:
        id_ = InviteId(work.new_id())
        invite = Invite(id_, inviter, world.now + DAY, InviteState.CLAIMED, joiner)
        await work.invites.add(invite, f"code-{id_}")
    return id_


@pytest.mark.parametrize(("zone", "due"), [(ZONE, MORNING), (None, NIGHT)])
async def test_a_no_at_night_waits_for_the_joiners_morning(
    world: World, zone: str | None, due: datetime
) -> None:
    """Once their clock is known; before that there is no night to keep."""
    inviter, joiner = await newcomer(world, 1), await newcomer(world, 2, zone)
    invite = await claimed(world, inviter.id, joiner.id)
    world.now = NIGHT
    async with world.unit() as work:
        await join.decline(work, inviter, invite)
    told = await world.rows("SELECT kind, due_at FROM outbox WHERE partner_id = :joiner", joiner=joiner.id)
    assert told == [("join_declined", int(due.timestamp()) * 1_000_000)]


async def test_a_yes_draws_nobody_out_of_a_couple(world: World, pair: Pair) -> None:
    """Whoever has become part of one meanwhile stays in it, and the inviter is told that it is settled."""
    ana, _ = pair
    inviter = await newcomer(world, 1)
    invite = await claimed(world, inviter.id, ana.id)
    with pytest.raises(Refusal) as refused:
        async with world.unit() as work:
            await join.confirm(work, inviter, invite, world.services.house)
    assert refused.value.reason is Reason.JOIN_OVER
    assert await world.rows("SELECT count(*) FROM couples") == [(1,)]
    async with world.unit() as work:
        assert await work.couples.of(inviter.id) is None


async def test_nobody_answers_for_another(world: World) -> None:
    """A button of an invitation that is not theirs, or that never was, ends nothing and tells nobody."""
    inviter, joiner, other = [await newcomer(world, chat) for chat in (1, 2, 3)]
    invite = await claimed(world, inviter.id, joiner.id)
    for act, who, which in (
        (join.decline, other, invite),
        (join.decline, joiner, invite),
        (join.withdraw, inviter, invite),
        (join.decline, inviter, InviteId(4711)),
    ):
        with pytest.raises(Refusal) as refused:
            async with world.unit() as work:
                await act(work, who, which)
        assert refused.value.reason is Reason.JOIN_OVER
    assert await world.rows("SELECT count(*) FROM outbox") == [(0,)]
    world.now += timedelta(minutes=1)
    async with world.unit() as work:
        await join.withdraw(work, joiner, invite)
    assert ("join_withdrawn", inviter.id) in await world.rows("SELECT kind, partner_id FROM outbox")
