"""A unit of work is kept whole or not at all, one at a time, whatever interrupts it."""

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from storage_house import HOUR, NOW, House, a_couple, a_message, a_partner

from bot.messages import Sent
from storage.database import Database
from storage.engine import undisturbed
from storage.errors import Undone
from storage.unit import Unit

COUNT = "SELECT count(*) FROM updates"


class OddError(Exception):
    """Something that went wrong."""


async def test_a_finished_unit_is_committed(house: House, database: Database) -> None:
    """Another connection sees the row at once."""
    async with database.unit(NOW) as unit:
        assert unit.now == NOW
        assert await unit.updates.record(7)
        assert house.outside(COUNT) == [(0,)]
    assert house.outside("SELECT id FROM updates") == [(7,)]


async def test_an_exception_rolls_back_and_is_raised_on(house: House, database: Database) -> None:
    """Nothing of the unit stays, and the next one works."""
    with pytest.raises(OddError):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            await unit.updates.record(7)
            raise OddError
    async with database.unit(NOW) as unit:
        await unit.updates.record(8)
    assert house.outside("SELECT id FROM updates") == [(8,)]


@pytest.mark.parametrize("turns", range(12))
async def test_a_cancelled_unit_leaves_no_row_and_frees_the_lock(
    house: House, database: Database, turns: int
) -> None:
    """Wherever the cancellation strikes: waiting for the lock, beginning, writing, committing."""
    written = asyncio.Event()

    async def work() -> None:
        async with database.unit(NOW) as unit:
            for number in range(100):
                await unit.updates.record(number)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.ensure_future(work())
    if turns == 0:
        await written.wait()
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.unit(NOW) as unit:
        await unit.updates.record(1000)
    assert house.outside("SELECT id FROM updates") == [(1000,)]


async def test_a_cancellation_during_the_commit_is_raised_after_it(house: House, database: Database) -> None:
    """What has been asked of the disk can't be taken back, and whoever sends is woken all the same."""
    woken = []
    database.on_queued(lambda: woken.append(1))

    async def work() -> None:
        async with database.unit(NOW) as unit:
            await unit.outbox.put(a_message(a_partner(unit)))
            task = asyncio.current_task()
            assert task is not None
            asyncio.get_running_loop().call_soon(task.cancel)

    with pytest.raises(asyncio.CancelledError):
        await asyncio.ensure_future(work())
    assert house.outside("SELECT count(*) FROM outbox") == [(1,)]
    assert woken == [1]


async def test_further_cancellations_do_not_interrupt_the_rollback(house: House, database: Database) -> None:
    """The lock is freed when the rollback is over, and not before."""
    failed = asyncio.Event()

    async def work() -> None:
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
            failed.set()
            raise OddError

    task = asyncio.ensure_future(work())
    await failed.wait()
    while task.cancel():  # noqa: ASYNC110 (each turn of the loop cancels)
        await asyncio.sleep(0)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not database._engine.in_transaction
    assert house.outside(COUNT) == [(0,)]


async def test_a_step_is_repeated_until_it_has_run_to_its_end() -> None:
    """A cancellation meanwhile is told afterwards, even one of whatever runs the step."""
    runs = []

    async def step() -> None:
        runs.append(asyncio.current_task())
        for _ in range(3):
            await asyncio.sleep(0)

    async def work() -> str:
        cancelled = await undisturbed(step)
        return "cancelled" if cancelled else "calm"

    assert await work() == "calm"
    task = asyncio.ensure_future(work())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    inner = runs[-1]
    assert inner is not None
    assert inner is not task
    inner.cancel()
    task.cancel()
    assert await task == "cancelled"
    assert runs[1:] == [task, inner, inner]


async def test_a_unit_with_a_cancelled_statement_is_never_committed(house: House, database: Database) -> None:
    """Not even where a time limit inside the unit was caught: the statement may or may not have run."""
    with pytest.raises(Undone):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0):
                    await unit.updates.record(2)
            with pytest.raises(Undone):
                await unit.updates.record(3)
    assert house.outside(COUNT) == [(0,)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans=st.lists(st.tuples(st.integers(1, 4), st.booleans()), min_size=1, max_size=8))
async def test_units_at_once_are_one_after_another(database: Database, plans: list[tuple[int, bool]]) -> None:
    """No unit sees another's half, and a rollback takes nobody else's rows with it."""
    running = 0

    async def work(messages: int, fails: bool) -> None:  # noqa: FBT001 (drawn)
        nonlocal running
        async with database.unit(NOW) as unit:
            running += 1
            assert running == 1
            before = await _count(unit)
            for _ in range(messages):
                await unit.outbox.put(a_message(a_partner(unit)))
                await asyncio.sleep(0)
            assert await _count(unit) == before + messages
            running -= 1
            if fails:
                raise OddError

    async with database.unit(NOW) as unit:
        start = await _count(unit)
    done = await asyncio.gather(*(work(*plan) for plan in plans), return_exceptions=True)
    assert [isinstance(result, OddError) for result in done] == [fails for _, fails in plans]
    async with database.unit(NOW) as unit:
        kept = sum(messages for messages, fails in plans if not fails)
        assert await _count(unit) == start + kept


async def _count(unit: Unit) -> int:
    rows = await unit.context.transaction.rows("SELECT count(*) AS n FROM outbox")
    return int(rows[0]["n"])


async def test_a_savepoint_undoes_its_own_part(house: House, database: Database) -> None:
    """The exception is raised on; whoever catches it goes on with what was there before."""
    async with database.unit(NOW) as unit:
        await unit.updates.record(1)
        with pytest.raises(OddError):  # noqa: PT012 (a unit of work is one block)
            async with unit.savepoint():
                await unit.updates.record(2)
                raise OddError
        async with unit.savepoint():
            await unit.updates.record(3)
    assert house.outside("SELECT id FROM updates ORDER BY id") == [(1,), (3,)]


Plan = list["tuple[bool, Plan]"]
PLANS: st.SearchStrategy[Plan] = st.recursive(
    st.just([]),
    lambda inner: st.lists(st.tuples(st.booleans(), inner), max_size=3),
    max_leaves=8,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=PLANS)
async def test_savepoints_in_savepoints(database: Database, plan: Plan) -> None:
    """A row stays exactly where neither its own savepoint nor one around it failed."""
    async with database.unit(NOW) as unit:
        kept = await _play(unit, plan)
    async with database.unit(NOW) as unit:
        again = [not await unit.updates.record(number) for number in kept]
        assert all(again)


async def _play(unit: Unit, plan: Plan) -> set[int]:
    kept: set[int] = set()
    for fails, inner in plan:
        number = unit.new_id()
        try:
            async with unit.savepoint():
                assert await unit.updates.record(number)
                deeper = await _play(unit, inner)
                _fail(fails)
        except OddError:
            assert await unit.updates.record(number)  # it is not known any more
            kept |= {number}
        else:
            kept |= {number, *deeper}
    return kept


def _fail(fails: bool) -> None:  # noqa: FBT001 (drawn)
    if fails:
        raise OddError


@pytest.mark.parametrize("turns", range(8))
async def test_a_cancellation_inside_a_savepoint_is_raised_as_such(
    house: House, database: Database, turns: int
) -> None:
    """Wherever it strikes: a stop that looks like a failure of storage would be slept through."""
    inside = asyncio.Event()

    async def work() -> None:
        async with database.unit(NOW) as unit:
            await unit.updates.record(1)
            async with unit.savepoint():
                inside.set()
                for number in range(2, 100):
                    await unit.updates.record(number)

    task = asyncio.ensure_future(work())
    await inside.wait()
    for _ in range(turns):
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert house.outside(COUNT) == [(0,)]


async def test_a_savepoint_of_a_lost_unit_raises_what_happened_first(database: Database) -> None:
    """A cancelled statement inside: there is nothing to go back to, and the unit is undone."""
    with pytest.raises(Undone):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0), unit.savepoint():
                    await unit.updates.record(2)


async def test_nothing_runs_after_the_end(database: Database) -> None:
    """A unit that somebody has kept can't write outside a transaction."""
    async with database.unit(NOW) as unit:
        pass
    with pytest.raises(RuntimeError, match="over"):
        await unit.updates.record(1)
    with pytest.raises(OddError):
        async with database.unit(NOW) as unit:
            raise OddError
    with pytest.raises(RuntimeError, match="over"):
        await unit.words.by_source(a_partner(unit).id, 1)


async def test_a_unit_inside_a_unit_is_refused_and_does_not_hang(database: Database) -> None:
    """One task has one unit open."""
    async with database.unit(NOW):
        with pytest.raises(RuntimeError, match="open already"):
            async with database.unit(NOW):
                pass


async def test_a_closed_database_opens_no_unit(house: House) -> None:
    """Closing twice is harmless, and the folder is free."""
    async with house.open() as database:
        await database.close()
        with pytest.raises(RuntimeError, match="closed"):
            async with database.unit(NOW):
                pass
        async with house.open():
            pass


async def test_a_cancelled_close_closes_first(house: House) -> None:
    """No thread and no lock is left behind."""
    async with house.open() as database:
        task = asyncio.ensure_future(database.close())
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with house.open():
            pass


async def test_senders_are_woken_after_the_commit(house: House, database: Database) -> None:
    """Once a unit that has put messages; never for one that has not, or that rolled back."""
    seen: list[int] = []
    database.on_queued(lambda: seen.append(house.outside("SELECT count(*) FROM outbox")[0][0]))
    async with database.unit(NOW) as unit:
        await unit.outbox.put(a_message(a_partner(unit)))
        await unit.outbox.put(a_message(a_partner(unit)))
    assert seen == [2]
    async with database.unit(NOW) as unit:
        await unit.updates.record(1)
        await unit.outbox.put()
        with pytest.raises(OddError):  # noqa: PT012 (a unit of work is one block)
            async with unit.savepoint():
                await unit.outbox.put(a_message(a_partner(unit)))
                raise OddError
    with pytest.raises(OddError):  # noqa: PT012 (a unit of work is one block)
        async with database.unit(NOW) as unit:
            await unit.outbox.put(a_message(a_partner(unit)))
            raise OddError
    assert seen == [2]


async def test_ids_grow_whatever_the_clock_does(house: House) -> None:
    """Within a unit, from unit to unit, and from one start to the next."""
    ids = []
    for step in (timedelta(0), -HOUR, -9 * HOUR):
        async with house.open() as database, database.unit(NOW + step) as unit:
            ids += [unit.new_id() for _ in range(50)]
            message = a_message(a_partner(unit))
            await unit.outbox.put(message)
    assert ids == sorted(set(ids))


async def test_a_unit_that_only_writes_what_cannot_fail_is_kept(house: House, database: Database) -> None:
    """What waits for the next statement goes with the commit where there is none."""
    async with database.unit(NOW) as unit:
        _, one, _ = await a_couple(unit)
        await unit.outbox.put(a_message(one))
    async with database.unit(NOW) as unit:
        (row,) = await unit.spool.lease(1)
    assert house.outside("SELECT state FROM outbox") == [("leased",)]
    async with database.unit(NOW) as unit:
        await unit.spool.settle(row.id, Sent(7))
    assert house.outside("SELECT state, message_id FROM outbox") == [("sent", 7)]
