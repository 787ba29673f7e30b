"""What the sandbox's tests share: raw requests, and a clock that counts without passing."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any, Protocol

from aiohttp import ClientSession

from bot.sandbox import Server

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x40\x00\x00\x00\xf0\x08\x02\x00\x00\x00"


class Ask(Protocol):
    """Call a Bot API method with a JSON body; return the whole answer."""

    def __call__(self, method: str, **values: Any) -> Awaitable[dict[str, Any]]:
        """Call it."""
        ...


@dataclass
class Asker:
    """Raw requests to a running sandbox."""

    server: Server
    session: ClientSession

    @property
    def root(self) -> str:
        """Return the URL before a method's name."""
        return f"{self.server.url}/bot{self.server.world.token}"

    async def __call__(self, method: str, **values: Any) -> dict[str, Any]:
        """Call a method; return the whole answer."""
        async with self.session.post(f"{self.root}/{method}", json=values) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer


@dataclass
class Seconds:
    """A monotonic clock that moves only when it is told to, and a sleep that moves it."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        """Tell the seconds."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Pass so many seconds at once."""
        self.slept.append(seconds)
        self.now += seconds
