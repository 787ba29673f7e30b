"""The real process, seen from outside: what it logs at DEBUG, where it listens, who may turn its updates away."""

import asyncio
import os
import re
import signal
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from labels import label
from overheard import Said, private
from processes import Ended, ended, environment, running
from sockets import connections, doors

from bot.sandbox import TOKEN, Phone, World, serve
from bot.sandbox.server import Server

pytestmark = pytest.mark.sqlite

PATIENCE = 60.0
HOOK = {"url": "http://localhost:9/caught"}  # where nobody listens: what is pushed there waits
needs_proc = pytest.mark.skipif(
    not Path("/proc/self/net/tcp").exists(), reason="there is no /proc to read sockets from"
)


class Overheard(World):
    """A Telegram at home in which it is noted what people say."""

    def __init__(self) -> None:
        super().__init__()
        self.said = Said()

    def inject(self, update: dict[str, object]) -> object:  # type: ignore[override]
        """Note an update, and queue it."""
        self.said.hear(update)
        return super().inject(update)


@dataclass(frozen=True)
class Somebody:
    """Somebody with a phone, who knows nothing of the process that answers."""

    phone: Phone

    def writes(self, text: str) -> None:
        """Write to the bot."""
        self.phone.send_text(text)

    async def presses(self, label: str) -> None:
        """Press the newest button that says so, and wait until its spinner ends."""
        shown = await self.phone.wait_for(lambda message: label in message.labels, PATIENCE)
        await self.phone.press(shown, label).answered(PATIENCE)

    def was_told(self, words: str) -> bool:
        """Tell whether these words stand anywhere in what the bot has said here."""
        return any(words in message.text for message in self.phone.from_bot)


@pytest.fixture
async def telegram() -> AsyncIterator[Server]:
    """Run a Telegram at home by the machine's own clock."""
    async with serve(Overheard()) as server:
        yield server


async def sees(person: Somebody, words: str) -> None:
    """Wait until these words stand somewhere in a chat."""
    await person.phone.wait_until(lambda _: person.was_told(words), PATIENCE)


async def invites(person: Somebody) -> str:
    """Start and consent; give the link."""
    person.writes("/start")
    await person.presses(label("in"))
    await sees(person, "Who will you practise with?")
    link = re.search(r"https://t\.me/\S+", "\n".join(message.text for message in person.phone.from_bot))
    assert link is not None
    return link.group()


async def play(world: World) -> None:
    """Let two people live a round with planted names and words, and a stranger write."""
    noa = Somebody(world.phone(first_name="Noaphinename", username="noaphineuser"))
    sam = Somebody(world.phone(first_name="Samothracename", last_name="Lastlyname"))
    sam.phone.open_link(await invites(noa))
    await sees(sam, "would like to practise")
    await sam.presses(label("in"))
    await sees(noa, "the person you meant")
    await noa.presses(label("yes_them"))
    for person in (noa, sam):
        await sees(person, "Today")
    noa.writes("It was the marmaladeword on the stairs, he hit me.")
    await sees(noa, "marmaladeword")
    await noa.presses(label("seal"))
    sam.phone.send_photo(b"\x89PNG\r\n\x1a\n" + bytes(60), caption="a captionword")
    sam.phone.send_document(b"x", "filenameword.pdf")
    sam.phone.send_voice(b"voice", 3)
    await sees(sam, "captionword")
    await sam.presses(label("seal"))
    await sees(sam, "marmaladeword")
    world.inject({"message": {"text": "marmaladeword", "from": "umbrellaword", "self": "captionword"}})
    world.phone(first_name="Strangername").send_text("A strangeword.")
    noa.writes("/settings")
    await sees(noa, "Your settings")


@pytest.mark.parametrize("form", ["console", "json"])
async def test_a_round_at_debug_level_leaves_no_word_on_standard_error(
    tmp_path: Path, telegram: Server, form: str
) -> None:
    """No text, caption, name, file or id of anybody's, and no SQL of aiosqlite's; but what could not be parsed."""
    given = environment(tmp_path, telegram.url, ATTUNE_LOG_LEVEL="DEBUG", ATTUNE_LOG_FORMAT=form)
    async with running(
        tmp_path, given, "serve", "--sandbox-clock"
    ) as process:  # which has no limits to wait for
        await play(telegram.world)
        end: Ended = await ended(process, signal.SIGTERM)
    assert end.status == 0, end.said
    assert isinstance(telegram.world, Overheard)
    said = telegram.world.said
    assert {"Noaphinename", "Lastlyname", "filenameword.pdf", "a captionword"} <= said.texts
    assert private(end.said, said) == []
    assert "cannot be parsed" in end.said
    assert "aiosqlite" not in end.said


@needs_proc
async def test_safety_the_bot_has_no_door(tmp_path: Path, telegram: Server) -> None:
    """It listens on no port and no socket from its start on, whatever it is asked: there is nothing to call."""
    async with running(tmp_path, environment(tmp_path, telegram.url)) as process:
        noa = Somebody(telegram.world.phone(first_name="Noaphinename"))
        meeting, found = asyncio.create_task(invites(noa)), []
        async with asyncio.timeout(PATIENCE):
            while not (meeting.done() and connections(process.pid)):  # the poll that waits for updates
                found += doors(process.pid)
                await telegram.world.events.bell.wait(0.05)
        await meeting
        for command in ("/settings", "/safety", "/export"):
            noa.writes(command)
            found += doors(process.pid)
        await sees(noa, "Your settings")
        found += doors(process.pid)
        assert (await ended(process, signal.SIGTERM)).status == 0
    assert found == []


@needs_proc
def test_a_door_would_be_seen() -> None:
    """A listening port, a port for datagrams and a Unix socket, opened here."""
    before = doors(os.getpid())
    with (
        socket.create_server(("127.0.0.1", 0)),
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams,
        socket.socket(socket.AF_UNIX) as local,
    ):
        datagrams.bind(("127.0.0.1", 0))
        local.bind("\0attune-door")
        local.listen()
        new = [door.kind for door in doors(os.getpid()) if door not in before]
    assert new == ["tcp", "udp", "unix"]


async def hook(telegram: Server) -> None:
    """Set a webhook as a thief of the token would."""
    async with (
        aiohttp.ClientSession() as thief,
        thief.post(f"{telegram.url}/bot{TOKEN}/setWebhook", json=HOOK) as answer,
    ):
        assert answer.status == 200


async def test_safety_a_webhook_set_with_a_stolen_token_is_removed(tmp_path: Path, telegram: Server) -> None:
    """Before the start and while it runs: what waited is answered, and a line tells the operator what to do."""
    world = telegram.world
    noa = Somebody(world.phone(first_name="Noaphinename"))
    await hook(telegram)
    noa.writes("/start")
    async with running(tmp_path, environment(tmp_path, telegram.url)) as process:
        await sees(noa, "Hello")
        assert not world.webhook.url
        await hook(telegram)
        noa.writes("/help")
        await sees(noa, "How it goes")
        end = await ended(process, signal.SIGTERM)
    told = [line for line in end.lines if "localhost" in line]
    assert len(told) == 1  # an hour
    assert all("/revoke" in line for line in told)
    assert TOKEN not in end.said
    assert not [
        call for call in world.calls if call.values.get("drop_pending_updates") not in (None, False, "false")
    ]
