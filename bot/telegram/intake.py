"""The intake: fetches updates, lets each take effect once, and only then confirms them.

One unit of work holds a batch, one savepoint each update. The update's id is recorded in the same savepoint,
so a repeated update does nothing; repeats are known by membership, because Telegram starts from a random id
after a quiet week. The next offset, which confirms the batch, is asked for after the commit.
"""

import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from telegram import Update
from telegram.error import TelegramError

from bot.clock import Clock, pause
from bot.telegram.application import App
from bot.telegram.desk import DESK, Desk
from bot.telegram.ports import Store, Unit
from bot.telegram.wire import TokenRefused, Wire

log = logging.getLogger(__name__)

POLL = 30  # seconds that Telegram holds a poll open
SLACK = 10.0  # seconds more that we wait for its answer
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
CONFLICT = 409
# Keys that python-telegram-bot's parser takes for its own arguments: a field of that name breaks it.
RESERVED = ("self", "api_kwargs", "bot", "cls")

Apologise = Callable[[Unit, Update], Awaitable[None]]


class Intake:
    """Polls Telegram until cancelled."""

    def __init__(
        self,
        store: Store,
        wire: Wire,
        application: App,
        *,
        clock: Clock,
        apologise: Apologise,
        allowed: Sequence[str],
    ) -> None:
        self._store = store
        self._wire = wire
        self._application = application
        self._clock = clock
        self._apologise = apologise
        self._allowed = list(allowed)
        self._offset = 0
        self._failures = 0

    async def run(self) -> None:
        """Poll and handle, for ever. Raises TokenRefused."""
        while True:
            batch = await self._fetch()
            if batch is None:
                await self._back_off()
                continue
            if not batch:
                continue
            try:
                await self.take(batch)
            except Exception as failure:  # noqa: BLE001 (a full disk, a lock: nothing is confirmed, so nothing is lost)
                log.error("updates cannot be stored and will be fetched again: %s", type(failure).__name__)
                await self._back_off()
            else:
                self._failures = 0
                self._offset = max(_id(raw) for raw in batch) + 1

    async def _fetch(self) -> list[Any] | None:
        """Ask for updates; None where there is no answer to work with."""
        asked = {"offset": self._offset, "timeout": POLL, "allowed_updates": self._allowed}
        try:
            answer = await self._wire.call("getUpdates", asked, read_timeout=POLL + SLACK)
        except TokenRefused:
            raise
        except TelegramError as failure:
            log.warning("no answer from Telegram: %s", type(failure).__name__)
            return None
        if answer.status == CONFLICT:
            log.warning("another program polls for this bot: stop it, or one of you misses updates")
        if not answer.ok or not isinstance(answer.result, list):
            log.warning("Telegram answered %s", answer.status)
            return None
        return answer.result

    async def _back_off(self) -> None:
        self._failures += 1
        longest = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(self._failures, 10))
        await pause(self._clock, longest * random.uniform(0.5, 1.0))  # noqa: S311 (spreads retries, hides nothing)

    async def take(self, batch: Sequence[Any]) -> None:
        """Let a batch take effect in one unit of work."""
        async with self._store.unit(self._clock.now()) as unit:
            for raw in batch:
                await self._take_one(unit, raw)

    async def _take_one(self, unit: Unit, raw: Any) -> None:
        update_id = _id(raw)
        update = self._parse(raw)
        desk = Desk(unit, update_id)
        try:
            async with unit.savepoint():
                if not await unit.updates.record(update_id) or update is None:
                    return
                await self._process(desk, update)
        except _HandlerFailed as failed:
            log.error("update %s was not handled: %s", update_id, type(failed.cause).__name__)
            await self._record_failure(unit, update_id, update)

    async def _process(self, desk: Desk, update: Update) -> None:
        token = DESK.set(desk)
        try:
            await self._application.process_update(update)
        finally:
            DESK.reset(token)
        if desk.failure is not None:
            raise _HandlerFailed(desk.failure)

    async def _record_failure(self, unit: Unit, update_id: int, update: Update | None) -> None:
        async with unit.savepoint():
            await unit.updates.record(update_id)
            if update is not None:
                await self._apologise(unit, update)

    def _parse(self, raw: Any) -> Update | None:
        try:
            return Update.de_json(_without_reserved(raw), self._application.bot)
        except Exception as failure:  # noqa: BLE001 (an update of any shape is passed over, never a stuck queue)
            log.warning("update %s cannot be read: %s", _id(raw), type(failure).__name__)
            return None


class _HandlerFailed(Exception):  # noqa: N818 (it carries what a handler raised out of its savepoint)
    def __init__(self, cause: Exception) -> None:
        super().__init__()
        self.cause = cause


def _id(raw: Any) -> int:
    number = raw.get("update_id") if isinstance(raw, Mapping) else None
    return number if isinstance(number, int) else 0


def _without_reserved(raw: Any) -> Any:
    if isinstance(raw, dict):
        return {key: _without_reserved(value) for key, value in raw.items() if key not in RESERVED}
    return [_without_reserved(value) for value in raw] if isinstance(raw, list) else raw
