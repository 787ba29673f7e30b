"""Sandbox and bot in one process: the same composition root, real HTTP between them, one stepped clock."""

import tempfile
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.app import App, running
from bot.clock import SteppedClock
from bot.config import Config
from bot.content import Content
from bot.delivery.pace import Pace
from bot.practice.shelf import Card
from bot.sandbox import TOKEN, World, serve
from bot.screens.table import load_content
from bot.telegram.throttle import Throttle

OPERATOR = "the person at this keyboard"


@dataclass(frozen=True)
class Home:
    """What runs here."""

    world: World
    clock: SteppedClock
    app: App


@dataclass(frozen=True)
class Chosen:
    """A few of the prompts, for a story whose partners have words for them; after `last` there are all."""

    content: Content
    prompts: Collection[str]
    clock: SteppedClock
    last: datetime | None = None

    def cards(self, *languages: str) -> Collection[Card]:
        """Give the facts of these prompts."""
        known = self.content.cards(*languages)
        if self.last is not None and self.clock.now() > self.last:
            return known
        return [card for card in known if card.id in self.prompts]


@asynccontextmanager
async def at_home(
    start: datetime,
    *,
    zone: str,
    data: Path | None = None,
    database: str = "",
    prompts: Collection[str] = (),
    last: datetime | None = None,
    state: Mapping[str, Any] | None = None,
    running_clock: bool = False,
    token: str = TOKEN,
    allow: frozenset[int] | None = None,
    content: Content | None = None,
    throttle: Throttle | None = None,
) -> AsyncIterator[Home]:
    """Run both until the block ends; with `data` the database is kept there, else nothing is.

    `database` is a PostgreSQL server's address, where the database is instead.

    `prompts` limits the decks to these ids, until the instant `last` if there is one; empty means all.
    `state` is the sandbox's, from before; then its time counts, not `start`. With `running_clock` time goes
    on by itself between steps. `token` is the bot's: whoever has it and finds the port can act as the bot.
    `allow` is who may start a couple; None: everybody. `content` is one that has been read already, for
    whoever makes many homes. `throttle` is how much of one person is taken at a time; None: all.
    """
    clock = SteppedClock(start, running=running_clock)
    world = World.restore(dict(state), clock=clock, token=token) if state else World(clock=clock, token=token)
    with tempfile.TemporaryDirectory(prefix="attune-") as scratch:
        async with serve(world) as telegram:
            config = Config(
                token=token,
                data=data or Path(scratch) / "data",
                key_file=(
                    data.parent / "key" / "keyring.json" if data else Path(scratch) / "key" / "keyring.json"
                ),
                operator=OPERATOR,
                zone=zone,
                api_url=telegram.url,
                allow=allow,
                database=database,
            )
            words = content or load_content()
            decks = Chosen(words, prompts, clock, last) if prompts else words
            async with running(
                config,
                clock,
                words,
                decks=decks,
                pace=Pace.unlimited(),
                throttle=throttle or Throttle.unlimited(),
            ) as app:
                yield Home(world, clock, app)
