"""Pushing updates to the bot's webhook: in order for a chat, again until a 2xx comes.

A delivery that fails is tried again after 1, 2, 4 ... seconds of the world's `sleep`, at most a minute apart.
A bot may put one method call into its answer; it is done, its result is lost, as with Telegram.
"""

import asyncio
import json

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.sandbox.api import answer
from bot.sandbox.arguments import Arguments
from bot.sandbox.polling import disturbed
from bot.sandbox.updates import Queued
from bot.sandbox.wire import Json
from bot.sandbox.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  a header's name
_TIMEOUT = ClientTimeout(total=60)
_LONGEST_PAUSE = 60.0
_FOREVER = 3600.0
_TAKEN = range(200, 300)


async def deliver(world: World) -> None:
    """Push whatever waits while a webhook is set; runs until it is cancelled."""
    while True:
        if not world.webhook.url:
            await world.webhook.changed.wait(_FOREVER)
            continue
        async with ClientSession(timeout=_TIMEOUT) as session, asyncio.TaskGroup() as tasks:
            await _Postman(world, session, tasks).work()


class _Postman:
    """Deliveries to one webhook: `busy` chats have one on its way, `away` are the updates on their way."""

    def __init__(self, world: World, session: ClientSession, tasks: asyncio.TaskGroup) -> None:
        self.world = world
        self.session = session
        self.tasks = tasks
        self.busy: set[int] = set()
        self.away: set[int] = set()

    async def work(self) -> None:
        """Deliver until the webhook is gone."""
        while self.world.webhook.url:
            for queued in self._ready():
                self.busy.add(_lane(queued.body))
                self.away.add(queued.update_id)
                self.tasks.create_task(self._carry(queued))
            await self.world.updates.bell.wait(_FOREVER)

    def _ready(self) -> list[Queued]:
        """Return what may go now: the oldest of each free chat, as many as there are connections."""
        self.world.updates.expire(self.world.now())
        ready: list[Queued] = []
        lanes = set(self.busy)
        for queued in self.world.updates.waiting:
            if len(self.away) + len(ready) >= self.world.webhook.max_connections:
                break
            lane = _lane(queued.body)
            if lane not in lanes:
                lanes.add(lane)
                ready.append(queued)
        return ready

    async def _carry(self, queued: Queued) -> None:
        pause = 1.0
        while self.world.webhook.url and queued in self.world.updates.waiting:
            if await self._posted(queued.body):
                self.world.updates.settle(queued)
                break
            await self.world.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        self.busy.discard(_lane(queued.body))
        self.away.discard(queued.update_id)
        self.world.updates.bell.ring()

    async def _posted(self, body: Json) -> bool:
        for update in disturbed(self.world, [body]):
            why = await self._post(update)
            if why:
                self.world.webhook.failed(self.world.timestamp(), why)
                return False
        return True

    async def _post(self, update: Json) -> str:
        """Post one update; return why it failed, or nothing."""
        webhook = self.world.webhook
        headers = {SECRET_HEADER: webhook.secret_token} if webhook.secret_token else {}
        try:
            posted = self.session.post(webhook.url, json=update, headers=headers, allow_redirects=False)
            async with posted as response:
                raw = await response.read()
                if response.status not in _TAKEN:
                    return f"Wrong response from the webhook: {response.status} {response.reason}"
        except (ClientError, TimeoutError) as error:
            return f"Connection failed: {type(error).__name__}"
        await self._do(raw)
        return ""

    async def _do(self, raw: bytes) -> None:
        """Do the method call that an answer may carry."""
        try:
            body = json.loads(raw)
        except ValueError:
            return
        if isinstance(body, dict) and isinstance(body.get("method"), str):
            method = body.pop("method")
            await answer(self.world, Arguments(method, body))


def _lane(update: Json) -> int:
    """Return whose turn an update is: its chat's or person's; 0 for what belongs to nobody."""
    for kind, body in update.items():
        if kind != "update_id" and isinstance(body, dict):
            owner = body.get("chat") or body.get("from") or body.get("user") or {}
            return int(owner.get("id", 0)) if isinstance(owner, dict) else 0
    return 0
