"""The shortest way through: a bot that polls, a person who writes and presses."""

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup

from bot.sandbox import World, serve


async def test_a_person_writes_and_the_bot_answers_with_a_button() -> None:
    """python-telegram-bot's own Bot reads the update, answers, and hears of the press."""
    world = World()
    phone = world.phone(first_name="Ada", username="ada")
    async with serve(world) as telegram:
        bot = Bot(world.token, base_url=f"{telegram.url}/bot", base_file_url=f"{telegram.url}/file/bot")
        async with bot:
            phone.open_link("https://t.me/attune_bot?start=abc")
            (update,) = await bot.get_updates(timeout=1)
            assert update.message is not None
            assert update.message.text == "/start abc"
            markup = InlineKeyboardMarkup([[InlineKeyboardButton("I'm in", callback_data="in")]])
            words = "<b>Hello</b> 🌱 there"
            await bot.send_message(phone.user_id, words, parse_mode="HTML", reply_markup=markup)
            message = await phone.wait_for("Hello")
            assert message.html == "<b>Hello</b> 🌱 there"
            assert message.labels == ["I'm in"]
            press = phone.press(message, "I'm in")
            (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=1)
            assert update.callback_query is not None
            await bot.answer_callback_query(update.callback_query.id, text="Good")
            answer = await press.answered()
            assert answer["text"] == "Good"
            edited = await bot.edit_message_text("Bye", phone.user_id, message.message_id)
            assert edited is not True
            assert (await phone.wait_for("Bye")).edit_date is not None
