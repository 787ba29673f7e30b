"""Our bot in a process of its own, by the machine's clock: `our_bot.py URL FOLDER RATE`.

A line of standard input, a JSON array of chats, queues one morning message for each of them.
"""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bot.app import App, running
from bot.clock import SystemClock
from bot.config import Config
from bot.content import Content
from bot.messages import Message, MessageKind, Priority
from bot.sandbox import TOKEN
from bot.telegram.throttle import Throttle

AT_ONCE = 500  # messages put in the outbox in a unit of work


async def serve(url: str, folder: Path, rate: float) -> None:
    """Serve until standard input ends."""
    config = Config(
        TOKEN, folder / "data", folder / "key" / "k.json", "Ops", "UTC", api_url=url, allow=None, rate=rate,
        database=os.environ.get("ATTUNE_DATABASE", ""),
    )  # fmt: skip
    async with running(config, SystemClock(), Content(), throttle=Throttle.unlimited()) as app:
        while line := await asyncio.to_thread(sys.stdin.readline):
            await queue(app, json.loads(line))


async def queue(app: App, chats: list[int]) -> None:
    """Put one morning message for each chat in the outbox."""
    for start in range(0, len(chats), AT_ONCE):
        async with app.database.unit(datetime.now(UTC)) as unit:
            await unit.outbox.put(
                *(
                    Message(MessageKind.HELP, chat, language="en", priority=Priority.MORNING)
                    for chat in chats[start : start + AT_ONCE]
                )
            )


root, place, given = sys.argv[1:]
asyncio.run(serve(root, Path(place), float(given)))
