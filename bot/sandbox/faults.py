"""Faults on request: what a network and a busy Telegram do to a bot, when a test wants it.

A fault is chosen by method, chat, probability and count; chance comes from the world's seeded generator.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from random import Random
from typing import Literal, get_args

from bot.sandbox.events import Bell
from bot.sandbox.wire import Json

Effect = Literal["error", "reset", "hang", "latency", "blocked", "deactivated", "repeat", "shuffle"]
_ON_UPDATES = frozenset({"repeat", "shuffle"})


@dataclass(slots=True)
class Fault:
    """One fault.

    Effects: `error` answers with `code` (429 carries `retry_after` in seconds) and `description` (empty: the
    code's own); `reset` cuts the connection;
    `hang` answers nothing for `seconds` (0: until cleared); `latency` waits `seconds` plus up to `jitter`;
    `blocked` and `deactivated` answer 403; `repeat` gives delivered updates again, `shuffle` out of order.
    With `after` the first four strike when the request has already been done. `methods`: none means all.
    `count` strikes (None: any number), each with `probability`.
    """

    effect: Effect
    methods: Iterable[str] = ()
    chat_id: int | None = None
    probability: float = 1.0
    count: int | None = None
    code: int = 500
    retry_after: int = 1
    seconds: float = 0.0
    jitter: float = 0.0
    after: bool = False
    description: str = ""
    number: int = 0

    def __post_init__(self) -> None:
        """Settle what may be given in several forms; raises ValueError for what makes no sense."""
        if self.effect not in get_args(Effect):
            raise ValueError(f"there is no effect {self.effect!r}; there are {', '.join(get_args(Effect))}")
        given = [self.methods] if isinstance(self.methods, str) else list(self.methods)
        self.methods = frozenset(name.lower() for name in given)
        if not 0 <= self.probability <= 1:
            raise ValueError("a probability lies between 0 and 1")

    def fits(self, method: str, chat_id: int | None) -> bool:
        """Return whether it is meant for such a request."""
        names = self.methods
        named = not names or method.lower() in names
        return named and (self.chat_id is None or self.chat_id == chat_id)

    def to_json(self) -> Json:
        """Return it as the control API gives it."""
        return asdict(self) | {"methods": sorted(self.methods)}


class Faults:
    """The faults that may strike."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._last = 0
        self.waiting: list[Fault] = []
        self.held = 0  # requests that hang now
        self.moved = Bell()
        self.released = Bell()

    def add(self, fault: Fault) -> Fault:
        """Arm a fault."""
        self._last += 1
        fault.number = self._last
        self.waiting.append(fault)
        return fault

    def remove(self, number: int) -> None:
        """Disarm one by its number."""
        self.waiting = [fault for fault in self.waiting if fault.number != number]

    def clear(self) -> None:
        """Disarm all, and let hanging requests go."""
        self.waiting.clear()
        self.released.ring()

    async def hold(self, seconds: float) -> None:
        """Let a request hang for so many real seconds, or until all faults are cleared."""
        self.held += 1
        self.moved.ring()
        try:
            await self.released.wait(seconds)
        finally:
            self.held -= 1
            self.moved.ring()

    def strike(self, method: str, chat_id: int | None) -> list[Fault]:
        """Return the faults that strike a request now, in the order in which they were armed."""
        if not self.waiting:
            return []
        candidates = [f for f in self.waiting if f.effect not in _ON_UPDATES and f.fits(method, chat_id)]
        return [fault for fault in candidates if self._strikes(fault)]

    def strike_updates(self, effect: Literal["repeat", "shuffle"]) -> bool:
        """Return whether a batch of updates is to be repeated, or shuffled."""
        return any(self._strikes(fault) for fault in list(self.waiting) if fault.effect == effect)

    def delay(self, fault: Fault) -> float:
        """Return a latency's length in seconds."""
        return fault.seconds + self._random.random() * fault.jitter

    def _strikes(self, fault: Fault) -> bool:
        if fault.probability < 1 and self._random.random() >= fault.probability:
            return False
        if fault.count is not None:
            fault.count -= 1
            if fault.count <= 0:
                self.remove(fault.number)
        return True
