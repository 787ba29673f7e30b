"""Whole frameworks run on the sandbox as they are, with nothing but another address."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiogram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.sandbox import Phone, Server

KEYBOARD: dict[str, Any] = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}


@asynccontextmanager
async def ptb(server: Server) -> AsyncIterator[None]:
    """Run a python-telegram-bot application by polling."""

    async def start(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_text("Hello", api_kwargs={"reply_markup": KEYBOARD})

    async def more(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.callback_query is not None
        await update.callback_query.answer("Here")
        await update.callback_query.edit_message_text("More")

    app = Application.builder().token(server.world.token).base_url(f"{server.url}/bot").build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(more))
    assert app.updater is not None
    async with app:
        await app.start()
        await app.updater.start_polling()
        yield
        await app.updater.stop()
        await app.stop()


@asynccontextmanager
async def gram(server: Server) -> AsyncIterator[None]:
    """Run an aiogram dispatcher by polling."""
    dispatcher = aiogram.Dispatcher()

    @dispatcher.message(aiogram.filters.CommandStart())
    async def start(message: aiogram.types.Message) -> None:
        await message.answer("Hello", reply_markup=aiogram.types.InlineKeyboardMarkup(**KEYBOARD))

    @dispatcher.callback_query()
    async def more(query: aiogram.types.CallbackQuery) -> None:
        await query.answer("Here")
        assert isinstance(query.message, aiogram.types.Message)
        await query.message.edit_text("More")

    session = AiohttpSession(api=TelegramAPIServer.from_base(server.url))
    async with aiogram.Bot(server.world.token, session=session) as bot:
        polling = asyncio.ensure_future(dispatcher.start_polling(bot, handle_signals=False))
        yield
        await dispatcher.stop_polling()
        await polling


async def _talk(phone: Phone) -> None:
    message = await phone.wait_for("Hello")
    press = phone.press(message, "More")
    assert (await press.answered())["text"] == "Here"
    assert (await phone.wait_for("More")).message_id == message.message_id
    await phone.world.drained()


async def test_a_python_telegram_bot_application_runs(telegram: Server, phone: Phone) -> None:
    """Its updater polls, its handlers answer, its shutdown confirms."""
    async with ptb(telegram):
        await _talk(phone)
    assert [call.code for call in telegram.world.calls] == [200] * len(telegram.world.calls)


async def test_an_aiogram_dispatcher_runs(telegram: Server, phone: Phone) -> None:
    """Its polling reads, its handlers answer, its stop ends."""
    async with gram(telegram):
        await _talk(phone)
    assert [call.code for call in telegram.world.calls] == [200] * len(telegram.world.calls)
