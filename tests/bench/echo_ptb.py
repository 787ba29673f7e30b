"""A bare echo bot on python-telegram-bot: `echo_ptb.py ROOT TOKEN`."""

import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext, MessageHandler, filters


async def echo(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
    """Say it back."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


root, token = sys.argv[1:]
application = ApplicationBuilder().token(token).base_url(f"{root}/bot").build()
application.add_handler(MessageHandler(filters.ALL, echo))
application.run_polling(stop_signals=None)
