"""Trouble: SIGKILL at random instants, and faults at random rates."""

import asyncio
from collections.abc import Callable
from random import Random

from chaos_bot import BotProcess
from chaos_crew import Crew
from chaos_world import WatchedWorld

from bot.sandbox import Fault

LONGEST_LIFE = 6.0  # seconds: what was to trigger a kill may not come
SENDING = ("sendmessage", "editmessagetext", "answercallbackquery", "sendphoto", "deletemessages")
KEPT = "Bad Request: message can't be deleted"


def fault(random: Random, chats: list[int]) -> list[Fault]:
    """Make one kind of trouble, at a random rate."""
    rate = random.uniform(0.05, 0.4)
    after = random.random() < 0.5
    chat = random.choice(chats)
    kinds = (
        [Fault("error", code=429, retry_after=1, probability=rate, methods=SENDING)],
        [Fault("error", code=429, retry_after=2, methods=SENDING, chat_id=chat)],
        [Fault("error", code=500, probability=rate, after=after)],
        [Fault("error", code=502, probability=rate, after=after)],
        [Fault("hang", seconds=1.0, probability=rate / 4, methods=SENDING, after=after)],
        [Fault("error", code=400, description=KEPT, probability=rate, methods=["deletemessages"])],
        [Fault("reset", probability=rate)],
        [Fault("reset", probability=rate, after=True)],
        [Fault("latency", seconds=0.02, jitter=0.28)],
        [Fault("repeat", probability=0.7)],
        [Fault("shuffle", probability=0.7), Fault("repeat", probability=0.3)],
    )
    return random.choice(kinds)


class Trouble:
    """Makes trouble until `stop`; `kills` is how many it makes at most."""

    def __init__(self, world: WatchedWorld, bot: BotProcess | Crew, random: Random, kills: int) -> None:
        self._world = world
        self._bot = bot
        self._random = random
        self._kills = kills
        self.stop = asyncio.Event()

    @property
    def over(self) -> bool:
        """Tell whether all kills have been made."""
        return self._bot.kills >= self._kills

    async def faults(self) -> None:
        """Change the faults every few seconds, with calm in between."""
        while not self.stop.is_set():
            await self._pause(self._random.uniform(0.5, 2.5))
            for one in fault(self._random, sorted(self._world.people)) if self._world.people else ():
                self._world.faults.add(one)
            await self._pause(self._random.uniform(0.5, 2.5))
            self._world.faults.clear()
        self._world.faults.clear()

    async def killing(self) -> None:
        """Kill, each time at another kind of instant."""
        while not self.stop.is_set() and not self.over:
            spawned, life = self._bot.lives, self._world.life
            kind = self._random.choices(("start", "soon", "accepted", "batch"), (1, 3, 4, 2))[0]
            if kind == "start":
                await self._pause(self._random.uniform(0.0, 1.5))
            else:
                await self._alive(life)
                await self._until(kind)
            if self.stop.is_set():
                return
            self._bot.kill()
            while self._bot.lives == spawned and not self.stop.is_set():
                await self._pause(0.01)

    async def _alive(self, life: int) -> None:
        while self._world.life == life and not self.stop.is_set():
            await self._world.events.bell.wait(0.2)

    async def _until(self, kind: str) -> None:
        if kind == "accepted":
            await self._after_acceptance(self._random.randrange(1, 25))
        elif kind == "batch":
            delivered = self._world.updates.delivered
            await self._once(lambda: self._world.updates.delivered is not delivered)
            await self._pause(self._random.uniform(0.0, 0.03))
        else:
            await self._pause(self._random.expovariate(2.0))

    async def _after_acceptance(self, number: int) -> None:
        """Kill in the very moment in which Telegram has accepted a call, before its answer leaves."""
        left = number

        def count(method: str) -> None:
            nonlocal left
            left -= method.startswith(("send", "edit", "delete"))
            if left == 0:
                self._bot.kill()

        self._world.on_call = count
        await self._once(lambda: left <= 0)
        self._world.on_call = lambda _: None

    async def _once(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds, or for as long as a life may last."""
        over = asyncio.get_running_loop().time() + LONGEST_LIFE
        while not (holds() or self.stop.is_set()) and asyncio.get_running_loop().time() < over:
            await self._pause(0.002)

    async def _pause(self, seconds: float) -> None:
        """Wait some real seconds: chance decides how many, and nothing depends on it."""
        await asyncio.sleep(min(seconds, LONGEST_LIFE))
