"""Who has been offered help before joining: in memory alone, so that nothing tells that somebody needed it."""

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.actions.care import AGAIN

PEOPLE = 10_000  # remembered at a time; the longest ago are forgotten first


class Offered:
    """Remembers by chat when help was offered last."""

    def __init__(self) -> None:
        self._when: OrderedDict[int, datetime] = OrderedDict()

    def first(self, chat: int, now: datetime) -> bool:
        """Tell whether help is to be offered: not again within a day. Notes that it is."""
        last = self._when.get(chat)
        if last is not None and timedelta(0) <= now - last < AGAIN:
            return False
        self._when[chat] = now
        self._when.move_to_end(chat)
        if len(self._when) > PEOPLE:
            self._when.popitem(last=False)
        return True
