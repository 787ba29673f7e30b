"""Several processes on one server, by webhook: what each more of them handles, and where they wait for each other.

Two cores are soon used up by three processes, the server and Telegram's part. So beside the CPU that an update takes,
the way to the database is made long: then a process mostly waits, and what another adds shows even here, unless
something lets one at a time pass.
"""

import asyncio
import itertools
import socket
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import psycopg
from bench_fill import FIRST_CHAT, fill
from bench_scale import TICKS
from chaos_bot import BotProcess
from postgres_cluster import Cluster

from bot.messages import Priority
from bot.sandbox import TOKEN, World, serve
from bot.telegram.reception import SECRET_HEADER, secret_of
from storage import engines
from storage.keyring import Keyring

AT_ONCE = 4  # updates on the way to each process
WARM = 2.0  # seconds
LOOK_EVERY = 0.05  # seconds between two looks at what the server waits for
FAR = 0.05  # seconds that what is sent to the server takes, on a long way
RATE = "1000"  # a second, as with paid broadcasts: else Telegram is what all wait for
PATIENCE = 60.0
_WAITS = """
SELECT count(*), count(*) FILTER (WHERE wait_event_type = 'Lock') FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'attune' AND state = 'active'"""
_UNSENT = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'leased') AND priority = %s"


@dataclass(frozen=True)
class Several:
    """What so many processes came to; CPU in milliseconds an update, with its reply sent."""

    processes: int
    way: str
    each: list[float]  # updates a second, whoever sends first
    ours: float
    servers: float
    locked: float  # the share of looks at statements under way that found one waiting for a lock

    @property
    def handled(self) -> float:
        """Tell the updates a second of all together."""
        return sum(self.each)

    def row(self, alone: float) -> list[str]:
        """Write it as a row of a table, beside what one handles alone."""
        figures = (
            f"{self.handled:.1f}",
            f"{self.handled / alone:.2f}",
            f"{self.ours:.1f}",
            f"{self.servers:.1f}",
        )
        return [self.way, str(self.processes), *figures, f"{100 * self.locked:.0f}%"]


class LongWay:
    """A way to the server on which whatever is sent takes so many seconds."""

    def __init__(self, cluster: Cluster, seconds: float) -> None:
        self._there = cluster.folder / ".s.PGSQL.5432"
        self._seconds = seconds

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what comes, both ways."""
        back, onwards = await asyncio.open_unix_connection(self._there)
        await asyncio.gather(self._copy(reader, onwards, self._seconds), self._copy(back, writer, 0.0))

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
        with suppress(ConnectionError):
            while some := await reader.read(1 << 16):
                await asyncio.sleep(seconds)
                writer.write(some)
        writer.close()


class House:
    """A filled database on a server, of which each run gets a copy."""

    def __init__(self, folder: Path, cluster: Cluster, couples: int) -> None:
        self.folder = folder
        self.cluster = cluster
        self.couples = couples
        self.filled = cluster.create()

    async def build(self) -> None:
        """Fill it: everybody has a round behind them, and nothing is due today."""
        key_file = self.folder / "key" / "keyring.json"
        later = datetime.now(UTC) + timedelta(hours=6)
        await fill(self.folder / "data", key_file, self.couples, self.couples, later)
        keyring = Keyring.load(key_file)
        await asyncio.to_thread(engines.move, self.folder / "data", self.filled, keyring, lambda *_: None)

    def copy(self) -> str:
        """Make a copy; tell its address."""
        address = self.cluster.create()
        name, filled = (
            str(psycopg.conninfo.conninfo_to_dict(url)["dbname"]) for url in (address, self.filled)
        )
        self.cluster.drop(address)
        with self.cluster.connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {filled}".encode())
        return address


class Pusher:
    """Pushes updates as Telegram does: so many at once to each address, of people in turn."""

    def __init__(self, session: aiohttp.ClientSession, chats: Sequence[int]) -> None:
        self._session = session
        self._chats = itertools.cycle(chats)
        self._numbers = itertools.count(1)
        self.taken: list[int] = []

    async def push(self, addresses: Sequence[str], seconds: float) -> list[int]:
        """Push for so long; tell how many each address has taken."""
        self.taken = [0] * len(addresses)
        over = time.monotonic() + seconds
        await asyncio.gather(
            *(
                self._keep_pushing(place, address, over)
                for place, address in enumerate(addresses)
                for _ in range(AT_ONCE)
            )
        )
        return self.taken

    async def _keep_pushing(self, place: int, address: str, over: float) -> None:
        while time.monotonic() < over:
            update = _asking(next(self._numbers), next(self._chats))
            headers = {SECRET_HEADER: secret_of(TOKEN)}
            async with self._session.post(address, json=update, headers=headers) as answer:
                self.taken[place] += answer.ok


def _asking(number: int, chat: int) -> dict[str, object]:
    person = {"id": chat, "is_bot": False, "first_name": "P"}
    message = {
        "message_id": number, "date": int(time.time()), "text": "/today", "from": person,
        "chat": {"id": chat, "type": "private", "first_name": "P"},
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    }  # fmt: skip
    return {"update_id": number, "message": message}


class Looks:
    """Looks at the statements that the server has under way for us, now and then, and at which wait for a lock."""

    def __init__(self, server: str) -> None:
        self._server = server
        self.seen = self.waiting = 0

    async def keep(self) -> None:
        """Look until cancelled."""
        async with await psycopg.AsyncConnection.connect(self._server, autocommit=True) as connection:
            while True:
                found = await (await connection.execute(_WAITS)).fetchone()
                self.seen, self.waiting = (
                    a + b for a, b in zip((self.seen, self.waiting), found or (), strict=True)
                )
                await asyncio.sleep(LOOK_EVERY)

    async def until_sent(self) -> None:
        """Wait until every reply is sent and settled."""
        async with asyncio.timeout(PATIENCE):
            async with await psycopg.AsyncConnection.connect(self._server, autocommit=True) as connection:
                while await (await connection.execute(_UNSENT, [Priority.REPLY])).fetchone() != (0,):  # noqa: ASYNC110 (another process's doing)
                    await asyncio.sleep(LOOK_EVERY)


async def several(house: House, processes: int, seconds: float, delay: float) -> Several:
    """Let so many processes take updates for some seconds, on a way that takes `delay` seconds."""
    server, world = house.copy(), World()
    chats = [FIRST_CHAT + 2 * number for number in range(house.couples)]
    for chat in chats:
        world.phone(chat).person.started = True
    looks = Looks(server)
    async with (
        serve(world) as telegram,
        aiohttp.ClientSession() as session,
        living(house, telegram.url, server, processes, delay) as (bots, addresses),
    ):
        pusher = Pusher(session, chats)
        await pusher.push(addresses, WARM)
        await looks.until_sent()
        ours, theirs, began = sum(map(used, bots)), used_by(house.cluster), time.monotonic()
        looking = asyncio.create_task(looks.keep())
        taken = await pusher.push(addresses, seconds)
        took = time.monotonic() - began
        looking.cancel()
        await looks.until_sent()
        ours, theirs = sum(map(used, bots)) - ours, used_by(house.cluster) - theirs
    house.cluster.drop(server)
    way = f"{1000 * delay:.0f} ms away" if delay else "beside it"
    share = looks.waiting / max(1, looks.seen)
    each = [count / took for count in taken]
    return Several(processes, way, each, 1000 * ours / sum(taken), 1000 * theirs / sum(taken), share)


@asynccontextmanager
async def living(
    house: House, telegram: str, server: str, processes: int, delay: float
) -> AsyncIterator[tuple[list[BotProcess], list[str]]]:
    """Keep bots running, one after the other started, so that the first sends; tell where they listen."""
    folder = Path(tempfile.mkdtemp(prefix="way", dir=house.folder))
    served = await asyncio.start_unix_server(LongWay(house.cluster, delay).pass_on, folder / ".s.PGSQL.5432")
    server = server.partition("host=")[0] + f"host={folder}"
    ports = list(itertools.islice(free_ports(), processes))
    hook = f"http://127.0.0.1:{ports[0]}/hook"
    bots: list[BotProcess] = []
    async with asyncio.TaskGroup() as group:
        keepers = []
        for place, port in enumerate(ports):
            listen = (
                "env",
                f"ATTUNE_WEBHOOK_URL={hook}",
                f"ATTUNE_WEBHOOK_LISTEN=127.0.0.1:{port}",
                f"ATTUNE_RATE={RATE}",
            )
            bots.append(
                BotProcess(
                    telegram, house.folder, listen, ("-m", "bot", "serve"), name=f"bot{place}", server=server
                )
            )
            keepers.append(group.create_task(bots[-1].keep()))
            await _listens(port)
        yield bots, [f"http://127.0.0.1:{port}/hook" for port in ports]
        for bot, keeper in zip(bots, keepers, strict=True):
            await bot.finish(keeper)
    served.close()


def free_ports() -> Iterator[int]:
    """Find ports that nobody uses."""
    while True:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            port = int(found.getsockname()[1])
        yield port


async def _listens(port: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(LOOK_EVERY)


def used(bot: BotProcess) -> float:
    """Tell the CPU seconds that a bot has used."""
    return _seconds(_fields(bot.pid)[11:13])


def used_by(cluster: Cluster) -> float:
    """Tell the CPU seconds that a server's processes have used, those that have ended included."""
    first = int((cluster.data / "postmaster.pid").read_text().split()[0])
    total = _seconds(_fields(first)[11:15])
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int((fields := _fields(int(entry.name)))[1]) == first:
                total += _seconds(fields[11:13])
    return total


def _fields(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _seconds(ticks: Sequence[str]) -> float:
    return sum(map(int, ticks)) / TICKS
