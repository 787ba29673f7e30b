"""A story of several evenings: the bot in its own process, hundreds of couples, trouble, and the account."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import psycopg
from chaos_account import Account, account, rows
from chaos_bot import BotProcess
from chaos_couple import Couple
from chaos_crew import Crew, crew, trouble
from chaos_ledger import Ledger
from chaos_partner import Partner
from chaos_trouble import Trouble
from chaos_world import WatchedWorld
from postgres_cluster import Cluster

from bot.sandbox import SteerableClock, serve

START = datetime(2026, 1, 12, 18, 55, tzinfo=UTC)  # Dublin's clocks show the same
OPENING = 20  # the hour of a couple that has not said one
MOST_DAYS = 28  # after that, settled rows go, and the account would not find them
SHOWN = timedelta(minutes=11)  # after which nobody is shown what they have put away
REST = 60.0  # seconds to come to rest

Bot = BotProcess | Crew
Besides = Callable[[Bot, asyncio.Event], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Plan:
    """How much of it."""

    seed: int = 1
    couples: int = 12
    kills: int = 20
    days: int = 2
    talks: float = 0.2  # of the evenings on which both have answered bring a dialogue, a repair or a letter


@dataclass
class Report:
    """What came of it."""

    plan: Plan
    account: Account
    days: int
    seconds: float
    kills: int
    lives: int
    crashes: list[int]
    faults: int
    updates: int
    updates_lost: int
    words: int
    late: int = 0
    talked: int = 0
    troubles: int = 0
    stalled: list[str] = field(default_factory=list)

    @property
    def faultless(self) -> bool:
        """Tell whether every promise held."""
        a = self.account
        broken = (
            *(a.lost, a.ghosts, a.early, a.not_shown, a.double_reveals, a.outside, a.in_clear, a.mornings),
            *(a.not_cleared, a.left_here),
        )
        return not (any(broken) or a.left_over or self.updates_lost or self.stalled or self.crashes)

    def table(self) -> str:
        """Write it down."""
        a = self.account
        lines = {
            "seed": self.plan.seed,
            "couples": self.plan.couples,
            "evenings": self.days,
            "seconds": round(self.seconds),
            "kills": self.kills,
            "pauses, cuts and restarts of the server": self.troubles,
            "ends that nobody caused": len(self.crashes),
            "faults that struck": self.faults,
            "updates": self.updates,
            "updates without effect": self.updates_lost,
            "words written": self.words,
            "words lost": len(a.lost),
            "words kept or seen that were taken away": len(a.ghosts),
            "words seen early": len(a.early),
            "words never shown": len(a.not_shown),
            "words in clear, in a file or a log": len(a.in_clear),
            "words cleared from their author's chat": a.cleared,
            "words still there, and said to be cleared": len(a.left_here),
            "words that are being cleared for ever": len(a.not_cleared),
            "rounds": a.rounds,
            "rounds revealed late": self.late,
            "dialogues, repairs and letters": self.talked,
            "rounds missing or too many": len(a.mornings),
            "reveals": a.reveals,
            "double reveals, prompts or responses": len(a.double_reveals),
            "messages taken by Telegram": a.sent,
            "repeated messages": len(a.repeated),
            "  of those in the named window": len(a.repeated) - len(a.outside),
            "  of those after a lost answer": sum(taken.answer_lost for taken in a.repeated),
            "rows left on their way": a.left_over,
            "people left waiting": len(self.stalled),
        }
        return "\n".join(f"| {name:<40} | {value:>8} |" for name, value in lines.items())


class Story:
    """One run."""

    def __init__(self, plan: Plan, folder: Path, cluster: Cluster | None = None) -> None:
        self.plan = plan
        self.cluster = cluster  # where there are several processes, and a database there
        self.folder = folder
        self.random = Random(plan.seed)  # noqa: S311 (repeatable on purpose)
        self.ledger = Ledger()
        self.clock = SteerableClock(START, running=True)
        self.world = WatchedWorld(self.ledger, clock=self.clock, seed=plan.seed)
        self.couples = [self._couple(number) for number in range(plan.couples)]
        self.day = 0
        self.checked = self.world.first_update
        self.updates_lost = 0
        self.besides: Besides | None = None

    def _couple(self, number: int) -> Couple:
        random = Random(f"{self.plan.seed}/{number}")  # noqa: S311 (repeatable on purpose)
        people = [
            Partner(
                self.world.phone(first_name=f"{name}{number}"),
                self.ledger,
                Random(f"{random.random()}"),  # noqa: S311 (repeatable on purpose)
            )
            for name in ("Ada", "Bo")
        ]
        besides = Random(f"{self.plan.seed}/{number}/besides")  # noqa: S311 (repeatable on purpose)
        return Couple(people[0], people[1], random, besides, self.plan.talks)

    async def play(self, besides: Besides | None = None) -> Report:
        """Play it to its end; what goes on `besides` ends once its event is set."""
        began = time.monotonic()
        async with serve(self.world) as telegram, AsyncExitStack() as stack:
            bot = await stack.enter_async_context(self._bot(telegram.url))
            trouble = Trouble(self.world, bot, self.random, self.plan.kills)
            async with asyncio.TaskGroup() as group:
                keeper = group.create_task(bot.keep())
                troubles = [group.create_task(trouble.faults()), group.create_task(trouble.killing())]
                besides = besides or self.besides
                if besides is not None:
                    troubles.append(group.create_task(besides(bot, trouble.stop)))
                await self._evenings(bot, trouble)
                trouble.stop.set()
                await asyncio.wait(troubles)
                await self._at_rest(bot, REST)
                self.clock.advance(SHOWN)
                await self._at_rest(bot, REST)
                await bot.finish(keeper)
        found = await account(bot, self.folder, self.world, self.couples)
        return self._report(bot, found, time.monotonic() - began)

    @asynccontextmanager
    async def _bot(self, url: str) -> AsyncIterator[Bot]:
        """Make the process, or several, and trouble between them."""
        if self.cluster is None:
            yield BotProcess(url, self.folder)
            return
        cluster = self.cluster
        random = Random(f"{self.plan.seed}/crew")  # noqa: S311 (repeatable on purpose)
        async with crew(url, self.folder, cluster, random=random) as (bots, proxies):
            self.besides = lambda _, stop: trouble(bots, proxies, cluster, random, stop)
            yield bots

    async def _evenings(self, bot: Bot, trouble: Trouble) -> None:
        await self._all(lambda couple: couple.first_evening(0))
        while self.day < MOST_DAYS and (self.day + 1 < self.plan.days or not trouble.over):
            self.day += 1
            await self._night(bot)
            await self._all(lambda couple: couple.next_evening(self.day))
        await self._recorded(bot)

    async def _night(self, bot: Bot) -> None:
        """Let a night and a day pass, hours at a time: an opening that is hours late is skipped, rightly."""
        await self._recorded(bot)
        opening = START.replace(hour=OPENING, minute=0) + timedelta(days=self.day)
        while (left := opening - timedelta(hours=2) - self.clock.now()) > timedelta(0):
            self.clock.advance(min(left, timedelta(hours=4)))
            await self._at_rest(bot)
        await self._all(lambda couple: couple.comes_back(self.day))
        await self.world.drained(REST)
        self.clock.set(opening + timedelta(seconds=1))

    async def _recorded(self, bot: Bot) -> None:
        """Look whether every update has taken effect; old ids are swept after a week."""
        await self.world.drained(REST)
        sql = "SELECT id FROM updates WHERE id >= ?"
        known = {number for (number,) in await self._ask(bot, sql, self.checked)}
        self.updates_lost += sum(n not in known for n in range(self.checked, self.world.updates.next_id))
        self.checked = self.world.updates.next_id

    async def _at_rest(self, bot: Bot, seconds: float = 30.0) -> None:
        """Wait until nothing is due any more: no update, no couple, no message."""
        over = time.monotonic() + seconds
        sql = (
            "SELECT (SELECT count(*) FROM couples WHERE parted_at IS NULL AND next_opening <= ?)"
            " + (SELECT count(*) FROM outbox WHERE state = 'leased' OR state = 'queued' AND due_at <= ?)"
        )
        await self.world.drained(seconds)
        while await self._ask(bot, sql, *[int(self.clock.now().timestamp() * 1_000_000)] * 2) != [(0,)]:
            if time.monotonic() > over:
                return
            await self.world.events.bell.wait(0.05)

    async def _ask(self, bot: Bot, sql: str, *values: object) -> list[tuple[object, ...]]:
        """Ask the database: a dying bot may leave it locked for a moment, and its server may be on its way back."""
        over = time.monotonic() + REST
        while True:
            try:
                return rows(bot.memory, sql, *values)
            except (sqlite3.OperationalError, psycopg.OperationalError):
                if time.monotonic() > over:
                    raise
            await asyncio.sleep(0.02)

    async def _all(self, act: Callable[[Couple], Coroutine[Any, Any, None]]) -> None:
        async with asyncio.TaskGroup() as group:
            for couple in self.couples:
                group.create_task(act(couple))

    def _report(self, bot: Bot, found: Account, seconds: float) -> Report:
        return Report(
            self.plan,
            found,
            days=self.day + 1,
            seconds=seconds,
            kills=bot.kills,
            lives=self.world.life,
            crashes=bot.crashes,
            faults=self.world.struck,
            updates=self.world.updates.next_id - self.world.first_update,
            updates_lost=self.updates_lost,
            words=len(self.ledger.words),
            late=sum(couple.revealed_late for couple in self.couples),
            talked=sum(couple.talked for couple in self.couples),
            troubles=len(bot.troubles) - bot.kills if isinstance(bot, Crew) else 0,
            stalled=[line for couple in self.couples for line in couple.stalled],
        )
