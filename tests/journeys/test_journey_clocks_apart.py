"""Two processes on one server whose clocks are a minute apart: each does all of it for a while, as the other stops."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from memory import stored
from people import Person, couple, settled
from postgres_cluster import Cluster

from bot.app import STOP_WITHIN, App, running
from bot.clock import SteppedClock
from bot.config import Config
from bot.content import Content
from bot.delivery.pace import Pace
from bot.home.house import Home
from bot.messages import Message, MessageKind
from bot.sandbox import TOKEN, World, serve
from bot.screens.callbacks import Verb
from bot.telegram.throttle import Throttle

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HALF = timedelta(seconds=30)
ANA_WORDS, BO_WORDS = "It was a grey kind of lonely.", "My copper kettle broke and I laughed."


@dataclass
class Town:
    """A world, and what processes on it are told."""

    world: World
    config: Config
    content: Content
    true: SteppedClock
    other: SteppedClock

    @asynccontextmanager
    async def process(self, clock: SteppedClock) -> AsyncIterator[Home]:
        """Run one more process by a clock."""
        limits = {"pace": Pace.unlimited(), "throttle": Throttle.unlimited()}
        async with running(self.config, clock, self.content, **limits) as app:  # type: ignore[arg-type]
            yield Home(self.world, clock, app)

    def move(self, to: datetime, by: SteppedClock) -> None:
        """Let time pass on both clocks, until one of them shows an instant."""
        step = to - by.now()
        for clock in (self.true, self.other):
            clock.advance(step)


@pytest.fixture(params=[60, -60], ids=["ahead", "behind"])
async def town(
    request: pytest.FixtureRequest, tmp_path: Path, content: Content, shared: str
) -> AsyncIterator[Town]:
    """Make a world whose second clock is a minute off."""
    true = SteppedClock(START)
    world = World(clock=true)
    async with serve(world) as telegram:
        key_file = tmp_path / "key" / "keyring.json"
        config = Config(
            TOKEN,
            tmp_path,
            key_file,
            "Ops",
            "Europe/Dublin",
            api_url=telegram.url,
            allow=None,
            database=shared,
        )
        yield Town(world, config, content, true, SteppedClock(START + timedelta(seconds=request.param)))


@pytest.fixture
def shared(cluster: Cluster) -> Iterator[str]:
    """Make a database on a server; tell its address."""
    url = cluster.make()
    yield url
    cluster.drop(url)


async def stops(app: App) -> None:
    """Let a process end, so that another goes on."""
    await app.supervisor.stop(STOP_WITHIN)


async def test_a_minute_between_two_clocks(town: Town) -> None:
    """Nothing is seen early, nothing opens or is revealed twice, and what waits for a clock comes when it has come."""
    async with town.process(town.true) as one:
        people = await couple(one, "Ana", "Bo")
        ana, bo = people
        await ana.seals(ANA_WORDS)
        await bo.drafts(BO_WORDS)
        await settled(one)
        async with town.process(town.other) as two:
            await stops(one.app)
            assert not bo.was_told("grey kind of lonely")
            await bo.presses(Verb.SEAL)
            for person in people:
                await person.sees("wrote:")
            ((due,),) = stored(two, "SELECT next_opening FROM couples")
            opening = datetime.fromtimestamp(due / 1_000_000, UTC)
            town.move(opening + HALF, by=town.other)
            for person in people:
                await person.sees("Today ·")
            async with town.process(town.true) as three:
                await stops(two.app)
                async with two.app.database.unit(town.other.now()) as unit:
                    await unit.outbox.put(Message(MessageKind.HELP, ana.phone.user_id, language="en"))
                here = [replace(person, home=three) for person in people]
                here[1].writes("/nonsense")
                assert await here[1].hears()
                await ends_well(town, three, here)


async def ends_well(town: Town, three: Home, people: list[Person]) -> None:
    """Live the second round by the first clock, and count."""
    ana, bo = people
    helped = "SELECT state FROM outbox WHERE kind = 'help'"
    assert stored(three, helped) == [("queued" if town.other.now() > town.true.now() else "sent",)]
    town.move(max(town.true.now(), town.other.now()) + HALF, by=town.true)
    await settled(three)
    assert stored(three, helped) == [("sent",)]
    await ana.seals("The second evening was a yellow one.")
    assert not bo.was_told("yellow one")
    await bo.seals("And mine was a loud one.")
    for person in people:
        await person.sees("wrote:")
        assert sum("wrote:" in text for text in person.texts()) == 2
        assert sum("Today ·" in text for text in person.texts()) == 2
    assert bo.was_told("yellow one")
    assert ana.was_told("copper kettle")
    assert stored(three, "SELECT count(*), count(revealed_at) FROM rounds") == [(2, 2)]
    assert stored(three, "SELECT count(*) FROM outbox WHERE state = 'failed'") == [(0,)]
