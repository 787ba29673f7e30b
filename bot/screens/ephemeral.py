"""What is known in memory alone, each with a bound: a restart forgets it, and nothing on disk tells of it."""

from collections import Counter, OrderedDict
from datetime import datetime, timedelta
from itertools import count

from bot.actions.care import AGAIN, QUIET_WEEK
from bot.practice.destination import QUESTION_LASTS
from bot.practice.ids import InviteId

MOST = 512  # whispers at a time
PEOPLE = 10_000  # remembered at a time; the longest ago are forgotten first


class Whispers:
    """Words that are shown once to whoever they are about: a few, by number; the oldest goes first.

    A row of the outbox holds no words, and solo practice keeps none; a suggestion on it waits here until its
    message is rendered. A crash forgets it, and then the message comes without.
    """

    def __init__(self) -> None:
        self._texts: OrderedDict[int, str] = OrderedDict()
        self._numbers = count(1)

    def keep(self, text: str) -> int:
        """Hold a text; 0 for none."""
        if not text:
            return 0
        number = next(self._numbers)
        self._texts[number] = text
        if len(self._texts) > MOST:
            self._texts.popitem(last=False)
        return number

    def text(self, number: int) -> str:
        """Return a text; empty where it is no more. A message may be rendered again, so it is not taken out."""
        return self._texts.get(number, "")


class Unkept:
    """What was taken as said to the bot, by the message that it came in: it may have been for somebody else.

    A few, the oldest goes first; nobody else's can be asked for, and a restart forgets them all.
    """

    def __init__(self) -> None:
        self._texts: OrderedDict[tuple[int, int], str] = OrderedDict()

    def hold(self, chat: int, source: int, text: str) -> None:
        """Hold what was said in a message."""
        self._texts[chat, source] = text
        if len(self._texts) > MOST:
            self._texts.popitem(last=False)

    def take(self, chat: int, source: int) -> str:
        """Give it back, once; empty where it is no more."""
        return self._texts.pop((chat, source), "")


class Scenes:
    """How somebody's practice went on: how often an answer landed so, and which moment is over.

    The same answer twice is not answered with the same words. Where a restart has forgotten that a moment is over,
    the next words are another try at it: they stay practice either way.
    """

    def __init__(self) -> None:
        self._landed: OrderedDict[int, Counter[str]] = OrderedDict()
        self._over: dict[int, str] = {}

    def turn(self, chat: int, landed: str) -> int:
        """Count one more answer that landed so, and return how many there were before it."""
        counts = self._landed.setdefault(chat, Counter())
        self._landed.move_to_end(chat)
        if len(self._landed) > PEOPLE:
            forgotten, _ = self._landed.popitem(last=False)
            self._over.pop(forgotten, None)
        counts[landed] += 1
        return counts[landed] - 1

    def end(self, chat: int, vignette: str) -> None:
        """Note that a moment is over for somebody who has answered it."""
        if chat in self._landed:
            self._over[chat] = vignette

    def over(self, chat: int, vignette: str) -> bool:
        """Return whether the moment is over for somebody."""
        return self._over.get(chat) == vignette

    def begin(self, chat: int) -> None:
        """Note that a moment is told: it is not over, whichever it is."""
        self._over.pop(chat, None)


class Offered:
    """Who has been offered help, and of which type: in memory, so that nothing tells that somebody needed it."""

    def __init__(self) -> None:
        self._held: OrderedDict[int, dict[str, tuple[datetime, datetime]]] = OrderedDict()

    def first(self, chat: int, danger: str, now: datetime, before: datetime | None = None) -> bool:
        """Return whether help is to be offered: not again within a day for the same type. Notes that it is.

        `before` is when help was last offered, where a restart has forgotten of which type.
        """
        held = self._held.get(chat)
        if held is None and before is not None and timedelta(0) <= now - before < AGAIN:
            return False
        since, until = (held or {}).get(danger, (now, now))
        if since <= now < until:
            return False
        self._hold(chat, {danger}, now, AGAIN)
        return True

    def rest(self, chat: int, now: datetime) -> None:
        """Hold back for a week every type that somebody was offered help for; a new type is none of them."""
        self._hold(chat, set(self._held.get(chat, ())), now, QUIET_WEEK)

    def _hold(self, chat: int, dangers: set[str], now: datetime, length: timedelta) -> None:
        self._held.setdefault(chat, {}).update(dict.fromkeys(dangers, (now, now + length)))
        self._held.move_to_end(chat)
        if len(self._held) > PEOPLE:
            self._held.popitem(last=False)


class Sought:
    """Where somebody stands who has looked for help: behind which message of ours. In memory, as nothing else tells."""

    def __init__(self) -> None:
        self._behind: OrderedDict[int, tuple[datetime, int, datetime]] = OrderedDict()
        self._worries: OrderedDict[int, tuple[datetime, int]] = OrderedDict()

    def note(self, chat: int, now: datetime, newest: int, lasts: timedelta) -> None:
        """Note that help is shown now, and counts so long, or for as long as was noted before.

        `newest` is the number of what was sent to them last before it.
        """
        _, _, until = self._behind.get(chat, (now, -1, now))
        self._behind[chat] = now, newest, max(until, now + lasts)
        self._behind.move_to_end(chat)
        if len(self._behind) > PEOPLE:
            self._behind.popitem(last=False)

    def last(self, chat: int, now: datetime, newest: int) -> bool:
        """Tell whether help is what was shown last, and not long ago."""
        _, behind, _ = self._behind.get(chat, (now, -1, now))
        return behind == newest and self.lately(chat, now, QUESTION_LASTS)

    def lately(self, chat: int, now: datetime, within: timedelta) -> bool:
        """Tell whether help was shown no longer ago than this, and counts still, whatever has been shown since."""
        at, _, until = self._behind.get(chat, (now, -1, now))
        return at <= now < min(at + within, until)

    def worry(self, chat: int, now: datetime) -> None:
        """Note that somebody is told now what one can do for the other."""
        self._worries[chat] = now, self.worries(chat, now) + 1
        self._worries.move_to_end(chat)
        if len(self._worries) > PEOPLE:
            self._worries.popitem(last=False)

    def worries(self, chat: int, now: datetime) -> int:
        """Tell how often they were told, as long as the last time is no longer ago than a question lasts."""
        at, often = self._worries.get(chat, (now, 0))
        return often if at <= now < at + QUESTION_LASTS else 0


class Albums:
    """Which albums have been answered, and with what: each picture of one comes as a message of its own."""

    def __init__(self) -> None:
        self._answered: OrderedDict[tuple[int, str, str], None] = OrderedDict()

    def first(self, chat: int, album: str, answer: str) -> bool:
        """Tell whether an album has not been answered so yet. Notes that it is."""
        known = (chat, album, answer) in self._answered
        self._answered[chat, album, answer] = None
        if len(self._answered) > MOST:
            self._answered.popitem(last=False)
        return not known


class Invited:
    """Whose invitation a stranger has been shown: in memory alone, since nothing is stored of who hasn't consented.

    It is an id and no code, and of the last one. After a restart they open their link again.
    """

    def __init__(self) -> None:
        self._shown: OrderedDict[int, InviteId] = OrderedDict()

    def note(self, chat: int, invite: InviteId) -> None:
        """Note which invitation somebody was shown."""
        self._shown[chat] = invite
        self._shown.move_to_end(chat)
        if len(self._shown) > PEOPLE:
            self._shown.popitem(last=False)

    def of(self, chat: int) -> InviteId | None:
        """Return which invitation somebody was shown last; None where they have answered it."""
        return self._shown.get(chat)

    def forget(self, chat: int) -> None:
        """Forget it: they have said what they want."""
        self._shown.pop(chat, None)


class Early:
    """Messages that are known by an edit which was quicker than they were: what they said first comes too late."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, int], None] = OrderedDict()

    def note(self, chat: int, source: int) -> None:
        """Note that a message was taken by its edit."""
        self._known[chat, source] = None
        if len(self._known) > MOST:
            self._known.popitem(last=False)

    def gone(self, chat: int, source: int) -> bool:
        """Tell, once, whether a message was taken by its edit."""
        return self._known.pop((chat, source), 0) is None
