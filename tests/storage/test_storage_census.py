"""A census counts what there is, through a connection that can't write."""

from dataclasses import replace
from datetime import timedelta

from storage_house import DAY, HOUR, NOW, House, a_couple, a_message

from storage.census import Census

NONE = timedelta(0)


async def test_couples_and_messages_are_counted(house: House) -> None:
    """Who has a card to come, who rests, who has parted; what is due and has not left, but for a chat that is held."""
    async with house.open() as database:
        assert await database.census(NOW) == Census(0, 0, NONE, 0, NONE)
        async with database.unit(NOW) as unit:
            on_time, noa, sam = await a_couple(unit)
            resting, *_ = await a_couple(unit)
            parted, *_ = await a_couple(unit)
            await unit.couples.save(replace(resting, next_opening=None))
            await unit.couples.save(replace(parted, parted_at=NOW))
            await unit.outbox.put(a_message(noa))
            await unit.outbox.put(a_message(noa, due=NOW + DAY))
            await unit.outbox.put(a_message(sam))
        assert await database.census(NOW + HOUR) == Census(1, 1, NONE, 2, HOUR)
        assert on_time.next_opening == NOW + DAY
        async with database.unit(NOW + HOUR) as unit:
            row, *_ = [row for row in await unit.spool.lease(9) if row.message.to == sam.id]
            await unit.spool.postpone(row.id, sam.chat, NOW + 9 * DAY, counted=True)
        assert await database.census(NOW + DAY + HOUR) == Census(1, 1, HOUR, 2, DAY + HOUR)
