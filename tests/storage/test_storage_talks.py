"""Talks and their words: as private as any, read through two gates, and gone with the talk or their author."""

from dataclasses import replace

import pytest
from storage_house import BROKEN, DAY, NOW, House, a_couple

from bot.practice.couple import Couple
from bot.practice.dialogue import Move, Stage
from bot.practice.draft import Piece, PieceKind
from bot.practice.ids import PieceId, TalkId
from bot.practice.saying import Saying
from bot.practice.talk import LASTS, Talk, TalkKind, TalkState
from storage.database import Database
from storage.sweep import put_right, sweep
from storage.unit import Unit

WORDS, FILE = "I never told you about the lighthouse", "AgADfile-id-of-a-picture"


async def a_talk(unit: Unit, couple: Couple, kind: TalkKind = TalkKind.DIALOGUE) -> Talk:
    """Store a talk that goes."""
    made = Talk(TalkId(unit.new_id()), couple.id, kind, couple.partners, NOW, NOW, TalkState.GOING)
    await unit.talks.save(made)
    return made


async def said(unit: Unit, talk: Talk, seat: int = 0, step: int = 0, *, sent: bool = True) -> Saying:
    """Store what one of the two wrote for a step."""
    piece = Piece(PieceId(unit.new_id()), PieceKind.PHOTO, WORDS, 7, FILE, covered=True)
    made = Saying(talk.id, talk.partners[seat], step, "speak", 1, (piece,), NOW if sent else None)
    await unit.talks.write(made)
    return made


async def test_a_talk_comes_back_as_it_was(database: Database) -> None:
    """With everything that moves it, and its words."""
    async with database.unit(NOW) as unit:
        couple, *_ = await a_couple(unit)
        talk = await a_talk(unit, couple)
        talk = replace(
            talk, state=TalkState.PAUSED, back_at=NOW + DAY, stage=Stage(Move.CHECK, 1, 7), keeps=(True, None)
        )
        talk = replace(talk, sealed=(2, 1), asked=0)
        await unit.talks.save(talk)
        words = await said(unit, talk)
    async with database.unit(NOW) as unit:
        assert await unit.talks.find(talk.id) == talk
        assert await unit.talks.live(couple.id) == talk
        assert await unit.talks.last(couple.id) == talk
        assert await unit.talks.unfinished(couple.id) == [talk]
        assert await unit.talks.own(couple.partners[0], talk, 0) == words
        assert await unit.talks.read(couple.partners[1], couple.partners[0], talk, 0) == words
        assert await unit.talks.by_source(couple.partners[0], 7) == (talk.id, 0)
        assert await unit.talks.next_due() == NOW + DAY
        assert await unit.talks.due(NOW + DAY, 9) == [talk.id]
        assert await unit.talks.due(NOW, 9) == []


async def test_the_other_reads_what_was_sent_and_opened(database: Database) -> None:
    """And nothing else: not a draft, not a card that waits, nothing after parting; a stranger never."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        _, stranger, _ = await a_couple(unit)
        talk = await a_talk(unit, couple, TalkKind.REPAIR)
        await said(unit, talk, 0, 0, sent=False)
        assert await unit.talks.said(two.id, talk) == []
        mine = [await said(unit, talk, 0, step) for step in (0, 1)]
        assert await unit.talks.said(two.id, talk) == []
        await unit.talks.save(replace(talk, sealed=(2, 1)))
        assert await unit.talks.said(two.id, talk) == mine[:1]
        assert await unit.talks.said(one.id, talk) == mine
        assert await unit.talks.said(stranger.id, talk) == []
        await unit.couples.save(replace(couple, parted_at=NOW))
        assert await unit.talks.said(two.id, talk) == []


@pytest.mark.sqlite
async def test_what_is_over_leaves_no_byte(house: House) -> None:
    """In no file, in the clear or sealed."""
    async with house.open() as database:
        async with database.unit(NOW) as unit:
            couple, *_ = await a_couple(unit)
            talk = await a_talk(unit, couple)
            await said(unit, talk)
        (body, file) = house.outside("SELECT body, file FROM said_pieces")[0]
        assert house.holding(body)
        assert house.holding(WORDS.encode()) == house.holding(FILE.encode()) == []
        async with database.unit(NOW) as unit:
            await unit.talks.save(replace(talk, state=TalkState.OVER))
        assert house.holding(body) == house.holding(file) == []
        assert house.outside("SELECT count(*) FROM sayings") == [(0,)]


async def test_forgetting_takes_ones_words_and_what_was_under_way(database: Database) -> None:
    """Of what was kept, the other's own stay theirs."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        kept = await a_talk(unit, couple)
        for seat in (0, 1):
            await said(unit, kept, seat, seat)
        kept = replace(kept, state=TalkState.KEPT)
        await unit.talks.save(kept)
        going = await a_talk(unit, couple)
        await said(unit, going, 1)
        await unit.partners.forget(one.id)
    async with database.unit(NOW) as unit:
        assert [found.step for found in await unit.talks.said(two.id, kept)] == [1]
        assert await unit.talks.said(two.id, going) == []
        assert await unit.talks.live(couple.id) is None
        assert await unit.talks.kept(two.id, 9) == [kept]
        assert await unit.talks.mine(two.id) == [kept]
        assert await unit.talks.next_due() is None


async def test_a_couple_has_one_live_talk(database: Database) -> None:
    """Whatever whoever asks does."""
    async with database.unit(NOW) as unit:
        couple, *_ = await a_couple(unit)
        await a_talk(unit, couple)
    with pytest.raises(BROKEN):
        await _another(database, couple)


async def _another(database: Database, couple: Couple) -> None:
    async with database.unit(NOW) as unit:
        await a_talk(unit, couple)


async def test_what_is_over_is_swept_after_a_day(database: Database) -> None:
    """And what a clock that was ahead has noted is looked at now."""
    async with database.unit(NOW) as unit:
        couple, *_ = await a_couple(unit)
        over = replace(await a_talk(unit, couple), state=TalkState.OVER)
        await unit.talks.save(over)
        ahead = replace(await a_talk(unit, couple), moved_at=NOW + 300 * DAY)
        await unit.talks.save(ahead)
    async with database.unit(NOW + DAY) as unit:
        await sweep(unit, 99)
        assert await unit.talks.find(over.id) == over
        assert await unit.talks.due(NOW + LASTS, 9) == []
        await put_right(unit, 99)
        assert await unit.talks.due(NOW + DAY, 9) == [ahead.id]
    async with database.unit(NOW + 2 * DAY) as unit:
        await sweep(unit, 99)
        assert await unit.talks.find(over.id) is None
