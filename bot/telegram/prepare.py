"""Leased rows are rendered: each into the sending of a call, or into an outcome without one."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.actions.commands import NOT_NOW
from bot.actions.store import Store, Unit
from bot.messages import Handed, Outcome, Refused, Row, TryLater, Withdrawn
from bot.screens.call import Call, File
from bot.screens.menu import METHODS
from bot.screens.parcel import Fetch, Parcel
from bot.screens.render import BESIDE, MessageRenderer
from bot.telegram.sender import Sender
from prompts.source import WordsError

log = logging.getLogger(__name__)
Rendered = Outcome | Callable[[], Awaitable[Outcome]] | Exception

BRIEF = timedelta(seconds=10)  # for which a chat may wait for its commands
AS_FILES: Mapping[str, tuple[str, str]] = {
    "sendVoice": ("voice", "voice-message.ogg"),
    "sendVideoNote": ("video_note", "video-message.mp4"),
    "sendPhoto": ("photo", "picture.jpg"),
}


def preparer(
    store: Store,
    renderer: MessageRenderer,
    sender: Sender,
    fetch: Fetch,
    *,
    now: Callable[[], datetime],
    upload: Callable[[Row, Parcel], Handed],
) -> Callable[[Sequence[Row]], Awaitable[Sequence[Rendered]]]:
    """Make the function that renders leased rows, in one unit of work: what is wrong with one is its own.

    A parcel is handed to `upload` when its turn comes.
    """

    async def hand_over(row: Row, parcel: Parcel) -> Outcome:
        return upload(row, parcel)

    async def prepare(rows: Sequence[Row]) -> Sequence[Rendered]:
        async with store.unit(now()) as work:
            await work.recall([row.message for row in rows])
            return [await prepare_one(work, row) for row in rows]

    async def prepare_one(work: Unit, row: Row) -> Rendered:
        try:
            if row.message.kind in BESIDE:
                parcel = await renderer.gather(work, row.message)
                return partial(hand_over, row, parcel) if parcel else Withdrawn()
            call = await renderer.render(work, row.message)
        except WordsError as broken:
            log.error("there are no words for %s (row %s): %s", row.message.kind.value, row.id, broken)
            return Refused("no words")
        except Exception as failure:  # noqa: BLE001 (told by whoever sends, by its type alone)
            return failure
        return partial(_send, sender, fetch, call) if call else Withdrawn()

    return prepare


async def _send(sender: Sender, fetch: Fetch, call: Call) -> Outcome:
    """Send a call; a recording or a picture goes as a file where it is refused as what it is.

    A reader's settings may refuse voice and video messages, and an identifier may be another bot's.
    """
    outcome = await sender.send(call)
    if call.method in METHODS and isinstance(outcome, TryLater) and (outcome.after or BRIEF) > BRIEF:
        return Refused(NOT_NOW)  # of a limit of its own, which may be long, nothing else is to suffer
    given, name = AS_FILES.get(call.method, ("", ""))
    file = call.payload.get(given)
    if not isinstance(outcome, Refused) or not isinstance(file, str):
        return outcome
    found = await fetch(file)
    if found is None:
        return outcome
    kept = {key: value for key, value in call.payload.items() if key not in {given, "has_spoiler"}}
    again = await sender.send(Call("sendDocument", {**kept, "document": File(name, found)}))
    return outcome if isinstance(again, Refused) else again
