"""What the tests of this room share: the real database, the sandbox, and a bot that notes texts."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.actions.store import Unit
from bot.clock import SystemClock
from bot.messages import Message, MessageKind
from bot.sandbox import World, serve
from bot.telegram.application import PtbApplication, build, greet
from bot.telegram.client import BotApi
from bot.telegram.dispatch import UpdateContext
from bot.telegram.http import AioRequest
from bot.telegram.intake import Intake
from storage.database import Database
from storage.engine import asking
from storage.keyring import Keyring
from storage.unit import Unit as StorageUnit


@dataclass
class House:
    """A bot at home: for each text it queues one message, whose dedupe key is the text."""

    world: World
    database: Database
    request: AioRequest
    api: BotApi
    application: PtbApplication
    apologies: list[int] = field(default_factory=list)

    def intake(self) -> Intake:
        """Make a poller, as a fresh process would."""
        return Intake(
            self.database,
            self.api,
            self.application,
            clock=SystemClock(),
            apologise=self.apologise,
            allowed=["message"],
            noise=lambda: 0.0,
        )

    async def apologise(self, unit: Unit, update: Update) -> None:
        """Note whose update failed."""
        del unit
        self.apologies.append(update.update_id)

    async def queued(self) -> list[str]:
        """Tell what the handlers have queued, in order."""
        async with self.database.unit(SystemClock().now()) as unit:
            rows = await unit.spool.lease(1000)
            await unit.spool.release()
        return [str(row.message.details["text"]) for row in rows]


async def note_text(update: Update, context: UpdateContext) -> None:
    """Queue a message for a text; some texts are asked to fail."""
    message = update.effective_message
    assert message is not None
    text = message.text or ""
    await context.unit.outbox.put(Message(MessageKind.PLAIN, message.chat.id, details={"text": text}))
    if text.startswith("fail"):
        raise LookupError(text)
    if text.startswith("late"):
        twice = asking("INSERT INTO updates (id, seen_at) VALUES (:id, 0)", id=update.update_id)
        await cast("StorageUnit", context.unit).context.transaction.later(twice)


@asynccontextmanager
async def at_home(folder: Path, **world: object) -> AsyncIterator[House]:
    """Open a bot at home and close it again."""
    made = World(**world)  # type: ignore[arg-type]
    database = await Database.open(folder / "data", Keyring.create(folder / "key.json"))
    request = AioRequest(read_timeout=5.0)
    async with serve(made) as server:
        application = build(made.token, server.url, request)
        application.add_handler(MessageHandler(filters.ALL, note_text))
        await greet(application, SystemClock())
        try:
            api = BotApi(request, f"{server.url}/bot", made.token)
            yield House(made, database, request, api, application)
        finally:
            await application.shutdown()
            await request.shutdown()
            await database.close()
