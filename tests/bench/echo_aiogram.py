"""A bare echo bot on aiogram: `echo_aiogram.py ROOT TOKEN`."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def main(root: str, token: str) -> None:
    """Echo until killed."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(root)))
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    await dispatcher.start_polling(bot, handle_signals=False)


asyncio.run(main(*sys.argv[1:]))
