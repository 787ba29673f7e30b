"""Letters for later: sealed on disk, read by the other once they have opened, and gone with the couple."""

from dataclasses import replace
from datetime import timedelta

from storage_house import DAY, NOW, House, a_couple

from bot.practice.capsule import Capsule
from bot.practice.draft import Piece, PieceKind
from bot.practice.ids import CapsuleId, PieceId
from storage.database import Database
from storage.unit import Unit

WORDS, FILE = "I hid the brass key where we first sat", "AgADfile-id-of-a-letter"


async def a_letter(unit: Unit) -> Capsule:
    """Store a letter of a couple's first, which waits for a day."""
    couple, one, _ = await a_couple(unit)
    piece = Piece(PieceId(unit.new_id()), PieceKind.PHOTO, WORDS, 7, FILE, covered=True)
    opens = NOW + 30 * DAY
    made = Capsule(
        CapsuleId(unit.new_id()), one.id, couple.id, NOW, 3, (piece,), opens.date(), opens, None, NOW
    )
    await unit.capsules.save(made)
    return made


async def test_a_letter_comes_back_as_it_was_for_its_author_alone(database: Database, house: House) -> None:
    """With its day and its parts; the other reads it from its opening on; nothing of it stands in the clear."""
    async with database.unit(NOW) as unit:
        letter = await a_letter(unit)
        other = (await unit.couples.get(letter.couple)).other(letter.author)
    async with database.unit(NOW) as unit:
        assert list(await unit.capsules.of(letter.author)) == [letter]
        assert await unit.capsules.own(letter.author, letter.id) == letter
        assert await unit.capsules.own(other, letter.id) is None
        assert await unit.capsules.read(other, letter.id) is None
        assert await unit.capsules.by_source(letter.author, 7) == letter.id
        opened = replace(letter, opened_at=NOW + 30 * DAY)
        await unit.capsules.save(opened)
        assert await unit.capsules.read(other, letter.id) == opened
        assert list(await unit.capsules.opened_to(other, 5)) == [letter.id]
    assert house.holding(WORDS.encode()) == []
    assert house.holding(FILE.encode()) == []


async def test_it_is_due_at_its_hour_and_looked_at_again_when_that_was_said(database: Database) -> None:
    """Not before, and not once it has opened."""
    async with database.unit(NOW) as unit:
        letter = await a_letter(unit)
        due = NOW + 30 * DAY
        assert list(await unit.capsules.due(due - timedelta(seconds=1), 9)) == []
        assert list(await unit.capsules.due(due, 9)) == [letter]
        waits = replace(letter, look_at=due + timedelta(hours=1))
        await unit.capsules.save(waits)
        assert list(await unit.capsules.due(due, 9)) == []
        assert list(await unit.capsules.due(due + timedelta(hours=1), 9)) == [waits]
        await unit.capsules.save(replace(waits, opened_at=due))
        assert list(await unit.capsules.due(due + DAY, 9)) == []


async def test_it_goes_with_its_author_s_word_and_with_its_author(database: Database) -> None:
    """Each way leaves nothing of it."""
    for way in ("destroyed", "forgotten"):
        async with database.unit(NOW) as unit:
            letter = await a_letter(unit)
        async with database.unit(NOW) as unit:
            if way == "destroyed":
                await unit.capsules.destroy(letter.id)
            else:
                await unit.partners.forget(letter.author)
        async with database.unit(NOW) as unit:
            assert list(await unit.capsules.due(NOW + 60 * DAY, 9)) == [], way
            assert await unit.capsules.own(letter.author, letter.id) is None, way
