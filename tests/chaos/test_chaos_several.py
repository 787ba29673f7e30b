"""Two processes on one PostgreSQL database: which is killed, paused or cut off, the other goes on in ten seconds."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from chaos_bot import BotProcess
from chaos_crew import Proxy, proxied
from chaos_story import Plan, Story
from postgres_cluster import Cluster

from bot.sandbox import Phone, World, serve

WITHIN = 10.0  # seconds, on a machine that has a processor for whoever wants one
PATIENCE = 120.0  # seconds, in which a process starts on a crowded machine
LEADS = "this process leads now: "
LEFT = "this process leads no more: "


@pytest.fixture
def shared(cluster: Cluster) -> Iterator[str]:
    """Make a database on a server; tell its address."""
    url = cluster.create()
    yield url
    cluster.drop(url)


@asynccontextmanager
async def living(*bots: BotProcess) -> AsyncIterator[None]:
    """Keep processes running until the block ends."""
    async with asyncio.TaskGroup() as group:
        keepers = [group.create_task(bot.keep()) for bot in bots]
        yield
        for bot, keeper in zip(bots, keepers, strict=True):
            await bot.finish(keeper)


def leads(bot: BotProcess, role: str) -> bool:
    """Tell from its log whether a process leads a role."""
    lines = bot.log.read_text(errors="replace").splitlines() if bot.log.exists() else []
    said = [LEADS in line for line in lines if line.endswith((LEADS + role, LEFT + role))]
    return bool(said) and said[-1]


async def leader(bots: list[BotProcess], role: str) -> BotProcess:
    """Wait until one of them leads a role."""
    async with asyncio.timeout(PATIENCE):
        while True:
            for bot in bots:
                if leads(bot, role):
                    return bot
            await asyncio.sleep(0.05)


def waited_for_cpu() -> float:
    """Tell for how many seconds somebody on this machine has waited for a processor; 0.0 if it won't say."""
    try:
        said = Path("/proc/pressure/cpu").read_text("ascii")
    except OSError:
        return 0.0
    return int(said.partition("total=")[2].split()[0]) / 1_000_000


async def answered(phone: Phone, within: float = PATIENCE) -> float:
    """Ask, and wait for the answer; tell how long it took."""
    began = time.monotonic()
    last = phone.send_text("/help").message_id
    await phone.wait_for(lambda message: message.from_bot, within, after=last)
    return time.monotonic() - began


async def settled(cluster: Cluster, url: str) -> None:
    """Wait until all that has arrived is known to have: what comes before may be said twice."""
    with cluster.connect(url) as connection:
        async with asyncio.timeout(PATIENCE):
            while connection.execute("SELECT 1 FROM outbox WHERE state <> 'sent'").fetchone():  # noqa: ASYNC110 (another process's doing)
                await asyncio.sleep(0.05)


@dataclass
class Trouble:
    """What may happen to who sends; `over` is when it is well again."""

    bot: BotProcess
    proxy: Proxy
    cluster: Cluster

    def killed(self) -> None:
        """End it at once; it is started again."""
        self.bot.kill()

    def paused(self) -> None:
        """Let it stand still, wherever it is."""
        os.kill(self.bot.pid, signal.SIGSTOP)

    def cut_off(self) -> None:
        """Let it wait for its database."""
        self.proxy.stop()

    def database_killed(self) -> None:
        """End the server, and start it."""
        self.cluster.down()
        self.cluster.up()

    def over(self) -> None:
        """Let all go on."""
        os.kill(self.bot.pid, signal.SIGCONT)
        self.proxy.go_on()


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "how",
    [
        "killed",
        *(pytest.param(how, marks=pytest.mark.long) for how in ("paused", "cut_off", "database_killed")),
    ],
)
async def test_another_goes_on_within_ten_seconds(
    tmp_path: Path, cluster: Cluster, shared: str, how: str
) -> None:
    """Each question is answered once, also after the first is well again."""
    world = World()
    ways = [tmp_path / name for name in "ab"]
    async with (
        serve(world) as telegram,
        proxied(cluster, shared, ways[0]) as (first, one),
        proxied(cluster, shared, ways[1]) as (second, two),
    ):
        bots = [
            BotProcess(telegram.url, tmp_path, name=name, server=url)
            for name, url in (("one", one), ("two", two))
        ]
        phone = world.phone(first_name="Ana")
        async with living(*bots):
            await answered(phone)
            sends = await leader(bots, "drain")
            await settled(cluster, shared)
            trouble = Trouble(sends, dict(zip(bots, (first, second), strict=True))[sends], cluster)
            before = waited_for_cpu()
            getattr(trouble, how)()
            took = await answered(phone)
            waited = waited_for_cpu() - before
            trouble.over()
            await answered(phone)
        answers = [message for message in phone.messages if message.from_bot]
        assert took - waited / 2 < WITHIN  # where all wait all the time, each goes at half its pace or less
        assert len(answers) == 3
        assert not [code for bot in bots for code in bot.crashes]


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_whatever_happens_between_processes_every_word_is_accounted_for(
    tmp_path: Path, cluster: Cluster
) -> None:
    """Three processes; kills, pauses, cuts and restarts of the server, and the network to Telegram spoilt."""
    report = await Story(Plan(seed=3, couples=8, kills=12, days=2), tmp_path, cluster).play()
    assert report.faultless, report.table() + "\n".join(report.stalled)
    assert report.troubles > 3
