"""The drain sends everything, in order, once, whatever comes back."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from fake_store import FakeStore
from jumping_loop import LoopClock, run

from bot.delivery.drain import Drain
from bot.delivery.pace import Pace
from bot.messages import (
    Message,
    MessageKind,
    Outcome,
    Priority,
    Refused,
    Row,
    Sent,
    TokenRefused,
    TryLater,
    Unreachable,
    Withdrawn,
)

Answer = Callable[[Row], Outcome]


class Telegram:
    """Takes calls, remembers when each came, and answers after a while."""

    def __init__(self, answer: Answer | None = None, latency: float = 0.05) -> None:
        self.answer = answer or (lambda _row: Sent(1))
        self.latency = latency
        self.calls: list[tuple[float, Row]] = []
        self.in_air: set[int] = set()
        self.most = 0

    def ids(self) -> list[int]:
        """Name the rows that were called for, in order."""
        return [row.id for _at, row in self.calls]

    async def prepare(self, row: Row) -> Callable[[], Awaitable[Outcome]]:
        """Render a row: there is nothing to it."""

        async def send() -> Outcome:
            chat = row.message.chat
            assert chat not in self.in_air, "two calls to one chat at once"
            self.in_air.add(chat)
            self.most = max(self.most, len(self.in_air))
            self.calls.append((asyncio.get_running_loop().time(), row))
            try:
                await asyncio.sleep(self.latency)
            finally:
                self.in_air.discard(chat)
            return self.answer(row)

        return send


class Stage:
    """A drain with its store and its Telegram."""

    def __init__(self, telegram: Telegram | None = None, pace: Pace | None = None) -> None:
        self.clock = LoopClock()
        self.store = FakeStore()
        self.telegram = telegram or Telegram()
        self.wake = asyncio.Event()
        self.told: list[Row] = []
        self.drain = Drain(
            self.store,
            self.telegram.prepare,
            clock=self.clock,
            pace=pace or Pace(),
            on_unreachable=self._tell,
            wake=self.wake,
            noise=random.Random(1).random,  # noqa: S311 (a seed, not a secret)
        )

    async def _tell(self, _unit: object, row: Row) -> None:
        self.told.append(row)

    def put(
        self,
        chat: int,
        priority: Priority = Priority.MORNING,
        kind: MessageKind = MessageKind.PROMPT,
        **more: object,
    ) -> int:
        """Queue a message and wake the drain."""
        made = self.store.put(Message(kind, chat, priority=priority, **more), self.clock.now())  # type: ignore[arg-type]
        self.wake.set()
        return made

    async def play(self, seconds: float) -> None:
        """Drain for so long, then stop."""
        task = asyncio.ensure_future(self.drain.run())
        await asyncio.sleep(seconds)
        self.drain.stop()
        await task


def test_everything_due_is_sent_once() -> None:
    """Two hundred chats get their prompt in about seven seconds, each once."""

    async def story() -> None:
        stage = Stage()
        for chat in range(200):
            stage.put(chat)
        await stage.play(7.0)
        assert stage.store.states() == {"sent": 200}
        assert len(stage.telegram.ids()) == 200

    run(story())


def test_a_chats_rows_keep_their_order() -> None:
    """Rows of one chat leave in order, one at a time, also when calls fail on the way."""

    async def story() -> None:
        chance = random.Random(4)  # noqa: S311 (a seed, not a secret)
        telegram = Telegram(lambda _row: TryLater() if chance.random() < 0.3 else Sent(1))
        stage = Stage(telegram)
        for number in range(120):
            stage.put(number % 6)
        await stage.play(4000)
        assert stage.store.states() == {"sent": 120}
        for chat in range(6):
            seen = list(dict.fromkeys(row.id for _at, row in telegram.calls if row.message.chat == chat))
            assert seen == sorted(seen)

    run(story())


def test_a_reply_goes_before_the_morning() -> None:
    """With two thousand prompts waiting, a reply leaves within a place of its coming."""

    async def story() -> None:
        stage = Stage()
        for chat in range(2000):
            stage.put(chat)
        task = asyncio.ensure_future(stage.drain.run())
        waits = []
        for person in range(100):
            await asyncio.sleep(0.37)
            came = stage.clock.monotonic()
            row = stage.put(10_000 + person, Priority.REPLY, MessageKind.TODAY)
            await asyncio.sleep(0.2)
            waits += [at - came for at, sent in stage.telegram.calls if sent.id == row]
        stage.drain.stop()
        await task
        assert len(waits) == 100
        assert sorted(waits)[98] <= 0.04

    run(story())


def test_a_reply_lifts_what_stands_before_it_in_its_chat() -> None:
    """A prompt that is already leased leaves just before the reply to its chat."""

    async def story() -> None:
        stage = Stage()
        prompts = [stage.put(chat) for chat in range(2000)]
        task = asyncio.ensure_future(stage.drain.run())
        await asyncio.sleep(1.0)
        leased = [entry.message.chat for entry in stage.store.leased()]
        for chat in (leased[-1], 1999):
            reply = stage.put(chat, Priority.REPLY, MessageKind.TODAY)
            await asyncio.sleep(0.2)
            ids = stage.telegram.ids()
            assert 0 < ids.index(reply) - ids.index(prompts[chat]) < 6
        stage.drain.stop()
        await task

    run(story())


def test_no_kind_starves() -> None:
    """Replies that fill the limit for a minute do not stop the events nor the morning."""

    async def story() -> None:
        stage = Stage()
        for chat in range(200):
            stage.put(chat)
            stage.put(1000 + chat, Priority.EVENT, MessageKind.REVEAL_FRAME)
        for chat in range(3000):
            stage.put(2000 + chat, Priority.REPLY, MessageKind.TODAY)
        await stage.play(60)
        kinds = [row.message.priority for _at, row in stage.telegram.calls]
        assert kinds.count(Priority.MORNING) >= 30
        assert kinds.count(Priority.EVENT) >= 30
        assert kinds.count(Priority.REPLY) >= 1000

    run(story())


def test_no_chat_starves() -> None:
    """One chat with two hundred rows does not hold up the others."""

    async def story() -> None:
        stage = Stage()
        for _ in range(200):
            stage.put(1)
        for chat in range(2, 30):
            stage.put(chat)
        await stage.play(10)
        others = [at for at, row in stage.telegram.calls if row.message.chat != 1]
        assert len(others) == 28
        assert max(others) < 4

    run(story())


def test_a_blocked_chat_stops_at_once_and_the_practice_is_told() -> None:
    """One call, one telling; rows of that chat that are leased are settled without a call."""

    async def story() -> None:
        stage = Stage(Telegram(lambda _row: Unreachable()))
        rows = [stage.put(5) for _ in range(3)]
        await stage.play(5)
        assert stage.telegram.ids() == rows[:1]
        assert [row.id for row in stage.told] == rows[:1]
        assert stage.store.states() == {"failed": 3}

    run(story())


def test_a_refused_call_is_given_up_at_once(caplog: pytest.LogCaptureFixture) -> None:
    """It is logged by kind and id."""

    async def story() -> None:
        stage = Stage(Telegram(lambda _row: Refused("text too long")))
        stage.put(5)
        await stage.play(5)
        assert len(stage.telegram.calls) == 1
        assert stage.store.states() == {"failed": 1}

    run(story())
    assert "prompt (row 1) is given up: text too long" in caplog.text


def test_a_day_offline_costs_a_call_a_minute_and_no_storm_follows() -> None:
    """Nothing is lost or repeated in a burst; the outbox is hardly touched meanwhile."""

    async def story() -> None:
        online = False
        telegram = Telegram(lambda _row: Sent(1) if online else TryLater(everyone=True))
        stage = Stage(telegram)
        for chat in range(300):
            stage.put(chat)
        task = asyncio.ensure_future(stage.drain.run())
        await asyncio.sleep(24 * 3600)
        offline = len(telegram.calls)
        units = stage.store.units
        online = True
        await asyncio.sleep(80)
        stage.drain.stop()
        await task
        assert 1000 < offline < 3000
        assert units < 3 * offline
        assert stage.store.states() == {"sent": 300}
        back = [at for at, _row in telegram.calls[offline:]]
        assert all(later - at >= 1.0 for at, later in zip(back, back[30:], strict=False))

    run(story())


def test_everyones_429_stops_all_until_it_is_over() -> None:
    """No call leaves while Telegram has told all to wait, and what was refused is sent after."""

    async def story() -> None:
        stage = Stage()
        refusing = True

        def answer(_row: Row) -> Outcome:
            return (
                TryLater(after=timedelta(seconds=20))
                if refusing and len(stage.telegram.calls) > 50
                else Sent(1)
            )

        stage.telegram.answer = answer
        for chat in range(200):
            stage.put(chat)
        task = asyncio.ensure_future(stage.drain.run())
        await asyncio.sleep(5)
        refusing = False
        seen = len(stage.telegram.calls)
        await asyncio.sleep(15)
        assert len(stage.telegram.calls) == seen <= 55
        await asyncio.sleep(30)
        stage.drain.stop()
        await task
        assert stage.store.states() == {"sent": 200}

    run(story())


def test_a_retry_after_of_a_day_costs_a_call_an_hour() -> None:
    """It is honoured an hour at a time, and what waited is sent when Telegram takes it."""

    async def story() -> None:
        day = 24 * 3600.0

        def answer(_row: Row) -> Outcome:
            left = day - stage.clock.monotonic()
            return TryLater(after=timedelta(seconds=left)) if left > 0 else Sent(1)

        stage = Stage(Telegram(answer))
        for chat in range(50):
            stage.put(chat)
        await stage.play(day + 3600)
        early = sum(at < day for at, _row in stage.telegram.calls)
        assert early < 2 * 24 + 16
        assert stage.store.states() == {"sent": 50}

    run(story())


def test_what_is_too_late_is_withdrawn_without_a_call() -> None:
    """A prompt whose round has ended while Telegram could not be reached is not sent after it."""

    async def story() -> None:
        online = False
        stage = Stage(Telegram(lambda _row: Sent(1) if online else TryLater(everyone=True)))
        for chat in range(10):
            stage.put(chat, not_after=stage.clock.now() + timedelta(hours=1))
        stage.put(10)
        task = asyncio.ensure_future(stage.drain.run())
        await asyncio.sleep(2 * 3600)
        online = True
        await asyncio.sleep(100)
        stage.drain.stop()
        await task
        assert stage.store.states() == {"withdrawn": 10, "sent": 1}

    run(story())


def test_a_chats_429_holds_that_chat_alone() -> None:
    """The others go on; the chat's rows come later, in order."""

    async def story() -> None:
        stage = Stage()
        told = False

        def answer(row: Row) -> Outcome:
            nonlocal told
            if row.message.chat == 1 and not told:
                told = True
                return TryLater(after=timedelta(seconds=30))
            return Sent(1)

        stage.telegram.answer = answer
        for _ in range(3):
            stage.put(1)
        for chat in range(2, 60):
            stage.put(chat)
        await stage.play(40)
        assert stage.store.states() == {"sent": 61}
        times = [at for at, row in stage.telegram.calls if row.message.chat == 1]
        assert len(times) == 4
        assert times[1] >= 30

    run(story())


def test_a_stop_finishes_what_is_in_the_air_and_gives_back_the_rest() -> None:
    """Nothing is left leased, and what Telegram took is settled."""

    async def story() -> None:
        stage = Stage(Telegram(latency=1.0))
        for chat in range(50):
            stage.put(chat)
        await stage.play(0.5)
        taken = len(stage.telegram.calls)
        assert stage.store.states() == {"sent": taken, "queued": 50 - taken}

    run(story())


def test_a_call_that_hangs_does_not_hold_up_a_stop() -> None:
    """After three seconds it is dropped and given back."""

    async def story() -> None:
        stage = Stage(Telegram(latency=1000))
        stage.put(1)
        task = asyncio.ensure_future(stage.drain.run())
        await asyncio.sleep(1)
        task.cancel()
        began = stage.clock.monotonic()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert stage.clock.monotonic() - began <= 3.1
        assert stage.store.states() == {"queued": 1}

    run(story())


def test_what_an_earlier_process_leased_is_sent() -> None:
    """A start gives it back first, and looks at it at once."""

    async def story() -> None:
        stage = Stage()
        stage.put(1)
        stage.store.lose_process()
        await stage.play(1)
        assert stage.store.states() == {"sent": 1}
        assert stage.telegram.calls[0][0] < 0.1

    run(story())


def test_a_full_disk_stops_the_sending_and_nothing_is_sent_twice() -> None:
    """What was accepted is settled when there is room, without another call."""

    async def story() -> None:
        stage = Stage()
        task = asyncio.ensure_future(stage.drain.run())
        for chat in range(100):
            stage.put(chat)
        await asyncio.sleep(1)
        stage.store.broken = OSError("no room")
        await asyncio.sleep(600)
        before = len(stage.telegram.calls)
        stage.store.broken = None
        await asyncio.sleep(60)
        stage.drain.stop()
        await task
        assert before < 60
        assert len(stage.telegram.calls) == 100
        assert stage.store.states() == {"sent": 100}

    run(story())


def test_a_row_that_cannot_be_rendered_stops_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    """It is tried again, and in the end given up; its fault's text is not logged."""

    async def story() -> None:
        stage = Stage()
        good = stage.telegram.prepare

        async def prepare(row: Row) -> Outcome | Callable[[], Awaitable[Outcome]]:
            if row.message.chat == 7:
                raise KeyError("their private words")
            return await good(row)

        stage.drain._flights._prepare = prepare
        for chat in range(20):
            stage.put(chat)
        await stage.play(1000)
        assert stage.store.states() == {"sent": 19, "failed": 1}

    run(story())
    assert "KeyError" in caplog.text
    assert "private" not in caplog.text


def test_what_has_nothing_to_say_is_settled_without_a_call() -> None:
    """A withdrawn or overdue row costs no call."""

    async def story() -> None:
        stage = Stage()
        good = stage.telegram.prepare

        async def prepare(row: Row) -> Outcome | Callable[[], Awaitable[Outcome]]:
            return Withdrawn() if row.message.chat == 7 else await good(row)

        stage.drain._flights._prepare = prepare
        for chat in range(10):
            stage.put(chat)
        await stage.play(2)
        assert len(stage.telegram.calls) == 9

    run(story())


def test_an_idle_drain_hardly_works() -> None:
    """An hour without rows costs a unit every half minute at most."""

    async def story() -> None:
        stage = Stage()
        await stage.play(3600)
        assert stage.store.units <= 3600 / 30 + 3

    run(story())


def test_a_refused_token_ends_the_drain() -> None:
    """Nothing but a new one helps; what is leased is given back."""

    async def story() -> None:
        def answer(_row: Row) -> Outcome:
            raise TokenRefused

        stage = Stage(Telegram(answer))
        stage.put(1)
        with pytest.raises(TokenRefused):
            await stage.drain.run()
        assert stage.store.states() == {"queued": 1}

    run(story())


def test_a_fault_of_ours_while_sending_stops_nobody_else() -> None:
    """It is tried again, and in the end given up."""

    async def story() -> None:
        def answer(row: Row) -> Outcome:
            if row.message.chat == 7:
                raise LookupError
            return Sent(1)

        stage = Stage(Telegram(answer))
        for chat in range(20):
            stage.put(chat)
        await stage.play(1000)
        assert stage.store.states() == {"sent": 19, "failed": 1}

    run(story())
