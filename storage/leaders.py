"""Leader election: who does what only one process may do at a time, where several serve the same database.

A process leads a role for a few seconds and renews that. Whenever a role changes hands its number (the fence) grows.
A unit of work that is done as its leader looks at that number in its own transaction, and keeps others from taking the
role over until that has ended: one who was paused, or cut off, and wakes when another leads keeps nothing of it.
"""

import math
import time
from dataclasses import dataclass

LASTS = 6.0  # seconds, by the server's clock
SURELY = 5.0  # seconds, by ours, from when we asked: then we stop, before another can begin
RENEW_EVERY = 2.0  # seconds
TRY_EVERY = 1.0  # seconds between two tries for a role that another leads


@dataclass
class Leadership:
    """A role that this process leads."""

    role: str
    fence: int = 0
    until: float = math.inf  # monotonic seconds: nobody else leads it before

    @property
    def sure(self) -> bool:
        """Tell whether nobody else can lead it yet."""
        return self.left > 0

    @property
    def left(self) -> float:
        """Tell for how many seconds that is so."""
        return self.until - time.monotonic()
