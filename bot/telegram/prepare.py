"""Leased rows are rendered: each into the sending of a call, or into an outcome without one."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

from bot.actions.ports import Store, Unit
from bot.messages import Outcome, Refused, Row, Withdrawn
from bot.screens.kept import Fetch, Parcel, pack
from bot.screens.render import PARCELS, MessageRenderer
from bot.telegram.sender import Sender
from prompts.source import WordsError

log = logging.getLogger(__name__)
Rendered = Outcome | Callable[[], Awaitable[Outcome]] | Exception


def preparer(
    store: Store, renderer: MessageRenderer, sender: Sender, fetch: Fetch, now: Callable[[], datetime]
) -> Callable[[Sequence[Row]], Awaitable[Sequence[Rendered]]]:
    """Make the function that renders leased rows, in one unit of work: what is wrong with one is its own."""

    async def send_parcel(parcel: Parcel) -> Outcome:
        return await sender.send(await pack(parcel, fetch))

    async def prepare(rows: Sequence[Row]) -> Sequence[Rendered]:
        async with store.unit(now()) as work:
            await work.recall([row.message for row in rows])
            return [await prepare_one(work, row) for row in rows]

    async def prepare_one(work: Unit, row: Row) -> Rendered:
        try:
            if row.message.kind in PARCELS:
                parcel = await renderer.gather(work, row.message)
                return partial(send_parcel, parcel) if parcel else Withdrawn()
            call = await renderer.render(work, row.message)
        except WordsError as broken:
            log.error("there are no words for %s (row %s): %s", row.message.kind.value, row.id, broken)
            return Refused("no words")
        except Exception as failure:  # noqa: BLE001 (told by whoever sends, by its type alone)
            return failure
        return partial(sender.send, call) if call else Withdrawn()

    return prepare
