"""The drain over the real database and real HTTP, with Telegram's limits enforced."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from bot.actions.store import Unit
from bot.clock import SystemClock
from bot.delivery.drain import Drain
from bot.delivery.flights import Made
from bot.delivery.pace import Pace
from bot.messages import Message, MessageKind, Priority, Row
from bot.sandbox import Fault, Phone, World, serve
from bot.screens.call import Call
from bot.telegram.client import BotApi
from bot.telegram.http import AioRequest
from bot.telegram.sender import Sender
from storage.database import Database
from storage.keyring import Keyring

CLOCK = SystemClock()
TOO_MANY = 429


class Stage:
    """A drain between a database and a sandbox, for people who have pressed start."""

    def __init__(self, world: World, database: Database, sender: Sender, people: int) -> None:
        self.world = world
        self.database = database
        self.sender = sender
        self.phones: list[Phone] = [world.phone(first_name=f"P{number}") for number in range(people)]
        for phone in self.phones:
            phone.send_text("/start")
        self.told: list[int] = []

    def drain(self, pace: Pace | None = None) -> Drain:
        """Make a drain, as a fresh process would."""
        wake = asyncio.Event()
        self.database.on_queued(wake.set)
        drain = Drain(
            self.database,
            self._prepare,
            clock=CLOCK,
            pace=pace or Pace(),
            on_unreachable=self._tell,
            wake=wake,
        )
        self.database.carry(drain.ride)
        return drain

    async def _prepare(self, rows: Sequence[Row]) -> list[Made]:
        calls = [
            Call("sendMessage", {"chat_id": m.chat, "text": f"message {m.details['number']}"})
            for m in (row.message for row in rows)
        ]
        return [partial(self.sender.send, call) for call in calls]

    async def _tell(self, _unit: Unit, row: Row) -> None:
        self.told.append(row.message.chat)

    async def put(self, *numbered: tuple[Phone, int], priority: Priority = Priority.MORNING) -> None:
        """Queue messages."""
        async with self.database.unit(CLOCK.now()) as unit:
            await unit.outbox.put(
                *(
                    Message(MessageKind.PROMPT, phone.user_id, priority=priority, details={"number": number})
                    for phone, number in numbered
                )
            )

    async def doubtful(self) -> int:
        """Count the messages that may stand twice."""
        async with self.database.unit(CLOCK.now()) as unit:
            return len(await unit.context.transaction.rows("SELECT 1 FROM outbox WHERE doubtful = 1"))

    async def waiting(self) -> bool:
        """Tell whether anything is still to leave, or to be settled."""
        async with self.database.unit(CLOCK.now()) as unit:
            sql = "SELECT 1 FROM outbox WHERE state IN ('queued', 'leased')"
            return bool(await unit.context.transaction.rows(sql))

    def shown(self, phone: Phone) -> list[str]:
        """Tell what a phone shows of the bot's messages."""
        return [message.text for message in phone.messages if message.text.startswith("message")]

    async def until_shown(self, number: int) -> None:
        """Wait until so many messages are shown in all."""
        async with asyncio.timeout(30):
            while sum(len(self.shown(phone)) for phone in self.phones) < number:  # noqa: ASYNC110 (they are on phones)
                await asyncio.sleep(0.02)


@asynccontextmanager
async def a_stage(folder: Path, *, people: int, limits: bool = False) -> AsyncIterator[Stage]:
    """Set a stage up and clear it again."""
    world = World(limits=limits)
    database = await Database.open(folder / "data", Keyring.create(folder / "key.json"))
    async with serve(world) as server, AioRequest(read_timeout=1.0) as request:
        try:
            yield Stage(world, database, Sender(BotApi(request, f"{server.url}/bot", world.token)), people)
        finally:
            await database.close()


@asynccontextmanager
async def running(drain: Drain) -> AsyncIterator[None]:
    """Let a drain run for the block."""
    task = asyncio.ensure_future(drain.run())
    try:
        yield
    finally:
        drain.stop()
        await task


async def test_a_morning_leaves_just_under_the_limit(tmp_path: Path) -> None:
    """A hundred prompts leave in no more than twice the time that the limit asks for.

    Without a refusal, but for one that a stall of the machine that runs this test may cause.
    """
    async with a_stage(tmp_path, people=100, limits=True) as stage:
        stage.world.faults.add(Fault("latency", methods=["sendMessage"], seconds=0.0, jitter=0.3, after=True))
        await stage.put(*((phone, 1) for phone in stage.phones))
        began = time.monotonic()
        async with running(stage.drain()):
            await stage.until_shown(100)
        took = time.monotonic() - began
        refusals = sum(call.code == TOO_MANY for call in stage.world.calls)
        assert refusals <= 16, "one refusal, of all that was in the air"
        assert took < 2 * 100 / 29 + (3.0 if refusals else 0.0), (
            "what it takes on a quiet machine is a bench's to say"
        )


async def test_everything_arrives_in_order_through_all_that_can_happen(tmp_path: Path) -> None:
    """Errors, resets before acceptance, limits: each message once, in its chat's order."""
    async with a_stage(tmp_path, people=8) as stage:
        for fault in (
            Fault("error", methods=["sendMessage"], code=500, probability=0.1, count=6),
            Fault("reset", methods=["sendMessage"], probability=0.1, count=6),
            Fault("error", methods=["sendMessage"], code=429, retry_after=1, probability=0.1, count=3),
        ):
            stage.world.faults.add(fault)
        for number in range(4):
            await stage.put(*((phone, number) for phone in stage.phones))
        async with running(stage.drain(Pace(1000, per_chat=1000))):
            await stage.until_shown(32)
        for phone in stage.phones:
            assert stage.shown(phone) == [f"message {number}" for number in range(4)]


async def test_stops_and_starts_repeat_nothing(tmp_path: Path) -> None:
    """A graceful stop leaves nothing in the window: each message is shown once."""
    async with a_stage(tmp_path, people=10) as stage:
        for number in range(6):
            await stage.put(*((phone, number) for phone in stage.phones))
        for steps in range(40):
            task = asyncio.ensure_future(stage.drain(Pace.unlimited()).run())
            for _ in range(steps * 5):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.wait([task])
        async with running(stage.drain(Pace.unlimited())):
            await stage.until_shown(60)
        for phone in stage.phones:
            assert stage.shown(phone) == [f"message {number}" for number in range(6)]


async def test_what_may_have_been_taken_is_known_to_the_next_process(tmp_path: Path) -> None:
    """Telegram took it and its answer was lost; the bot ended before it tried again: it may stand there twice."""
    async with a_stage(tmp_path, people=2) as stage:
        lost, other = stage.phones
        fault = Fault("error", methods=["sendMessage"], code=500, after=True, chat_id=lost.user_id, count=1)
        stage.world.faults.add(fault)
        await stage.put((lost, 1), (other, 1))
        async with running(stage.drain(Pace.unlimited())):
            await stage.until_shown(2)
            while not await stage.doubtful():
                await stage.world.events.bell.wait(0.05)
        async with running(stage.drain(Pace.unlimited())):
            await stage.until_shown(3)
            while await stage.waiting():
                await stage.world.events.bell.wait(0.05)
        assert stage.shown(lost) == ["message 1"] * 2
        assert await stage.doubtful() == 1


async def test_a_blocked_chat_is_told_of_once(tmp_path: Path) -> None:
    """Its rows are settled, and the others get theirs."""
    async with a_stage(tmp_path, people=5) as stage:
        blocked = stage.phones[0]
        blocked.block()
        await stage.put(*((phone, number) for phone in stage.phones for number in range(2)))
        async with running(stage.drain(Pace.unlimited())):
            await stage.until_shown(8)
        assert stage.told == [blocked.user_id]


async def test_a_line_that_comes_back_is_used(tmp_path: Path) -> None:
    """Calls that fail for all are tried by one, and all arrive when it gets through."""
    async with a_stage(tmp_path, people=20) as stage:
        await stage.put(*((phone, 1) for phone in stage.phones))
        fault = stage.world.faults.add(Fault("reset", methods=["sendMessage"]))
        async with running(stage.drain(Pace.unlimited())):
            await asyncio.sleep(1.0)
            stage.world.faults.remove(fault.number)
            await stage.until_shown(20)
        assert all(stage.shown(phone) == ["message 1"] for phone in stage.phones)


async def test_chats_that_never_get_through_hold_up_nobody(tmp_path: Path) -> None:
    """Three of them look like an outage; who comes then is tried before them, and lifts it."""
    async with a_stage(tmp_path, people=8) as stage:
        stuck, others = stage.phones[:3], stage.phones[3:]
        for phone in stuck:
            stage.world.faults.add(Fault("error", methods=["sendMessage"], code=500, chat_id=phone.user_id))
        await stage.put(*((phone, 1) for phone in stuck))
        async with running(stage.drain(Pace.unlimited())):
            while sum(call.method == "sendMessage" for call in stage.world.calls) < 5:
                await stage.world.events.bell.wait(0.5)
            await stage.put(*((phone, 1) for phone in others))
            await stage.until_shown(len(others))
        assert [stage.shown(phone) for phone in stage.phones] == [[]] * 3 + [["message 1"]] * len(others)
