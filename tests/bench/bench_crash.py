"""The crash: python-telegram-bot's Updater beside ours, killed at the same random instants while people write.

Everybody writes unique words. Afterwards each word is looked for: in what the bot has written down, and in what it
has said back. Ours keeps them as the parts of a reflection, and quotes the reflection back; the other is an echo.
"""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random

from chaos_account import rows
from chaos_bot import SERVE, BotProcess, until
from chaos_couple import Couple
from chaos_ledger import TOKEN as WORD
from chaos_ledger import Ledger
from chaos_partner import Partner
from chaos_world import WatchedWorld

from bot.practice.ids import PartnerId, RoundId
from bot.practice.round import Slot
from bot.sandbox import TOKEN, SteerableClock, serve
from storage.database import Database
from storage.keyring import Keyring

SEED = 4
NOON = datetime(2026, 1, 12, 12, 0, tzinfo=UTC)
SOONEST, LATEST = 0.1, 1.5  # seconds from a start to the kill
GAP = 0.01  # seconds between two words, on average
MOST = 18  # words of one person: a reflection has room for twenty parts
CALM = 1.0  # seconds without a message, after which none is expected any more


@dataclass(frozen=True)
class Crash:
    """What so many kills came to."""

    who: str
    kills: int
    handed_over: int
    lost: int
    twice: int
    missing: int
    repeated: int

    def row(self) -> list[str]:
        """Write it as a row of a table."""
        figures = self.kills, self.handed_over, self.lost, self.twice, self.missing, self.repeated
        return [self.who, *map(str, figures)]


async def crashes(folder: Path, people: int, kills: int) -> list[Crash]:
    """Measure both."""
    (folder / "stock").mkdir(parents=True)
    (folder / "ours").mkdir()
    file = folder / "stock" / "heard.db"
    async with _run(
        folder / "stock", people, [str(Path(__file__).with_name("echo_kept.py")), str(file)]
    ) as run:
        await run.suffer(kills)
    stock = run.account("python-telegram-bot's Updater", _heard(file))
    async with _run(folder / "ours", people, SERVE) as run:
        await run.meet()
        await run.suffer(kills)
    return [stock, run.account("our intake", await _parts(run.bot))]


class _Run:
    def __init__(self, world: WatchedWorld, bot: BotProcess, people: int) -> None:
        self.world = world
        self.bot = bot
        self.ledger = world.ledger
        self.phones = [world.phone(first_name=f"P{number}") for number in range(people)]

    async def meet(self) -> None:
        """Let two and two become couples, whose first round opens at once."""
        random = Random(SEED)  # noqa: S311 (repeatable on purpose)
        people = [Partner(phone, self.ledger, random) for phone in self.phones]
        couples = [Couple(a, b, random, random, 0.0) for a, b in zip(people[::2], people[1::2], strict=True)]
        await asyncio.gather(*(couple.meets(0) for couple in couples))
        await asyncio.gather(*(partner.sees("Today · ", 0) for partner in people))

    def _lives_again(self, life: int) -> bool:
        return self.world.life > life

    async def suffer(self, kills: int) -> None:
        """Let people write and the bot be killed; then let it come to rest."""
        random = Random(SEED)  # noqa: S311 (the same instants for both)
        writing = asyncio.ensure_future(self._write())
        for _ in range(kills):
            life = self.world.life
            await asyncio.sleep(random.uniform(SOONEST, LATEST))
            self.bot.kill()
            await until(partial(self._lives_again, life))
        writing.cancel()
        await asyncio.wait([writing])
        await self.world.drained(60.0)
        said = -1
        while said != len(self.world.taken):
            said = len(self.world.taken)
            await asyncio.sleep(CALM)

    async def _write(self) -> None:
        pace = Random(SEED + 1)  # noqa: S311 (as above)
        for number in range(MOST * len(self.phones)):
            phone = self.phones[number % len(self.phones)]
            word = self.ledger.plant(phone.user_id, 0, response=False)
            phone.send_text(f"It was {word.token}.")
            await asyncio.sleep(pace.uniform(0, 2 * GAP))

    def account(self, who: str, kept: Counter[str]) -> Crash:
        """Look for every word."""
        words = self.ledger.words
        shown = {sighting.token for sighting in self.ledger.sightings}
        said = Counter(
            (call.result["chat"]["id"], call.result["text"])
            for call in self.world.calls
            if call.ok and call.method == "sendMessage" and WORD.search(call.result.get("text", ""))
        )
        return Crash(
            who,
            self.bot.kills,
            len(words),
            lost=sum(not kept[word] for word in words),
            twice=sum(kept[word] > 1 for word in words),
            missing=sum(word not in shown for word in words),
            repeated=sum(times - 1 for times in said.values()),
        )


@asynccontextmanager
async def _run(folder: Path, people: int, program: Sequence[str]) -> AsyncIterator[_Run]:
    world = WatchedWorld(Ledger(), clock=SteerableClock(NOON, running=True))
    async with serve(world) as telegram:
        if program is not SERVE:
            script, *more = program
            program = [script, telegram.url, TOKEN, *more]
        bot = BotProcess(telegram.url, folder, program=program)
        keeper = asyncio.ensure_future(bot.keep())
        try:
            await until(lambda: world.life > 0)
            yield _Run(world, bot, people)
        finally:
            await bot.finish(keeper)


def _heard(file: Path) -> Counter[str]:
    with closing(sqlite3.connect(file)) as connection:
        return Counter(
            word for (text,) in connection.execute("SELECT text FROM heard") for word in WORD.findall(text)
        )


async def _parts(bot: BotProcess) -> Counter[str]:
    """Decrypt every part of every reflection."""
    drafts = rows(bot.data / "attune.db", "SELECT round_id, author_id FROM drafts")
    database = await Database.open(bot.data, Keyring.load(bot.key_file))
    found: Counter[str] = Counter()
    async with database.unit(datetime.now(UTC)) as unit:
        for round_, author in drafts:
            draft = await unit.words.own(PartnerId(author), RoundId(round_), Slot.REFLECTION)
            found.update(word for piece in draft.pieces for word in WORD.findall(piece.text))
    await database.close()
    return found
