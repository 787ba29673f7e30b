"""Rounds and words: what is not revealed can't be read, by two gates that do not know of each other."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_house import DAY, NOW, House, a_couple, a_draft, a_partner, a_round

from bot.practice import reveal
from bot.practice import round as rules
from bot.practice.draft import Draft, Piece, PieceKind
from bot.practice.ids import PartnerId, PieceId, RoundId
from bot.practice.round import Nearby, Round, RoundState, Slot, Turn
from bot.practice.thread import Heard, ThreadState
from storage.database import Database
from storage.words import _READ

each_in_turn = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
TEXTS = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
MOMENTS = st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (Hypothesis adds the zone)


def a_turn(partner: PartnerId) -> st.SearchStrategy[Turn]:
    """Draw a partner's turn."""
    threads, heard = st.sampled_from(ThreadState), st.none() | st.sampled_from(Heard)
    marks = dict.fromkeys(("on_page", "heavy", "page_yes"), st.booleans())
    together = st.none() | st.sampled_from(Nearby)
    marked = {**marks, "together": together, "together_at": MOMENTS}
    return st.builds(Turn, st.just(partner), MOMENTS, st.booleans(), threads, heard, st.booleans(), **marked)


def turns(one: PartnerId, two: PartnerId) -> st.SearchStrategy[tuple[Turn, Turn]]:
    """Draw both partners' turns."""
    return st.tuples(a_turn(one), a_turn(two))


def stored(round_: Round) -> Round:
    """Count whoever has passed the prompt over, as is done when a round is stored."""
    return replace(round_, passed=rules.passed_over(round_))


@each_in_turn
@given(data=st.data())
async def test_a_round_comes_back_as_stored(database: Database, data: st.DataObject) -> None:
    """When added, and when its state and turns have changed."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        made = await a_round(
            unit,
            couple,
            turns=data.draw(turns(one.id, two.id)),
            swapped=data.draw(st.booleans()),
            arc=data.draw(st.none() | st.just("arc-1")),
            ordinal=data.draw(st.integers(0, 999)),
        )
    async with database.unit(NOW) as unit:
        assert await unit.rounds.get(made.id) == stored(made)
        changed = replace(
            made,
            turns=data.draw(turns(one.id, two.id)),
            state=data.draw(st.sampled_from(RoundState)),
            revealed_at=data.draw(MOMENTS),
            ended_at=data.draw(MOMENTS),
        )
        await unit.rounds.save(changed)
    async with database.unit(NOW) as unit:
        assert await unit.rounds.find(made.id) == stored(changed)
        assert await unit.rounds.latest(couple.id) == stored(changed)


async def test_a_date_has_one_round(house: House, database: Database) -> None:
    """The second is not stored, and nothing of it is: no turns, no prompt seen."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        first = await a_round(unit, couple)
        second = replace(first, id=RoundId(unit.new_id()), prompt="good-2")
        await unit.rounds.add(second)
        assert await unit.rounds.find(second.id) is None
        assert await unit.rounds.seen([one.id, two.id]) == {"good-1": NOW}
    assert house.outside("SELECT count(*) FROM turns") == [(2,)]


async def test_rounds_are_found_newest_first(database: Database) -> None:
    """The latest, the latest that was shown, a few, and none of another couple's."""
    async with database.unit(NOW) as unit:
        couple, *_ = await a_couple(unit)
        other, *_ = await a_couple(unit)
        assert await unit.rounds.latest(couple.id) is None
        assert await unit.rounds.latest_shown(couple.id) is None
        with pytest.raises(LookupError):
            await unit.rounds.get(RoundId(1))
        made = [
            await a_round(
                unit, couple, ordinal=n, local_date=(NOW + n * DAY).date(), arc=f"arc-{n}" if n % 2 else None
            )
            for n in range(4)
        ]
        last = await a_round(unit, other, ordinal=9, arc="arc-other")
        complete = replace(made[1], state=RoundState.COMPLETE, revealed_at=NOW)
        revealed = replace(made[2], state=RoundState.REVEALED, revealed_at=NOW + DAY)
        await unit.rounds.save(complete)
        assert await unit.rounds.latest_shown(couple.id) == complete
        await unit.rounds.save(revealed)
        assert await unit.rounds.latest_shown(couple.id) == revealed
        late = replace(made[0], state=RoundState.REVEALED, revealed_at=NOW + 2 * DAY)
        await unit.rounds.save(late)
        assert await unit.rounds.latest_shown(couple.id) == late
        assert await unit.rounds.live(couple.id) == [made[3], revealed, late]
        assert await unit.rounds.live_and_shown(couple.id) == ([made[3], revealed, late], late)
        assert {r.id for r in await unit.rounds.revealed_of([couple.id, other.id])} == {revealed.id, late.id}
        assert await unit.rounds.latest(couple.id) == made[3]
        assert await unit.rounds.recent(couple.id, 3) == [made[3], revealed, complete]
        assert {round_.id for round_ in await unit.rounds.newest_of([couple.id, other.id])} == {
            made[3].id,
            last.id,
        }


async def test_seen_prompts_are_of_any_of_the_two_with_whomever(database: Database) -> None:
    """And tell when last."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        await a_round(unit, couple, prompt="a")
        await unit.couples.save(replace(couple, parted_at=NOW, next_opening=None))
        three = a_partner(unit)
        await unit.partners.add(three)
    async with database.unit(NOW + DAY) as unit:
        again, *_ = await a_couple(unit)
        later = replace(again, partners=(two.id, three.id))
        pair = (Turn(two.id), Turn(three.id))
        await a_round(unit, later, prompt="b", turns=pair)
        await a_round(unit, later, prompt="a", turns=pair, local_date=NOW.date())
        assert await unit.rounds.seen([one.id]) == {"a": NOW}
        assert await unit.rounds.seen([one.id, three.id]) == {"a": NOW + DAY, "b": NOW + DAY}
        assert await unit.rounds.seen([]) == {}


PIECES = st.lists(
    st.builds(
        lambda kind, text, source, file: Piece(PieceId(0), kind, text, source, file),
        st.sampled_from(PieceKind),
        TEXTS,
        st.integers(1, 2**31),
        st.none() | TEXTS,
    ),
    max_size=4,
)


@each_in_turn
@given(first=PIECES, then=PIECES, slot=st.sampled_from(Slot), committed=MOMENTS)
async def test_words_come_back_as_written(
    database: Database, first: list[Piece], then: list[Piece], slot: Slot, committed: datetime | None
) -> None:
    """Any text and any file id, in their order; a draft that is saved again takes the old one's place."""
    async with database.unit(NOW) as unit:
        couple, one, _ = await a_couple(unit)
        round_ = await a_round(unit, couple)
        empty = Draft(round_.id, one.id, slot)
        assert await unit.words.own(one.id, round_.id, slot) == empty
        for version, drawn in enumerate((first, then), 1):
            pieces = tuple(replace(piece, id=PieceId(unit.new_id())) for piece in drawn)
            draft = replace(empty, version=version, pieces=pieces, committed_at=committed)
            await unit.words.save(draft)
            assert await unit.words.own(one.id, round_.id, slot) == draft
            assert await unit.words.read(one.id, one.id, round_.id, slot) == draft
            for piece in pieces:
                assert await unit.words.by_source(one.id, piece.source) == (round_.id, slot)


async def test_a_part_is_found_by_the_message_it_came_in(database: Database) -> None:
    """An author's own message, that is: the newest part of it."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        early = await a_round(unit, couple)
        late = await a_round(unit, couple, local_date=(NOW + DAY).date(), ordinal=1)
        await unit.words.save(a_draft(unit, early, one.id, "a"))
        await unit.words.save(a_draft(unit, late, one.id, "a", slot=Slot.RESPONSE))
        assert await unit.words.by_source(one.id, 1) == (late.id, Slot.RESPONSE)
        assert await unit.words.by_source(one.id, 2) is None
        assert await unit.words.by_source(two.id, 1) is None


async def test_words_without_an_author_are_refused(database: Database) -> None:
    """Nobody's key could seal them."""
    async with database.unit(NOW) as unit:
        couple, *_ = await a_couple(unit)
        round_ = await a_round(unit, couple)
        with pytest.raises(LookupError):
            await unit.words.save(a_draft(unit, round_, PartnerId(1), "hello"))


async def store_state(
    database: Database,
    state: RoundState,
    sealed: tuple[bool, bool],
    *,
    committed: bool,
    parted: bool,
    slot: Slot,
) -> tuple[Round, PartnerId, PartnerId, PartnerId]:
    """Store a couple's round in any state, possible or not, with the first partner's words in it."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        _, stranger, _ = await a_couple(unit)
        marks = [NOW if mark else None for mark in sealed]
        made = await a_round(unit, couple, turns=(Turn(one.id, marks[0]), Turn(two.id, marks[1])))
        changed = replace(made, state=state)
        await unit.rounds.save(changed)
        draft = a_draft(unit, changed, one.id, "what I wrote", slot=slot)
        await unit.words.save(replace(draft, committed_at=NOW if committed else None))
        if parted:
            await unit.couples.save(replace(couple, parted_at=NOW, next_opening=None))
    return changed, one.id, two.id, stranger.id


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    state=st.sampled_from(RoundState),
    sealed=st.tuples(st.booleans(), st.booleans()),
    committed=st.booleans(),
    parted=st.booleans(),
    slot=st.sampled_from(Slot),
)
async def test_the_seal_holds(
    database: Database,
    *,
    state: RoundState,
    sealed: tuple[bool, bool],
    committed: bool,
    parted: bool,
    slot: Slot,
) -> None:
    """In any state, reading gives what the one rule allows; and the SQL alone gives no more than that."""
    round_, author, partner, stranger = await store_state(
        database, state, sealed, committed=committed, parted=parted, slot=slot
    )
    async with database.unit(NOW) as unit:
        for reader in (author, partner, stranger):
            allowed = reveal.may_read(reader, author, round_, slot, committed=committed, parted=parted)
            found = await unit.words.read(reader, author, round_.id, slot)
            assert (found is not None) == allowed
            rows = await unit.context.transaction.rows(
                _READ, reader=reader, author=author, round=round_.id, slot=slot.value
            )
            assert bool(rows) == allowed
        assert await unit.words.read(author, partner, round_.id, slot) is None  # nothing was written


async def test_the_rule_is_asked_even_where_the_rows_are_there(house: House, database: Database) -> None:
    """The gates are two: were a turn's seal lost, or a member added, the rule would still say no."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        round_ = await a_round(unit, couple, turns=(Turn(one.id, NOW), Turn(two.id, NOW)))
        await unit.rounds.save(replace(round_, state=RoundState.REVEALED))
        stranger = (await a_couple(unit))[1]
        await unit.words.save(replace(a_draft(unit, round_, one.id, "hello"), committed_at=NOW))
    with house.tampering() as outside:
        outside.execute(
            "INSERT INTO turns (round_id, seat, partner_id, sealed_at, declined, thread, talked)"
            " VALUES (?, 2, ?, 1, 0, 'quiet', 0)",
            (round_.id, stranger.id),
        )
    async with database.unit(NOW) as unit:
        assert await unit.words.read(two.id, one.id, round_.id, Slot.REFLECTION)
        assert await unit.words.read(stranger.id, one.id, round_.id, Slot.REFLECTION) is None


async def test_words_that_were_changed_after_the_seal_are_not_read(database: Database) -> None:
    """A change makes a draft that is not committed; sealing it again opens it again."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        round_ = await a_round(unit, couple, turns=(Turn(one.id, NOW), Turn(two.id, NOW)))
        await unit.rounds.save(replace(round_, state=RoundState.REVEALED))
        draft = replace(a_draft(unit, round_, one.id, "hello"), committed_at=NOW)
        await unit.words.save(draft)
        assert await unit.words.read(two.id, one.id, round_.id, Slot.REFLECTION) == draft
        await unit.words.save(replace(draft, version=2, committed_at=None))
        assert await unit.words.read(two.id, one.id, round_.id, Slot.REFLECTION) is None
        assert await unit.words.read(two.id, one.id, RoundId(1), Slot.REFLECTION) is None


async def test_a_journal_is_of_ones_own_words(database: Database) -> None:
    """With whomever, newest first; found in any case; and gone from the files where they are deleted."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        rounds = [await a_round(unit, couple, local_date=(NOW + n * DAY).date(), ordinal=n) for n in range(4)]
        for round_, text in zip(rounds[:3], ("By the SEA", "a walk", "the sea again"), strict=True):
            await unit.words.save(a_draft(unit, round_, one.id, text, "and more"))
        await unit.words.save(a_draft(unit, rounds[3], two.id, "sea, theirs"))
        await unit.words.save(a_draft(unit, rounds[3], one.id))  # started over: nothing is in it
        newest, walk, oldest = rounds[2].id, rounds[1].id, rounds[0].id
        assert await unit.words.written(one.id, 9) == [newest, walk, oldest]
        assert await unit.words.written(one.id, 1, 1) == [walk]
        assert await unit.words.search(one.id, "sEa", 9) == [newest, oldest]
        assert await unit.words.search(one.id, "and", 2) == [newest, walk]
        assert await unit.words.search(one.id, "theirs", 9) == []


async def test_deleted_words_leave_the_files(house: House, database: Database) -> None:
    """Their sealed bytes too, and the log; deleting nothing is nothing."""
    async with database.unit(NOW) as unit:
        couple, one, _ = await a_couple(unit)
        round_ = await a_round(unit, couple)
        await unit.words.save(a_draft(unit, round_, one.id, "a", "b"))
    bodies = [body for (body,) in house.outside("SELECT body FROM pieces")]
    async with database.unit(NOW) as unit:
        assert await unit.words.delete(one.id, round_.id) == 2
        assert await unit.words.delete(one.id, round_.id) == 0
        assert (await unit.words.own(one.id, round_.id, Slot.REFLECTION)).pieces == ()
    assert not any(house.holding(body) for body in bodies)


async def test_rounds_whose_two_weeks_are_over_are_found_until_they_have_lapsed(database: Database) -> None:
    """To the instant, the earliest first; not what was revealed, and not what is some day's still."""
    async with database.unit(NOW) as unit:
        couple, *_ = await a_couple(unit)
        made = [await a_round(unit, couple, ordinal=n, local_date=(NOW + n * DAY).date()) for n in range(5)]
        assert await unit.rounds.next_closing() is None
        ends = [NOW, NOW - DAY, NOW + DAY, NOW - DAY]
        late = [replace(r, closes_at=end) for r, end in zip(made, ends, strict=False)]
        await unit.rounds.save_all([*late[:3], replace(late[3], state=RoundState.REVEALED, revealed_at=NOW)])
        assert await unit.rounds.next_closing() == NOW - DAY
        assert await unit.rounds.closing(9) == ([late[1], late[0]], NOW - DAY)
        assert await unit.rounds.closing(1) == ([late[1]], NOW - DAY)
        await unit.rounds.save_all([rules.as_of(round_, NOW) for round_ in late[:3]])
        assert await unit.rounds.closing(9) == ([], NOW + DAY)
        assert await unit.rounds.next_closing() == NOW + DAY
        assert (await unit.next_due())[:3] == (await unit.couples.next_due(), NOW + DAY, None)
