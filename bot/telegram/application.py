"""python-telegram-bot's Application: its parsing and its handlers, with our own request and intake."""

import logging
from typing import Any

from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder

from bot.clock import Clock, pause
from bot.messages import TokenRefused
from bot.telegram.http import AioRequest, cause

log = logging.getLogger(__name__)

PtbApplication = Application[Any, Any, Any, Any, Any, Any]
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds between two tries to reach Telegram at the start
QUOTING = ("telegram.Bot", "telegram.ext.ExtBot", "telegram.ext.Application")


def build(token: str, api_url: str, request: AioRequest) -> PtbApplication:
    """Make an Application without Updater, job queue or persistence."""
    for name in QUOTING:
        logging.getLogger(name).addFilter(without_quotations)
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .request(request)
        .get_updates_request(request)
        .updater(None)
        .job_queue(None)
        .build()
    )


async def greet(application: PtbApplication, clock: Clock) -> None:
    """Learn the bot's own name; try again while Telegram can't be reached. Raises TokenRefused."""
    wait = FIRST_WAIT
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise TokenRefused("Telegram refuses this token: set ATTUNE_TOKEN to a valid one.") from None
        except TelegramError as failure:
            log.warning("Telegram cannot be reached yet: %s", cause(failure))
            await pause(clock, wait)
            wait = min(LONGEST_WAIT, wait * 2)
        else:
            return


def without_quotations(record: logging.LogRecord) -> bool:
    """Take out of a log line of the library's what it quotes: updates, payloads, answers, exceptions."""
    record.msg, record.args = str(record.msg).split("%", 1)[0].rstrip(" :`'\""), ()
    record.exc_info = record.exc_text = record.stack_info = None
    return True
