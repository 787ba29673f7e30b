"""Databases of earlier releases, with couples in the middle of everything, go on under this one.

A folder here is a release: its database, its key (of nobody's), the chats as the phones showed them, and the story of
who is where. They were made by that release's own code and are never made anew.
"""

import asyncio
import gzip
import json
import shutil
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from memory import stored
from people import Person, later, settled
from processes import PATIENCE, ended, environment, next_line, running
from whole_words import whole_words

from bot.home.house import Home, at_home
from bot.sandbox import World, serve
from bot.screens.callbacks import Verb
from storage import migrate
from storage.backup import restore
from storage.database import Database
from storage.keyring import Keyring
from storage.rotation import all_in

OLDEST = Path(__file__).parent / "2026-11-23"
RELEASES = sorted(path for path in Path(__file__).parent.iterdir() if (path / "story.json").exists())


@dataclass
class Living:
    """A home that an earlier release has lived in."""

    home: Home
    story: dict[str, Any]

    def pair(self, where: str) -> tuple[Person, Person]:
        """Give the two of whom the story tells something; both have looked at all there is."""
        return self.person(where, "one"), self.person(where, "other")

    def person(self, where: str, which: str) -> Person:
        """Give one of them."""
        number, _ = self.story[where][which]
        phone = self.home.world.phone(number)
        return Person(self.home, phone, max(message.message_id for message in phone.messages))

    def state(self, where: str) -> str:
        """Tell the state of a couple's newest round."""
        number, _ = self.story[where]["one"]
        rows = stored(
            self.home,
            "SELECT r.state FROM rounds AS r JOIN seats AS s ON s.couple_id = r.couple_id JOIN partners AS p"
            " ON p.id = s.partner_id WHERE p.chat_id = :chat ORDER BY r.ordinal DESC LIMIT 1",
            chat=number,
        )
        return str(rows[0][0])


def unpack(folder: Path, release: Path) -> None:
    """Put a release's database and key in place."""
    (folder / "data").mkdir(mode=0o700)
    (folder / "key").mkdir(mode=0o700)
    database = folder / "data" / "attune.db"
    database.write_bytes(gzip.decompress((release / "attune.db.gz").read_bytes()))
    database.chmod(0o600)
    shutil.copy(release / "keyring.json", folder / "key" / "keyring.json")
    (folder / "key" / "keyring.json").chmod(0o600)


@asynccontextmanager
async def lived_in(folder: Path, release: Path) -> AsyncIterator[Living]:
    """Start this release over an earlier one's files."""
    unpack(folder, release)
    told = json.loads((release / "story.json").read_text("utf-8"))
    phones = json.loads(gzip.decompress((release / "phones.json.gz").read_bytes()))
    now = datetime.fromisoformat(told["now"])
    async with at_home(
        now, zone="Europe/Dublin", data=folder / "data", state=phones, content=whole_words()
    ) as home:
        await settled(home)
        yield Living(home, told["people"])


@pytest.fixture(params=RELEASES, ids=lambda release: release.name)
async def living(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Living]:
    """Live on, from each release."""
    async with lived_in(tmp_path, request.param) as found:
        yield found


async def test_everything_is_there_and_whole(living: Living) -> None:
    """The schema is the newest, every word can be opened, and every state is as it was."""
    assert stored(living.home, "PRAGMA user_version") == [(migrate.latest(),)]
    assert await living.home.app.database.verify() == []
    states = {where: living.state(where) for where in ("open", "drafted", "waiting", "revealed", "answered")}
    assert states == {
        "open": "open", "drafted": "open", "waiting": "waiting", "revealed": "revealed", "answered": "revealed",
    }  # fmt: skip


async def test_a_sealed_word_waits_for_its_other_half(living: Living) -> None:
    """What was sealed before is shown by the second seal after, and not before."""
    eve, finn = living.pair("waiting")
    assert not finn.was_told("missed you at the window")
    await finn.seals("I heard you come in.")
    await finn.sees("missed you at the window")
    await eve.sees("heard you come in")
    assert living.state("waiting") == "revealed"


async def test_a_draft_is_still_ones_own(living: Living) -> None:
    """An old quotation's button seals it, and nobody else has seen it."""
    cleo, dan = living.pair("drafted")
    await cleo.presses(Verb.SEAL)
    await settled(living.home)
    assert living.state("drafted") == "waiting"
    assert not dan.was_told("kitchen was quiet")
    await dan.seals("The bread was warm.")
    await dan.sees("kitchen was quiet")


async def test_a_round_goes_on_after_its_reveal(living: Living) -> None:
    """A response that was drafted is sent by its old button; what was answered is heard; what was asked is said."""
    ines, jon = living.pair("responding")
    await jon.presses(Verb.SEND)
    await ines.sees("That sounds lonely.")
    kim, leo = living.pair("answered")
    await kim.presses(Verb.HEARD)
    await leo.sees("Kim")
    mia, ned = living.pair("clarifying")
    mia.writes("It was the long table, and nobody beside me.")
    await mia.presses(Verb.SEND)
    await ned.sees("nobody beside me")


async def test_who_was_on_the_way_arrives(living: Living) -> None:
    """A joiner who waited is confirmed, an old link still joins, who rested comes back, who parted stays so."""
    tess, uma = living.pair("joining")
    await tess.presses(Verb.CONFIRM)
    await settled(living.home)
    assert living.state("joining") == "open"
    ola, _ = living.pair("resting")
    ola.writes("/resume")
    await settled(living.home)
    quin, rui = living.pair("parted")
    assert living.state("parted") == "closed"
    await later(living.home, days=2)
    assert not any("Today" in text for text in await rui.hears())
    assert uma.phone.messages
    assert quin.phone.messages


async def test_a_card_of_ones_own_still_comes(living: Living) -> None:
    """Where a release had such cards: it waited, and is asked of both at the next opening."""
    if "card" not in living.story:
        return
    vic, wyn = living.pair("card")
    await later(living.home, hours=36)
    assert any("Which sound belongs to our first flat?" in text for text in await vic.hears())
    assert any("Which sound belongs to our first flat?" in text for text in await wyn.hears())


async def test_the_next_morning_comes_to_everybody_who_is_together(living: Living) -> None:
    """The openings that an earlier release has planned are kept."""
    before = {where: living.pair(where) for where in ("open", "revealed", "answered")}
    await later(living.home, days=2)
    for one, other in before.values():
        for each in (one, other):
            assert any("Today" in text for text in await each.hears())


async def test_a_real_start_keeps_a_copy_of_what_it_brings_up_to_date(tmp_path: Path) -> None:
    """It says what it does; the copy is of the old schema and can be restored; a second start has nothing to do."""
    unpack(tmp_path, OLDEST)
    backups = tmp_path / "backups"
    async with serve(World()) as telegram:
        given = environment(tmp_path, telegram.url, ATTUNE_BACKUPS=str(backups))
        for number, expected in enumerate((f"schema {migrate.latest()} of {migrate.latest()}", "serving")):
            async with running(tmp_path, given) as bot:
                said = ""
                async with asyncio.timeout(PATIENCE):
                    while "serving" not in (line := await next_line(bot)):
                        said += line
                assert expected in said + line
                await ended(bot, signal.SIGTERM)
            assert ("bringing the database" in said) is (number == 0)
    (kept,) = all_in(backups)
    with closing(sqlite3.connect(kept.file)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone()[0] < migrate.latest()
    await restore(kept.file, tmp_path / "again", Keyring.load(tmp_path / "key" / "keyring.json"))


async def test_an_upgrade_that_is_killed_goes_on(tmp_path: Path) -> None:
    """Wherever it is cut short, between any two steps and within one, the next start finishes it."""
    steps = migrate.load()
    for cut in range(1, len(steps)):
        folder = tmp_path / str(cut)
        folder.mkdir()
        unpack(folder, OLDEST)
        path = folder / "data" / "attune.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            migrate.migrate(connection, steps[:cut])
            connection.execute("BEGIN IMMEDIATE")  # a step that never came to its commit
            connection.execute(next(steps[cut].statements()))
        database = await Database.open(folder / "data", Keyring.load(folder / "key" / "keyring.json"))
        try:
            assert await database.verify() == []
        finally:
            await database.close()
