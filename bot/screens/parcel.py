"""What takes long to make or to send: gathered inside a unit of work, made and sent beside it."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.screens.call import Call

Fetch = Callable[[str], Awaitable[bytes | None]]


class Parcel(Protocol):
    """All that is needed of the database for one call, which is made without it."""

    async def pack(self, fetch: Fetch) -> Call:
        """Make the call; `fetch` gives what was recorded, by Telegram's id of it."""
        ...
