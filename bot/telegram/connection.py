"""The connection to Telegram: one request layer under the Application, the intake and the sender."""

import logging
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from telegram import Update
from telegram.error import TelegramError

from bot import needs
from bot.actions.store import Store, Unit
from bot.clock import Clock
from bot.config import Config, Webhook
from bot.content import Content
from bot.messages import Message, MessageKind, TokenRefused
from bot.screens.menu import commands
from bot.screens.request import Services
from bot.telegram.application import PtbApplication, build, greet
from bot.telegram.client import BotApi
from bot.telegram.http import AioRequest, NotSent
from bot.telegram.intake import Intake
from bot.telegram.routes import ALLOWED_UPDATES, routes
from bot.telegram.sender import Sender
from bot.telegram.threads import Threads
from bot.telegram.throttle import Throttle
from bot.telegram.webhook import REVOKE, host_of_webhook
from bot.vitals import Vitals
from prompts.source import FALLBACK

if TYPE_CHECKING:
    from bot.telegram.reception import Reception

log = logging.getLogger(__name__)

LANGUAGE = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
THREADED = "switch Threaded Mode off at @BotFather (/mybots, Bot Settings): one chat is all that two need"


@dataclass(frozen=True)
class TelegramConnection:
    """What is connected. Made by `connect`."""

    application: PtbApplication
    request: AioRequest
    api: BotApi
    sender: Sender
    clock: Clock
    threads: Threads = field(default_factory=Threads)

    @property
    def username(self) -> str:
        """Name the bot, for links."""
        return str(self.application.bot.username)

    def route(self, services: Services, throttle: Throttle) -> None:
        """Register the conversation."""
        self.application.add_handlers(routes(services, throttle))

    def intake(self, store: Store, vitals: Vitals | None = None) -> Intake:
        """Make the poller."""
        return Intake(
            store,
            self.api,
            self.application,
            clock=self.clock,
            apologise=apologise,
            allowed=ALLOWED_UPDATES,
            vitals=vitals,
            note=self.threads.note,
        )

    def reception(self, store: Store, webhook: Webhook, vitals: Vitals) -> "Reception":
        """Make what takes pushed updates in."""
        from bot.telegram.reception import Reception, secret_of  # noqa: PLC0415 (a start without it need not wait)

        intake, secret = self.intake(store, vitals), secret_of(self.application.bot.token)
        return Reception(intake, self.api, webhook, secret=secret, clock=self.clock, vitals=vitals)

    async def fetch(self, file_id: str) -> bytes | None:
        """Download a file that a partner sent; None where Telegram does not give it (over 20 MB, or gone)."""
        try:
            answer = await self.api.call("getFile", {"file_id": file_id})
            path = answer.result.get("file_path") if answer.ok else None
            return await self.api.download(path) if path else None
        except TelegramError as failure:
            log.warning("a file was not given: %s", type(failure).__name__)
            return None

    async def introduce(self, content: Content) -> None:
        """Set the command menu and the bot's descriptions in every language, then rest.

        They are a courtesy: where Telegram does not take them, the bot works without.
        """
        for language in content.renderer.languages:
            for method, payload in profile(content, language):
                try:
                    await self.api.call(method, payload)
                except TelegramError as failure:
                    log.warning("%s was not taken: %s", method, type(failure).__name__)

    async def close(self) -> None:
        """Close the connections."""
        await self.application.shutdown()
        await self.request.shutdown()


def profile(content: Content, language: str) -> list[tuple[str, dict[str, object]]]:
    """Give the calls that set menu and descriptions in one language."""
    labels = content.renderer.labels(language)  # a start reads no more of a language than this
    code = (
        {} if language == FALLBACK else {"language_code": language.partition("-")[0]}
    )  # two letters, no country
    return [
        (
            "setMyCommands",
            {"commands": commands(content, language), "scope": {"type": "all_private_chats"}, **code},
        ),
        ("setMyDescription", {"description": labels["about"], **code}),
        ("setMyShortDescription", {"short_description": labels["about_short"], **code}),
    ]


async def connect(config: Config, clock: Clock) -> TelegramConnection:
    """Connect to Telegram; try again while it can't be reached. Raises TokenRefused."""
    request = AioRequest()
    application = build(config.token, config.api_url, request)
    try:
        await greet(application, clock)
    except BaseException:  # a stop as well: nobody else can close it
        await request.shutdown()
        raise
    api = BotApi(request, f"{config.api_url}/bot", config.token, config.file_url)
    me = application.bot.bot
    if old := needs.old_server(me.to_dict()):
        log.warning("%s", old)
    if me.has_topics_enabled:
        log.warning("private chats with this bot have topics: %s", THREADED)
    threads = Threads()
    return TelegramConnection(application, request, api, Sender(api, threads), clock, threads)


@dataclass(frozen=True)
class Looked:
    """What to do about the token, a webhook, and topics: nothing where each is well."""

    token: str
    webhook: str = ""
    topics: str = ""


async def examine(config: Config) -> Looked:
    """Look at what Telegram says of this bot."""
    request = AioRequest()
    await request.initialize()
    api = BotApi(request, f"{config.api_url}/bot", config.token)
    try:
        answer = await api.call("getMe", {})
        host = await host_of_webhook(api)
    except TokenRefused:
        return Looked("Telegram refuses it: set ATTUNE_TOKEN to the one that @BotFather shows for /token")
    except NotSent as failure:
        return Looked(
            f"Telegram cannot be reached ({failure.message}): look at the network, or at ATTUNE_API_URL"
        )
    except TelegramError:
        return Looked("Telegram cannot be reached: look at the network, or at ATTUNE_API_URL")
    finally:
        await request.shutdown()
    me = answer.result if answer.ok and isinstance(answer.result, dict) else {}
    token = needs.old_server(me) if answer.ok else f"Telegram answers {answer.status}: try again later"
    ours = urlsplit(config.webhook.url).hostname if config.webhook else None
    does = "sets to its own" if config.webhook else "removes"
    webhook = f"one to {host} is set, which the bot {does} when it starts. {REVOKE}"
    webhook = "" if host in {"", ours} else webhook
    return Looked(token, webhook, THREADED if me.get("has_topics_enabled") else "")


async def apologise(unit: Unit, update: Update) -> None:
    """Tell a person that what they sent was not saved."""
    if update.effective_user is not None and update.effective_chat is not None:
        chat = update.effective_chat
        if chat.type == chat.PRIVATE:
            told = update.effective_user.language_code or ""
            language = (
                told if LANGUAGE.fullmatch(told) else "en"
            )  # what made the update fail must not fail this
            await unit.outbox.put(Message(MessageKind.NOT_SAVED, chat.id, language=language))
