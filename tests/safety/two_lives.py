"""Two lives of one couple that part after their first meeting: what a person sees in each can be laid side by side."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from memory import look_away, opening, server_of
from people import MakeHome, Person, couple, later
from postgres_cluster import copied

from bot.home.house import Home
from bot.sandbox import Message

Prepare = Callable[[Person, Person], Awaitable[None]]
Seen = tuple[str, list[list[tuple[str, str, Any]]], datetime, datetime | None]


@dataclass(frozen=True)
class Fork:
    """Where two lives part: a folder with data and key, Telegram's state, who they are, and a server's database."""

    make_home: MakeHome
    folder: Path
    state: dict[str, Any]
    people: tuple[int, int]
    server: str | None

    @asynccontextmanager
    async def life(self, name: str, **options: Any) -> AsyncIterator[tuple[Home, Person, Person]]:
        """Live on from there, with a copy of all there was."""
        folder = self.folder.parent / name
        shutil.copytree(self.folder, folder)
        if self.server is not None:
            look_away()
            options["database"] = await asyncio.to_thread(copied, self.server)
        home = await self.make_home(data=folder / "data", state=self.state, **options)
        noa, sam = (Person(home, home.world.phone(user)) for user in self.people)
        for partner in (noa, sam):
            partner.seen = max(partner.phone.chat.messages)
        yield home, noa, sam


async def fork(make_home: MakeHome, root: Path, prepare: Prepare | None = None, **options: Any) -> Fork:
    """Bring two together, let them do what both lives begin with, and stop there."""
    home = await make_home(data=root / "before" / "data", **options)
    noa, sam = await couple(home)
    if prepare is not None:
        await prepare(noa, sam)
    people = (noa.phone.user_id, sam.phone.user_id)
    made = Fork(make_home, root / "before", home.world.snapshot(), people, server_of(home))
    await home.app.supervisor.stop(5)
    await home.app.database.close()
    return made


async def both_seal(noa: Person, sam: Person) -> None:
    """Let both write and seal."""
    await noa.seals("The marmalade on the stairs.")
    await sam.seals("An umbrella in the hall.")


async def next_round(home: Home) -> None:
    """Let the couple's next round open, an hour later than at the earliest instant."""
    until = opening(home) - home.clock.now()
    await later(home, seconds=until.total_seconds() + 3600)


def seen(who: Person, since: int) -> list[Seen]:
    """Give what a chat shows of the bot's since a message: words, buttons with what they carry, and times."""
    return [_seen(message) for message in who.phone.from_bot if message.message_id > since]


def _seen(message: Message) -> Seen:
    buttons = [[(button.text, button.kind, button.value) for button in row] for row in message.buttons]
    return message.html, buttons, message.date, message.edit_date


MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"\b\d{{1,2}} (?:{MONTH})(?: \d{{4}})?\b|\b\d{{4}}-\d\d-\d\d(T[\d:.+]*\d)?")


def undated(text: str) -> str:
    """Leave dates out of a text."""
    return DATE.sub("<date>", text)


_ID = re.compile(r"\b[0-9a-z]{11,13}\b")


def without_ids(chat: list[Seen]) -> list[Seen]:
    """Replace the ids that buttons carry by numbers, in their order: a life makes its own after the fork."""
    known: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        return known.setdefault(found.group(), f"#{len(known)}")

    def carried(buttons: list[list[tuple[str, str, Any]]]) -> list[list[tuple[str, str, Any]]]:
        return [[(text, kind, _ID.sub(number, str(value))) for text, kind, value in row] for row in buttons]

    return [(html, carried(buttons), sent, edited) for html, buttons, sent, edited in chat]
