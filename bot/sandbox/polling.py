"""getUpdates: batches by offset, long polls in real seconds, one poller at a time."""

import asyncio

from bot.sandbox.arguments import Arguments
from bot.sandbox.wire import Json, conflict
from bot.sandbox.world import World

MAX_BATCH = 100
MAX_SECONDS = 50
_WEBHOOK = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, arguments: Arguments) -> list[Json]:
    """Return what waits from an offset on; raises ApiError 409 when a newer poll takes over."""
    if world.webhook.url:
        raise conflict(_WEBHOOK)
    limit = arguments.integer("limit", MAX_BATCH)
    limit = limit if 1 <= limit <= MAX_BATCH else MAX_BATCH
    kinds = arguments.json("allowed_updates")
    world.updates.allow(kinds if isinstance(kinds, list) else None)
    world.updates.confirm(arguments.integer("offset"))
    seconds = min(max(arguments.integer("timeout"), 0), MAX_SECONDS)
    return disturbed(world, await _wait(world, world.begin_poll(), limit, seconds))


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
            raise conflict(world.poll_ended)


def disturbed(world: World, batch: list[Json]) -> list[Json]:
    """Let faults repeat or shuffle a batch."""
    if not batch:
        return batch
    queue, faults = world.updates, world.faults
    before, queue.delivered = queue.delivered, batch
    if faults.strike_updates("repeat"):
        numbers = {update["update_id"] for update in batch}
        earlier = [update for update in before if update["update_id"] not in numbers]
        batch = earlier + batch if earlier else batch + batch
    if faults.strike_updates("shuffle"):
        batch = world.random.sample(batch, len(batch))
    return batch
