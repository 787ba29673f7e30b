"""What is written as the neutral friend is sealed; what is not kept goes within a day, and all with its writer."""

from dataclasses import replace
from datetime import timedelta

from storage_house import DAY, NOW, House, a_couple

from bot.practice.friend import Sitting, SittingId, write
from bot.practice.ids import PartnerId
from storage.database import Database
from storage.sweep import sweep
from storage.unit import Unit

WORDS = "the marmalade on the stairs"


def a_sitting(unit: Unit, who: PartnerId) -> Sitting:
    """Make up what somebody wrote."""
    begun = Sitting(SittingId(unit.new_id()), who, unit.now)
    return write(write(begun, 0, 5, WORDS), 2, 6, "\ud83d and \u0000 as typed")


async def test_it_comes_back_as_it_was_written_for_its_writer_alone(database: Database, house: House) -> None:
    """Unfinished until it is kept; nothing of it stands in the clear."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
        sitting = a_sitting(unit, one.id)
        await unit.sittings.save(sitting)
    async with database.unit(NOW) as unit:
        assert await unit.sittings.unfinished(one.id) == sitting
        assert await unit.sittings.unfinished(two.id) is None
        assert list(await unit.sittings.of(one.id)) == []
        kept = replace(sitting, kept_at=NOW)
        await unit.sittings.save(kept)
    async with database.unit(NOW) as unit:
        assert await unit.sittings.unfinished(one.id) is None
        assert list(await unit.sittings.of(one.id)) == [kept]
        assert list(await unit.sittings.of(two.id)) == []
    assert house.holding(WORDS.encode()) == []


async def test_what_is_not_kept_is_nowhere_after_a_day(database: Database, house: House) -> None:
    """It can't be read from then on, whether or not it has been swept; what is kept stays."""
    async with database.unit(NOW) as unit:
        _, one, _ = await a_couple(unit)
        kept = replace(a_sitting(unit, one.id), kept_at=NOW)
        for sitting in (kept, a_sitting(unit, one.id)):
            await unit.sittings.save(sitting)
    async with database.unit(NOW + DAY) as unit:
        assert await unit.sittings.unfinished(one.id) is None
    async with database.unit(NOW + DAY + timedelta(seconds=1)) as unit:
        assert await sweep(unit, 100) == 1
    assert house.outside("SELECT id FROM sittings") == [(kept.id,)]


async def test_letting_go_deleting_and_forgetting_destroy(database: Database, house: House) -> None:
    """Each what is meant; nobody deletes another's."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
        kept = replace(a_sitting(unit, one.id), kept_at=NOW)
        for sitting in (kept, a_sitting(unit, one.id), a_sitting(unit, two.id)):
            await unit.sittings.save(sitting)
        await unit.sittings.let_go(one.id)
        await unit.sittings.destroy(two.id, kept.id)
        assert await unit.sittings.unfinished(one.id) is None
        assert list(await unit.sittings.of(one.id)) == [kept]
        assert await unit.sittings.unfinished(two.id) is not None
        await unit.sittings.destroy(one.id, kept.id)
        await unit.partners.forget(two.id)
    assert house.outside("SELECT count(*) FROM sittings") == [(0,)]
