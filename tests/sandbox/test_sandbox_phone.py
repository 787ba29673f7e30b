"""What a person's client shows and lets a thumb do."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from aiohttp import ClientError
from sandbox_tools import PNG, Ask

from bot.sandbox import Fault, Phone, PhoneError, SteerableClock, World


async def _shown(ask: Ask, phone: Phone, *buttons: dict[str, object]) -> int:
    keyboard = {"inline_keyboard": [[button] for button in buttons]}
    sent = await ask("sendMessage", chat_id=phone.user_id, text="?", reply_markup=keyboard)
    return int(sent["result"]["message_id"])


async def test_a_button_is_pressed_by_its_data_or_its_label(ask: Ask, phone: Phone) -> None:
    """Data win over labels; what isn't there can't be pressed."""
    number = await _shown(
        ask, phone, {"text": "b", "callback_data": "a"}, {"text": "a", "callback_data": "c"}
    )
    for wanted, data in (("a", "a"), ("b", "a"), ("c", "c")):
        phone.press(number, wanted)
        queued = phone.world.updates.waiting[-1].body["callback_query"]
        assert queued["data"] == data
        assert queued["message"]["message_id"] == number
    with pytest.raises(PhoneError, match="there is no button 'd'; there are \\['b', 'a'\\]"):
        phone.press(number, "d")
    with pytest.raises(PhoneError, match="no such message"):
        phone.press(999, "a")


async def test_a_phone_may_be_a_moment_behind(ask: Ask, phone: Phone) -> None:
    """A button that an edit has just taken away can still be pressed, as between two screens."""
    number = await _shown(ask, phone, {"text": "x", "callback_data": "old"})
    await ask("editMessageText", chat_id=phone.user_id, message_id=number, text="new")
    assert phone.last.labels == []
    assert phone.press(number, "old").query is not None


async def test_buttons_that_send_nothing(ask: Ask, phone: Phone) -> None:
    """A link or a text to copy is shown to the presser and sends the bot nothing."""
    number = await _shown(
        ask, phone, {"text": "x", "copy_text": {"text": "code"}}, {"text": "y", "url": "e.org"}
    )
    waiting = len(phone.world.updates.waiting)
    press = phone.press(number, "x")
    assert press.query is None
    assert press.answer is None
    assert press.button.value == {"text": "code"}
    assert phone.press(number, "y").button.value == "http://e.org/"
    assert len(phone.world.updates.waiting) == waiting


async def test_a_link_to_the_bot_starts_it(world: World) -> None:
    """The payload travels behind /start; other links and bad payloads do nothing."""
    phone = world.phone(first_name="Bob")
    assert world.people[phone.user_id].started is False
    started = phone.open_link("https://t.me/Attune_Bot?start=a-B_9")
    assert started is not None
    assert started.text == "/start a-B_9"
    assert world.people[phone.user_id].started is True
    plain = phone.open_link("t.me/attune_bot")
    assert plain is not None
    assert plain.text == "/start"
    assert phone.open_link("https://example.org/attune_bot?start=a") is None
    assert phone.open_link("https://t.me/other_bot?start=a") is None
    for payload in ("a" * 65, "a.b", "é"):
        with pytest.raises(PhoneError, match="drops a start payload"):
            phone.open_link(f"https://t.me/attune_bot?start={payload}")


def test_a_block_is_told_once_and_lifted_by_starting_again(phone: Phone, world: World) -> None:
    """my_chat_member comes with each change; a blocked bot can't be written to."""
    phone.block()
    phone.block()
    with pytest.raises(PhoneError, match="unblock the bot first"):
        phone.send_text("x")
    phone.open_link("https://t.me/attune_bot?start=again")
    kinds = [list(queued.body)[1] for queued in world.updates.waiting]
    assert kinds == ["message", "my_chat_member", "my_chat_member", "message"]
    changes = [
        queued.body["my_chat_member"] for queued in world.updates.waiting if "my_chat_member" in queued.body
    ]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]


def test_a_deleted_account_can_do_nothing(phone: Phone) -> None:
    """Nothing tells the bot; nothing can be sent."""
    before = len(phone.world.updates.waiting)
    phone.deactivate()
    assert len(phone.world.updates.waiting) == before
    with pytest.raises(PhoneError, match="this account is gone"):
        phone.send_text("x")


def test_one_edits_and_deletes_ones_own_words(phone: Phone, clock: SteerableClock) -> None:
    """An edit keeps the number and gets a date; a deletion reaches both sides and no update."""
    mine = phone.send_text("one")
    clock.advance(timedelta(minutes=5))
    edited = phone.edit_text(mine.message_id, "two")
    assert edited.message_id == mine.message_id
    assert edited.edit_date is not None
    assert edited.edit_date - edited.date == timedelta(minutes=5)
    assert mine.text == "one"
    photo = phone.send_photo(PNG, caption="old")
    assert phone.edit_text(photo.message_id, "new").text == "new"
    waiting = len(phone.world.updates.waiting)
    phone.delete(mine.message_id)
    assert mine.message_id not in [message.message_id for message in phone.messages]
    assert len(phone.world.updates.waiting) == waiting
    with pytest.raises(PhoneError, match="no such message"):
        phone.delete(mine.message_id)


async def test_nobody_edits_anothers_words(ask: Ask, phone: Phone) -> None:
    """The bot's message is not one's own."""
    number = await _shown(ask, phone, {"text": "x", "callback_data": "x"})
    with pytest.raises(PhoneError, match="one's own"):
        phone.edit_text(number, "mine now")


def test_a_client_sends_no_empty_and_no_overlong_text(phone: Phone) -> None:
    """4,096 units are one message."""
    assert phone.send_text("x" * 4096).text
    for text in ("", " \n", "x" * 4097, "🌱" * 2049):
        with pytest.raises(PhoneError):
            phone.send_text(text)
    with pytest.raises(PhoneError):
        phone.send_photo(PNG, caption="x" * 1025)


async def test_keys_under_the_field_come_and_go(ask: Ask, phone: Phone) -> None:
    """The newest message with keys counts; removing takes them away."""
    keyboard = {"keyboard": [["Yes", {"text": "Who", "request_users": {"request_id": 7}}]]}
    await ask("sendMessage", chat_id=phone.user_id, text="?", reply_markup=keyboard)
    assert phone.press_key("Yes").text == "Yes"
    with pytest.raises(PhoneError, match="asks for something"):
        phone.press_key("Who")
    with pytest.raises(PhoneError, match="so many"):
        phone.share_users("Who", [1, 2])
    shared = phone.share_users("Who", [1])
    assert shared.body["users_shared"] == {"request_id": 7, "users": [{"user_id": 1}]}
    await ask("sendMessage", chat_id=phone.user_id, text="!", reply_markup={"remove_keyboard": True})
    assert phone.reply_keyboard == []
    with pytest.raises(PhoneError, match="no key 'Yes'"):
        phone.press_key("Yes")


async def test_waiting_ends_with_what_happens(ask: Ask, phone: Phone) -> None:
    """A wait wakes by the message itself; without one it ends with the bot's last words."""
    waiting = asyncio.ensure_future(phone.wait_for("second"))
    await ask("sendMessage", chat_id=phone.user_id, text="first")
    await ask("sendMessage", chat_id=phone.user_id, text="the second")
    assert (await waiting).text == "the second"
    assert (await phone.wait_for(lambda message: message.text.startswith("f"))).text == "first"
    with pytest.raises(TimeoutError, match=r"the bot's last words: first \| the second"):
        await phone.wait_for("third", seconds=0)
    with pytest.raises(TimeoutError):
        await phone.wait_for("first", seconds=0, after=phone.last.message_id)


async def test_a_wait_for_what_no_chat_tells_is_refused_where_nothing_wakes_it(phone: Phone) -> None:
    """It would sleep to its end and go on as if nothing had been wrong; a wait on the world is woken."""
    there = asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, there.set)
    with pytest.raises(PhoneError, match="outside this chat"):
        await phone.wait_until(lambda _: there.is_set(), seconds=0.05)


async def test_a_wait_on_the_world_is_woken_by_whatever_happens(ask: Ask, world: World, phone: Phone) -> None:
    """By an update, by its confirmation, by a call, and by a request that begins to hang and is let go."""

    async def woken(holds: Callable[[World], bool], by: Callable[[], Awaitable[object]]) -> None:
        waiting = asyncio.ensure_future(world.wait_until(holds, 600))
        await asyncio.sleep(0)
        assert not waiting.done()
        await by()
        await asyncio.wait_for(waiting, 5)

    async def write() -> None:
        phone.send_text("Hello")

    async def clear() -> None:
        world.faults.clear()

    before = len(world.updates.waiting)
    await woken(lambda world: len(world.updates.waiting) == before + 1, write)
    offset = world.updates.waiting[-1].update_id + 1
    await woken(lambda world: not world.updates.waiting, lambda: ask("getUpdates", offset=offset))
    await woken(lambda world: any(call.method == "getMe" for call in world.calls), lambda: ask("getMe"))
    world.faults.add(Fault("hang", methods=["getMe"]))
    hanging = asyncio.ensure_future(ask("getMe"))
    await world.wait_until(lambda world: world.faults.held == 1, 5)
    await woken(lambda world: world.faults.held == 0, clear)
    with pytest.raises(ClientError):
        await hanging


async def test_a_group_member_acts_in_the_group(ask: Ask, world: World, phone: Phone) -> None:
    """Who isn't in it can't write; without privacy mode the bot hears everything."""
    group = world.group("Friends", [phone], supergroup=False)
    with pytest.raises(PhoneError, match="not a member"):
        world.phone(first_name="Bob").at(group).send_text("x")
    world.profile.privacy_mode = False
    before = len(world.updates.waiting)
    phone.at(group).send_text("chatter")
    assert len(world.updates.waiting) == before + 1
    group.migrated_to = -1_000_000_000_777
    refused = await ask("sendMessage", chat_id=group.chat_id, text="x")
    assert refused["parameters"] == {"migrate_to_chat_id": -1_000_000_000_777}


def test_what_a_message_tells(phone: Phone, world: World) -> None:
    """Views of a message that no test above reads."""
    voice = phone.send_voice(b"voice", 4, caption="/listen", reply_to=1)
    assert voice.reply_to == 1
    assert voice.media is not None
    assert (voice.media.kind, voice.media.duration, voice.media.file_size) == ("voice", 4, 5)
    assert voice.text == "/listen"
    assert voice.entities == [{"type": "bot_command", "offset": 0, "length": 7}]
    assert not voice.from_bot
    assert not voice.spoiler
    assert not voice.protected
    assert voice.date == world.now().replace(microsecond=0)
    assert phone.send_location(1.0, 2.0).media is None
    with pytest.raises(PhoneError, match="written nothing"):
        _ = phone.last
