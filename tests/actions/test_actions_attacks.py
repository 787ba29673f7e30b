"""What somebody else's ids are good for in one's own hands: nothing, whichever button they come by."""

from collections.abc import Mapping
from typing import Any

import pytest
from couple_person import Person
from couple_world import DAY, World, base36, pair_up, seal

from bot.actions import join
from bot.practice.ids import CoupleId, InviteId, PartnerId, RoundId
from bot.practice.invite import Invite, InviteState
from bot.practice.partner import Partner
from bot.practice.refusals import Reason, Refusal
from bot.screens.callbacks import Verb

Pair = tuple[Person, Person]
NOTHING = "That button doesn't do anything"
GROUP = {"id": -100, "type": "group", "title": "Friends"}


async def somebody(world: World, chat: int) -> Partner:
    """Store somebody who is in no couple."""
    async with world.unit() as work:
        partner = Partner(PartnerId(work.new_id()), chat, "Cy", "en", world.now)
        await work.partners.add(partner)
    return partner


async def test_nobody_but_the_inviter_confirms(world: World) -> None:
    """Not the joiner, who would let themselves in, and nobody else; then the inviter still can."""
    inviter, joiner, other = [await somebody(world, chat) for chat in (1, 2, 3)]
    async with world.unit() as work:
        invite = Invite(InviteId(work.new_id()), inviter.id, world.now + DAY, InviteState.CLAIMED, joiner.id)
        await work.invites.add(invite, "a code")
    for who in (joiner, other):
        with pytest.raises(Refusal) as refused:
            async with world.unit() as work:
                await join.confirm(work, who, invite.id, world.services.house)
        assert refused.value.reason is Reason.JOIN_OVER
    assert await world.rows("SELECT count(*) FROM couples") == [(0,)]
    async with world.unit() as work:
        await join.confirm(work, inviter, invite.id, world.services.house)
    assert await world.rows("SELECT partner_id FROM seats ORDER BY partner_id") == [
        (inviter.id,),
        (joiner.id,),
    ]


@pytest.mark.parametrize(
    "where",
    [
        {"message": {"message_id": 1, "date": 1, "text": ".", "chat": {"id": 1002, "type": "private"}}},
        {"message": {"message_id": 1, "date": 1, "text": ".", "chat": GROUP}},
        {"inline_message_id": "1"},
    ],
    ids=["in the other's chat", "in a group", "in nobody's"],
)
async def test_a_button_does_nothing_where_it_does_not_stand(
    world: World, pair: Pair, where: Mapping[str, Any]
) -> None:
    """The presser's own seal is pressed, but elsewhere than in their own chat: nothing is sealed."""
    ana, _ = pair
    await ana.writes("The marmalade on the stairs.")
    await world.deliver()
    (data,) = {data for _, data in ana.last("draft").buttons if data.startswith(f"{Verb.SEAL}:")}
    await ana.presses_raw({"data": data, **where})
    await world.deliver()
    assert ana.texts()[-1].startswith(NOTHING)
    assert (await world.round()).state == "open"
    await ana.presses_data(1, data)
    assert (await world.round()).state == "waiting"


async def theirs(world: World) -> tuple[CoupleId, RoundId]:
    """Make another couple, whose round is open."""
    two = [await somebody(world, chat) for chat in (3, 4)]
    async with world.unit() as work:
        couple = await pair_up(work, two[0].id, two[1].id, world.services.house)
        newest = await work.rounds.latest(couple)
        assert newest is not None
        await work.context.transaction.rows(
            "DELETE FROM outbox WHERE chat_id IN (3, 4)"
        )  # nobody looks at it
    return couple, newest.id


async def everything_of(world: World, couple: CoupleId) -> list[tuple[Any, ...]]:
    """Load all that is stored of a couple's rounds."""
    return [
        *await world.rows("SELECT * FROM rounds WHERE couple_id = :couple ORDER BY id", couple=couple),
        *await world.rows(
            "SELECT t.* FROM turns AS t JOIN rounds AS r ON r.id = t.round_id"
            " WHERE r.couple_id = :couple ORDER BY t.round_id, t.partner_id",
            couple=couple,
        ),
        *await world.rows(
            "SELECT d.* FROM drafts AS d JOIN rounds AS r ON r.id = d.round_id WHERE r.couple_id = :couple",
            couple=couple,
        ),
    ]


@pytest.mark.parametrize("verb", [Verb.ENTRY, Verb.TALKED, Verb.DELETE_ASK, Verb.DELETE])
async def test_a_round_of_another_couple_is_in_no_journal(world: World, pair: Pair, verb: Verb) -> None:
    """It is not shown, marked or deleted, and nobody is told that there is one."""
    ana, _ = pair
    couple, round_ = await theirs(world)
    before = await everything_of(world, couple)
    ana.look_away()
    await ana.presses_data(1, f"{verb}:{base36(round_)}")
    await world.deliver()
    (told,) = ana.texts()
    assert told.startswith("That isn't in your journal")
    assert await everything_of(world, couple) == before


@pytest.mark.parametrize(
    "verb",
    [Verb.SEAL, Verb.TAKE_BACK, Verb.NOT_TODAY, Verb.START_OVER, Verb.STARTER, Verb.OWN_WORDS, Verb.SEND],
)
async def test_a_round_of_another_couple_cannot_be_taken_by_its_id(
    world: World, pair: Pair, verb: Verb
) -> None:
    """It is answered as a button that was never ours, and nothing of the other couple changes."""
    ana, bo = pair
    await seal(ana, "one")
    await seal(bo, "two")
    couple, round_ = await theirs(world)
    before = await everything_of(world, couple)
    ana.look_away()
    await ana.presses_data(1, f"{verb}:{base36(round_)}:1:reflect-1")
    await world.deliver()
    assert [text for text in ana.texts() if not text.startswith(NOTHING)] == []
    assert ana.texts()
    assert await everything_of(world, couple) == before
