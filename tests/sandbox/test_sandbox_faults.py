"""Faults on request: each strikes as asked, as often as asked, and only there."""

import asyncio

import pytest
from aiohttp import ClientConnectionError, ServerDisconnectedError
from sandbox_tools import Ask, Asker, Seconds

from bot.sandbox import Fault, Phone, World


async def test_errors_strike_the_chosen_method_so_many_times(ask: Ask, world: World, phone: Phone) -> None:
    """Two refusals, then the request passes; other methods never notice."""
    world.faults.add(Fault("error", methods="sendMessage", code=500, count=2))
    codes = []
    for _ in range(3):
        assert (await ask("getMe"))["ok"]
        codes.append((await ask("sendMessage", chat_id=phone.user_id, text="x")).get("error_code", 200))
    assert codes == [500, 500, 200]
    assert len(phone.from_bot) == 1


async def test_a_429_tells_how_long_to_wait(ask: Ask, world: World) -> None:
    """retry_after stands in the parameters."""
    world.faults.add(Fault("error", code=429, retry_after=33, count=1))
    refused = await ask("getMe")
    assert refused["parameters"] == {"retry_after": 33}


async def test_an_error_may_be_described(ask: Ask, world: World) -> None:
    """In words of the test's own, as a refusal that quotes what was sent."""
    world.faults.add(Fault("error", code=400, description='Bad Request: unsupported tag "x"', count=1))
    refused = await ask("getMe")
    assert (refused["error_code"], refused["description"]) == (400, 'Bad Request: unsupported tag "x"')


async def test_a_502_is_a_gateways_page(ask: Asker, world: World) -> None:
    """What stands in front of Telegram speaks no JSON."""
    world.faults.add(Fault("error", code=502, count=1))
    async with ask.session.get(f"{ask.root}/getMe") as response:
        assert response.status == 502
        assert response.content_type == "text/html"


@pytest.mark.parametrize(("after", "arrived"), [(False, 0), (True, 1)])
async def test_a_connection_is_cut_before_or_after_the_message(
    ask: Ask, world: World, phone: Phone, *, after: bool, arrived: int
) -> None:
    """The bot sees the same; the person doesn't."""
    world.faults.add(Fault("reset", methods=["sendMessage"], count=1, after=after))
    with pytest.raises((ServerDisconnectedError, ClientConnectionError)):
        await ask("sendMessage", chat_id=phone.user_id, text="x")
    assert len(phone.from_bot) == arrived


async def test_an_error_may_come_although_the_message_was_accepted(
    ask: Ask, world: World, phone: Phone
) -> None:
    """The doubt that no retry can settle."""
    world.faults.add(Fault("error", code=500, after=True, count=1))
    assert (await ask("sendMessage", chat_id=phone.user_id, text="x"))["error_code"] == 500
    assert len(phone.from_bot) == 1


async def test_a_hang_lasts_until_it_is_cleared(ask: Ask, world: World, phone: Phone) -> None:
    """Nothing is answered; clearing the faults cuts what hangs, and nothing was sent."""
    world.faults.add(Fault("hang", methods="sendMessage"))
    hanging = asyncio.ensure_future(ask("sendMessage", chat_id=phone.user_id, text="x"))
    async with asyncio.timeout(5):
        while not world.faults.released.waiting:  # noqa: ASYNC110  each turn lets the server take a step
            await asyncio.sleep(0)
    assert not hanging.done()
    world.faults.clear()
    with pytest.raises((ServerDisconnectedError, ClientConnectionError)):
        await hanging
    assert phone.from_bot == []


async def test_latency_has_jitter_from_the_seed(ask: Ask, world: World, seconds: Seconds) -> None:
    """Each wait lies between the length and length plus jitter, before and after."""
    world.faults.add(Fault("latency", seconds=0.5, jitter=0.25))
    world.faults.add(Fault("latency", seconds=2.0, after=True))
    for _ in range(5):
        assert (await ask("getMe"))["ok"]
    before, after = seconds.slept[0::2], seconds.slept[1::2]
    assert all(0.5 <= wait <= 0.75 for wait in before)
    assert len(set(before)) == 5
    assert after == [2.0] * 5


async def test_latency_before_arrival_delays_what_the_limits_see(
    ask: Ask, world: World, phone: Phone, seconds: Seconds
) -> None:
    """A limit counts a request when it arrives, not when it was sent."""
    world.limits.enabled = True
    world.faults.add(Fault("latency", seconds=1.0))
    for _ in range(10):
        assert (await ask("sendMessage", chat_id=phone.user_id, text="x"))["ok"]
    assert seconds.slept == [1.0] * 10


async def test_a_fault_may_be_meant_for_one_chat(ask: Ask, world: World, phone: Phone) -> None:
    """One person seems to have blocked the bot, another to be gone; the third is well."""
    other, third = world.phone(), world.phone()
    other.send_text("/start")
    third.send_text("/start")
    world.faults.add(Fault("blocked", chat_id=phone.user_id))
    world.faults.add(Fault("deactivated", chat_id=other.user_id))
    refused = await ask("sendMessage", chat_id=phone.user_id, text="x")
    assert refused["description"] == "Forbidden: bot was blocked by the user"
    refused = await ask("sendMessage", chat_id=other.user_id, text="x")
    assert refused["description"] == "Forbidden: user is deactivated"
    assert (await ask("sendMessage", chat_id=third.user_id, text="x"))["ok"]


async def test_chance_is_repeatable(ask: Ask, world: World) -> None:
    """Probability comes from the world's seed: about as often as asked."""
    world.faults.add(Fault("error", probability=0.3))
    codes = [(await ask("getMe")).get("error_code", 200) for _ in range(200)]
    assert 35 <= codes.count(500) <= 85


async def test_updates_are_repeated(ask: Ask, world: World, phone: Phone) -> None:
    """What was confirmed comes again, or the same twice in one batch."""
    (first,) = (await ask("getUpdates"))["result"]
    phone.send_text("two")
    world.faults.add(Fault("repeat", count=1))
    again = (await ask("getUpdates", offset=first["update_id"] + 1))["result"]
    assert [update["message"]["text"] for update in again] == ["/start", "two"]
    world.faults.add(Fault("repeat", count=1))
    twice = (await ask("getUpdates"))["result"]
    assert [update["message"]["text"] for update in twice] == ["two", "two"]


async def test_updates_come_out_of_order(ask: Ask, world: World, phone: Phone) -> None:
    """The same updates, shuffled."""
    for number in range(10):
        phone.send_text(str(number))
    world.faults.add(Fault("shuffle", count=1))
    shuffled = [update["update_id"] for update in (await ask("getUpdates"))["result"]]
    ordered = [update["update_id"] for update in (await ask("getUpdates"))["result"]]
    assert shuffled != ordered
    assert sorted(shuffled) == ordered


def test_a_fault_that_makes_no_sense_is_refused() -> None:
    """A typo in a test must not pass silently."""
    with pytest.raises(ValueError, match="there is no effect"):
        Fault("eror")  # type: ignore[arg-type]  # the typo is the point
    with pytest.raises(ValueError, match="probability"):
        Fault("error", probability=3)
