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
from storage.database import HELD, Database
from storage.errors import HeldElsewhere

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


async def test_one_process_serves_at_a_time(shared: House) -> None:
    """Another is refused, until it ends or has been dead for a while; one that has slept through that is told."""
    async with shared.open() as other:
        async with shared.open() as first:
            await first.hold()
            await first.hold()
            with pytest.raises(HeldElsewhere, match="stop it first"):
                await other.hold()
        await other.hold()
        async with shared.open() as third:
            with pytest.raises(HeldElsewhere):
                await third.hold()
            shared.outside("UPDATE attune SET held_until = held_until - interval '1 minute' RETURNING 1")
            assert shared.outside("SELECT held_until < clock_timestamp() FROM attune") == [(True,)]
            await third.hold()
            other._held_at = -HELD
            with pytest.raises(HeldElsewhere):
                async with other.unit(NOW) as unit:
                    await unit.updates.record(1)
        with pytest.raises(HeldElsewhere):
            await other.hold()


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
        env={**os.environ, "PYTHONPATH": os.pathsep.join([".", str(HERE)])},
    )


def tell(running: "subprocess.Popen[str]", *numbers: int) -> None:
    """Tell a process to seal."""
    assert running.stdin is not None
    running.stdin.write(" ".join(map(str, numbers)) + "\n")


def hear(running: "subprocess.Popen[str]") -> str:
    """Wait for a process's answer."""
    assert running.stdout is not None
    return running.stdout.readline().strip()


@pytest.mark.parametrize("times", [50, pytest.param(1000, marks=pytest.mark.long)])
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
