"""aiogram, a second and independent client, reads everything, too."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    Message,
    ReactionTypeEmoji,
)
from sandbox_tools import PNG

from bot.sandbox import Fault, Phone, Server


@pytest.fixture
async def bot(telegram: Server) -> AsyncIterator[Bot]:
    """Return the library's bot, and see afterwards that nothing strayed from the official table."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    async with Bot(telegram.world.token, session=session) as bot:
        yield bot
    assert list(telegram.world.inspection.findings) == []


async def test_a_conversation(bot: Bot, phone: Phone) -> None:
    """Updates are read, words and buttons sent, a press answered, a message changed and deleted."""
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.entities is not None
    assert update.message.entities[0].type == "bot_command"
    rows = [
        [InlineKeyboardButton(text="Copy", copy_text=CopyTextButton(text="code"))],
        [InlineKeyboardButton(text="Go", callback_data="go")],
    ]
    markup = InlineKeyboardMarkup(inline_keyboard=rows)
    sent = await bot.send_message(phone.user_id, "<i>hi</i>", parse_mode="HTML", reply_markup=markup)
    press = phone.press(sent.message_id, "Go")
    (update,) = await bot.get_updates(offset=update.update_id + 1)
    assert update.callback_query is not None
    assert await bot.answer_callback_query(update.callback_query.id)
    await press.answered()
    changed = await bot.edit_message_text("bye", chat_id=phone.user_id, message_id=sent.message_id)
    assert isinstance(changed, Message)
    assert phone.last.labels == []
    assert await bot.delete_message(phone.user_id, sent.message_id)


async def test_files(bot: Bot, phone: Phone) -> None:
    """Uploads, albums, ids and downloads work."""
    to = phone.user_id
    sent = await bot.send_photo(to, BufferedInputFile(PNG, "a.png"), has_spoiler=True)
    assert sent.photo is not None
    assert (await bot.send_photo(to, sent.photo[-1].file_id)).photo == sent.photo
    voice = await bot.send_voice(to, BufferedInputFile(b"voice", "a.ogg"), duration=2)
    assert voice.voice is not None
    data = await bot.download(voice.voice.file_id)
    assert data is not None
    assert data.read() == b"voice"
    fresh, known = BufferedInputFile(PNG, "b.png"), sent.photo[0].file_id
    album = await bot.send_media_group(to, [InputMediaPhoto(media=fresh), InputMediaPhoto(media=known)])
    assert len(album) == 2
    note = await bot.send_video_note(to, BufferedInputFile(b"note", "a.mp4"))
    assert note.video_note is not None
    document = await bot.send_document(to, BufferedInputFile(b"data", "a.txt"), caption="c")
    assert document.document is not None
    sticker = await bot.send_sticker(to, BufferedInputFile(b"data", "a.webp"))
    assert sticker.sticker is not None


async def test_account_chats_and_queries(bot: Bot, phone: Phone) -> None:
    """What the bot says of itself, what it asks of chats, and what it answers."""
    assert (await bot.get_me()).id == bot.id
    assert await bot.set_my_commands([BotCommand(command="a", description="b")])
    assert (await bot.get_my_commands())[0].command == "a"
    assert (await bot.get_chat(phone.user_id)).first_name == "Ada"
    assert (await bot.get_chat_member(phone.user_id, phone.user_id)).status == "member"
    assert await bot.get_chat_member_count(phone.user_id) == 2
    assert (await bot.get_webhook_info()).pending_update_count == 1
    mine = phone.send_text("words")
    assert await bot.set_message_reaction(phone.user_id, mine.message_id, [ReactionTypeEmoji(emoji="👍")])
    assert (await bot.copy_message(phone.user_id, phone.user_id, mine.message_id)).message_id
    assert (await bot.forward_message(phone.user_id, phone.user_id, mine.message_id)).forward_origin
    query_id = phone.query_inline("x")
    article = InlineQueryResultArticle(
        id="1", title="t", input_message_content=InputTextMessageContent(message_text="m")
    )
    assert await bot.answer_inline_query(query_id, [article])


async def test_refusals(bot: Bot, telegram: Server, phone: Phone) -> None:
    """400, 403 and 429 are told apart."""
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await bot.send_message(1, "x")
    telegram.world.faults.add(Fault("error", code=429, retry_after=3, count=1))
    with pytest.raises(TelegramRetryAfter) as caught:
        await bot.get_me()
    assert caught.value.retry_after == 3
    phone.deactivate()
    with pytest.raises(TelegramForbiddenError, match="user is deactivated"):
        await bot.send_message(phone.user_id, "x")
