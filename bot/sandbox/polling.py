"""getUpdates: batches by offset, long polls in real seconds, one poller at a time."""

import asyncio

from bot.sandbox.arguments import Arguments
from bot.sandbox.wire import Json, conflict
from bot.sandbox.world import World

MAX_BATCH = 100
MAX_SECONDS = 50
_OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"


async def get_updates(world: World, arguments: Arguments) -> list[Json]:
    """Return what waits from an offset on; raises ApiError 409 when a newer poll takes over."""
    limit = arguments.integer("limit", MAX_BATCH)
    limit = limit if 1 <= limit <= MAX_BATCH else MAX_BATCH
    kinds = arguments.json("allowed_updates")
    world.updates.allow(kinds if isinstance(kinds, list) else None)
    world.updates.confirm(arguments.integer("offset"))
    world.poll += 1
    ticket = world.poll
    world.updates.bell.ring()  # an older poll wakes, sees the new ticket, and gives up
    return await _wait(world, ticket, limit, min(max(arguments.integer("timeout"), 0), MAX_SECONDS))


async def _wait(world: World, ticket: int, limit: int, seconds: int) -> list[Json]:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while True:
        batch = world.updates.batch(limit, world.now())
        left = deadline - loop.time()
        if batch or left <= 0:
            return batch
        await world.updates.bell.wait(left)
        if world.poll != ticket:
            raise conflict(_OTHER_POLLER)
