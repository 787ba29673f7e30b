"""Words that wait for their place: as private as any, gone within a day, and with their writer."""

from datetime import timedelta

import pytest
from storage_house import DAY, NOW, House, a_couple

from bot.practice.draft import Piece, PieceKind
from bot.practice.ids import PieceId
from bot.upkeep import SWEEP_EVERY
from storage.database import Database
from storage.sweep import sweep
from storage.unit import Unit

WORDS, FILE = "I never told you about the lighthouse", "AgADfile-id-of-a-picture"
A_LITTLE = timedelta(seconds=1)


def a_piece(unit: Unit, source: int = 1, text: str = WORDS) -> Piece:
    """Make a part up."""
    return Piece(PieceId(unit.new_id()), PieceKind.PHOTO, text, source, FILE)


async def test_words_that_wait_come_back_as_they_were(database: Database) -> None:
    """To their writer alone, in their order."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
        pieces = [a_piece(unit, number, f"{WORDS} {number}") for number in (1, 2)]
        for piece in pieces:
            await unit.kept.add(one.id, piece)
    async with database.unit(NOW) as unit:
        assert list(await unit.kept.of(one.id)) == pieces
        assert list(await unit.kept.of(two.id)) == []
        await unit.kept.drop(two.id, [pieces[0].id])
        await unit.kept.drop(one.id, [pieces[1].id])
        assert list(await unit.kept.of(one.id)) == pieces[:1]


@pytest.mark.sqlite
async def test_no_word_stands_in_the_clear(house: House) -> None:
    """In no file, while they wait and after they have gone."""
    async with house.open() as database:
        async with database.unit(NOW) as unit:
            _, one, _ = await a_couple(unit)
            await unit.kept.add(one.id, a_piece(unit))
        (body, file) = house.outside("SELECT body, file FROM kept")[0]
        assert house.holding(body)
        assert house.holding(WORDS.encode()) == house.holding(FILE.encode()) == []
        async with database.unit(NOW + DAY + A_LITTLE) as unit:
            assert list(await unit.kept.of(one.id)) == [], "a sweep that is late keeps nothing longer"
            await sweep(unit, 9)
        assert house.outside("SELECT count(*) FROM kept") == [(0,)]
        assert house.holding(body) == house.holding(file) == [], "the bytes go too"


async def test_nothing_waits_for_longer_than_a_day_though_it_is_looked_for_once_an_hour(
    house: House, database: Database
) -> None:
    """It goes with the last look before its day is over, and with none before that."""
    async with database.unit(NOW) as unit:
        _, one, _ = await a_couple(unit)
        await unit.kept.add(one.id, a_piece(unit))
    last = NOW + DAY - SWEEP_EVERY
    async with database.unit(last - A_LITTLE) as unit:
        await sweep(unit, 9)
        assert len(await unit.kept.of(one.id)) == 1
    assert house.outside("SELECT count(*) FROM kept") == [(1,)]
    async with database.unit(last + A_LITTLE) as unit:
        await sweep(unit, 9)
    assert house.outside("SELECT count(*) FROM kept") == [(0,)]


async def test_they_go_with_their_writer(house: House, database: Database) -> None:
    """Forgetting somebody destroys them."""
    async with database.unit(NOW) as unit:
        _, one, two = await a_couple(unit)
        for partner in (one, two):
            await unit.kept.add(partner.id, a_piece(unit))
    async with database.unit(NOW) as unit:
        await unit.partners.forget(one.id)
    assert house.outside("SELECT partner_id FROM kept") == [(two.id,)]
