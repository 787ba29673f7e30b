"""What a couple leaves on the disk: lived day by day by the real bot on a stepped clock, every evening kept."""

import asyncio
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from people import Person, couple, next_round, settled

from bot.home.house import Home, at_home
from bot.practice.thread import Heard
from bot.screens.callbacks import Verb

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
REFLECTION, ANSWER = 60, 25  # words, as many as an evening's answer and its response may have
SOON = 3.0  # seconds
YEAR = 365
_SIZE = """
SELECT (page_count - freelist_count) * page_size
FROM pragma_page_count, pragma_freelist_count, pragma_page_size"""


@dataclass(frozen=True)
class Left:
    """What so many rounds of a couple have left, in bytes."""

    rounds: int
    getting_warm: int
    calls: int
    updates: int
    first: int  # after the first round
    warm: int  # after the rounds that are lived to get warm
    last: int

    def row(self) -> list[str]:
        """Write it as a row of a table: kB."""
        a_round = (self.last - self.warm) / (self.rounds - self.getting_warm)
        each = f"{self.calls / self.rounds:.1f}", f"{self.updates / self.rounds:.1f}"
        figures = self.warm - self.first, a_round, a_round * YEAR
        return [str(self.rounds), *each, *(f"{figure / 1000:,.1f}" for figure in figures)]


async def year(folder: Path, rounds: int, warm: int) -> Left:
    """Live so many rounds to the end; after `warm`, what is kept for a month goes as fast as it comes."""
    sizes: list[int] = []
    async with at_home(START, zone="Europe/Dublin", data=folder / "data") as home:
        people = await couple(home, "Ana", "Bo")
        said, heard = _sent(home), home.world.updates.next_id
        for number in range(rounds):
            if number:
                await next_round(home, *people)
            await _evening(number, *people)
            await settled(home)
            sizes.append(_size(Path(home.app.database.path)))
        calls = _sent(home) - said
        updates = home.world.updates.next_id - heard
    return Left(rounds, warm, calls, updates, sizes[0], sizes[warm - 1], sizes[-1])


async def _evening(number: int, *people: Person) -> None:
    for person in people:
        await person.seals(_words(REFLECTION, number))
    for person, other in (people, people[::-1]):
        await person.hears()
        person.writes(_words(ANSWER, number))
        await person.hears()
        await _presses(person, Verb.SEND)
        await other.hears()
        await _presses(other, Verb.HEARD, Heard.YES)


async def _presses(person: Person, *wanted: Any) -> None:
    with suppress(TimeoutError):  # some cards ask for no answer
        async with asyncio.timeout(SOON):
            await person.presses(*wanted)


def _words(number: int, seed: int) -> str:
    """Say something harmless of so many words."""
    said = ("the", "window", "was", "open", "and", "we", "heard", "rain", "on", "leaves", "all", "evening")
    return " ".join(said[(seed + place) % len(said)] for place in range(number)).capitalize() + "."


def _sent(home: Home) -> int:
    """Count the calls that Telegram has taken."""
    return sum(number for (_, outcome), number in home.app.vitals.calls.items() if outcome == "Sent")


def _size(path: Path) -> int:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return int(connection.execute(_SIZE).fetchone()[0])
