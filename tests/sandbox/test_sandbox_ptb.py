"""python-telegram-bot's own Bot drives every method; what comes back parses and fits the official table."""

from collections.abc import AsyncIterator

import pytest
from sandbox_tools import PNG
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputMediaPhoto,
    InputTextMessageContent,
    KeyboardButton,
    KeyboardButtonRequestUsers,
    MenuButtonCommands,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
    SwitchInlineQueryChosenChat,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.sandbox import Fault, Phone, Server, World


@pytest.fixture
async def bot(telegram: Server) -> AsyncIterator[Bot]:
    """Return the library's bot, and see afterwards that nothing strayed from the official table."""
    root = telegram.url
    bot = Bot(telegram.world.token, base_url=f"{root}/bot", base_file_url=f"{root}/file/bot")
    async with bot:
        yield bot
    assert list(telegram.world.inspection.findings) == []


async def test_words_of_every_style_arrive_as_they_were_sent(bot: Bot, phone: Phone) -> None:
    """HTML comes back from the library's own entities as it went out."""
    html = (
        "<b>b <i>bi</i></b> <u>u</u> <s>s</s> <tg-spoiler>hidden</tg-spoiler> "
        '<a href="https://example.org/">link</a> <code>c</code>\n<blockquote>q</blockquote>'
    )
    sent = await bot.send_message(phone.user_id, html, parse_mode="HTML", protect_content=True)
    # The library shows what Telegram makes of a style in a style: two pieces.
    cut = html.replace("<b>b <i>", "<b>b </b><b><i>")
    assert sent.text_html == cut.replace("tg-spoiler>", "span>").replace(
        "<span>", '<span class="tg-spoiler">'
    )
    assert sent.has_protected_content
    assert phone.last.html == html
    assert phone.last.protected


async def test_every_kind_of_file_is_sent_and_sent_again_by_its_id(bot: Bot, phone: Phone) -> None:
    """An upload's file_id serves for the same kind again, and its bytes come back."""
    to = phone.user_id
    first: list[Message] = [
        await bot.send_photo(to, PNG, caption="<b>c</b>", parse_mode="HTML", has_spoiler=True),
        await bot.send_voice(to, b"voice", duration=7),
        await bot.send_video_note(to, b"note", duration=3),
        await bot.send_document(to, b"document", filename="a.txt"),
        await bot.send_video(to, b"video", duration=2),
        await bot.send_audio(to, b"audio", duration=2),
        await bot.send_animation(to, b"animation"),
        await bot.send_sticker(to, b"sticker"),
    ]
    photo, voice, note, document, video, audio, animation, sticker = first
    assert (photo.photo[-1].width, photo.photo[-1].height) == (320, 240)
    assert photo.has_media_spoiler
    kinds = (voice.voice, note.video_note, document.document, video.video, audio.audio, animation.animation)
    assert all((*kinds, sticker.sticker))
    assert voice.voice is not None
    assert note.video_note is not None
    assert document.document is not None
    again = await bot.send_voice(to, voice.voice.file_id)
    assert again.voice
    assert again.voice.file_id == voice.voice.file_id
    assert phone.last.media is not None
    assert phone.last.media.duration == 7
    assert await (await bot.get_file(note.video_note.file_id)).download_as_bytearray() == b"note"
    assert document.document.file_name == "a.txt"
    seen = phone.from_bot[0]
    assert seen.spoiler
    assert seen.media is not None
    assert seen.media.kind == "photo"


async def test_other_messages_and_chat_actions(bot: Bot, phone: Phone) -> None:
    """Places, contacts, dice, albums and "is typing" work."""
    to = phone.user_id
    assert await bot.send_chat_action(to, "typing")
    place = (await bot.send_location(to, 47.5, 19.0)).location
    assert place is not None
    contact = (await bot.send_contact(to, "+100", "Ada")).contact
    assert contact is not None
    dice = (await bot.send_dice(to)).dice
    assert dice is not None
    assert 1 <= dice.value <= 6
    album = await bot.send_media_group(to, [InputMediaPhoto(PNG, "one"), InputMediaPhoto(PNG)])
    assert album[0].caption == "one"
    assert album[0].media_group_id == album[1].media_group_id


async def test_keyboards_of_both_sorts(bot: Bot, phone: Phone) -> None:
    """Inline buttons come back in the message, keys under the field only on the phone."""
    rows = [
        [
            InlineKeyboardButton("Yes", callback_data="yes"),
            InlineKeyboardButton("Site", url="https://example.org"),
        ],
        [
            InlineKeyboardButton(
                "Choose",
                switch_inline_query_chosen_chat=SwitchInlineQueryChosenChat(query="x", allow_user_chats=True),
            )
        ],
    ]
    sent = await bot.send_message(phone.user_id, "?", reply_markup=InlineKeyboardMarkup(rows))
    assert sent.reply_markup is not None
    assert sent.reply_markup.inline_keyboard[0][1].url == "https://example.org/"
    key = KeyboardButton("Who", request_users=KeyboardButtonRequestUsers(request_id=1, request_name=True))
    await bot.send_message(phone.user_id, "keys", reply_markup=ReplyKeyboardMarkup([["A", "B"], [key]]))
    assert [[k.text for k in row] for row in phone.reply_keyboard] == [["A", "B"], ["Who"]]
    friend = phone.world.phone(first_name="Grace")
    phone.press_key("A")
    phone.share_users("Who", [friend.user_id])
    updates = await bot.get_updates()
    shared = updates[-1].message
    assert shared is not None
    assert shared.users_shared is not None
    assert shared.users_shared.users[0].first_name == "Grace"
    assert updates[-2].message is not None
    assert updates[-2].message.text == "A"


async def test_what_was_sent_can_be_changed_and_deleted(bot: Bot, phone: Phone) -> None:
    """Words, captions, keyboards; one and several messages."""
    to = phone.user_id
    words = await bot.send_message(to, "one")
    changed = await bot.edit_message_text("two", to, words.message_id)
    assert isinstance(changed, Message)
    assert changed.text == "two"
    assert changed.edit_date is not None
    markup = InlineKeyboardMarkup.from_button(InlineKeyboardButton("x", callback_data="x"))
    keyed = await bot.edit_message_reply_markup(to, words.message_id, reply_markup=markup)
    assert isinstance(keyed, Message)
    assert phone.last.labels == ["x"]
    photo = await bot.send_photo(to, PNG)
    captioned = await bot.edit_message_caption(to, photo.message_id, caption="c")
    assert isinstance(captioned, Message)
    assert captioned.caption == "c"
    other = await bot.edit_message_media(InputMediaPhoto(PNG, "d", has_spoiler=True), to, photo.message_id)
    assert isinstance(other, Message)
    assert other.caption == "d"
    assert phone.last.spoiler
    assert await bot.delete_message(to, photo.message_id)
    assert await bot.delete_messages(to, [words.message_id])
    assert phone.from_bot == []


async def test_messages_are_copied_and_forwarded(bot: Bot, phone: Phone) -> None:
    """A copy is the bot's own; a forward tells its origin; protected content can't be forwarded."""
    to = phone.user_id
    mine = phone.send_text("my words")
    copied = await bot.copy_message(to, to, mine.message_id)
    assert phone.last.message_id == copied.message_id
    assert phone.last.text == "my words"
    forwarded = await bot.forward_message(to, to, mine.message_id)
    assert forwarded.forward_origin is not None
    assert len(await bot.copy_messages(to, to, [mine.message_id, 999])) == 1
    assert len(await bot.forward_messages(to, to, [mine.message_id, 999])) == 1
    secret = await bot.send_message(to, "secret", protect_content=True)
    with pytest.raises(BadRequest, match="Message can't be forwarded"):
        await bot.forward_message(to, to, secret.message_id)


async def test_replies_quote_what_they_answer(bot: Bot, phone: Phone) -> None:
    """Both the bot's view and the person's tell which message is answered."""
    mine = phone.send_text("question")
    sent = await bot.send_message(
        phone.user_id, "answer", reply_parameters=ReplyParameters(message_id=mine.message_id)
    )
    assert sent.reply_to_message is not None
    assert phone.last.reply_to == mine.message_id


async def test_the_bots_account(bot: Bot, phone: Phone) -> None:
    """Commands per scope and language, names, descriptions and the menu button are kept."""
    assert (await bot.get_me()).username == "attune_bot"
    start, hilfe = BotCommand("start", "Start"), BotCommand("hilfe", "Hilfe")
    assert await bot.set_my_commands([start])
    assert await bot.set_my_commands([hilfe], language_code="de")
    assert await bot.set_my_commands([start, hilfe], scope=BotCommandScopeChat(phone.user_id))
    assert await bot.get_my_commands() == (start,)
    assert await bot.get_my_commands(language_code="de") == (hilfe,)
    assert phone.commands == ["start", "hilfe"]
    assert await bot.delete_my_commands(scope=BotCommandScopeChat(phone.user_id))
    assert phone.commands == ["start"]
    assert await bot.set_my_name("Name")
    assert (await bot.get_my_name()).name == "Name"
    assert await bot.set_my_description("Long")
    assert (await bot.get_my_description(language_code="de")).description == "Long"
    assert await bot.set_my_short_description("Short", language_code="de")
    assert (await bot.get_my_short_description(language_code="de")).short_description == "Short"
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"


async def test_buttons_reactions_and_inline_queries_are_answered(bot: Bot, phone: Phone) -> None:
    """What a person asks by a press or by typing the bot's name gets its answer."""
    markup = InlineKeyboardMarkup.from_button(InlineKeyboardButton("x", callback_data="x"))
    sent = await bot.send_message(phone.user_id, "?", reply_markup=markup)
    press = phone.press(sent.message_id, "x")
    query_id = phone.query_inline("find")
    updates = await bot.get_updates()
    pressed, typed = updates[-2].callback_query, updates[-1].inline_query
    assert pressed is not None
    assert typed is not None
    assert await bot.answer_callback_query(pressed.id, "done", show_alert=True)
    assert (await press.answered())["show_alert"] is True
    article = InlineQueryResultArticle("1", "title", InputTextMessageContent("text"))
    assert await bot.answer_inline_query(typed.id, [article])
    assert phone.world.inline_results[query_id][0]["title"] == "title"
    assert await bot.set_message_reaction(phone.user_id, sent.message_id, "👍")
    assert phone.last.reactions[str(bot.id)][0]["emoji"] == "👍"


async def test_chats_and_groups(bot: Bot, world: World, phone: Phone) -> None:
    """Chats describe themselves; in privacy mode a group's chatter stays away from the bot."""
    group = world.group("Friends", [phone])
    inside = phone.at(group)
    assert (await bot.get_chat(phone.user_id)).first_name == "Ada"
    assert (await bot.get_chat(group.chat_id)).title == "Friends"
    assert await bot.get_chat_member_count(group.chat_id) == 2
    assert (await bot.get_chat_member(group.chat_id, phone.user_id)).status == "creator"
    photos = await bot.get_user_profile_photos(phone.user_id)
    assert photos.total_count == 0
    sent = await bot.send_message(group.chat_id, "hello")
    assert inside.last.text == "hello"
    inside.send_text("chatter")
    inside.send_text("/help")
    inside.send_text("/help@other_bot")
    inside.send_text("answer", reply_to=sent.message_id)
    words = [update.message.text for update in await bot.get_updates() if update.message]
    assert words == ["/start", "/help", "answer"]
    assert await bot.pin_chat_message(group.chat_id, sent.message_id)
    assert (await bot.get_chat(group.chat_id)).pinned_message is not None
    assert await bot.unpin_chat_message(group.chat_id, sent.message_id)
    assert await bot.unpin_all_chat_messages(group.chat_id)
    assert await bot.leave_chat(group.chat_id)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(group.chat_id, "hello?")


async def test_every_update_that_a_person_can_cause_parses(bot: Bot, phone: Phone) -> None:
    """Whatever a thumb does, the library reads it."""
    await bot.get_updates(allowed_updates=["message", "edited_message", "message_reaction", "my_chat_member"])
    sent = await bot.send_message(phone.user_id, "?")
    mine = phone.send_text("hello @someone #tag https://example.org")
    phone.edit_text(mine.message_id, "edited")
    phone.send_voice(b"voice", 3)
    phone.send_video_note(b"note", 3)
    phone.send_photo(PNG, caption="see")
    phone.send_document(b"data", "a.txt")
    phone.send_sticker()
    phone.send_location(1.5, 2.5)
    phone.react(sent.message_id, "👍")
    phone.block()
    phone.unblock()
    updates = await bot.get_updates()
    assert [update.update_id for update in updates] == sorted(update.update_id for update in updates)
    assert len(updates) == 12
    assert updates[2].edited_message is not None
    reaction = updates[9].message_reaction
    assert reaction is not None
    assert updates[-1].my_chat_member is not None
    assert updates[-1].my_chat_member.new_chat_member.status == "member"


async def test_refusals_become_the_librarys_exceptions(
    bot: Bot, telegram: Server, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """400, 403, 409, 429 and 401 are told apart by the library."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it the library warns of its own future
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(1, "x")
    phone.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(phone.user_id, "x")
    phone.unblock()
    telegram.world.faults.add(Fault("error", code=429, retry_after=7, methods="getMe", count=1))
    with pytest.raises(RetryAfter, match="0:00:07"):
        await bot.get_me()
    assert await bot.set_webhook(f"{telegram.url}/nowhere")
    assert (await bot.get_webhook_info()).url == f"{telegram.url}/nowhere"
    with pytest.raises(Conflict):
        await bot.get_updates()
    assert await bot.delete_webhook(drop_pending_updates=True)
    stranger = Bot("1:wrong", base_url=f"{telegram.url}/bot")
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()
