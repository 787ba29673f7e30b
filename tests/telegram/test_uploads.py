"""Uploads go beside the drain: what fails for good is told, and what is on its way is not taken twice."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
from telegram_house import House, at_home

from bot.actions.store import Unit
from bot.clock import SystemClock
from bot.messages import Handed, Message, MessageKind, Row
from bot.sandbox import Fault
from bot.screens.call import File
from bot.screens.kept import KeptParcel
from bot.telegram.sender import Sender
from bot.telegram.uploads import Uploads

NOW = SystemClock().now


async def leased(house: House, chat: int) -> Row:
    """Queue a keepsake, and lease its row."""
    async with house.database.unit(NOW()) as unit:
        await unit.outbox.put(Message(MessageKind.EXPORT, chat))
        (row,) = await unit.spool.lease(1)
    return row


async def state(house: House, row: Row) -> str:
    """Tell how a row stands, once nothing is on its way."""
    async with house.database.unit(NOW()) as unit:
        rows = await unit.context.transaction.rows("SELECT state FROM outbox WHERE id = :id", id=row.id)
    return str(rows[0]["state"])


class Story:
    """A keepsake on its way, and what was told of it."""

    def __init__(self, house: House) -> None:
        self.told: list[tuple[str, Row]] = []
        self.uploads = Uploads(
            house.database,
            Sender(house.api),
            self._fetch,
            SystemClock(),
            lost=self._lost,
            failed=self._failed,
            waits=(0.0, 0.0),
        )

    async def _fetch(self, file: str) -> bytes | None:
        raise AssertionError(file)

    async def _lost(self, unit: Unit, row: Row) -> None:
        del unit
        self.told.append(("lost", row))

    async def _failed(self, unit: Unit, row: Row) -> None:
        del unit
        self.told.append(("failed", row))


@pytest.mark.parametrize(
    ("faults", "stands", "told"),
    [
        ([], "sent", []),
        ([Fault("reset", count=2)], "sent", []),
        ([Fault("reset", count=3)], "failed", ["failed"]),
        ([Fault("error", code=413, count=1)], "failed", ["failed"]),
        ([Fault("blocked", count=1)], "failed", ["lost"]),
    ],
    ids=["taken", "third try", "three in vain", "too large", "blocked"],
)
async def test_a_keepsake_is_tried_thrice(
    tmp_path: Path, faults: list[Fault], stands: str, told: list[str]
) -> None:
    """Then whoever asked is told, so that they can ask again; a row on its way is not taken twice."""
    async with at_home(tmp_path) as house:
        phone = house.world.phone(first_name="Noa")
        phone.send_text("hello")
        story, row = Story(house), await leased(house, phone.user_id)
        for fault in faults:
            house.world.faults.add(fault)
        kept = KeptParcel(phone.user_id, "Noa", "en", "Your keepsake", (), lambda *_: File("kept.zip", b"PK"))
        running = asyncio.create_task(story.uploads.run())
        try:
            assert story.uploads.take(row, kept) == story.uploads.take(row, kept) == Handed()
            async with asyncio.timeout(5):
                while await state(house, row) == "leased":  # noqa: ASYNC110 (the database is who knows)
                    await asyncio.sleep(0.01)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
        assert await state(house, row) == stands
        assert [(what, about.id) for what, about in story.told] == [(what, row.id) for what in told]
        assert len([m for m in phone.from_bot if m.media]) == (stands == "sent")
