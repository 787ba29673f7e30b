"""A unit of work holds nobody twice: what it has loaded or saved is what it gives, as the database would."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_house import BROKEN, NOW, House, a_couple, a_draft, a_message, a_partner, a_round

from bot.messages import MessageKind, Sent
from bot.practice.couple import Couple
from bot.practice.draft import Draft
from bot.practice.ids import RoundId, TalkId
from bot.practice.partner import Partner
from bot.practice.round import Round, RoundState, Slot, seal
from bot.practice.talk import Talk, TalkKind, TalkState
from storage.database import Database
from storage.engine import Visit, asking
from storage.errors import Undone
from storage.known import FEW, Known
from storage.unit import Unit

K = MessageKind
SECOND = timedelta(seconds=1)


class OddError(Exception):
    """Something that went wrong."""


async def test_whoever_is_asked_for_twice_is_the_same(database: Database) -> None:
    """By id, by chat, by couple; a round by id and as the newest."""
    async with database.unit(NOW) as unit:
        couple, one, _ = await a_couple(unit)
        made = await a_round(unit, couple)
    async with database.unit(NOW) as unit:
        partner = await unit.partners.get(one.id)
        assert await unit.partners.by_chat(one.chat) is partner
        assert await unit.partners.find(one.id) is partner
        found = await unit.couples.of(one.id)
        assert await unit.couples.get(couple.id) is found
        assert await unit.rounds.latest(couple.id) is await unit.rounds.get(made.id)


async def test_who_writes_is_met_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """With their couple, its other partner, its newest round and what is held for them: one visit for all."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        made = await a_round(unit, couple)
        await unit.outbox.put(a_message(one, kind=K.REVEAL_FRAME, due=NOW + SECOND))
        await unit.words.save(a_draft(unit, made, one.id, "on the bus"))
        written = await unit.words.own(one.id, made.id, Slot.REFLECTION)
    visits = count_visits(database, monkeypatch)
    async with database.unit(NOW) as unit:
        assert await unit.updates.record_all({1: one.chat, 2: one.chat, 3: 5, 4: None}) == {1, 2, 3, 4}
        assert len(visits) == 1
        assert await unit.partners.by_chat(one.chat) == one
        assert await unit.partners.get(two.id) == two
        assert await unit.couples.of(one.id) == couple
        assert await unit.rounds.latest(couple.id) == made
        assert await unit.words.own(one.id, made.id, Slot.REFLECTION) == written
        assert await unit.partners.by_chat(5) is None
        assert await unit.outbox.hasten(one.id, (K.REVEAL_FRAME,)) == 1
        assert len(visits) == 1
    assert len(visits) == 2
    async with database.unit(NOW) as unit:
        assert [row.message.kind for row in await unit.spool.lease(9)] == [K.REVEAL_FRAME]


def count_visits(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[Visit]:
    """Note each visit to the database's thread."""
    visits: list[Visit] = []
    make = database._engine.make

    async def counted(visit: Visit) -> None:
        visits.append(visit)
        await make(visit)

    monkeypatch.setattr(database._engine, "make", counted)
    return visits


async def test_somebody_without_a_couple_is_met_too(database: Database) -> None:
    """What is not there is known not to be there."""
    async with database.unit(NOW) as unit:
        alone = a_partner(unit)
        await unit.partners.add(alone)
    async with database.unit(NOW) as unit:
        await unit.updates.record_all({1: alone.chat})
        assert await unit.partners.by_chat(alone.chat) == alone
        assert await unit.couples.of(alone.id) is None


async def test_whom_messages_are_about_is_loaded_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two people, their couple, its round and the newest one: one visit, whoever is gone included."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        made = await a_round(unit, couple)
        gone = a_partner(unit)
    visits = count_visits(database, monkeypatch)
    async with database.unit(NOW) as unit:
        about = a_message(one, about=two.id, couple=couple.id, round=made.id)
        await unit.recall([about, a_message(two, about=gone.id)])
        assert await unit.partners.find(one.id) == one
        assert await unit.partners.find(two.id) == two
        assert await unit.partners.find(gone.id) is None
        assert await unit.couples.get(couple.id) == couple
        assert await unit.rounds.find(made.id) == made
        assert await unit.rounds.latest(couple.id) == made
        assert len(visits) == 1
        await unit.recall([about])
        assert len(visits) == 1


async def test_what_stands_in_a_chat_is_read_in_one_look(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same as is read one by one, until something of it changes: then it's read again."""
    async with database.unit(NOW) as unit:
        one = a_partner(unit)
        await unit.partners.add(one)
        await unit.outbox.put(a_message(one, kind=K.ASK_HOUR), a_message(one, kind=K.HELP))
        asked, helped = await unit.spool.lease(9)
        await unit.spool.settle(asked.id, Sent(5))
        await unit.spool.settle(helped.id, Sent(6))
    async with database.unit(NOW + SECOND) as unit:
        apart = (
            await unit.outbox.standing(one.id, [K.ASK_HOUR]),
            await unit.outbox.newest(one.id, [K.HELP, K.ASK_HOUR]),
            await unit.outbox.shown_last(one.id),
        )
    assert (len(apart[0]), [shown.kind for shown in apart[1]], apart[2][0]) == (1, [K.HELP, K.ASK_HOUR], 6)
    visits = count_visits(database, monkeypatch)
    async with database.unit(NOW + SECOND) as unit:
        await unit.outbox.look(one.id, standing=[K.ASK_HOUR], newest=[K.HELP, K.ASK_HOUR])
        assert apart == (
            await unit.outbox.standing(one.id, [K.ASK_HOUR]),
            await unit.outbox.newest(one.id, [K.HELP, K.ASK_HOUR]),
            await unit.outbox.shown_last(one.id),
        )
        assert len(visits) == 1
        await unit.outbox.gone(one.id, [5])
        assert await unit.outbox.standing(one.id, [K.ASK_HOUR]) == []


async def test_a_copy_of_what_is_withdrawn_may_stand_there_after_a_look(database: Database) -> None:
    """It was on its way once, and came back: after it's withdrawn it may stand there, until that is known."""
    async with database.unit(NOW) as unit:
        one = a_partner(unit)
        await unit.partners.add(one)
        await unit.outbox.put(a_message(one, kind=K.ASK_HOUR))
        await unit.spool.lease(9)
    async with database.unit(NOW) as unit:
        await unit.spool.release()
    async with database.unit(NOW) as unit:
        await unit.outbox.look(one.id, standing=[K.ASK_HOUR], newest=[K.HELP])
        assert await unit.outbox.standing(one.id, [K.ASK_HOUR]) == []
        await unit.outbox.withdraw(to=one.id, kinds=[K.ASK_HOUR])
        [copy] = await unit.outbox.standing(one.id, [K.ASK_HOUR])
        assert copy.number is None
        await unit.outbox.look(one.id, standing=[K.ASK_HOUR], newest=[K.HELP])
        await unit.outbox.certain(one.id, [copy.row])
        assert await unit.outbox.standing(one.id, [K.ASK_HOUR]) == []


async def test_two_read_each_others_words_through_the_seal(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one visit, and nothing before both have sealed."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        made = await a_round(unit, couple)
        for author in (one, two):
            draft = a_draft(unit, made, author.id, f"by {author.chat}")
            await unit.words.save(replace(draft, committed_at=NOW))
        sealed = seal(made, one.id, NOW)
        await unit.rounds.save(sealed)
    visits = count_visits(database, monkeypatch)
    async with database.unit(NOW) as unit:
        found = await unit.rounds.get(made.id)
        assert await unit.words.exchange(one.id, two.id, made.id, Slot.REFLECTION) == (None, None)
        await unit.rounds.save(seal(found, two.id, NOW))
        before = len(visits)
        first, second = await unit.words.exchange(one.id, two.id, made.id, Slot.REFLECTION)
        assert len(visits) == before + 1
        assert first is not None
        assert second is not None
        assert [piece.text for piece in first.pieces] == [f"by {two.chat}"]
        assert [piece.text for piece in second.pieces] == [f"by {one.chat}"]
        assert await unit.words.read(one.id, two.id, made.id, Slot.REFLECTION) is first
        await unit.couples.save(replace(couple, parted_at=NOW, next_opening=None))
        assert await unit.words.read(one.id, two.id, made.id, Slot.REFLECTION) is None
        assert await unit.words.exchange(one.id, two.id, made.id, Slot.REFLECTION) == (None, None)


@pytest.mark.sqlite
async def test_a_reader_writes_nothing_and_begins_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rendering a message is one visit, not three."""
    async with database.unit(NOW) as unit:
        _, one, _ = await a_couple(unit)
    visits = count_visits(database, monkeypatch)
    async with database.unit(NOW) as unit, unit.savepoint():
        await unit.partners.get(one.id)
    assert [step.sql.split()[0] for visit in visits for step in visit._steps] == ["SELECT"]


class Life:
    """A couple, a partner and a round, changed and asked for; `asked` is what was given."""

    def __init__(self, unit: Unit, couple: Couple, one: Partner, round_: Round, *, forgetful: bool) -> None:
        self.unit = unit
        self.ids = couple.id, one.id, round_.id
        self.chat = one.chat
        self.forgetful = forgetful
        self.asked: list[Any] = []

    async def act(self, act: str, number: int) -> None:
        """Change something, or ask; whoever is forgetful asks the database every time."""
        couple, one, round_ = self.ids
        if self.forgetful:
            self.unit.context.known.forget()
        match act:
            case "ask":
                self.asked += [await self.unit.partners.get(one), await self.unit.partners.by_chat(self.chat)]
                self.asked += [await self.unit.couples.get(couple), await self.unit.couples.of(one)]
                self.asked += [await self.unit.rounds.get(round_), await self.unit.rounds.latest(couple)]
                self.asked += [await self.unit.rounds.latest_shown(couple)]
                self.asked += [await self.unit.words.own(one, round_, Slot.REFLECTION)]
            case "rename":
                found = await self.unit.partners.get(one)
                await self.unit.partners.save(replace(found, name=f"Name {number}", depth=1 + number % 3))
            case "keep":
                found_couple = await self.unit.couples.get(couple)
                await self.unit.couples.save(replace(found_couple, kept=number))
            case "part":
                found_couple = await self.unit.couples.get(couple)
                parted = replace(found_couple, parted_at=NOW + number * SECOND, next_opening=None)
                await self.unit.couples.save(parted)
            case "move":
                found_round = await self.unit.rounds.get(round_)
                await self.unit.rounds.save(replace(found_round, state=list(RoundState)[number % 6]))
            case "open":
                newest = await self.unit.rounds.latest(couple)
                assert newest is not None
                opened = replace(
                    newest,
                    id=RoundId(self.unit.new_id()),
                    ordinal=newest.ordinal + 1,
                    local_date=newest.local_date + timedelta(days=number % 2),
                )
                await self.unit.rounds.add(replace(opened, id=RoundId(round_ + opened.ordinal)))
            case "write":
                draft = a_draft(self.unit, await self.unit.rounds.get(round_), one, f"words {number}")
                await self.unit.words.save(replace(draft, version=number))
                self.asked.append(draft.pieces[0].text)
            case "delete":
                self.asked.append(await self.unit.words.delete(one, round_))

    async def play(self, plan: list[Any]) -> None:
        """Act by a plan: an act with its number, or a savepoint that fails or not, with a plan of its own."""
        for what, number, inner in plan:
            if what != "savepoint":
                await self.act(what, number)
                continue
            try:
                async with self.unit.savepoint():
                    await self.play(inner)
                    fail(fails=bool(number % 2))
            except OddError:
                await self.act("ask", 0)


def fail(*, fails: bool) -> None:
    """Go wrong, or not."""
    if fails:
        raise OddError


ACTS = st.sampled_from(["ask", "ask", "rename", "keep", "part", "move", "open", "write", "delete"])
PLANS: st.SearchStrategy[list[Any]] = st.recursive(
    st.lists(st.tuples(ACTS, st.integers(0, 9), st.just([])), max_size=6),
    lambda inner: st.lists(
        st.tuples(ACTS, st.integers(0, 9), st.just([]))
        | st.tuples(st.just("savepoint"), st.integers(0, 9), inner),
        max_size=6,
    ),
    max_leaves=4,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=PLANS, prompt=st.booleans())
async def test_what_a_unit_knows_is_what_the_database_holds(
    database: Database,
    plan: list[Any],
    prompt: bool,  # noqa: FBT001 (drawn)
) -> None:
    """Whatever is saved, and rolled back to whichever savepoint: the same answers, put off or prompt."""
    asked = []
    for forgetful in (False, True):
        async with database.unit(NOW) as unit:
            couple, one, _ = await a_couple(unit, name="A", username=None)
            made = await a_round(unit, couple)
        async with database.unit(NOW, prompt=prompt and not forgetful) as unit:
            life = Life(unit, couple, one, made, forgetful=forgetful)
            await life.play([*plan, ("ask", 0, [])])
        async with database.unit(NOW) as unit:
            after = Life(unit, couple, one, made, forgetful=True)
            await after.act("ask", 0)
        assert life.asked[-8:] == after.asked
        asked.append([without_ids(value, couple, one, made) for value in life.asked])
    assert asked[0] == asked[1]


def without_ids(value: object, couple: Couple, one: Partner, made: Round) -> str:
    """Write a value down without what differs from couple to couple."""
    text = repr(value)
    for name, number in (("C", couple.id), ("A", one.id), ("B", couple.partners[1]), ("R", made.id)):
        text = text.replace(str(number), name)
    for after in range(1, 20):
        text = text.replace(str(made.id + after), f"R+{after}")
    return text.replace(f"chat={one.chat},", "chat,").partition("pieces=")[0]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=PLANS)
async def test_what_is_handed_on_is_what_the_database_holds(database: Database, plan: list[Any]) -> None:
    """Whoever begins with what a unit knew that has leased what it queued answers as the database does."""
    async with database.unit(NOW) as unit:
        couple, one, _ = await a_couple(unit, name="A", username=None)
        made = await a_round(unit, couple)
    database.carry(lambda _: lambda: None)
    async with database.unit(NOW) as unit:
        await Life(unit, couple, one, made, forgetful=False).play(plan)
        await unit.outbox.put(a_message(one))
    asked = []
    for forgetful in (False, True):
        async with database.unit(NOW) as unit:
            life = Life(unit, couple, one, made, forgetful=forgetful)
            await life.act("ask", 0)
        asked.append(life.asked)
    assert asked[0] == asked[1]


@pytest.mark.sqlite  # on a server others write meanwhile
async def test_what_was_leased_is_rendered_without_a_visit(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The unit that has queued it knows all of it; and so does the next, where nothing has changed."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        made = await a_round(unit, couple)
    database.carry(lambda _: lambda: None)
    queued = a_message(one, kind=K.DRAFT, about=two.id, couple=couple.id, round=made.id)
    async with database.unit(NOW) as unit:
        await unit.updates.record_all({1: one.chat})
        await unit.words.save(a_draft(unit, made, one.id, "on the bus"))
        await unit.outbox.put(queued)
    visits = count_visits(database, monkeypatch)
    for _ in range(2):
        async with database.unit(NOW) as unit:
            await unit.recall([queued])
            assert (await unit.words.own(one.id, made.id, Slot.REFLECTION)).pieces[0].text == "on the bus"
            assert await unit.rounds.latest(couple.id) == made
    assert visits == []


@pytest.mark.sqlite
async def test_the_sending_takes_nothing_of_it_away(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two messages of an answer one is settled; what changes more than that does take it away."""
    async with database.unit(NOW) as unit:
        _, one, _ = await a_couple(unit)
    database.carry(lambda _: lambda: None)
    async with database.unit(NOW) as unit:
        await unit.partners.get(one.id)
        await unit.outbox.put(a_message(one), a_message(one))
        rows = await unit.spool.lease(9)
    async with database.unit(NOW) as unit:
        await unit.spool.settle(rows[0].id, Sent(7))
    visits = count_visits(database, monkeypatch)
    async with database.unit(NOW) as unit:
        assert await unit.partners.get(one.id) == one
    assert visits == []
    async with database.unit(NOW) as unit:
        await unit.partners.save(replace(one, name="Ada"))
    del visits[:]
    async with database.unit(NOW) as unit:
        assert (await unit.partners.get(one.id)).name == "Ada"
    assert len(visits) == 1


@pytest.mark.sqlite
async def test_whoever_was_handed_on_is_met_in_one_visit(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other of the two writes right after: who they are is known, and still all of the rest is asked first."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        made = await a_round(unit, couple)
    database.carry(lambda _: lambda: None)
    async with database.unit(NOW) as unit:
        await unit.updates.record_all({1: one.chat})
        await unit.outbox.put(a_message(one))
    visits = count_visits(database, monkeypatch)
    async with database.unit(NOW) as unit:
        await unit.updates.record_all({2: two.chat})
        assert await unit.partners.by_chat(two.chat) == two
        assert await unit.couples.of(two.id) == couple
        assert await unit.words.own(two.id, made.id, Slot.REFLECTION) == Draft(
            made.id, two.id, Slot.REFLECTION
        )
        assert len(visits) == 1


async def test_a_crowd_is_not_kept_in_mind(database: Database) -> None:
    """What many people's openings knew is gone with them."""
    database.carry(lambda _: lambda: None)
    async with database.unit(NOW) as unit:
        for _ in range(FEW):
            await a_couple(unit)
        await unit.outbox.put(a_message((await a_couple(unit))[1]))
    assert database._handed_on == Known()


async def test_a_talk_is_loaded_beside_the_rounds(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is open to somebody is one visit."""
    async with database.unit(NOW) as unit:
        couple, _, _ = await a_couple(unit)
        made = await a_round(unit, couple)
    visits = count_visits(database, monkeypatch)
    async with database.unit(NOW) as unit:
        assert await unit.talks.live_beside_rounds(couple.id) == (None, [made], None)
        assert len(visits) == 1
    async with database.unit(NOW) as unit:
        id_, kind = TalkId(unit.new_id()), TalkKind.DIALOGUE
        going = Talk(id_, couple.id, kind, couple.partners, NOW, NOW, TalkState.GOING)
        await unit.talks.save(going)
        assert await unit.talks.live_beside_rounds(couple.id) == (going, [made], None)


async def test_a_round_is_known_as_it_is_stored(database: Database) -> None:
    """How many have passed its prompt over is counted anew: one who wrote after all has not."""
    async with database.unit(NOW) as unit:
        couple, _, _ = await a_couple(unit)
        made = await a_round(unit, couple)
        await unit.rounds.save(replace(made, passed=1))
        known = await unit.rounds.get(made.id)
    async with database.unit(NOW) as unit:
        assert await unit.rounds.get(made.id) == known


async def test_what_failed_hands_nothing_on(database: Database) -> None:
    """Who was renamed in a unit of work that was not kept has their name."""
    async with database.unit(NOW) as unit:
        _, one, _ = await a_couple(unit)
    database.carry(lambda _: lambda: None)
    with pytest.raises(OddError):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            await unit.partners.save(replace(one, name="Nobody"))
            await unit.outbox.put(a_message(one))
            raise OddError
    async with database.unit(NOW) as unit:
        assert await unit.partners.get(one.id) == one


async def test_a_statement_that_was_put_off_and_fails_loses_the_unit(
    house: House, database: Database
) -> None:
    """Whoever runs the next statement is not to blame, and nobody goes on with half of it."""
    with pytest.raises(Undone):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
            await unit.context.transaction.later(asking("INSERT INTO updates VALUES (:id, 0)", id=1))
            with pytest.raises(BROKEN):
                async with unit.savepoint():
                    await unit.partners.by_chat(5)
    assert house.outside("SELECT count(*) FROM updates") == [(0,)]


async def test_a_prompt_unit_fails_where_it_is_at_fault(house: House, database: Database) -> None:
    """So what fails is undone to its own savepoint, and the rest is kept."""
    async with database.unit(NOW, prompt=True) as unit:
        await unit.updates.record(1)
        with pytest.raises(BROKEN):  # noqa: PT012 (a savepoint is one block)
            async with unit.savepoint():
                await unit.updates.record(2)
                await unit.context.transaction.later(asking("INSERT INTO updates VALUES (:id, 0)", id=1))
        await unit.updates.record(3)
    assert house.outside("SELECT id FROM updates ORDER BY id") == [(1,), (3,)]


async def test_somebody_takes_part_before_the_commit_and_hears_of_it_after(
    house: House, database: Database
) -> None:
    """What they lease is theirs once it is committed; of a unit that rolls back they hear nothing."""
    leased: list[list[K]] = []
    woken: list[int] = []

    def ride(unit: Unit) -> Any:
        lease = unit.spool.ask(5)
        return lambda: leased.append([row.message.kind for row in lease.rows])

    before = database.changes
    database.carry(ride)
    database.on_queued(lambda: woken.append(1))
    async with database.unit(NOW) as unit:
        await unit.outbox.put(a_message(a_partner(unit), kind=K.HELP))
    with pytest.raises(OddError):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            await unit.outbox.put(a_message(a_partner(unit), kind=K.TODAY))
            raise OddError
    async with database.unit(NOW) as unit:
        await unit.updates.record(1)
    assert leased == [[K.HELP]]
    assert database.changes == 2 + before, "what the sending alone changes does not count"
    assert woken == []
    assert house.outside("SELECT kind, state FROM outbox") == [("help", "leased")]
