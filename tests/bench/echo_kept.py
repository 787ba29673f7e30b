"""An echo bot on python-telegram-bot that writes down what it hears: `echo_kept.py ROOT TOKEN FILE`."""

import sqlite3
import sys
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext, MessageHandler, filters

root, token, file = sys.argv[1:]
kept = sqlite3.connect(file, isolation_level=None)  # each statement is committed
kept.execute("CREATE TABLE IF NOT EXISTS heard (text TEXT NOT NULL)")


async def echo(update: Update, _: CallbackContext[Any, Any, Any, Any]) -> None:
    """Write it down, and say it back."""
    assert update.message is not None
    kept.execute("INSERT INTO heard VALUES (?)", (update.message.text,))
    await update.message.reply_text(update.message.text or "")


application = ApplicationBuilder().token(token).base_url(f"{root}/bot").build()
application.add_handler(MessageHandler(filters.ALL, echo))
application.run_polling(stop_signals=None)
