"""Sweeping: what has served its time goes, a little at a time, and nothing else."""

from dataclasses import replace
from datetime import timedelta

from storage_house import DAY, NOW, House, a_couple, a_message

from bot.messages import MessageKind, Priority, Sent
from bot.practice.ids import InviteId, RoundId
from bot.practice.invite import Invite
from storage.database import Database
from storage.spool import LONGEST_HOLD
from storage.sweep import AHEAD, NEWEST, USUAL, Keep, put_right, sweep

A_LITTLE = timedelta(seconds=1)
ALL_OLD = Keep(newest=0)
YEAR = timedelta(days=365)


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
            await sweep(unit, 100, ALL_OLD)
        tables = ("updates", "outbox", "invites", "holds")
        return tuple(house.outside(f"SELECT count(*) FROM {table}")[0][0] for table in tables)  # noqa: S608 (named above)

    assert await after(timedelta(0)) == (1, 2, 1, 1)
    assert await after(USUAL.updates) == (1, 2, 1, 0)
    assert await after(USUAL.updates + A_LITTLE) == (0, 2, 1, 0)
    assert await after(min(USUAL.messages, USUAL.invites)) == (0, 2, 1, 0)
    assert await after(max(USUAL.messages, USUAL.invites) + A_LITTLE) == (0, 1, 0, 0)
    assert house.outside("SELECT kind FROM outbox") == [("today",)]


async def test_what_telegram_has_left_standing_is_known_longer_than_a_short_memory(
    house: House, database: Database
) -> None:
    """A round may be shown two weeks later, and its note says then, too, that a message is still there."""
    async with database.unit(NOW) as unit:
        _, one, _ = await a_couple(unit)
        await unit.traces.stay(one.id, RoundId(1), "reflection", [7])
    async with database.unit(NOW + 20 * DAY) as unit:
        await sweep(unit, 100, Keep(messages=2 * DAY))
    assert house.outside("SELECT message_id, stays FROM traces") == [(7, 1)]


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
            done.append(await sweep(unit, 4, ALL_OLD))
    assert done == [4, 4, 2, 0]
    assert house.outside("SELECT count(*) FROM partners") == [(2,)]


async def test_the_newest_updates_are_kept_whatever_the_clock_says(database: Database) -> None:
    """What may not be confirmed yet is known when it comes again, in another year; what is older goes."""
    async with database.unit(NOW) as unit:
        for number in range(NEWEST):
            await unit.updates.record(number)
    async with database.unit(NOW + A_LITTLE) as unit:
        for number in range(NEWEST, 2 * NEWEST):
            await unit.updates.record(number)
    async with database.unit(NOW + YEAR) as unit:
        assert await sweep(unit, 9999) == NEWEST
        again = [await unit.updates.record(number) for number in range(NEWEST, 2 * NEWEST)]
    assert not any(again)
    async with database.unit(NOW - 50 * YEAR) as unit:  # before the machine knew what year it was
        assert await unit.updates.record(5 * NEWEST)
    async with database.unit(NOW + YEAR) as unit:
        await sweep(unit, 9999)
        assert not await unit.updates.record(5 * NEWEST)


async def test_a_hold_of_a_clock_that_was_ahead_holds_nobody(house: House, database: Database) -> None:
    """No failure holds a chat for longer than an hour: one that seems to was noted in a wrong year."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
        await unit.outbox.put(a_message(one), a_message(two))
    async with database.unit(NOW + YEAR) as unit:
        (row,) = await unit.spool.lease(1, [two.chat])
        await unit.spool.postpone(row.id, one.chat, NOW + YEAR + LONGEST_HOLD, counted=True)
        assert await unit.spool.lease(1, [two.chat]) == []
    async with database.unit(NOW) as unit:
        assert await unit.spool.next_due() == NOW
        (row,) = await unit.spool.lease(1, [two.chat])
        await unit.spool.postpone(row.id, one.chat, NOW + A_LITTLE, counted=True)
        assert await unit.spool.lease(1, [two.chat]) == []
    async with database.unit(NOW + A_LITTLE) as unit:
        assert [row.message.chat for row in await unit.spool.lease(1, [two.chat])] == [one.chat]
        await unit.spool.postpone(row.id, one.chat, NOW + YEAR, counted=True)
        assert await sweep(unit, 9) == 1
    assert house.outside("SELECT * FROM holds") == []


async def test_what_a_clock_that_was_ahead_has_noted_is_put_right(house: House, database: Database) -> None:
    """Messages leave now, in their order; a reminder of another evening does not; the rest ages from now on."""
    async with database.unit(NOW + YEAR) as unit:
        _, one, two = await a_couple(unit)
        await unit.updates.record(1)
        await unit.outbox.put(a_message(one, kind=MessageKind.HELP))
        (row,) = await unit.spool.lease(1)
        await unit.spool.settle(row.id, Sent(1))
        await unit.outbox.put(
            a_message(one, kind=MessageKind.PROMPT, priority=Priority.MORNING),
            a_message(one, kind=MessageKind.REMINDER, priority=Priority.MORNING, due=unit.now + DAY),
            a_message(one, kind=MessageKind.TODAY, priority=Priority.EVENT),
        )
    async with database.unit(NOW) as unit:
        soon = a_message(two, kind=MessageKind.REMINDER, priority=Priority.MORNING, due=NOW + AHEAD)
        await unit.outbox.put(soon, a_message(one, kind=MessageKind.HELP))
        assert await put_right(unit, 3) == 3
        assert await put_right(unit, 9) == 2
        assert await put_right(unit, 9) == 0
        rows = await unit.spool.lease(9)
    assert [row.message.kind.value for row in rows] == ["prompt", "today", "help"]
    assert house.outside("SELECT chat_id FROM outbox WHERE state = 'queued'") == [(two.chat,)]
    async with database.unit(NOW + USUAL.messages + A_LITTLE) as unit:
        await sweep(unit, 9, ALL_OLD)
    assert house.outside("SELECT count(*) FROM updates") == [(0,)]
    assert house.outside("SELECT kind, state FROM outbox ORDER BY id") == [
        ("prompt", "leased"), ("today", "leased"), ("reminder", "queued"), ("help", "leased"),
    ]  # fmt: skip
