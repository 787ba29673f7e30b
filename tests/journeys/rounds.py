"""What two people do in a round, for the journeys: only what a Telegram client can."""

import asyncio
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.home.house import Home
from bot.sandbox import Message, Phone

PATIENCE = 10.0


@dataclass
class Person:
    """Somebody with a phone; `seen` is the newest message that a step has waited for."""

    phone: Phone
    seen: int = 0

    @property
    def name(self) -> str:
        """Tell what they are called."""
        return self.phone.person.first_name

    async def sees(self, words: str) -> Message:
        """Wait for a newer message of the bot's that has these words."""
        found = await self.phone.wait_for(
            lambda m: m.from_bot and m.message_id > self.seen and words in m.text, PATIENCE
        )
        self.seen = found.message_id
        return found

    def writes(self, text: str) -> Message:
        """Write to the bot."""
        return self.phone.send_text(text)

    async def presses(self, label: str) -> Message:
        """Press the newest button that says so, and wait until its spinner ends."""
        shown = await self.phone.wait_for(lambda m: label in m.labels, PATIENCE)
        await self.phone.press(shown, label).answered(PATIENCE)
        return shown

    async def drafts(self, text: str) -> Message:
        """Write a part of a reflection and wait for its quotation."""
        self.writes(text)
        return await self.phone.wait_for(
            lambda m: m.from_bot and text[:40] in m.text and "Seal it" in m.labels, PATIENCE
        )

    async def seals(self, text: str) -> None:
        """Write a reflection and seal it."""
        await self.drafts(text)
        await self.presses("Seal it")

    def texts(self) -> list[str]:
        """List all that the bot has said here, as it stands now."""
        return [m.text for m in self.phone.from_bot]

    def has_seen(self, words: str) -> bool:
        """Tell whether these words stand anywhere in what the bot has said here."""
        return any(words in text for text in self.texts())


def rows(home: Home, query: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask the database through a connection of our own."""
    path = home.app.database.path
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(query, values).fetchall()


def unsent(home: Home) -> int:
    """Count rows that are due and have not been sent."""
    now = int(home.clock.now().timestamp() * 1_000_000)
    query = "SELECT count(*) FROM outbox WHERE state IN ('queued', 'leased') AND due_at <= ?"
    return int(rows(home, query, now)[0][0])


async def settled(home: Home) -> None:
    """Wait until every update has been handled and everything that is due has been sent."""
    loop = asyncio.get_running_loop()
    until = loop.time() + PATIENCE
    await home.world.drained(PATIENCE)
    while unsent(home):
        assert loop.time() < until, "the outbox does not empty"
        await home.world.events.bell.wait(0.02)


async def pair(home: Home, first: str = "Ana", second: str = "Bo") -> tuple[Person, Person]:
    """Make two people a couple through the bot, up to their first prompt."""
    one, two = (Person(home.world.phone(first_name=name, username=name.lower())) for name in (first, second))
    one.writes("/start")
    await one.presses("I'm in")
    invitation = await one.sees("Who will you practise with?")
    link = re.search(r"https://t\.me/\S+", invitation.text)
    assert link is not None
    two.phone.open_link(link.group())
    await two.presses("I'm in")
    await one.presses("Yes, that's them")
    for person in (one, two):
        await person.sees("Today")
    await one.sees("When should the next one come?")
    await settled(home)
    return one, two


async def next_round(home: Home, *people: Person) -> None:
    """Step to the couple's next opening."""
    home.clock.advance(timedelta(hours=36))
    for person in people:
        await person.sees("Today")
