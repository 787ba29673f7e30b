"""The pace, an adaptive rate limiter: messages leave just under what Telegram allows.

Pure: `now` is monotonic seconds and an argument; nothing here sleeps. Ask `ready_at`, and `take` at the
moment of sending.

The law: in any second at most `limit` calls arrive, though each may be up to `slack` seconds late; to
one chat `per_chat` a second after a short burst. Patient calls (the morning's prompts) are spaced evenly.
A waiting person's reply needs no spacing, and while people are about, a few places in each second are
kept free for them. What is FREE (the answer to a button) costs nothing.

Telegram does not say whose limit a 429 is. It is everyone's when two chats are refused at a time, or when
one is that was hardly written to while much was sent in all; otherwise it is that chat's. Everyone's slows
the rate: a little where calls bunched on their way, that is, where as many had left as were to leave and
it is the first in a while; else to below what left in the last second. The rate recovers slowly,
and ten times more slowly near where it was refused.
"""

import math
from collections import deque
from enum import Enum

from bot.messages import MessageKind, Priority, Row

LIMIT = 30.0  # messages a second, for the whole bot
PER_CHAT = 1.0  # messages a second, for one chat
BURST = 3  # messages to one chat at once
SLACK = 0.025  # seconds that a call may lose on its way without bunching past the limit
COLD = 0.15  # seconds that the first calls may lose besides, while connections are made
COLD_FOR = 1.25  # seconds from the first call in which that is allowed for
IDLE = 15.0  # seconds without a call after which connections are made anew
LATE = 0.1  # seconds by which a busy machine may miss places and make up for them
SLOWER = 0.9  # of the rate that was refused
BUNCHED = 0.98  # of the rate, where calls only bunched
A_WHILE = 30.0  # seconds after which a refusal is a first one again
RECOVERY = 0.001  # of the limit, each second
NEAR = 0.97  # of the rate that was refused: from there on a tenth of that
LEAST = 1.0  # the rate never falls below one a second
PEOPLE_ABOUT = 5.0  # seconds after a reply in which places are kept for the next
KEPT = 0.1  # of the places, kept for replies
MANY = 100  # calls, where a chat has no limit
TIDY_AT = 1000  # chats remembered before the rested ones are forgotten


class Toll(Enum):
    """What a call costs."""

    FREE = "free"  # not a message
    WAITING = "waiting"  # somebody waits for it
    PATIENT = "patient"


def toll(row: Row) -> Toll:
    """Tell what a row's call costs. Edits count as messages: Telegram does not say that they do not."""
    if row.message.kind is MessageKind.CALLBACK:
        return Toll.FREE
    return Toll.WAITING if row.message.priority is Priority.REPLY else Toll.PATIENT


class Pace:
    """The pace of one bot. Rates are a second; `slack` is seconds."""

    def __init__(
        self,
        limit: float = LIMIT,
        *,
        per_chat: float = PER_CHAT,
        burst: int = BURST,
        slack: float = SLACK,
    ) -> None:
        self._limit = limit
        self._rate = limit  # as learned
        self._cut_at = -math.inf  # when it was last slowed
        self._cut_rate = limit
        self._ceiling = limit  # the rate that was refused
        self._slack = slack
        self._step = 1 / per_chat
        self._grace = (burst - 1) / per_chat
        self._sent: deque[float] = deque()  # when calls left, within the last window
        self._last = -math.inf  # the newest call
        self._began = -math.inf  # the first call after an idle time
        self._slot = -math.inf  # the next even place for a patient call
        self._replied = -math.inf
        self._closed = -math.inf
        self._asking = False  # since everyone was refused, nothing has been accepted
        self._chats: dict[int, float] = {}  # when each chat will have rested (GCRA's theoretical arrival)
        self._refused: dict[int, float] = {}  # until when each chat is refused
        self._tidy_at = TIDY_AT

    @classmethod
    def unlimited(cls) -> "Pace":
        """Make a pace without limits, for a stand-in that has none."""
        return cls(math.inf, per_chat=math.inf, slack=0.0)

    @property
    def limit(self) -> float:
        """Tell the limit that was set, calls a second."""
        return self._limit

    def rate(self, now: float) -> float:
        """Tell the rate as learned, calls a second."""
        if self._rate < self._limit:
            speed, near = self._limit * RECOVERY, self._ceiling * NEAR
            fast = min(now - self._cut_at, max(0.0, near - self._cut_rate) / speed)
            slow = now - self._cut_at - fast
            self._rate = min(self._limit, self._cut_rate + speed * (fast + slow / 10))
        return self._rate

    @property
    def asking(self) -> bool:
        """Tell whether to make one call at a time: nothing has been accepted since all were refused."""
        return self._asking

    def accepted(self) -> None:
        """Note a call that was not refused for its pace."""
        self._asking = False

    @property
    def closed_until(self) -> float:
        """Tell until when nothing may leave, for a 429 that was everyone's."""
        return self._closed

    def chat_ready_at(self, chat: int) -> float:
        """Tell when a chat may be written to, whatever the others do."""
        return self._chats.get(chat, -math.inf) - self._grace

    def places(self, chat: int, now: float) -> int:
        """Count the calls that a chat could take by `now`, whatever the others do."""
        rested = max(self._chats.get(chat, -math.inf), now)
        left = now + self._grace - rested
        if self._step == 0.0 or left < 0.0:
            return MANY if self._step == 0.0 else 0
        return 1 + int(left / self._step)

    def ready_at(self, chat: int, now: float, cost: Toll) -> float:
        """Tell when a call may leave; at `now` or before means at once."""
        if cost is Toll.FREE:
            return self._closed
        return max(self._closed, self.chat_ready_at(chat), self._overall(now, cost))

    def take(self, chat: int, now: float, cost: Toll) -> None:
        """Note that a call leaves now."""
        if cost is Toll.FREE or self._limit == math.inf:
            return
        if now - self._last > IDLE:
            self._began = now
        self._last = now
        self._sent.append(now)
        self._chats[chat] = max(self._chats.get(chat, -math.inf), now) + self._step
        if cost is Toll.WAITING:
            self._replied = now
        else:
            gap = self._gap(now)
            # Places that were just missed are made up for: timers are late, never early.
            self._slot = max(self._slot, now - max(gap, LATE)) + gap
        self._tidy(now)

    def refused(self, chat: int, now: float, wait: float) -> bool:
        """Learn from a 429 with `wait` seconds; tell whether it is everyone's."""
        self._refused = {other: until for other, until in self._refused.items() if until > now}
        others = any(other != chat for other in self._refused)
        self._refused[chat] = now + max(wait, 1.0)
        busy = self._count(now) >= self._places(now) / 2
        crowded = self._chats.get(chat, -math.inf) - now > self._step
        everyone = self._asking or others or (busy and not crowded)
        if everyone:
            self._slow(now)
            self._closed = max(self._closed, now + wait)
            self._asking = True
        return everyone

    def _slow(self, now: float) -> None:
        """Slow down once for all the calls that one limit refused."""
        if now - self._cut_at < 1.0 or now < self._closed:
            return
        rate = self.rate(now)
        left = min(rate, sum(1 for at in self._sent if at > now - 1.0))
        if left >= SLOWER * rate and now - self._cut_at > A_WHILE:
            slower = BUNCHED * rate
        else:
            slower = SLOWER * max(left, rate / 2)
        self._cut_rate = self._rate = max(LEAST, slower)
        self._cut_at, self._ceiling = now, rate

    def _overall(self, now: float, cost: Toll) -> float:
        if self._limit == math.inf:
            return -math.inf
        places = self._places(now)
        if cost is Toll.WAITING:
            return self._window_free(now, places)
        return max(self._slot, self._window_free(now, places - self._kept(now)))

    def _window_free(self, now: float, places: int) -> float:
        return now if self._count(now) < places else self._sent[-places] + self._window(now)

    def _count(self, now: float) -> int:
        oldest = now - self._window(now)
        while self._sent and self._sent[0] <= oldest:
            self._sent.popleft()
        return len(self._sent)

    def _places(self, now: float) -> int:
        return max(1, math.floor(self.rate(now))) if self._limit != math.inf else 1

    def _window(self, now: float) -> float:
        return max(1.0, 1.0 / self.rate(now)) + self._spare(now)

    def _spare(self, now: float) -> float:
        return self._slack + (COLD if now - self._began < COLD_FOR else 0.0)

    def _kept(self, now: float) -> int:
        """Count the places that replies may need: none while nobody is about."""
        if now - self._replied > PEOPLE_ABOUT:
            return 0
        return math.floor(self._places(now) * KEPT)

    def _gap(self, now: float) -> float:
        rate = self.rate(now)
        return (1.0 + self._spare(now)) / (rate - min(self._kept(now), rate / 2))

    def _tidy(self, now: float) -> None:
        if len(self._chats) > self._tidy_at:
            self._chats = {chat: rested for chat, rested in self._chats.items() if rested > now}
            self._tidy_at = max(TIDY_AT, 2 * len(self._chats))
