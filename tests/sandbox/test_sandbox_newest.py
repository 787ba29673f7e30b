"""What the newest Bot API brought, through both libraries; python-telegram-bot speaks an older one and asks raw."""

from collections.abc import AsyncIterator
from datetime import timedelta

import make_table
import pytest
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import DisabledButton, InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from sandbox_tools import Ask
from telegram import Bot

from bot.sandbox import Phone, Server, SteerableClock, World
from bot.sandbox.table import VERSION

INSTANT = 1_790_000_000


@pytest.fixture
async def aiogram_bot(telegram: Server) -> AsyncIterator[AiogramBot]:
    """Return aiogram's bot, and see afterwards that nothing strayed from the official table."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with AiogramBot(telegram.world.token, session=session) as bot:
        yield bot
    assert list(telegram.world.inspection.findings) == []


@pytest.fixture
async def bot(telegram: Server) -> AsyncIterator[Bot]:
    """Return python-telegram-bot's bot."""
    async with Bot(telegram.world.token, base_url=f"{telegram.url}/bot") as bot:
        yield bot


def test_the_table_is_what_aiogram_states() -> None:
    """No method, type or field more or less: `make_table.py` writes it."""
    table = make_table.Reader().table()
    assert table["version"] == VERSION == "Bot API 10.3"
    assert make_table.TABLE.read_text(encoding="utf-8") == make_table.write(table)


async def test_a_time_is_sent_in_three_ways(aiogram_bot: AiogramBot, bot: Bot, phone: Phone) -> None:
    """As HTML, as MarkdownV2, and as an entity: one look."""
    source = f'<tg-time unix="{INSTANT}" format="wDt">soon</tg-time>'
    await aiogram_bot.send_message(phone.user_id, source, parse_mode="HTML")
    link = f"![soon](tg://time?unix={INSTANT}&format=wDt)"
    await bot.send_message(phone.user_id, link, parse_mode="MarkdownV2")
    entity = MessageEntity(type="date_time", offset=0, length=4, unix_time=INSTANT, date_time_format="wDt")
    await aiogram_bot.send_message(phone.user_id, "soon", parse_mode=None, entities=[entity])
    seen = [(message.text, message.entities) for message in phone.from_bot[-3:]]
    dated = {"type": "date_time", "offset": 0, "length": 4, "unix_time": INSTANT, "date_time_format": "wDt"}
    assert seen == [("soon", [dated])] * 3
    assert phone.last.html == source


async def test_a_disabled_button_does_nothing(aiogram_bot: AiogramBot, world: World, phone: Phone) -> None:
    """It has a style like any other, and a thumb on it tells the bot nothing."""
    rows = [
        [InlineKeyboardButton(text="Sealed", style="success", disabled=DisabledButton())],
        [InlineKeyboardButton(text="Forget", style="danger", callback_data="forget")],
    ]
    markup = InlineKeyboardMarkup(inline_keyboard=rows)
    await aiogram_bot.send_message(phone.user_id, "Done.", reply_markup=markup)
    waiting = len(world.updates.waiting)
    assert phone.press(phone.last, "Sealed").query is None
    assert len(world.updates.waiting) == waiting
    assert phone.press(phone.last, "Forget").query is not None


async def test_buttons_can_ask_for_a_reply_as_well(ask: Ask, phone: Phone) -> None:
    """What was asked for once stays so when the buttons are edited."""
    keys = {"inline_keyboard": [[{"text": "Never mind", "callback_data": "no"}]], "force_reply": True}
    sent = (await ask("sendMessage", chat_id=phone.user_id, text="Where?", reply_markup=keys))["result"]
    assert sent["reply_markup"] == keys
    other = {"inline_keyboard": [[{"text": "Skip", "callback_data": "no"}]]}
    place = {"chat_id": phone.user_id, "message_id": sent["message_id"]}
    edited = (await ask("editMessageReplyMarkup", **place, reply_markup=other))["result"]
    assert edited["reply_markup"] == other | {"force_reply": True}


async def test_a_bot_deletes_what_a_person_wrote(
    aiogram_bot: AiogramBot, bot: Bot, phone: Phone, clock: SteerableClock
) -> None:
    """In a private chat, within 48 hours: gone from the person's screen, too."""
    first, second, third = (phone.send_text(words) for words in ("one", "two", "three"))
    assert await aiogram_bot.delete_message(phone.user_id, first.message_id)
    assert await bot.delete_messages(phone.user_id, [second.message_id, third.message_id, 999])
    shown = {message.message_id for message in phone.messages}
    assert not shown & {first.message_id, second.message_id, third.message_id}
    late = phone.send_text("four")
    clock.advance(timedelta(hours=48))
    answer = await _refusal(bot, phone.user_id, late.message_id)
    assert answer == "Message can't be deleted for everyone"
    assert phone.messages[-1].text == "four"


async def _refusal(bot: Bot, chat: int, message: int) -> str:
    with pytest.raises(Exception, match="deleted") as refused:
        await bot.delete_messages(chat, [message])
    return str(refused.value)


async def test_an_effect_is_for_private_chats(bot: Bot, world: World, phone: Phone, ask: Ask) -> None:
    """It is kept with the message; a group has none."""
    sent = await bot.send_message(phone.user_id, "Yes", message_effect_id="5104841245755180586")
    assert sent.effect_id == "5104841245755180586"
    group = world.group("Friends", [phone])
    refused = await ask(
        "sendMessage", chat_id=group.chat_id, text="x", message_effect_id="5104841245755180586"
    )
    assert refused["description"] == "Bad Request: EFFECT_ID_INVALID"


async def test_a_bot_knows_whether_its_chats_have_topics(world: World, bot: Bot, ask: Ask) -> None:
    """BotFather's threaded mode is told by getMe."""
    assert (await bot.get_me()).has_topics_enabled is False
    world.profile.topics = True
    assert (await ask("getMe"))["result"]["has_topics_enabled"] is True
