"""Keep what this release's couples look like, for the releases after it.

`python tests/upgrades/make.py 0.2.0`. Run once, with the release's own code, and never again under the same name.
"""

import asyncio
import gzip
import json
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "journeys")]

from people import Person, couple, invites, joins, person, settled  # noqa: E402 (found by the lines above)

from bot.content import Content  # noqa: E402 (found by the path above)
from bot.home.house import Home, at_home  # noqa: E402 (found by the path above)
from bot.practice.thread import Heard  # noqa: E402 (found by the path above)
from bot.screens.callbacks import Verb  # noqa: E402 (found by the path above)
from storage.copying import copy  # noqa: E402 (found by the path above)

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NAMES = {
    "open": ("Ada", "Bea"),
    "drafted": ("Cleo", "Dan"),
    "waiting": ("Eve", "Finn"),
    "revealed": ("Gil", "Hana"),
    "responding": ("Ines", "Jon"),
    "answered": ("Kim", "Leo"),
    "clarifying": ("Mia", "Ned"),
    "resting": ("Ola", "Pia"),
    "parted": ("Quin", "Rui"),
    "card": ("Vic", "Wyn"),
}
Told = dict[str, Any]


async def revealed(one: Person, other: Person) -> None:
    """Seal both."""
    await one.seals("The table was long.")
    await other.seals("I was home late.")


async def answered(one: Person, other: Person) -> None:
    """Let the second respond to the first."""
    await revealed(one, other)
    await other.presses(Verb.OWN_WORDS)
    await other.hears()
    other.writes("That sounds lonely.")
    await other.presses(Verb.SEND)
    await one.sees("That sounds lonely.")


async def drafted(one: Person, _: Person) -> None:
    """Leave a draft."""
    await one.drafts("The kitchen was quiet and I liked it.")


async def waiting(one: Person, _: Person) -> None:
    """Leave a seal."""
    await one.seals("I missed you at the window.")


async def responding(one: Person, other: Person) -> None:
    """Leave a response that is drafted."""
    await revealed(one, other)
    await other.presses(Verb.OWN_WORDS)
    await other.hears()
    other.writes("That sounds lonely.")
    await other.sees("That sounds lonely.")


async def clarifying(one: Person, other: Person) -> None:
    """Leave a question to the first: what the other should understand."""
    await answered(one, other)
    await one.presses(Verb.HEARD, Heard.NOT_YET)
    await one.sees("to understand")


async def resting(one: Person, _: Person) -> None:
    """Rest."""
    one.writes("/pause")
    await one.sees("resting now")


async def parted(one: Person, _: Person) -> None:
    """Leave for good."""
    one.writes("/leave")
    await one.presses(Verb.LEAVE)
    await one.hears()


async def card(one: Person, _: Person) -> None:
    """Put in a card of one's own."""
    one.writes("/card Which sound belongs to our first flat?")
    await one.presses(Verb.CARD_COME)
    await one.finds("marked as yours")


STEPS: Mapping[str, Callable[[Person, Person], Awaitable[None]]] = {
    "drafted": drafted, "waiting": waiting, "revealed": revealed, "responding": responding, "answered": answered,
    "clarifying": clarifying, "resting": resting, "parted": parted, "card": card,
}  # fmt: skip


async def live(home: Home) -> Told:
    """Bring everybody to where they are left."""
    people: Told = {}
    for where, names in NAMES.items():
        one, other = await couple(home, *names)
        if where in STEPS:
            await STEPS[where](one, other)
        people[where] = {"one": told(one), "other": told(other)}
    inviting = person(home, "Sol")
    people["inviting"] = {"one": told(inviting), "link": await invites(inviting)}
    one, other = person(home, "Tess"), person(home, "Uma")
    await joins(other, await invites(one))
    await one.sees("the person you meant")
    people["joining"] = {"one": told(one), "other": told(other)}
    await settled(home)
    return people


def told(who: Person) -> list[Any]:
    """Tell a person's number and name."""
    return [who.phone.user_id, who.name]


async def make(folder: Path) -> None:
    """Live, and keep database, key, chats and story."""
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        async with at_home(START, zone="Europe/Dublin", data=data, content=Content()) as home:
            people = await live(home)
            phones, now = home.world.snapshot(), home.clock.now().isoformat()
        keep(folder, data, phones, {"now": now, "people": people})


def keep(folder: Path, data: Path, phones: Told, story: Told) -> None:
    """Write it all down."""
    with tempfile.TemporaryDirectory() as scratch:
        folder.mkdir()
        copy(data / "attune.db", Path(scratch) / "copy.db")
        (folder / "attune.db.gz").write_bytes(
            gzip.compress((Path(scratch) / "copy.db").read_bytes(), mtime=0)
        )
        (folder / "phones.json.gz").write_bytes(gzip.compress(json.dumps(phones).encode(), mtime=0))
        (folder / "story.json").write_text(json.dumps(story, indent=1) + "\n", "utf-8")
        shutil.copy(data.parent / "key" / "keyring.json", folder / "keyring.json")


if __name__ == "__main__":
    asyncio.run(make(HERE / sys.argv[1]))
