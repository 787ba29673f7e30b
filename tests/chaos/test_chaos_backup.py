"""Copies of a database that many people are writing to, and one of them put back: whole, and gone on with."""

import asyncio
import re
import shutil
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from chaos_account import every_word
from chaos_bot import ROOT, BotProcess
from chaos_ledger import Ledger
from chaos_story import Bot, Plan, Story

from bot.sandbox import serve

pytestmark = pytest.mark.sqlite

# Each must find nothing: what it looks for would be half of a unit of work.
TORN = {
    "damage": "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
    "a reference to nothing": "SELECT * FROM pragma_foreign_key_check",
    "a reveal without both seals": (
        "SELECT r.id FROM rounds AS r JOIN turns AS t ON t.round_id = r.id"
        " WHERE r.revealed_at IS NOT NULL AND t.sealed_at IS NULL"
    ),
    "both seals without a reveal": (
        "SELECT r.id FROM rounds AS r WHERE r.revealed_at IS NULL"
        " AND (SELECT count(*) FROM turns AS t WHERE t.round_id = r.id AND t.sealed_at IS NOT NULL) = 2"
    ),
    "a seal without its words": (
        "SELECT t.round_id FROM turns AS t LEFT JOIN drafts AS d"
        " ON d.round_id = t.round_id AND d.author_id = t.partner_id AND d.slot = 'reflection'"
        " WHERE (t.sealed_at IS NULL) <> (d.committed_at IS NULL)"
    ),
    "a round without two turns": (
        "SELECT r.id FROM rounds AS r WHERE (SELECT count(*) FROM turns AS t WHERE t.round_id = r.id) <> 2"
    ),
    "a couple without two seats": (
        "SELECT c.id FROM couples AS c WHERE (SELECT count(*) FROM seats AS s WHERE s.couple_id = c.id) <> 2"
    ),
    "a message about no round": (
        "SELECT o.id FROM outbox AS o LEFT JOIN rounds AS r ON r.id = o.round_id"
        " WHERE o.round_id IS NOT NULL AND r.id IS NULL"
    ),
    "a message to nobody": (
        "SELECT o.id FROM outbox AS o LEFT JOIN partners AS p ON p.id = o.partner_id"
        " WHERE o.partner_id IS NOT NULL AND p.id IS NULL"
    ),
    "a round of which nobody was told": (
        "SELECT r.id FROM rounds AS r"
        " WHERE NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.round_id = r.id AND o.kind = 'prompt')"
    ),
    "a reveal of which nobody was told": (
        "SELECT r.id FROM rounds AS r WHERE r.revealed_at IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.round_id = r.id AND o.kind = 'reveal_frame')"
    ),
}
THERE = (
    "SELECT p.chat_id FROM partners AS p JOIN seats AS s ON s.partner_id = p.id"
    " WHERE s.active = 1 AND p.resting = 0 AND p.reachable = 1"
)
FAULTS = re.compile(r"ERROR|Traceback")


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    status: int
    told: str


async def command(bot: BotProcess, *words: str) -> Said:
    """Run `python -m bot ...` on the bot's database, as another process."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=ROOT,
        env=bot.environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await process.communicate()
    return Said(process.returncode or 0, told.decode())


def ask(path: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask a copy."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def opened(copy: Path) -> Path:
    """Make a data folder of a copy."""
    folder = copy.with_suffix("")
    folder.mkdir()
    shutil.copyfile(copy, folder / "attune.db")
    return folder


async def words_in(folder: Path, key_file: Path, ledger: Ledger) -> set[str]:
    """Read every word with the key, and tell which there are: each is its author's."""
    found = await every_word(folder, key_file)
    for token, place in found.items():
        assert ledger.words[token].author == place.author
    return set(found)


def torn(copies: Sequence[Path]) -> list[str]:
    """Name what is half in a copy."""
    return [f"{copy.name}: {what}" for copy in copies for what, sql in TORN.items() if ask(copy, sql)]


@pytest.mark.timeout(300)
async def test_a_backup_under_load_is_whole_and_can_be_gone_on_with(tmp_path: Path) -> None:
    """Copied again and again while couples write and the bot is killed: each copy is of one instant."""
    (tmp_path / "bot").mkdir()
    story = Story(Plan(seed=5, couples=8, kills=3, days=2), tmp_path / "bot")
    copies: list[Path] = []

    async def copying(bot: Bot, stop: asyncio.Event) -> None:
        while not stop.is_set():
            if story.world.life > 0:
                copy = tmp_path / f"copy-{len(copies)}.db"
                assert isinstance(bot, BotProcess)
                said = await command(bot, "backup", str(copy))
                assert (said.status, copy.exists()) == (0, True), said.told
                copies.append(copy)
            await story.world.events.bell.wait(0.2)

    report = await story.play(copying)
    assert report.faultless, report.table() + "\n".join(report.stalled)
    assert report.kills >= 3
    assert torn(copies) == []
    key_file = tmp_path / "bot" / "key" / "keyring.json"
    words = [await words_in(opened(copy), key_file, story.ledger) for copy in copies]
    assert len({len(found) for found in words}) > 2, "the copies are of different instants"
    half = next(number for number, found in enumerate(words) if 2 * len(found) > len(words[-1]))
    await goes_on(story, copies[half], words[half])


async def goes_on(story: Story, copy: Path, words: set[str]) -> None:
    """Put an earlier copy back, start the bot again, and live one more evening with those who were there."""
    there = {chat for (chat,) in ask(copy, THERE)}
    story.couples = [
        couple
        for couple in story.couples
        if not couple.away and all(partner.phone.user_id in there for partner in couple.both)
    ]
    assert len(story.couples) >= 3
    async with serve(story.world) as telegram:
        bot = BotProcess(telegram.url, story.folder)
        said = await command(bot, "restore", str(copy))
        assert said.status == 0, said.told
        before = bot.log.stat().st_size
        async with asyncio.TaskGroup() as group:
            keeper = group.create_task(bot.keep())
            story.day += 1
            await story._night(bot)
            await story._all(lambda couple: couple.next_evening(story.day))
            await story._at_rest(bot)
            await bot.finish(keeper)
    assert [couple.stalled for couple in story.couples] == [[]] * len(story.couples)
    assert bot.crashes == []
    assert not FAULTS.search(bot.log.read_text()[before:])
    assert words <= set(await every_word(bot.data, bot.key_file))
