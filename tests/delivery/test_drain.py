"""The drain sends everything, in order, once, and the more urgent first."""

import asyncio
import random
from datetime import timedelta

from drain_stage import Stage, Telegram
from jumping_loop import run

from bot.messages import (
    Message,
    MessageKind,
    Priority,
    Sent,
    TryLater,
)


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


def test_a_clock_that_steps_back_is_noticed() -> None:
    """When to look again was decided in another year: it looks within half a minute of the step."""

    async def story() -> None:
        stage = Stage()
        stage.clock.ahead = timedelta(days=365)
        row = stage.put(1, due=stage.clock.now() + timedelta(minutes=30))
        task = asyncio.ensure_future(stage.drain.run())
        await asyncio.sleep(60)
        assert stage.store.states() == {"queued": 1}
        stage.clock.ahead = timedelta(0)
        stage.store.entries[row].due = stage.clock.now()  # what a hold was that nobody believes now
        await asyncio.sleep(31)
        assert stage.store.states() == {"sent": 1}
        stage.drain.stop()
        await task

    run(story())


def test_an_idle_drain_hardly_works() -> None:
    """An hour without rows costs a unit every half minute at most."""

    async def story() -> None:
        stage = Stage()
        await stage.play(3600)
        assert stage.store.units <= 3600 / 30 + 3

    run(story())


def test_what_others_have_queued_is_found_by_a_glance() -> None:
    """While nobody queues anything, no unit of work is begun."""

    async def story() -> None:
        stage = Stage(others=True)
        playing = asyncio.ensure_future(stage.play(5))
        await asyncio.sleep(1)
        before = stage.store.units
        await asyncio.sleep(2)
        assert stage.store.units == before
        stage.store.put(Message(MessageKind.PROMPT, 7), stage.clock.now())
        await asyncio.sleep(0.3)
        assert len(stage.telegram.calls) == 1
        await playing

    run(story())
