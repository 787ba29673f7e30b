"""getUpdates: batches, offsets, long polls, one poller at a time, and 24 hours."""

import asyncio
import io
from datetime import timedelta
from typing import Any

import pytest
from sandbox_tools import Ask, Asker

from bot.sandbox import Phone, Server, SteerableClock, World, serve


def _ids(answer: dict[str, Any]) -> list[int]:
    return [update["update_id"] for update in answer["result"]]


async def test_a_batch_comes_again_until_a_higher_offset_confirms_it(ask: Ask, phone: Phone) -> None:
    """Nothing is lost before the offset moves past it, and nothing comes again after."""
    phone.send_text("two")
    first = _ids(await ask("getUpdates"))
    assert len(first) == 2
    assert _ids(await ask("getUpdates")) == first
    assert _ids(await ask("getUpdates", offset=first[0] + 1)) == first[1:]
    assert _ids(await ask("getUpdates")) == first[1:]
    assert _ids(await ask("getUpdates", offset=first[1] + 1)) == []


async def test_a_negative_offset_keeps_only_the_last(ask: Ask, phone: Phone) -> None:
    """-2 forgets everything but the last two."""
    for word in ("a", "b", "c"):
        phone.send_text(word)
    kept = await ask("getUpdates", offset=-2)
    assert [update["message"]["text"] for update in kept["result"]] == ["b", "c"]
    assert _ids(await ask("getUpdates")) == _ids(kept)


async def test_the_limit_lies_between_1_and_100(ask: Ask, phone: Phone) -> None:
    """A limit outside means 100."""
    for number in range(120):
        phone.send_text(str(number))
    assert len(_ids(await ask("getUpdates", limit=7))) == 7
    assert len(_ids(await ask("getUpdates", limit=0))) == 100
    assert len(_ids(await ask("getUpdates", limit=1000))) == 100


async def test_only_wanted_kinds_are_queued(ask: Ask, phone: Phone) -> None:
    """allowed_updates holds until it is set again; the default leaves out reactions."""
    await ask("getUpdates", allowed_updates=["callback_query"], offset=-1)
    phone.send_text("not wanted")
    assert [u["message"]["text"] for u in (await ask("getUpdates"))["result"]] == ["/start"]
    await ask("getUpdates", allowed_updates=[])
    phone.send_text("wanted")
    phone.react(1, "👍")
    assert [u["message"]["text"] for u in (await ask("getUpdates"))["result"]] == ["/start", "wanted"]


async def test_a_long_poll_wakes_when_something_comes(ask: Ask, world: World, phone: Phone) -> None:
    """The answer comes with the update, long before the timeout."""
    await world_is_read(ask)
    poll = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await polling(world)
    phone.send_text("now")
    answer = await asyncio.wait_for(poll, 5)
    assert answer["result"][0]["message"]["text"] == "now"


async def test_a_newer_poll_ends_the_older(ask: Ask, world: World, phone: Phone) -> None:
    """The first of two pollers gets 409, the second goes on."""
    await world_is_read(ask)
    older = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await polling(world)
    newer = asyncio.ensure_future(ask("getUpdates", timeout=30))
    ended = await asyncio.wait_for(older, 5)
    assert ended["error_code"] == 409
    assert ended["description"] == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    )
    phone.send_text("now")
    assert len((await asyncio.wait_for(newer, 5))["result"]) == 1


async def test_set_webhook_ends_a_poll_and_forbids_the_next(ask: Asker, world: World, phone: Phone) -> None:
    """Updates travel one way at a time."""
    await world_is_read(ask)
    poll = asyncio.ensure_future(ask("getUpdates", timeout=30))
    await polling(world)
    await ask("setWebhook", url=f"{ask.server.url}/hook")
    assert (await asyncio.wait_for(poll, 5))["description"] == "Conflict: terminated by setWebhook request"
    refused = await ask("getUpdates")
    assert refused["description"].startswith("Conflict: can't use getUpdates method while webhook is active")
    await ask("deleteWebhook")
    phone.send_text("now")
    assert len((await ask("getUpdates"))["result"]) == 1


async def test_updates_vanish_after_a_day(ask: Ask, phone: Phone, clock: SteerableClock) -> None:
    """What a bot hasn't fetched for 24 hours is gone; what came later stays."""
    clock.advance(timedelta(hours=23))
    phone.send_text("later")
    clock.advance(timedelta(hours=1))
    assert (await ask("getWebhookInfo"))["result"]["pending_update_count"] == 1
    assert [u["message"]["text"] for u in (await ask("getUpdates"))["result"]] == ["later"]


async def test_raw_updates_of_any_shape_are_queued_as_they_are(ask: Ask, world: World) -> None:
    """A test can let the bot read what no phone sends."""
    raw = {"channel_post": {"message_id": 1, "self": True, "poll": "no poll"}}
    queued = world.inject(raw)
    assert queued is not None
    assert (await ask("getUpdates"))["result"] == [{"update_id": queued.update_id, **raw}]


async def test_waiting_until_the_bot_has_read_everything(ask: Ask, world: World, phone: Phone) -> None:
    """`drained` ends when the last update is confirmed, not when it is fetched."""
    waiting = asyncio.ensure_future(world.drained())
    (update,) = (await ask("getUpdates"))["result"]
    assert not waiting.done()
    assert phone.messages
    await ask("getUpdates", offset=update["update_id"] + 1)
    await asyncio.wait_for(waiting, 5)


async def test_parameters_may_travel_in_any_way(ask: Asker, phone: Phone) -> None:
    """Query, form, multipart and JSON bodies, GET and POST, and any case of the method's name."""
    to, url = str(phone.user_id), f"{ask.root}/SENDmessage"
    markup = '{"inline_keyboard": [[{"text": "x", "callback_data": "x"}]]}'
    values = {"chat_id": to, "text": "hi", "reply_markup": markup, "protect_content": "True"}
    requests = (
        ask.session.get(url, params=values),
        ask.session.post(url, params=values),
        ask.session.post(url, data=values),
        ask.session.post(url, json=values),
        ask.session.post(url, params={"text": "hi"}, json={k: v for k, v in values.items() if k != "text"}),
    )
    for request in requests:
        async with request as response:
            assert (await response.json())["result"]["has_protected_content"]
    assert [message.labels for message in phone.from_bot] == [["x"]] * len(requests)


async def test_a_body_that_is_no_json_is_refused(ask: Asker) -> None:
    """Broken JSON and a JSON array are 400."""
    for raw in (b"{", b"[]"):
        headers = {"Content-Type": "application/json"}
        async with ask.session.post(f"{ask.root}/getMe", data=raw, headers=headers) as response:
            assert (await response.json())["error_code"] == 400


async def test_an_upload_beyond_fifty_megabytes_is_refused(ask: Asker) -> None:
    """The gateway refuses the request before anyone reads it."""
    data = {"chat_id": "1", "document": io.BytesIO(b"x" * (52 * 1024 * 1024))}
    async with ask.session.post(f"{ask.root}/sendDocument", data=data) as response:
        assert (await response.json())["description"] == "Request Entity Too Large"


async def test_an_exception_in_the_block_arrives_as_itself(world: World) -> None:
    """A failing test fails with its own words, not with a group of exceptions."""
    with pytest.raises(ZeroDivisionError):
        async with serve(world):
            _ = 1 / 0


async def test_a_stopped_server_lets_its_polls_go(world: World) -> None:
    """A poll that is under way does not keep the sandbox from stopping."""
    async with asyncio.timeout(5), serve(world) as server:
        await _dangling_poll(server)


async def _dangling_poll(server: Server) -> None:
    host, port = server.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    path = f"/bot{server.world.token}/getUpdates?timeout=50"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
    await polling(server.world)
    writer.close()
    await writer.wait_closed()


async def world_is_read(ask: Ask) -> None:
    """Confirm whatever waits."""
    waiting = _ids(await ask("getUpdates"))
    await ask("getUpdates", offset=max(waiting, default=0) + 1)


async def polling(world: World) -> None:
    """Wait until a poll is under way."""
    async with asyncio.timeout(5):
        while not world.updates.bell.waiting:  # noqa: ASYNC110  each turn lets the server take a step
            await asyncio.sleep(0)
