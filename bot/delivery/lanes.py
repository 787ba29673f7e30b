"""Rows that are leased and wait for their turn: a lane for each chat, in that chat's order.

Pure. A lane is as urgent as its most urgent row: a reply lifts what stands before it in its chat.
"""

from collections import deque
from collections.abc import Callable, Iterable

from bot.messages import Priority, Row


class Lanes:
    """Leased rows, by chat."""

    def __init__(self) -> None:
        self._lanes: dict[int, deque[Row]] = {}

    def __len__(self) -> int:
        return sum(map(len, self._lanes.values()))

    def add(self, rows: Iterable[Row]) -> None:
        """Put rows behind those of their chats."""
        for row in rows:
            self._lanes.setdefault(row.message.chat, deque()).append(row)

    def put_back(self, row: Row) -> None:
        """Put a row before those of its chat: it has not left after all."""
        self._lanes.setdefault(row.message.chat, deque()).appendleft(row)

    def drop(self, chat: int) -> None:
        """Forget a chat's rows: they are given back or settled."""
        self._lanes.pop(chat, None)

    def of(self, chat: int) -> list[Row]:
        """Tell which rows of a chat wait, in order."""
        return list(self._lanes.get(chat, ()))

    def clear(self) -> None:
        """Forget all: they have been given back."""
        self._lanes.clear()

    def movable(self, ready: Callable[[int], bool]) -> int:
        """Count the chats with a row that may leave soon."""
        return sum(1 for chat in self._lanes if ready(chat))

    def at_least(self, length: int) -> list[int]:
        """Name the chats with at least so many rows."""
        return [chat for chat, lane in self._lanes.items() if len(lane) >= length]

    def chats(self) -> list[int]:
        """Name the chats, in the order in which their rows came."""
        return list(self._lanes)

    def urgency(self, chat: int) -> Priority:
        """Tell how urgent a chat's lane is."""
        return min(row.message.priority for row in self._lanes[chat])

    def pick(self, ready: Callable[[Row, Priority], bool]) -> tuple[Row, Priority] | None:
        """Take the head of the most urgent lane whose head is ready; of equals, the one that came first.

        Tells with it how urgent the lane was.
        """
        best: tuple[Priority, int] | None = None
        for chat, lane in self._lanes.items():
            urgency = self.urgency(chat)
            if (best is None or urgency < best[0]) and ready(lane[0], urgency):
                best = urgency, chat
                if urgency is Priority.REPLY:
                    break
        if best is None:
            return None
        urgency, chat = best
        row = self._lanes[chat].popleft()
        if not self._lanes[chat]:
            del self._lanes[chat]
        return row, urgency
