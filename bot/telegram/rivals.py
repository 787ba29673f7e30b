"""Rivals: others with this bot's token, who fetch its updates or have them pushed elsewhere.

Two bots on two databases can't share a token, and none of them can end the other: each would say so for ever. It is
said once an hour, and the longer it lasts the more patiently is tried again.
"""

import math

TELL_EVERY = 3600.0  # seconds
OVER = 600.0  # seconds without a trace of one, after which the next is a new one


class Rivals:
    """What was seen of them; `met` is how often since they came."""

    def __init__(self) -> None:
        self.met = 0
        self._met_at = -math.inf
        self._told_at = -math.inf

    def meet(self, now: float) -> bool:
        """Note a trace of one, at monotonic seconds; tell whether to say so."""
        if now - self._met_at > OVER:
            self.met = 0
        self.met += 1
        self._met_at = now
        if now - self._told_at < TELL_EVERY:
            return False
        self._told_at = now
        return True
