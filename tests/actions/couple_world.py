"""Two people and a bot without a network: the real storage, actions, handlers and words."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from couple_person import Person
from telegram import Update

from bot.actions import open_rounds
from bot.actions.follow_ups import FOLLOW_UPS
from bot.actions.lapse_rounds import lapse_due
from bot.actions.move_talks import move_due
from bot.actions.open_rounds import House
from bot.actions.rest import lose, welcome_back
from bot.actions.unplaced import let_go_unplaced
from bot.config import Config
from bot.content import Content
from bot.messages import Outcome, Row, Unreachable, Withdrawn
from bot.practice.calendar import Quiet, Rhythm
from bot.practice.couple import Couple
from bot.practice.ids import CoupleId, PartnerId
from bot.practice.partner import Partner
from bot.practice.round import Round
from bot.screens.call import Call
from bot.screens.callbacks import Verb
from bot.screens.context import Deployment
from bot.screens.ephemeral import Whispers
from bot.screens.render import MessageRenderer
from bot.screens.request import Services
from bot.telegram.dispatch import UpdateContext
from bot.telegram.throttle import Throttle
from storage.database import Database
from storage.keyring import Keyring
from storage.unit import Unit

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ZONE = "Europe/Dublin"
OPERATOR = "somebody"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class World:
    """The bot's memory, a clock, and the two. Made by `world`."""

    def __init__(self, root: Path, content: Content, server: str | None = None) -> None:
        self.root = root
        self.now = NOW
        data = root / "data"
        self.memory: Path | str = server or data
        self.keyring = Keyring.ready(root / "key" / "keyring.json", data)
        whispers = Whispers()
        self.renderer = MessageRenderer(content, Deployment(OPERATOR, "attune_bot", whispers=whispers))
        self.services = Services(
            Config("1:x", data, root / "key", OPERATOR, ZONE, allow=None),
            content,
            House(content, ZONE),
            self.renderer.labels,
            whispers,
        )
        self.throttle = Throttle.unlimited()
        self.database: Database
        self.people: tuple[Person, Person]
        self.couple: CoupleId
        self.flying: list[tuple[Row, Call | None]] = []
        self.written: dict[int, list[str]] = {1001: [], 1002: []}  # by chat, for whoever looks for words
        self._updates = 0

    async def open(self) -> None:
        """Open the database; what was leased when it was dropped is given back, as at a start."""
        self.database = await Database.open(self.memory, self.keyring)
        async with self.unit() as work:
            await work.spool.release()

    async def crash(self) -> None:
        """Drop the process between two transactions, and start it anew."""
        self.flying.clear()
        await self.database.close()
        await self.open()

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[Unit]:
        """Begin a unit of work at the world's instant."""
        async with self.database.unit(self.now) as work:
            yield work

    async def meet(self, *names: str, **choices: Any) -> tuple[Person, Person]:
        """Make two people a couple whose first round is open; `choices` are of both."""
        async with self.unit() as work:
            partners = [_partner(work, name, number, choices) for number, name in enumerate(names, 1001)]
            for partner in partners:
                await work.partners.add(partner)
            self.couple = await pair_up(work, partners[0].id, partners[1].id, self.services.house)
        one, two = (Person(self, p.name, p.chat, p.id) for p in partners)
        self.people = one, two
        return one, two

    async def handle(self, raw: Mapping[str, Any], callback: Any) -> None:
        """Let one update take effect, in a transaction of its own."""
        self._updates += 1
        update = Update.de_json({"update_id": self._updates, **raw}, None)
        async with self.unit() as work:
            await callback(update, cast("UpdateContext", SimpleNamespace(unit=work)))

    async def later(self, step: timedelta) -> None:
        """Let time pass, open what falls due, and send what is due."""
        self.now += step
        await self.beat()
        await self.deliver()

    async def due(self) -> datetime | None:
        """Tell when the couple's next round opens."""
        async with self.unit() as work:
            return (await work.couples.get(self.couple)).next_opening

    async def next_opening(self) -> None:
        """Go to the couple's next opening."""
        due = await self.due()
        assert due is not None
        await self.later(due - self.now)

    async def beat(self) -> None:
        """Open what is due, and let lapse what is over and what nobody has placed."""
        async with self.unit() as work:
            due, _ = await work.couples.due(self.now, 9)
            assert not await open_rounds.open_due(work, due, self.services.house)
            *_, failed = await lapse_due(work, 99)
            assert not failed
            await let_go_unplaced(work, 99)
            _, unmoved = await move_due(work, 99)
            assert not unmoved

    async def deliver(self) -> None:
        """Send all that is due."""
        await self.land()
        while await self.take_off():
            await self.land()

    async def take_off(self) -> bool:
        """Render the first row of each chat that has nothing in the air; tell whether there was any."""
        busy = [row.message.chat for row, _ in self.flying]
        async with self.unit() as work:
            for person in self.people:
                passed = [other.chat for other in self.people if other is not person] + busy
                for row in await work.spool.lease(1, passed):
                    self.flying.append((row, await self.renderer.render(work, row.message)))
        return bool(self.flying)

    async def land(self) -> None:
        """Let what is in the air arrive, and settle it."""
        async with self.unit() as work:
            for row, call in self.flying:
                outcome = self._arrive(row, call)
                await work.spool.settle(row.id, outcome)
                if isinstance(outcome, Unreachable) and row.message.to is not None:
                    await lose(work, row.message.to)
                follow_up = FOLLOW_UPS.get(row.message.kind)
                if follow_up is not None:
                    await follow_up(work, row, outcome)
        self.flying.clear()

    def arrive_unknown(self) -> None:
        """Let what is in the air arrive, and nobody note it: Telegram took it, and its answer was lost."""
        for row, call in self.flying:
            self._arrive(row, call)
        self.flying.clear()

    async def lose_the_answer(self) -> None:
        """Let what is in the air arrive, and its answer be lost: each call is put off, and made again."""
        async with self.unit() as work:
            for row, call in self.flying:
                self._arrive(row, call)
                await work.spool.postpone(row.id, row.message.chat, self.now, counted=True, doubtful=True)
        self.flying.clear()

    def _arrive(self, row: Row, call: Call | None) -> Outcome:
        if call is None:
            return Withdrawn()
        return next(p for p in self.people if p.chat == row.message.chat).receive(row, call)

    async def rounds(self) -> list[Round]:
        """Load the couple's rounds, oldest first."""
        async with self.unit() as work:
            return (await work.rounds.recent(self.couple, 999))[::-1]

    async def round(self) -> Round:
        """Load the newest round."""
        return (await self.rounds())[-1]

    async def unblocks(self, person: Person) -> None:
        """Let somebody take the bot back in, and let all that follows arrive."""
        person.blocks = False
        async with self.unit() as work:
            await welcome_back(work, await work.partners.get(person.id))
        await self.deliver()

    async def change(self, person: Person, **choices: Any) -> None:
        """Change a partner's choices behind their back."""
        async with self.unit() as work:
            partner = await work.partners.get(person.id)
            await work.partners.save(Partner(**{**vars(partner), **choices}))

    async def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        """Ask the database."""
        async with self.unit() as work:
            return [tuple(row.values()) for row in await work.context.transaction.rows(sql, **values)]


def _partner(work: Unit, name: str, chat: int, choices: Mapping[str, Any]) -> Partner:
    given = {"quiet": Quiet(0, 0), "language": "en", "consented_at": NOW, **choices}
    return Partner(PartnerId(work.new_id()), chat, name, **given)


async def pair_up(work: Unit, one: PartnerId, two: PartnerId, house: House) -> CoupleId:
    """Make a couple and open its first round; its hour is at nine, in Dublin."""
    couple = Couple(
        id=CoupleId(work.new_id()),
        partners=(one, two),
        rhythm=Rhythm(9 * 60, ZONE, set_by=one),
        last_opening=work.now,
        last_date=work.now.date(),
        next_opening=work.now + DAY,
    )
    await work.couples.add(couple)
    await open_rounds.open_first(work, couple.id, house)
    return couple.id


@asynccontextmanager
async def world(root: Path, content: Content, server: str | None = None) -> AsyncIterator[World]:
    """Open a world for a block."""
    made = World(root, content, server)
    await made.open()
    try:
        yield made
    finally:
        await made.database.close()


def without_ids(call: Call, *ids: int) -> str:
    """Write a call down with the ids replaced: what a reader could tell apart."""
    text = json.dumps(dict(call.payload), sort_keys=True, ensure_ascii=False)
    for place, number in enumerate(ids):
        text = text.replace(base36(number), f"#{place}")
    return f"{call.method} {text}"


def base36(number: int) -> str:
    """Write a number as buttons do."""
    digits: list[str] = []
    while number:
        number, digit = divmod(number, 36)
        digits.append("0123456789abcdefghijklmnopqrstuvwxyz"[digit])
    return "".join(reversed(digits))


def run(work: Any) -> Any:
    """Run a coroutine to its end in a loop of its own."""
    return asyncio.run(work)


def each(*people: Person) -> Iterator[tuple[Person, Person]]:
    """Give each of two with the other."""
    one, two = people
    yield one, two
    yield two, one


async def seal(person: Person, *texts: str) -> None:
    """Write a reflection and seal it, and let all that follows arrive."""
    for text in texts:
        await person.writes(text)
    await person.world.deliver()
    await person.presses(Verb.SEAL)
    await person.world.deliver()


async def reveal(world: World, one: str = "ana's words", two: str = "bo's words") -> None:
    """Bring the two to a reveal."""
    for person, text in zip(world.people, (one, two), strict=True):
        await seal(person, text)


async def respond(person: Person, text: str) -> None:
    """Write a response or a clarification, send it, and let all that follows arrive."""
    await person.writes(text)
    await person.world.deliver()
    if person.kinds()[-1] == "kept_ask" and Verb.PLACE in person.asks():
        await person.presses(Verb.PLACE)
        await person.world.deliver()
    await person.presses(Verb.SEND)
    await person.world.deliver()
