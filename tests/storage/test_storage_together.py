"""Several processes on one PostgreSQL server: whoever seals second reveals, and nobody reveals twice."""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from postgres_cluster import Cluster
from storage_house import DAY, NOW, House, a_couple, a_draft, a_partner, a_round

from bot.messages import MessageKind
from bot.practice.ids import InviteId, PartnerId
from bot.practice.invite import Invite, InviteState
from bot.practice.partner import Partner
from bot.practice.round import Round, RoundState
from storage.database import Database
from storage.errors import Overtaken, ServerAway
from storage.postgres import engine

HERE = Path(__file__).parent


@pytest.fixture
def shared(tmp_path: Path, cluster: Cluster) -> Iterator[House]:
    """Keep a database on a server."""
    url = cluster.make()
    yield House(tmp_path, url)
    cluster.drop(url)


async def written(database: Database) -> tuple[Partner, Partner, Round]:
    """Make a couple whose two reflections wait for their seals."""
    async with database.unit(NOW) as unit:
        couple, one, two = await a_couple(unit)
        round_ = await a_round(unit, couple)
        for author in (one, two):
            await unit.words.save(a_draft(unit, round_, author.id, "words"))
    return one, two, round_


async def test_a_unit_waits_for_whoever_has_its_couple(shared: House) -> None:
    """And reads what they have left; another couple's goes on meanwhile."""
    async with shared.open() as here, shared.open() as there, shared.open() as beside:
        one, other, round_ = await written(here)
        stranger, _, _ = await written(here)

        async def theirs() -> Round:
            async with there.unit(NOW) as unit:
                await unit.updates.record_all({2: other.chat})
                return await unit.rounds.get(round_.id)

        async with here.unit(NOW) as unit:
            await unit.updates.record_all({1: one.chat})
            waiting = asyncio.ensure_future(theirs())
            await unit.rounds.save(replace(round_, state=RoundState.WAITING))
            async with beside.unit(NOW) as another:
                await another.updates.record_all({3: stranger.chat})
            assert not waiting.done()
        assert (await waiting).state is RoundState.WAITING


async def test_who_loads_a_person_waits_as_well(shared: House) -> None:
    """Whatever begins with the couple, or with somebody in it, without an update: the clock, a sender."""
    async with shared.open() as here, shared.open() as there:
        one, other, _ = await written(here)

        async def theirs() -> bool:
            async with there.unit(NOW) as unit:
                return (await unit.partners.get(other.id)).resting

        async with here.unit(NOW) as unit:
            found = await unit.couples.of(one.id)
            assert found is not None
            waiting = asyncio.ensure_future(theirs())
            await unit.partners.save(replace(other, resting=True))
            assert not waiting.done()
        assert await waiting is True


async def test_two_who_claim_one_invite(shared: House) -> None:
    """The second finds it claimed."""
    async with shared.open() as here, shared.open() as there:
        async with here.unit(NOW) as unit:
            inviter, one, two = (a_partner(unit) for _ in range(3))
            for person in (inviter, one, two):
                await unit.partners.add(person)
            await unit.invites.add(Invite(InviteId(unit.new_id()), inviter.id, NOW + DAY), "code")

        async def theirs() -> PartnerId | None:
            async with there.unit(NOW) as unit:
                found = await unit.invites.by_code("code")
                return None if found is None else found.joiner

        async with here.unit(NOW) as unit:
            found = await unit.invites.by_code("code")
            assert found is not None
            waiting = asyncio.ensure_future(theirs())
            await unit.invites.save(replace(found, joiner=one.id, state=InviteState.CLAIMED))
        assert await waiting == one.id


async def test_one_process_leads_a_role(shared: House) -> None:
    """Another does when that has let go, or has not renewed in time; who led before is told."""
    async with shared.open() as one, shared.open() as other:
        first = await one.take("drain")
        assert first is not None
        assert first.sure
        assert await other.take("drain") is None
        assert await other.take("heartbeat") is not None
        assert await one.renew(first)
        await one.let_go(first)
        second = await other.take("drain")
        assert second is not None
        assert second.fence > first.fence
        assert not await one.renew(first)
        run_out(shared)
        third = await one.take("drain")
        assert third is not None
        assert third.fence > second.fence
        assert not await other.renew(second)
        await other.let_go(second)
        assert await other.take("drain") is None


def run_out(house: House) -> None:
    """Let what anybody leads run out."""
    house.outside("UPDATE leaders SET until = until - interval '1 minute' RETURNING 1")


async def test_who_is_overtaken_keeps_nothing(shared: House) -> None:
    """One that was paused wakes when another leads, and does not know it."""
    async with shared.open() as one, shared.open() as other:
        leading = await one.take("drain")
        assert leading is not None
        async with one.unit(NOW, under=leading) as unit:
            await unit.updates.record(1)
        run_out(shared)
        assert await other.take("drain") is not None
        with pytest.raises(Overtaken):
            async with one.unit(NOW, under=leading) as unit:
                await unit.updates.record(2)
        with pytest.raises(Overtaken):  # noqa: PT012 (a unit of work is one block)
            async with one.unit(NOW) as unit:
                await unit.updates.record(3)
                unit.under(leading)
    assert shared.outside("SELECT id FROM updates") == [(1,)]


async def test_nobody_takes_over_in_the_middle(shared: House) -> None:
    """What is under way is kept first; to renew meanwhile does not wait for it."""
    async with shared.open() as one, shared.open() as other:
        leading = await one.take("drain")
        assert leading is not None
        async with one.unit(NOW, under=leading) as unit:
            await unit.updates.record(1)
            assert await one.renew(leading)
            run_out(shared)
            taking = asyncio.ensure_future(other.take("drain"))
            done, _ = await asyncio.wait({taking}, timeout=0.1)
            assert not done
        assert await taking is not None
    assert shared.outside("SELECT id FROM updates") == [(1,)]


async def test_who_stands_still_in_the_middle_is_ended(
    shared: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that is paused, or cut off, locks nobody out: the server undoes what it had begun."""
    monkeypatch.setattr(engine, "_NUMBER", engine._NUMBER.replace(f"'{engine.ALONE}'", "'50'"))
    async with shared.open() as here, shared.open() as there:
        one, other, _ = await written(here)
        with pytest.raises(ServerAway):  # noqa: PT012 (a unit of work is one block)
            async with here.unit(NOW) as unit:
                await unit.updates.record_all({1: one.chat})
                async with there.unit(NOW) as waiting:
                    await waiting.updates.record_all({2: other.chat})
                await unit.updates.record_all({3: one.chat})
        async with here.unit(NOW) as unit:
            assert await unit.updates.record_all({1: one.chat, 2: other.chat, 3: one.chat}) == {1, 3}


async def test_what_has_only_read_waits_for_no_disk(shared: House) -> None:
    """Whoever locks and reads, and a look that finds nothing, end without a commit; what has written is committed."""
    became = "SELECT pg_xact_status(CAST(? AS TEXT)::xid8)"
    async with shared.open() as here:
        one, other, round_ = await written(here)
        leading = await here.take("drain")
        assert leading is not None
        numbers = []
        for writes in (False, True):
            async with here.unit(NOW, under=leading) as unit:
                await unit.updates.record_all({1: one.chat} if writes else {})
                assert await unit.couples.of(one.id) is not None
                assert await unit.spool.lease(5) == []
                row = await unit.context.transaction.row(
                    "SELECT CAST(pg_current_xact_id() AS TEXT) AS number"
                )
                assert row is not None
                numbers.append(row["number"])
        assert [shared.outside(became, number) for number in numbers] == [[("aborted",)], [("committed",)]]
        async with here.unit(NOW) as unit:  # and nothing stays locked
            await unit.rounds.save(replace(round_, state=RoundState.WAITING))
        async with shared.open() as there, there.unit(NOW) as unit:
            assert (await unit.partners.get(other.id)).id == other.id


def process(house: House) -> "subprocess.Popen[str]":
    """Start another process on the same server."""
    assert house.server is not None
    return subprocess.Popen(  # noqa: S603 (our own file)
        [sys.executable, HERE / "seal_in_process.py", house.server, house.key_file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
        cwd=HERE.parents[1],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([".", str(HERE), str(HERE.parent)])},
    )


def tell(running: "subprocess.Popen[str]", *numbers: int) -> None:
    """Tell a process to seal."""
    assert running.stdin is not None
    running.stdin.write(" ".join(map(str, numbers)) + "\n")


def hear(running: "subprocess.Popen[str]") -> str:
    """Wait for a process's answer."""
    assert running.stdout is not None
    return running.stdout.readline().strip()


@pytest.mark.parametrize(
    "times", [50, pytest.param(1000, marks=[pytest.mark.long, pytest.mark.timeout(1200)])]
)
async def test_two_seals_at_once_are_one_reveal(shared: House, times: int) -> None:
    """Each of two processes seals for one of the two, at the same moment."""
    async with shared.open() as database:
        trials = [await written(database) for _ in range(times)]
    with ExitStack() as stack:
        processes = [stack.enter_context(process(shared)) for _ in range(2)]
        assert [hear(running) for running in processes] == ["ready", "ready"]
        answers = []
        for number, (one, two, round_) in enumerate(trials):
            for running, who in zip(processes, (one, two), strict=True):
                tell(running, 2 * number + (who is two), who.chat, round_.id)
            answers.append([hear(running) for running in processes])
        for running in processes:
            assert running.stdin is not None
            running.stdin.close()
            assert running.wait(20) == 0
    assert {answer for pair in answers for answer in pair} == {"1"}, "nobody had to try again"
    assert shared.outside("SELECT state, count(*) FROM rounds GROUP BY state") == [("revealed", times)]
    frames = shared.outside("SELECT partner_id FROM outbox WHERE kind = ?", MessageKind.REVEAL_FRAME.value)
    assert Counter(who for (who,) in frames) == Counter(
        person.id for one, two, _ in trials for person in (one, two)
    )
