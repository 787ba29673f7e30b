"""The intake, an idempotent consumer: updates from Telegram, each taking effect exactly once.

    getUpdates -> one unit for the batch, a savepoint for each update -> commit -> the next offset

The law: an update is confirmed to Telegram only after the commit of what it did, and its id is in the
same commit. So a crash anywhere repeats updates and never loses one, and a repeated one does nothing. A
repeat is known by its id being known, never by "greater than the last": after a quiet week Telegram goes
on from a random id. For the same reason no offset is kept after an empty answer, when nothing is left
to confirm.

What a person wrote is never logged: an update's id and the type of an exception are all that is.
"""

import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from telegram import Update
from telegram.error import NetworkError

from bot.actions.store import Store, Unit
from bot.clock import Clock, pause
from bot.messages import TokenRefused
from bot.supervise import heed_cancellation
from bot.telegram.application import PtbApplication
from bot.telegram.client import Answer, BotApi
from bot.telegram.dispatch import dispatch
from bot.telegram.parsing import chat_of, parse, update_id_of
from bot.telegram.rivals import Rivals
from bot.telegram.webhook import remove_webhook
from bot.vitals import Vitals
from storage.errors import StorageError, Undone

log = logging.getLogger(__name__)

POLL = 30  # seconds that Telegram holds an empty poll
MARGIN = 10.0  # seconds more, after which a held poll is given up
BATCH = 100  # Telegram's most
LONGEST_PAUSE = 30.0  # seconds between two tries
LONGEST_TOLD = 300.0  # seconds between two tries after a retry_after
DOUBLINGS = 10


Apologise = Callable[[Unit, Update], Awaitable[None]]


class Intake:
    """Takes updates in until cancelled.

    `apologise` queues "that was not saved, please send it again"; `note` is told of each update as it is taken.
    """

    def __init__(
        self,
        store: Store,
        api: BotApi,
        application: PtbApplication,
        *,
        clock: Clock,
        apologise: Apologise,
        allowed: Sequence[str],
        vitals: Vitals | None = None,
        noise: Callable[[], float] = random.random,
        note: Callable[[Update], None] = lambda _: None,
    ) -> None:
        self._store = store
        self._api = api
        self._application = application
        self._clock = clock
        self._apologise = apologise
        self.allowed = list(allowed)
        self._vitals = vitals or Vitals()
        self._noise = noise
        self._note = note
        self._rivals = Rivals()

    async def run(self) -> None:
        """Take updates in. Raises TokenRefused."""
        offset: int | None = None
        while True:
            self._vitals.step("intake")
            batch = await self._fetch(offset)
            await self._take_whole(batch)
            known = [found for raw in batch if (found := update_id_of(raw)) is not None]
            offset = max(known) + 1 if known else None
            if batch and not known:
                await self._pause("Telegram hands over updates without ids", 0)

    async def take(self, batch: Sequence[Any]) -> None:
        """Let a batch take effect in one unit of work. Raises what storage raises, and nothing is kept.

        Its updates take effect in the order of their numbers, which is that in which they happened: a block that
        came before the press that it followed would be lifted by that press.
        What one update has written and only fails when it is written down breaks them all. Then they are
        taken once more, one statement after the other: that update alone is undone.
        """
        numbered: dict[int, Any] = {}
        for raw in batch:
            update_id = update_id_of(raw)
            if update_id is None:
                log.error("An update without an id was passed over")
            else:
                numbered.setdefault(update_id, raw)
        numbered = dict(sorted(numbered.items()))
        try:
            await self._take(numbered)
        except Exception as failure:
            heed_cancellation()
            if isinstance(failure, StorageError) and not isinstance(failure, Undone):
                raise
            await self._take(numbered, prompt=True)

    async def _take(self, batch: Mapping[int, Any], *, prompt: bool = False) -> None:
        async with self._store.unit(self._clock.now(), prompt=prompt) as unit:
            fresh = await unit.updates.record_all({number: chat_of(raw) for number, raw in batch.items()})
            became = [
                await self._take_one(unit, number, raw) if number in fresh else "repeated"
                for number, raw in batch.items()
            ]
        self._vitals.updates.update(became)

    async def _fetch(self, offset: int | None) -> list[Any]:
        """Ask until Telegram answers; a poll that is cancelled is dropped."""
        payload = {"offset": offset, "timeout": POLL, "limit": BATCH, "allowed_updates": self.allowed}
        tries = 0
        while True:
            try:
                answer = await self._api.call("getUpdates", payload, read_timeout=POLL + MARGIN)
            except NetworkError as failure:
                await self._pause(f"Telegram cannot be reached ({failure.message})", tries)
            else:
                if answer.ok and isinstance(answer.result, list):
                    self._vitals.seen()
                    return answer.result
                await self._refused(answer, tries)
            tries += 1

    async def _refused(self, answer: Answer, tries: int) -> None:
        if answer.status == HTTPStatus.NOT_FOUND:
            raise TokenRefused(
                "Telegram knows no such bot: set ATTUNE_TOKEN, and ATTUNE_API_URL if you use it."
            )
        if answer.status == HTTPStatus.CONFLICT:
            await self._give_way()
        else:
            await self._pause(f"Telegram answered {answer.status} to getUpdates", tries, answer.retry_after)

    async def _give_way(self) -> None:
        """Let another who fetches our updates go on for a while, or take away a webhook."""
        tell = self._rivals.meet(self._clock.monotonic())
        if await remove_webhook(self._api, tell=tell):
            what = "Updates are fetched again"
        else:
            what = (
                "Another process fetches this bot's updates: stop it, or let both use one database. If none is yours, "
                "somebody has the token: get a new one with /revoke at @BotFather"
            )
        await self._pause(what, self._rivals.met - 1, tell=tell)

    async def _take_whole(self, batch: Sequence[Any]) -> None:
        """Let a batch take effect, however long storage makes us wait: it is not confirmed before."""
        tries = 0
        while batch:
            try:
                await self.take(batch)
            except Exception as failure:  # noqa: BLE001 (whatever it is, nothing is confirmed, so nothing is lost)
                heed_cancellation()
                await self._pause(f"No update is taken in or confirmed: {_told(failure)}", tries)
                tries += 1
            else:
                return

    async def _take_one(self, unit: Unit, update_id: int, raw: Any) -> str:
        """Let an update take effect, and tell in a word what became of it. Raises StorageError."""
        update = parse(raw, self._application.bot)
        if isinstance(update, str):
            log.error("Update %d cannot be parsed (%s) and was passed over", update_id, update)
            return "unreadable"
        self._note(update)
        try:
            async with unit.savepoint():
                await dispatch(self._application, update, unit)
        except StorageError:
            raise  # not this update's fault: the batch waits until storage is well
        except Exception as failure:  # noqa: BLE001 (whatever it is, the others go on)
            heed_cancellation()
            log.error("Update %d was not saved: %s", update_id, type(failure).__name__)
            await self._give_up(unit, update_id, update)
            return "failed"
        return "taken"

    async def _give_up(self, unit: Unit, update_id: int, update: Update) -> None:
        """Say to its sender that an update failed; its id stays recorded, so it is not tried for ever."""
        try:
            async with unit.savepoint():
                await self._apologise(unit, update)
        except StorageError:
            raise
        except Exception as failure:  # noqa: BLE001 (an apology must not hold up the others)
            log.error("Nobody was told that update %d failed: %s", update_id, type(failure).__name__)

    async def _pause(self, what: str, tries: int, told: float | None = None, *, tell: bool = True) -> None:
        self._vitals.step("intake")
        doubled: float = min(LONGEST_PAUSE, 2.0 ** min(tries, DOUBLINGS))
        seconds = doubled * (0.5 + self._noise() / 2) if told is None else min(told, LONGEST_TOLD)
        level = logging.WARNING if tries == 0 else logging.INFO
        if tell:
            log.log(level, "%s. Trying again in %.1f s.", what, seconds)
        await pause(self._clock, seconds)


def _told(failure: Exception) -> str:
    """Return what failed: in storage's own words for the operator, or by its type alone."""
    return str(failure).rstrip(".") if isinstance(failure, StorageError) else type(failure).__name__
