"""A leased row is rendered: into the sending of a call, or into an outcome without one."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from bot.actions.ports import Store
from bot.messages import MessageKind, Outcome, Refused, Row, Withdrawn
from bot.screens.keepsake import Fetch, Keepsake, pack
from bot.screens.render import MessageRenderer
from bot.telegram.sender import Sender
from prompts.source import WordsError

log = logging.getLogger(__name__)
Rendered = Outcome | Callable[[], Awaitable[Outcome]]


def preparer(
    store: Store, renderer: MessageRenderer, sender: Sender, fetch: Fetch, now: Callable[[], datetime]
) -> Callable[[Row], Awaitable[Rendered]]:
    """Make the function that renders a leased row, in a unit of work of its own."""

    async def send_keepsake(kept: Keepsake) -> Outcome:
        return await sender.send(await pack(kept, fetch))

    async def prepare(row: Row) -> Rendered:
        try:
            async with store.unit(now()) as work:
                if row.message.kind is MessageKind.EXPORT:
                    kept = await renderer.gather(work, row.message)
                    return partial(send_keepsake, kept) if kept else Withdrawn()
                call = await renderer.render(work, row.message)
        except WordsError as broken:
            log.error("there are no words for %s (row %s): %s", row.message.kind.value, row.id, broken)
            return Refused("no words")
        return partial(sender.send, call) if call else Withdrawn()

    return prepare
