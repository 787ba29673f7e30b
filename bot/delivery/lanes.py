"""Lanes, a queue for each chat: rows that are leased wait for their turn, in that chat's order.

Pure. A lane is as urgent as its most urgent row: a reply lifts what stands before it in its chat.
"""

from collections import deque
from collections.abc import Callable, Iterable

from bot.messages import Priority, Row


class Lane:
    """One chat's rows, in order."""

    def __init__(self) -> None:
        self.rows: deque[Row] = deque()
        self.urgency = Priority.MORNING

    def append(self, row: Row) -> None:
        """Put a row behind the others."""
        self.rows.append(row)
        self.urgency = min(self.urgency, row.message.priority)

    def put_back(self, row: Row) -> None:
        """Put a row before the others."""
        self.rows.appendleft(row)
        self.urgency = min(self.urgency, row.message.priority)

    def pop(self) -> Row:
        """Take the first row."""
        row = self.rows.popleft()
        self.urgency = min((left.message.priority for left in self.rows), default=Priority.MORNING)
        return row


class Lanes:
    """Leased rows, by chat, in the order in which the chats' rows came."""

    def __init__(self) -> None:
        self._lanes: dict[int, Lane] = {}

    def __len__(self) -> int:
        return sum(len(lane.rows) for lane in self._lanes.values())

    def __bool__(self) -> bool:
        return bool(self._lanes)

    def add(self, rows: Iterable[Row]) -> None:
        """Put rows behind those of their chats."""
        for row in rows:
            self._lane(row).append(row)

    def put_back(self, row: Row) -> None:
        """Put a row before those of its chat: it has not left after all."""
        self._lane(row).put_back(row)

    def of(self, chat: int) -> list[Row]:
        """Tell which rows of a chat wait, in order."""
        lane = self._lanes.get(chat)
        return list(lane.rows) if lane else []

    def drop(self, chat: int) -> None:
        """Forget a chat's rows: they are given back or settled."""
        self._lanes.pop(chat, None)

    def clear(self) -> None:
        """Forget all: they have been given back."""
        self._lanes.clear()

    def at_least(self, length: int) -> list[int]:
        """Name the chats with at least so many rows."""
        return [chat for chat, lane in self._lanes.items() if len(lane.rows) >= length]

    def chats(self) -> list[int]:
        """Name the chats."""
        return list(self._lanes)

    def pick(self, ready: Callable[[Row, Priority], bool]) -> tuple[Row, Priority] | None:
        """Take the head of the most urgent lane whose head is ready; of equals, the one that came first.

        Tells with it how urgent the lane was.
        """
        best: tuple[Priority, int] | None = None
        for chat, lane in self._lanes.items():
            if (best is None or lane.urgency < best[0]) and ready(lane.rows[0], lane.urgency):
                best = lane.urgency, chat
                if lane.urgency is Priority.REPLY:
                    break
        if best is None:
            return None
        urgency, chat = best
        row = self._lanes[chat].pop()
        if not self._lanes[chat].rows:
            del self._lanes[chat]
        return row, urgency

    def take(self, chat: int, number: int) -> list[tuple[Row, Priority]]:
        """Take up to so many rows of a chat, in order, each with how urgent its lane was."""
        taken: list[tuple[Row, Priority]] = []
        lane = self._lanes.get(chat)
        while lane and lane.rows and len(taken) < number:
            urgency = lane.urgency
            taken.append((lane.pop(), urgency))
        if lane and not lane.rows:
            del self._lanes[chat]
        return taken

    def _lane(self, row: Row) -> Lane:
        return self._lanes.setdefault(row.message.chat, Lane())
