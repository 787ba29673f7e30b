"""Sweeping: what has served its time goes, a little at a time, and nothing else."""

from dataclasses import replace
from datetime import timedelta

from storage_house import DAY, NOW, House, a_couple, a_message

from bot.messages import MessageKind, Sent
from bot.practice.ids import InviteId
from bot.practice.invite import Invite
from storage.database import Database
from storage.sweep import USUAL, sweep

A_LITTLE = timedelta(seconds=1)


async def test_only_what_has_served_its_time_goes(house: House, database: Database) -> None:
    """Telegram may repeat an update for a day; a queued message stays however old it is."""
    assert USUAL.updates >= 7 * DAY
    async with database.unit(NOW) as unit:
        _, one, _ = await a_couple(unit)
        await unit.updates.record(1)
        await unit.outbox.put(a_message(one), a_message(one, kind=MessageKind.TODAY))
        for row in await unit.spool.lease(1):
            await unit.spool.settle(row.id, Sent(1))
        await unit.invites.add(Invite(InviteId(unit.new_id()), one.id, NOW), "code")
        await unit.spool.postpone(row.id, one.chat, NOW, counted=True)

    async def after(step: timedelta) -> tuple[int, ...]:
        async with database.unit(NOW + step) as unit:
            await sweep(unit, 100)
        tables = ("updates", "outbox", "invites", "holds")
        return tuple(house.outside(f"SELECT count(*) FROM {table}")[0][0] for table in tables)  # noqa: S608 (named above)

    assert await after(timedelta(0)) == (1, 2, 1, 1)
    assert await after(USUAL.updates) == (1, 2, 1, 0)
    assert await after(USUAL.updates + A_LITTLE) == (0, 2, 1, 0)
    assert await after(min(USUAL.messages, USUAL.invites)) == (0, 2, 1, 0)
    assert await after(max(USUAL.messages, USUAL.invites) + A_LITTLE) == (0, 1, 0, 0)
    assert house.outside("SELECT kind FROM outbox") == [("today",)]


async def test_a_sweep_is_bounded(house: House, database: Database) -> None:
    """It tells how much it did: less than asked for means that all is done."""
    async with database.unit(NOW) as unit:
        _, one, _ = await a_couple(unit)
        for number in range(5):
            await unit.updates.record(number)
        await unit.outbox.put(*(replace(a_message(one), not_after=NOW - DAY) for _ in range(5)))
        assert await unit.spool.lease(9) == []
    done = []
    for _ in range(4):
        async with database.unit(NOW + 99 * DAY) as unit:
            done.append(await sweep(unit, 4))
    assert done == [4, 4, 2, 0]
    assert house.outside("SELECT count(*) FROM partners") == [(2,)]
