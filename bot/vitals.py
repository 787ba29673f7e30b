"""Vitals, the metrics: what the running bot counts of itself, and which of its lasting tasks still come round.

Numbers alone. No id, and no kind of message: who runs the bot may be one of the partners, and a graph in which
somebody has asked for help lines would tell. How urgent a message was is all that is told of it.
"""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.messages import Outcome, Priority

# Seconds within which a task that is well comes round: a clock's longest wait is 30, a poll's 40, what Telegram
# may tell the intake to wait 300; a heartbeat's longest transaction opens a hundred rounds.
PATIENCE = {"intake": 360.0, "drain": 120.0, "heartbeat": 120.0}
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)  # seconds of a commit


@dataclass
class Vitals:
    """Counts since the start. `clock` tells seconds that never step back."""

    clock: Callable[[], float] = time.monotonic
    updates: Counter[str] = field(default_factory=Counter)  # taken, repeated, failed, unreadable
    calls: Counter[tuple[Priority, str]] = field(default_factory=Counter)  # by urgency and outcome
    commits: list[int] = field(default_factory=lambda: [0] * (len(BOUNDS) + 1))
    commit_seconds: float = 0.0
    telegram_seen: float | None = None  # when Telegram last answered the intake
    _stepped: dict[str, float] = field(default_factory=dict)

    def step(self, task: str) -> None:
        """Note that a task has come round."""
        self._stepped[task] = self.clock()

    def stand_by(self, role: str) -> None:
        """Note that another process does a task, and this one stands by for it."""
        self.step(role)
        if role == "intake":
            self.seen()  # by whoever does it: this one could serve

    def seen(self) -> None:
        """Note that Telegram has answered."""
        self.telegram_seen = self.clock()

    def called(self, priority: Priority, outcome: Outcome) -> None:
        """Count what became of a call."""
        self.calls[priority, type(outcome).__name__] += 1

    def committed(self, seconds: float) -> None:
        """Count a commit by how long it took."""
        self.commits[bisect_left(BOUNDS, seconds)] += 1
        self.commit_seconds += seconds

    def late(self) -> list[str]:
        """Name the tasks that have not come round for too long; one that has not begun yet is none."""
        now = self.clock()
        return [task for task, since in self._stepped.items() if now - since > PATIENCE[task]]
