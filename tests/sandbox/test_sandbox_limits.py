"""Limits on sending, under time that stands still until it is told to move."""

from sandbox_tools import Ask, Seconds

from bot.sandbox import Phone, World


async def _codes(ask: Ask, chats: list[int], times: int = 1) -> list[int]:
    answers = [await ask("sendMessage", chat_id=chat, text="x") for _ in range(times) for chat in chats]
    return [answer.get("error_code", 200) for answer in answers]


def _many(world: World, number: int) -> list[int]:
    phones = [world.phone() for _ in range(number)]
    for phone in phones:
        phone.send_text("/start")
    return [phone.user_id for phone in phones]


async def test_limits_are_off_until_switched_on(ask: Ask, world: World) -> None:
    """Without them a test sends as fast as it likes."""
    assert await _codes(ask, _many(world, 40)) == [200] * 40
    world.limits.enabled = True
    assert await _codes(ask, _many(world, 31)) == [200] * 30 + [429]


async def test_thirty_in_any_sliding_second(ask: Ask, world: World, seconds: Seconds) -> None:
    """The thirty-first is refused with how long to wait; the door opens when that has passed, not before."""
    world.limits.enabled = True
    chats = _many(world, 62)
    assert await _codes(ask, chats[:15]) == [200] * 15
    seconds.now += 0.6
    assert await _codes(ask, chats[15:30]) == [200] * 15
    refused = await ask("sendMessage", chat_id=chats[30], text="x")
    assert refused["parameters"] == {"retry_after": 1}
    assert refused["description"] == "Too Many Requests: retry after 1"
    seconds.now += 0.5
    assert await _codes(ask, chats[31:32]) == [429]
    seconds.now += 0.5
    assert await _codes(ask, chats[32:62]) == [200] * 30


async def test_one_a_second_to_a_chat_after_a_short_burst(
    ask: Ask, world: World, phone: Phone, seconds: Seconds
) -> None:
    """Three at once pass, then one a second; other chats don't suffer; edits count, too."""
    world.limits.enabled = True
    assert await _codes(ask, [phone.user_id], 4) == [200, 200, 200, 429]
    assert await _codes(ask, _many(world, 1)) == [200]
    seconds.now += 1
    assert await _codes(ask, [phone.user_id], 2) == [200, 429]
    seconds.now += 1
    edit = {"chat_id": phone.user_id, "message_id": phone.last.message_id, "text": "y"}
    assert (await ask("editMessageText", **edit))["ok"]
    assert (await ask("editMessageText", **edit | {"text": "z"}))["error_code"] == 429
    seconds.now += 100
    assert await _codes(ask, [phone.user_id], 4) == [200, 200, 200, 429]


async def test_twenty_a_minute_to_a_group(ask: Ask, world: World, phone: Phone, seconds: Seconds) -> None:
    """A group takes twenty in a minute, however slowly."""
    world.limits.enabled = True
    group = world.group("Friends", [phone])
    for _ in range(20):
        seconds.now += 1
        assert await _codes(ask, [group.chat_id]) == [200]
    seconds.now += 1
    refused = await ask("sendMessage", chat_id=group.chat_id, text="x")
    assert refused["parameters"]["retry_after"] == 40
    seconds.now += 40
    assert await _codes(ask, [group.chat_id]) == [200]


async def test_an_album_counts_every_message(ask: Ask, world: World, phone: Phone) -> None:
    """Three pictures are three messages."""
    world.limits.enabled = True
    sent = phone.send_photo(b"x").body["photo"][-1]["file_id"]
    album = [{"type": "photo", "media": sent}] * 3
    assert (await ask("sendMediaGroup", chat_id=phone.user_id, media=album))["ok"]
    assert await _codes(ask, [phone.user_id]) == [429]
