"""The reception: updates that Telegram pushes to a webhook, in the place of the intake's polls.

    POST -> with what else has come, one unit of work -> commit -> 200

The law is the intake's: Telegram hears 200 only after the commit, and until then pushes again; an update's id is in
the same commit, so one that comes again does nothing. What does not bring the secret gets nothing at all.
"""

import asyncio
import hashlib
import hmac
import json
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram.error import NetworkError

from bot.clock import Clock, pause
from bot.config import ConfigError, Webhook
from bot.screens.call import File
from bot.supervise import heed_cancellation
from bot.telegram.client import BotApi
from bot.telegram.intake import Intake
from bot.telegram.rivals import Rivals
from bot.telegram.webhook import REVOKE
from bot.vitals import Vitals
from storage.errors import StorageError

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)
LARGEST = 1 << 20  # bytes; an update is some kilobytes
BATCH = 100  # updates in one unit of work, as many as a poll brings
LONGEST_PAUSE = 30.0  # seconds between two tries to set the webhook
AFTER_FAILURE = 1.0  # second before the next unit of work, where storage has failed
LOOK_EVERY = 25.0  # seconds
LAST_ANSWERS = 2.0  # seconds that requests under way get at the end


@dataclass(frozen=True)
class _Waiting:
    update: Any
    taken: asyncio.Future[bool]


class Reception:
    """Takes pushed updates in until cancelled."""

    def __init__(
        self, intake: Intake, api: BotApi, webhook: Webhook, *, secret: str, clock: Clock, vitals: Vitals
    ) -> None:
        self._intake = intake
        self._api = api
        self._webhook = webhook
        self._secret = secret
        self._clock = clock
        self._vitals = vitals
        self._waiting: list[_Waiting] = []
        self._bell = asyncio.Event()
        self._look_at = 0.0
        self._rivals = Rivals()

    async def run(self) -> None:
        """Listen, tell Telegram where, and take in what comes. Raises TokenRefused, ConfigError."""
        async with self._listening():
            try:
                await self._introduce()
                while True:
                    self._vitals.step("intake")
                    while self._waiting:
                        await self._take()
                    await self._look()
                    await self._clock.wait(None, self._bell)
                    self._bell.clear()
            finally:
                self._answer(self._waiting, taken=False)

    @asynccontextmanager
    async def _listening(self) -> AsyncIterator[None]:
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(urlsplit(self._webhook.url).path or "/", self._receive)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_ANSWERS)
        await runner.setup()
        try:
            address = self._webhook.listen
            try:
                await web.TCPSite(runner, address.host, address.port, ssl_context=self._tls()).start()
            except OSError:
                raise ConfigError(
                    "Set ATTUNE_WEBHOOK_LISTEN to an address of this machine whose port is free, such as "
                    "127.0.0.1:8443."
                ) from None
            yield
        finally:
            await runner.cleanup()

    def _tls(self) -> ssl.SSLContext | None:
        if self._webhook.certificate is None:
            return None
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            context.load_cert_chain(self._webhook.certificate, self._webhook.certificate_key)
        except (OSError, ssl.SSLError):
            raise ConfigError(
                "Set ATTUNE_WEBHOOK_CERT and ATTUNE_WEBHOOK_CERT_KEY to a certificate and its key, as PEM files."
            ) from None
        return context

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, self._secret.encode()):
            return web.Response(status=HTTPStatus.NOT_FOUND)
        try:
            update = json.loads(await request.read())
        except ValueError:
            log.error("A pushed update was no JSON and was passed over")
            return web.Response()
        waiting = _Waiting(update, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._bell.set()
        taken = await waiting.taken
        return web.Response(status=HTTPStatus.OK if taken else HTTPStatus.SERVICE_UNAVAILABLE)

    async def _take(self) -> None:
        """Let what has come take effect in one unit of work, the oldest first; what fails is pushed again."""
        batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
        if not batch:
            return
        batch.sort(key=_number)
        taken = False
        try:
            await self._intake.take([waiting.update for waiting in batch])
            taken = True
        except Exception as failure:  # noqa: BLE001 (whatever it is, nothing is confirmed, so nothing is lost)
            heed_cancellation()
            told = str(failure).rstrip(".") if isinstance(failure, StorageError) else type(failure).__name__
            log.warning("No update is taken in or confirmed: %s. Telegram pushes it again.", told)
            await pause(self._clock, AFTER_FAILURE)
        finally:
            self._answer(batch, taken=taken)

    def _answer(self, batch: list[_Waiting], *, taken: bool) -> None:
        for waiting in batch:
            if not waiting.taken.done():
                waiting.taken.set_result(taken)

    async def _introduce(self) -> None:
        """Tell Telegram where to push, until it takes that."""
        wait = 1.0
        while True:
            try:
                answer = await self._api.call("setWebhook", self._wishes())
            except NetworkError as failure:
                why = f"Telegram cannot be reached ({failure.message})"
            else:
                if answer.ok:
                    self._vitals.seen()
                    return
                why = f"Telegram answered {answer.status} to setWebhook: look at ATTUNE_WEBHOOK_URL"
            self._vitals.step("intake")
            log.warning("%s. Trying again in %.0f s.", why, wait)
            await pause(self._clock, wait)
            wait = min(LONGEST_PAUSE, wait * 2)

    def _wishes(self) -> dict[str, Any]:
        wishes = {
            "url": self._webhook.url,
            "secret_token": self._secret,
            "allowed_updates": self._intake.allowed,
            "drop_pending_updates": False,
        }
        if self._webhook.certificate is not None:
            wishes["certificate"] = File("certificate.pem", self._webhook.certificate.read_bytes())
        return wishes

    async def _look(self) -> None:
        """See now and then that Telegram answers, and that it still pushes to us."""
        if self._clock.monotonic() < self._look_at:
            return
        self._look_at = self._clock.monotonic() + LOOK_EVERY
        try:
            answer = await self._api.call("getWebhookInfo", {})
        except NetworkError:
            return
        info = answer.result if answer.ok and isinstance(answer.result, dict) else None
        if info is not None:
            self._vitals.seen()
            if info.get("url") != self._webhook.url:
                if self._rivals.meet(self._clock.monotonic()):
                    log.error("The webhook was changed by somebody else, and is set again. %s.", REVOKE)
                await self._introduce()


def secret_of(token: str) -> str:
    """Make the secret that Telegram brings along: the same after a restart, and telling nothing of the token."""
    return hmac.new(token.encode(), b"attune webhook", hashlib.sha256).hexdigest()


def _number(waiting: _Waiting) -> int:
    found = waiting.update.get("update_id") if isinstance(waiting.update, dict) else None
    return found if isinstance(found, int) else 0
