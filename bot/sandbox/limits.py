"""How much a bot may send: counted when a request arrives, refused with how long to wait.

About 30 messages a second overall in any sliding second, 1 a second to one chat with a short burst, 20 a
minute to a group. After a refusal the same door stays shut until `retry_after` has passed, as Telegram's
does.
"""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.wire import ApiError

_MINUTE = 60.0
_SLACK = 1e-9  # what floating point may lose between two additions


@dataclass(slots=True)
class Window:
    """At most so many in any span of so many seconds."""

    allowed: int
    seconds: float
    taken: deque[float] = field(default_factory=deque)

    def wait(self, now: float, number: int) -> float:
        """Return how many seconds are missing until so many more fit; 0 when they do."""
        while self.taken and now - self.taken[0] >= self.seconds - _SLACK:
            self.taken.popleft()
        too_many = len(self.taken) + min(number, self.allowed) - self.allowed
        return 0.0 if too_many <= 0 else self.taken[too_many - 1] + self.seconds - now

    def take(self, now: float, number: int) -> None:
        """Count so many."""
        self.taken.extend([now] * number)


@dataclass(slots=True)
class Bucket:
    """A rate with a burst: `level` tokens, filled at `rate` a second up to `burst`."""

    rate: float
    burst: int
    level: float
    at: float

    def wait(self, now: float, number: int) -> float:
        """Return how many seconds are missing until so many more fit; 0 when they do."""
        self.level = min(self.burst, self.level + (now - self.at) * self.rate)
        self.at = now
        missing = min(number, self.burst) - self.level
        return 0.0 if missing <= _SLACK else missing / self.rate

    def take(self, _: float, number: int) -> None:
        """Count so many."""
        self.level -= number


class Limits:
    """The doors of one bot. Off until `enabled`; time is real and monotonic, or whatever is injected."""

    def __init__(
        self,
        *,
        enabled: bool = False,
        per_second: int = 30,
        chat_per_second: float = 1.0,
        chat_burst: int = 3,
        group_per_minute: int = 20,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.enabled = enabled
        self.per_second = per_second
        self.chat_per_second = chat_per_second
        self.chat_burst = chat_burst
        self.group_per_minute = group_per_minute
        self.monotonic = monotonic
        self._whole = Window(per_second, 1.0)
        self._chats: dict[int, Bucket] = {}
        self._groups: dict[int, Window] = {}
        self._shut: dict[str, float] = {}

    def admit(self, chat_id: int, number: int = 1) -> None:
        """Let messages to a chat in, or raise ApiError 429 with `retry_after` in whole seconds."""
        if not self.enabled:
            return
        now = self.monotonic()
        doors = self._doors(chat_id, now)
        for name, door in doors.items():
            wait = max(door.wait(now, number), self._shut.get(name, now) - now)
            if wait > 0:
                self._refuse(name, now, wait)
        for door in doors.values():
            door.take(now, number)

    def _doors(self, chat_id: int, now: float) -> dict[str, Window | Bucket]:
        doors: dict[str, Window | Bucket] = {"all": self._whole}
        if chat_id < 0:
            window = self._groups.setdefault(chat_id, Window(self.group_per_minute, _MINUTE))
            doors[f"group {chat_id}"] = window
        fresh = Bucket(self.chat_per_second, self.chat_burst, self.chat_burst, now)
        doors[f"chat {chat_id}"] = self._chats.setdefault(chat_id, fresh)
        return doors

    def _refuse(self, name: str, now: float, wait: float) -> None:
        seconds = max(1, math.ceil(wait - _SLACK))
        if self._shut.get(name, now) <= now:
            self._shut[name] = now + seconds
        raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
