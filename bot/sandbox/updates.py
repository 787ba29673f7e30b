"""The queue of updates: numbered, kept for 24 hours, confirmed by a higher offset.

An update's id grows by one with each update. What a bot has not asked for (allowed_updates) is never queued.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.sandbox.events import Bell
from bot.sandbox.table import UPDATE_KINDS
from bot.sandbox.wire import Json

LIFETIME = timedelta(hours=24)
KINDS = frozenset(UPDATE_KINDS)
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
BY_DEFAULT = KINDS - ON_REQUEST


@dataclass(frozen=True, slots=True)
class Queued:
    """An update and the instant at which it was queued."""

    update_id: int
    body: Json
    at: datetime


class UpdateQueue:
    """What waits for the bot."""

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.waiting: deque[Queued] = deque()
        self.delivered: list[Json] = []
        self.allowed: frozenset[str] = BY_DEFAULT
        self.bell = Bell()
        self.confirmed = Bell()

    def put(self, body: Json, at: datetime) -> Queued | None:
        """Queue an update's body (without its id) unless the bot doesn't want its kind."""
        kind = next((name for name in body if name != "update_id"), "")
        if kind in KINDS and kind not in self.allowed:
            return None
        queued = Queued(self.next_id, {"update_id": self.next_id, **body}, at)
        self.next_id += 1
        self.waiting.append(queued)
        self.bell.ring()
        return queued

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Take the bot's wish for kinds of updates; None keeps the last one, nothing means the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) & KINDS or BY_DEFAULT

    def confirm(self, offset: int) -> None:
        """Forget what an offset confirms; a negative one keeps only that many from the end."""
        if offset < 0:
            while len(self.waiting) > -offset:
                self.waiting.popleft()
        while self.waiting and self.waiting[0].update_id < offset:
            self.waiting.popleft()
        self.confirmed.ring()

    def settle(self, queued: Queued) -> None:
        """Forget one that a webhook took."""
        self.waiting.remove(queued)
        self.confirmed.ring()

    def drop(self) -> None:
        """Forget all that waits."""
        self.waiting.clear()
        self.confirmed.ring()

    def expire(self, now: datetime) -> None:
        """Forget what is older than a day."""
        while self.waiting and now - self.waiting[0].at >= LIFETIME:
            self.waiting.popleft()

    def batch(self, limit: int, now: datetime) -> list[Json]:
        """Return the oldest updates, without confirming them."""
        self.expire(now)
        return [queued.body for queued, _ in zip(self.waiting, range(limit), strict=False)]
