"""A webhook: this bot has none. Where one is set, somebody else has the token, or had the bot before.

While one is set, Telegram hands every update to its address and none to us. It is removed, and what waits is kept.
"""

import logging
from urllib.parse import urlsplit

from telegram.error import NetworkError

from bot.telegram.client import BotApi

log = logging.getLogger(__name__)
REVOKE = "If you did not set it, somebody has the token: get a new one with /revoke at @BotFather"


async def host_of_webhook(api: BotApi) -> str:
    """Return the host that updates are pushed to; empty for none, or where Telegram does not tell."""
    answer = await api.call("getWebhookInfo", {})
    info = answer.result if answer.ok and isinstance(answer.result, dict) else {}
    address = str(info.get("url") or "")
    return (urlsplit(address).hostname or address) if address else ""


async def remove_webhook(api: BotApi, *, tell: bool = True) -> bool:
    """Remove a webhook that is set, and `tell` so in the log; say whether there was one. Raises TokenRefused."""
    try:
        host = await host_of_webhook(api)
        removed = bool(host) and (await api.call("deleteWebhook", {"drop_pending_updates": False})).ok
    except NetworkError:
        return False
    if removed and tell:
        log.error("A webhook to %s was set for this bot, and is removed. %s.", host, REVOKE)
    return removed
