"""Every update takes effect exactly once, whatever happens to us, to the network or to its own shape."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.ext import MessageHandler, filters
from telegram_house import House, at_home, note_text

from bot.clock import SystemClock
from bot.messages import TokenRefused
from bot.sandbox import Fault
from bot.telegram.client import BotApi
from bot.telegram.connection import apologise
from bot.telegram.dispatch import UpdateContext
from storage.engine import Visit
from storage.errors import DiskFull


async def until(done: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something is so, for ten seconds at most."""
    async with asyncio.timeout(10):
        while not await done():  # noqa: ASYNC110 (what is waited for is in a database)
            await asyncio.sleep(0.01)


async def confirmed(house: House) -> None:
    """Let an intake run until Telegram has nothing left, then stop it."""

    async def nothing_waits() -> bool:
        return not house.world.updates.waiting

    task = asyncio.ensure_future(house.intake().run())
    await until(nothing_waits)
    await stopped(task)


async def stopped(task: asyncio.Task[None]) -> None:
    """Cancel an intake and see that it ends in time."""
    task.cancel()
    async with asyncio.timeout(5):
        await asyncio.wait([task])


def raw(update_id: Any, text: Any = "hello", **more: Any) -> dict[str, Any]:
    """Make a raw update."""
    person = {"id": 5, "is_bot": False, "first_name": "Ada"}
    message = {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "from": person, "text": text}
    return {"update_id": update_id, "message": message | more}


async def test_what_was_written_takes_effect_in_order(tmp_path: Path) -> None:
    """Each text once, in the order in which it came."""
    async with at_home(tmp_path) as house:
        phone = house.world.phone(first_name="Ada")
        texts = [f"text {number}" for number in range(250)]
        for text in texts:
            phone.send_text(text)
        await confirmed(house)
        assert await house.queued() == texts


async def test_a_repeated_update_does_nothing(tmp_path: Path) -> None:
    """Within a batch and across batches; a lower id that is new takes effect."""
    async with at_home(tmp_path) as house:
        intake = house.intake()
        await intake.take([raw(7, "a"), raw(7, "a"), raw(8, "b")])
        await intake.take([raw(8, "b"), raw(7, "a")])
        await intake.take([raw(3, "c")])
        assert await house.queued() == ["a", "b", "c"]


async def test_a_batch_takes_effect_in_the_order_of_its_numbers(tmp_path: Path) -> None:
    """However it is handed over."""
    async with at_home(tmp_path) as house:
        await house.intake().take([raw(9, "c"), raw(7, "a"), raw(8, "b")])
        assert await house.queued() == ["a", "b", "c"]


async def test_repeats_and_disorder_change_nothing(tmp_path: Path) -> None:
    """Telegram may hand over again what was confirmed, and a batch in another order: it happened in that of numbers."""
    async with at_home(tmp_path) as house:
        house.world.faults.add(Fault("repeat", probability=0.5))
        house.world.faults.add(Fault("shuffle", probability=0.5))
        task = asyncio.ensure_future(house.intake().run())
        phone = house.world.phone(first_name="Ada")
        texts = [f"text {number}" for number in range(60)]
        for text in texts:
            phone.send_text(text)
            await asyncio.sleep(0.002)
        await until(lambda: _holds(house, len(texts)))
        await stopped(task)
        assert await house.queued() == texts


async def _holds(house: House, number: int) -> bool:
    return len(await house.queued()) >= number


async def test_a_failed_handler_leaves_nothing_and_the_sender_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What it did is rolled back, the others stay, and no word of it is logged."""
    async with at_home(tmp_path) as house:
        await house.intake().take([raw(1, "a"), raw(2, "fail: my private words"), raw(3, "c")])
        assert await house.queued() == ["a", "c"]
        assert house.apologies == [2]
        await house.intake().take([raw(2, "fail: my private words")])
        assert house.apologies == [2], "it is not tried again"
    assert "Update 2 was not saved: LookupError" in caplog.text
    assert "private" not in caplog.text


async def test_what_fails_only_when_it_is_written_down_holds_up_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A statement that was put off breaks the whole batch: it is taken again, and undone with its own update."""
    async with at_home(tmp_path) as house:
        phone = house.world.phone(first_name="Ada")
        for text in ("a", "late: my private words", "c"):
            phone.send_text(text)
        await confirmed(house)
        assert await house.queued() == ["a", "c"]
        assert len(house.apologies) == 1
    assert "was not saved: IntegrityError" in caplog.text
    assert "private" not in caplog.text


async def test_whoever_wrote_is_told_whatever_failed(tmp_path: Path) -> None:
    """Also where their phone tells a language that no database can hold."""
    async with at_home(tmp_path) as house:
        for language in ("de-AT", "\ud800", "x" * 5000, ""):
            person = {"id": 7, "is_bot": False, "first_name": "N", "language_code": language}
            message = {
                "message_id": 1,
                "date": 0,
                "chat": {"id": 7, "type": "private"},
                "from": person,
                "text": "x",
            }
            update = Update.de_json({"update_id": 1, "message": message}, house.application.bot)
            async with house.database.unit(SystemClock().now()) as unit:
                await apologise(unit, update)
        async with house.database.unit(SystemClock().now()) as unit:
            rows = await unit.spool.lease(10)
    assert [row.message.language for row in rows] == ["de-AT", "en", "en", "en"]


async def test_an_apology_that_fails_holds_up_nobody(tmp_path: Path) -> None:
    """The update is passed over, and the others take effect."""
    async with at_home(tmp_path) as house:

        async def broken(_unit: object, _update: Update) -> None:
            raise LookupError

        house.apologise = broken  # type: ignore[method-assign, assignment]
        await house.intake().take([raw(1, "fail"), raw(2, "b")])
        assert await house.queued() == ["b"]


async def test_the_first_route_that_fits_takes_the_update_alone(tmp_path: Path) -> None:
    """Whether it fails or not, no later one sees what it took."""
    async with at_home(tmp_path) as house:
        house.application.add_handler(MessageHandler(filters.ALL, note_text))
        house.application.add_handler(MessageHandler(filters.ALL, note_text), group=1)
        await house.intake().take([raw(1, "fail"), raw(2, "b")])
        assert await house.queued() == ["b"]
        assert house.apologies == [1]


async def test_no_route_takes_effect_after_its_unit_of_work(tmp_path: Path) -> None:
    """One that python-telegram-bot would let run beside the others is waited for, and its failure is found."""
    async with at_home(tmp_path) as house:
        beside = MessageHandler(filters.Regex("beside"), note_text, block=False)
        house.application.handlers[0].insert(0, beside)
        await house.intake().take([raw(1, "fail beside"), raw(2, "beside")])
        assert await house.queued() == ["beside"]
        assert house.apologies == [1]


STRANGE: list[Any] = [
    None,
    5,
    "text",
    [],
    [[]],
    {},
    {"message": {"text": "private"}},
    {"update_id": "private"},
    {"update_id": True},
    {"update_id": None},
    {"update_id": 1.5},
    raw([1]),
    {"update_id": 11, "message": "private"},
    {"update_id": 12, "message": []},
    {"update_id": 13, "message": {"text": "private"}},
    {"update_id": 14, "message": {"message_id": {}, "date": "private", "chat": 5}},
    {"update_id": 15, "something_new": {"text": "private"}},
    {"update_id": 16, "self": "private", "api_kwargs": {"a": 1}},
    {"update_id": 17, "callback_query": {"id": 5, "from": None, "data": "private"}},
    raw(18, chat={"id": [1], "type": "private"}),
    raw(19, chat={"id": 5}),
    raw(20, **{"from": {"id": {}, "is_bot": "private"}}),
    raw(21, text=["private"]),
    raw(22, entities=[{"type": "bot_command", "offset": "private", "length": -5}]),
    raw(23, date=10**30),
]


async def test_strange_shapes_are_passed_over(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """None of them holds up the good one behind it, none of their words is logged."""
    for talkative in ("bot", "telegram"):
        caplog.set_level(logging.DEBUG, talkative)
    async with at_home(tmp_path) as house:
        intake = house.intake()
        for strange in STRANGE:
            await intake.take([strange])
        await intake.take([*STRANGE, raw(99, "good")])
        assert (await house.queued())[-1] == "good"
    assert "private" not in caplog.text


@pytest.mark.parametrize("field", ["self", "api_kwargs"])
async def test_field_names_that_break_the_parser_are_dropped(tmp_path: Path, field: str) -> None:
    """Wherever they stand: the words beside them take effect."""
    async with at_home(tmp_path) as house:
        chat = {"id": 5, "type": "private", field: {"x": 1}}
        update = raw(1, "hello", chat=chat, **{field: [1]})
        await house.intake().take([update | {field: "x"}])
        assert await house.queued() == ["hello"]


async def test_a_batch_of_nothing_with_an_id_does_not_run_hot(tmp_path: Path) -> None:
    """Such a batch cannot be confirmed; it is asked for again after a pause."""
    async with at_home(tmp_path) as house:
        house.world.updates.waiting.clear()
        polls = 0
        call = house.api.call

        async def strange(method: str, payload: Any, **more: Any) -> Any:
            nonlocal polls
            polls += 1
            answer = await call(method, {**payload, "timeout": 0}, **more)
            object.__setattr__(answer, "result", [{"no": "id"}])
            return answer

        house.api.call = strange  # type: ignore[method-assign]
        task = asyncio.ensure_future(house.intake().run())
        await asyncio.sleep(0.3)
        await stopped(task)
        assert polls == 1


async def test_faults_on_the_way_lose_nothing(tmp_path: Path) -> None:
    """Errors, a second poller, limits, resets before and after: everything is taken in at last."""
    async with at_home(tmp_path) as house:
        phone = house.world.phone(first_name="Ada")
        for number in range(5):
            phone.send_text(f"text {number}")
        for fault in (
            Fault("error", methods=["getUpdates"], code=409, count=1),
            Fault("error", methods=["getUpdates"], code=502, count=1),
            Fault("error", methods=["getUpdates"], code=429, retry_after=0, count=1),
            Fault("reset", methods=["getUpdates"], count=1),
            Fault("reset", methods=["getUpdates"], count=1, after=True),
        ):
            house.world.faults.add(fault)
        await confirmed(house)
        assert await house.queued() == [f"text {number}" for number in range(5)]


async def test_a_full_disk_confirms_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The bot says so, waits, and takes the same updates in when there is room."""
    async with at_home(tmp_path) as house:
        phone = house.world.phone(first_name="Ada")
        phone.send_text("hello")
        make = house.database._engine.make
        full = True

        async def refuse(visit: Visit) -> None:
            if full and visit._steps[-1].sql == "COMMIT":
                raise DiskFull(Path("the disk"))
            await make(visit)

        house.database._engine.make = refuse  # type: ignore[method-assign]
        task = asyncio.ensure_future(house.intake().run())
        await until(lambda: _said(caplog, "is full"))
        assert len(house.world.updates.waiting) == 1
        full = False
        await until(lambda: _nothing_waits(house))
        await stopped(task)
        assert await house.queued() == ["hello"]


async def _said(caplog: pytest.LogCaptureFixture, words: str) -> bool:
    return words in caplog.text


async def _nothing_waits(house: House) -> bool:
    return not house.world.updates.waiting


async def test_storages_failure_in_a_handler_is_not_the_updates_fault(tmp_path: Path) -> None:
    """Nobody is told to send it again: the whole batch waits."""
    async with at_home(tmp_path) as house:

        async def full(_update: Update, _context: UpdateContext) -> None:
            raise DiskFull(Path("the disk"))

        house.application.handlers[0].insert(0, MessageHandler(filters.Regex("^disk"), full))
        with pytest.raises(DiskFull):
            await house.intake().take([raw(1, "a"), raw(2, "disk")])
        assert await house.queued() == []
        assert house.apologies == []


async def test_a_refused_token_ends_it(tmp_path: Path) -> None:
    """Nothing but a new one helps."""
    async with at_home(tmp_path) as house:
        house.api = BotApi(house.request, house.api._base.removesuffix(house.world.token), "1:wrong")
        with pytest.raises(TokenRefused):
            await house.intake().run()


async def test_an_open_poll_is_dropped(tmp_path: Path) -> None:
    """A stop does not wait for Telegram."""
    async with at_home(tmp_path) as house:
        task = asyncio.ensure_future(house.intake().run())
        await asyncio.sleep(0.1)
        began = asyncio.get_running_loop().time()
        await stopped(task)
        assert asyncio.get_running_loop().time() - began < 0.5


async def test_cancelled_anywhere_and_started_again_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """A hundred stops, each a little later than the last, over the real database."""
    async with at_home(tmp_path) as house:
        phone = house.world.phone(first_name="Ada")
        texts = []
        for number in range(100):
            for part in range(3):
                texts.append(f"text {number}.{part}")
                phone.send_text(texts[-1])
            task = asyncio.ensure_future(house.intake().run())
            for _ in range(number):
                await asyncio.sleep(0)
            await stopped(task)
        await confirmed(house)
        assert await house.queued() == texts
