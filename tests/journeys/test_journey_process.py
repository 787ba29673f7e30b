"""Starting and stopping the bot as an operator does: one line says what is wrong, and nothing is lost."""

import hashlib
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from processes import ended, environment, hears, next_line, refused, running

from bot.sandbox import Fault, World, serve
from bot.sandbox.server import Server
from storage.database import Database
from storage.keyring import Keyring

pytestmark = pytest.mark.sqlite

STOPS_WITHIN = 5.0  # seconds


@pytest.fixture
async def telegram() -> AsyncIterator[Server]:
    """Run a Telegram at home by the machine's own clock."""
    async with serve(World()) as server:
        yield server


async def database(folder: Path) -> Path:
    """Make a bot's database, with its key, and close it."""
    (folder / "key").mkdir(parents=True)
    opened = await Database.open(
        folder / "data", Keyring.ready(folder / "key" / "keyring.json", folder / "data")
    )
    await opened.close()
    return folder / "data" / "attune.db"


def run_on(path: Path, statement: str) -> None:
    """Change a database behind the bot's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(statement)
        connection.commit()


async def test_without_a_token_one_line_says_where_to_get_one(tmp_path: Path) -> None:
    """It names BotFather, and the two ways to try Attune without a token."""
    end = await refused(tmp_path, environment(tmp_path, ATTUNE_TOKEN=""))
    assert end.status == 2
    (line,) = end.lines
    for word in ("ATTUNE_TOKEN", "@BotFather", "python -m bot demo", "python -m bot rehearse"):
        assert word in line
    assert not (tmp_path / "data").exists()


async def test_a_refused_token_is_said_in_one_line(tmp_path: Path, telegram: Server) -> None:
    """A token that Telegram doesn't know ends the start, and stands in no line."""
    wrong = "123456:a-token-that-nobody-has-given-out-ever"
    end = await refused(tmp_path, environment(tmp_path, telegram.url, ATTUNE_TOKEN=wrong))
    assert end.status == 2
    (line,) = end.lines
    assert "ATTUNE_TOKEN" in line
    assert wrong not in line


async def test_memory_that_cannot_be_used_refuses_the_start(tmp_path: Path, telegram: Server) -> None:
    """A lost or wrong key, a foreign, newer or damaged file: one line each, status 2, the file untouched."""
    told = {
        "lost key": "put it back",
        "wrong key": "ATTUNE_KEY_FILE",
        "foreign": "not a database of Attune's",
        "newer": "newer Attune",
        "cut short": "damaged",
    }
    folders = {what: tmp_path / what.replace(" ", "-") for what in told}
    before: dict[str, str] = {}
    for what, folder in folders.items():
        path = await database(folder)
        spoil(what, folder, path)
        before[what] = digest(path)
    for what, folder in folders.items():
        end = await refused(folder, environment(folder, telegram.url))
        assert (what, end.status, len(end.lines)) == (what, 2, 1), end.said
        assert told[what] in end.said
        assert digest(folder / "data" / "attune.db") == before[what]


def spoil(what: str, folder: Path, path: Path) -> None:
    """Make a database unusable in one of the ways."""
    match what:
        case "lost key":
            (folder / "key" / "keyring.json").unlink()
        case "wrong key":
            (folder / "key" / "keyring.json").unlink()
            Keyring.create(folder / "key" / "keyring.json")
        case "foreign":
            path.write_bytes(b"My shopping list: bread, milk, marmalade." * 10)
        case "newer":
            run_on(path, "PRAGMA user_version = 9999")
        case "cut short":
            path.write_bytes(path.read_bytes()[:6_000])


def digest(path: Path) -> str:
    """Tell a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


async def test_a_second_bot_on_the_same_memory_is_refused(tmp_path: Path, telegram: Server) -> None:
    """The second one says so in one line and ends; the first one goes on."""
    noa = telegram.world.phone(first_name="Noa")
    given = environment(tmp_path, telegram.url)
    async with running(tmp_path, given) as first:
        noa.send_text("/start")
        await hears(noa, "Hello")
        second = await refused(tmp_path, given)
        assert (second.status, len(second.lines)) == (2, 1)
        assert "Another Attune is using" in second.said
        noa.send_text("/help")
        await hears(noa, "How it goes")
        assert (await ended(first, signal.SIGTERM)).status == 0


async def test_it_stops_in_time_and_loses_nothing(tmp_path: Path, telegram: Server) -> None:
    """Told to stop in the middle of work it ends in 5 s with 0; the next start answers all that was asked."""
    people = [telegram.world.phone(first_name=f"Person {n}") for n in range(40)]
    given = environment(tmp_path, telegram.url)
    async with running(tmp_path, given) as process:
        people[0].send_text("/start")
        await hears(people[0], "Hello")
        telegram.world.faults.add(Fault("latency", methods=["sendMessage"], seconds=0.2))
        for phone in people[1:]:
            phone.send_text("/start")
        await hears(people[1], "Hello")
        end = await ended(process, signal.SIGTERM)
    assert (end.status, end.seconds < STOPS_WITHIN) == (0, True)
    assert "Traceback" not in end.said
    telegram.world.faults.clear()
    async with running(tmp_path, given) as process:
        for phone in people:
            await hears(phone, "Hello")
        end = await ended(process, signal.SIGINT)
    assert (end.status, end.seconds < STOPS_WITHIN) == (0, True)
    assert "Traceback" not in end.said
    assert [len(phone.from_bot) for phone in people] == [1] * len(people)


async def test_it_stops_while_telegram_is_away(tmp_path: Path) -> None:
    """A bot that has not reached Telegram yet stops as quickly as any."""
    async with running(tmp_path, environment(tmp_path, "http://127.0.0.1:9")) as process:
        assert "cannot be reached" in await next_line(process)
        end = await ended(process, signal.SIGTERM)
    assert (end.status, end.seconds < STOPS_WITHIN) == (0, True), end
    assert "Traceback" not in end.said
