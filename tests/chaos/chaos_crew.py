"""Several processes on one PostgreSQL database, taken as one bot; each on a way of its own, which can be cut."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random

from chaos_bot import BotProcess
from postgres_cluster import Cluster


class Proxy:
    """A way to the server that can be stopped: what is sent goes nowhere, and nobody hangs up."""

    def __init__(self, cluster: Cluster) -> None:
        self._there = cluster.folder / ".s.PGSQL.5432"
        self._open = asyncio.Event()
        self._open.set()

    def stop(self) -> None:
        """Let nothing through."""
        self._open.clear()

    def go_on(self) -> None:
        """Let through what has waited, and what comes."""
        self._open.set()

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what comes, both ways."""
        await self._open.wait()
        try:
            back, onwards = await asyncio.open_unix_connection(self._there)
        except OSError:  # the server is down
            writer.close()
            return
        await asyncio.gather(self._copy(reader, onwards), self._copy(back, writer))

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while some := await reader.read(65536):
                await self._open.wait()
                writer.write(some)
        except ConnectionError:
            pass
        writer.close()


@asynccontextmanager
async def proxied(cluster: Cluster, url: str, folder: Path) -> AsyncIterator[tuple[Proxy, str]]:
    """Open another way to a database; tell its address."""
    proxy = Proxy(cluster)
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 (nothing else runs yet)
    served = await asyncio.start_unix_server(proxy.pass_on, folder / ".s.PGSQL.5432")
    yield proxy, url.partition("host=")[0] + f"host={folder}"
    proxy.go_on()
    served.close()


class Crew:
    """Some processes, as one bot is used by a story."""

    def __init__(self, bots: Sequence[BotProcess], server: str, random: Random) -> None:
        self.bots = list(bots)
        self.server = server
        self.memory: Path | str = server
        self.troubles: list[tuple[float, float]] = []  # when each began and was over, in monotonic seconds
        self._random = random
        self._keepers: list[asyncio.Task[None]] = []

    @property
    def data(self) -> Path:
        """Tell the data folder, in which nothing is."""
        return self.bots[0].data

    @property
    def key_file(self) -> Path:
        """Tell the key file, which is everybody's."""
        return self.bots[0].key_file

    @property
    def kills(self) -> int:
        """Count the kills."""
        return sum(bot.kills for bot in self.bots)

    @property
    def lives(self) -> int:
        """Count the starts."""
        return sum(bot.lives for bot in self.bots)

    @property
    def crashes(self) -> list[int]:
        """List the ends that nobody caused."""
        return [code for bot in self.bots for code in bot.crashes]

    async def keep(self) -> None:
        """Keep all of them running."""
        async with asyncio.TaskGroup() as group:
            self._keepers = [group.create_task(bot.keep()) for bot in self.bots]

    async def finish(self, keeper: "asyncio.Task[None]") -> None:
        """End them gracefully."""
        for bot, kept in zip(self.bots, self._keepers, strict=True):
            await bot.finish(kept)
        await keeper

    def kill(self) -> None:
        """Kill one of those that run."""
        alive = [bot for bot in self.bots if bot.alive]
        if alive:
            self._random.choice(alive).kill()
            self.troubles.append((time.monotonic(), time.monotonic()))


@asynccontextmanager
async def crew(
    url: str, folder: Path, cluster: Cluster, *, random: Random, number: int = 3
) -> AsyncIterator[tuple[Crew, list[Proxy]]]:
    """Make some processes and a database, each with its own way to it."""
    server = cluster.create()
    async with AsyncExitStack() as stack:
        ways = [
            await stack.enter_async_context(proxied(cluster, server, folder / f"way{n}"))
            for n in range(number)
        ]
        bots = [
            BotProcess(url, folder, name=f"bot{n}", server=address) for n, (_, address) in enumerate(ways)
        ]
        yield Crew(bots, server, random), [proxy for proxy, _ in ways]


async def trouble(
    crew: Crew, proxies: Sequence[Proxy], cluster: Cluster, random: Random, stop: asyncio.Event
) -> None:
    """Pause one, cut one off, restart the server, until told to stop."""
    while not stop.is_set():
        await asyncio.sleep(random.uniform(1.0, 4.0))
        began = time.monotonic()
        place = random.randrange(len(crew.bots))
        bot, seconds = crew.bots[place], random.uniform(0.2, 9.0)
        match random.choice(("pause", "cut", "server")):
            case "pause" if bot.alive:
                pid = bot.pid
                os.kill(pid, signal.SIGSTOP)
                await asyncio.sleep(seconds)
                if bot.alive and bot.pid == pid:
                    os.kill(pid, signal.SIGCONT)
            case "cut":
                proxies[place].stop()
                await asyncio.sleep(seconds)
                proxies[place].go_on()
            case "server":
                await asyncio.to_thread(cluster.down)
                await asyncio.to_thread(cluster.up)
        crew.troubles.append((began, time.monotonic()))
